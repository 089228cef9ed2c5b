"""Findings about change: a month against target and last year, what grew or fell unlike the rest, a thin month."""

import datetime

import pandas as pd

from core.filters import Filter
from core.insights.insight import (
    MONTHLY,
    NAMELESS,
    TIERS,
    Insight,
    as_date,
    change_of,
    compared,
    in_month,
    money,
    month,
    name_of,
    share,
)
from core.periods import add_months

APART = 0.1  # points of growth: how far a part must be from the whole to be named
SIZEABLE = 0.01  # of all revenue: a part, or a move, below this is not named
NEARLY = 0.02  # of the target: within this it was met
FEW_ORDERS = 10  # in a month: fewer say nothing beside others
REPORT_OF = {"country": "revenue_by_country", "subcategory": "revenue_by_subcategory_segment"}
NEWS = 0.05  # of growth: below this a month is like the other


def month_against_target(row: pd.Series, filter: Filter, target: str) -> Insight | None:
    """The month beside its target, to date where it is not over; `target` is what the target is called."""
    planned = row.revenue_target_to_date
    if row.is_thin or not planned > 0 or abs(change_of(row.revenue, planned)) < NEARLY:
        return None
    gap, first_day = change_of(row.revenue, planned), as_date(row.month)
    if row.is_whole:
        finding = f"{month(first_day)} {'beat' if gap > 0 else 'missed'} {target} by {share(abs(gap))}"
        rest = f": {money(row.revenue)} against {money(planned)}."
    else:
        finding = f"{month(first_day)} is {share(abs(gap))} {'ahead of' if gap > 0 else 'behind'} {target} to date"
        rest = f": {money(row.revenue)} against {money(planned)}."
    numbers = {"gap": abs(gap), "revenue": float(row.revenue), "revenue_target_to_date": float(planned)}
    view = in_month(first_day, filter)
    return Insight(
        "month_against_target",
        finding,
        rest,
        numbers,
        "month_cards",
        MONTHLY,
        view,
        abs(row.revenue - planned),
        abs(gap) / 0.1,
    )


def month_against_last_year(row: pd.Series, filter: Filter) -> Insight | None:
    """The whole month beside the same month a year before."""
    before = row.revenue_last_year
    if row.orders < FEW_ORDERS or row.is_thin or not row.is_whole or not before > 0:
        return None
    if abs(change_of(row.revenue, before)) < NEWS:
        return None
    first_day = as_date(row.month)
    beside = f"{compared(row.revenue, before)} {month(add_months(first_day, -12))}"
    finding = f"{month(first_day)} brought {money(row.revenue)}, {beside}"
    numbers = {
        "revenue": float(row.revenue),
        "growth": abs(change_of(row.revenue, before)),
        "revenue_last_year": float(before),
    }
    change = abs(change_of(row.revenue, before))
    view = in_month(first_day, filter)
    return Insight(
        "month_against_last_year", finding, f" ({money(before)}).", numbers, "month_cards", MONTHLY, view,
        abs(row.revenue - before), change / 0.5,
    )  # fmt: skip


def grown_apart(now: pd.DataFrame, before: pd.DataFrame, key: str, when: str, filter: Filter) -> Insight | None:
    """The country or subcategory that grew or fell unlike the whole, against the same days a year before.

    Frames have one row or more a name, with revenue; `when` says the days, which are those of the filter.
    """
    sums = pd.DataFrame({"now": now.groupby(key).revenue.sum(), "before": before.groupby(key).revenue.sum()}).fillna(
        0.0
    )
    whole_now, whole_before = float(sums.now.sum()), float(sums.before.sum())
    if len(sums) < 2 or whole_now <= 0 or whole_before <= 0:
        return None
    growth = change_of(whole_now, whole_before)
    sums = sums.assign(apart=(sums.now - sums.before * (1 + growth)).abs())
    sums = sums[(sums[["now", "before"]].max(axis=1) >= SIZEABLE * whole_now) & (sums.before >= 0) & (sums.now >= 0)]
    sums = sums[~sums.index.isin(NAMELESS)]
    old = sums.before > 0
    sums = sums[~old | (((sums.now / sums.before.where(old) - 1) - growth).abs() >= APART)]
    if sums.empty:
        return None
    name = sums.apart.idxmax()
    row, whole = sums.loc[name], _moved(growth)
    numbers = {"revenue": float(row.now), "whole_growth": abs(growth)}
    if row.before > 0:
        finding = f"{when} {name_of(name)} brought {money(row.now)}, {compared(row.now, row.before)} a year before"
        numbers |= {"growth": abs(change_of(row.now, row.before))}
        unusual = abs(change_of(row.now, row.before) - growth)
    else:
        finding, unusual = f"{when} {name_of(name)} brought {money(row.now)}, and nothing a year before", 1.0
    rest = f"; revenue as a whole {whole}."
    chosen = filter.choose(**{key: str(name)})
    return Insight(
        f"{key}_grown_apart",
        finding,
        rest,
        numbers,
        REPORT_OF[key],
        TIERS,
        chosen,
        abs(float(row.now - row.before)),
        unusual,
    )


def largest_move(changes: pd.DataFrame, dimension: str, filter: Filter) -> Insight | None:
    """The segment, country or subcategory that moved most since the month before, by a tenth of that month or more."""
    rows = changes[changes.dimension == dimension]
    whole = float(rows.revenue_last_month.sum())
    rows = rows[~rows.name.isin(NAMELESS)]
    if len(rows) < 2 or whole <= 0:
        return None
    row = rows.loc[rows.difference.abs().idxmax()]
    if abs(row.difference) < 0.1 * whole or not row.revenue_last_month > 0 or row.revenue < 0:
        return None
    first_day = as_date(row.month)
    finding = (
        f"{name_of(row['name'])} brought {money(abs(row.difference))} {'more' if row.difference > 0 else 'less'} "
        f"in {month(first_day)} than the month before"
    )
    rest = f" ({money(row.revenue)} after {money(row.revenue_last_month)}), the largest move of a {dimension}."
    numbers = {
        "difference": abs(float(row.difference)),
        "revenue": float(row.revenue),
        "revenue_last_month": float(row.revenue_last_month),
    }
    view = in_month(first_day, filter).choose(**{dimension: str(row["name"])})
    unusual = min(1.0, abs(row.difference) / row.revenue_last_month) / 4  # months differ by season
    return Insight(
        f"{dimension}_move", finding, rest, numbers, "changes", MONTHLY, view, abs(float(row.difference)), unusual
    )


def thin_month(months: pd.DataFrame, first_day: datetime.date, filter: Filter) -> Insight | None:
    """A last month that looks incomplete, beside the one before."""
    by_month = {as_date(day): float(revenue) for day, revenue in zip(months.month, months.revenue, strict=True)}
    before = add_months(first_day, -1)
    if first_day not in by_month or before not in by_month:
        return None
    finding = f"{month(first_day)} looks incomplete"
    rest = f": {money(by_month[first_day])} against {money(by_month[before])} in {month(before)}."
    numbers = {"revenue": by_month[first_day], "revenue_before": by_month[before]}
    view = in_month(first_day, filter)
    return Insight("thin_month", finding, rest, numbers, "recent_months", MONTHLY, view, by_month[first_day], 1.0)


def _moved(growth: float) -> str:
    if abs(growth) < 0.0005:
        return "stayed level"
    return f"{'grew' if growth > 0 else 'fell'} by {share(abs(growth))}"
