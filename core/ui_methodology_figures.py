"""The Methodology page's table of every figure: its definition, formula, unit, SQL, and the pages that show it."""

import functools
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from core import reports, ui
from core.formats import Format
from core.metrics import COLUMNS, Metric, formula
from core.ui_methodology import section, table
from core.ui_text import plain
from core.ui_view import View

_UNITS = {
    Format.MONEY: "money",
    Format.SHARE: "%",
    Format.GROWTH: "% change",
    Format.DAYS: "days",
    Format.SCORE: "1 to 5",
    Format.DATE: "day",
    Format.TEXT: "text",
    Format.MONTH: "month",
}


def figures(view: View) -> None:
    """Every metric: what it is, how it is computed, its unit, the pages that show it, its SQL."""
    section("figures")
    shown = _pages_of_reports()
    table("Every figure", [_row(view, metric, shown) for metric in COLUMNS.values()])


def _row(view: View, metric: Metric, shown: Mapping[str, Sequence[str]]) -> dict[str, str]:
    having = [name for name in reports.REPORTS if metric.name in reports.columns(name, view.mart)]
    unit = view.mart.currency if metric.format is Format.MONEY else ""
    code = [reports.expression(metric, view.mart, view.filter)] if metric.expression else having
    return {
        "Figure": f"**{plain(metric.label)}**",
        "What it is": plain(metric.definition),
        "How it is computed": plain(formula(metric)) or "as it is in the data",
        "Unit": plain(unit) or _UNITS.get(metric.format, "number"),
        "Pages": ", ".join(dict.fromkeys(page for name in having for page in shown.get(name, ()))),
        "SQL, or the reports whose SQL it is": ", ".join(f"`{text}`" for text in code),
    }


def _pages_of_reports() -> dict[str, list[str]]:
    """The pages that show each report, as the files to take along have them, else as the page's own modules do."""
    from core.take import PAGES  # what makes files is loaded when first asked for, not at the app's start
    from core.take.pages import Page

    found: dict[str, list[str]] = {}
    for file, title in ui.pages():
        page = PAGES.get(title)
        if isinstance(page, Page):
            named = {*page.card_reports, *(name for part in page.parts for name in part.reports)}
        else:
            named = set(re.findall(r'"(\w+)"', _source(file)))
        for name in named & set(reports.REPORTS):
            found.setdefault(name, []).append(title)
    return found


@functools.cache
def _source(file: str) -> str:
    """The text of a page and of the modules of the interface that it names."""
    root = Path(__file__).parents[1]
    text = (root / file).read_text(encoding="utf-8")
    modules = {root / "core" / f"{name}.py" for name in re.findall(r"\bui_\w+", text)}
    return "\n".join([text, *(module.read_text(encoding="utf-8") for module in modules if module.is_file())])
