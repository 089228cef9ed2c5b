"""Where the table stands among a file's records: what comes before it, its header if it has one, its width."""

import re
from collections import Counter
from dataclasses import dataclass

from core.exports import vocabulary
from core.exports.records import Record

LOOKED_AT = 400  # records from which the layout is decided
DEEPEST = 60  # records before a header
_FIGURES = re.compile(r"[-+(]?[^\w\s]?\s*\d[\d.,' \u00a0/:TZ+-]*[^\w\s]?\)?|\{?[0-9A-Fa-f-]{32,38}\}?")


@dataclass(frozen=True)
class Layout:
    """`first` is the index of the first record of data; `header` that of the names, None where there is none."""

    names: list[str]
    header: int | None
    first: int


def find(records: list[Record]) -> Layout | None:
    """The layout of a table, None where the records are none: at least two columns, or a known name, and a row."""
    rows = [[cell.strip() for cell in cells] for _, cells in records[:LOOKED_AT]]
    filled = [sum(1 for cell in row if cell) for row in rows]
    widths = Counter(len(row) for row, count in zip(rows, filled, strict=True) if count > len(row) / 3)
    if not widths:
        return None
    width = max(widths, key=lambda value: (widths[value] * (value > 1), value))
    header = _header(rows, filled, width)
    if header is not None:
        names = rows[header] + [""] * (width - len(rows[header]))
        while len(names) > width and not names[-1]:
            names.pop()
        return Layout(unique(names), header, header + 1)
    first = next((index for index, row in enumerate(rows) if len(row) == width and filled[index] > width / 3), None)
    return None if first is None or width < 2 else Layout(unique([""] * width), None, first)


def _header(rows: list[list[str]], filled: list[int], width: int) -> int | None:
    best, best_score = None, 0.0
    for index, row in enumerate(rows[:DEEPEST]):
        if filled[index] < max(1, 0.4 * width) or len(row) > 3 * width:
            continue
        figures = sum(1 for cell in row if is_figure(cell))
        if figures > 0.2 * filled[index]:
            continue
        known = sum(1 for cell in row if cell and vocabulary.fields_of(cell))
        distinct = len({cell.casefold() for cell in row if cell}) / filled[index]
        below = rows[index + 1 : index + 30]
        typed = sum(1 for column in range(len(row)) if _is_typed(below, column) and row[column])
        score = (2 * known + typed) / filled[index] + distinct - 0.02 * index - 2 * figures / filled[index]
        if known + typed and score > best_score + 1e-9 and (known or typed >= 0.2 * filled[index]):
            best, best_score = index, score
    return best


def _is_typed(rows: list[list[str]], column: int) -> bool:
    cells = [row[column] for row in rows if column < len(row) and row[column]]
    return bool(cells) and sum(is_figure(cell) for cell in cells) > 0.7 * len(cells)


def is_figure(cell: str) -> bool:
    """Whether a cell is a number, an amount, a date or a GUID rather than a name."""
    return bool(_FIGURES.fullmatch(cell))


def unique(names: list[str]) -> list[str]:
    """Column names without equals or empties, however the header has them."""
    seen: set[str] = set()
    result = []
    for position, name in enumerate(names, start=1):
        name = " ".join(name.split()) or f"column {position}"
        candidate, number = name, 1
        while candidate.casefold() in seen:
            number += 1
            candidate = f"{name} ({number})"
        seen.add(candidate.casefold())
        result.append(candidate)
    return result
