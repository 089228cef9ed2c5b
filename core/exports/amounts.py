"""Which of several amounts a line's is: what the figures of the first rows say, where names leave it open."""

from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal

import duckdb

from core.exports import numbers
from core.exports.plan import Part, Plan

SAMPLE = 2000  # rows
ENOUGH = 0.8  # of the rows that can tell
CLOSE = Decimal("0.02")
_FIELDS = ("net_amount", "unit_price", "quantity", "discount", "total_amount", "subtotal")
Row = dict[str, Decimal | str | None]


def settle(connection: duckdb.DuckDBPyConnection, plan: Plan, part: Part) -> None:
    """Take a discount off an amount that is written before it, and a price for a line's that is all units' price."""
    have = part.fields.keys()
    if {"net_amount", "unit_price", "quantity", "discount"} <= have:
        _take_discount_off(plan, part, _rows(connection, part))
    elif (
        "net_amount" not in have
        and {"unit_price", "quantity", "order_id"} <= have
        and have & {"total_amount", "subtotal"}
    ):
        _price_of_all_units(plan, part, _rows(connection, part))


def _rows(connection: duckdb.DuckDBPyConnection, part: Part) -> list[Row]:
    """The first rows, amounts as numbers."""
    names = [name for name in _FIELDS if name in part.fields]
    key = part.fields.get("order_id", "null")
    columns = ", ".join([f"trim({part.fields[name]})" for name in names] + [key])
    texts = connection.execute(f"select {columns} from {part.table.relation} t limit {SAMPLE}").fetchall()
    read: dict[str, Callable[[str], Decimal | None]] = {}
    for place, name in enumerate(names):
        style, _ = numbers.detect([row[place] for row in texts])
        read[name] = lambda text, style=style: numbers.parse(text, style) if text else None
    return [{name: read[name](row[place]) for place, name in enumerate(names)} | {"order": row[-1]} for row in texts]


def _take_discount_off(plan: Plan, part: Part, rows: list[Row]) -> None:
    telling = [
        row for row in rows if row["discount"] and None not in (row["net_amount"], row["unit_price"], row["quantity"])
    ]
    before = [row for row in telling if _near(row["quantity"] * row["unit_price"], row["net_amount"])]
    amounts = [row for row in telling if abs(row["discount"]) > 1]
    if len(before) < ENOUGH * len(telling) or not amounts or _repeats(rows):
        return
    part.derived["net_amount"] = "net_amount - abs(coalesce(discount, 0))"
    net, discount = part.label("net_amount"), part.label("discount")
    part.columns["net_amount"] = f"{net} − {discount}"
    plan.guesses.append((f"{part.table.file}: {net} is before {discount}, which is taken off", 0.9))


def _repeats(rows: list[Row]) -> bool:
    """Whether orders of several lines have the same discount in each, so that it is the order's."""
    orders = defaultdict(list)
    for row in rows:
        orders[row["order"]].append(row["discount"])
    several = [found for found in orders.values() if len(found) > 1 and any(found)]
    return bool(several) and all(len(set(found)) == 1 for found in several)


def _price_of_all_units(plan: Plan, part: Part, rows: list[Row]) -> None:
    sums: dict[str, list] = defaultdict(lambda: [Decimal(0), Decimal(0), None])
    total = "subtotal" if "subtotal" in part.fields else "total_amount"
    for row in rows:
        if row["unit_price"] is None or row["quantity"] is None:
            continue
        found = sums[row["order"]]
        found[0] += row["unit_price"]
        found[1] += row["unit_price"] * row["quantity"]
        found[2] = row[total] if row[total] is not None else found[2]
    telling = [(prices, products, whole) for prices, products, whole in sums.values() if whole and prices != products]
    fitting = [1 for prices, products, whole in telling if _near(prices, whole) and not _near(products, whole)]
    if telling and len(fitting) > ENOUGH * len(telling):
        price = part.label("unit_price")
        part.derived["net_amount"] = "unit_price"
        part.columns["net_amount"] = price
        plan.guesses.append((f"{part.table.file}: {price} is the price of all units of a line, as totals tell", 0.9))


def _near(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= CLOSE
