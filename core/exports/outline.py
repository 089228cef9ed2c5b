"""Reports under headings: a name stands alone above its rows, as accounting programs print sales by customer."""

import re

import duckdb

from core.exports.delimited import LINE, cells
from core.exports.plan import RawTable
from core.exports.quoting import identifier, literal

_TOTAL = r"(?i)^\s*((grand|sub)[- ]?total|total|summe|gesamt|zwischensumme|sous[- ]total|totale|suma|soma|subtotal)"
MOST_HEADINGS = 0.6  # of the rows; a table of more is none under headings


def lift(connection: duckdb.DuckDBPyConnection, table: RawTable) -> None:
    """Write each heading beside its rows, in the column that it stands in; headings and their totals are no data."""
    names = [name for name in table.columns if name != LINE]
    if table.streamed or len(names) < 4:
        return
    first, others = f"trim(t.{identifier(names[0])})", [f"coalesce(t.{identifier(name)}, '')" for name in names[1:]]
    alone = f"{first} <> '' and concat({', '.join(others)}) = ''"
    beside = f"coalesce({first}, '') = '' and concat({', '.join(others)}) <> ''"
    total = f"regexp_matches({first}, {literal(_TOTAL)}) and concat({', '.join(others)}) <> ''"
    rows, headings, details, totals = connection.execute(
        f"select count(*), count(*) filter ({alone}), count(*) filter ({beside}), count(*) filter ({total})"
        f" from {table.relation} t"
    ).fetchone()
    plain = rows - headings - details - totals
    if not headings or headings > MOST_HEADINGS * rows or details < headings or plain > 0.1 * rows:
        return
    _move(connection, table, alone, total)
    table.heading = names[0]
    table.notes.append(
        f"{table.file}: {headings:,} headings stand above their rows; each is taken for all rows below it "
        f"(column {names[0]})."
    )


def _move(connection: duckdb.DuckDBPyConnection, table: RawTable, alone: str, total: str) -> None:
    column = identifier(table.columns[0])
    raw = f"t.{column}"
    levels = connection.execute(
        f"select distinct length({raw}) - length(ltrim({raw})) from {table.relation} t where {alone}"
    )
    top = min(row[0] for row in levels.fetchall())
    outer = f"({alone}) and length({raw}) - length(ltrim({raw})) = {top}"
    heads = f"select rowid as place, case when {outer} then trim({raw}) end as heading from {table.relation} t"
    below = f"select place, last_value(heading ignore nulls) over (order by place) as heading from ({heads})"
    line = f"t.{LINE}" if table.line_column else f"{table.first_line} + t.rowid"
    for what, condition in (("heading", alone), ("total", total)):
        found = connection.execute(
            f"select {line}, {cells(table)} from {table.relation} t where {condition} order by t.rowid"
        ).fetchall()
        table.not_data += [(number, re.sub(r"\s+", " ", text), what) for number, text in found]
    connection.execute(f"create temp table headings as {below}")
    connection.execute(f"delete from {table.relation} t where ({alone}) or ({total})")
    connection.execute(
        f"update {table.relation} set {column} = h.heading from headings h"
        f" where h.place = {table.relation}.rowid and coalesce(trim({table.relation}.{column}), '') = ''"
    )
    connection.execute("drop table headings")
