"""WooCommerce: the common order export (a row a line item), the plugins' and the Analytics report (a row an order)."""

from core.exports.plan import Part, Plan, RawTable
from core.exports.profiles import matching

NAME = "woocommerce"
ITEMS = (
    ("Order Number", "Order ID", "order_id"),
    "Order Status",
    "Order Date",
    "Item Name",
    "Item Cost",
    "Order Total Amount",
)
REPORT = ("Date", ("Order #", "Order number"), "Status", "Customer", "Product(s)", ("Items Sold", "Items sold"))
ORDERS = (
    ("order_number", "order_id"),
    ("order_date", "date"),
    "status",
    "order_total",
    ("billing_email", "customer_email"),
    ("order_currency", "payment_method"),
)
_ITEM_FIELDS = {
    "order_id": ("Order Number", "Order ID", "order_id"),
    "order_date": ("Order Date",),
    "status": ("Order Status",),
    "customer_id": ("Customer User ID", "Customer ID", "User ID"),
    "total_amount": ("Order Total Amount",),
    "refund_amount": ("Order Refund Amount",),
    "currency": ("Order Currency", "Currency"),
    "product_id": ("SKU", "Product ID", "Item #"),
    "product_name": ("Item Name",),
    "category": ("Category", "Product Category"),
    "line_number": ("Item #", "Line ID"),
    "quantity": ("Quantity", "Qty"),
    "unit_price": ("Item Cost",),
    "country": (
        "Country Name (Shipping)",
        "Country Code (Shipping)",
        "Country Name (Billing)",
        "Country Code (Billing)",
    ),
    "state": ("State Code (Shipping)", "State Code (Billing)"),
    "city": ("City (Shipping)", "City (Billing)"),
}
STATUS_WORDS = {
    "completed": "sold",
    "processing": "sold",  # paid, being packed
    "refunded": "returned",
    "on-hold": "pending",
    "pending": "pending",
    "cancelled": "cancelled",
    "failed": "cancelled",
}


def recognise(tables: list[RawTable]) -> Plan | None:
    """The plan, where files of one of the kinds are there."""
    kinds = ((ITEMS, _items), (REPORT, _report), (ORDERS, _orders))
    found, part_of = next(
        ((found, part_of) for needed, part_of in kinds if (found := matching.having(tables, needed))), ([], _items)
    )
    if not found:
        return None
    words = STATUS_WORDS | {f"wc-{word}": status for word, status in STATUS_WORDS.items()}
    words |= {word.capitalize(): status for word, status in words.items()}
    return Plan(
        NAME,
        [part_of(table) for table in found],
        unused=[table for table in tables if table not in found],
        decisions=["Orders in the status processing are paid, so they are sold."],
        status_words=words,
    )


def missing(tables: list[RawTable]) -> str:
    """What the tables lack to be this export, in words."""
    return matching.missing(tables, ITEMS)


def _items(table: RawTable) -> Part:
    fields, columns = matching.take(table, _ITEM_FIELDS)
    if columns.get("line_number") == columns.get("product_id"):
        fields.pop("line_number", None)
        columns.pop("line_number", None)
    names = [matching.column(table, f"{part} Name (Billing)") for part in ("First", "Last")]
    if all(names):
        fields["customer_name"] = f"nullif(trim(concat_ws(' ', {', '.join(filter(None, names))})), '')"
        columns["customer_name"] = "First Name (Billing), Last Name (Billing)"
    email = matching.column(table, "Email (Billing)", "Customer Email", "Billing Email")
    line_total = matching.column(table, "Order Line Total", "Item Total", "Order Line (w/o tax)")
    derived = {}
    if line_total:
        fields["net_amount"] = line_total
        columns["net_amount"] = matching.name_of(table, "Order Line Total", "Item Total", "Order Line (w/o tax)") or ""
        fields.pop("unit_price")
    else:
        derived["net_amount"] = "quantity * unit_price"
        columns["net_amount"] = f"{columns.get('quantity')} × {columns.get('unit_price')}"
    part = Part("lines", table, fields, columns, derived=derived)
    if email:  # guests have no user number, and 0 stands for all of them
        part.hashed = part.fields["customer_id"] = email
        part.columns["customer_id"] = (
            matching.name_of(table, "Email (Billing)", "Customer Email", "Billing Email") or ""
        )
    part.private = [
        name for name in table.columns if any(k in name.casefold() for k in ("email", "phone", "address", "postcode"))
    ]
    return part


def _orders(table: RawTable) -> Part:
    fields, columns = matching.take(
        table,
        {
            "order_id": ("order_number", "order_id"),
            "order_date": ("order_date", "date"),
            "status": ("status",),
            "total_amount": ("order_total",),
            "refund_amount": ("refunded_total", "refund_total", "total_refunded"),
            "tax_amount": ("tax_total", "order_tax"),
            "shipping_amount": ("shipping_total", "order_shipping"),
            "currency": ("order_currency", "currency"),
            "country": ("shipping_country", "billing_country"),
            "state": ("shipping_state", "billing_state"),
            "city": ("shipping_city", "billing_city"),
            "customer_id": ("billing_email", "customer_email"),
        },
    )
    names = [matching.column(table, f"billing_{part}_name") for part in ("first", "last")]
    if all(names):
        fields["customer_name"] = f"nullif(trim(concat_ws(' ', {', '.join(filter(None, names))})), '')"
        columns["customer_name"] = "billing_first_name, billing_last_name"
    taken_off = [name for name in ("tax_amount", "shipping_amount") if name in fields]
    net = " - ".join(["total_amount", *(f"coalesce({name}, 0)" for name in taken_off)])
    columns["net_amount"] = " − ".join([columns["total_amount"], *(columns[name] for name in taken_off)])
    part = Part("orders", table, fields, columns, derived={"net_amount": net})
    part.hashed = fields["customer_id"]  # guests have the number 0, all of them
    return part


def _report(table: RawTable) -> Part:
    fields, columns = matching.take(
        table,
        {
            "order_id": ("Order #", "Order number"),
            "order_date": ("Date",),
            "status": ("Status",),
            "customer_id": ("Customer",),
            "customer_name": ("Customer",),
            "net_amount": ("N. Revenue", "Net Revenue", "N. revenue", "Net Sales", "N. Sales"),
            "channel": ("Attribution", "Origin"),
        },
    )
    return Part("orders", table, fields, columns, confidence={"customer_id": 0.7})
