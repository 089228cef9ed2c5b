"""How a column writes its numbers, decided from its values, and the SQL that reads them.

1,234.56 · 1.234,56 · 1 234,56 · 1'234.56 · (12.00) · 12- · € 12 · 12 EUR. A value that does not fit its column's style
is unreadable, never guessed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from core.exports.quoting import literal

DECIMAL = "DECIMAL(18,4)"
_BLANKS = " \u00a0\u202f\u2009"
_PLAIN = re.compile(r"\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*")
_GROUPED = r"\d{1,3}(?:[G]\d{2,3})*[G]\d{3}"
_SIGNS = "-+\u2212\u2013"


@dataclass(frozen=True)
class Style:
    """Decimal sign, grouping signs (any of them), and whether signs of currency or trailing minuses stand around."""

    decimal: str = "."
    grouping: str = ""
    dressed: bool = False

    def __str__(self) -> str:
        shown = {",": "1,234.56", ".": "1.234,56", _BLANKS: "1 234,56", "'\u2019": "1'234.56"}
        if self.grouping:
            text = shown[self.grouping]
            return text if (self.decimal == ",") == ("," in text[-3:]) else text.translate({44: 46, 46: 44})
        return "1234,56" if self.decimal == "," else "1234.56"


PLAIN = Style()
_CANDIDATES = tuple(
    Style(decimal, grouping, True)
    for decimal, groupings in ((".", ("", ",", _BLANKS, "'\u2019")), (",", ("", ".", _BLANKS, "'\u2019")))
    for grouping in groupings
)


@cache
def currency_pattern() -> str:
    """The regular expression of one currency's sign, code or word."""
    from babel.numbers import list_currencies

    codes = sorted(code for code in list_currencies() if len(code) == 3)
    words = ["zł", "Kč", "kr\\.?", "Fr\\.?", "Rs\\.?", "Ft", "лв\\.?", "руб\\.?", "euros?", "Euros?"]
    return "(?:[A-Z]{0,3}\\p{Sc}|" + "|".join(codes + words) + ")"


def pattern(style: Style) -> str:
    """The regular expression (RE2) of a whole value in this style; its first group is the number without signs."""
    blank = f"[{_BLANKS}\\t]*"
    point = re.escape(style.decimal)
    whole = (_GROUPED.replace("G", style.grouping) + "|" if style.grouping else "") + r"\d+"
    number = f"((?:{whole})(?:{point}\\d*)?|{point}\\d+)"
    money = f"(?:{currency_pattern()})?"
    sign = f"[({_SIGNS.replace('-', '') + '-'}]?"
    after = f"[)\u2212-]?{blank}{money}{blank}"
    return f"^{blank}{sign}{blank}{money}{blank}{sign}{blank}{number}{blank}{money}{blank}{after}$"


def sql(expression: str, style: Style, kind: str = DECIMAL) -> str:
    """SQL giving the value as DECIMAL(18,4), null where it does not fit."""
    plain = f"try_cast({expression} as {kind})"
    if style == PLAIN:
        return plain
    number = f"regexp_extract({expression}, {literal(pattern(style))}, 1)"
    for sign in style.grouping:
        number = f"replace({number}, {literal(sign)}, '')"
    number = f"replace({number}, {literal(style.decimal)}, '.')" if style.decimal != "." else number
    negative = f"regexp_matches({expression}, '[(\u2212-]')"
    dressed = f"try_cast(case when {negative} then '-' else '' end || nullif({number}, '') as {kind})"
    return f"coalesce({plain}, {dressed})" if style.decimal == "." else dressed


def is_finer(values: Iterable[str], style: Style) -> bool:
    """Whether any value has more than the four decimals of the contract."""
    finer = re.compile(re.escape(style.decimal) + r"\d{4}0*[1-9]")
    return any(finer.search(value) for value in values)


def detect(values: Iterable[str]) -> tuple[Style, bool]:
    """The style that most values fit, and whether it is sure (false: `1,234` and `1.234` fit two styles)."""
    values = [value for value in values if value and value.strip()]
    if all(_PLAIN.fullmatch(value) for value in values):
        return PLAIN, not _thousands_or_decimals(values, ".")
    fits = {style: sum(_matches(value, style) for value in values) for style in _CANDIDATES}
    best = max(fits.values())
    if not best:
        return PLAIN, True
    tied = [style for style in _CANDIDATES if fits[style] == best]
    points = {style.decimal for style in tied}
    if len(points) == 1:
        return tied[0], True
    mark = "," if any("," in value for value in values) else "."
    if not any(mark in value for value in values):
        return tied[0], True
    grouped = [style for style in tied if mark in style.grouping]
    return (grouped or tied)[0], not _thousands_or_decimals(values, mark)


def settle(values: Iterable[str], decimal: str) -> Style:
    """The style with this decimal sign that most values fit."""
    values = [value for value in values if value and value.strip()]
    candidates = [style for style in (PLAIN, *_CANDIDATES) if style.decimal == decimal]
    return max(candidates, key=lambda style: sum(fits(value, style) for value in values))


def _thousands_or_decimals(values: list[str], mark: str) -> bool:
    """Whether each value with the mark could as well be grouped: one to three digits, the mark, three digits."""
    marked = [value for value in values if mark in value]
    bare = (re.sub(r"[^\d.,]", "", value) for value in marked)
    return bool(marked) and all(re.fullmatch(rf"[1-9]\d{{0,2}}{re.escape(mark)}\d{{3}}", value) for value in bare)


@cache
def _compiled(style: Style) -> re.Pattern[str]:
    symbols = "[$€£¥₹₽₩₺₪₫₴₦฿¢]"
    return re.compile(pattern(style).replace("\\p{Sc}", symbols))


def parse(value: str, style: Style) -> Decimal | None:
    """The number that a text is in this style."""
    if style.decimal == "." and _PLAIN.fullmatch(value):
        return Decimal(value.strip())
    match = _compiled(style).match(value)
    if not match:
        return None
    digits = match[1].translate({ord(sign): None for sign in style.grouping}).replace(style.decimal, ".")
    return -Decimal(digits) if re.search("[(\u2212-]", value) else Decimal(digits)


def fits(value: str, style: Style) -> bool:
    """Whether the whole text is a number in this style."""
    return bool(_PLAIN.fullmatch(value)) if style == PLAIN else _matches(value, style)


def _matches(value: str, style: Style) -> bool:
    return bool(_compiled(style).match(value))
