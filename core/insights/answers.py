"""The one sentence that answers each page's question."""

import datetime
from collections.abc import Callable

import pandas as pd

from core import formats, periods, rfm
from core.filters import Filter
from core.insights import comparisons, customers, one_customer
from core.insights.insight import (
    COMPARE,
    CUSTOMERS,
    HOME,
    MONTHLY,
    OVERVIEW,
    RECOMMENDATIONS,
    TIERS,
    Insight,
    as_date,
    change_of,
    compared,
    day,
    in_month,
    is_part,
    many,
    money,
    month,
    share,
    within,
)
from core.insights.scope import FEW_DAYS, Scope, months_within
from core.periods import Span, add_months


def year(scope: Scope) -> Insight | None:
    """How do we stand against target, this year?"""
    rate = scope.run("run_rate").iloc[0]
    first, last, basis = (as_date(rate[name]) for name in ("first_day", "last_day", "basis_last_day"))
    fiscal = scope.mart.fiscal_year_start != 1
    name = f"{'FY ' if fiscal else ''}{rate.year:.0f}"
    if basis < first:
        return _only_thin(scope, rate, name)
    cut = within(Span(first, basis), scope.filter)
    row = scope.run("headline", cut).iloc[0]
    against, numbers = _against(scope, row, Span(first, basis))
    if basis == periods.year_span(int(rate.year), scope.mart.fiscal_year_start).last:
        finding, rest = f"{name} ended at {money(row.revenue)}", ""
    else:
        on = day(basis) if fiscal else formats.day_and_month(basis)
        finding = f"{name} stands at {money(row.revenue)} on {on}"
        rest, more = _outlook(rate, row, "growth" in numbers) if (basis - first).days + 1 >= FEW_DAYS else ("", {})
        numbers |= more
    if basis < last:
        rest += _left_out(basis, last)
    numbers["revenue"] = float(row.revenue)
    return Insight("year", finding + against, f"{rest}.", numbers, "headline", HOME, cut, float(row.revenue), 1.0)


def _against(scope: Scope, row: pd.Series, span: Span) -> tuple[str, dict[str, float]]:
    """The year to date beside its target to date, else beside last year's same days where the data has them."""
    planned, before = row.revenue_target_to_date, row.revenue_last_year
    if planned > 0:
        what = f"its target of {money(planned)}" if scope.has_targets else f"{stand_in(scope.filter)}, {money(planned)}"
        words = compared(row.revenue, planned, "above", "below")
        numbers = {"gap": abs(change_of(row.revenue, planned)), "revenue_target_to_date": float(planned)}
        return f", {words} {what}", numbers
    year_ago = span.shifted(-12, keep_month_end=True)
    if before > 0 and scope.is_covered(year_ago.first) and not scope.is_thin(*months_within(year_ago)):
        return f", {compared(row.revenue, before)} a year before", {"growth": abs(change_of(row.revenue, before))}
    return "", {}


def _outlook(rate: pd.Series, row: pd.Series, compares: bool) -> tuple[str, dict[str, float]]:
    """Where the year ends at the run rate, beside its target, else beside last year."""
    expected, target = float(rate.revenue_expected), float(rate.revenue_target)
    if not row.revenue > 0:
        return "", {}
    text, numbers = f"; at this rate it ends at {money(expected)}", {"revenue_expected": expected}
    if target > 0:
        beside = compared(expected, target, "above", "below")
        numbers |= {"expected_gap": abs(change_of(expected, target)), "revenue_target": target}
        return f"{text}, {beside} the year's {money(target)}", numbers
    if not compares:
        return text, numbers
    return f"{text}, after {money(rate.revenue_last_year)} last year", numbers | {
        "revenue_last_year": float(rate.revenue_last_year)
    }


def _left_out(basis: datetime.date, last: datetime.date) -> str:
    first_out = (basis + periods.DAY).replace(day=1)
    if first_out == last.replace(day=1):
        return f". {month(first_out)} looks incomplete and is left out"
    return f". What came from {month(first_out)} on looks incomplete and is left out"


def _only_thin(scope: Scope, rate: pd.Series, name: str) -> Insight:
    finding = f"{name} has only begun, at {money(rate.revenue_to_date)}"
    numbers = {"revenue_to_date": float(rate.revenue_to_date)}
    rest = f"; {month(as_date(rate.last_day))} looks incomplete and is held against nothing."
    return Insight("year", finding, rest, numbers, "run_rate", HOME, scope.filter)


def carriers(scope: Scope) -> Insight | None:
    """Who carries the business?"""
    all_segments = scope.run("segments", scope.filter.without("segment"))
    chosen = scope.filter.get("segment")
    if not chosen:
        return customers.carriers(all_segments, scope.filter, scope.counts_everyone) or _one_group(all_segments, scope)
    row = scope.run("segments")
    total, buyers = all_segments.revenue.sum(), int(row.buyers.sum())
    if not total > 0 or not buyers:
        return None
    who = " and ".join(chosen) if len(chosen) < 3 else f"The {len(chosen)} segments chosen"
    revenue = float(row.revenue.sum() / total)
    one = len(chosen) == 1 and buyers == 1
    finding = f"{who} bring{'s' if one else ''} {share(revenue)} of revenue"
    rest = f": {money(row.revenue.sum())} from {many(buyers, 'buyer')}."
    numbers = {"revenue_share": revenue, "revenue": float(row.revenue.sum()), "buyers": buyers}
    return Insight("carriers", finding, rest, numbers, "segments", OVERVIEW, scope.filter, float(row.revenue.sum()))


def _one_group(segments: pd.DataFrame, scope: Scope) -> Insight | None:
    """Where segments say nothing, because there are few buyers or all are in one: the revenue and how many bring it."""
    row = scope.run("headline").iloc[0]
    if not row.buyers > 0:
        return None
    bring = "brings" if row.buyers == 1 else "bring"
    finding = f"{many(row.buyers, 'buyer')} {bring} {money(row.revenue)}"
    numbers = {"buyers": int(row.buyers), "revenue": float(row.revenue)}
    inside = segments[segments.segment.isin(rfm.segment_names()) & (segments.buyers > 0)]
    rest = f", all in one segment, {inside.segment.iloc[0]}." if len(inside) == 1 and row.buyers > 1 else "."
    return Insight("carriers", finding, rest, numbers, "headline", OVERVIEW, scope.filter, float(row.revenue))


def this_month(scope: Scope) -> Insight | None:
    """How did this month go, and for whom?"""
    row = scope.run("month_cards").iloc[0]
    first_day = as_date(row.month)
    view = in_month(first_day, scope.filter)
    numbers = {"revenue": float(row.revenue)}
    if row.is_thin:
        before = f"{money(row.revenue_last_month)} in {month(add_months(first_day, -1))}"
        rest = f": {money(row.revenue)} after {before}, so nothing is concluded from it."
        numbers["revenue_last_month"] = float(row.revenue_last_month)
        return Insight("month", f"{month(first_day)} looks incomplete", rest, numbers, "month_cards", MONTHLY, view)
    verb = "brought" if row.is_whole else "has brought"
    name = f"{month(first_day)}{' (in part)' if scope.month_is_cut() else ''}"
    finding = f"{name} {verb} {money(row.revenue)}" + ("" if row.is_whole else f" up to {day(scope.mart.as_of)}")
    last_year, last_month = add_months(first_day, -12), add_months(first_day, -1)
    span = "" if row.is_whole else "the same days "
    beside = []
    for before, amount, words, name in (
        (last_year, row.revenue_last_year, f"{span}a year before", "growth"),
        (last_month, row.revenue_last_month, f"{span}{'of ' if span else ''}the month before", "growth_on_month"),
    ):
        if amount > 0 and scope.is_covered(before) and not scope.is_thin(before):
            beside.append(f"{compared(row.revenue, amount)} {words}")
            numbers[name] = abs(change_of(row.revenue, amount))
    finding += f", {' and '.join(beside)}" if beside else ""
    rest = "."
    if not scope.filter.get("segment") and row.revenue > 0:
        segments = scope.run("segments", view)
        named = segments[segments.segment.isin(rfm.segment_names())]
        best = named.loc[named.revenue.idxmax()] if len(named) else None
        if (named.revenue > 0).sum() > 1 and is_part(best.revenue_share):
            rest = f"; {best.segment} brought {share(best.revenue_share)} of it."
            numbers["revenue_share"] = float(best.revenue_share)
    return Insight("month", finding, rest, numbers, "month_cards", MONTHLY, view, float(row.revenue), 1.0)


def tiers(scope: Scope) -> Insight | None:
    """How few customers bring most of the sales?"""
    rows = scope.run("tiers")
    coverage = scope.run("headline").iloc[0].cost_coverage
    return customers.first_tier(rows, scope.filter, 1.0 if pd.isna(coverage) else float(coverage))


def next_month(scope: Scope) -> Insight | None:
    """What do we do next month?"""
    if found := at_risk(scope):
        return found
    always = scope.always
    rows = always.run("segments")
    rows = rows[rows.segment.isin(rfm.segment_names()) & (rows.revenue_at_risk > 0)]
    if rows.empty:
        return None
    row = rows.loc[rows.revenue_at_risk.idxmax()]
    finding = f"None of the last 12 months' revenue is at risk: look after {row.segment} first"
    people = row.customers if always.counts_everyone else row.buyers
    noun = "customer" if always.counts_everyone else "buyer"
    rest = f", {many(people, noun)} who brought {money(row.revenue_at_risk)} in these months."
    numbers = {"people": int(people), "revenue_at_risk": float(row.revenue_at_risk)}
    return Insight(
        "money_at_risk", finding, rest, numbers, "segments", RECOMMENDATIONS, always.filter, float(row.revenue_at_risk)
    )


def at_risk(scope: Scope) -> Insight | None:
    """The money at risk: over the last twelve months, whatever the period."""
    always = scope.always
    everyone = always.counts_everyone  # then the period moves nothing that the sentence takes from the segments
    segments, twelve_months = (scope if everyone else always).run("segments"), always.run("twelve_months")
    return customers.money_at_risk(segments, twelve_months, always.filter, everyone)


def stand_in(filter: Filter) -> str:
    """What a target is called that stands in for one that is not set."""
    growth = float(filter.one("target_growth") or 0)
    return f"last year {'plus' if growth >= 0 else 'less'} {share(abs(growth))}"


ANSWERS: dict[str, Callable[[Scope], Insight | None]] = {
    HOME: year,
    OVERVIEW: carriers,
    MONTHLY: this_month,
    TIERS: tiers,
    RECOMMENDATIONS: next_month,
    COMPARE: comparisons.apart,
    CUSTOMERS: one_customer.behind,
}
