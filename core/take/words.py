"""The view in words: its period, its filter, where the data comes from."""

import datetime
import re

from core import formats, periods
from core.choice_words import choice, listed
from core.filters import Filter
from core.formats import Format
from core.warehouse import Mart

_BEFORE_UNITS = re.compile(r"(?<=\d) (?=(?:bn|[KM%×]|days?|orders?)(?!\w))")


def period(mart: Mart, filter: Filter) -> str:
    """The period in words: May 2014, 2014 to date, all data."""
    said = [_span(mart, key, value) for key in ("year", "quarter", "month") for value in filter.get(key)]
    first, last = (
        formats.date_text(datetime.date.fromisoformat(day)) if (day := filter.one(key)) else ""
        for key in ("from", "to")
    )
    if first or last:
        said.append(f"{first} – {last}" if first and last else f"from {first}" if first else f"up to {last}")
    return listed(said, ", ") or "all data"


def view(mart: Mart, filter: Filter) -> str:
    """Period and filter in one line."""
    return f"{_upper(period(mart, filter))} · {choice(mart, filter) or 'no filter'}"


def together(text: str) -> str:
    """The text with each number and its unit in one line, in spaces that every font has."""
    return _BEFORE_UNITS.sub("\N{NO-BREAK SPACE}", text.replace("\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"))


def source(mart: Mart) -> str:
    """The data's name and the day its figures run to."""
    return f"{mart.name} · as of {formats.date_text(mart.as_of)}"


def _span(mart: Mart, key: str, value: str) -> str:
    if key == "month":
        return formats.exact(datetime.date.fromisoformat(f"{value}-01"), Format.MONTH)
    start = mart.fiscal_year_start
    span = periods.year_span(int(value), start) if key == "year" else periods.quarter_span(value, start)
    said = value if key == "year" else f"Q{value[-1]} {value[:4]}"
    return f"{'FY ' if start != 1 else ''}{said}{' to date' if span.first <= mart.as_of < span.last else ''}"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
