"""An export that no profile knows: which file holds what, which column is which, and how sure that is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import duckdb

from core.exports import amounts, deriving, identity, lookups, states
from core.exports import columns as columns_of
from core.exports.columns import Column
from core.exports.plan import (
    ALL_FILES,
    DAY,
    FIELDS,
    HELPER_FIELDS,
    ORDER_FIELDS,
    TEXT,
    Part,
    Plan,
    RawTable,
    mapping_of,
)
from core.exports.quoting import identifier
from core.star import Refused

NAME = "general"
SURE = 0.95
OPTIONS = ALL_FILES
_ITEMS = {"product_id", "product_name", "quantity", "unit_price", "line_number", "subcategory", "category"}
_MONEY = {"net_amount", "total_amount", "unit_price", "subtotal"}


@dataclass
class Judged:
    """A raw table with its columns, the columns taken for fields, and the role that follows."""

    table: RawTable
    columns: list[Column]
    taken: dict[str, Column]
    role: str | None = None
    ratios: dict[str, float] = field(default_factory=dict)

    def sql(self, name: str) -> str:
        """The field's column over the alias t."""
        return f"t.{identifier(self.taken[name].name)}"


def recognise(connection: duckdb.DuckDBPyConnection, tables: Sequence[RawTable], mapping: Mapping[str, str]) -> Plan:
    """The likeliest plan. Raises Refused, with what was found, where no file has a date and an amount."""
    judged = judge(connection, tables, mapping)
    main = [one for one in judged if one.role in ("lines", "orders")]
    lacking = _lacking(main or judged)
    if lacking or not main:
        raise Refused(_missing(judged, lacking or ["an amount"]))
    plan = Plan(NAME, [])
    for one in judged:
        if one.role is None:
            plan.unused.append(one.table)
            continue
        part = _part(connection, plan, one, alone=not any(other.role == "lines" for other in judged))
        plan.parts.append(part)
    lookups.join(connection, plan, [(one.table, one.columns) for one in judged if one.role is None])
    people = next((one for one in judged if one.role == "customers"), None)
    if people:
        lookups.place_by_customer(plan, people.table, people.taken)
    return plan


def judge(
    connection: duckdb.DuckDBPyConnection, tables: Sequence[RawTable], mapping: Mapping[str, str]
) -> list[Judged]:
    """Every table with its columns' scores, its assignment and its role."""
    judged = []
    _refuse_strange(tables, mapping)
    for table in tables:
        described = columns_of.describe(connection, table)
        forced = mapping_of(mapping, table)
        for column in described:
            wanted = {
                name: 2.0 for name, source in forced.items() if source and source.casefold() == column.name.casefold()
            }
            kept = {name: score for name, score in column.scores.items() if name not in forced}
            column.scores = wanted or kept
        one = Judged(table, described, columns_of.assign(described))
        _take_heading(one)
        for key in ("order_id", "customer_id", "product_id"):
            if key in one.taken:
                one.ratios[key] = _distinct_ratio(connection, one, key)
        if "order_id" not in one.taken and "order_date" in one.taken:
            _number_orders(connection, one)
        one.role = _role(one)
        judged.append(one)
    _settle(judged)
    return judged


def _refuse_strange(tables: Sequence[RawTable], mapping: Mapping[str, str]) -> None:
    known = {**FIELDS["lines"], **FIELDS["reasons"], **HELPER_FIELDS}
    for key, column in mapping.items():
        file, _, name = key.rpartition(":")
        if name not in known and name not in OPTIONS:
            raise Refused(f"There is no field {name!r} to map; choose one of {', '.join(known)}.")
        meant = [table for table in tables if file in ("", table.file)]
        if not meant:
            raise Refused(f"There is no file {file!r} to map {name} in; there is {', '.join(t.file for t in tables)}.")
        columns = {name.casefold() for table in meant for name in table.columns}
        if column and name not in OPTIONS and column.casefold() not in columns:
            found = "; ".join(f"{table.file} with {', '.join(table.columns[:15])}" for table in meant)
            raise Refused(f"No file has the column {column!r} for {name}; there is {found}.")


def _take_heading(one: Judged) -> None:
    """A report stands under its customers' names, or under products where customers have a column."""
    column = next((column for column in one.columns if column.name == one.table.heading), None)
    if column is None or column in one.taken.values():
        return
    buyers = ("customer_id", "customer_name", "company", "email", "first_name", "last_name")
    named = any(name in one.taken for name in buyers) or any(c.name.casefold() == "name" for c in one.columns)
    wanted = "product_name" if named else "customer_name"
    if wanted not in one.taken:
        one.taken[wanted] = column
        column.scores[wanted] = 0.6


def _number_orders(connection: duckdb.DuckDBPyConnection, one: Judged) -> None:
    """A bare `id` that no two rows share numbers the orders."""
    bare = next((c for c in one.columns if c.name.casefold() in ("id", "nr", "nr.", "no", "no.", "number", "#")), None)
    if bare and bare not in one.taken.values():
        bare.scores["order_id"] = 0.6
        one.taken["order_id"] = bare
        one.ratios["order_id"] = _distinct_ratio(connection, one, "order_id")
        if one.ratios["order_id"] < 1.0:
            del one.taken["order_id"], one.ratios["order_id"]


def _distinct_ratio(connection: duckdb.DuckDBPyConnection, one: Judged, key: str) -> float:
    rows, distinct = connection.execute(
        f"select count(k), count(distinct k) from (select nullif(trim({one.sql(key)}), '') as k"
        f" from {one.table.relation} t limit 200000)"
    ).fetchone()
    return distinct / rows if rows else 0.0


def _role(one: Judged) -> str | None:
    taken = one.taken.keys()
    items = taken & _ITEMS
    if "order_date" in taken and taken & _MONEY:
        return "orders" if not items and one.ratios.get("order_id") == 1.0 else "lines"
    if "order_id" in taken and items - {"line_number"} and taken & (_MONEY | {"quantity"}):
        return "lines"
    if "order_id" in taken and "order_date" in taken:
        return "orders"
    if one.ratios.get("customer_id", 0) > SURE and "order_id" not in taken:
        return "customers"
    if one.ratios.get("product_id", 0) > SURE and "order_id" not in taken:
        return "products"
    return None


def _settle(judged: list[Judged]) -> None:
    """What tables are beside each other: a date in a list of customers is no order's."""
    if any(one.role in ("lines", "orders") and "order_id" in one.taken for one in judged):
        for one in judged:
            if one.role in ("lines", "orders") and "order_id" not in one.taken:
                unique = [key for key in ("customer_id", "product_id") if one.ratios.get(key, 0) > SURE]
                one.role = {"customer_id": "customers", "product_id": "products"}[unique[0]] if unique else None
    heads = [one for one in judged if one.role == "orders"]
    for one in judged:
        if one.role == "orders" and not (_MONEY & one.taken.keys()) and not any(o.role == "lines" for o in judged):
            one.role = None
    if heads and not any("order_date" in one.taken for one in heads):
        heads[0].role = None
    wanted = {"customers": "customer_name", "products": "product_name"}
    for one in judged:
        named = next((c for c in one.columns if c.name.casefold() in ("name", "bezeichnung", "titel", "title")), None)
        field_name = wanted.get(one.role or "", "customer_name")
        if field_name == "customer_name" and {"first_name", "last_name"} & one.taken.keys():
            continue
        if named and field_name not in one.taken and named not in one.taken.values():
            one.taken[field_name] = named
            named.scores.setdefault(field_name, 0.8)


def _part(connection: duckdb.DuckDBPyConnection, plan: Plan, one: Judged, alone: bool) -> Part:
    role = one.role or ""
    allowed = FIELDS[role] | (HELPER_FIELDS if role in ("lines", "orders") else {})
    names = [name for name in one.taken if name in allowed and name not in columns_of.PRIVATE]
    part = Part(
        role,
        one.table,
        {name: one.sql(name) for name in names},
        {name: one.taken[name].name for name in names},
        confidence={name: min(one.taken[name].scores[name], 1.0) for name in names},
    )
    part.private = [column.name for name, column in one.taken.items() if name in columns_of.PRIVATE]
    for name in names:
        sureness = part.confidence[name]
        if sureness < SURE:
            plan.guesses.append((f"{one.table.file}: column {part.columns[name]} is {name}", sureness))
    identity.identify(connection, plan, part, one.taken)
    if role in ("lines", "orders"):
        states.combine(connection, plan, part, one.taken, one.columns)
        _fill_down(part, one)
    if role == "lines":
        amounts.settle(connection, plan, part, one.columns)
    if role == "lines" or (role == "orders" and alone):
        deriving.derive(connection, plan, part, {name: column.values for name, column in one.taken.items()})
    states.turn_credits(part)
    amounts.turn_heads(part)
    return part


def _fill_down(part: Part, one: Judged) -> None:
    """Exports that write an order's own columns in its first row only."""
    date = one.taken.get("order_date")
    if part.role != "lines" or date is None or not 0.02 < date.filled < 0.97:
        return
    item = next((one.taken[name] for name in ("product_name", "product_id", "quantity") if name in one.taken), None)
    if item is None or item.filled < 0.97:
        return
    for name, column in one.taken.items():
        if name in ORDER_FIELDS and ORDER_FIELDS[name] in (TEXT, DAY) and abs(column.filled - date.filled) < 0.1:
            part.fill_down.append(name)
    part.fill_down = [name for name in part.fill_down if name in part.fields]


def _lacking(tables: list[Judged]) -> list[str]:
    """What none of the tables has, in words: an order date, an amount, a customer."""
    taken = {name for one in tables for name in one.taken}
    lacking = [] if "order_date" in taken else ["an order date (order_date)"]
    if not taken & _MONEY:
        lacking.append("an amount (net_amount, total_amount, or unit_price with quantity)")
    if not taken & {"customer_id", "email", "customer_name", "company", "first_name", "last_name"}:
        lacking.append("a customer (customer_id)")
    return lacking


def _missing(judged: list[Judged], lacking: list[str]) -> str:
    found = "; ".join(
        f"{one.table.file} has {', '.join(_shown(one, column) for column in one.columns[:15])}"
        + (f", of which {', '.join(f'{c.name} = {n}' for n, c in one.taken.items())}" if one.taken else "")
        for one in judged[:6]
    )
    bare = next((one for one in judged if not one.table.read_as.get("header", True)), None)
    if bare is None:
        return f"The export lacks {' and '.join(lacking)}; name the column with --map FIELD=COLUMN. Found: {found}."
    needed = ["order_id", "order_date", "customer_id", "product_name", "quantity", "net_amount"]
    named = " ".join(f'--map {name}="column N"' for name in needed if name not in bare.taken)
    return (
        f"{bare.table.file} has no header, and its columns do not say all that they are; name them with {named} "
        f"(order_date, customer_id and net_amount are needed), or add a line of names. Found: {found}."
    )


def _shown(one: Judged, column: Column) -> str:
    """A column's name, with an example where the file gave it none."""
    if one.table.read_as.get("header", True) or not column.values or "@" in column.values[0]:
        return column.name
    return f"{column.name} (such as {column.values[0][:30]})"
