"""UCI Online Retail and Online Retail II: a British gift shop's invoice lines, cancellations numbered C..."""

from core.exports.plan import Part, Plan, RawTable
from core.exports.profiles import matching

NAME = "online_retail"
NEEDED = (("InvoiceNo", "Invoice"), "StockCode", "Description", "Quantity", "InvoiceDate", ("UnitPrice", "Price"),
          ("CustomerID", "Customer ID"), "Country")  # fmt: skip
FEES = ("POST", "DOT", "M", "D", "C2", "S", "B", "PADS", "CRUK", "BANK CHARGES", "AMAZONFEE", "ADJUST", "ADJUST2")


def recognise(tables: list[RawTable]) -> Plan | None:
    """The plan, where sheets or files of invoice lines are there."""
    return matching.plan(
        NAME,
        tables,
        NEEDED,
        _part,
        decisions=[
            "Invoices numbered C... are cancellations: returns with negative lines.",
            "Postage, discounts, fees and manual corrections are lines of the category Postage and fees, so that "
            "revenue ties out.",
        ],
        name="Online Retail",
        currency="GBP",
        status_words={"cancellation": "returned", "invoice": "sold"},
    )


def missing(tables: list[RawTable]) -> str:
    """What the tables lack to be this export, in words."""
    return matching.missing(tables, NEEDED)


def _part(table: RawTable) -> Part:
    fields, columns = matching.take(
        table,
        {
            "order_id": ("InvoiceNo", "Invoice"),
            "order_date": ("InvoiceDate",),
            "customer_id": ("CustomerID", "Customer ID"),
            "product_id": ("StockCode",),
            "product_name": ("Description",),
            "quantity": ("Quantity",),
            "unit_price": ("UnitPrice", "Price"),
            "country": ("Country",),
        },
    )
    # Spreadsheet programs made numbers with a point of the customers.
    fields["customer_id"] = f"regexp_replace({fields['customer_id']}, '\\.0$', '')"
    fields["status"] = f"case when upper({fields['order_id']}) like 'C%' then 'cancellation' else 'invoice' end"
    codes = ", ".join(f"'{code}'" for code in FEES)
    fee = (
        f"upper(trim({fields['product_id']})) in ({codes}) or lower({fields['product_id']}) like 'gift\\_%' escape '\\'"
    )
    fields["category"] = f"case when {fee} then 'Postage and fees' else 'Goods' end"
    columns["net_amount"] = f"{columns['quantity']} × {columns['unit_price']}"
    return Part("lines", table, fields, columns, derived={"net_amount": "quantity * unit_price"})
