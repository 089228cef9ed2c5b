"""Text files with delimiters become raw tables: the large and tidy ones by DuckDB, the others record by record."""

import codecs
import dataclasses
from collections.abc import Iterable
from itertools import chain, islice
from pathlib import Path

import duckdb
import pyarrow

from core.exports import dialect as dialects
from core.exports import encoding as encodings
from core.exports import layout, progress, records, repeated
from core.exports.plan import RawTable
from core.exports.quoting import identifier, literal
from core.exports.records import Record
from core.star import Refused

COPIED_FROM = 1 << 16  # bytes; from here on DuckDB reads a tidy file
STREAMED_FROM = 64 << 20  # bytes; from here on a tidy file is not kept, but read again where needed
BATCH = 50_000
LINE = "_line"
# How a large file is read, tried in turn: by DuckDB filling short rows up, first without looking for words that say
# that a cell is empty (a fifth faster); by DuckDB with line ends inside of quotes; record by record.
BARE, PADDING, QUOTING, BY_RECORD = "bare", "padding", "quoting", "by record"
NULLS = {"NULL", "null", "\\N", "NaN", "nan", "NaT", "<NA>", "None", "N/A", "n/a", "#N/A", "#NULL!", "(null)"}


class Untidy(Exception):
    """A file that DuckDB was to read has records that it cannot; it must be read in another way."""


class Unforeseen(Untidy):
    """A file that was read for its usual texts has others, or words for empty cells."""


def read(
    connection: duckdb.DuckDBPyConnection, file: Path, name: str, relation: str, room: Path, reader: str = PADDING
) -> RawTable:
    """Register the file as `relation`, all text. Raises Refused where it holds no table."""
    found = encodings.detect(file)
    with records.open_text(file, found) as stream:
        head = stream.read(1 << 17).replace("\0", "")
    if not head.strip():
        raise Refused(f"{name} is empty; export it again.")
    mark = _dialect(head)
    rejected: list[records.Rejected] = []
    stream = records.read(file, found, mark, rejected)
    if mark.formulas:
        stream = records.without_formulas(stream)
    first = list(islice(stream, layout.LOOKED_AT))
    arranged = layout.find(first)
    if arranged is None:
        raise Refused(f"{name} holds no table of at least two columns; export it as CSV with a header.")
    table = describe(name, relation, first, arranged)
    table.delimiter = mark.delimiter
    table.lines = found.line_feeds or found.carriage_returns
    table.read_as = {
        "encoding": str(found),
        "delimiter": str(mark),
        "line_ends": "CR"
        if found.carriage_returns and not found.line_feeds
        else "CRLF"
        if found.carriage_returns
        else "LF",
        "header": arranged.header is not None,
    }
    size = file.stat().st_size
    if mark.framed:
        first, stream = first[: arranged.first], chain(first[arranged.first :], stream)
        stream = records.without_ruling(stream, table.not_data)
    tidy = not rejected and _is_tidy(found, mark)
    if tidy and size >= STREAMED_FROM and reader != BY_RECORD:
        _register(connection, file, found, mark, table, room, reader)
    elif not (tidy and size >= COPIED_FROM and _copy(connection, file, found, mark, table, room)):
        fill(connection, table, chain(first[arranged.first :], stream), rejected)
    return table


def _dialect(head: str) -> dialects.Dialect:
    found = dialects.detect(head)
    lines = [line for line in head.splitlines()[:200] if line.strip()]
    if not any(found.delimiter in line for line in lines) and lines:
        widths = [len(line.split()) for line in lines]
        if min(widths) == max(widths) > 2:
            return dialects.Dialect(dialects.BLANKS)
    return found


def describe(name: str, relation: str, first: list[Record], arranged: layout.Layout) -> RawTable:
    """A raw table without its rows: names, where they begin, and what stands before them."""
    line = first[arranged.first][0] if arranged.first < len(first) else first[-1][0] + 1
    table = RawTable(name, relation, arranged.names, line)
    for index, (number, cells) in enumerate(first[: arranged.first]):
        why = "header" if index == arranged.header else "before the table"
        table.not_data.append((number, ",".join(cells), why))
    return table


def _is_tidy(found: encodings.Encoding, mark: dialects.Dialect) -> bool:
    simple = len(mark.delimiter) == 1 and mark.delimiter != dialects.BLANKS and not mark.ending and not mark.escape
    simple = simple and not mark.framed and not mark.formulas and not found.long_lines
    lone_returns = found.carriage_returns and not found.line_feeds
    return simple and mark.quote == '"' and found.strict and not lone_returns


def _scan(
    file: Path, found: encodings.Encoding, mark: dialects.Dialect, table: RawTable, room: Path, reader: str
) -> str:
    if found.name != "utf-8":
        file = _recode(file, found, room / f"{table.relation}.txt")
    types = ", ".join(f"{literal(column)}: 'VARCHAR'" for column in table.columns)
    nulls = ", ".join(map(literal, [""] if reader == BARE else ["", *sorted(NULLS)]))
    padding = str(reader != QUOTING).lower()
    return (
        f"read_csv({literal(file)}, auto_detect=false, delim={literal(mark.delimiter)}, quote='\"', escape='\"',"
        f" header=false, skip={table.first_line - 1}, null_padding={padding}, nullstr=[{nulls}],"
        f" ignore_errors=true, store_rejects=true, columns={{{types}}})"
    )


def _register(
    connection: duckdb.DuckDBPyConnection,
    file: Path,
    found: encodings.Encoding,
    mark: dialects.Dialect,
    table: RawTable,
    room: Path,
    reader: str,
) -> None:
    """Make the table a view of the file, which is then read anew by each query."""
    scan = _scan(file, found, mark, table, room, reader)
    if reader == BARE:
        few = f"(select * from {scan} limit {BATCH})"
        if connection.execute(
            f"select 1 from {few} where {says_null(map(identifier, table.columns))} limit 1"
        ).fetchone():
            scan = _scan(file, found, mark, table, room, PADDING)
        elif found.name == "utf-8":
            _sample(connection, file, found, mark, table, room)
    connection.execute(f"create view {table.relation} as select * from {scan}")
    table.streamed = True


def _sample(
    connection: duckdb.DuckDBPyConnection,
    file: Path,
    found: encodings.Encoding,
    mark: dialects.Dialect,
    table: RawTable,
    room: Path,
) -> None:
    few = room / f"{table.relation}.sample"
    repeated.sample(file, table.first_line, few)
    scan = _scan(few, found, mark, dataclasses.replace(table, first_line=1), room, BARE)
    connection.execute(f"create table {table.relation}_sample as from {scan.replace('store_rejects=true, ', '')}")
    table.sampled = True


def _copy(
    connection: duckdb.DuckDBPyConnection,
    file: Path,
    found: encodings.Encoding,
    mark: dialects.Dialect,
    table: RawTable,
    room: Path,
) -> bool:
    """Take the file over at once; false, and nothing done, where a record is no row or a row is not just one line."""
    try:
        connection.execute(
            f"create table {table.relation} as select * from {_scan(file, found, mark, table, room, PADDING)}"
        )
    except (duckdb.Error, Untidy):
        return False
    rows = connection.execute(f"select count(*) from {table.relation}").fetchall()[0][0]
    lines = rows + table.first_line - 1
    rejected = connection.execute("select 1 from reject_errors limit 1").fetchall()
    if not rejected and lines in (found.line_feeds, found.line_feeds + 1):
        return True
    connection.execute(f"drop table {table.relation}")
    return False


def _recode(file: Path, found: encodings.Encoding, target: Path) -> Path:
    decoder = codecs.getincrementaldecoder(found.name)()
    with file.open("rb") as source, target.open("w", encoding="utf-8", newline="") as out:
        source.seek(found.mark)
        while chunk := source.read(1 << 22):
            try:
                out.write(decoder.decode(chunk))
            except UnicodeDecodeError as error:
                raise Untidy from error
    return target


def says_null(cells: Iterable[str]) -> str:
    """SQL of whether any of these texts is a word for an empty cell.

    Spelled out, because a long IN becomes a join, which takes longer and does not keep the order of a file's rows.
    """
    return " or ".join(f"{cell} = {literal(word)}" for cell in cells for word in sorted(NULLS)) or "false"


def refuse_untidy(connection: duckdb.DuckDBPyConnection, reader: str, set_aside: bool) -> None:
    """Raises Untidy where DuckDB left records out, or where rows are set aside whose lines it cannot tell."""
    rejected = connection.execute("select 1 from reject_errors limit 1").fetchone()
    if rejected or (set_aside and reader == QUOTING):
        raise Untidy


def fill(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    rows: Iterable[Record],
    rejected: list[records.Rejected],
) -> None:
    """Create the table's relation from records; those that are no row of it are rejected or no data."""
    names = ", ".join(f"{identifier(name)} VARCHAR" for name in table.columns)
    connection.execute(f"create table {table.relation} ({names}, {LINE} BIGINT)")
    table.line_column = LINE
    header = [cell.strip() for _, text, why in table.not_data if why == "header" for cell in text.split(",")]
    width = len(table.columns)
    fields = [pyarrow.field(name, pyarrow.string()) for name in table.columns]
    schema = pyarrow.schema([*fields, pyarrow.field(LINE, pyarrow.int64())])
    rows = iter(rows)
    done = 0
    while batch := list(islice(rows, BATCH)):
        progress.rows(done, table.lines)
        done += len(batch)
        kept = []
        for line, cells in batch:
            if len(cells) > width:
                if any(cell.strip() for cell in cells[width:]):
                    rejected.append((line, table.delimiter.join(cells), "more cells than columns"))
                    continue
                cells = cells[:width]
            elif len(cells) < width:
                cells = cells + [""] * (width - len(cells))
            if not NULLS.isdisjoint(cells):
                cells = ["" if cell in NULLS else cell for cell in cells]
            if not any(cells) or not any(cell.strip() for cell in cells):
                table.not_data.append((line, table.delimiter.join(cells), "empty row"))
            elif header and cells[0].strip() == header[0] and [cell.strip() for cell in cells] == header:
                table.not_data.append((line, table.delimiter.join(cells), "header again"))
            else:
                kept.append((*cells, line))
        columns = list(zip(*kept, strict=True)) or [()] * (width + 1)
        arrays = [pyarrow.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
        with connection.cursor() as cursor:
            cursor.register("arriving", pyarrow.Table.from_arrays(arrays, schema=schema))
            cursor.execute(f"insert into {table.relation} select * from arriving")
    table.rejected += rejected


def cells(table: RawTable, alias: str = "t") -> str:
    """SQL for a record as one text, cells joined by the file's delimiter."""
    joined = ", ".join(f"coalesce({alias}.{identifier(name)}, '')" for name in table.columns)
    return f"concat_ws({literal(table.delimiter)}, {joined})"


def numbered(table: RawTable) -> str:
    """SQL of the table with the number of each row as `place`, to find staged rows again."""
    number = "row_number() over () - 1" if table.streamed else "rowid"
    return f"(select *, {number} as place from {table.relation})"
