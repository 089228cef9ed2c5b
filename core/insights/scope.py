"""What a sentence is asked about: a mart under a filter, and which of its days may be held against others."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from core import periods, reports
from core.filters import Filter, Level
from core.periods import Span
from core.warehouse import Mart

FEW_DAYS = 28  # a shorter span says little beside another


@dataclass(frozen=True)
class Scope:
    """A mart under a filter."""

    mart: Mart
    filter: Filter

    def run(self, name: str, filter: Filter | None = None) -> pd.DataFrame:
        """The rows of a report under this filter, or another. Shared: never write into it."""
        return reports.run(name, self.mart, self.filter if filter is None else filter)

    @property
    def always(self) -> "Scope":
        """The same without its period: for what is no matter of the period, such as silence."""
        return Scope(self.mart, self.filter.without_level(Level.PERIOD))

    @property
    def has_targets(self) -> bool:
        """Whether the star has targets of its own."""
        return bool(self.mart.summary["has_targets"])

    @property
    def counts_everyone(self) -> bool:
        """Whether reports count all customers picked, since nothing but customers is picked."""
        return not self.filter.has(Level.PERIOD, Level.ORDERS, Level.LINES)

    def sold_nothing(self) -> bool:
        """Whether there is no sale and no return under the filter."""
        row = self.run("headline").iloc[0]
        return bool(row.orders == 0 and row.revenue == 0)

    def is_thin(self, *months: datetime.date) -> bool:
        """Whether any of these months looks incomplete."""
        return bool(self._thin_months().intersection(day.replace(day=1) for day in months))

    def is_covered(self, day: datetime.date) -> bool:
        """Whether the data reaches back to the month of this day."""
        return self.mart.first_day.replace(day=1) <= day

    def can_compare(self, first_day: datetime.date, months: int) -> bool:
        """Whether a month and the one some months before are in the data, and neither looks incomplete."""
        first_day = first_day.date() if isinstance(first_day, datetime.datetime) else first_day
        before = periods.add_months(first_day, -months)
        return self.is_covered(before) and not self.is_thin(first_day, before)

    def month_is_cut(self) -> bool:
        """Whether days are chosen that cut the month in view."""
        spans = periods.of_month(self.mart, self.filter).whole
        return spans != (periods.month_span(periods.month_in_view(self.mart, self.filter)),)

    def rests_on_something(self) -> bool:
        """Whether the period has any day in a month that does not look incomplete."""
        spans = periods.of_filter(self.mart, self.filter).spans
        thin = self._thin_months()
        return any(set(months_within(span)) - thin for span in spans)

    def last_thin_month(self) -> datetime.date | None:
        """The last month of the period, where it looks incomplete."""
        spans = periods.of_filter(self.mart, self.filter).spans
        last = spans[-1].last.replace(day=1) if spans else None
        return last if last in self._thin_months() else None

    def year_spans(self) -> tuple[Span, Span] | None:
        """The days to hold against a year before, and those days: the period chosen, else the year to date.

        A year just begun gives way to the one before. None where the days are few, more than a year or than one span,
        not in the data a year before, or rest on a month that looks incomplete.
        """
        now = self._span_of(self.filter if self.filter.has(Level.PERIOD) else None)
        if now is None:
            return None
        before = now.shifted(-12, keep_month_end=True)
        months = {*months_within(now), *months_within(before)}
        return None if self.is_thin(*months) or not self.is_covered(before.first) else (now, before)

    def _span_of(self, chosen: Filter | None) -> Span | None:
        if chosen:
            tried = [periods.of_filter(self.mart, chosen)]
        else:
            year = periods.year_of(self.mart.as_of, self.mart.fiscal_year_start)
            always = self.always.filter
            tried = [periods.of_filter(self.mart, always.choose(year=str(number))) for number in (year, year - 1)]
        for period in tried:
            if len(period.spans) == 1:
                now = Span(period.spans[0].first, periods.basis_last_day(self.mart, period))
                if FEW_DAYS <= (now.last - now.first).days + 1 <= 366:
                    return now
        return None

    def _thin_months(self) -> set[datetime.date]:
        months = periods.months_of(self.mart)
        return set(months.month[months.is_thin])


def named(frame: pd.DataFrame, column: str, *nameless: str) -> pd.DataFrame:
    """The rows that a sentence can name: without those that stand for what the data lacks."""
    return frame[frame[column].notna() & ~frame[column].isin(nameless)]


def months_within(span: Span) -> Iterable[datetime.date]:
    """The first day of every month that a span touches."""
    month = span.first.replace(day=1)
    while month <= span.last:
        yield month
        month = periods.add_months(month, 1)
