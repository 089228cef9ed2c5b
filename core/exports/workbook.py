"""Excel and OpenDocument workbooks: every sheet that holds a table, its cells as text."""

import datetime
from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from core.exports import layout
from core.exports.records import Record
from core.star import Refused


def sheets(file: Path, name: str) -> Iterator[tuple[str, list[Record], layout.Layout]]:
    """Each visible sheet with a table of two columns or more: its name, records and layout.

    Raises Refused where the workbook cannot be opened or holds no table.
    """
    try:
        workbook = CalamineWorkbook.from_path(str(file))
        titles = list(workbook.sheet_names)
    except PasswordError as error:
        raise Refused(f"{name} is locked by a password; save it without one.") from error
    except (CalamineError, OSError, ValueError) as error:
        raise Refused(f"{name} cannot be opened as a workbook ({error}); save it again as .xlsx or CSV.") from error
    found = False
    for title in titles:
        records = _records(workbook, title, name)
        arranged = layout.find(records)
        if arranged and len(arranged.names) > 1 and len(records) > arranged.first:
            found = True
            yield title, records, arranged
    if not found:
        raise Refused(f"{name} has no sheet with a table; its sheets are {', '.join(titles) or 'none'}.")


def _records(workbook: CalamineWorkbook, title: str, name: str) -> list[Record]:
    try:
        sheet = workbook.get_sheet_by_name(title)
        start = sheet.start or (0, 0)
        rows = sheet.to_python(skip_empty_area=True)
    except (CalamineError, ValueError) as error:
        raise Refused(f"{name}, sheet {title} cannot be read ({error}); save it again as .xlsx or CSV.") from error
    return [
        (line, [_text(cell) for cell in row]) for line, row in enumerate(rows, start=start[0] + 1) if any(_filled(row))
    ]


def _filled(row: list) -> Iterator[bool]:
    return (cell not in ("", None) for cell in row)


def _text(cell: object) -> str:
    """A cell as an export would write it: whole numbers without a point, dates as year-month-day."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime.datetime):
        return (
            cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(sep=" ", timespec="seconds")
        )
    return "" if cell is None else str(cell)
