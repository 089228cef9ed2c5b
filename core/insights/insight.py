"""An insight: one sentence computed from a report, with its numbers; and the words that all sentences share."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType

from core import formats, periods, rfm
from core.filters import Filter, Level
from core.formats import Format
from core.periods import Span

HOME, OVERVIEW, MONTHLY, TIERS, RECOMMENDATIONS = "Home", "Overview", "Monthly", "Pareto tiers", "Recommendations"
CUSTOMERS = "Customers"
COMPARE = "Compare"
STANDING = 0.05  # what was so last month as well is a twentieth of the news that a change of the same size is
MANIFOLD = 2.0  # of growth: from here on "times" reads better than percent
NOWHERE = "Place not known"  # these stand for what the data lacks, so no sentence names them
NO_REASON = "No reason given"
NOT_ITEMISED = "Not itemised"
NAMELESS = (NOWHERE, NOT_ITEMISED, "No subcategory", rfm.BUYER_NOT_KNOWN, rfm.NO_SEGMENT, rfm.NEVER_ORDERED)

money = partial(formats.short, format=Format.MONEY)
share = partial(formats.short, format=Format.SHARE)
count = partial(formats.short, format=Format.COUNT)
days = partial(formats.short, format=Format.DAYS)
day = partial(formats.exact, format=Format.DATE)
month = partial(formats.exact, format=Format.MONTH)


@dataclass(frozen=True)
class Insight:
    """One sentence and what it rests on.

    `finding` is what to set bold, `rest` follows it as it stands (own space or comma first). Both are plain text that
    may hold any character of a name in the data: whoever draws them escapes them. `numbers` are the values in the
    sentence, unrounded, by name; they are found in, or added up from, the rows of `report`. `page` and `filter` are the
    view that shows them. `money` is the money concerned; `weight` ranks: money by how unusual it is (0-1).
    """

    kind: str
    finding: str
    rest: str
    numbers: Mapping[str, float] = field(hash=False)
    report: str
    page: str
    filter: Filter
    money: float = 0.0
    unusual: float = 0.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "numbers", MappingProxyType(dict(self.numbers)))

    @property
    def text(self) -> str:
        """The whole sentence."""
        return f"{self.finding}{self.rest}"

    @property
    def weight(self) -> float:
        """The rank: how much money, by how unusual."""
        return abs(self.money) * min(max(self.unusual, 0.0), 1.0)

    def __str__(self) -> str:
        return self.text


def listed(names: Sequence[str]) -> str:
    """Names as a sentence lists them: a; a and b; a, b and c."""
    spaced = [name_of(name) for name in names]
    return " and ".join(part for part in (", ".join(spaced[:-1]), *spaced[-1:]) if part)


def name_of(value: str) -> str:
    """A name of the data on one line, its blanks single."""
    return " ".join(str(value).split())


def is_part(share: float) -> bool:
    """Whether a share says something: above nothing, not above everything (returns can make either)."""
    return bool(0 < share <= 1)


def many(number: float, one: str, more: str | None = None) -> str:
    """A count with its noun: 1 order, 2 orders."""
    return f"{count(number)} {one if number == 1 else more or f'{one}s'}"


def compared(now: float, before: float, more: str = "more than", less: str = "less than") -> str:
    """How an amount stands to an earlier one above zero: 12.0% more than, level with, 3.4 times as much as."""
    change = change_of(now, before)
    if abs(change) < 0.0005:
        return "level with"
    if change >= MANIFOLD:
        times = "times as much as" if more == "more than" else "times"
        return f"{formats.short(now / before, Format.NUMBER)} {times}"
    return f"{share(abs(change))} {more if change > 0 else less}"


def change_of(now: float, before: float) -> float:
    """The difference as a share of the earlier amount."""
    return (now - before) / before


def span_words(span: Span) -> str:
    """Days as a sentence begins with: In 2013, In May 2014, From January to May 2014, From 1 May to 9 July 2014."""
    first, last = span.first, span.last
    whole_months = first.day == 1 and last == periods.month_end(last)
    if span == periods.year_span(last.year):
        return f"In {last.year}"
    if whole_months and first.replace(day=1) == last.replace(day=1):
        return f"In {last:%B %Y}"
    year = "" if first.year == last.year else f" {first.year}"
    if whole_months:
        return f"From {first:%B}{year} to {last:%B %Y}"
    start = day(first) if year else formats.day_and_month(first)
    return f"From {start} to {day(last)}"


def within(span: Span, filter: Filter) -> Filter:
    """The filter with these days as its period."""
    return filter.without_level(Level.PERIOD).choose(from_=span.first.isoformat(), to=span.last.isoformat())


def in_month(first_day: datetime.date, filter: Filter) -> Filter:
    """The filter with a month chosen of its period."""
    return filter.choose(month=f"{first_day:%Y-%m}")


def as_date(value: datetime.date) -> datetime.date:
    """A report's day as a plain date."""
    return value.date() if hasattr(value, "date") else value
