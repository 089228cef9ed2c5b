"""Text files with delimiters become raw tables."""

import csv
from pathlib import Path

import duckdb

from core.exports.plan import RawTable
from core.exports.quoting import identifier, literal
from core.star import Refused

STREAMED_FROM = 64 << 20  # bytes; below that a table is kept whole, above it is read again where needed


def read(connection: duckdb.DuckDBPyConnection, file: Path, relation: str) -> RawTable:
    """Register the file as `relation`, all text. Raises Refused where it holds no table."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        head = stream.read(1 << 16)
    if not head.strip():
        raise Refused(f"{file.name} is empty; export it again.")
    delimiter = max(",;\t|", key=head.split("\n", 1)[0].count)
    header = next(csv.reader(head.splitlines(), delimiter=delimiter))
    columns = unique([name.strip() for name in header])
    types = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in columns)
    scan = (
        f"read_csv({literal(file)}, auto_detect=false, delim={literal(delimiter)}, quote='\"', escape='\"',"
        f" header=true, null_padding=true, columns={{{types}}})"
    )
    streamed = file.stat().st_size >= STREAMED_FROM
    connection.execute(f"create {'view' if streamed else 'table'} {relation} as select * from {scan}")
    read_as = {"encoding": "UTF-8", "delimiter": delimiter}
    table = RawTable(file.name, relation, columns, 2, streamed, delimiter, read_as=read_as)
    table.not_data.append((1, head.splitlines()[0], "header"))
    return table


def unique(names: list[str]) -> list[str]:
    """Column names without equals or empties, however the header has them."""
    seen: dict[str, int] = {}
    result = []
    for position, name in enumerate(names):
        name = name or f"column {position + 1}"
        while name.casefold() in seen:
            seen[name.casefold()] += 1
            name = f"{name} ({seen[name.casefold()]})"
        seen[name.casefold()] = 1
        result.append(name)
    return result


def cells(table: RawTable, alias: str = "t") -> str:
    """SQL for a record as one text, cells joined by the file's delimiter."""
    joined = ", ".join(f"coalesce({alias}.{identifier(name)}, '')" for name in table.columns)
    return f"concat_ws({literal(table.delimiter)}, {joined})"
