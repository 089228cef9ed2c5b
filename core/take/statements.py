"""Findings of the figures that the app shows as tables or cells: one sentence from the report, with its numbers."""

import pandas as pd

from core import rfm
from core.formats import Format, date_text, short
from core.insights.insight import NAMELESS, NO_REASON

_ALL = 0.995  # from here on the parts shown are the whole


def score_cut_points(frame: pd.DataFrame) -> str:
    """What it takes to score five."""
    rows = frame.set_index("score")
    days, orders = short(rows.cut_20["recency"], Format.COUNT), short(rows.cut_80["frequency"], Format.COUNT)
    money = short(rows.loc["monetary", "cut_80"], Format.MONEY)
    return f"Score 5 takes an order in the last {days} days, more than {orders} orders, more than {money} in all."


def parts(row: str, column: str, share: str, whole: str):
    """The largest part of the row with the most behind it: 22.6% of Champions' revenue is Germany's."""

    def say(frame: pd.DataFrame) -> str:
        size = "revenue" if "revenue" in frame else "orders"
        named = frame[~frame[row].isin((*NAMELESS, NO_REASON)) & frame[share].notna()]
        if named.empty:
            return ""
        first = named.groupby(row)[size].sum().idxmax()
        its = frame[frame[row] == first]
        best = named[named[row] == first].sort_values([share, column], ascending=[False, True]).iloc[0]
        of = "" if its[share].sum() > _ALL else " of those chosen"
        return f"{first}: {best[column]} has the largest part{of}, {short(best[share], Format.SHARE)} of {whole}."

    return say


def month_days(frame: pd.DataFrame) -> str:
    """The best day and the weakest day of the month so far."""
    days = frame[frame.revenue.notna()]
    best, least = (days.loc[place] for place in (days.revenue.idxmax(), days.revenue.idxmin()))
    return (f"The best day was {date_text(best.date)} with {short(best.revenue, Format.MONEY)}"
            + f", the weakest {date_text(least.date)} with {short(least.revenue, Format.MONEY)}.")  # fmt: skip


def day_by_region(frame: pd.DataFrame) -> str:
    """The region with the most revenue, and on how many days it sold."""
    totals = frame.groupby("region").revenue.sum()
    first = totals.idxmax()
    days = int((frame[frame.region == first].revenue > 0).sum())
    return f"{first} sold most, {short(totals[first], Format.MONEY)}, on {days} days."


def top_clients(frame: pd.DataFrame) -> str:
    """How much the largest clients bring together."""
    shown = frame.head(10)
    whose = f"The {len(shown)} largest clients bring" if len(shown) > 1 else "The only client brings"
    share = short(shown.revenue_share.sum(), Format.SHARE)
    return f"{whose} {short(shown.revenue.sum(), Format.MONEY)}, {share} of revenue."


def to_contact(frame: pd.DataFrame) -> str:
    """Who has the most money of the last twelve months behind it."""
    known = frame[frame.customer_id.notna() & (frame.revenue_at_risk > 0)]
    if known.empty:
        return ""
    first = known.sort_values(["revenue_at_risk", "monetary", "customer_id"], ascending=[False, False, True]).iloc[0]
    money = short(first.revenue_at_risk, Format.MONEY)
    last = date_text(first.last_order_date)
    return f"Start with {first.customer_name}: {money} in the last 12 months, last order {last}."


def recommendations(frame: pd.DataFrame) -> str:
    """The segment at risk that has the most money at stake, else that with the most revenue, and its strategy."""
    rows = frame[frame.segment.isin(rfm.at_risk_names()) & (frame.revenue_at_risk > 0)]
    if rows.empty:
        first = frame.loc[frame.revenue.idxmax()]
        return f"{first.segment}, {short(first.revenue_share, Format.SHARE)} of revenue: {first.strategy.lower()}."
    first = rows.loc[rows.revenue_at_risk.idxmax()]
    money = short(first.revenue_at_risk, Format.MONEY)
    return f"{first.segment} has most at stake, {money} of the last 12 months: {first.strategy.lower()}."


def tier_recommendations(frame: pd.DataFrame) -> str:
    """What the first tier is worth, and its strategy."""
    first = frame.iloc[0]
    share = short(first.revenue_share, Format.SHARE)
    return f"{first.tier}, {share} of revenue: {first.strategy.lower()}."


def habits(frame: pd.DataFrame) -> str:
    """Where, what and why the row with the most revenue buys, as far as the data knows."""
    first = frame.loc[frame.revenue.idxmax()]
    said = [
        f"{words} {first[name]}"
        for name, words in (("top_country", "in"), ("top_subcategory", "mostly"), ("top_reason", "chiefly for"))
        if isinstance(first[name], str) and first[name] not in (*NAMELESS, NO_REASON)
    ]
    return f"{first.iloc[0]} buy {', '.join(said)}." if said else ""
