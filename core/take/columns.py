"""What a report's columns are called and how they are written, in tables and sheets."""

import pandas as pd

from core.formats import Format
from core.metrics import COLUMNS

_LABELS = {
    "customer_name": "Customer",
    "customer_id": "Customer id",
    "last_order_date": "Last order",
    "revenue_month_to_date": "Month to date",
    "revenue_month_to_date_last_month": "Last month to date",
    "revenue_by_quarter": "Revenue of the last twelve quarters",
}


def label(name: str) -> str:
    """The column's heading."""
    if name in COLUMNS:
        return COLUMNS[name].label
    if name.startswith("cut_"):
        return f"{name[4:]} % point"
    return _LABELS.get(name) or name.replace("_", " ").capitalize()


def format_of(name: str, values: pd.Series) -> Format:
    """What the column holds: as core/metrics.py says, else by its name and type."""
    if pd.api.types.is_datetime64_any_dtype(values):
        return Format.MONTH if name == "month" else Format.DATE
    if pd.api.types.is_bool_dtype(values) or not pd.api.types.is_numeric_dtype(values):
        return Format.TEXT
    if name in COLUMNS:
        return COLUMNS[name].format
    if name.endswith("_share"):
        return Format.SHARE
    if name.startswith(("revenue", "profit", "pending_amount", "subcategory_revenue", "net_")):
        return Format.MONEY
    if pd.api.types.is_integer_dtype(values):
        return Format.SCORE if name in ("year", "day") else Format.COUNT
    return Format.NUMBER
