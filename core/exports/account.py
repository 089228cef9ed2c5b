"""The account of an import: what became of every row and every amount, and what was decided on the way.

Per file: rows read = loaded + set aside + excluded + not data. Each money column the same over its readable values,
with the count of unreadable ones. Amounts are text with four decimals, so that they stay exact in JSON.
"""

from decimal import Decimal
from pathlib import Path

import duckdb

from core.exports import delimited, rows
from core.exports.plan import MONEY, Part, Plan, RawTable
from core.exports.quoting import literal

SET_ASIDE_FILE = "set_aside.parquet"
_ASIDE = "fate like 'aside:%'"
_RULE = "fate like 'rule:%'"
_NO_DATA = "fate like 'not data:%'"
_PRICES = ("unit_price", "unit_cost", "discount")  # their sum says nothing


def draw_up(connection: duckdb.DuckDBPyConnection, plan: Plan, told: dict, draft: Path) -> dict:
    """The whole account, and set_aside.parquet beside the star's tables where any row was set aside."""
    files = [_file_of(connection, part, source) for source, part in enumerate(plan.parts)]
    files += [_lookup(connection, table, "names looked up") for table in plan.lookups]
    files += [_lookup(connection, table, "not used") for table in plan.unused]
    return {
        "profile": plan.profile,
        "files": files,
        "columns": [
            {
                "file": part.table.file,
                "field": name,
                "column": part.label(name),
                "confidence": part.confidence.get(name, 1.0),
            }
            for part in plan.parts
            for name in part.columns
            if part.fills(name)
        ],
        "decisions": plan.decisions,
        "guesses": [{"guess": guess, "confidence": confidence} for guess, confidence in plan.guesses],
        "set_aside": _set_aside(connection, plan, draft),
        **told,
        "totals": _totals(connection, draft),
    }


def _file_of(connection: duckdb.DuckDBPyConnection, part: Part, source: int) -> dict:
    table, where = f"staged_{part.role}", f"where source = {source}"
    counts = ", ".join(f"count(*) filter ({fate})" for fate in ("true", _ASIDE, _RULE, _NO_DATA))
    total, aside, rule, no_data = connection.execute(f"select {counts} from {table} {where}").fetchone()
    rejected, not_data = len(part.table.rejected), len(part.table.not_data)
    return {
        "file": part.table.file,
        "role": part.role,
        "read_as": part.table.read_as,
        "rows": {
            "read": total + rejected + not_data,
            "loaded": total - aside - rule - no_data,
            "set_aside": aside + rejected,
            "excluded": rule,
            "not_data": not_data + no_data,
        },
        "amounts": [
            _amount(connection, part, table, where, name)
            for name, kind in part.kinds.items()
            if kind == MONEY and part.fills(name) and name not in _PRICES
        ],
        "private_columns": part.private,
        "unused_columns": _unused(part),
    }


def _unused(part: Part) -> list[str]:
    """Columns of the file that nothing was made of; the profile's own parts read theirs by name."""
    if part.source:
        return part.ignored
    used = {*part.columns.values(), *part.private}
    return [name for name in part.table.columns if name not in used]


def _amount(connection: duckdb.DuckDBPyConnection, part: Part, table: str, where: str, name: str) -> dict:
    unread = f"contains(unreadable, '{name} ')"
    sums = [f"coalesce(sum({name}) filter ({condition}), 0)" for condition in ("true", _ASIDE, _RULE, _NO_DATA)]
    total, aside, rule, no_data, unreadable = connection.execute(
        f"select {', '.join(sums)}, count(*) filter ({unread}) from {table} {where}"
    ).fetchone()
    return {
        "column": part.label(name),
        "field": name,
        "read": text(total),
        "loaded": text(total - aside - rule - no_data),
        "set_aside": text(aside),
        "excluded": text(rule),
        "not_data": text(no_data),
        "unreadable": unreadable,
    }


def _lookup(connection: duckdb.DuckDBPyConnection, table: RawTable, role: str) -> dict:
    count = connection.execute(f"select count(*) from {table.relation}").fetchone()[0]
    rejected, not_data = len(table.rejected), len(table.not_data)
    loaded = 0 if role == "not used" else count
    return {
        "file": table.file,
        "role": role,
        "read_as": table.read_as,
        "rows": {
            "read": count + rejected + not_data,
            "loaded": loaded,
            "set_aside": rejected,
            "excluded": count - loaded,
            "not_data": not_data,
        },
        "amounts": [],
    }


def text(amount: Decimal) -> str:
    """An amount with four decimals."""
    return f"{Decimal(amount):.4f}"


def _set_aside(connection: duckdb.DuckDBPyConnection, plan: Plan, draft: Path) -> list[dict]:
    """Write the rows set aside, with file, line, text and reason; returns them counted by file and reason."""
    kinds = {"file": "VARCHAR", "line": "BIGINT", "text": "VARCHAR", "reason": "VARCHAR"}
    rejected = [(table.file, *row) for table in _tables(plan) for row in table.rejected]
    rows.create(connection, "set_aside", kinds, rejected)
    for source, part in enumerate(plan.parts):
        staged = f"(select {part.row} as row, fate from staged_{part.role} where source = {source} and {_ASIDE})"
        if not connection.execute(f"select 1 from {staged} limit 1").fetchone():
            continue
        connection.execute(
            f"""insert into set_aside select {literal(part.table.file)}, {line_of(part.table)},
                {delimited.cells(part.table)}, substr(s.fate, 8)
            from {delimited.numbered(part.table)} t join {staged} s on s.row = t.place"""
        )
    if connection.execute("select count(*) from set_aside").fetchone()[0]:
        file = literal(draft / SET_ASIDE_FILE)
        connection.execute(f"copy (from set_aside order by file, line, reason) to {file} (format parquet)")
    counted = connection.execute(
        "select file, reason, count(*), min(line), arg_min(text, line) from set_aside"
        " group by all order by 1, 3 desc, 2"
    ).fetchall()
    names = ("file", "reason", "rows", "first_line", "first_text")
    return [dict(zip(names, (*row[:4], row[4][:200]), strict=True)) for row in counted]


def line_of(table: RawTable) -> str:
    """SQL for the file's line of row s.row: as counted when it was read, else by its place."""
    return f"t.{table.line_column}" if table.line_column else f"{table.first_line} + s.row"


def _tables(plan: Plan) -> list[RawTable]:
    return [part.table for part in plan.parts] + plan.lookups + plan.unused


def _totals(connection: duckdb.DuckDBPyConnection, draft: Path) -> dict:
    order, line, customer = (
        f"read_parquet({literal(draft / f'{name}.parquet')})"
        for name in ("fact_order", "fact_order_line", "dim_customer")
    )
    first, last, orders, revenue = connection.execute(
        f"select min(order_date), max(order_date), count(*), sum(total_amount) from {order}"
    ).fetchone()
    lines, net = connection.execute(f"select count(*), sum(net_amount) from {line}").fetchone()
    customers = connection.execute(f"select count(*) from {customer}").fetchone()[0]
    return {
        "orders": orders,
        "lines": lines,
        "customers": customers,
        "first_order_date": str(first),
        "last_order_date": str(last),
        "total_amount": None if revenue is None else text(revenue),
        "net_amount": text(net),
    }
