"""Sentences that name the largest differences between two sides."""

import math
from collections.abc import Iterable

import pandas as pd

from core import compare, reports
from core.compare import Breakdown, Comparison
from core.formats import Format, date_text, short
from core.insights.insight import (
    COMPARE,
    NAMELESS,
    NO_REASON,
    Insight,
    change_of,
    compared,
    count,
    day,
    many,
    money,
    name_of,
    share,
    within,
)
from core.insights.scope import Scope
from core.periods import Span, add_months

AT_MOST = 5
FEW_ORDERS = 30  # of either side: fewer say nothing about how it buys
SAME = 0.02  # of a share: sides this close are alike


def apart(scope: Scope) -> Insight | None:
    """What sets the two apart?"""
    comparison = compare.of_filter(scope.mart, scope.filter)
    return next(iter(differences(comparison)), None) if comparison else None


def differences(comparison: Comparison) -> list[Insight]:
    """The differences worth naming, the sum of all first, then the most money behind the most unusual.

    Empty where neither side sold anything.
    """
    figures = compare.figures(comparison).set_index("figure")
    whole = _revenue(comparison, figures)
    if whole is None:
        return []
    found = sorted(_details(comparison, figures), key=lambda insight: -insight.weight)
    return [whole, *found][:AT_MOST]


def unequal(comparison: Comparison) -> str:
    """What to know where only one of two periods is over; empty elsewhere."""
    is_open = comparison.is_open()
    if is_open[0] == is_open[1]:
        return ""
    name = comparison.names[0 if is_open[0] else 1]
    return f"{name} ends on {date_text(comparison.mart.as_of)}, where the data ends; the other side is whole."


def _details(comparison: Comparison, figures: pd.DataFrame) -> Iterable[Insight]:
    if figures.loc["orders", ["first", "second"]].min() < FEW_ORDERS:
        return
    silent = [key for key, _ in comparison.filter.values]  # what was asked for
    if comparison.is_of_periods:
        silent.append("segment")  # segments go by when somebody bought last: that periods differ in them says nothing
    breakdowns = [one for one in compare.breakdowns(comparison) if one.key not in silent]
    candidates = [_part(comparison, one, figures) for one in breakdowns]
    candidates.append(_margin(comparison, figures))
    if len(set(comparison.is_open())) == 1:  # a part of a year has fewer orders than a whole one by that alone
        candidates.append(_orders_or_size(comparison, figures))
    yield from (insight for insight in candidates if insight)


def _revenue(comparison: Comparison, figures: pd.DataFrame) -> Insight | None:
    """Which side brought more, by how much; a period that is not over is held against the same days of the other."""
    first, second = _sides(figures, "revenue")
    one, other = map(name_of, comparison.names)
    if not (first or second):
        return None
    if not (first > 0 and second > 0):
        finding, rest = f"{one} brought {money(first)}, {other} {money(second)}", " of revenue."
    elif cut := _to_the_same_day(comparison):
        return cut
    else:
        finding = f"{one} {_brought(first, second)} {other}"
        rest = f": {money(first)} of revenue against {money(second)}."
    numbers = {"first": first, "second": second}
    return _insight(comparison, "revenue", finding, rest, numbers, "headline", abs(first - second), 1.0)


def _to_the_same_day(comparison: Comparison) -> Insight | None:
    """What the side that is over had brought by the day that the open one has reached."""
    spans, is_open = comparison.spans(), comparison.is_open()
    if spans is None or is_open[0] == is_open[1]:
        return None
    now, whole = (0, 1) if is_open[0] else (1, 0)
    months = 12 * (spans[whole].first.year - spans[now].first.year) + spans[whole].first.month - spans[now].first.month
    cut = Span(spans[whole].first, add_months(spans[now].last, months))
    before = float(reports.run("headline", comparison.mart, within(cut, comparison.filter)).iloc[0].revenue)
    reached, ended = (float(comparison.run("headline")[side].iloc[0].revenue) for side in (now, whole))
    if not (reached > 0 and before > 0):
        return None
    open_one, other = name_of(comparison.names[now]), name_of(comparison.names[whole])
    finding = f"{open_one} {_brought(reached, before)} {other} to the same day"
    rest = f", {day(cut.last)}: {money(reached)} of revenue against {money(before)}, in the end {money(ended)}."
    numbers = {"now": reached, "to_the_same_day": before, "in_the_end": ended}
    return _insight(comparison, "same_day", finding, rest, numbers, "headline", abs(reached - before), 1.0)


def _orders_or_size(comparison: Comparison, figures: pd.DataFrame) -> Insight | None:
    """Whether it is the number of orders or their size: revenue is the one times the other."""
    orders, sizes = _sides(figures, "orders"), _sides(figures, "average_transaction_value")
    if not (min(orders) > 0 and min(sizes) > 0):
        return None
    more, larger = change_of(*orders), change_of(*sizes)
    if max(abs(more), abs(larger)) < 0.05:
        return None
    one, other = map(name_of, comparison.names)
    by_orders = abs(math.log(orders[0] / orders[1])) >= abs(math.log(sizes[0] / sizes[1]))
    what = "the number of orders" if by_orders else "the size of an order"
    finding = f"What sets {one} and {other} apart is {what}"
    rest = (
        f": {many(orders[0], 'order')} against {count(orders[1])} ({short(more, Format.GROWTH)}), "
        f"{money(sizes[0])} each against {money(sizes[1])} ({short(larger, Format.GROWTH)})."
    )
    numbers = {"orders_first": orders[0], "orders_second": orders[1], "size_first": sizes[0], "size_second": sizes[1]}
    weight = abs(figures.loc["revenue", "difference"])
    return _insight(comparison, "orders_or_size", finding, rest, numbers, "headline", weight, 0.5)


def _margin(comparison: Comparison, figures: pd.DataFrame) -> Insight | None:
    """The margins of both sides, where they are a point apart."""
    first, second = _sides(figures, "margin")
    if not abs(first - second) >= 0.01:
        return None
    one, other = map(name_of, comparison.names)
    better, worse = (one, other) if first > second else (other, one)
    finding = f"{better} earned a margin of {share(max(first, second))}, {worse} {share(min(first, second))}"
    at_stake = abs(first - second) * min(_sides(figures, "revenue"))
    numbers = {"first": first, "second": second}
    return _insight(comparison, "margin", finding, ".", numbers, "headline", at_stake, 1.0)


def _part(comparison: Comparison, breakdown: Breakdown, figures: pd.DataFrame) -> Insight | None:
    """The row of a breakdown whose share differs most."""
    rows = compare.parts(comparison, breakdown)
    rows = rows[~rows[breakdown.key].isin([*NAMELESS, NO_REASON]) & rows.share_difference.notna()]
    if len(rows) < 2 or rows.share_difference.abs().max() < SAME:
        return None
    row = rows.loc[rows.share_difference.abs().idxmax()]
    one, other = map(name_of, comparison.names)
    what = "among the reasons given" if breakdown.key == "reason" else "in revenue"
    finding = f"The share of {name_of(row[breakdown.key])} {what} is {share(row.first_share)} for {one}"
    finding += f", {share(row.second_share)} for {other}"
    write = money if breakdown.measure == "revenue" else lambda orders: many(orders, "order")
    amounts = [write(row[side]) for side in ("first", "second")]
    rest = f" ({amounts[0]} and {amounts[1]})."
    numbers = {name: float(row[name]) for name in ("first_share", "second_share", "first", "second")}
    moved = abs(float(row.share_difference))
    at_stake = moved * sum(_sides(figures, "revenue")) / 2
    kind = f"{breakdown.key}_share"
    return _insight(comparison, kind, finding, rest, numbers, breakdown.report, at_stake, moved)


def _brought(first: float, second: float) -> str:
    words = compared(first, second)
    return "stands level with" if words == "level with" else f"brought {words}"


def _sides(figures: pd.DataFrame, name: str) -> tuple[float, float]:
    return float(figures.loc[name, "first"]), float(figures.loc[name, "second"])


def _insight(
    comparison: Comparison,
    kind: str,
    finding: str,
    rest: str,
    numbers: dict[str, float],
    report: str,
    at_stake: float,
    unusual: float,
) -> Insight:
    return Insight(kind, finding, rest, numbers, report, COMPARE, comparison.in_link, at_stake, unusual)
