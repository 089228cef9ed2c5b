"""Figures against each other: breakdowns' revenue, orders and buyers against the headline, days against their year."""

from collections.abc import Sequence

import pandas as pd

from core import reports
from core.filters import Filter
from core.warehouse import Mart

# Every report whose revenue adds up to the headline's, under any filter.
REVENUE_ADDS_UP = (
    "segments",
    "revenue_by_continent",
    "revenue_by_country",
    "revenue_by_region",
    "orders_by_reason",
    "revenue_by_segment_country",
    "revenue_by_segment_reason",
    "rfm_grid",
    "revenue_by_subcategory_segment",
    "revenue_by_day_region",
    "tiers",
    "segments_by_tier",
    "monthly_growth",
    "products",
    "customers",
)
# Where each order, each buyer belongs to one row.
ORDERS_ADD_UP = (
    "segments", "revenue_by_continent", "revenue_by_country", "revenue_by_region", "tiers", "revenue_by_day_region",
    "revenue_by_segment_country", "customers",
)  # fmt: skip
BUYERS_ADD_UP = ("segments", "tiers", "segments_by_tier")
_EXACT = 0.00005  # half of the fourth decimal


def discrepancies(mart: Mart, chosen: Sequence[Filter] = (Filter(),)) -> list[str]:
    """A sentence for each report whose figures do not add up to the headline, or to the year, under the same filter."""
    found = []
    for filter in chosen:
        headline = reports.run("headline", mart, filter).iloc[0]
        for column, names in (("revenue", REVENUE_ADDS_UP), ("orders", ORDERS_ADD_UP), ("buyers", BUYERS_ADD_UP)):
            for name in names:
                total = reports.run(name, mart, filter)[column].sum()
                if _differ(total, headline[column]):
                    found.append(
                        f"{name}: {column} adds up to {total:,.4f}, the headline says {headline[column]:,.4f}"
                        f" (filter {filter.query() or 'none'})."
                    )
        found += _course_discrepancies(mart, filter)
    return found


def _course_discrepancies(mart: Mart, filter: Filter) -> list[str]:
    """Where the year, or last year, day by day ends elsewhere than the year's own figures."""
    course, rate = (reports.run(name, mart, filter) for name in ("year_course", "run_rate"))
    ends = (("revenue_to_date", "revenue_to_date"), ("revenue_to_date_last_year", "revenue_last_year"))
    return [
        f"year_course: {column} ends at {_last(course[column]):,.4f}, the run rate says {rate[whole][0]:,.4f}"
        f" (filter {filter.query() or 'none'})."
        for column, whole in ends
        if len(course) and _differ(_last(course[column]), rate[whole][0])
    ]


def _last(values: pd.Series) -> float:
    return values.dropna().iloc[-1] if values.notna().any() else 0.0


def _differ(one: float, other: float) -> bool:
    return abs(one - other) > max(_EXACT, 1e-12 * abs(other))
