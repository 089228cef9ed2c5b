"""Superstore (and Global Superstore): order lines with sales and profit, and a sheet of returned orders."""

from core.exports.plan import Part, Plan, RawTable
from core.exports.profiles import matching

NAME = "superstore"
NEEDED = ("Order ID", "Order Date", "Customer ID", "Product ID", "Sub-Category", "Sales", "Profit")
_WANTED = {
    "order_id": ("Order ID",),
    "line_number": ("Row ID",),
    "order_date": ("Order Date",),
    "customer_id": ("Customer ID",),
    "customer_name": ("Customer Name",),
    "customer_type": ("Segment",),
    "product_id": ("Product ID",),
    "product_name": ("Product Name",),
    "subcategory": ("Sub-Category",),
    "category": ("Category",),
    "quantity": ("Quantity",),
    "net_amount": ("Sales",),
    "profit": ("Profit",),
    "country": ("Country", "Country/Region"),
    "region": ("Region",),
    "state": ("State", "State/Province"),
    "city": ("City",),
}


def recognise(tables: list[RawTable]) -> Plan | None:
    """The plan, where a sheet or file of order lines is there."""
    found = matching.having(tables, NEEDED)
    if not found:
        return None
    returned = next((table for table in matching.having(tables, ("Returned", "Order ID")) if table not in found), None)
    decisions = ["Cost is sales less profit."]
    if returned:
        decisions.append(f"Orders in {returned.file} are returned.")
    return Plan(
        NAME,
        [_part(table, returned) for table in found],
        lookups=[returned] if returned else [],
        unused=[table for table in tables if table not in found and table is not returned],
        decisions=decisions,
        currency="USD",
        status_words={"Yes": "returned"},
    )


def missing(tables: list[RawTable]) -> str:
    """What the tables lack to be this export, in words."""
    return matching.missing(tables, NEEDED)


def _part(table: RawTable, returned: RawTable | None) -> Part:
    fields, columns = matching.take(table, _WANTED)
    source = ""
    if returned:
        key, word = (matching.column(returned, name, alias="k") for name in ("Order ID", "Returned"))
        lookup = f"(select trim({key}) as the_key, max({word}) as word from {returned.relation} k group by 1)"
        source = f"{table.relation} t left join {lookup} r on r.the_key = trim({fields['order_id']})"
        fields["status"] = "r.word"
    columns["cost_amount"] = f"{columns['net_amount']} − {columns['profit']}"
    return Part("lines", table, fields, columns, source, derived={"cost_amount": "net_amount - profit"})
