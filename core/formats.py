"""Every way a value is written, once: short for cards and labels, exact for hovers and tables.

Money and counts are short from a thousand on (12.3 M); shares are percent without a space; growth has a sign, with a
true minus.
"""

import datetime
import math
from enum import StrEnum

import pandas as pd

NOTHING = "–"
MINUS = "−"


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
            return _signed(value, _abbreviated)
        case Format.COUNT:
            return _signed(value, lambda size: f"{size:,.0f}" if size < 100_000 else _abbreviated(size))
        case Format.SHARE:
            return _signed(value, _percent)
        case Format.GROWTH:
            return ("+" if round(value, 3) > 0 else "") + _signed(value, lambda size: f"{size:,.1%}")
        case Format.NUMBER:
            return _signed(value, lambda size: f"{size:,.1f}")
        case Format.DAYS:
            return f"{value:,.0f} {'day' if round(value) == 1 else 'days'}"
        case _:
            return exact(value, format)


def exact(value: object, format: Format, currency: str = "") -> str:
    """The value for a hover or a table: to the cent, every unit, the currency's code behind money."""
    if _is_absent(value):
        return NOTHING
    match format:
        case Format.MONEY:
            return _signed(value, lambda size: f"{size:,.2f}") + (f" {currency}" if currency else "")
        case Format.COUNT:
            return _signed(value, lambda size: f"{size:,.0f}")
        case Format.SHARE:
            return _signed(value, lambda size: f"{size:.2%}")
        case Format.GROWTH:
            return ("+" if value > 0 else "") + _signed(value, lambda size: f"{size:,.2%}")
        case Format.NUMBER:
            return _signed(value, lambda size: f"{size:,.2f}")
        case Format.DAYS:
            return f"{value:,.1f} days" if value != round(value) else short(value, format)
        case Format.SCORE:
            return f"{value:.0f}"
        case Format.DATE:
            return f"{value.day} {value:%B %Y}"
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
            return f"{size / unit:,.1f} {name}"
    return f"{size:,.0f}" if size >= 100 or size == math.floor(size) else f"{size:,.2f}"


def _percent(share: float) -> str:
    return "<0.1%" if 0 < share < 0.0005 else f"{share:.1%}"


def axis(format: Format) -> str:
    """How a chart's axis writes its ticks: an expression of Vega over `datum.value`, the same words as `short`."""
    match format:
        case Format.SHARE:
            return "replace(format(datum.value, '.0%'), '-', '−')"
        case Format.GROWTH:
            return "replace(format(datum.value, '+.0%'), '-', '−')"
        case Format.MONEY | Format.COUNT:
            short_si = "format(abs(datum.value), '~s')"
            for letter, unit in (("k", " K"), ("M", " M"), ("G", " bn")):
                short_si = f"replace({short_si}, '{letter}', '{unit}')"
            return f"(datum.value < 0 ? '−' : '') + {short_si}"
        case _:
            return "replace(format(datum.value, ',~r'), '-', '−')"


def date_text(day: datetime.date) -> str:
    """A day as the as-of line writes it: 30 Jun 2014."""
    return f"{day.day} {day:%b %Y}"
