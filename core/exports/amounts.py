"""Which of several amounts a line's is: what the figures of the first rows say, where names leave it open."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal

import duckdb

from core.exports import numbers
from core.exports.columns import Column
from core.exports.plan import Part, Plan
from core.exports.quoting import identifier

SAMPLE = 2000  # rows
ENOUGH = 0.8  # of the rows that can tell
CLOSE = Decimal("0.02")
_FIELDS = (
    "net_amount",
    "unit_price",
    "quantity",
    "discount",
    "total_amount",
    "subtotal",
    "shipping_amount",
    "tax_amount",
)
Row = dict[str, Decimal | str | None]


def settle(connection: duckdb.DuckDBPyConnection, plan: Plan, part: Part, columns: Iterable[Column]) -> None:
    """Tell apart totals, amounts before a discount, prices of one and of all units, and rows of whole orders."""
    have = part.fields.keys()
    _order_total(connection, part, columns)
    if {"unit_price", "quantity", "order_id"} <= have:
        _total_for_net(plan, part, _rows(connection, part))
    if {"net_amount", "unit_price", "quantity", "discount"} <= have:
        _take_discount_off(plan, part, _rows(connection, part))
    prices = {"unit_price", "quantity", "order_id"} <= have and bool(have & {"total_amount", "subtotal"})
    if "net_amount" not in have and prices:
        _price_of_all_units(plan, part, _rows(connection, part))
    _head_rows(connection, plan, part)


def _order_total(connection: duckdb.DuckDBPyConnection, part: Part, columns: Iterable[Column]) -> None:
    """Where the likeliest total differs within orders it is a line's; the order's may be another column."""
    if not {"order_id", "total_amount"} <= part.fields.keys() or not _varies(
        connection, part, part.fields["total_amount"]
    ):
        return
    others = [column for column in columns if column.scores.get("total_amount", 0) > 0.3 and column.numeric > 0.6]
    for column in sorted(others, key=lambda column: -column.scores["total_amount"]):
        total = f"t.{identifier(column.name)}"
        if column.name in part.columns.values() or _varies(connection, part, total):
            continue
        if "net_amount" not in part.fields:
            part.fields["net_amount"] = part.fields["total_amount"]
            part.columns["net_amount"] = part.columns["total_amount"]
        part.fields["total_amount"], part.columns["total_amount"] = total, column.name
        return


def _varies(connection: duckdb.DuckDBPyConnection, part: Part, amount: str) -> bool:
    order = part.fields["order_id"]
    few = f"(select {amount} as v, {order} as o from {part.table.relation} t limit 200000)"
    several = (
        f"select 1 from {few} where trim(o) <> '' group by o having count(distinct nullif(trim(v), '')) > 1 limit 1"
    )
    return bool(connection.execute(several).fetchone())


def _total_for_net(plan: Plan, part: Part, rows: list[Row]) -> None:
    """An amount that is price, quantity and shipping or tax together, or stands in an order's first row only."""
    if "net_amount" not in part.fields or "total_amount" in part.fields:
        return
    telling = [row for row in rows if None not in (row["net_amount"], row["unit_price"], row["quantity"])]
    dearer = 0
    for row in telling:
        beside = [row[name] for name in ("shipping_amount", "tax_amount") if row.get(name)]
        bare = row["unit_price"] * row["quantity"]
        dearer += bool(beside) and not _near(bare, row["net_amount"]) and _near(bare + sum(beside), row["net_amount"])
    other = sum(1 for row in telling if not _near(row["unit_price"] * row["quantity"], row["net_amount"]))
    if dearer and dearer >= 0.6 * other:
        part.fields["total_amount"] = part.fields.pop("net_amount")
        part.columns["total_amount"] = name = part.columns.pop("net_amount")
        plan.guesses.append((f"{part.table.file}: {name} holds what stands beside the price, so it is a total", 0.8))


def _head_rows(connection: duckdb.DuckDBPyConnection, plan: Plan, part: Part) -> None:
    """Orders of several items that have a row of their own above these: its amount is the total, not a line's."""
    item = next((name for name in ("product_name", "product_id") if name in part.fields), None)
    if item is None or "order_id" not in part.fields or "total_amount" not in part.fields or part.table.streamed:
        return
    order, total, name = (f"nullif(trim({part.fields[field]}), '')" for field in ("order_id", "total_amount", item))
    heads = connection.execute(
        f"""select count(*) filter (heads = 1 and items > 0 and totals = heads) from (
            select count(*) filter ({name} is null and {total} is not null) as heads,
                count(*) filter ({name} is not null) as items, count({total}) as totals
            from {part.table.relation} t where {order} is not null group by {order})"""
    ).fetchone()[0]
    if not heads:
        return
    part.heads = (
        f"({item} is null and total_amount is not null and max({item}) over (partition by order_id) is not null)"
    )
    plan.decisions.append(
        f"{part.table.file}: {heads:,} orders have a row of their own above their items; it tells the total "
        "and is no sale."
    )


def turn_heads(part: Part) -> None:
    """Let the rows of whole orders be worth nothing as lines; once all amounts are derived."""
    for name, worth in (("net_amount", "0"), ("quantity", "null"), ("cost_amount", "null")):
        if part.heads and part.fills(name):
            part.derived[name] = f"case when {part.heads} then {worth} else {part.derived.get(name, name)} end"


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
