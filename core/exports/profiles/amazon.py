"""Amazon's order reports for sellers: a row an item, its price being that of all units, tax and shipping beside it."""

from core.exports.plan import Part, Plan, RawTable
from core.exports.profiles import matching

NAME = "amazon"
NEEDED = (
    ("order-id", "amazon-order-id"),
    "purchase-date",
    ("buyer-email", "buyer-name"),
    "sku",
    "item-price",
    ("quantity-purchased", "quantity"),
)
STATUS_WORDS = {"Unshipped": "sold", "Shipping": "sold"}


def recognise(tables: list[RawTable]) -> Plan | None:
    """The plan, where reports with buyers are there."""
    return matching.plan(
        NAME,
        tables,
        NEEDED,
        _part,
        decisions=[
            "The item price is that of all units of a line; what a promotion takes off is taken off. Item tax and "
            "shipping stand beside it and are no part of the revenue."
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
            "order_id": ("order-id", "amazon-order-id"),
            "line_number": ("order-item-id",),
            "order_date": ("purchase-date",),
            "customer_id": ("buyer-email", "buyer-name"),
            "customer_name": ("buyer-name",),
            "product_id": ("sku",),
            "product_name": ("product-name",),
            "quantity": ("quantity-purchased", "quantity"),
            "net_amount": ("item-price",),
            "discount": ("item-promotion-discount",),
            "currency": ("currency",),
            "channel": ("sales-channel",),
            "status": ("order-status", "item-status"),
            "country": ("ship-country",),
            "state": ("ship-state",),
            "city": ("ship-city",),
        },
    )
    derived = {}
    if "discount" in fields:
        derived["net_amount"] = "net_amount - abs(coalesce(discount, 0))"
        columns["net_amount"] = f"{columns['net_amount']} − {columns['discount']}"
    part = Part("lines", table, fields, columns, derived=derived)
    if matching.column(table, "buyer-email"):
        part.hashed = fields["customer_id"]
    return part
