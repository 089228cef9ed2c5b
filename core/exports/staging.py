"""Text becomes typed rows: one staged table a role, each row with its source, its place in the file and its fate.

Fate is null for a row that is loaded; else it says in one text what became of it: "aside: ..." (set aside, with the
reason) or "rule: ..." (excluded by a written rule). Nothing is ever deleted from a staged table.
"""

import datetime
import re

import duckdb

from core.exports import currencies, delimited, progress, rules
from core.exports.plan import MONEY, NUMBER, TEXT, Part, Plan
from core.exports.quoting import identifier, literal
from core.exports.styles import SQL_TYPE, NotStreamable, Readers, readers_of
from core.star import FIRST_DAY, Refused

STRANGE = "strange"  # says that a text is not among the few of its column
MOST = 0.2  # more unreadable rows than this share of a file, and the file was not understood
NEEDED = {"lines": (), "orders": ("order_id",), "customers": ("customer_id",), "products": ("product_id",)}
_COLUMN = re.compile(r't\."(""|[^"])*"')
NEEDED["reasons"] = ("order_id", "reason_id")


def stage(connection: duckdb.DuckDBPyConnection, plan: Plan, date_order: str | None = None) -> None:
    """Create staged_lines, staged_orders, ... for the roles that the plan fills.

    Raises Refused where a join multiplies rows, or where more than a fifth of a file cannot be read.
    """
    readers = [_prepare(connection, plan, part, date_order) for part in plan.parts]
    before = 0
    for source, part in enumerate(plan.parts):
        with progress.step(source, len(plan.parts), part.table.lines, before):
            _insert(connection, plan, part, source, _texts(part), readers[source])
        before += part.table.lines
        currencies.settle_signs(connection, plan, part, source)
        _refuse_fan_out(connection, part, source)
        rules.mark_totals(connection, part, source)
        rules.mark_no_sales(connection, part, source)
        _refuse_unreadable(connection, part, source)


def _prepare(connection: duckdb.DuckDBPyConnection, plan: Plan, part: Part, date_order: str | None) -> Readers:
    """Decide how the part's columns are read."""
    if part.fill_down or part.source:  # a join does not keep the order of a file's rows
        part.table.materialise(connection)
    currencies.read_signs(connection, plan, part, _texts(part))
    try:
        return readers_of(connection, plan, part, _texts(part), date_order)
    except NotStreamable:
        part.table.materialise(connection)
        return readers_of(connection, plan, part, _texts(part), date_order)


def refuse_unforeseen(connection: duckdb.DuckDBPyConnection, plan: Plan, staged: bool) -> None:
    """Raises Unforeseen for staged rows of other texts than a sample foretold, and for words for empty cells in them.

    Before rows are staged, it raises where such words could hide in what is made of several columns.
    """
    for part in plan.parts:
        texts = [name for name in part.fields if part.kinds.get(name) == TEXT]
        if staged:
            free = _free_texts(connection, part.role, texts)
            odd = f"unreadable = '{STRANGE}' or {delimited.says_null(free)}"
            hidden = connection.execute(f"select 1 from staged_{part.role} where {odd} limit 1").fetchone() is not None
        else:
            hidden = bool(part.hashed) or not all(_COLUMN.fullmatch(part.fields[name]) for name in texts)
        if hidden:
            raise delimited.Unforeseen


def _free_texts(connection: duckdb.DuckDBPyConnection, role: str, names: list[str]) -> list[str]:
    """Those of the columns that may hold any text."""
    kinds = connection.execute(f"describe staged_{role}").fetchall()
    return [row[0] for row in kinds if row[0] in names and row[1] == "VARCHAR"]


def sets_aside(connection: duckdb.DuckDBPyConnection, plan: Plan) -> bool:
    """Whether any row was set aside so far."""
    roles = {part.role for part in plan.parts}
    return any(
        connection.execute(f"select 1 from staged_{role} where fate like 'aside:%' limit 1").fetchone()
        for role in roles
    )


def _texts(part: Part) -> str:
    """SQL of the part's fields as text, with the number of each row where the table is kept whole."""
    texts = [f"{sql} as {name}" for name, sql in part.fields.items()]
    row = "cast(null as BIGINT) as row" if part.table.streamed else "t.rowid as row"
    origin = part.source or f"{part.table.relation} t"
    return _filled_down(part, f"(select {', '.join([row, *texts])} from {origin})")


def _filled_down(part: Part, raw: str) -> str:
    if not part.fill_down:
        return raw
    within = "" if "order_id" in part.fill_down or "order_id" not in part.fields else "partition by order_id "
    window = f"over ({within}order by row rows unbounded preceding)"
    filled = [f"last_value(nullif(trim({name}), '') ignore nulls) {window} as {name}" for name in part.fill_down]
    return f"(select * replace ({', '.join(filled)}) from {raw})"


def _insert(
    connection: duckdb.DuckDBPyConnection, plan: Plan, part: Part, source: int, raw: str, readers: Readers
) -> None:
    numbers = [name for name, kind in part.kinds.items() if kind in (MONEY, NUMBER) and name in part.fields]
    typed = [f"cast({source} as USMALLINT) as source", "x.row as row"]
    for name, sql in readers.sql.items():
        typed.append(
            f"try_cast({sql} as {readers.types[name]}) as {name}" if name in readers.types else f"{sql} as {name}"
        )
    typed += [f"{readers.sql[name]} as {name}_text" for name in readers.types]
    typed += [f"cast(x.{name} as VARCHAR) as {name}_text" for name in numbers]
    select = f"select {', '.join(typed)} from {raw} x {' '.join(readers.joins)}"
    texts = [f"{name}_text" for name in (*numbers, *readers.types)]
    without = f"exclude ({', '.join(texts)})" if texts else ""
    select = f"select * {without}, {_unreadable(numbers, readers.types)} as unreadable from ({select})"
    if part.derived:
        made = ", ".join(f"cast({sql} as {_type(part, name)}) as {name}" for name, sql in part.derived.items())
        select = f"select * replace ({made}) from ({select})"
    table = f"staged_{part.role}"
    bare = _make_room(connection, plan, part, table, readers.types)
    part.first = connection.execute(f"select count(*) from {table}").fetchone()[0]
    without = f"exclude ({', '.join(bare)})" if bare else ""
    select = f"select * {without} from (select *, {_fate(part, plan)} as fate from ({select}))"
    connection.execute(f"insert into {table} by name {select}")


def _type(part: Part, name: str) -> str:
    return SQL_TYPE.get(part.kinds[name], "VARCHAR")


def _make_room(
    connection: duckdb.DuckDBPyConnection, plan: Plan, part: Part, table: str, types: dict[str, str]
) -> list[str]:
    """Create the staged table, or widen it by helper columns that only later files have.

    Returns the columns that no file of the role fills: they are there, always null, and take no memory.
    """
    parts = plan.of(part.role)
    filled = {name for other in parts for name in other.kinds if other.fills(name)} | {"order_id"}
    bare = [name for name in part.kinds if name not in filled]
    if all(other.table.streamed for other in parts):
        bare.append("row")
    kinds = {"source": "USMALLINT", "row": "BIGINT"} | {name: _type(part, name) for name in part.kinds} | types
    kinds |= {"unreadable": "VARCHAR", "fate": "VARCHAR"}
    columns = ", ".join(
        f"{name} {kind}" + (f" generated always as (cast(null as {kind}))" if name in bare else "")
        for name, kind in kinds.items()
    )
    connection.execute(f"create table if not exists {table} ({columns})")
    for name in part.kinds:
        connection.execute(f"alter table {table} add column if not exists {name} {_type(part, name)}")
    return bare


def _unreadable(numbers: list[str], types: dict[str, str]) -> str:
    """SQL naming the columns of a row that hold a text where a number belongs; empty for nearly every row."""
    strange = " or ".join(f"({name} is null and {name}_text is not null)" for name in types)
    found = f"when {strange} then '{STRANGE}' " if types else ""
    faults = {
        name: f"({name} is null and trim({name}_text) <> '' and not ({delimited.says_null([f'{name}_text'])}))"
        for name in numbers
    }
    if faults:
        named = " || ".join(f"case when {fault} then '{name} ' else '' end" for name, fault in faults.items())
        found += f"when {' or '.join(faults.values())} then {named} "
    return f"case {found}else '' end" if found else "''"


def _fate(part: Part, plan: Plan) -> str:
    tests = [(f"{name} is null", f"no {name}") for name in NEEDED[part.role]]
    if part.role == "lines" and plan.has("lines", "order_id"):
        tests.append(("order_id is null", "no order_id"))
    if part.role == "orders" or (part.role == "lines" and not plan.of("orders")):
        latest = datetime.date.today() + datetime.timedelta(days=1)
        tests.append(("order_date is null", "no readable date"))
        tests.append((f"order_date < DATE '{FIRST_DAY}'", f"date before {FIRST_DAY:%Y}"))
        tests.append((f"order_date > DATE '{latest}'", "date in the future"))
    for name in ("net_amount", "total_amount", "quantity", "unit_price", "discount", "refund_amount"):
        if name in part.fields:
            tests.append((f"contains(unreadable, '{name} ')", f"unreadable {name}"))
    if part.role == "lines":
        tests.append(("net_amount is null", "no net_amount"))
    cases = " ".join(f"when {test} then {literal('aside: ' + reason)}" for test, reason in tests)
    return f"case {cases} end"


def _refuse_fan_out(connection: duckdb.DuckDBPyConnection, part: Part, source: int) -> None:
    if not part.source:
        return
    staged, distinct = connection.execute(
        f"select count(*), count(distinct {part.row}) from staged_{part.role} where source = {source}"
    ).fetchone()
    if staged != distinct:
        raise Refused(
            f"{part.table.file}: {distinct:,} rows became {staged:,} when the tables that belong to it were joined; "
            "a key that must be there once stands there twice, so remove the doubles and import again."
        )


def _refuse_unreadable(connection: duckdb.DuckDBPyConnection, part: Part, source: int) -> None:
    where = f"from staged_{part.role} where source = {source}"
    odd = "count(*) filter (fate like '%unreadable%' or fate like 'aside: no %')"
    total, aside = connection.execute(f"select count(*), {odd} {where}").fetchone()
    if not total or aside <= MOST * total:
        return
    fate, count = connection.execute(
        f"select fate, count(*) {where} and fate like 'aside:%' group by fate order by count(*) desc, fate limit 1"
    ).fetchone()
    reason = fate.removeprefix("aside: ")
    column = next((part.label(name) for name in part.fields if name in reason), part.label("order_date"))
    example = _example(connection, part, source, fate, column)
    raise Refused(
        f"{part.table.file}: {aside:,} of {total:,} rows cannot be used, most for this: {reason} in {count:,} rows"
        f"{example}; correct the file or name the right column with --map FIELD=COLUMN."
    )


def _example(connection: duckdb.DuckDBPyConnection, part: Part, source: int, fate: str, column: str) -> str:
    if part.table.streamed or column not in part.table.columns:
        return ""
    line = f"t.{part.table.line_column}" if part.table.line_column else f"{part.table.first_line} + s.row"
    line, value = connection.execute(
        f"select {line}, t.{identifier(column)} from staged_{part.role} s"
        f" join {part.table.relation} t on t.rowid = s.row"
        f" where s.source = {source} and s.fate = {literal(fate)} order by s.row limit 1"
    ).fetchone()
    return f", such as {str(value)[:40]!r} in column {column}, line {line}"
