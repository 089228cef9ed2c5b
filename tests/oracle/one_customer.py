"""What a customer's own page shows: its rhythm and place, its months, its orders, what similar customers buy."""

import itertools
import math
import statistics
from collections import Counter, defaultdict

import pandas as pd

from oracle.choice import Choice

NAN = float("nan")
NOWHERE = "Place not known"


def profile(choice: Choice) -> pd.DataFrame:
    """Lifetime figures of the customers picked, whatever the filter on orders and lines."""
    world = choice.world
    buyers = world.customers[world.customers.is_buyer]
    year_ago = world.as_of - pd.DateOffset(months=12)
    orders = defaultdict(list)
    for order in world.lines.groupby("order_id").agg(
        customer_id=("customer_id", "first"), day=("day", "first"), revenue=("revenue", "sum"), sale=("is_sale", "all")
    ).itertuples():  # fmt: skip
        orders[order.customer_id].append(order)
    rows = []
    for person in choice.people().itertuples():
        own = orders[person.customer_id]
        days = sorted({order.day for order in own if order.sale})
        gaps = [(later - earlier).days for earlier, later in itertools.pairwise(days)]
        usual = statistics.median(gaps) if len(days) > 2 else NAN
        due = days[-1] + pd.Timedelta(days=math.floor(usual + 0.5)) if len(days) > 2 else pd.NaT
        returns = [order.revenue for order in own if order.revenue < 0]
        rows.append(
            {
                "customer_id": person.customer_id,
                "customer_name": person.customer_name,
                "segment": person.segment,
                "tier": person.tier,
                "first_order_date": person.first_order,
                "last_order_date": person.last_order_date,
                "recency_days": person.recency_days,
                "frequency": person.frequency,
                "monetary": person.monetary,
                "revenue_rank": 1 + (buyers.monetary > person.monetary).sum() if person.is_buyer else NAN,
                "cumulative_share": person.reached[0] / person.reached[1] if person.reached else NAN,
                "all_buyers": len(buyers),
                "revenue_at_risk": sum(order.revenue for order in own if order.day > year_ago),
                "refunds": len(returns),
                "refunded": sum(returns) / 10000,
                "order_days": len(days),
                "median_gap_days": usual,
                "next_order_date": due,
            }
        )
    columns = ["customer_id", "monetary", "revenue_at_risk"]
    return pd.DataFrame(rows) if rows else pd.DataFrame(columns=columns)


def months(choice: Choice) -> pd.DataFrame:
    sales = choice.sales()
    rows = []
    for month in choice.world.months.month:
        end = month + pd.offsets.MonthEnd(0)
        if any(first <= end and month <= last for first, last in choice.days):
            own = sales[(sales.day >= month) & (sales.day <= end)]
            rows.append((month, own.revenue.sum(), own.order_id[own.is_sale].nunique()))
    return pd.DataFrame(rows, columns=["month", "revenue", "orders"])


def orders(choice: Choice) -> pd.DataFrame:
    rows = []
    for order, lines in choice.sales().groupby("order_id"):
        first = lines.iloc[0]
        profit = lines.profit.sum() if lines.has_cost.any() else NAN
        place = (first.country, first.region, first.channel, ", ".join(first.reasons))
        rows.append((order, first.day, lines.revenue.sum(), lines["items"].sum(), profit, *place))
    columns = ["order_id", "order_date", "revenue", "items", "profit", "country", "region", "channel", "reasons"]
    return pd.DataFrame(rows, columns=columns)


def similar(choice: Choice) -> pd.DataFrame:
    """The ten most common products that the one customer never bought and those like it did."""
    columns = ["product", "similar_buyers", "similar_share", "revenue_per_similar_buyer", "similar_customers"]
    columns += ["similar_segment", "similar_type", "similar_country"]
    picked = choice.people()
    if len(picked) != 1 or not picked.frequency.iloc[0]:
        return pd.DataFrame(columns=columns)
    one, world = picked.iloc[0], choice.world
    kinds = world.tables["dim_customer"].set_index("customer_id").customer_type.to_dict()
    alike = world.customers[(world.customers.segment == one.segment)].customer_id
    alike = {name for name in alike if kinds[name] == kinds[one.customer_id]}
    sales = world.lines[world.lines.is_sale & world.lines.customer_id.isin(alike)]
    spent: dict[str, Counter] = defaultdict(Counter)
    basket: dict[str, Counter] = defaultdict(Counter)
    for line in sales.itertuples():
        spent[line.customer_id][line.country] += line.revenue
        if line.product_id:
            basket[line.customer_id][line.product] += line.revenue
    homes = {name: min(places, key=lambda place: (-places[place], place)) for name, places in spent.items()}
    home = homes[one.customer_id]
    others = [name for name in homes if name != one.customer_id]
    near = [name for name in others if homes[name] == home != NOWHERE]
    peers, where = (near, home) if len(near) >= 20 else (others, None)
    if len(peers) < 20:
        return pd.DataFrame(columns=columns)
    buyers, revenue = Counter(), Counter()
    for name in peers:
        buyers.update(basket[name].keys())
        revenue.update(basket[name])
    rows = [
        (product, count, count / len(peers), revenue[product] / count / 10000, len(peers), one.segment,
         kinds[one.customer_id], where)
        for product, count in buyers.items()
        if product not in basket[one.customer_id] and count >= 5 and 20 * count >= len(peers)
    ]  # fmt: skip
    rows.sort(key=lambda row: (-row[1], -revenue[row[0]], row[0]))
    return pd.DataFrame(rows[:10], columns=columns)
