"""Customers as a CSV that a CRM tool imports: its own column names, and nothing in it that a spreadsheet would run."""

import csv
import datetime
import io
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import duckdb
import pandas as pd

from core import reports, star
from core.filters import Filter
from core.star import Refused
from core.take import cells, files
from core.warehouse import Mart


@dataclass(frozen=True)
class Tool:
    """A CRM tool: what it calls a contact's fields, how it writes one of our own, and whether it needs an e-mail.

    The data has whole names; they stand in the field that the tool asks for, unsplit.
    """

    name: str
    email: str
    whole_name: str
    phone: str
    external_id: str
    own: str = "{}"
    tags: str = ""
    needs_email: bool = False

    def own_field(self, label: str) -> str:
        """What the tool calls one of our own fields."""
        return label if self.own == "{}" else self.own.format(label.replace(" ", "_"))


TOOLS: dict[str, Tool] = {
    "mailchimp": Tool(
        "Mailchimp", "Email Address", "Name", "Phone Number", "External ID", tags="Tags", needs_email=True
    ),
    "hubspot": Tool("HubSpot", "Email", "Last Name", "Phone Number", "External ID"),
    "klaviyo": Tool("Klaviyo", "Email", "Last Name", "Phone Number", "External ID"),
    "salesforce": Tool("Salesforce", "Email", "LastName", "Phone", "External_ID__c", own="{}__c"),
}
_OWN = {
    "segment": "Segment",
    "tier": "Tier",
    "recency_score": "Recency score",
    "frequency_score": "Frequency score",
    "monetary_score": "Monetary score",
    "last_order_date": "Last order",
    "frequency": "Orders",
    "monetary": "Revenue",
    "revenue_at_risk": "Revenue last 12 months",
}


def write(tool: str, folder: Path, mart: Mart, filter: Filter, to: Path | BinaryIO) -> str:
    """Write the customers of a filter, most revenue of the last 12 months first, for a tool (a key of TOOLS).

    `folder` is the mart's star, which alone holds e-mails and telephone numbers, where they were imported. Returns one
    sentence for the reader: how many, how many of them by e-mail. Raises Refused for an unknown tool, no customers, or
    a file that cannot be written.
    """
    if tool not in TOOLS:
        raise Refused(f"There is no list for {tool!r}; choose of {', '.join(TOOLS)}.")
    chosen = TOOLS[tool]
    rows = _customers(folder, mart, filter)
    if rows.empty:
        raise Refused("No customer is left under this filter; lift a part of it.")
    rows = rows.sort_values(["revenue_at_risk", "monetary", "customer_id"], ascending=[False, False, True])
    with files.opened(to) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
        _write(csv.writer(text), rows, chosen)
        text.detach()  # else the stream is closed with it
    return _sentence(chosen, rows)


def reach(folder: Path, mart: Mart, filter: Filter) -> str:
    """How the customers of a filter can be reached, in one or two sentences, before a tool is chosen."""
    rows = _customers(folder, mart, filter)
    count, reached = len(rows), int(rows.email.notna().sum())
    if not count:
        return "No customer is left under this filter."
    who = f"{count:,} customer{'' if count == 1 else 's'}"
    picky = " and ".join(tool.name for tool in TOOLS.values() if tool.needs_email)
    if not reached:
        return (f"{who}, none with an e-mail address in the data: they stand by their customer id. {picky} takes no "
                "contact without an address.")  # fmt: skip
    agreed = "Whether they agreed to be written to is not in the data."
    if reached == count:
        return f"{who}, each with an e-mail address. {agreed}"
    return (f"{who}, {reached:,} with an e-mail address, the others by their customer id; {picky} takes no contact "
            f"without an address. {agreed}")  # fmt: skip


def _customers(folder: Path, mart: Mart, filter: Filter) -> pd.DataFrame:
    """One row per known customer of the filter, with e-mail and telephone number where the star has them."""
    rows = reports.run("customers", mart, filter)
    return rows[rows.customer_id.notna()].merge(_contacts(folder), on="customer_id", how="left")


def _write(writer, rows: pd.DataFrame, tool: Tool) -> None:
    has = {name for name in ("email", "phone") if rows[name].notna().any()}
    fields = {
        **({tool.email: "email"} if "email" in has else {}),
        tool.external_id: "customer_id",
        tool.whole_name: "customer_name",
        **({tool.phone: "phone"} if "phone" in has else {}),
        **{tool.own_field(label): name for name, label in _OWN.items()},
    }
    writer.writerow([*fields, *([tool.tags] if tool.tags else [])])
    listed = [rows[name].tolist() for name in fields.values()]
    tags = [f"{segment},{tier}" for segment, tier in zip(rows.segment, rows.tier, strict=True)] if tool.tags else None
    for place, values in enumerate(zip(*listed, strict=True)):
        writer.writerow([*(_text(value) for value in values), *([cells.disarmed(tags[place])] if tags else [])])


def _text(value: object) -> str:
    """A value as importers read it: days as YYYY-MM-DD, amounts with a point and two decimals, absent empty."""
    if pd.isna(value):
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, float):
        return f"{value:.2f}"
    return cells.disarmed(str(value))


def _contacts(folder: Path) -> pd.DataFrame:
    """One row per customer that has an e-mail or a telephone number in the star."""
    with duckdb.connect() as connection:
        star.register(connection, folder)
        return connection.execute(
            "select customer_id, nullif(trim(email), '') as email, nullif(trim(phone), '') as phone from dim_customer"
            " where nullif(trim(email), '') is not null or nullif(trim(phone), '') is not null"
        ).df()


def _sentence(tool: Tool, rows: pd.DataFrame) -> str:
    count, reached = len(rows), int(rows.email.notna().sum())
    who = f"{count:,} customer{'' if count == 1 else 's'} for {tool.name}"
    by_id = f"the customer id, as {tool.external_id}"
    if reached == count:
        return f"{who}, all with an e-mail address; whether they agreed to be written to is not in the data."
    short = f"; {tool.name} takes no contact without one" if tool.needs_email else ""
    if reached:
        return (f"{who}, {reached:,} of them with an e-mail address, the others by {by_id}{short}; whether they agreed "
                "to be written to is not in the data.")  # fmt: skip
    return f"{who}: the data has no e-mail addresses, so they stand by {by_id}{short}."
