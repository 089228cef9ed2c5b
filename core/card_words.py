"""The words of cards, on a page and in a file: what a figure is held against, what is 100%, why a figure is missing."""

import pandas as pd

YEAR_ENDS = {"revenue_expected": "Year end, run rate", "revenue_expected_seasonal": "Year end, seasonal"}
_NO_TARGET = {
    "nothing": "no target set",
    "whole business": "whole business only",
    "months": "none for this period",
    "growth": "no revenue last year",
}
# What a page says in place of a figure that is missing, by its note, with what it takes where something can be done.
MISSING = {
    "no target set": "None set. Type one on Data, or choose a growth under More.",
    "whole business only": "Set for the whole business. Clear the filters to see it.",
    "none for this period": "None set for this period. Type one on Data.",
    "no revenue last year": "No revenue last year to go by.",
    "last year too thin": "Last year had hardly begun by then.",
    "nothing complete yet": "Nothing of the year looks complete yet.",
}

# What is 100% in a chart of cells, by its report.
WHOLE = {
    "revenue_by_segment_country": "100% of a row: the segment's revenue.",
    "revenue_by_segment_reason": "100% of a row: the segment's revenue.",
    "revenue_by_subcategory_segment": "100% of a row: the subcategory's revenue.",
    "orders_by_reason_segment": "100% of a row: the reason's orders.",
}


def to_target(row: pd.Series, revenue: float, target: float) -> str:
    """Whether revenue has reached its target, or why there is none; the row says what targets rest on."""
    return ("ahead" if revenue >= target else "behind") if target > 0 else _NO_TARGET[row.target_from]


def to_date(rate: pd.Series) -> str:
    """What the growth of the year to date is on; named by its last month where a month is left out."""
    return "on last year" if rate.basis_last_day == rate.last_day else f"to {rate.basis_last_day:%b}"


def year_end(rate: pd.Series, name: str) -> tuple[float, str]:
    """What the year's end of a run_rate's column is held against, and its name, or why there is no such end."""
    has_target = rate.revenue_target > 0
    whole = rate.revenue_target if has_target else rate.revenue_last_year
    if not pd.isna(rate[name]):
        return whole, "on target" if has_target else "on last year"
    if not rate.days_elapsed > 0:
        return whole, "nothing complete yet"
    return whole, "last year too thin" if rate.revenue_last_year > 0 else "no revenue last year"
