"""The star's contract (version 1), said once: tables, grains, columns, types, and what cannot be missing.

Exports write it, the warehouse reads it, `core.star.refuse_faults` holds a folder against it. Money is DECIMAL(18,4) in
one currency, dates are plain calendar dates, identifiers are text.
"""

import datetime
from dataclasses import dataclass

CONTRACT_VERSION = 1
FIRST_DAY = datetime.date(1990, 1, 1)
STATUSES = ("sold", "pending", "cancelled", "returned")

TEXT, DATE, MONEY, INTEGER, NUMBER = "VARCHAR", "DATE", "DECIMAL(18,4)", "INTEGER", "DOUBLE"


@dataclass(frozen=True)
class Table:
    """One Parquet file of the star: its grain, its columns with their types, and what it cannot do without."""

    name: str
    grain: str
    columns: dict[str, str]
    starred: tuple[str, ...]
    key: tuple[str, ...]
    required: bool = False


_TABLES = (
    Table(
        "fact_order",
        "one row per order",
        {
            "order_id": TEXT,
            "order_date": DATE,
            "customer_id": TEXT,
            "location_id": TEXT,
            "total_amount": MONEY,
            "channel": TEXT,
            "status": TEXT,
        },
        starred=("order_id", "order_date"),
        key=("order_id",),
        required=True,
    ),
    Table(
        "fact_order_line",
        "one row per order line",
        {
            "order_id": TEXT,
            "line_number": INTEGER,
            "product_id": TEXT,
            "quantity": NUMBER,
            "net_amount": MONEY,
            "cost_amount": MONEY,
        },
        starred=("order_id", "line_number", "net_amount"),
        key=("order_id", "line_number"),
        required=True,
    ),
    Table(
        "bridge_order_reason",
        "one row per order and reason",
        {"order_id": TEXT, "reason_id": TEXT},
        starred=("order_id", "reason_id"),
        key=("order_id", "reason_id"),
    ),
    Table(
        "dim_customer",
        "one row per customer, buyers or not",
        {"customer_id": TEXT, "customer_name": TEXT, "customer_type": TEXT, "email": TEXT, "phone": TEXT},
        starred=("customer_id",),
        key=("customer_id",),
        required=True,
    ),
    Table(
        "dim_product",
        "one row per product",
        {"product_id": TEXT, "product_name": TEXT, "subcategory": TEXT, "category": TEXT},
        starred=("product_id", "product_name"),
        key=("product_id",),
    ),
    Table(
        "dim_location",
        "one row per place",
        {
            "location_id": TEXT,
            "continent": TEXT,
            "country": TEXT,
            "country_code": TEXT,
            "region": TEXT,
            "city": TEXT,
            "latitude": NUMBER,
            "longitude": NUMBER,
        },
        starred=("location_id",),
        key=("location_id",),
    ),
    Table(
        "dim_reason",
        "one row per reason",
        {"reason_id": TEXT, "reason_name": TEXT, "reason_type": TEXT},
        starred=("reason_id", "reason_name"),
        key=("reason_id",),
    ),
    Table(
        "dim_target",
        "one row per month",
        {"month": DATE, "revenue_target": MONEY},
        starred=("month", "revenue_target"),
        key=("month",),
    ),
)
TABLES: dict[str, Table] = {table.name: table for table in _TABLES}
