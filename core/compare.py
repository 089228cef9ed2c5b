"""Two sides against each other: segments, tiers, periods, places, products or reasons, under the same other filters.

Each side is a filter of its own, and every number is one of the reports' under it; a difference is the first side's
value less the second's. A side replaces the filter's own choice of what it compares; everything else stays in force.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from core import periods, reports
from core.filters import COMPARED, KEYS, Filter, Level, side_of
from core.formats import Format
from core.metrics import COLUMNS
from core.periods import Span
from core.warehouse import Mart

FIGURES = (
    *("revenue", "orders", "buyers", "average_transaction_value", "items", "profit", "margin"),
    "avg_recency_days",
)


@dataclass(frozen=True)
class Breakdown:
    """A way of splitting both sides: the key of its rows, its report, what is counted, what the data must have.

    It says nothing about sides of the kinds in `silent`, of which each row has one only.
    """

    key: str
    report: str
    measure: str
    share: str
    title: str
    needs: str = ""
    silent: tuple[str, ...] = ()


BREAKDOWNS = (
    Breakdown("segment", "segments", "revenue", "revenue_share", "revenue by segment"),
    Breakdown("country", "revenue_by_country", "revenue", "revenue_share", "revenue by country", "places",
              ("continent", "region")),
    Breakdown("subcategory", "products", "revenue", "revenue_share", "revenue by subcategory", "products",
              ("category", "product")),
    Breakdown("reason", "orders_by_reason", "orders", "order_share", "orders by reason", "reasons"),
    Breakdown("tier", "tiers", "revenue", "revenue_share", "revenue by tier"),
)  # fmt: skip


@dataclass(frozen=True)
class Side:
    """One of the two: its kind, which is a filter key, and its value."""

    kind: str
    value: str

    @classmethod
    def of(cls, text: str) -> "Side":
        """A side from a link, as filters.known leaves it."""
        return cls(*side_of(text))

    @property
    def text(self) -> str:
        """The side as it stands in a link."""
        return f"{self.kind}:{self.value}"


@dataclass(frozen=True)
class Comparison:
    """Two sides of one kind in a mart, and the filter that is in force on both."""

    mart: Mart
    filter: Filter
    sides: tuple[Side, Side]

    @property
    def kind(self) -> str:
        """What the sides are: a filter key."""
        return self.sides[0].kind

    @property
    def is_of_periods(self) -> bool:
        """Whether the sides are years, quarters or months."""
        return KEYS[self.kind].level is Level.PERIOD

    @property
    def is_by_amount(self) -> bool:
        """Whether amounts say more than shares: of periods of which both are over, or neither."""
        return self.is_of_periods and len(set(self.is_open())) == 1

    @property
    def filters(self) -> tuple[Filter, Filter]:
        """The filter of each side."""
        first, second = (self.filter.choose(**{side.kind: side.value}) for side in self.sides)
        return first, second

    @property
    def in_link(self) -> Filter:
        """The filter in force with both sides, as a link says it."""
        return self.filter.choose(compare=[side.text for side in self.sides])

    def without(self, *keys: str) -> "Comparison":
        """The same with some keys of the filter lifted."""
        return replace(self, filter=self.filter.without(*keys))

    def run(self, name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The rows of a report under each side. Shared: never write into them."""
        first, second = (reports.run(name, self.mart, filter) for filter in self.filters)
        return first, second

    @property
    def names(self) -> tuple[str, str]:
        """What the sides are called."""
        first, second = (
            periods.label(self.mart, side.kind, side.value) if self.is_of_periods else side.value for side in self.sides
        )
        return first, second

    def spans(self) -> tuple[Span, Span] | None:
        """The days of each side as far as the data goes, where the sides are periods that the data reaches."""
        if not self.is_of_periods:
            return None
        found = [periods.of_filter(self.mart, filter).spans for filter in self.filters]
        return (found[0][0], found[1][0]) if all(len(spans) == 1 for spans in found) else None

    def is_open(self) -> tuple[bool, bool]:
        """Whether each side is a period that is not over where the data ends."""
        first, second = (
            self.is_of_periods and any(span.first <= self.mart.as_of < span.last for span in period.whole)
            for period in (periods.of_filter(self.mart, filter) for filter in self.filters)
        )
        return first, second


def of_filter(mart: Mart, filter: Filter) -> Comparison | None:
    """What a filter compares in a mart; None where the data has nothing to hold against it.

    Where the link names no side: what the filter picks of one key, else the largest segment; the only period chosen is
    rather that of both sides. Where it names one: beside it the same span a year before, else the one before, else the
    largest other of its kind.
    """
    named = [Side.of(text) for text in filter.get("compare")] or picked(filter)
    if len(named) == 1 and _is_period(named[0].kind) and not filter.get("compare"):
        named = picked(filter.without_level(Level.PERIOD))
    return of_kind(mart, filter, named[0].kind if named else "segment", [side.value for side in named])


def of_kind(mart: Mart, filter: Filter, kind: str, values: Sequence[str] = ()) -> Comparison | None:
    """The same of a kind, with what is named of it."""
    rest = base(filter, kind)
    values = list(values)
    for value in _likely(mart, rest, kind, values):
        if len(values) < 2 and value not in values:
            values.append(value)
    if len(values) < 2:
        return None
    return Comparison(mart, rest, (Side(kind, values[0]), Side(kind, values[1])))


def picked(filter: Filter) -> list[Side]:
    """The two values that a filter picks of one key, latest period first; else the only one; else nothing."""
    for count in (2, 1):
        for kind in COMPARED:
            values = filter.get(kind)
            if len(values) == count:
                latest_first = KEYS[kind].level is Level.PERIOD
                return [Side(kind, value) for value in (sorted(values, reverse=True) if latest_first else values)]
    return []


def base(filter: Filter, kind: str) -> Filter:
    """What of a filter is in force on both sides: all but what each side says itself."""
    lifted = [name for name, key in KEYS.items() if key.level is Level.PERIOD] if _is_period(kind) else [kind]
    return filter.without("compare", *lifted)


def options(mart: Mart, kind: str) -> list[str]:
    """What can be compared of a kind: periods latest first, all else as the data lists it."""
    if not _is_period(kind):
        return reports.choices(mart)[kind]
    start = mart.fiscal_year_start
    said = {
        "year": lambda day: str(periods.year_of(day, start)),
        "quarter": lambda day: periods.quarter_of(day, start),
        "month": lambda day: f"{day:%Y-%m}",
    }[kind]
    return list(dict.fromkeys(said(month) for month in reversed(list(periods.months_of(mart).month))))


def figures(comparison: Comparison) -> pd.DataFrame:
    """One row per figure of both sides: figure (its name in core/metrics.py), first, second, difference, change.

    The change is the difference as a share of the second side's value; null where that is not positive, and for shares.
    """
    headlines = [frame.iloc[0] for frame in comparison.run("headline")]
    recency = [frame.recency_days[frame.orders > 0].astype(float).mean() for frame in comparison.run("customers")]
    rows = []
    for name in FIGURES:
        first, second = recency if name == "avg_recency_days" else (_number(row[name]) for row in headlines)
        relative = second > 0 and COLUMNS[name].format is not Format.SHARE
        rows.append((name, first, second, first - second, (first - second) / second if relative else math.nan))
    return pd.DataFrame(rows, columns=["figure", "first", "second", "difference", "change"])


def breakdowns(comparison: Comparison) -> list[Breakdown]:
    """The ways of splitting that say something about these sides, whether or not the data has what they need."""
    return [one for one in BREAKDOWNS if comparison.kind not in (one.key, *one.silent)]


def parts(comparison: Comparison, breakdown: Breakdown) -> pd.DataFrame:
    """One row per value of the breakdown's key that either side has: first, second and difference of its measure, and
    first_share, second_share and share_difference of its share. Largest first; what a side has not sold is 0.
    """
    sides = []
    for frame in comparison.run(breakdown.report):
        summed = frame.groupby(breakdown.key, observed=True)[[breakdown.measure, breakdown.share]]
        sides.append(summed.sum(min_count=1).astype(float))
    names = sides[0].index.union(sides[1].index)
    first, second = (side.reindex(names, fill_value=0.0) for side in sides)
    found = pd.DataFrame(
        {
            breakdown.key: names.astype(str),
            "first": first[breakdown.measure].to_numpy(),
            "second": second[breakdown.measure].to_numpy(),
            "first_share": first[breakdown.share].to_numpy(),
            "second_share": second[breakdown.share].to_numpy(),
        }
    )
    found["difference"] = found["first"] - found["second"]
    found["share_difference"] = found.first_share - found.second_share
    found["largest"] = found[["first", "second"]].max(axis=1)
    found = found[(found["first"] != 0) | (found["second"] != 0)]
    return found.sort_values(["largest", breakdown.key], ascending=[False, True], ignore_index=True).drop(
        columns="largest"
    )


def course(comparison: Comparison) -> pd.DataFrame:
    """Revenue over time on one axis, one row per place on it: place, first, second, and what each is (first_day …).

    Places are calendar months; for years and quarters their first, second … month; for two months the day of the
    month, and revenue is that of the month to date. What a side does not reach is null. `first_note` and `second_note`
    say where a month is not over or looks incomplete.
    """
    if comparison.kind == "month":
        sides = [_days(frame) for frame in comparison.run("month_days")]
    else:
        sides = [_months(frame) for frame in comparison.run("monthly_growth")]
        if comparison.is_of_periods:
            sides = [side.assign(place=range(1, len(side) + 1)) for side in sides]
    first, second = (side.add_prefix(f"{name}_").rename(columns={f"{name}_place": "place", f"{name}_revenue": name})
                     for side, name in zip(sides, ("first", "second"), strict=True))  # fmt: skip
    return first.merge(second, on="place", how="outer").sort_values("place", ignore_index=True)


def _days(frame: pd.DataFrame) -> pd.DataFrame:
    reached = frame[frame.revenue.notna() & frame.date.notna()]
    return pd.DataFrame({"place": reached.day.astype(int), "revenue": reached.revenue_month_to_date.astype(float),
                         "day": reached.date, "note": ""})  # fmt: skip


def _months(frame: pd.DataFrame) -> pd.DataFrame:
    notes = ["looks incomplete" if row.is_thin else "" if row.is_whole else "is not over" for row in frame.itertuples()]
    return pd.DataFrame({"place": frame.month, "revenue": frame.revenue.astype(float), "day": frame.month,
                         "note": notes})  # fmt: skip


def _likely(mart: Mart, rest: Filter, kind: str, values: list[str]) -> list[str]:
    """What a side is most likely held against, in this order."""
    known = options(mart, kind)
    if _is_period(kind):
        if not values:
            return known
        year = f"{int(values[0][:4]) - 1}{values[0][4:]}"
        earlier = [value for value in known if value < values[0]]
        return [*(value for value in earlier if value == year), *earlier, *known]
    if kind == "segment":
        rows = reports.run("segments", mart, rest)
        sold = rows[(rows.customers > 0) & (rows.revenue > 0)].sort_values("revenue", ascending=False, kind="stable")
        return [*sold.segment, *known] if not values else [*sold.segment]
    return known


def _is_period(kind: str) -> bool:
    return KEYS[kind].level is Level.PERIOD


def _number(value: object) -> float:
    return math.nan if value is None or value is pd.NA else float(value)
