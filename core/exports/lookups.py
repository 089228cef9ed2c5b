"""Names beside the orders: a table of categories, shops or territories, found by the key that both sides have."""

import re
from collections.abc import Iterable, Mapping, Sequence

import duckdb

from core.exports import vocabulary
from core.exports.columns import Column
from core.exports.plan import FIELDS, PLACE_FIELDS, Part, Plan, RawTable
from core.exports.quoting import identifier

MOST_ROWS = 200_000
_KEY = re.compile(r"(id|key|code|nr|no|number)$")
_PLACES = re.compile(r"territor|geo|locat|region|countr|city|cities|state|place|adress|address")
_NAMED = ("category", "subcategory", "channel", "reasons")
_BARE = ("name", "bezeichnung", "nombre", "nom", "nome", "title", "titel", "label", "description")
Lookups = Sequence[tuple[RawTable, list[Column]]]


def join(connection: duckdb.DuckDBPyConnection, plan: Plan, lookups: Lookups) -> None:
    """Fill fields of orders, lines and products that have no column from tables that nothing else is made of."""
    keys = {table.relation: _keys(connection, table) for table, _ in lookups}
    for part in plan.parts:
        if part.role in ("lines", "orders", "products"):
            _follow(plan, part, "t", part.table.columns, lookups, keys)


def _keys(connection: duckdb.DuckDBPyConnection, table: RawTable) -> dict[str, str]:
    """The columns of a table that no two rows share, by their names for comparing."""
    named = {vocabulary.compact(name): name for name in table.columns if _KEY.search(vocabulary.compact(name))}
    if table.streamed or not named:
        return {}
    counts = ", ".join(f"count(distinct nullif(trim(t.{identifier(name)}), ''))" for name in named.values())
    rows, *distinct = connection.execute(f"select count(*), {counts} from {table.relation} t").fetchone()
    unique = zip(named.items(), distinct, strict=True)
    return {key: name for (key, name), count in unique if count == rows and 0 < rows <= MOST_ROWS}


def _follow(
    plan: Plan,
    part: Part,
    alias: str,
    columns: Iterable[str],
    lookups: Lookups,
    keys: Mapping[str, Mapping[str, str]],
    depth: int = 0,
) -> None:
    """Join the tables that the columns point to, then those that these point to."""
    for column in columns:
        name = vocabulary.compact(column)
        for table, described in lookups:
            key = keys[table.relation].get(name)
            if key is None or depth > 2 or f"the_{table.relation}." in part.source:
                continue
            found = _found(part, table, described, key)
            onward = {vocabulary.compact(other) for other in table.columns} - {name}
            leads = any(onward & set(keys[other.relation]) for other, _ in lookups if other is not table)
            if not found and not leads:
                continue
            other = f"the_{table.relation}"
            origin = part.source or f"{part.table.relation} t"
            same = f"trim({other}.{identifier(key)}) = trim({alias}.{identifier(column)})"
            before = part.source
            part.source = f"{origin} left join {table.relation} {other} on {same}"
            for field, named in found.items():
                part.fields[field] = f"{other}.{identifier(named)}"
                part.columns[field] = named
            filled = set(part.fields)
            _follow(plan, part, other, [n for n in table.columns if n != key], lookups, keys, depth + 1)
            if not found and set(part.fields) == filled:
                part.source = before
                continue
            if table in plan.unused:
                plan.unused.remove(table)
                plan.lookups.append(table)
            if found:
                named = " and ".join(found)
                plan.decisions.append(f"{part.table.file}: {named} by {column} from {table.file}.")


def _found(part: Part, table: RawTable, described: list[Column], key: str) -> dict[str, str]:
    """What the table says of fields that the part has no column for: each field with its column."""
    places = PLACE_FIELDS if _PLACES.search(table.stem) and not set(PLACE_FIELDS) & set(part.fields) else ()
    wanted = [name for name in (*_NAMED, *places) if name in FIELDS[part.role] and not part.fills(name)]
    scores: dict[str, tuple[float, str]] = {}
    for column in described:
        meant = column.scores
        if column.name.casefold() in _BARE:
            meant = {field: 0.9 * score for field, score in _by_table(table).items()}
        for field, score in meant.items():
            if (
                field in wanted
                and column.name != key
                and column.numeric < 0.5
                and score > scores.get(field, (0.45,))[0]
            ):
                scores[field] = (score, column.name)
    return {field: column for field, (_, column) in scores.items()}


def _by_table(table: RawTable) -> dict[str, float]:
    """What a bare name means in a table of this name: `DimGenre`, `categories`, `tbl_stores`."""
    stem = re.sub(r"^(dim|d|tbl|t|lu)[ _-]?(?=[a-z]{4})", "", table.stem)
    for single in (stem, re.sub(r"ies$", "y", stem), re.sub(r"s$", "", stem)):
        if found := vocabulary.fields_of(single):
            return found
    return {}


def place_by_customer(plan: Plan, table: RawTable, taken: Mapping[str, Column]) -> None:
    """Orders without places of their own are where their customers are."""
    placed = {name: f"k.{identifier(taken[name].name)}" for name in PLACE_FIELDS if name in taken}
    for part in plan.of("orders") or plan.of("lines"):
        if not placed or "customer_id" not in part.fields or any(name in part.fields for name in PLACE_FIELDS):
            continue
        key = f"k.{identifier(taken['customer_id'].name)}"
        chosen = ", ".join(f"min({column}) as {name}" for name, column in placed.items())
        lookup = f"(select trim({key}) as the_key, {chosen} from {table.relation} k group by all)"
        origin = part.source or f"{part.table.relation} t"
        part.source = f"{origin} left join {lookup} home on home.the_key = trim({part.fields['customer_id']})"
        part.fields |= {name: f"home.{name}" for name in placed}
        plan.decisions.append(f"Orders are placed where their customers are ({table.file}).")
