"""Statuses and what was given back: an order's words, refunds as orders of their own, returns with positive amounts.

All of it works on staged rows before orders are made of them, so that the account stays closed over the file's rows.
"""

import duckdb

from core.exports import rows, statuses
from core.exports.plan import Plan

REFUND = " (refund)"


def translate_statuses(connection: duckdb.DuckDBPyConnection, plan: Plan) -> list[dict]:
    """Give every staged row of orders its status; returns the export's words with theirs, for the account.

    Lines of one order that differ in status become an order a status, so that a cancelled line does not count.
    """
    role = "orders" if plan.of("orders") else "lines"
    table = f"staged_{role}"
    counted_by = "count(distinct order_id)" if plan.has(role, "order_id") else "count(*)"
    amount = "total_amount" if role == "orders" and plan.has(role, "total_amount") else "net_amount"
    counted = connection.execute(
        f"select status, {counted_by}, sum({amount}) from {table} where fate is null and status is not null"
        " group by status order by 1"
    ).fetchall()
    known = statuses.translate([row[0] for row in counted], plan.status_words)
    meanings = {status for status, _ in known.values()}
    connection.execute(
        f"alter table {table} add column final_status ENUM ('cancelled', 'pending', 'returned', 'sold') default 'sold'"
    )
    if meanings - {"sold"}:
        kinds = {"word": "VARCHAR", "meaning": "VARCHAR"}
        rows.create(connection, "status_words", kinds, [(word, status) for word, (status, _) in known.items()])
        connection.execute(
            f"update {table} set final_status = w.meaning from status_words w"
            f" where w.word = {table}.status and w.meaning <> 'sold'"
        )
        if role == "lines" and plan.has(role, "order_id"):
            _part_orders(connection, plan)
    return [
        {
            "word": word,
            "status": known[word][0],
            "known": known[word][1],
            "orders": orders,
            "amount": None if amount is None else f"{amount:.4f}",
        }
        for word, orders, amount in counted
    ]


def _part_orders(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    mixed = (
        "select order_id from staged_lines where fate is null group by order_id having count(distinct final_status) > 1"
    )
    count = connection.execute(f"select count(*) from ({mixed})").fetchone()[0]
    if count:
        connection.execute(
            f"update staged_lines set order_id = order_id || ' (' || final_status || ')'"
            f" where fate is null and final_status <> 'sold' and order_id in ({mixed})"
        )
        plan.decisions.append(f"{count:,} orders have lines of several statuses; each status is an order of its own.")


def add_refunds(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Add to `orders` and `added_lines` what was given back, once `orders` is there.

    A refund column becomes an order with one negative line. Where an order is marked returned and its amounts are
    positive, an order of the same lines with the sign turned stands against it.
    """
    connection.execute(
        "create table added_lines (order_id VARCHAR, place BIGINT, product_id VARCHAR, quantity DOUBLE,"
        " net_amount DECIMAL(18,4), cost_amount DECIMAL(18,4))"
    )
    if "refund_amount" in [row[0] for row in connection.execute("describe orders").fetchall()]:
        _refund_column(connection, plan)
    else:
        _positive_returns(connection, plan)


def _refund_column(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    connection.execute("update orders set final_status = 'sold' where final_status = 'returned'")
    refunded = "coalesce(refund_amount, 0) <> 0 and final_status = 'sold'"
    count, amount = connection.execute(
        f"select count(*), sum(abs(refund_amount)) from orders where {refunded}"
    ).fetchone()
    if not count:
        return
    connection.execute(
        f"insert into added_lines select order_id || '{REFUND}', 0, null, null, -abs(refund_amount), null"
        f" from orders where {refunded}"
    )
    charged = "-abs(refund_amount)" if plan.has("orders" if plan.of("orders") else "lines", "total_amount") else "null"
    replaced = (
        f"order_id || '{REFUND}' as order_id, {charged} as total_amount, 'returned' as final_status,"
        " null as refund_amount"
    )
    connection.execute(f"insert into orders select * replace ({replaced}) from orders where {refunded}")
    plan.decisions.append(
        f"{count:,} orders have a refund, {amount:,.2f} in all: each is an order of its own with one negative line, on "
        "the day of the order."
    )


def _positive_returns(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    if not connection.execute("select 1 from orders where final_status = 'returned' limit 1").fetchone():
        return
    nets = "(select order_id, sum(net_amount) as net from order_lines group by order_id)"
    connection.execute(
        f"create table turned as select o.* from orders o join {nets} n using (order_id)"
        " where o.final_status = 'returned' and coalesce(o.total_amount, n.net) > 0"
    )
    count = connection.execute("select count(*) from turned").fetchone()[0]
    if not count:
        return
    connection.execute(
        f"""insert into added_lines
        select order_id || '{REFUND}', place, product_id, -quantity, -net_amount, -cost_amount
        from order_lines where order_id in (select order_id from turned)"""
    )
    connection.execute("update orders set final_status = 'sold' where order_id in (select order_id from turned)")
    connection.execute(
        f"insert into orders select * replace (order_id || '{REFUND}' as order_id, -total_amount as total_amount,"
        " 'returned' as final_status) from turned"
    )
    plan.decisions.append(
        f"{count:,} orders are marked returned and have positive amounts: each is a sale, and an order of the same "
        "lines with the sign turned stands against it, on the same day."
    )
