"""Number formats as Office writes them: short for charts, exact for cells."""

from collections.abc import Sequence

from core import formats
from core.formats import Format

_UNITS = ((1e9, ',,," bn"'), (1e6, ',," M"'), (1e3, '," K"'), (0.0, ""))
# A format holds two conditions, so that a chart of amounts above zero writes each with the unit of its own.
_BILLIONS = (("[>=1000000000]", '#,##0.0,,," bn"'), ("[>=1000000]", '#,##0.0,," M"'), ("", '#,##0.0," K"'))
_MILLIONS = (("[>=1000000]", '#,##0.0,," M"'), ("[>=1000]", '#,##0.0," K"'), ("", "#,##0"))
_POWERS = (("[>=1000000]", '#,##0,," M"'), ("[>=1000]", '#,##0," K"'), ("", "#,##0"))


def short(format: Format, values: Sequence[float | None], *, signed: bool = False) -> str:
    """The format for a chart's labels and axis, with the unit each value calls for, or, below zero, the largest."""
    largest = max((abs(value) for value in values if value is not None), default=0.0)
    match format:
        case Format.SHARE:
            return _signed("0.0%", signed)
        case Format.GROWTH:
            return _signed("0%" if largest >= 1 else "0.0%", True)
        case Format.MONEY | Format.COUNT:
            before, after = _around(format)
            if format is Format.COUNT and largest < 100_000:
                return _signed("#,##0", signed)
            if not signed and largest >= 1e3 and all(value is None or value >= 0 for value in values):
                parts = _BILLIONS if largest >= 1e9 else _MILLIONS
                return ";".join(f"{when}{before}{part}{after}" for when, part in parts)
            unit = next(text for size, text in _UNITS if largest >= size)
            return _signed(f"{before}#,##0{'.0' if unit else ''}{unit}{after}", signed)
        case Format.NUMBER:
            return _signed("#,##0.0", signed)
        case _:
            return _signed("#,##0", signed)


def powers(format: Format) -> str:
    """The format for an axis of powers of ten."""
    before, after = _around(format)
    return ";".join(f"{when}{before}{part}{after}" for when, part in _POWERS)


def exact(format: Format) -> str:
    """The format for a cell: to the cent, every unit, days and months as dates."""
    return {
        Format.MONEY: "#,##0.00",
        Format.COUNT: "#,##0",
        Format.SHARE: "0.00%",
        Format.GROWTH: "+0.0%;-0.0%;0.0%",
        Format.NUMBER: "#,##0.00",
        Format.DAYS: "#,##0",
        Format.SCORE: "0",
        Format.DATE: "yyyy-mm-dd",
        Format.MONTH: "mmm yyyy",
    }.get(format, "General")


def _around(format: Format) -> tuple[str, str]:
    """What stands before and after an amount of money: the currency's sign, quoted."""
    if format is not Format.MONEY:
        return "", ""
    return tuple(f'"{sign}"' if sign else "" for sign in formats.short(0, format).split("0"))


def _signed(text: str, signed: bool) -> str:
    """A true minus below zero; a plus above it where asked."""
    return f"{'+' if signed else ''}{text};−{text};{text}"
