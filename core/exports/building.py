"""Staged rows become the star's tables.

First what rows say of each other (an order that is not there, a line that stands twice), then one table an order, its
lines, customers, products, places and reasons.
"""

from pathlib import Path

import duckdb

from core.exports import dimensions, returns
from core.exports.plan import FIELDS, PLACE_FIELDS, Plan
from core.exports.quoting import literal
from core.star import Refused


def relate(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Set aside rows that contradict others; the first of equals stays."""
    for role, key in (("orders", "order_id"), ("customers", "customer_id"), ("products", "product_id")):
        if plan.of(role):
            _set_aside_doubles(connection, f"staged_{role}", key, f"{key} stands there twice")
    if plan.of("lines") and plan.has("lines", "line_number"):
        _set_aside_doubles(connection, "staged_lines", "order_id, line_number", "the order's line stands there twice")
    if plan.of("lines") and plan.of("orders"):
        connection.execute(
            "update staged_lines set fate = o.fate from staged_orders o where o.order_id = staged_lines.order_id"
            " and staged_lines.fate is null and o.fate like 'rule:%'"
        )
        orphans = "order_id not in (select order_id from staged_orders where fate is null)"
        reason = "no such order, or its order was set aside"
        connection.execute(f"update staged_lines set fate = 'aside: {reason}' where fate is null and {orphans}")
    if plan.of("products") and plan.has("lines", "product_id"):
        strange = "product_id not in (select product_id from staged_products where fate is null)"
        connection.execute(f"update staged_lines set fate = 'aside: no such product' where fate is null and {strange}")
    if plan.of("reasons"):
        orders = "staged_orders" if plan.of("orders") else "staged_lines"
        orphans = f"order_id not in (select order_id from {orders} where fate is null and order_id is not null)"
        connection.execute(f"update staged_reasons set fate = 'aside: no such order' where fate is null and {orphans}")
        _set_aside_doubles(connection, "staged_reasons", "order_id, reason_id", "the order's reason stands there twice")


def _set_aside_doubles(connection: duckdb.DuckDBPyConnection, table: str, key: str, reason: str) -> None:
    doubles = (
        f"select source, row from {table} where fate is null"
        f" qualify row_number() over (partition by {key} order by source, row) > 1"
    )
    names = key.split(", ")
    twice = f"select 1 from {table} where fate is null and {names[-1]} is not null group by {key} having count(*) > 1"
    if connection.execute(f"{twice} limit 1").fetchone():
        connection.execute(
            f"update {table} set fate = {literal(f'aside: {reason}')} where {names[-1]} is not null"
            f" and (source, row) in ({doubles})"
        )


def build(connection: duckdb.DuckDBPyConnection, plan: Plan, draft: Path) -> dict:
    """Write the star's tables into `draft`; returns what the account says of statuses, places and customers.

    Raises Refused where nothing is left to load.
    """
    told: dict = {"equal_rows": _equal_rows(connection, plan)}
    if not plan.has("lines", "order_id") and not plan.of("orders"):
        _name_orders(connection, plan)
    told["statuses"] = returns.translate_statuses(connection, plan)
    if plan.of("orders"):
        _orders_from_heads(connection, plan)
    else:
        _orders_from_lines(connection, plan)
    if not connection.execute("select count(*) from orders").fetchone()[0]:
        raise Refused(f"The export has no orders that can be loaded{_main_reason(connection, plan)}.")
    _order_lines(connection, plan)
    returns.add_refunds(connection, plan)
    told["places"] = dimensions.write_places(connection)
    told["customers"] = dimensions.write_customers(connection, plan, draft)
    dimensions.write(connection, draft, "fact_order", _FACT_ORDER)
    if told["places"]["places"]:
        dimensions.write(connection, draft, "dim_location", "select * from dim_location order by location_id")
    dimensions.write(connection, draft, "fact_order_line", _FACT_ORDER_LINE)
    dimensions.write_products(connection, plan, draft)
    dimensions.write_reasons(connection, plan, draft)
    return told


def _equal_rows(connection: duckdb.DuckDBPyConnection, plan: Plan) -> int:
    """How many rows equal one before them, where no line number tells them apart; they are loaded as purchases."""
    if not plan.of("lines") or plan.has("lines", "line_number"):
        return 0
    fields = ", ".join(f for f in FIELDS["lines"] if plan.has("lines", f) and f not in _DESCRIPTIONS)
    return connection.execute(
        f"select count(*) - count(distinct hash({fields})) from staged_lines where fate is null"
    ).fetchone()[0]


def _main_reason(connection: duckdb.DuckDBPyConnection, plan: Plan) -> str:
    role = "orders" if plan.of("orders") else "lines"
    fates = connection.execute(
        f"select fate, count(*) from staged_{role} where fate is not null group by fate order by 2 desc, 1 limit 1"
    ).fetchone()
    if not fates:
        return "; see that the file is whole and try again"
    return f": {fates[1]:,} rows were set aside, reason: {fates[0].split(': ', 1)[1]}; correct the file and try again"


# What follows from a row's keys, or is compared by them.
_DESCRIPTIONS = ("customer_name", "customer_type", "email", "phone", "subcategory", "category", *PLACE_FIELDS)
_ORDER_FIELDS = ("customer_id", *dimensions.CUSTOMER_FIELDS, "channel", "reasons", "final_status")
_FACT_ORDER = (
    """
    select o.order_id, o.order_date, o.customer_id, p.location_id, o.total_amount, o.channel, o.final_status as status
    from orders o left join order_places p on """
    + " and ".join(f"p.{name} is not distinct from o.place.{name}" for name in PLACE_FIELDS)
    + " order by o.order_date, o.order_id"
)
_FACT_ORDER_LINE = """
    select order_id, cast(row_number() over (partition by order_id order by place) as INTEGER) as line_number,
        product_id, quantity, net_amount, cost_amount
    from (from order_lines union all from added_lines)"""


def _orders_from_heads(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    refund = "refund_amount," if plan.has("orders", "refund_amount") else ""
    connection.execute(
        f"""create table orders as
        select order_id, order_date, {", ".join(_ORDER_FIELDS)}, total_amount, {refund} {_place()} as place
        from staged_orders where fate is null"""
    )


def _order_lines(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """The view order_lines: what was bought, and one line for each order that is not itemised."""
    selects = []
    if plan.of("lines"):
        place = "(cast(source as BIGINT) << 40) + row as place"
        selects.append(
            f"select order_id, {place}, {dimensions.product_key(plan)} as product_id, quantity, net_amount, cost_amount"
            " from staged_lines where fate is null"
        )
    if plan.of("orders"):
        itemised = "select order_id from staged_lines where fate is null"
        bare = f"and order_id not in ({itemised})" if plan.of("lines") else ""
        selects.append(
            f"""select order_id, 0::BIGINT as place, null::VARCHAR as product_id, null::DOUBLE as quantity,
                coalesce(net_amount, total_amount, 0) as net_amount, null::DECIMAL(18,4) as cost_amount
            from staged_orders where fate is null {bare}"""
        )
    connection.execute(f"create view order_lines as {' union all '.join(selects)}")


def _place() -> str:
    return "struct_pack(" + ", ".join(f"{name} := {name}" for name in PLACE_FIELDS) + ")"


def _name_orders(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Orders get ids by customer and day, or by day and place in it: alike in every export that holds the day."""
    connection.execute(
        """create temp table day_places as select source, row,
            row_number() over (partition by order_date order by source, row) as place
        from staged_lines where fate is null and customer_id is null"""
    )
    connection.execute(
        "update staged_lines set order_id = concat(customer_id, ' ', order_date)"
        " where fate is null and customer_id is not null"
    )
    connection.execute(
        """update staged_lines set order_id = concat(order_date, ' row ', d.place) from day_places d
        where d.source = staged_lines.source and d.row = staged_lines.row"""
    )
    plan.decisions.append("There is no order id: what one customer bought on one day is one order.")


def _orders_from_lines(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    columns = list(_ORDER_FIELDS)
    columns += ["refund_amount"] if plan.has("lines", "refund_amount") else []
    filled = [name for name in (*columns, *PLACE_FIELDS) if plan.has("lines", name) or name == "final_status"]
    firsts = ", ".join(
        f"min({name}) as {name}" if name in filled else f"null::VARCHAR as {name}" for name in (*columns, *PLACE_FIELDS)
    )
    connection.execute(
        f"""create table orders as
        select order_id, order_date, {", ".join(columns)}, total_amount, {_place()} as place,
            other_total, last_date, last_customer, other_reasons
        from (
            select order_id, min(order_date) as order_date, max(order_date) as last_date, {firsts},
                max(customer_id) as last_customer, max(reasons) as other_reasons,
                min(total_amount) as total_amount, max(total_amount) as other_total
            from staged_lines where fate is null group by order_id)"""
    )
    _refuse_two_totals(connection, plan)
    _tell_conflicts(connection, plan)
    _join_reasons(connection)
    for column in ("other_total", "last_date", "last_customer", "other_reasons"):
        connection.execute(f"alter table orders drop {column}")


def _join_reasons(connection: duckdb.DuckDBPyConnection) -> None:
    """Orders whose lines give different reasons have them all."""
    several = "select order_id from orders where reasons <> other_reasons"
    if connection.execute(f"{several} limit 1").fetchone():
        connection.execute(
            f"""update orders set reasons = j.all_reasons from (
                select order_id as the_order, string_agg(distinct reasons, '|' order by reasons) as all_reasons
                from staged_lines where fate is null and order_id in ({several}) group by 1) j
            where j.the_order = orders.order_id"""
        )


def _refuse_two_totals(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    found = connection.execute(
        "select order_id, total_amount, other_total, count(*) over () from orders where total_amount <> other_total"
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
        " from orders"
    ).fetchone()
    if dates:
        plan.decisions.append(f"{dates:,} orders have lines of several days; the first day was taken.")
    if customers:
        plan.decisions.append(f"{customers:,} orders have lines of several customers; the first by name was taken.")
