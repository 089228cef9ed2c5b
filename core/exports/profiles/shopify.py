"""Shopify's order export: a row a line item, the order's own columns in its first row only."""

from core.exports.plan import Part, Plan, RawTable
from core.exports.profiles import matching

NAME = "shopify"
NEEDED = (
    "Name",
    "Email",
    "Financial Status",
    "Created at",
    "Lineitem quantity",
    "Lineitem name",
    "Lineitem price",
    "Total",
)
STATUS_WORDS = {
    "paid": "sold",
    "partially_paid": "sold",
    "partially_refunded": "sold",  # what was given back is in the refund column
    "refunded": "sold",
    "pending": "pending",
    "authorized": "pending",
    "expired": "cancelled",
    "voided": "cancelled",
    "cancelled": "cancelled",
}
_MONEY = "DECIMAL(18,4)"


def recognise(tables: list[RawTable]) -> Plan | None:
    """The plan, where files of order lines are there."""
    found = matching.having(tables, NEEDED)
    if not found:
        return None
    return Plan(
        NAME,
        [_part(table) for table in found],
        unused=[table for table in tables if table not in found],
        decisions=[
            "Columns of the order stand in its first row; its other rows are its further line items.",
            "A line's net amount is quantity × price less its discount; what is then above the order's subtotal "
            "(discount codes) is taken off all its lines in proportion.",
            "Orders with a date in Cancelled at are cancelled.",
        ],
        status_words=STATUS_WORDS,
    )


def missing(tables: list[RawTable]) -> str:
    """What the tables lack to be this export, in words."""
    return matching.missing(tables, NEEDED)


def _part(table: RawTable) -> Part:
    fields, columns = matching.take(
        table,
        {
            "order_id": ("Name",),
            "order_date": ("Created at",),
            "total_amount": ("Total",),
            "refund_amount": ("Refunded Amount",),
            "currency": ("Currency",),
            "channel": ("Source",),
            "quantity": ("Lineitem quantity",),
            "product_name": ("Lineitem name",),
            "country": ("Shipping Country", "Billing Country"),
            "state": ("Shipping Province Name", "Shipping Province", "Billing Province"),
            "city": ("Shipping City", "Billing City"),
            "customer_name": ("Billing Name", "Shipping Name"),
        },
    )
    email = matching.column(table, "Email") or ""
    sku = matching.column(table, "Lineitem sku")
    name = fields["product_name"]
    fields["product_id"] = f"coalesce(nullif(trim({sku}), ''), {name})" if sku else name
    cancelled = matching.column(table, "Cancelled at")
    financial = matching.column(table, "Financial Status")
    fields["status"] = (
        f"case when trim({cancelled}) <> '' then 'cancelled' else {financial} end" if cancelled else f"{financial}"
    )
    fields["customer_id"] = email
    columns |= {
        "customer_id": "Email",
        "status": "Financial Status",
        "net_amount": "Lineitem price × quantity, discounted",
    }
    fields["net_amount"], source = _net_amount(table)
    every = [
        name
        for name in ("order_date", "currency", "channel", "country", "state", "city", "customer_name")
        if name in fields
    ]
    part = Part("lines", table, fields, columns, source, fill_down=[*every, "status", "customer_id"])
    part.hashed = email
    part.private = [name for name in table.columns if _is_private(name)]
    return part


def _net_amount(table: RawTable) -> tuple[str, str]:
    """SQL of a line's net amount, and the source that knows each order's gross and subtotal."""
    name, quantity, price = (matching.column(table, n) for n in ("Name", "Lineitem quantity", "Lineitem price"))
    discount, subtotal = matching.column(table, "Lineitem discount"), matching.column(table, "Subtotal")
    off = f" - coalesce(try_cast({discount} as {_MONEY}), 0)" if discount else ""
    gross = f"(try_cast({quantity} as {_MONEY}) * try_cast({price} as {_MONEY}){off})"
    if not subtotal:
        return gross, ""
    sums = (
        f"(select {name} as the_order, sum({gross}) as gross, max(try_cast({subtotal} as {_MONEY})) as subtotal"
        f" from {table.relation} t group by 1)"
    )
    rate = "cast(o.subtotal as double) / cast(o.gross as double)"
    share = f"case when o.gross > 0 and o.subtotal < o.gross then {rate} else 1 end"
    exact = f"cast(round({gross} * {share}, 6) as DECIMAL(28,6))"
    return exact, f"{table.relation} t left join {sums} o on o.the_order = {name}"


def _is_private(name: str) -> bool:
    lower = name.casefold()
    kinds = ("email", "phone", "address", "street", "zip", "payment", "card", "note", "receipt")
    return any(kind in lower for kind in kinds) and not lower.startswith("lineitem")
