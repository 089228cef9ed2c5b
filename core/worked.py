"""The rules worked through on a viewer's own data: one customer's scores, the tiers' cut-offs, one order, one share …

Each example takes what the reports say and applies the rule anew, by the functions that state it (core/rfm.py,
core/periods.py, core/playbook), so that it shows what the pages show or shows that they differ.
"""

import datetime
from dataclasses import dataclass

import pandas as pd

from core import periods, playbook, reports, rfm
from core.filters import Filter
from core.metrics import COLUMNS, formula
from core.periods import Span
from core.warehouse import Mart

CUTS = ("cut_20", "cut_40", "cut_60", "cut_80")
_MEASURES = (("recency", "recency_days"), ("frequency", "frequency"), ("monetary", "monetary"))


@dataclass(frozen=True)
class Scores:
    """One customer's way to its segment: a row a measure with `measure`, `value`, the cut points, how many lie below
    it (`cuts_below`), the `rule` in words and the `score`; then the code that the scores make and its segment.
    """

    customer_id: str
    customer_name: str
    rows: pd.DataFrame
    code: str
    segment: str


@dataclass(frozen=True)
class Share:
    """A row's part of the whole: what it is of, by name, revenue of both, and the share that the report says."""

    name: str
    revenue: float
    whole: float
    share: float


@dataclass(frozen=True)
class Earlier:
    """What the year that the period ends in, and the month in view, are held against: spans as far as the data goes.

    What looks incomplete at the year's end (`left_out`) is held against nothing. Where last year had hardly begun by
    then, its revenue and the growth are None; there are no spans where nothing of the year looks complete.
    """

    spans: tuple[Span, ...]
    last_year: tuple[Span, ...]
    left_out: tuple[Span, ...]
    revenue: float
    revenue_last_year: float | None
    growth: float | None
    month: tuple[Span, ...]
    last_month: tuple[Span, ...]


def scores(mart: Mart, filter: Filter) -> Scores | None:
    """The scores of the known customer with the most revenue under the filter; None where none has a score."""
    customers = reports.run("customers", mart, filter)
    scored = customers[customers.recency_score.notna()]
    cuts = reports.run("score_cut_points", mart, filter).set_index("score")
    if scored.empty or cuts.empty:
        return None
    customer = scored.iloc[0]
    rows = []
    for measure, column in _MEASURES:
        points = [float(cuts.loc[measure, name]) for name in CUTS]
        value = float(customer[column])
        rows.append(
            {
                "measure": measure,
                "value": value,
                **dict(zip(CUTS, points, strict=True)),
                "cuts_below": sum(point < value for point in points),
                "rule": formula(COLUMNS[f"{measure}_score"]),
                "score": rfm.score(value, points, low_is_good=measure == "recency"),
            }
        )
    found = [row["score"] for row in rows]
    return Scores(
        customer.customer_id,
        customer.customer_name if isinstance(customer.customer_name, str) else customer.customer_id,
        pd.DataFrame(rows),
        "".join(map(str, found)),
        rfm.segment(*found),
    )


def share(mart: Mart, filter: Filter) -> Share | None:
    """The segment with the most revenue under the filter, beside the revenue with the filter on segments lifted."""
    rows = reports.run("segments", mart, filter)
    whole = float(reports.run("headline", mart, filter.without("segment")).revenue.iloc[0])
    if rows.empty or not whole:
        return None
    row = rows.loc[rows.revenue.idxmax()]
    return Share(row.segment, float(row.revenue), whole, float(row.revenue_share))


def earlier(mart: Mart, filter: Filter) -> Earlier:
    """What the year that the period ends in is held against on Home, and the month in view on Monthly."""
    rate, month = reports.run("run_rate", mart, filter).iloc[0], periods.of_month(mart, filter)
    first, basis, last = (rate[name].date() for name in ("first_day", "basis_last_day", "last_day"))
    before = None if pd.isna(rate.revenue_of_basis_last_year) else float(rate.revenue_of_basis_last_year)
    return Earlier(
        _span(first, basis),
        _span(periods.add_months(first, -12), rate.basis_last_day_last_year.date()),
        _span(max(first, basis + periods.DAY), last),
        float(rate.revenue_of_basis),
        before,
        rate.revenue_of_basis / before - 1 if before else None,
        month.spans,
        month.shifted(-1),
    )


def _span(first: datetime.date, last: datetime.date) -> tuple[Span, ...]:
    return (Span(first, last),) if first <= last else ()


def thinnest_month(mart: Mart, filter: Filter) -> pd.Series | None:
    """The month that is smallest beside the months before it, with its report's columns; None where there is none."""
    rows = reports.run("example_months", mart, filter)
    rows = rows[rows.usual_share.notna()]
    return None if rows.empty else rows.loc[rows.usual_share.idxmin()]


def codes() -> dict[str, list[str]]:
    """The codes of each segment, such as 555 and 554, the best first."""
    found: dict[str, list[str]] = {name: [] for name in rfm.segment_names()}
    for code, name in sorted(playbook.codes().items(), reverse=True):
        found[name].append("".join(map(str, code)))
    return found
