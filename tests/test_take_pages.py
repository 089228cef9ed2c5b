"""What is taken along is what the pages show: the same figures by title, the same cards with the same numbers."""

import ast
from pathlib import Path

import pytest

from core import formats, take, ui, ui_figures, warehouse
from core.filters import Filter
from core.metrics import COLUMNS
from core.take import pages
from core.ui_view import View

ROOT = Path(__file__).parents[1]
FILES = {ui.page_label(file.stem): file for file in (ROOT / "pages").glob("[0-9]*_*.py")} | {"Home": ROOT / "Home.py"}
CARDS = {
    "Home": ui_figures.year_cards,
    "Overview": lambda view: ui_figures.business_cards(
        view, "revenue", "orders", "buyers", "average_transaction_value", "profit", "revenue_at_risk"
    ),
    "Monthly": ui_figures.month_cards,
    "Pareto tiers": ui_figures.tier_cards,
    "Recommendations": ui_figures.risk_cards,
}


def test_every_page_of_figures_is_among_them():
    assert {title for title, page in take.PAGES.items() if isinstance(page, pages.Page)} == set(CARDS)


def titles_on(file: Path) -> set[str]:
    """The titles of the chart, table and map cards of a page; what is filled in stands as {}."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("chart_card", "table_card", "map_card"):
            title = node.args[1]
            parts = title.values if isinstance(title, ast.JoinedStr) else [title]
            found.add("".join(part.value if isinstance(part, ast.Constant) else "{}" for part in parts))
    return found


@pytest.mark.parametrize("page", CARDS)
def test_every_figure_of_a_page_is_taken_along(page):
    taken = {part.title.replace("{period}", "{}").replace("{month}", "{}") for part in take.PAGES[page].parts}
    assert titles_on(FILES[page]) <= taken


@pytest.mark.parametrize("page", CARDS)
@pytest.mark.parametrize("chosen", [Filter(), Filter.of(segment="Loyal", month="2026-05")], ids=["all", "filtered"])
def test_cards_say_what_the_page_says(sample, page, chosen):
    mart = warehouse.open_mart(sample)
    scope = pages.in_view(take.PAGES[page], mart, chosen)
    shown = CARDS[page](View(page, mart, scope.filter))
    assert [(card.label, card.value, card.note) for card in take.PAGES[page].cards(scope.run)] == [
        (
            card.label or COLUMNS[card.name].label,
            formats.short(card.value, COLUMNS[card.name].format),
            card.note,
        )
        for card in shown
    ]
