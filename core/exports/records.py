"""The records of a text file, one at a time, whatever state the file is in.

A record that cannot be one is not guessed at: it goes to `rejected` with its line, its text and the reason, and reading
goes on with the next line.
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from core.exports.dialect import BLANKS, Dialect
from core.exports.encoding import Encoding
from core.star import Refused

LONGEST = 32 << 20  # characters of one line; a longer one is no line
MOST_LINES = 200  # of one quoted cell; a quote that stays open longer was never closed
_FORMULA = re.compile(r'^="([^"]*)"$')
_ODD_BYTES = re.compile("[\udc80-\udcff]")  # how bytes that are none of the encoding's are read
csv.field_size_limit(LONGEST)

Record = tuple[int, list[str]]
Rejected = tuple[int, str, str]


def open_text(file: Path, encoding: Encoding) -> TextIO:
    """The file as text without its mark, lone carriage returns counting as line ends where there are no others."""
    wide = encoding.name.startswith(("utf-16", "utf-32"))
    newline = None if wide else "\r" if encoding.carriage_returns and not encoding.line_feeds else "\n"
    stream = file.open(encoding=encoding.name, errors="replace" if wide else "surrogateescape", newline=newline)
    if encoding.mark:
        stream.read(1)
    return stream


def read(file: Path, encoding: Encoding, dialect: Dialect, rejected: list[Rejected]) -> Iterator[Record]:
    """Each record with the line it starts in. Raises Refused for a line that is longer than any line is."""
    wide = encoding.name.startswith(("utf-16", "utf-32"))
    with open_text(file, encoding) as stream:
        lines = _lines(stream, file.name)
        waiting: list[tuple[int, str]] = []
        while waiting or (waiting := _next(lines)):
            number, line = waiting.pop(0)
            if not line.strip():
                continue
            if _is_broken(line, wide):
                rejected.append((number, _shown(line), f"bytes that are not {encoding}"))
                continue
            if dialect.framed:
                yield number, _unframed(line, dialect.delimiter)
            elif dialect.ending or len(dialect.delimiter) > 1:
                cells = _split_plain(line, dialect, lines, waiting)
                if _is_broken("".join(cells), wide):
                    whole = dialect.delimiter.join(cells)
                    rejected.append((number, _shown(whole), f"bytes that are not {encoding}"))
                else:
                    yield number, cells
            elif dialect.quote not in line or dialect.delimiter == BLANKS:
                yield number, line.split(None if dialect.delimiter == BLANKS else dialect.delimiter)
            else:
                whole = _whole(line, lines, waiting, dialect)
                if whole is None:
                    rejected.append((number, line, "a quote that is never closed"))
                elif _is_broken(whole, wide):
                    rejected.append((number, _shown(whole), f"bytes that are not {encoding}"))
                elif (cells := _cells(whole, dialect)) is None:
                    rejected.append((number, whole, "cells that cannot be told apart"))
                else:
                    yield number, cells


def _unframed(line: str, delimiter: str) -> list[str]:
    """The cells between the frame's strokes; a line without a frame, such as a page's heading, is one cell."""
    line = line.strip()
    framed = line.startswith(delimiter) and line.endswith(delimiter) and len(line) > 1
    return [cell.strip() for cell in line[1:-1].split(delimiter)] if framed else [line]


def without_ruling(rows: Iterator[Record], not_data: list[tuple[int, str, str]]) -> Iterator[Record]:
    """The records of a framed list; its strokes and what stands between its pages go to `not_data`."""
    for number, cells in rows:
        if len(cells) < 2 or not any(cell.strip("-=+_*: ") for cell in cells):
            not_data.append((number, "|".join(cells), "between the rows"))
        else:
            yield number, cells


def without_formulas(rows: Iterator[Record]) -> Iterator[Record]:
    """The records with cells written ="00012" as what they say."""
    for number, cells in rows:
        yield number, [_FORMULA.sub(r"\1", cell) for cell in cells]


def _next(lines: Iterator[tuple[int, str]]) -> list[tuple[int, str]]:
    return [line] if (line := next(lines, None)) else []


def _lines(stream: TextIO, name: str) -> Iterator[tuple[int, str]]:
    number = 0
    while line := stream.readline(LONGEST):
        number += 1
        if len(line) >= LONGEST and not line.endswith(("\n", "\r")):
            raise Refused(
                f"{name}, line {number} is longer than {LONGEST >> 20} million characters; export it again as text."
            )
        yield number, line.rstrip("\r\n").replace("\0", "")


def _shown(text: str) -> str:
    """A text with bytes that are none of its encoding's, as it can be written down."""
    return text.encode("utf-8", "replace").decode()


def _is_broken(line: str, wide: bool) -> bool:
    if line.isascii():
        return False
    return "\ufffd" in line if wide else bool(_ODD_BYTES.search(line))


def _split_plain(
    line: str, dialect: Dialect, lines: Iterator[tuple[int, str]], waiting: list[tuple[int, str]]
) -> list[str]:
    """Cells between delimiters of several characters; a record goes on until its ending."""
    for _ in range(MOST_LINES if dialect.ending else 0):
        if line.endswith(dialect.ending) or not (more := waiting[:1] or _next(lines)):
            break
        del waiting[:1]
        line += "\n" + more[0][1]
    cells = line.removesuffix(dialect.ending).split(dialect.delimiter)
    wrapped = dialect.quote
    return [cell[1:-1] if len(cell) > 1 and cell[0] == cell[-1] == wrapped else cell for cell in cells]


def _whole(line: str, lines: Iterator[tuple[int, str]], waiting: list[tuple[int, str]], dialect: Dialect) -> str | None:
    """The record with the lines its quoted cell goes on in; None, and the lines given back, where it never ends."""
    if not is_open(line, dialect):
        return line
    taken: list[tuple[int, str]] = []
    parts = [line]
    while len(taken) < MOST_LINES and (more := waiting[:1] or _next(lines)):
        del waiting[:1]
        taken += more
        parts.append(more[0][1])
        if dialect.quote in more[0][1] and not is_open("\n".join(parts), dialect):
            return "\n".join(parts)
    waiting[:0] = taken
    return None


def is_open(text: str, dialect: Dialect) -> bool:
    """Whether the text ends inside a quoted cell."""
    quote, delimiter = dialect.quote, dialect.delimiter
    place = 0
    while place < len(text):
        start = place + (len(text[place : place + 8]) - len(text[place : place + 8].lstrip(" ")))
        if not text.startswith(quote, start):
            found = text.find(delimiter, place)
            if found < 0:
                return False
            place = found + 1
            continue
        place = start + 1
        while True:
            found = text.find(quote, place)
            if found < 0:
                return True
            if dialect.escape and text[found - 1] == "\\":
                place = found + 1
            elif text.startswith(quote, found + 1):
                place = found + 2
            else:
                break
        found = text.find(delimiter, found)
        if found < 0:
            return False
        place = found + 1
    return False


def _cells(record: str, dialect: Dialect) -> list[str] | None:
    record = record.replace("\r", " ")
    reader = csv.reader(
        record.split("\n") if "\n" not in record else [part + "\n" for part in record.split("\n")],
        delimiter=dialect.delimiter,
        quotechar=dialect.quote,
        doublequote=not dialect.escape,
        escapechar="\\" if dialect.escape else None,
        skipinitialspace=True,
    )
    try:
        return [cell.rstrip("\n") for cell in next(reader)]
    except (csv.Error, StopIteration):
        return None
