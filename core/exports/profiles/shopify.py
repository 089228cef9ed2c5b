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
    return matching.plan(
        NAME,
        tables,
        NEEDED,
        _part,
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
            "unit_price": ("Lineitem price",),
            "discount": ("Lineitem discount",),
            "subtotal": ("Subtotal",),
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
    every = [
        name
        for name in ("order_date", "currency", "channel", "country", "state", "city", "customer_name")
        if name in fields
    ]
    derived = {"net_amount": _net_amount(fields)}
    part = Part("lines", table, fields, columns, derived=derived, fill_down=[*every, "status", "customer_id"])
    part.hashed = email
    part.private = [name for name in table.columns if _is_private(name)]
    return part


def _net_amount(fields: dict[str, str]) -> str:
    """SQL of a line's net amount: its part of the subtotal, so that an order's lines add up to it to the last digit."""
    off = " - coalesce(discount, 0)" if "discount" in fields else ""
    gross = f"cast(quantity * unit_price{off} as {_MONEY})"
    if "subtotal" not in fields:
        return gross
    every = f"sum({gross}) over (partition by order_id)"
    so_far = f"sum({gross}) over (partition by order_id order by row rows unbounded preceding)"
    subtotal = "max(subtotal) over (partition by order_id)"
    rate = f"cast({subtotal} as double) / cast({every} as double)"
    share = f"cast(round({so_far} * {rate}, 4) as {_MONEY}) - cast(round(({so_far} - {gross}) * {rate}, 4) as {_MONEY})"
    return f"case when {every} > 0 and {subtotal} < {every} then {share} else {gross} end"


def _is_private(name: str) -> bool:
    lower = name.casefold()
    kinds = ("email", "phone", "address", "street", "zip", "payment", "card", "note", "receipt")
    return any(kind in lower for kind in kinds) and not lower.startswith("lineitem")
