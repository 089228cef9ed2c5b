"""How a column writes its dates, decided from the whole column, and each distinct text read into a calendar day.

The day stands as the export wrote it: times and offsets from UTC are cut off, not converted.
"""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from core.star import FIRST_DAY, Refused

ISO = re.compile(r"\s*\d{4}-\d{2}-\d{2}(?!\d)")
# Cuts the time, its zone and AM/PM off, so that a column of moments has few distinct texts.
TIME_SQL = (
    r"([T ,]+|[ ,]+(at|um|às|as|à|a las|alle)\s+)\d{1,2}[:.h]\d{2}([:.]\d{2})?([.,]\d+)?\s*([AaPp]\.?[Mm]\.?)?"
    r"\s*(Z|UTC|GMT|hs?\.?|Uhr|[A-Z]{2,4}|[+-]\d{2}:?\d{2})*\s*(\([^)]*\))?$"
)
_NUMERIC = re.compile(r"(\d{1,2})([./ -])(\d{1,2})\2(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})([./ -]?)(\d{1,2})\2(\d{1,2})")
_WORDS = re.compile(r"[\s,./-]+")
_WEEKDAY = re.compile(r"^[^\W\d]{2,12}\.?,?\s+(?=\d|[^\W\d]{3,})", re.UNICODE)
_EXCEL_EPOCH = datetime.date(1899, 12, 30)
ORDERS = ("dmy", "mdy")


class Ambiguous(Refused):
    """Dates that fit both orders of day and month; `choices` are the orders, each with what it makes of examples."""

    def __init__(self, sentence: str, choices: list[tuple[str, str]]) -> None:
        super().__init__(sentence)
        self.choices = choices


@dataclass(frozen=True)
class Reading:
    """Each distinct text with its day (None where it is no date), the order that was decided, and why."""

    days: dict[str, datetime.date | None]
    order: str | None
    reason: str


def read(texts: Iterable[str], order: str | None = None, where: str = "the date column") -> Reading:
    """Read every distinct text of a column, its time already cut off.

    `order` is "dmy" or "mdy" where someone said so. Raises Refused where both orders fit and none was said.
    """
    texts = [text for text in texts if text and text.strip()]
    reason = ""
    if order is None:
        order, reason = _decide_order(texts, where)
    return Reading({text: parse(text, order) for text in texts}, order, reason)


def _decide_order(texts: list[str], where: str) -> tuple[str | None, str]:
    found = [(text, match) for text in texts if (match := _NUMERIC.fullmatch(text.strip()))]
    if not found:
        return None, ""
    fits = {order: sum(parse(text, order) is not None for text, _ in found) for order in ORDERS}
    if fits["dmy"] != fits["mdy"]:
        order = max(ORDERS, key=lambda name: fits[name])
        other = ORDERS[1 - ORDERS.index(order)]
        witness = next(text for text, _ in found if parse(text, order) and not parse(text, other))
        return order, f"{witness} can only be {_word(order)}"
    if all(match[2] == "." for _, match in found):
        return "dmy", "dates with dots have the day first"
    if all(match[1] == match[3] for _, match in found):
        return "dmy", "day and month are equal in every date"
    examples = [text for text, match in found if match[1] != match[3]][:3]
    choices = [
        (order, f"{_word(order)}: " + ", ".join(f"{text} is {parse(text, order)}" for text in examples))
        for order in ORDERS
    ]
    both = "; ".join(f"{text} is {parse(text, 'dmy')} or {parse(text, 'mdy')}" for text in examples)
    raise Ambiguous(
        f"{where} fits both the day first and the month first ({both}); say which with --map date_order=dmy or "
        "--map date_order=mdy.",
        choices,
    )


def _word(order: str) -> str:
    return "day first" if order == "dmy" else "month first"


def parse(text: str, order: str | None = None) -> datetime.date | None:
    """One date, or None: year first, numeric in the given order, with a month's name, or an Excel serial."""
    text = text.strip()
    if match := _YEAR_FIRST.fullmatch(text):
        return _day(int(match[1]), int(match[3]), int(match[4]))
    if match := _NUMERIC.fullmatch(text):
        first, second = int(match[1]), int(match[3])
        day, month = (second, first) if order == "mdy" else (first, second)
        return _day(_full_year(match[4]), month, day)
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return _EXCEL_EPOCH + datetime.timedelta(days=int(float(text)))
    if re.fullmatch(r"\d{10}|\d{13}", text):
        moment = datetime.datetime.fromtimestamp(int(text[:10]), datetime.UTC)
        return moment.date()
    return _with_month_name(text)


def _with_month_name(text: str) -> datetime.date | None:
    pieces = [piece for piece in _WORDS.split(text.casefold()) if piece]
    months = [_month_names()[piece] for piece in pieces if piece in _month_names()]
    figures = [re.sub(r"(?<=\d)(st|nd|rd|th|er|º|°|ª)$", "", piece) for piece in pieces if piece[0].isdigit()]
    strange = [piece for piece in pieces if not piece[0].isdigit() and piece not in _month_names() | _fillers()]
    if len(months) != 1 or len(figures) != 2 or strange or not all(figure.isdecimal() for figure in figures):
        return None
    year, day = figures if len(figures[0]) == 4 else (figures[1], figures[0])
    return _day(_full_year(year), months[0], int(day)) if len(year) in (2, 4) else None


@cache
def _month_names() -> dict[str, int]:
    from babel.dates import get_month_names

    names: dict[str, int] = {}
    for language in ("en", "de", "fr", "es", "pt", "it", "nl", "sv", "da", "pl"):
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for month, name in get_month_names(width, context, language).items():
                    names.setdefault(name.casefold().rstrip("."), month)
    names |= {"sept": 9, "mrz": 3, "mär": 3, "maerz": 3}
    return {name: month for name, month in names.items() if not name.isdigit()}


@cache
def _fillers() -> dict[str, int]:
    from babel.dates import get_day_names

    names = {"de": 0, "del": 0, "of": 0, "the": 0, "den": 0, "le": 0}
    for language in ("en", "de", "fr", "es", "pt", "it", "nl"):
        for width in ("wide", "abbreviated"):
            names |= {name.casefold().rstrip("."): 0 for name in get_day_names(width, "format", language).values()}
    return names


def _full_year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 70 else 1900)


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def in_span(day: datetime.date | None, today: datetime.date) -> bool:
    """Whether a day can be an order's: not before 1990, not in the future."""
    return day is not None and FIRST_DAY <= day <= today + datetime.timedelta(days=1)
