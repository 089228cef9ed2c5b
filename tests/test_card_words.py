"""Cards that have no figure say why, and what it takes; a file has the same words for it."""

import pytest
import stars

from core import card_words, reports, take, ui_figures, warehouse
from core.filters import Filter
from core.take import pages
from core.ui_cards import Card
from core.ui_view import View

TARGETS = [{"month": f"2025-{month:02}-01", "revenue_target": 100} for month in range(1, 13)]
ORDERS = [("a", "2024-02-10", "x", 70), ("b", "2024-03-10", "y", 7), ("c", "2025-02-14", "x", 50)]


def year(folder, query=None, orders=ORDERS, **tables) -> dict[str, Card]:
    mart = warehouse.open_mart(stars.simple(folder, orders, **tables))
    view = View("Home", mart, Filter.of(**(query or {})))
    shown = ui_figures.year_cards(view)
    scope = pages.in_view(take.PAGES["Home"], mart, view.filter)
    assert [card.note for card in take.PAGES["Home"].cards(scope.run)] == [card.note for card in shown]
    return {card.name: card for card in shown}


@pytest.mark.parametrize(
    ("query", "targets", "note"),
    [
        ({}, None, "no target set"),
        ({}, TARGETS, "behind"),
        ({"segment": "Champions"}, TARGETS, "whole business only"),
        ({"year": "2024"}, TARGETS, "none for this period"),
        ({"target_growth": "-0.5"}, None, "ahead"),
        ({"target_growth": "0.08", "year": "2024"}, None, "no revenue last year"),
    ],
    ids=str,
)
def test_a_target_that_is_missing_says_why(tmp_path, query, targets, note):
    tables = {"dim_target": targets} if targets else {}
    card = year(tmp_path, query, **tables)["revenue_target_to_date"]
    assert card.note == note
    assert (card.value == card.value) == (note in ("ahead", "behind"))
    assert (note in card_words.MISSING) == (note not in ("ahead", "behind"))


def test_an_end_of_the_year_that_cannot_be_told_says_why(tmp_path):
    late = [("a", "2024-01-10", "x", 3), ("b", "2024-08-10", "x", 150), ("c", "2025-03-14", "x", 73)]
    assert year(tmp_path / "late", orders=late)["revenue_expected_seasonal"].note == "last year too thin"
    assert year(tmp_path / "none", {"year": "2024"})["revenue_expected_seasonal"].note == "no revenue last year"
    assert year(tmp_path / "both")["revenue_expected"].note == "on last year"


@pytest.mark.parametrize(
    ("report", "row", "share"),
    [
        ("revenue_by_segment_country", "segment", "revenue_share"),
        ("revenue_by_segment_reason", "segment", "revenue_share"),
        ("revenue_by_subcategory_segment", "subcategory", "revenue_share"),
        ("orders_by_reason_segment", "reason", "order_share"),
    ],
)
def test_a_row_of_cells_sums_to_the_whole_that_its_card_names(sample, report, row, share):
    frame = reports.run(report, warehouse.open_mart(sample), Filter())
    sums = frame.dropna(subset=share).groupby(row)[share].sum()
    assert len(sums) > 4
    assert sums.tolist() == pytest.approx([1.0] * len(sums))
    assert card_words.WHOLE[report].startswith(f"100% of a row: the {row}'s ")
