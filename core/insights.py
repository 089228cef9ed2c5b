"""Frames to sentences: what a page answers, computed from the reports it shows."""

from collections.abc import Callable

from core import formats, reports
from core.filters import Filter
from core.formats import Format
from core.ui_text import plain
from core.warehouse import Mart


def sentence(page: str, mart: Mart, filter: Filter) -> str:
    """The sentence that answers a page's question, its finding in bold; empty where there is nothing to say."""
    answer = _SENTENCES.get(page)
    return answer(mart, filter) if answer else ""


def _home(mart: Mart, filter: Filter) -> str:
    row = reports.run("run_rate", mart, filter).iloc[0]
    said = f"**{_money(row.revenue_to_date)} so far in {row.year:.0f}**"
    if row.revenue_to_date_last_year > 0:
        said += f", {_growth(row.revenue_to_date, row.revenue_to_date_last_year)} on the same days of the year before"
    if row.revenue_target > 0:
        said += f"; the run rate ends the year at {row.revenue_expected / row.revenue_target:.0%} of its target"
    return f"{said}."


def _overview(mart: Mart, filter: Filter) -> str:
    rows = reports.run("segments", mart, filter).set_index("segment")
    best = rows.nlargest(2, "revenue")
    share, people = best.revenue_share.sum(), best.customer_share.sum()
    return f"**{' and '.join(map(plain, best.index))} are {_share(people)} of customers and bring {_share(share)} of revenue.**"


def _monthly(mart: Mart, filter: Filter) -> str:
    row = reports.run("month_cards", mart, filter).iloc[0]
    said = f"**{row.month:%B %Y} brought {_money(row.revenue)}**"
    if row.revenue_last_month > 0:
        said += f", {_growth(row.revenue, row.revenue_last_month)} on the month before"
    if row.revenue_last_year > 0:
        said += f" and {_growth(row.revenue, row.revenue_last_year)} on a year ago"
    return f"{said}."


def _tiers(mart: Mart, filter: Filter) -> str:
    rows = reports.run("tiers", mart, filter).iloc[:1]
    if rows.empty:
        return ""
    row = rows.iloc[0]
    said = f"**{row.buyers:,} {plain(row.tier)}, {_share(row.buyer_share)} of buyers, bring {_share(row.revenue_share)} of revenue**"
    return f"{said}{f' and {_share(row.profit_share)} of profit' if row.profit_share == row.profit_share else ''}."


def _recommendations(mart: Mart, filter: Filter) -> str:
    risk = reports.run("headline", mart, filter).iloc[0].revenue_at_risk
    return f"**{_money(risk)} of the last twelve months' revenue is at risk**: customers who bought much and have gone quiet."


def _money(value: float) -> str:
    return formats.short(value, Format.MONEY)


def _share(value: float) -> str:
    return formats.short(value, Format.SHARE)


def _growth(now: float, before: float) -> str:
    return formats.short((now - before) / before, Format.GROWTH)


_SENTENCES: dict[str, Callable[[Mart, Filter], str]] = {
    "Home": _home,
    "Overview": _overview,
    "Monthly": _monthly,
    "Pareto tiers": _tiers,
    "Recommendations": _recommendations,
}
