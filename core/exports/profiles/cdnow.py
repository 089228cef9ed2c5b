"""CDNOW: a music shop's purchases, without a header: customer, day, number of CDs, dollars."""

import re

from core.exports.plan import Part, Plan, RawTable

NAME = "cdnow"


def recognise(tables: list[RawTable]) -> Plan | None:
    """The plan, where the one table is headerless, of four or five columns cut by blanks."""
    if missing(tables):
        return None
    table = tables[0]
    names = ["customer_id", "order_date", "quantity", "net_amount"]
    fields = {name: f't."{column}"' for name, column in zip(names, _columns(table), strict=True)}
    columns = dict(zip(names, _columns(table), strict=True))
    return Plan(
        NAME,
        [Part("lines", table, fields, columns)],
        decisions=["The file has no header; its columns are customer, day, number of CDs and dollars."],
        name="CDNOW",
        currency="USD",
    )


def missing(tables: list[RawTable]) -> str:
    """What the tables lack to be this export, in words."""
    table = tables[0]
    known = len(tables) == 1 and not table.read_as.get("header", True) and re.search("cdnow", table.file, re.IGNORECASE)
    if not known or len(table.columns) not in (4, 5):
        return "it is one headerless file of four or five columns with CDNOW in its name"
    return ""


def _columns(table: RawTable) -> list[str]:
    """The customer's, day's, quantity's and amount's columns; of five, the second is the sample's own number."""
    return [table.columns[0], *table.columns[-3:]]
