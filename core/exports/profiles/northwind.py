"""Northwind: orders, order details, customers, products and categories of a food trader, as a folder or workbook."""

from core.exports.plan import Part, Plan, RawTable
from core.exports.profiles import matching

NAME = "northwind"
ORDERS = ("OrderID", "CustomerID", "OrderDate", "Freight")
DETAILS = ("OrderID", "ProductID", "UnitPrice", "Quantity", "Discount")


def recognise(tables: list[RawTable]) -> Plan | None:
    """The plan, where orders and order details are there as two tables."""
    if missing(tables):
        return None
    orders, details = matching.having(tables, ORDERS)[0], matching.having(tables, DETAILS)[0]
    customers = _first(tables, ("CustomerID", ("CompanyName", "ContactName")))
    products = _first(tables, ("ProductID", "ProductName", "CategoryID"))
    categories = _first(tables, ("CategoryID", "CategoryName"))
    parts = [_orders(orders), _details(details)]
    lookups = []
    if customers:
        fields, columns = matching.take(
            customers, {"customer_id": ("CustomerID",), "customer_name": ("CompanyName", "ContactName")}
        )
        parts.append(Part("customers", customers, fields, columns))
    if products:
        parts.append(_products(products, categories))
        lookups = [categories] if categories else []
    used = [part.table for part in parts] + lookups
    return Plan(
        NAME,
        parts,
        lookups=lookups,
        unused=[table for table in tables if table not in used],
        decisions=["A line's net amount is UnitPrice × Quantity × (1 − Discount); freight is not part of the revenue."],
        name="Northwind",
    )


def missing(tables: list[RawTable]) -> str:
    """What the tables lack to be this export, in words."""
    lacks = [matching.missing(tables, needed) for needed in (ORDERS, DETAILS)]
    if not any(lacks) and matching.having(tables, ORDERS)[0] is matching.having(tables, DETAILS)[0]:
        return "orders and order details are not two tables"
    return "; ".join(filter(None, lacks))


def _first(tables: list[RawTable], needed: tuple) -> RawTable | None:
    return next((t for t in matching.having(tables, needed) if matching.name_of(t, "OrderID") is None), None)


def _orders(table: RawTable) -> Part:
    fields, columns = matching.take(
        table,
        {
            "order_id": ("OrderID",),
            "order_date": ("OrderDate",),
            "customer_id": ("CustomerID",),
            "country": ("ShipCountry",),
            "region": ("ShipRegion",),
            "city": ("ShipCity",),
        },
    )
    return Part("orders", table, fields, columns)


def _details(table: RawTable) -> Part:
    fields, columns = matching.take(
        table,
        {
            "order_id": ("OrderID",),
            "product_id": ("ProductID",),
            "quantity": ("Quantity",),
            "unit_price": ("UnitPrice",),
            "discount": ("Discount",),
        },
    )
    columns["net_amount"] = "UnitPrice × Quantity × (1 − Discount)"
    derived = {"net_amount": "unit_price * quantity * (1 - coalesce(discount, 0))"}
    return Part("lines", table, fields, columns, derived=derived)


def _products(table: RawTable, categories: RawTable | None) -> Part:
    fields, columns = matching.take(table, {"product_id": ("ProductID",), "product_name": ("ProductName",)})
    source = ""
    if categories:
        key, own = matching.column(categories, "CategoryID", alias="c"), matching.column(table, "CategoryID")
        source = f"{table.relation} t left join {categories.relation} c on trim({key}) = trim({own})"
        fields["category"] = matching.column(categories, "CategoryName", alias="c") or ""
        columns["category"] = "CategoryName"
    return Part("products", table, fields, columns, source)
