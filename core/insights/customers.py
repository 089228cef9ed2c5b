"""Findings about customers: who carries the business, who buys little, whose money is at risk, who has gone silent."""

import pandas as pd

from core import playbook, rfm
from core.filters import Filter
from core.insights.insight import (
    OVERVIEW,
    RECOMMENDATIONS,
    STANDING,
    TIERS,
    Insight,
    count,
    days,
    is_part,
    listed,
    many,
    money,
    name_of,
    share,
)
from core.insights.scope import named

FEW = 20  # customers: fewer say nothing about a group
SILENT_DAYS = 180
LARGE = 0.002  # of revenue: a customer to be missed
DOMINANT = 0.1  # of revenue: a customer to depend on


def carriers(segments: pd.DataFrame, filter: Filter, everyone: bool) -> Insight | None:
    """The one or two segments, of those not at risk, that bring most; beside them what the segments at risk hold."""
    rows = _with_people(segments, everyone)
    steady = rows[~rows.segment.isin(rfm.at_risk_names())].nlargest(2, "revenue")
    steady = steady[(steady.revenue_share >= 0.02) | (steady.index == steady.index[:1].max())]
    if (
        steady.empty
        or rows.people.sum() < FEW
        or len(rows[rows.people > 0]) < 2
        or not is_part(steady.revenue_share.sum())
    ):
        return None
    people, revenue = steady.people_share.sum(), steady.revenue_share.sum()
    finding = (
        f"{listed(steady.segment)} are {share(people)} of {_people(everyone)} and bring {share(revenue)} of revenue"
    )
    rest, numbers = "", {"people_share": people, "revenue_share": revenue}
    risky = rows[rows.segment.isin(rfm.at_risk_names()) & (rows.revenue_share > 0)]
    if len(risky):
        held = risky.revenue_share.sum()
        rest = f"; {listed(risky.segment)} hold another {share(held)}"
        numbers["risk_share"] = held
        if everyone:  # averages are the whole segment's
            recency = (risky.avg_recency_days * risky.customers).sum() / risky.customers.sum()
            rest += f", and last bought {days(recency)} ago on average"
            numbers["risk_recency_days"] = recency
    unusual = STANDING * (revenue - people)
    return Insight(
        "carriers", finding, f"{rest}.", numbers, "segments", OVERVIEW, filter, float(steady.revenue.sum()), unusual
    )


def many_with_little(segments: pd.DataFrame, filter: Filter, everyone: bool) -> Insight | None:
    """The segment that still buys and has many customers for its revenue: where most money and the widest gap meet."""
    rows = _with_people(segments, everyone)
    rows = rows[(rows.people >= FEW) & (rows.revenue > 0) & (rows.people_share > 2 * rows.revenue_share)]
    scored = segments[segments.segment.isin(rfm.segment_names()) & (segments.customers > 0)]
    usual = (scored.avg_recency_days * scored.customers).sum() / max(scored.customers.sum(), 1)
    rows = rows[(rows.avg_recency_days < usual) & ~rows.segment.isin(rfm.at_risk_names())]
    if rows.empty:
        return None
    row = rows.loc[(rows.revenue * (rows.people_share - rows.revenue_share)).idxmax()]
    each, all_each = row.revenue / row.people, segments.revenue.sum() / segments.buyers.sum()
    finding = f"{row.segment} are {share(row.people_share)} of {_people(everyone)}"
    finding += f" and bring {share(row.revenue_share)} of revenue"
    rest = f": {money(each)} each, where the average buyer brings {money(all_each)}."
    numbers = {
        "people_share": row.people_share,
        "revenue_share": row.revenue_share,
        "revenue_each": each,
        "revenue_of_average_buyer": all_each,
    }
    unusual = row.people_share - row.revenue_share
    return Insight(
        "many_with_little", finding, rest, numbers, "segments", OVERVIEW, filter, float(row.revenue), unusual
    )


def money_at_risk(
    segments: pd.DataFrame, twelve_months: pd.DataFrame, filter: Filter, everyone: bool
) -> Insight | None:
    """The last twelve months' revenue of the segments at risk, and the list to call first."""
    rows = segments[segments.segment.isin(rfm.at_risk_names()) & (segments.revenue_at_risk > 0)]
    whole = float(twelve_months.revenue.iloc[0])
    if rows.empty or whole <= 0:
        return None
    total, first = float(rows.revenue_at_risk.sum()), rows.loc[rows.revenue_at_risk.idxmax()]
    people = first.customers if everyone else first.buyers
    finding = f"{money(total)} of the last 12 months' revenue is at risk"
    rest = (
        f", {share(total / whole)} of it: start with the {many(people, 'customer' if everyone else 'buyer')} "
        f"in {first.segment}, who brought {money(first.revenue_at_risk)}"
    )
    numbers = {
        "revenue_at_risk": total,
        "risk_share": total / whole,
        "people": int(people),
        "first_revenue_at_risk": float(first.revenue_at_risk),
    }
    if everyone:  # the average is the whole segment's
        rest += f" and last bought {days(first.avg_recency_days)} ago on average"
        numbers["first_recency_days"] = float(first.avg_recency_days)
    return Insight(
        "money_at_risk", finding, f"{rest}.", numbers, "segments", RECOMMENDATIONS, filter, total, total / whole / 0.1
    )


def silent_customer(clients: pd.DataFrame, filter: Filter) -> Insight | None:
    """The large customer that used to buy in most quarters and has not ordered for half a year."""
    rows = named(clients, "customer_id")
    rows = rows[(rows.recency_days >= SILENT_DAYS) & (rows.revenue_share >= LARGE)]
    rows = rows[[_was_regular(quarters) for quarters in rows.revenue_by_quarter]]
    if rows.empty or len(clients) < 2:
        return None
    row = rows.loc[rows.revenue.idxmax()]
    finding = f"{_called(row)} has not ordered for {days(row.recency_days)}"
    rest = f"; it brought {money(row.revenue)} so far, {share(row.revenue_share)} of revenue"
    rest += f", in {many(row.orders, 'order')}."
    numbers = {
        "recency_days": int(row.recency_days),
        "revenue": float(row.revenue),
        "revenue_share": float(row.revenue_share),
        "orders": int(row.orders),
    }
    view = filter.choose(customer=str(row.customer_id))
    return Insight(
        "silent_customer", finding, rest, numbers, "top_clients", TIERS, view, _best_year(row.revenue_by_quarter), 1.0
    )


def dominant_customer(clients: pd.DataFrame, filter: Filter) -> Insight | None:
    """The one customer that a tenth of the revenue or more, and twice an even part of it, depends on."""
    rows = named(clients, "customer_id")
    if rows.empty or not is_part(rows.revenue_share.iloc[0]):
        return None
    row = rows.iloc[0]
    if row.revenue_share < max(DOMINANT, 2 / len(rows)):
        return None
    finding = f"{share(row.revenue_share)} of revenue comes from one customer, {_called(row)}"
    rest = f": {money(row.revenue)} in {many(row.orders, 'order')}."
    numbers = {"revenue_share": float(row.revenue_share), "revenue": float(row.revenue), "orders": int(row.orders)}
    unusual = min(1.0, row.revenue_share * 2)
    return Insight(
        "dominant_customer", finding, rest, numbers, "top_clients", TIERS, filter, float(row.revenue), unusual
    )


def first_tier(tiers: pd.DataFrame, filter: Filter, cost_coverage: float) -> Insight | None:
    """How few buyers the first tier has for what it brings, of sales and, where costs are known, of profit."""
    rows = tiers[tiers.tier.isin([tier.name for tier in playbook.tiers()]) & (tiers.buyers > 0)]
    if rows.empty or not tiers.revenue.sum() > 0:
        return None
    row = rows.iloc[0]
    if row.buyer_share == 1 or not is_part(row.revenue_share):
        return None
    verb = "bring" if row.buyers > 1 else "brings"
    who = f"{count(row.buyers)} {row.tier}" if row.buyers > 1 else f"The only buyer in {row.tier}"
    finding = f"{who}, {share(row.buyer_share)} of buyers, {verb} {share(row.revenue_share)} of sales"
    numbers = {
        "buyers": int(row.buyers),
        "buyer_share": float(row.buyer_share),
        "revenue_share": float(row.revenue_share),
    }
    rest, more = _profit_clause(row, tiers, cost_coverage)
    numbers |= more
    if len(rows) > 1:
        next_row = rows.iloc[1]
        bring = "brings" if next_row.buyers == 1 else "bring"
        rest += f"; another {count(next_row.buyers)} {bring} the next {share(next_row.revenue_share)}"
        numbers |= {"next_buyers": int(next_row.buyers), "next_revenue_share": float(next_row.revenue_share)}
    unusual = STANDING / 2 * max(0.0, 1 - row.buyer_share / 0.2)  # its share of sales is what the cut-off makes it
    return Insight("first_tier", finding, f"{rest}.", numbers, "tiers", TIERS, filter, float(row.revenue), unusual)


def _profit_clause(row: pd.Series, tiers: pd.DataFrame, cost_coverage: float) -> tuple[str, dict[str, float]]:
    if pd.isna(row.profit):
        return "", {}
    if row.profit < 0:
        return f" but lose {money(-row.profit)}", {"loss": float(-row.profit)}
    if not tiers.profit.sum() > 0:
        return f" and earn {money(row.profit)}", {"profit": float(row.profit)}
    joined = "but" if row.profit_share < row.revenue_share / 2 else "and"
    known = "profit" if cost_coverage >= 0.95 else "the profit that is known"
    return f" {joined} {share(row.profit_share)} of {known}", {"profit_share": float(row.profit_share)}


def _called(client: pd.Series) -> str:
    return name_of(client.customer_id if pd.isna(client.customer_name) else client.customer_name)


def _with_people(segments: pd.DataFrame, everyone: bool) -> pd.DataFrame:
    """The eleven segments with the people that shares are of: customers, or buyers where orders are picked."""
    rows = segments.assign(people=segments.customers if everyone else segments.buyers)
    shares = segments.customer_share if everyone else segments.buyers / max(segments.buyers.sum(), 1)
    return rows.assign(people_share=shares)[rows.segment.isin(rfm.segment_names())]


def _people(everyone: bool) -> str:
    return "customers" if everyone else "buyers"


def _was_regular(quarters: list[float]) -> bool:
    """Whether sales were in at least four quarters, and in three of four between the first and the last of them."""
    active = [position for position, revenue in enumerate(quarters) if revenue > 0]
    return len(active) >= 4 and len(active) >= 0.75 * (active[-1] - active[0] + 1)


def _best_year(quarters: list[float]) -> float:
    """The revenue of the four quarters up to the last with sales: what a year of silence costs."""
    last = max(position for position, revenue in enumerate(quarters) if revenue > 0)
    return float(sum(quarters[max(0, last - 3) : last + 1]))
