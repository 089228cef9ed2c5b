"""The star's dimensions: places, customers, products, reasons; each written as it is made."""

from pathlib import Path

import duckdb

from core.exports import places, rows
from core.exports.plan import PLACE_FIELDS, Plan
from core.exports.quoting import literal
from core.star import TABLES, path_of

CUSTOMER_FIELDS = ("customer_name", "customer_type", "email", "phone")


def write_places(connection: duckdb.DuckDBPyConnection) -> dict:
    names = list(PLACE_FIELDS)
    found = connection.execute(
        f"select {', '.join(f'place.{name}' for name in names)}, count(*) from orders where "
        f"coalesce({', '.join(f'place.{name}' for name in names)}) is not null group by all order by all"
    ).fetchall()
    resolved, told = places.resolve([dict(zip(names, row, strict=False)) for row in found])
    texts = dict.fromkeys(names, "VARCHAR")
    keyed = [(*(place[name] for name in names), row["location_id"]) for place, row in resolved]
    rows.create(connection, "order_places", texts | {"location_id": "VARCHAR"}, keyed)
    unique = {row["location_id"]: row for _, row in resolved}
    rows.create(
        connection,
        "dim_location",
        TABLES["dim_location"].columns,
        [tuple(row[name] for name in TABLES["dim_location"].columns) for row in unique.values()],
    )
    return told


def write_customers(connection: duckdb.DuckDBPyConnection, plan: Plan, draft: Path) -> dict:
    """Write dim_customer; orders whose customer is in no customer table lose it. Returns the counts of both."""
    strangers: list[tuple] = []
    if plan.of("customers"):
        known = "select customer_id from staged_customers where fate is null"
        unknown = f"customer_id is not null and customer_id not in ({known})"
        strangers = connection.execute(
            f"select customer_id, count(*) from orders where {unknown} group by customer_id order by customer_id"
        ).fetchall()
        if strangers:
            connection.execute(f"update orders set customer_id = null where {unknown}")
        source = (
            "select customer_id, customer_name, customer_type, email, phone from staged_customers where fate is null"
        )
    else:
        source = (
            f"select customer_id, {', '.join(_largest(plan, name) for name in CUSTOMER_FIELDS)} from orders"
            " where customer_id is not null group by customer_id"
        )
    write(connection, draft, "dim_customer", f"{source} order by customer_id")
    unknown_orders = connection.execute("select count(*) from orders where customer_id is null").fetchone()[0]
    listed = [{"customer_id": customer, "orders": orders} for customer, orders in strangers]
    return {"orders_without_customer": unknown_orders, "in_no_customer_table": listed}


def _largest(plan: Plan, name: str) -> str:
    """SQL of the last by name of what a customer's orders say; nothing is compared where no file says it."""
    filled = plan.has("orders", name) or plan.has("lines", name)
    return f"max({name}) as {name}" if filled else f"cast(null as VARCHAR) as {name}"


def write_products(connection: duckdb.DuckDBPyConnection, plan: Plan, draft: Path) -> None:
    if plan.of("products"):
        select = """select product_id, coalesce(product_name, product_id) as product_name, subcategory, category
            from staged_products where fate is null"""
    elif plan.of("lines") and (plan.has("lines", "product_id") or plan.has("lines", "product_name")):
        key = product_key(plan)
        select = f"""select {key} as product_id, cast(coalesce(max(product_name), {key}) as VARCHAR) as product_name,
                cast(max(subcategory) as VARCHAR) as subcategory, cast(max(category) as VARCHAR) as category
            from staged_lines where fate is null and {key} is not null group by {key}"""
    else:
        return
    write(connection, draft, "dim_product", f"{select} order by product_id")


def write_reasons(connection: duckdb.DuckDBPyConnection, plan: Plan, draft: Path) -> None:
    if plan.of("reasons"):
        bridge = "select order_id, reason_id from staged_reasons where fate is null"
        names = """select reason_id, coalesce(max(reason_name), reason_id) as reason_name,
                max(reason_type) as reason_type
            from staged_reasons where fate is null group by reason_id"""
    elif plan.has("orders", "reasons") or plan.has("lines", "reasons"):
        bridge = """select distinct order_id, trim(reason) as reason_id from
            (select order_id, unnest(string_split(reasons, '|')) as reason from orders where reasons is not null)
            where trim(reason) <> ''"""
        links = literal(path_of(draft, "bridge_order_reason"))
        names = f"""select distinct reason_id, reason_id as reason_name, cast(null as VARCHAR) as reason_type
            from read_parquet({links})"""
    else:
        return
    write(connection, draft, "bridge_order_reason", f"{bridge} order by order_id, reason_id")
    write(connection, draft, "dim_reason", f"{names} order by reason_id")


def product_key(plan: Plan) -> str:
    if plan.has("lines", "product_id"):
        return "product_id"
    return "cast(product_name as VARCHAR)" if plan.has("lines", "product_name") else "cast(null as VARCHAR)"


def write(connection: duckdb.DuckDBPyConnection, draft: Path, table: str, select: str) -> int:
    file = path_of(draft, table)
    return connection.execute(f"copy ({select}) to {literal(file)} (format parquet, compression zstd)").fetchone()[0]
