"""How a part's columns are read: each field's text with the SQL that turns it into its type."""

from dataclasses import dataclass, field

import duckdb

from core.exports import dates, numbers, privacy, repeated, rows
from core.exports.plan import DAY, MONEY, NUMBER, Part, Plan
from core.exports.quoting import literal

SAMPLE = 50_000  # distinct values from which a column's style is decided
KEYS = ("order_id", "customer_id", "product_id", "line_number")  # always trimmed, since they are compared
SQL_TYPE = {MONEY: "DECIMAL(18,4)", NUMBER: "DOUBLE", DAY: "DATE"}
# Uniform dates that DuckDB reads itself; others are looked up in a table of the column's distinct texts.
_FORMATS = (
    "%d.%m.%Y",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d-%m-%Y",
    "%m-%d-%Y",
    "%Y/%m/%d",
    "%Y%m%d",
    "%d.%m.%y",
    "%m/%d/%y",
    "%d/%m/%y",
)


class NotStreamable(Exception):
    """The part's rows must be known by number, so its table has to be kept whole first."""


@dataclass
class Readers:
    """SQL that turns each field's text into its type, the joins that this SQL leans on, and ENUMs."""

    sql: dict[str, str]
    joins: list[str]
    types: dict[str, str] = field(default_factory=dict)


def readers_of(
    connection: duckdb.DuckDBPyConnection, plan: Plan, part: Part, raw: str, date_order: str | None
) -> Readers:
    """The readers of all fields of the part over `raw`, its fields as text; what is decided goes to the plan.

    Raises Refused for dates that fit two orders, NotStreamable for dates of several forms in a streamed table.
    """
    sql, joins = {}, []
    styles = _styles(connection, part, raw)
    for name, kind in part.kinds.items():
        if name not in part.fields:
            sql[name] = f"cast(null as {SQL_TYPE.get(kind, 'VARCHAR')})"
        elif kind in (MONEY, NUMBER):
            values, style, sure = styles[name]
            sql[name] = f"cast({numbers.sql(f'x.{name}', style)} as {SQL_TYPE[kind]})"
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
            sql[name] = _hashed(part, plan.salt)
        elif part.table.streamed and name not in KEYS and not _is_padded(connection, raw, name):
            sql[name] = f"x.{name}"
        else:
            sql[name] = f"nullif(trim(x.{name}), '')"
    return Readers(sql, joins, repeated.types(connection, plan, part))


def _hashed(part: Part, salt: str | None) -> str:
    """E-mails as hashes, where they are the customers' ids and where they stand beside numbers."""
    if part.hashed == part.fields["customer_id"]:
        return privacy.hashed("x.customer_id", salt)
    address = privacy.hashed("x.customer_id[2:]", salt)
    return f"case when starts_with(x.customer_id, chr(1)) then {address} else nullif(trim(x.customer_id), '') end"


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
    bare = f"trim(regexp_replace(order_date, {literal(dates.TIME_SQL)}, ''))"
    texts = connection.execute(f"select distinct {bare} from {raw} where order_date is not null order by 1").fetchall()
    reading = dates.read([row[0] for row in texts], order, f"{part.table.file}, column {part.label('order_date')}")
    if reading.order:
        said = reading.reason or "as you said"
        words = {"dmy": "the day first", "mdy": "the month first"}
        plan.decisions.append(f"Dates in {part.table.file} have {words[reading.order]} ({said}).")
    table = f"days_{part.table.relation}"
    rows.create(connection, table, {"text": "VARCHAR", "day": "DATE"}, reading.days.items())
    timed = (
        bool(texts)
        and connection.execute(
            f"select 1 from {raw} where regexp_matches(order_date, {literal(dates.TIME_SQL)}) limit 1"
        ).fetchone()
    )
    text = bare.replace("order_date", "x.order_date") if timed else "trim(x.order_date)"
    for form in _FORMATS:
        differs = f"cast(try_strptime(text, {literal(form)}) as DATE) is distinct from day"
        if not connection.execute(f"select 1 from {table} where {differs} limit 1").fetchone():
            return f"cast(try_strptime({text}, {literal(form)}) as DATE)"
    if part.table.streamed:
        raise NotStreamable
    joins.append(f"left join {table} d on d.text = {bare.replace('order_date', 'x.order_date')}")
    return "d.day"


def _distinct(connection: duckdb.DuckDBPyConnection, raw: str, name: str) -> list[str]:
    few = f"(select {name} from {raw} limit {SAMPLE})" if "null as BIGINT) as row" in raw else raw
    text = f"cast({name} as VARCHAR)"
    found = connection.execute(
        f"select distinct {text} as x from {few} where trim({text}) <> '' order by hash(x) limit {SAMPLE}"
    ).fetchall()
    return [row[0] for row in found]
