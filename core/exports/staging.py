"""Text becomes typed rows: one staged table a role, each row with its source, its place in the file and its fate.

Fate is null for a row that is loaded; else it says in one text what became of it: "aside: ..." (set aside, with the
reason) or "rule: ..." (excluded by a written rule). Nothing is ever deleted from a staged table.
"""

import datetime
from dataclasses import dataclass

import duckdb

from core.exports import dates, numbers, privacy, rows, rules
from core.exports.plan import DAY, MONEY, NUMBER, Part, Plan
from core.exports.quoting import identifier, literal
from core.star import FIRST_DAY, Refused

MOST = 0.2  # more unreadable rows than this share of a file, and the file was not understood
SAMPLE = 50_000  # distinct values from which a column's style is decided
KEYS = ("order_id", "customer_id", "product_id", "line_number")  # always trimmed, since they are compared
NEEDED = {"lines": (), "orders": ("order_id",), "customers": ("customer_id",), "products": ("product_id",)}
NEEDED["reasons"] = ("order_id", "reason_id")
_SQL_TYPE = {MONEY: "DECIMAL(18,4)", NUMBER: "DOUBLE", DAY: "DATE"}


@dataclass
class _Readers:
    """SQL that turns each field's text into its type, and the joins that this SQL leans on."""

    sql: dict[str, str]
    joins: list[str]


def stage(connection: duckdb.DuckDBPyConnection, plan: Plan, date_order: str | None = None) -> None:
    """Create staged_lines, staged_orders, ... for the roles that the plan fills.

    Raises Refused where a join multiplies rows, or where more than a fifth of a file cannot be read.
    """
    for source, part in enumerate(plan.parts):
        origin = part.source or f"{part.table.relation} t"
        texts = [f"{sql} as {name}" for name, sql in part.fields.items()]
        if part.fill_down:
            part.table.materialise(connection)
        row = "cast(null as BIGINT) as row" if part.table.streamed else "t.rowid as row"
        raw = _filled_down(part, f"(select {', '.join([row, *texts])} from {origin})")
        readers = _readers(connection, plan, part, raw, date_order)
        _insert(connection, plan, part, source, raw, readers)
        _refuse_fan_out(connection, part, source)
        rules.mark_totals(connection, part, source)
        _refuse_unreadable(connection, part, source)


def _filled_down(part: Part, raw: str) -> str:
    if not part.fill_down:
        return raw
    within = "" if "order_id" in part.fill_down or "order_id" not in part.fields else "partition by order_id "
    window = f"over ({within}order by row rows unbounded preceding)"
    filled = [f"last_value(nullif(trim({name}), '') ignore nulls) {window} as {name}" for name in part.fill_down]
    return f"(select * replace ({', '.join(filled)}) from {raw})"


def _readers(
    connection: duckdb.DuckDBPyConnection, plan: Plan, part: Part, raw: str, date_order: str | None
) -> _Readers:
    sql, joins = {}, []
    styles = _styles(connection, part, raw)
    for name, kind in part.kinds.items():
        if name not in part.fields:
            sql[name] = f"cast(null as {_SQL_TYPE.get(kind, 'VARCHAR')})"
        elif kind in (MONEY, NUMBER):
            values, style, sure = styles[name]
            sql[name] = f"cast({numbers.sql(f'x.{name}', style)} as {_SQL_TYPE[kind]})"
            if name == "net_amount" and not part.table.streamed and numbers.is_finer(values, style):
                sql[name] = _carried(plan, part, numbers.sql(f"x.{name}", style, "DECIMAL(28,10)"))
            said = f"{part.table.file}: {part.label(name)} is written like {style}"
            if not sure:
                plan.guesses.append((said, 0.6))
            elif style != numbers.PLAIN:
                plan.decisions.append(f"{said}.")
        elif kind == DAY:
            sql[name] = _date_reader(connection, plan, part, raw, date_order, joins)
        elif name == "customer_id" and part.hashed:
            sql[name] = privacy.hashed("x.customer_id", plan.salt)
        elif part.table.streamed and name not in KEYS and not _is_padded(connection, raw, name):
            sql[name] = f"x.{name}"
        else:
            sql[name] = f"nullif(trim(x.{name}), '')"
    return _Readers(sql, joins)


def _styles(
    connection: duckdb.DuckDBPyConnection, part: Part, raw: str
) -> dict[str, tuple[list[str], numbers.Style, bool]]:
    """Each number column's values, style and sureness; a column that fits two styles follows the file's sure ones."""
    columns = [name for name, kind in part.kinds.items() if kind in (MONEY, NUMBER) and name in part.fields]
    values = {name: _distinct(connection, raw, name) for name in columns}
    found = {name: (values[name], *numbers.detect(values[name])) for name in columns}
    marks = {style.decimal for _, style, sure in found.values() if sure and (style.decimal == "," or style.grouping)}
    marks |= {"." for v, style, sure in found.values() if sure and style == numbers.PLAIN and any("." in x for x in v)}
    if len(marks) == 1:
        mark = marks.pop()
        for name, (texts, _, sure) in found.items():
            if not sure:
                found[name] = (texts, numbers.settle(texts, mark), True)
    return found


def _is_padded(connection: duckdb.DuckDBPyConnection, raw: str, name: str) -> bool:
    """Whether blanks stand around the first values; trimming millions of cells that have none is dear."""
    few = f"(select {name} as x from {raw} limit {SAMPLE})"
    return bool(connection.execute(f"select 1 from {few} where x <> trim(x) or x = '' limit 1").fetchone())


def _carried(plan: Plan, part: Part, exact: str) -> str:
    """Amounts of four decimals whose sums stay true: what one row is rounded by is carried to the next."""
    plan.decisions.append(
        f"{part.label('net_amount')} has more than four decimals: each row is rounded to four and what is cut off is "
        "carried to the next row, so that every sum stays true."
    )
    order = "x.product_id, x.row" if "product_id" in part.fields else "x.row"
    running = f"coalesce(sum({exact}) over (order by {order}), 0)"
    return f"cast({running} as DECIMAL(18,4)) - cast({running} - {exact} as DECIMAL(18,4))"


def _date_reader(
    connection: duckdb.DuckDBPyConnection, plan: Plan, part: Part, raw: str, order: str | None, joins: list[str]
) -> str:
    sample = _distinct(connection, raw, "order_date")
    if all(dates.ISO.match(value) for value in sample):
        return "try_cast(left(ltrim(x.order_date), 10) as DATE)"
    if part.table.streamed:
        part.table.materialise(connection)
    bare = f"trim(regexp_replace(order_date, {literal(dates.TIME_SQL)}, ''))"
    texts = connection.execute(f"select distinct {bare} from {raw} where order_date is not null order by 1").fetchall()
    reading = dates.read([row[0] for row in texts], order, f"{part.table.file}, column {part.label('order_date')}")
    if reading.order:
        said = reading.reason or "as you said"
        words = {"dmy": "the day first", "mdy": "the month first"}
        plan.decisions.append(f"Dates in {part.table.file} have {words[reading.order]} ({said}).")
    table = f"days_{part.table.relation}"
    rows.create(connection, table, {"text": "VARCHAR", "day": "DATE"}, reading.days.items())
    joins.append(f"left join {table} d on d.text = {bare.replace('order_date', 'x.order_date')}")
    return "d.day"


def _distinct(connection: duckdb.DuckDBPyConnection, raw: str, name: str) -> list[str]:
    few = f"(select {name} from {raw} limit {SAMPLE})" if "null as BIGINT) as row" in raw else raw
    text = f"cast({name} as VARCHAR)"
    found = connection.execute(
        f"select distinct {text} as x from {few} where trim({text}) <> '' order by hash(x) limit {SAMPLE}"
    ).fetchall()
    return [row[0] for row in found]


def _insert(
    connection: duckdb.DuckDBPyConnection, plan: Plan, part: Part, source: int, raw: str, readers: _Readers
) -> None:
    typed = [f"cast({source} as INTEGER) as source", "x.row as row"]
    typed += [f"{sql} as {name}" for name, sql in readers.sql.items()]
    typed.append(f"{_unreadable(part, readers)} as unreadable")
    inner = f"select {', '.join(typed)} from {raw} x {' '.join(readers.joins)}"
    if part.derived:
        made = ", ".join(
            f"cast({sql} as {_SQL_TYPE.get(part.kinds[name], 'VARCHAR')}) as {name}"
            for name, sql in part.derived.items()
        )
        inner = f"select * replace ({made}) from ({inner})"
    select = f"select *, {_fate(part, plan)} as fate from ({inner})"
    table = f"staged_{part.role}"
    exists = connection.execute("select count(*) from duckdb_tables() where table_name = ?", [table]).fetchone()[0]
    before = connection.execute(f"select count(*) from {table}").fetchone()[0] if exists else 0
    into = f"insert into {table} by name" if exists else f"create table {table} as"
    if exists:
        _widen(connection, table, part)
    connection.execute(f"{into} {select}")
    if part.table.streamed:
        connection.execute(f"update {table} set row = rowid - {before} where source = {source}")


def _widen(connection: duckdb.DuckDBPyConnection, table: str, part: Part) -> None:
    """Helper columns that only later files of a role have."""
    for name, kind in part.kinds.items():
        connection.execute(f"alter table {table} add column if not exists {name} {_SQL_TYPE.get(kind, 'VARCHAR')}")


def _unreadable(part: Part, readers: _Readers) -> str:
    """SQL naming the columns of a row that hold a text where a number belongs; empty for nearly every row."""
    faults = {
        name: f"({readers.sql[name]} is null and trim(cast(x.{name} as VARCHAR)) <> '')"
        for name, kind in part.kinds.items()
        if kind in (MONEY, NUMBER) and name in part.fields
    }
    if not faults:
        return "''"
    named = " || ".join(f"case when {fault} then '{name} ' else '' end" for name, fault in faults.items())
    return f"case when {' or '.join(faults.values())} then {named} else '' end"


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
        f"select count(*), count(distinct row) from staged_{part.role} where source = {source}"
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
        f"select fate, count(*) {where} and fate is not null group by fate order by count(*) desc, fate limit 1"
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
