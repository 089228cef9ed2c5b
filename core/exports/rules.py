"""Rows left out by a rule, not for being unreadable: totals, other currencies, tests, what is worth nothing."""

from collections.abc import Sequence

import duckdb

from core.exports.delimited import LINE, numbered
from core.exports.plan import Part, Plan
from core.exports.quoting import identifier, literal
from core.star import Refused

# A whole cell, or its beginning, in the languages of the column names.
TOTALS = (
    r"(?i)^\s*((grand|sub)[- ]?totals?|totals?|sum|summe|gesamt(summe|betrag|ergebnis)?|zwischensumme|ergebnis|endsumme"
    r"|sous[- ]total|total g[eé]n[eé]ral"
    r"|totale( generale)?|suma( total)?|soma|[*]{1,3}|(sub)?total geral|итого|合計|小計|总计)"
    r"\s*(\W.*|for .*|of .*|der .*|des .*)?$"
)
EXCLUSIONS = {
    "zero": "orders worth nothing",
    "test": "test orders",
}
_TEST = r"(?i)(^|[^a-z])(test|demo|dummy)([^a-z]|$)"


def mark_totals(connection: duckdb.DuckDBPyConnection, part: Part, source: int) -> None:
    """Rows of totals are no data: a cell says so, and at most half of the cells are filled.

    In a file that is read twice only the rows that were set aside are looked at.
    """
    staged = f"staged_{part.role}"
    aside = f"select {part.row} as row from {staged} where source = {source} and fate is not null"
    if part.table.streamed and not connection.execute(f"{aside} limit 1").fetchone():
        return
    cells = [f"t.{identifier(name)}" for name in part.table.columns if name != LINE]
    filled = " + ".join(f"(coalesce({cell}, '') <> '')::INTEGER" for cell in cells)
    word = f"len(cell) < 200 and regexp_matches(cell, {literal(TOTALS)})"
    says = f"len(list_filter([{', '.join(cells)}], lambda cell: {word})) > 0"
    ends = f"t.place > (select coalesce(max({part.row}), -1) from {staged} where source = {source} and fate is null)"
    empty = f"t.place in ({aside} and fate like 'aside: no %')"
    header = " and ".join(f"trim(t.{identifier(name)}) = {literal(name)}" for name in part.table.columns[:3])
    few = f"(select * from {numbered(part.table)} t where {filled} <= {max(len(cells) // 2, 1)})"
    every = numbered(part.table)
    only = f"t.place in ({aside}) and" if part.table.streamed else ""
    for what, rows, condition in (
        ("empty row", few, f"{filled} = 0"),
        ("header again", every, header),
        ("total", few, says),
        ("after the table", few, f"{ends} and {empty}"),
    ):
        connection.execute(
            f"update {staged} set fate = 'not data: {what}' where source = {source}"
            f" and {part.row} in (select t.place from {rows} t where {only} {condition})"
        )


def mark_no_sales(connection: duckdb.DuckDBPyConnection, part: Part, source: int) -> None:
    """Payments and the like that stand among invoices are no sales."""
    for word in part.no_sales:
        connection.execute(
            f"update staged_{part.role} set fate = {literal(f'rule: no sale ({word})')} where source = {source}"
            f" and trim(status) = {literal(word)} and (fate is null or fate like 'aside:%')"
        )


def exclude(connection: duckdb.DuckDBPyConnection, plan: Plan, names: Sequence[str]) -> None:
    """Apply the rules that were asked for. Raises Refused for a name that is no rule."""
    role = "orders" if plan.of("orders") else "lines"
    for name in names:
        if name not in EXCLUSIONS:
            raise Refused(f"There is no rule {name!r} to exclude by; choose one of {', '.join(EXCLUSIONS)}.")
        if name == "zero":
            amount = "coalesce(total_amount, net_amount)"
            condition = f"{amount} = 0" if role == "orders" else _worthless_order(plan)
        else:
            words = [f for f in ("order_id", "customer_id", "customer_name", "status") if plan.has(role, f)]
            condition = " or ".join(f"regexp_matches({word}, {literal(_TEST)})" for word in words) or "false"
        count = connection.execute(
            f"select count(*) from staged_{role} where fate is null and ({condition})"
        ).fetchone()[0]
        connection.execute(
            f"update staged_{role} set fate = 'rule: {EXCLUSIONS[name]}' where fate is null and ({condition})"
        )
        plan.decisions.append(f"Excluded by the rule {name}: {count:,} rows of {EXCLUSIONS[name]}.")


def set_aside_unknown_customers(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Set sales without a customer aside instead of loading them as of a buyer not known."""
    role = "orders" if plan.of("orders") else "lines"
    connection.execute(
        f"update staged_{role} set fate = 'aside: no customer' where fate is null and customer_id is null"
    )


def _worthless_order(plan: Plan) -> str:
    if not plan.has("lines", "order_id"):
        return "net_amount = 0"
    sums = "sum(abs(net_amount)) = 0 and coalesce(max(abs(total_amount)), 0) = 0"
    return f"order_id in (select order_id from staged_lines where fate is null group by order_id having {sums})"
