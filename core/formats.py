"""Every way a value is written, once: short for cards and labels, exact for hovers and tables.

Money and counts are short from a thousand on (12.3 M); growth has a sign, with a true minus. Marks, the place of the
currency's sign and the order of day and month are the reader's, from Babel; the words are the app's own, English.
"""

import contextlib
import datetime
import functools
import json
import math
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

import babel
import pandas as pd
from babel import numbers

NOTHING = "–"
MINUS = "−"
_INTERNATIONAL = "en-001"


@dataclass(frozen=True)
class Style:
    """How somebody reads: the locale (BCP 47), and the data's currency (ISO 4217), empty where it has none."""

    locale: str = _INTERNATIONAL
    currency: str = ""


@dataclass(frozen=True)
class _Marks:
    """What a locale writes around digits, and how it groups them."""

    decimal: str
    group: str
    in_threes: bool
    before_percent: str
    after_percent: str
    month_first: bool


_written: ContextVar[Style | None] = ContextVar("style", default=None)
_reader: Callable[[], Style] = Style


def style() -> Style:
    """The style in force: that of `written_in`, else the reader's."""
    return _written.get() or _reader()


def read_by(reader: Callable[[], Style]) -> None:
    """Say who tells the reader's style wherever `written_in` does not: the app, of each viewer."""
    global _reader
    _reader = reader


@contextlib.contextmanager
def written_in(style: Style) -> Iterator[None]:
    """Write in a style for a while, as files do."""
    token = _written.set(style)
    try:
        yield
    finally:
        _written.reset(token)


class Format(StrEnum):
    """What a value is, and so how it is written."""

    MONEY = "money"
    COUNT = "count"
    SHARE = "share"
    GROWTH = "growth"
    NUMBER = "number"
    DAYS = "days"
    SCORE = "score"
    DATE = "date"
    MONTH = "month"
    TEXT = "text"


def short(value: object, format: Format) -> str:
    """The value for a card or a label: three or four characters carry it. Absent is a dash."""
    if _is_absent(value):
        return NOTHING
    match format:
        case Format.MONEY:
            return _signed(value, lambda size: _money(_abbreviated(size)))
        case Format.COUNT:
            return _signed(value, lambda size: digits(size) if size < 100_000 else _abbreviated(size))
        case Format.SHARE:
            return _signed(value, _share)
        case Format.GROWTH:
            return ("+" if round(value, 3) > 0 else "") + _signed(value, lambda size: percent(size, 1))
        case Format.NUMBER:
            return _signed(value, lambda size: digits(size, 1))
        case Format.DAYS:
            return f"{digits(value)} {'day' if round(value) == 1 else 'days'}"
        case _:
            return exact(value, format)


def exact(value: object, format: Format) -> str:
    """The value for a hover or a table: to the cent, every unit."""
    if _is_absent(value):
        return NOTHING
    match format:
        case Format.MONEY:
            return _signed(value, lambda size: _money(digits(size, 2)))
        case Format.COUNT:
            return _signed(value, digits)
        case Format.SHARE:
            return _signed(value, lambda size: percent(size, 2))
        case Format.GROWTH:
            return ("+" if value > 0 else "") + _signed(value, lambda size: percent(size, 2))
        case Format.NUMBER:
            return _signed(value, lambda size: digits(size, 2))
        case Format.DAYS:
            return f"{digits(value, 1)} days" if value != round(value) else short(value, format)
        case Format.SCORE:
            return f"{value:.0f}"
        case Format.DATE:
            return _dated(value, f"{value:%B}", value.year)
        case Format.MONTH:
            return f"{value:%B %Y}"
        case _:
            return str(value)


def _is_absent(value: object) -> bool:
    return value is None or value is pd.NA or value != value  # NaN and NaT differ from themselves


def _signed(value: float, write) -> str:
    text = write(abs(value))
    return f"{MINUS}{text}" if value < 0 and any(digit in text for digit in "123456789") else text


def _abbreviated(size: float) -> str:
    for unit, name in ((1e9, "bn"), (1e6, "M"), (1e3, "K")):
        if size >= unit * (1 - 5e-5) and size >= 1e3:
            return f"{digits(size / unit, 1)} {name}"
    return digits(size, 0 if size >= 100 or size == math.floor(size) else 2)


def _share(share: float) -> str:
    return f"<{percent(0.001, 1)}" if 0 < share < 0.0005 else percent(share, 1)


def digits(number: float, places: int = 0) -> str:
    """A number to some decimal places, grouped, with the reader's marks."""
    marks = _marks(style().locale)
    if not marks.in_threes:
        pattern = _locale(style().locale).decimal_formats[None].pattern.partition(".")[0] + "." + "0" * places
        return numbers.format_decimal(Decimal(f"{number:.{places}f}"), pattern.rstrip("."), _locale(style().locale))
    return f"{number:,.{places}f}".translate({ord(","): marks.group, ord("."): marks.decimal})


def percent(share: float, places: int) -> str:
    """A share (0-1) as percent."""
    marks = _marks(style().locale)
    return f"{marks.before_percent}{digits(Decimal(share) * 100, places)}{marks.after_percent}"


def unit(name: str) -> str:
    """A heading of figures of money with the currency's code behind it."""
    return f"{name}, {style().currency}" if style().currency else name


def axis(format: Format) -> str:
    """How a chart's axis writes its ticks: an expression of Vega over `datum.value`, the same words as `short`."""
    marks = _marks(style().locale)
    match format:
        case Format.SHARE | Format.GROWTH:
            form = ".0f" if format is Format.SHARE else "+.0f"
            size = f"replace(format(100 * datum.value, '{form}'), '-', '−')"
            return f"{_quoted(marks.before_percent)} + {size} + {_quoted(marks.after_percent)}"
        case Format.MONEY | Format.COUNT:
            short_si = f"replace(format(abs(datum.value), '~s'), '.', {_quoted(marks.decimal)})"
            for letter, unit in (("k", " K"), ("M", " M"), ("G", " bn")):
                short_si = f"replace({short_si}, '{letter}', '{unit}')"
            before, after = _around_money() if format is Format.MONEY else ("", "")
            return f"(datum.value < 0 ? '−' : '') + {_quoted(before)} + {short_si} + {_quoted(after)}"
        case _:
            parts = "split(replace(format(datum.value, ',~r'), '-', '−'), '.')"
            whole = f"replace({parts}[0], regexp(',', 'g'), {_quoted(marks.group)})"
            return f"{whole} + (length({parts}) > 1 ? {_quoted(marks.decimal)} + {parts}[1] : '')"


def date_text(day: datetime.date) -> str:
    """A day as the as-of line writes it: 30 Jun 2014."""
    return _dated(day, f"{day:%b}", day.year)


def table_date() -> str:
    """How a table writes a day, in Moment's words: 30 Jun 2014."""
    return "MMM D, YYYY" if _marks(style().locale).month_first else "D MMM YYYY"


def day_and_month(day: datetime.date) -> str:
    """A day of a year that is known: 30 June."""
    return _dated(day, f"{day:%B}")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _dated(day: datetime.date, month: str, year: int | None = None) -> str:
    if _marks(style().locale).month_first:
        return f"{month} {day.day}" + (f", {year}" if year else "")
    return f"{day.day} {month}" + (f" {year}" if year else "")


def _money(size: str) -> str:
    before, after = _around_money()
    return f"{before}{size}{after}"


def _around_money() -> tuple[str, str]:
    return _around(style()) if style().currency else ("", "")


@functools.cache
def _around(style: Style) -> tuple[str, str]:
    """What stands before and after an amount: the currency's sign, with a space where the sign ends in a letter."""
    sign = numbers.get_currency_symbol(style.currency, _locale(style.locale))
    pattern = _locale(style.locale).currency_formats["standard"]
    before, after = (part.replace("¤", sign) for part in (pattern.prefix[0], pattern.suffix[0]))
    return before + ("\N{NO-BREAK SPACE}" if before[-1:].isalpha() else ""), after


@functools.cache
def _marks(locale: str) -> _Marks:
    found = _locale(locale)
    share = found.percent_formats[None]
    return _Marks(
        numbers.get_decimal_symbol(found),
        numbers.get_group_symbol(found),
        found.decimal_formats[None].grouping == (3, 3),
        share.prefix[0],
        share.suffix[0],
        found.date_formats["long"].pattern.startswith("M"),
    )


@functools.cache
def _locale(locale: str) -> babel.Locale:
    """The locale that a browser names, or international English where Babel knows neither it nor its language."""
    with contextlib.suppress(babel.UnknownLocaleError, ValueError):
        return babel.Locale.parse(locale, sep="-")
    with contextlib.suppress(babel.UnknownLocaleError, ValueError):
        return babel.Locale.parse(locale.split("-")[0])
    return babel.Locale.parse(_INTERNATIONAL, sep="-")
