"""PayPal's activity report: a row a movement of money, in English or German; what is no sale is left out by rule."""

from core.exports.plan import Part, Plan, RawTable
from core.exports.profiles import matching

NAME = "paypal"
NEEDED = (
    ("Date", "Datum"),
    "Name",
    ("Type", "Typ"),
    "Status",
    ("Gross", "Brutto"),
    ("Net", "Netto"),
    ("Transaction ID", "Transaktionscode"),
)
_SALES = "payment|checkout|sale|cart|zahlung|kauf|verkauf|refund|rückzahlung|rückerstattung|reversal|rückbuchung"
_NONE = "payment to|general|transfer|withdraw|fee|mass pay|bill|hold|gesendet|abbuchung|gebühr"
NO_SALE = "no sale"


def recognise(tables: list[RawTable]) -> Plan | None:
    """The plan, where activity reports are there."""
    return matching.plan(
        NAME,
        tables,
        NEEDED,
        _part,
        decisions=[
            "Revenue is the gross amount; PayPal's fee is no part of it. Payments and refunds are sales and returns; "
            "withdrawals, transfers and fees are none and are excluded."
        ],
        status_words={"Pending": "pending", "Ausstehend": "pending"},
    )


def missing(tables: list[RawTable]) -> str:
    """What the tables lack to be this export, in words."""
    return matching.missing(tables, NEEDED)


def _part(table: RawTable) -> Part:
    fields, columns = matching.take(
        table,
        {
            "order_id": ("Transaction ID", "Transaktionscode"),
            "order_date": ("Date", "Datum"),
            "customer_id": (
                "From Email Address",
                "Absender E-Mail-Adresse",
                "Name",
            ),
            "customer_name": ("Name",),
            "net_amount": ("Gross", "Brutto"),
            "currency": ("Currency", "Währung"),
            "product_name": ("Item Title", "Artikelbezeichnung"),
            "country": ("Country", "Land", "Country Code"),
            "city": ("Town/City", "Ort"),
            "status": ("Status",),
        },
    )
    kind = f"lower({matching.column(table, 'Type', 'Typ')})"
    sale = f"regexp_matches({kind}, '{_SALES}') and not regexp_matches({kind}, '{_NONE}')"
    fields["status"] = f"case when {sale} then {fields['status']} else '{NO_SALE}' end"
    part = Part("lines", table, fields, columns, no_sales=[NO_SALE])
    if columns["customer_id"] != "Name":
        part.hashed = fields["customer_id"]
    return part
