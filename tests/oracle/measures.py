"""Sums over order lines: orders and buyers distinct, profit only where a cost is known, reasons split by their sets."""

import pandas as pd

MONEY = (
    *("revenue", "net_sales", "profit", "costed", "average_transaction_value", "revenue_at_risk", "difference"),
    *("monetary", "avg_monetary", "revenue_last_year", "revenue_last_month", "profit_last_year"),
    *("revenue_target", "revenue_target_to_date", "revenue_expected", "revenue_expected_seasonal"),
    *("revenue_of_basis", "revenue_of_basis_last_year"),
    *("revenue_to_date", "revenue_to_date_last_year", "profit_to_date", "profit_to_date_last_year"),
    *("revenue_month_to_date", "revenue_month_to_date_last_month"),
)
NAN = float("nan")


def total(sales: pd.DataFrame) -> dict:
    """The figures of some order lines, as one row."""
    profit = sales.profit.sum() if sales.has_cost.any() else NAN
    orders = sales.order_id[sales.is_sale].nunique()
    revenue, net, costed = sales.revenue.sum(), sales.net_sales.sum(), sales.costed.sum()
    return {
        "revenue": revenue,
        "net_sales": net,
        "buyers": sales.customer_id.nunique(),
        "orders": orders,
        "items": sales["items"].sum(),
        "profit": profit,
        "margin": profit / costed if costed else NAN,
        "cost_coverage": costed / net if net else NAN,
        "average_transaction_value": revenue / orders if orders else NAN,
    }


def breakdown(sales: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """One row per combination of keys that has an order line."""
    grouped = sales.groupby(keys, dropna=False, observed=True)
    found = grouped[["revenue", "net_sales", "items", "costed", "profit", "has_cost"]].sum()
    found["buyers"] = grouped.customer_id.nunique()
    sold = sales[sales.is_sale].groupby(keys, dropna=False, observed=True).order_id.nunique()
    found["orders"] = sold.reindex(found.index).fillna(0).astype(int)
    found["profit"] = found.profit.where(found.has_cost > 0)
    found["margin"] = found.profit / found.costed.where(found.costed != 0)
    found["cost_coverage"] = found.costed / found.net_sales.where(found.net_sales != 0)
    found["average_transaction_value"] = found.revenue / found.orders.where(found.orders != 0)
    return found.drop(columns=["costed", "has_cost"]).reset_index()


def split_by_reason(sales: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Revenue by reason: each set's sum in equal parts, the rest on the last reason of the set."""
    found: dict[tuple, int] = {}
    sums = sales.groupby([*keys, "reasons"] if keys else "reasons").revenue.sum()
    for name, revenue in sums.items():
        *before, reasons = name if keys else (name,)
        part = abs(int(revenue)) // len(reasons) * (1 if revenue > 0 else -1)  # a refund splits as its purchase did
        rest = int(revenue) - part * len(reasons)
        for reason in reasons:
            row = (*before, reason)
            found[row] = found.get(row, 0) + part + (rest if reason == reasons[-1] else 0)
    return pd.DataFrame([(*row, revenue) for row, revenue in found.items()], columns=[*keys, "reason", "revenue"])


def link_orders(sales: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Distinct orders by reason; an order counts once for each of its reasons."""
    orders = sales.drop_duplicates("order_id").explode("reasons").rename(columns={"reasons": "reason"})
    return orders.groupby(["reason", *keys]).is_sale.sum().astype(int).rename("orders").reset_index()
