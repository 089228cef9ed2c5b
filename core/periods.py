"""The days a filter picks in a mart, and the same calendar span a year or a month earlier.

A span that the as-of date cuts short is compared with the span cut at the same day; a span of whole months is compared
with whole months.
"""

import calendar
import datetime
import functools
from dataclasses import dataclass

import pandas as pd

from core.filters import Filter, Level
from core.warehouse import Mart

DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, order=True)
class Span:
    """Whole days from first to last, both included."""

    first: datetime.date
    last: datetime.date

    def shifted(self, months: int, *, keep_month_end: bool) -> "Span":
        """This span some months later (earlier when negative)."""
        last = add_months(self.last, months)
        if keep_month_end and self.first.day == 1 and self.last == month_end(self.last):
            last = month_end(last)
        return Span(add_months(self.first, months), last)

    def by_month(self) -> "list[Span]":
        """This span cut into its calendar months."""
        pieces, first = [], self.first
        while first <= self.last:
            pieces.append(Span(first, min(self.last, month_end(first))))
            first = month_end(first) + DAY
        return pieces


@dataclass(frozen=True)
class Period:
    """The spans a filter picks, whole and as far as the data goes (to the as-of date)."""

    whole: tuple[Span, ...]
    spans: tuple[Span, ...]

    def shifted(self, months: int) -> tuple[Span, ...]:
        """The same calendar spans some months earlier (negative), cut at the same day where the data cuts them."""
        ends = {span.last for span in self.whole}
        return tuple(span.shifted(months, keep_month_end=span.last in ends) for span in self.spans)

    def months_shifted(self, months: int) -> tuple[Span, ...]:
        """The same, month by month: a complete month is compared with a whole month, wherever the period ends."""
        pieces = [piece for span in self.spans for piece in span.by_month()]
        return tuple(_union([piece.shifted(months, keep_month_end=True) for piece in pieces]))

    def whole_shifted(self, months: int) -> tuple[Span, ...]:
        """The same calendar spans some months earlier, whole."""
        return tuple(
            span.shifted(months, keep_month_end=True) for span in self.whole if span.last.year < datetime.MAXYEAR
        ) or self.shifted(months)


def of_filter(mart: Mart, filter: Filter) -> Period:
    """The period a filter picks in a mart. Without a period key: from the first order's month to the as-of date."""
    return period_of(filter, mart.first_day.replace(day=1), mart.as_of, mart.fiscal_year_start)


def of_month(mart: Mart, filter: Filter) -> Period:
    """The period of a monthly report: the month in view, of the period that the filter picks."""
    return of_filter(mart, filter.choose(month=month_in_view(mart, filter).strftime("%Y-%m")))


def of_year(mart: Mart, filter: Filter) -> Period:
    """The (fiscal) year that holds the last day of the period which the filter picks."""
    spans = of_filter(mart, filter).spans
    year = year_of(spans[-1].last if spans else mart.as_of, mart.fiscal_year_start)
    return of_filter(mart, filter.without_level(Level.PERIOD).choose(year=str(year)))


@functools.lru_cache(maxsize=64)
def months_of(mart: Mart) -> pd.DataFrame:
    """Every calendar month of the data: month (its first day), revenue, is_whole, is_thin."""
    frame = mart.query("select month, revenue, is_whole, is_thin from months order by month")
    return frame.assign(month=frame.month.dt.date)


@functools.lru_cache(maxsize=1024)
def month_in_view(mart: Mart, filter: Filter) -> datetime.date:
    """The first day of the month that a monthly report shows.

    The last one chosen, else the latest of the period that is whole and not thin, else not thin, else the latest.
    """
    chosen = filter.get("month")
    if chosen:
        return datetime.date.fromisoformat(f"{max(chosen)}-01")
    months = months_of(mart)
    spans = of_filter(mart, filter).spans
    if spans:
        inside = months[(months.month >= spans[0].first.replace(day=1)) & (months.month <= spans[-1].last)]
        if not len(inside):
            return spans[-1].last.replace(day=1)
        months = inside
    whole, full = months[months.is_whole & ~months.is_thin], months[~months.is_thin]
    return next(good for good in (whole, full, months) if len(good)).month.iloc[-1]


def basis_last_day(mart: Mart, period: Period) -> datetime.date:
    """The last day of a period that a headline may rest on: months at its end that look incomplete are left out."""
    last = period.spans[-1].last if period.spans else mart.as_of
    thin = _thin_months(mart)
    while last.replace(day=1) in thin:
        last = last.replace(day=1) - DAY
    return last


@functools.lru_cache(maxsize=64)
def _thin_months(mart: Mart) -> frozenset[datetime.date]:
    months = months_of(mart)
    return frozenset(months.month[months.is_thin])


def period_of(filter: Filter, first_day: datetime.date, as_of: datetime.date, fiscal_year_start: int = 1) -> Period:
    """The period a filter picks from data between two days; all of them where no period key is on."""
    if not filter.has(Level.PERIOD):
        return Period((Span(first_day, datetime.date.max),), (Span(first_day, as_of),))
    first = filter.one("from")
    last = filter.one("to")
    picked = [
        Span(
            datetime.date.fromisoformat(first) if first else datetime.date(datetime.MINYEAR + 1, 1, 1),
            datetime.date.fromisoformat(last) if last else datetime.date.max,
        )
    ]
    for key, span_of in (
        ("year", lambda text: year_span(int(text), fiscal_year_start)),
        ("quarter", lambda text: quarter_span(text, fiscal_year_start)),
        ("month", lambda text: month_span(datetime.date.fromisoformat(f"{text}-01"))),
    ):
        if chosen := filter.get(key):
            picked = _intersection(picked, _union([span_of(text) for text in chosen]))
    if not (first or filter.get("year") or filter.get("quarter") or filter.get("month")):
        picked = _intersection(picked, [Span(first_day, datetime.date.max)])
    picked = [span for span in picked if span.first <= span.last]
    return Period(tuple(picked), tuple(_intersection(picked, [Span(datetime.date.min, as_of)])))


def year_span(year: int, fiscal_year_start: int = 1) -> Span:
    """The days of a year; a fiscal year goes by the calendar year it ends in."""
    if fiscal_year_start == 1:
        return Span(datetime.date(year, 1, 1), datetime.date(year, 12, 31))
    first = datetime.date(year - 1, fiscal_year_start, 1)
    return Span(first, add_months(first, 12) - DAY)


def label(mart: Mart, key: str, value: str) -> str:
    """A year, quarter or month as a reader says it: 2014 to date for one that is not over, Q1 2014, May 2014."""
    if key == "month":
        return f"{datetime.date.fromisoformat(f'{value}-01'):%b %Y}"
    start = mart.fiscal_year_start
    span = year_span(int(value), start) if key == "year" else quarter_span(value, start)
    said = value if key == "year" else f"Q{value[-1]} {value[:4]}"
    return f"{'FY ' if start != 1 else ''}{said}{' to date' if span.first <= mart.as_of < span.last else ''}"


def year_of(day: datetime.date, fiscal_year_start: int = 1) -> int:
    """The (fiscal) year a day lies in."""
    return day.year + (fiscal_year_start != 1 and day.month >= fiscal_year_start)


def quarter_span(text: str, fiscal_year_start: int = 1) -> Span:
    """The days of a quarter such as 2014-Q1, of the fiscal year where there is one."""
    first = add_months(year_span(int(text[:4]), fiscal_year_start).first, 3 * (int(text[-1]) - 1))
    return Span(first, add_months(first, 3) - DAY)


def quarter_of(day: datetime.date, fiscal_year_start: int = 1) -> str:
    """The quarter a day lies in, such as 2014-Q1."""
    return f"{year_of(day, fiscal_year_start)}-Q{(day.month - fiscal_year_start) % 12 // 3 + 1}"


def month_span(day: datetime.date) -> Span:
    """The days of the month a day lies in."""
    return Span(day.replace(day=1), month_end(day))


def month_end(day: datetime.date) -> datetime.date:
    """The last day of the month a day lies in."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day of the month some months later, or that month's last day where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _union(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.first <= joined[-1].last + DAY:
            joined[-1] = Span(joined[-1].first, max(joined[-1].last, span.last))
        else:
            joined.append(span)
    return joined


def _intersection(left: list[Span], right: list[Span]) -> list[Span]:
    both = (Span(max(a.first, b.first), min(a.last, b.last)) for a in left for b in right)
    return sorted(span for span in both if span.first <= span.last)
