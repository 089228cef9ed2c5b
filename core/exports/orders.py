"""The table `orders`: one row per order, from heads of orders or from its lines, with what its lines agree upon."""

import duckdb

from core.exports.dimensions import CUSTOMER_FIELDS
from core.exports.plan import FIELDS, PLACE_FIELDS, Plan
from core.star import Refused

_FIELDS = ("customer_id", *CUSTOMER_FIELDS, "channel", "reasons", "final_status")
# What follows from a row's keys, or is compared by them.
_DESCRIPTIONS = (*CUSTOMER_FIELDS, "subcategory", "category", *PLACE_FIELDS)
_PLACE = "struct_pack(" + ", ".join(f"{name} := cast({name} as VARCHAR)" for name in PLACE_FIELDS) + ") as place"


def make(connection: duckdb.DuckDBPyConnection, plan: Plan) -> int:
    """Create the table `orders`; returns how many loaded rows equal one before them.

    Such rows are loaded as purchases, where no line number tells them apart. Raises Refused for an order of two totals.
    """
    if plan.of("orders"):
        _from_heads(connection, plan)
        return _equal_rows(connection, plan)
    _group_lines(connection, plan)
    _from_lines(connection, plan)
    if not plan.has("lines", "order_id"):
        return _equal_rows(connection, plan)
    suspects = "from order_groups where differs or (some_buckets < lines and other_buckets < lines)"
    if stand_together(connection):
        return _equal_rows(connection, plan, f"and rowid in (select unnest(range(first_row, last_row + 1)) {suspects})")
    return _equal_rows(connection, plan, f"and order_id in (select order_id {suspects})")


def name_missing(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Orders get ids by customer and day, or by day and place in it: alike in every export that holds the day."""
    connection.execute(
        """create temp table day_places as select rowid as the_row,
            row_number() over (partition by order_date order by source, coalesce(row, rowid)) as place
        from staged_lines where fate is null and customer_id is null"""
    )
    connection.execute(
        "update staged_lines set order_id = concat(customer_id, ' ', order_date)"
        " where fate is null and customer_id is not null"
    )
    connection.execute(
        """update staged_lines set order_id = concat(order_date, ' row ', d.place) from day_places d
        where d.the_row = staged_lines.rowid"""
    )
    plan.decisions.append("There is no order id: what one customer bought on one day is one order.")


def stand_together(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the rows of every order of `order_groups` follow each other."""
    apart = "select 1 from order_groups where last_row - first_row + 1 <> lines limit 1"
    return not connection.execute(apart).fetchone()


def _equal_rows(connection: duckdb.DuckDBPyConnection, plan: Plan, which: str = "") -> int:
    """How many rows equal one before them, where no line number tells them apart; `which` are the rows to look at."""
    if not plan.of("lines") or plan.has("lines", "line_number"):
        return 0
    fields = ", ".join(_told_apart_by(plan))
    return connection.execute(
        f"select count(*) - count(distinct hash({fields})) from staged_lines where fate is null {which}"
    ).fetchone()[0]


def _told_apart_by(plan: Plan) -> list[str]:
    return [name for name in FIELDS["lines"] if plan.has("lines", name) and name not in _DESCRIPTIONS]


def _from_heads(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    refund = "refund_amount," if plan.has("orders", "refund_amount") else ""
    connection.execute(
        f"""create table orders as
        select order_id, order_date, {", ".join(map(_plain, _FIELDS))}, total_amount, {refund} {_PLACE}
        from staged_orders where fate is null"""
    )


def _columns(plan: Plan) -> tuple[list[str], list[str]]:
    """The columns of an order that lines give it, and those of them that are filled."""
    columns = [*_FIELDS, *(["refund_amount"] if plan.has("lines", "refund_amount") else []), *PLACE_FIELDS]
    return columns, [name for name in columns if plan.has("lines", name) or name == "final_status"]


def _plain(name: str) -> str:
    """SQL of an order's column; a text may be staged as one of few."""
    return name if name == "refund_amount" else f"cast({name} as VARCHAR) as {name}"


def _group_lines(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """One row per order: where its rows stand, whether they differ in what is the order's, whether any may be equal.

    Rows that fall into as many of 64 buckets as there are rows are all different. Nearly all orders are told to be
    simple by this, without a comparison of texts.
    """
    shared = ["order_date", "total_amount", *_columns(plan)[1]]
    own = [name for name in _told_apart_by(plan) if name not in (*shared, "order_id")] or ["null"]
    connection.execute(
        f"""create temp table order_groups as
        select order_id, min(place) as first_row, max(place) as last_row, count(*) as lines,
            min(head) <> max(head) as differs,
            bit_count(bit_or(1::UBIGINT << (line & 63))) as some_buckets,
            bit_count(bit_or(1::UBIGINT << ((line >> 8) & 63))) as other_buckets
        from (
            select order_id, rowid as place, hash({", ".join(shared)}) as head, hash({", ".join(own)}) as line
            from staged_lines where fate is null)
        group by order_id"""
    )


def _from_lines(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    columns, filled = _columns(plan)
    firsts = ", ".join(f"min({name}) as {name}" if name in filled else f"null::VARCHAR as {name}" for name in columns)
    connection.execute(
        f"""create temp table differing as
        select order_id, min(order_date) as order_date, max(order_date) as last_date, {firsts},
            max(customer_id) as last_customer, max(reasons) as other_reasons,
            min(total_amount) as total_amount, max(total_amount) as other_total
        from staged_lines where fate is null and order_id in (select order_id from order_groups where differs)
        group by order_id"""
    )
    _refuse_two_totals(connection, plan)
    _tell_conflicts(connection, plan)
    kept = ", ".join(_plain(name) for name in columns if name not in PLACE_FIELDS)
    select = f"select order_id, order_date, {kept}, total_amount, {_PLACE} from"
    connection.execute(
        f"""create table orders as
        {select} staged_lines where rowid in (select first_row from order_groups where not differs)
        union all {select} differing"""
    )
    _join_reasons(connection)


def _join_reasons(connection: duckdb.DuckDBPyConnection) -> None:
    """Orders whose lines give different reasons have them all."""
    several = "select order_id from differing where reasons <> other_reasons"
    if connection.execute(f"{several} limit 1").fetchone():
        connection.execute(
            f"""update orders set reasons = j.all_reasons from (
                select order_id as the_order, string_agg(distinct reasons, '|' order by reasons) as all_reasons
                from staged_lines where fate is null and order_id in ({several}) group by 1) j
            where j.the_order = orders.order_id"""
        )


def _refuse_two_totals(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    found = connection.execute(
        "select order_id, total_amount, other_total, count(*) over () from differing where total_amount <> other_total"
        " order by order_id limit 1"
    ).fetchone()
    if found:
        part = plan.of("lines")[0]
        raise Refused(
            f"{part.table.file}, column {part.label('total_amount')}: order {found[0]} has the totals "
            f"{found[1]:,.2f} and {found[2]:,.2f} ({found[3]:,} such orders); the total of an order must be the same "
            "in each of its rows, so correct it or leave the column out."
        )


def _tell_conflicts(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    dates, customers = connection.execute(
        "select count(*) filter (where order_date <> last_date), count(*) filter (where customer_id <> last_customer)"
        " from differing"
    ).fetchone()
    if dates:
        plan.decisions.append(f"{dates:,} orders have lines of several days; the first day was taken.")
    if customers:
        plan.decisions.append(f"{customers:,} orders have lines of several customers; the first by name was taken.")
