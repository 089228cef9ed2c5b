"""Findings about places, reasons and products: where revenue comes from, why, and what is sold too cheaply."""

import pandas as pd

from core import playbook
from core.filters import Filter
from core.insights.insight import (
    NO_REASON,
    NOT_ITEMISED,
    NOWHERE,
    OVERVIEW,
    STANDING,
    TIERS,
    Insight,
    count,
    is_part,
    listed,
    many,
    money,
    name_of,
    share,
)
from core.insights.scope import named

HALF = 0.5  # of revenue: a place that leads
FEW_LINKS = 30  # order-reason links: fewer say nothing about reasons
SIZEABLE = 0.1  # of net sales: a tier whose margin matters
TOO_CHEAP = 0.005  # of net sales: losses on products below this are noise


def leading_continent(countries: pd.DataFrame, filter: Filter) -> Insight | None:
    """The continent that brings at least half, and its largest country; where there is one continent, the country."""
    continents = countries.groupby("continent", as_index=False)[["revenue", "revenue_share"]].sum()
    rows = named(continents, "continent", NOWHERE).sort_values("revenue", ascending=False)
    if len(rows) < 2:
        return _leading_country(countries, filter)
    row = rows.iloc[0]
    if not row.revenue_share >= HALF or not is_part(row.revenue_share):
        return None
    finding = f"{share(row.revenue_share)} of revenue comes from {name_of(row.continent)}"
    numbers = {"revenue_share": float(row.revenue_share)}
    inside = named(countries[countries.continent == row.continent], "country", NOWHERE)
    rest = "."
    if len(inside) > 1:
        rest = f", {share(inside.revenue_share.iloc[0])} from {name_of(inside.country.iloc[0])} alone."
        numbers["country_revenue_share"] = float(inside.revenue_share.iloc[0])
    unusual = STANDING * max(0.0, row.revenue_share - 1 / len(rows))
    return Insight(
        "leading_continent",
        finding,
        rest,
        numbers,
        "revenue_by_continent",
        OVERVIEW,
        filter,
        float(row.revenue),
        unusual,
    )


def _leading_country(countries: pd.DataFrame, filter: Filter) -> Insight | None:
    """The country that brings at least half, where all are on one continent or on none that is known."""
    rows = named(countries, "country", NOWHERE)
    if len(rows) < 2 or not rows.revenue_share.iloc[0] >= HALF or not is_part(rows.revenue_share.iloc[0]):
        return None
    row = rows.iloc[0]
    finding = f"{share(row.revenue_share)} of revenue comes from {name_of(row.country)}"
    rest = f": {money(row.revenue)} in {many(row.orders, 'order')}."
    numbers = {"revenue_share": float(row.revenue_share), "revenue": float(row.revenue), "orders": int(row.orders)}
    unusual = STANDING * max(0.0, row.revenue_share - 1 / len(rows))
    return Insight(
        "leading_country", finding, rest, numbers, "revenue_by_country", OVERVIEW, filter, float(row.revenue), unusual
    )


def leading_regions(regions: pd.DataFrame, filter: Filter) -> Insight | None:
    """The three leading regions, where they bring half as much again as three of that many would."""
    rows = named(regions, "region", NOWHERE)
    top = rows.head(3)
    if len(rows) < 6 or not is_part(top.revenue_share.sum()) or not top.revenue_share.sum() >= 1.5 * 3 / len(rows):
        return None
    total = float(top.revenue_share.sum())
    first = float(top.revenue_share.iloc[0])
    finding = f"Three of {count(len(rows))} regions, {listed(top.region)}, bring {share(total)} of revenue"
    rest = f", the first of them {share(first)}."
    numbers = {"regions": len(rows), "revenue_share": total, "first_revenue_share": first}
    unusual = STANDING * max(0.0, total - 3 / len(rows))
    return Insight(
        "leading_regions",
        finding,
        rest,
        numbers,
        "revenue_by_region",
        OVERVIEW,
        filter,
        float(top.revenue.sum()),
        unusual,
    )


def leading_reasons(reasons: pd.DataFrame, filter: Filter) -> Insight | None:
    """The two reasons given most, and how much revenue gives none."""
    rows = _given(reasons, filter)
    top = rows.head(2)
    if len(rows) < 3 or not top.order_share.sum() >= 1.5 * 2 / len(rows):
        return None
    first, second, total = (*(float(value) for value in top.order_share), float(top.order_share.sum()))
    finding = f"{listed(top.reason)} are {share(total)} of the reasons given for buying"
    rest = f" ({share(first)} and {share(second)})"
    numbers = {"order_share": total, "first_order_share": first, "second_order_share": second}
    silent = reasons[(reasons.reason == NO_REASON) & (reasons.orders > 0)]
    if len(silent):
        rest += f"; {many(silent.orders.iloc[0], 'order')} worth {money(silent.revenue.iloc[0])} "
        rest += "gives none" if silent.orders.iloc[0] == 1 else "give none"
        numbers |= {"orders_without": int(silent.orders.iloc[0]), "revenue_without": float(silent.revenue.iloc[0])}
    unusual = STANDING * max(0.0, total - 2 / len(rows))
    return Insight(
        "leading_reasons",
        finding,
        f"{rest}.",
        numbers,
        "orders_by_reason",
        OVERVIEW,
        filter,
        float(top.revenue.sum()),
        unusual,
    )


def idle_reason(reasons: pd.DataFrame, filter: Filter) -> Insight | None:
    """The reason that hardly anybody gives: under a third of an even share."""
    rows = _given(reasons, filter)
    if len(rows) < 4 or not rows.order_share.iloc[-1] < 1 / len(rows) / 3:
        return None
    row = rows.iloc[-1]
    kind = (
        ""
        if pd.isna(row.reason_type) or row.reason_type in (row.reason, "No type", "Other")
        else f" ({name_of(row.reason_type)})"
    )
    finding = f"Hardly anybody names {name_of(row.reason)}{kind} as a reason to buy"
    rest = f": {share(row.order_share)} of the reasons given, {many(row.orders, 'order')} worth {money(row.revenue)}."
    numbers = {"order_share": float(row.order_share), "orders": int(row.orders), "revenue": float(row.revenue)}
    unusual = 1 - row.order_share * len(rows)
    return Insight(
        "idle_reason", finding, rest, numbers, "orders_by_reason", OVERVIEW, filter, float(row.revenue), unusual
    )


def cheap_tier(tiers: pd.DataFrame, filter: Filter) -> Insight | None:
    """The tier with a good part of the sales and less than half of the margin that all sales have."""
    rows = tiers[tiers.tier.isin([tier.name for tier in playbook.tiers()]) & tiers.margin.notna()]
    costed = (rows.profit / rows.margin).where(rows.margin != 0, rows.net_sales)
    if len(rows) < 2 or not rows.net_sales.sum() > 0 or not costed.sum() > 0:
        return None
    whole = float(rows.profit.sum() / costed.sum())
    found = rows[(rows.net_sales >= SIZEABLE * rows.net_sales.sum()) & (rows.margin < whole / 2)]
    if whole <= 0 or found.empty:
        return None
    row = found.loc[(found.net_sales * (whole - found.margin)).idxmax()]
    others = rows[rows.tier != row.tier]
    margin = float(others.profit.sum() / costed[others.index].sum())
    lost = "bring" if row.buyers != 1 else "brings"
    finding = f"{row.tier} {lost} {share(row.revenue_share)} of revenue at a margin of {share(row.margin)}"
    rest = f"; all other tiers together earn {share(margin)}."
    numbers = {"revenue_share": float(row.revenue_share), "margin": float(row.margin), "other_margin": margin}
    missing = float(row.net_sales * (whole - row.margin))
    return Insight("cheap_tier", finding, rest, numbers, "tiers", TIERS, filter, missing, (whole - row.margin) / whole)


def products_at_a_loss(products: pd.DataFrame, filter: Filter) -> Insight | None:
    """The products sold below cost, and the one that loses most."""
    rows = named(products, "product", NOT_ITEMISED)
    found = rows[(rows.profit < 0) & (rows.net_sales > 0)]
    if len(rows) < 2 or found.empty or not -found.profit.sum() >= TOO_CHEAP * rows.net_sales.sum():
        return None
    loss, worst = float(-found.profit.sum()), found.loc[found.profit.idxmin()]
    sold = "is" if len(found) == 1 else "are"
    finding = f"{count(len(found))} of {many(len(rows), 'product')} {sold} sold at a loss, {money(loss)} in all"
    if len(found) == 1:
        finding, rest = (
            f"{name_of(worst['product'])} is sold at a loss of {money(loss)}",
            f" on sales of {money(worst.net_sales)}.",
        )
        numbers = {"loss": loss, "net_sales": float(worst.net_sales)}
    else:
        rest = f"; {name_of(worst['product'])} loses most, {money(-worst.profit)} on sales of {money(worst.net_sales)}."
        numbers = {
            "products_at_a_loss": len(found),
            "products": len(rows),
            "loss": loss,
            "worst_loss": float(-worst.profit),
            "worst_net_sales": float(worst.net_sales),
        }
    return Insight("products_at_a_loss", finding, rest, numbers, "products", TIERS, filter, loss, 1.0)


def _given(reasons: pd.DataFrame, filter: Filter) -> pd.DataFrame:
    """The reasons given, most often first; none where they are few or one is chosen."""
    rows = reasons[reasons.order_share.notna() & (reasons.orders > 0)].sort_values(
        "orders", ascending=False, kind="stable"
    )
    return rows.iloc[:0] if rows.orders.sum() < FEW_LINKS or filter.get("reason") else rows
