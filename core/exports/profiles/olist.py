"""Olist: a Brazilian marketplace's orders, items, customers, products and payments, as a folder of tables."""

from core.exports.plan import Part, Plan, RawTable
from core.exports.profiles import matching

NAME = "olist"
ORDERS = ("order_id", "customer_id", "order_status", "order_purchase_timestamp")
ITEMS = ("order_id", "order_item_id", "product_id", "price", "freight_value")
CUSTOMERS = ("customer_id", "customer_unique_id")
PAYMENTS = ("order_id", "payment_value")
PRODUCTS = ("product_id", "product_category_name")
WORDS = ("product_category_name", "product_category_name_english")
STATUS_WORDS = {
    "delivered": "sold",
    "shipped": "sold",
    "invoiced": "pending",
    "processing": "pending",
    "created": "pending",
    "approved": "pending",
    "canceled": "cancelled",
    "unavailable": "cancelled",
}


def recognise(tables: list[RawTable]) -> Plan | None:
    """The plan, where orders and items are there."""
    if missing(tables):
        return None
    found = {key: _find(tables, needed) for key, needed in _TABLES.items()}
    orders, items = found["orders"], found["items"]
    parts = [_orders(orders, found["customers"], found["payments"]), _items(items)]
    if found["customers"]:
        key = matching.column(found["customers"], "customer_unique_id")
        once = f"(select {key} as id, min(rowid) as rowid from {found['customers'].relation} t group by 1)"
        parts.append(
            Part(
                "customers",
                found["customers"],
                {"customer_id": "t.id"},
                {"customer_id": "customer_unique_id"},
                f"{once} t",
            )
        )
    if found["products"]:
        parts.append(_products(found["products"], found["words"]))
    used = [part.table for part in parts]
    lookups = [t for t in (found["payments"], found["words"]) if t]
    return Plan(
        NAME,
        parts,
        lookups=lookups,
        unused=[table for table in tables if table not in used + lookups],
        decisions=[
            "A customer is a customer_unique_id; a customer_id is made anew for each order.",
            "Revenue of an order is the sum of its payments (freight included), net amount of an item its price.",
        ],
        name="Olist",
        currency="BRL",
        status_words=STATUS_WORDS,
    )


_TABLES = {
    "orders": ORDERS,
    "items": ITEMS,
    "customers": CUSTOMERS,
    "payments": PAYMENTS,
    "products": PRODUCTS,
    "words": WORDS,
}


def missing(tables: list[RawTable]) -> str:
    """What the tables lack to be this export, in words."""
    return "; ".join(filter(None, (matching.missing(tables, needed) for needed in (ORDERS, ITEMS))))


def _find(tables: list[RawTable], needed: tuple) -> RawTable | None:
    return next(iter(matching.having(tables, needed)), None)


def _orders(table: RawTable, customers: RawTable | None, payments: RawTable | None) -> Part:
    fields, columns = matching.take(
        table,
        {
            "order_id": ("order_id",),
            "order_date": ("order_purchase_timestamp",),
            "customer_id": ("customer_id",),
            "status": ("order_status",),
        },
    )
    joins = [f"{table.relation} t"]
    if customers:
        joins.append(f"left join {customers.relation} c on c.customer_id = t.customer_id")
        fields["customer_id"] = "c.customer_unique_id"
        fields["country"] = "'Brazil'"
        if matching.name_of(customers, "customer_city") and matching.name_of(customers, "customer_state"):
            fields |= {"city": "c.customer_city", "state": "c.customer_state"}
    if payments:
        paid = "sum(try_cast(payment_value as DECIMAL(18,4))) as paid"
        paid = f"(select order_id, {paid} from {payments.relation} group by 1)"
        joins.append(f"left join {paid} p on p.order_id = t.order_id")
        fields["total_amount"] = "p.paid"
        columns["total_amount"] = "sum of payment_value"
    return Part("orders", table, fields, columns, " ".join(joins))


def _items(table: RawTable) -> Part:
    fields, columns = matching.take(
        table,
        {
            "order_id": ("order_id",),
            "line_number": ("order_item_id",),
            "product_id": ("product_id",),
            "net_amount": ("price",),
        },
    )
    fields["quantity"] = "'1'"
    return Part("lines", table, fields, columns)


def _products(table: RawTable, words: RawTable | None) -> Part:
    fields = {
        "product_id": "t.product_id",
        "product_name": "left(t.product_id, 8)",
        "category": "t.product_category_name",
    }
    source = ""
    if words:
        source = f"{table.relation} t left join {words.relation} w on w.product_category_name = t.product_category_name"
        fields["category"] = "coalesce(w.product_category_name_english, t.product_category_name)"
    fields["product_name"] = f"concat_ws(' ', {fields['category']}, left(t.product_id, 8))"
    return Part("products", table, fields, {"product_id": "product_id", "category": "product_category_name"}, source)
