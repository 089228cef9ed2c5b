"""Staged rows become the star's tables.

First what rows say of each other (an order that is not there, a line that stands twice), then one table an order, its
lines, customers, products, places and reasons.
"""

from pathlib import Path

import duckdb

from core.exports import dimensions, orders, progress, returns
from core.exports.plan import PLACE_FIELDS, Plan
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
        f"select rowid from {table} where fate is null"
        f" qualify row_number() over (partition by {key} order by source, coalesce(row, rowid)) > 1"
    )
    names = key.split(", ")
    twice = f"select 1 from {table} where fate is null and {names[-1]} is not null group by {key} having count(*) > 1"
    if connection.execute(f"{twice} limit 1").fetchone():
        connection.execute(
            f"update {table} set fate = {literal(f'aside: {reason}')} where {names[-1]} is not null"
            f" and rowid in ({doubles})"
        )


def build(connection: duckdb.DuckDBPyConnection, plan: Plan, draft: Path) -> dict:
    """Write the star's tables into `draft`; returns what the account says of statuses, places and customers.

    Raises Refused where nothing is left to load.
    """
    with progress.step(0, 4):
        if not plan.has("lines", "order_id") and not plan.of("orders"):
            orders.name_missing(connection, plan)
        statuses = returns.translate_statuses(connection, plan)
        told: dict = {"equal_rows": orders.make(connection, plan), "statuses": statuses}
    if not connection.execute("select count(*) from orders").fetchone()[0]:
        raise Refused(f"The export has no orders that can be loaded{_main_reason(connection, plan)}.")
    with progress.step(1, 4):
        _order_lines(connection, plan)
        returns.add_refunds(connection, plan)
        told["places"] = dimensions.write_places(connection)
        told["customers"] = dimensions.write_customers(connection, plan, draft)
    with progress.step(2, 4):
        dimensions.write(connection, draft, "fact_order", _FACT_ORDER)
        if told["places"]["places"]:
            dimensions.write(connection, draft, "dim_location", "select * from dim_location order by location_id")
    with progress.step(3, 4):
        dimensions.write(connection, draft, "fact_order_line", _fact_order_line(connection, plan))
        dimensions.write_products(connection, plan, draft)
        dimensions.write_reasons(connection, plan, draft)
    return told


def _main_reason(connection: duckdb.DuckDBPyConnection, plan: Plan) -> str:
    role = "orders" if plan.of("orders") else "lines"
    fates = connection.execute(
        f"select fate, count(*) from staged_{role} where fate is not null group by fate order by 2 desc, 1 limit 1"
    ).fetchone()
    if not fates:
        return "; see that the file is whole and try again"
    return f": {fates[1]:,} rows were set aside, reason: {fates[0].split(': ', 1)[1]}; correct the file and try again"


_FACT_ORDER = (
    """
    select o.order_id, o.order_date, o.customer_id, p.location_id, o.total_amount, o.channel,
        cast(o.final_status as VARCHAR) as status
    from orders o left join order_places p on """
    + " and ".join(f"p.{name} is not distinct from o.place.{name}" for name in PLACE_FIELDS)
    + " order by o.order_date, o.order_id"
)


def _fact_order_line(connection: duckdb.DuckDBPyConnection, plan: Plan) -> str:
    """SQL of the lines, numbered within their order as they stand in the file.

    Where a streamed file has each order's rows together, the first row of each tells the numbers, without sorting.
    """
    in_file_order = plan.of("lines") and all(part.table.streamed for part in plan.of("lines"))
    alone = not plan.of("orders") and not connection.execute("select 1 from added_lines limit 1").fetchone()
    if in_file_order and alone and orders.stand_together(connection):
        number = "s.rowid - g.first_row + 1"
        source = "staged_lines s join order_groups g using (order_id) where fate is null"
        product = f"{dimensions.product_key(plan)} as product_id"
    else:
        number = "row_number() over (partition by order_id order by place)"
        source, product = "(from order_lines union all from added_lines)", "product_id"
    return (
        f"select order_id, cast({number} as INTEGER) as line_number, {product}, quantity, net_amount, cost_amount"
        f" from {source}"
    )


def _order_lines(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """The view order_lines: what was bought, and one line for each order that is not itemised."""
    selects = []
    if plan.of("lines"):
        place = "(cast(source as BIGINT) << 40) + coalesce(row, rowid) as place"
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
