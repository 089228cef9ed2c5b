"""Each report as the design words it. A figure is its keys, its columns, and a function from a choice to a frame."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from oracle import one_customer, time
from oracle.choice import LINES, ORDERS, PERIOD, Choice
from oracle.measures import MONEY, breakdown, link_orders, split_by_reason, total

AT_RISK = ("At Risk", "Cannot Lose Them")
SEGMENTS = (
    *("Champions", "Loyal", "Potential Loyalist", "New Customers", "Promising", "Need Attention", "About To Sleep"),
    *("At Risk", "Cannot Lose Them", "Hibernating", "Lost"),
)
TIERS = ("Top Clients", "Mid Range Clients", "Less Profitable Clients")


@dataclass(frozen=True)
class Figure:
    """A report: the columns that name a row, and its frame; money as floats, exact to the fourth decimal."""

    keys: tuple[str, ...]
    work_out: Callable[[Choice], pd.DataFrame]

    def of(self, choice: Choice) -> pd.DataFrame:
        frame = self.work_out(choice)
        for column in frame.columns.intersection(MONEY):
            frame[column] = frame[column].astype(float) / 10000
        return frame


def share(part: pd.Series, whole: object) -> pd.Series:
    part = part.astype(float)
    return part / (whole.astype(float).where(whole != 0) if isinstance(whole, pd.Series) else (whole or float("nan")))


def headline(choice: Choice) -> pd.DataFrame:
    sales, business = total(choice.sales()), total(choice.sales(lifted=("segment", "tier")))
    found = pd.DataFrame([sales])
    found["customers"] = len(choice.people())
    found["revenue_last_year"] = choice.sales(choice.earlier(12)).revenue.sum()
    found["revenue_target"], found["revenue_target_to_date"] = time.targets(choice, choice.wanted)
    for name, column in (("revenue", "revenue"), ("profit", "profit"), ("buyer", "buyers"), ("order", "orders")):
        found[f"{name}_share"] = share(found[column], business[column])
    return found


def segments(choice: Choice) -> pd.DataFrame:
    found = breakdown(choice.sales(), ["segment"])
    people, scored = choice.people(), choice.people().dropna(subset=["recency_score"])
    by_segment = scored.groupby("segment")
    found = found.set_index("segment").reindex(sorted({*found.segment, *people.segment})).rename_axis("segment")
    found = found.fillna({"revenue": 0, "orders": 0})
    found["customers"] = people.groupby("segment").size().reindex(found.index).fillna(0)
    found["customer_share"] = share(found.customers, len(choice.people("segment")))
    found["revenue_share"] = share(found.revenue, choice.sales(lifted=("segment",)).revenue.sum()).fillna(0)
    found["revenue_at_risk"] = time.twelve_months(choice, "segment").reindex(found.index).fillna(0)
    found["avg_recency_days"] = by_segment.recency_days.mean()
    found["avg_frequency"] = by_segment.frequency.mean()
    found["avg_monetary"] = by_segment.monetary.mean()
    columns = ["customers", "customer_share", "orders", "revenue", "revenue_share", "revenue_at_risk"]
    return found[[*columns, "avg_recency_days", "avg_frequency", "avg_monetary"]].reset_index()


def by_place(*keys: str) -> Callable[[Choice], pd.DataFrame]:
    def work_out(choice: Choice) -> pd.DataFrame:
        found = breakdown(choice.sales(), list(keys))
        found["revenue_share"] = share(found.revenue, choice.sales(lifted=(keys[-1],)).revenue.sum())
        if "region" in keys:
            places = choice.world.tables["dim_location"].groupby(list(keys))[["latitude", "longitude"]]
            middle = places.agg(lambda values: pd.to_numeric(values).mean()).astype(float)
            found = found.merge(middle.reset_index(), on=list(keys), how="left")
        return found.drop(columns=found.columns.difference(
            [*keys, "revenue", "revenue_share", "buyers", "orders", "latitude", "longitude"]
        ))  # fmt: skip

    return work_out


def orders_by_reason(choice: Choice) -> pd.DataFrame:
    sales = choice.sales()
    found = split_by_reason(sales, []).merge(link_orders(sales, []), on="reason", how="outer")
    links = link_orders(choice.sales(lifted=("reason",)), [])
    found["order_share"] = share(found.orders, links[links.reason != "No reason given"].orders.sum())
    found.loc[found.reason == "No reason given", "order_share"] = float("nan")
    reasons = choice.world.tables["dim_reason"].set_index("reason_name").reason_type
    kinds = found.reason.map(reasons[~reasons.index.duplicated()])
    found["reason_type"] = kinds.where(kinds.notna(), "No type").mask(found.reason == "No reason given", found.reason)
    return found


def segment_country(choice: Choice) -> pd.DataFrame:
    found = breakdown(choice.sales(), ["segment", "country"])[["segment", "country", "revenue"]]
    return of_first(found, choice.sales(lifted=("segment", "country")))


def segment_reason(choice: Choice) -> pd.DataFrame:
    found = split_by_reason(choice.sales(), ["segment"])
    return of_first(found, choice.sales(lifted=("segment", "reason")))


def subcategory_segment(choice: Choice) -> pd.DataFrame:
    found = breakdown(choice.sales(), ["subcategory", "segment"])[["subcategory", "segment", "revenue"]]
    return of_first(found, choice.sales(lifted=("subcategory", "segment")))


def segments_by_tier(choice: Choice) -> pd.DataFrame:
    found = breakdown(choice.sales(), ["segment", "tier"])[["segment", "tier", "buyers", "revenue"]]
    return of_first(found, choice.sales(lifted=("segment", "tier")))


def of_first(found: pd.DataFrame, whole: pd.DataFrame) -> pd.DataFrame:
    """Revenue shares of the first-named column's total."""
    totals = whole.groupby(found.columns[0]).revenue.sum()
    found["revenue_share"] = share(found.revenue, found[found.columns[0]].map(totals))
    return found


def reason_segment(choice: Choice) -> pd.DataFrame:
    found = link_orders(choice.sales(), ["segment"])
    totals = (
        link_orders(choice.sales(lifted=("reason", "segment")), [])
        .set_index("reason")
        .orders.drop("No reason given", errors="ignore")
    )
    found["order_share"] = share(found.orders, found.reason.map(totals))
    return found


def rfm_grid(choice: Choice) -> pd.DataFrame:
    keys, people, sales = ["recency_score", "frequency_score"], choice.people(), choice.sales()
    here, sold = people.groupby(keys).size().to_dict(), sales.groupby(keys).revenue.sum().to_dict()
    cells = [(float(r), float(f)) for r in range(1, 6) for f in range(1, 6)]
    rows = [(*cell, here.get(cell, 0), sold.get(cell, 0)) for cell in cells]
    unscored = sales[sales.recency_score.isna()]
    if len(unscored):
        customers = (people.is_buyer & people.recency_score.isna()).sum()
        rows.append((float("nan"), float("nan"), customers, unscored.revenue.sum()))
    return pd.DataFrame(rows, columns=[*keys, "customers", "revenue"])


def top_subcategories(choice: Choice) -> pd.DataFrame:
    found = breakdown(choice.sales(), ["subcategory"]).sort_values(["revenue", "subcategory"], ascending=[False, True])
    found["revenue_share"] = share(found.revenue, choice.sales(lifted=("subcategory",)).revenue.sum())
    return found.head(5)[["subcategory", "revenue", "revenue_share"]]


def day_region(choice: Choice) -> pd.DataFrame:
    found = breakdown(choice.sales(), ["day", "region"])[["day", "region", "revenue"]]
    return found.rename(columns={"day": "date"})


def tiers(choice: Choice) -> pd.DataFrame:
    found, business = breakdown(choice.sales(), ["tier"]), total(choice.sales(lifted=("tier",)))
    for name, column in (("revenue", "revenue"), ("profit", "profit"), ("buyer", "buyers")):
        found[f"{name}_share"] = share(found[column], business[column])
    return found.drop(columns="cost_coverage")


def score_cut_points(choice: Choice) -> pd.DataFrame:
    columns = ["score", "cut_20", "cut_40", "cut_60", "cut_80"]
    units = {"recency": 5, "frequency": 5, "monetary": 50000}
    rows = [[score, *(cut / units[score] for cut in cuts)] for score, cuts in choice.world.cuts.items() if cuts]
    return pd.DataFrame(rows, columns=columns)


def products(choice: Choice) -> pd.DataFrame:
    keys = ["product_id", "product", "subcategory", "category"]
    found = breakdown(choice.sales(), keys)[[*keys[1:], "items", "revenue", "net_sales", "profit"]]
    return found.sort_values([*keys[1:], "revenue"]).reset_index(drop=True)


def recommendations(key: str) -> Callable[[Choice], pd.DataFrame]:
    def work_out(choice: Choice) -> pd.DataFrame:
        sales, people = choice.sales(), choice.people()
        names = [name for name in (SEGMENTS if key == "segment" else TIERS) if (people[key] == name).any()]
        found = breakdown(sales, [key]).set_index(key).reindex(names)[["revenue"]].fillna(0).rename_axis(key)
        found["customers"] = people.groupby(key).size().reindex(names).fillna(0)
        found["revenue_share"] = share(found.revenue, choice.sales(lifted=(key,)).revenue.sum()).fillna(0)
        at_risk = None if key == "segment" else AT_RISK
        found["revenue_at_risk"] = time.twelve_months(choice, key, at_risk).reindex(names).fillna(0)
        found["avg_recency_days"] = people.groupby(key).recency_days.mean().reindex(names)
        return found.reset_index()

    return work_out


def customers(choice: Choice) -> pd.DataFrame:
    sales = choice.sales()
    found = breakdown(sales, ["customer_id"])[["customer_id", "orders", "revenue", "profit"]]
    picked = choice.people().drop(columns="first_order")
    how = "inner" if choice.has(*PERIOD, *ORDERS, *LINES) else "left"
    found = picked.merge(found.astype({"customer_id": object}), on="customer_id", how=how).fillna(
        {"orders": 0, "revenue": 0}
    )
    found["cumulative_share"] = [part and part[0] / part[1] for part in found.reached]
    known = [
        "customer_id",
        "customer_name",
        "segment",
        "tier",
        "recency_days",
        "frequency",
        "monetary",
        "last_order_date",
    ]
    scores = ["recency_score", "frequency_score", "monetary_score", "cumulative_share"]
    found = found[[*known, *scores, "orders", "revenue", "profit"]]
    guests = sales[sales.customer_id.isna()]
    if len(guests):
        row = {"customer_name": "Buyer not known", "segment": "Buyer not known", "tier": "Buyer not known"} | {
            name: value for name, value in total(guests).items() if name in ("orders", "revenue", "profit")
        }
        found = pd.concat([found, pd.DataFrame([row])], ignore_index=True)
    return found


FIGURES: dict[str, Figure] = {
    "headline": Figure((), headline),
    "segments": Figure(("segment",), segments),
    "revenue_by_continent": Figure(("continent",), by_place("continent")),
    "revenue_by_country": Figure(("continent", "country"), by_place("continent", "country")),
    "revenue_by_region": Figure(("continent", "country", "region"), by_place("continent", "country", "region")),
    "orders_by_reason": Figure(("reason",), orders_by_reason),
    "revenue_by_segment_country": Figure(("segment", "country"), segment_country),
    "revenue_by_segment_reason": Figure(("segment", "reason"), segment_reason),
    "rfm_grid": Figure(("recency_score", "frequency_score"), rfm_grid),
    "run_rate": Figure((), time.run_rate),
    "year_course": Figure(("date",), time.year_course),
    "changes": Figure(("dimension", "name"), time.changes),
    "month_cards": Figure((), time.month_cards),
    "month_days": Figure(("day",), time.month_days),
    "top_subcategories": Figure(("subcategory",), top_subcategories),
    "revenue_by_subcategory_segment": Figure(("subcategory", "segment"), subcategory_segment),
    "orders_by_reason_segment": Figure(("reason", "segment"), reason_segment),
    "revenue_by_day_region": Figure(("date", "region"), day_region),
    "tiers": Figure(("tier",), tiers),
    "segments_by_tier": Figure(("segment", "tier"), segments_by_tier),
    "score_cut_points": Figure(("score",), score_cut_points),
    "cumulative_revenue": Figure(("date",), time.cumulative_revenue),
    "monthly_growth": Figure(("month",), time.monthly_growth),
    "products": Figure(("product", "subcategory", "category", "items", "revenue"), products),
    "recommendations": Figure(("segment",), recommendations("segment")),
    "tier_recommendations": Figure(("tier",), recommendations("tier")),
    "customers": Figure(("customer_id",), customers),
    "customer_profile": Figure(("customer_id",), one_customer.profile),
    "customer_months": Figure(("month",), one_customer.months),
    "customer_orders": Figure(("order_id",), one_customer.orders),
    "customer_similar": Figure(("product",), one_customer.similar),
}
