"""A star as of a day: order lines with their revenue, customers with their scores, the months of the data."""

import csv
import datetime
import json
from collections import defaultdict
from pathlib import Path

import pandas as pd

CODES = Path(__file__).parents[2] / "core/playbook/segment_codes.csv"
UNKNOWN_PLACE, NOT_ITEMISED, NO_REASON = "Place not known", "Not itemised", "No reason given"
COLUMNS = {
    "fact_order": ["order_id", "order_date", "customer_id", "location_id", "total_amount", "channel", "status"],
    "fact_order_line": ["order_id", "line_number", "product_id", "quantity", "net_amount", "cost_amount"],
    "bridge_order_reason": ["order_id", "reason_id"],
    "dim_customer": ["customer_id", "customer_name", "customer_type"],
    "dim_product": ["product_id", "product_name", "subcategory", "category"],
    "dim_location": ["location_id", "continent", "country", "country_code", "region", "latitude", "longitude"],
    "dim_reason": ["reason_id", "reason_name", "reason_type"],
    "dim_target": ["month", "revenue_target"],
}


def whole(amount: object) -> int | None:
    """Money in ten-thousandths."""
    return None if pd.isna(amount) else int(amount * 10000)


def half_up(numerator: int, denominator: int) -> int:
    """The nearest whole number to a fraction, halves upwards."""
    return (2 * numerator + denominator) // (2 * denominator)


def spread(net: list[int], total: int) -> list[int]:
    """Each line's revenue: its net and its part of what was charged beyond them all, the rest on the last line."""
    weights = [abs(amount) for amount in net]
    weights = weights if any(weights) else [1] * len(net)
    parts = [amount + half_up((total - sum(net)) * w, sum(weights)) for amount, w in zip(net, weights, strict=True)]
    return [*parts[:-1], total - sum(parts[:-1])]


def cut_points(values: list[int]) -> list[int]:
    """Five times the 20, 40, 60 and 80 % points (PERCENTILE.INC), so that they stay whole."""
    ordered = sorted(values)
    found = []
    for percent in (20, 40, 60, 80):
        below, rest = divmod(percent * (len(ordered) - 1), 100)
        gap = ordered[min(below + 1, len(ordered) - 1)] - ordered[below]
        found.append(5 * ordered[below] + gap * rest // 20)
    return found


class World:
    """The star of a folder, with everything after `as_of` hidden."""

    def __init__(self, folder: Path, as_of: datetime.date | None = None) -> None:
        self.tables = {name: _table(Path(folder), name) for name in COLUMNS}
        self.facts = json.loads((Path(folder) / "star.json").read_text())
        self.fiscal_start = self.facts.get("fiscal_year_start", 1)
        self.lines = self._lines(as_of)
        self.first_day = self.lines.day.min()
        self.as_of = pd.Timestamp(as_of) if as_of else self.lines.day.max()
        self.orders = self.lines.groupby("order_id", as_index=False).agg(
            day=("day", "first"), customer_id=("customer_id", "first"), revenue=("revenue", "sum")
        )
        self.cuts: dict[str, list[int]] = {}
        self.customers = self._customers()
        for column in ("segment", "recency_score", "frequency_score", "monetary_score"):
            known = self.customers.set_index("customer_id")[column]
            self.lines[column] = self.lines.customer_id.map(known)
        self.lines["segment"] = self.lines.segment.fillna("Buyer not known")
        self.months = self._months()

    def _lines(self, as_of: datetime.date | None) -> pd.DataFrame:
        orders, people = self.tables["fact_order"], set(self.tables["dim_customer"].customer_id)
        orders = orders[orders.status.fillna("sold").isin(["sold", "returned"])]
        orders = orders.assign(day=pd.to_datetime(orders.order_date))
        if as_of:
            orders = orders[orders.day <= pd.Timestamp(as_of)]
        places = {row.location_id: row for row in self.tables["dim_location"].itertuples()}
        products = {row.product_id: row for row in self.tables["dim_product"].itertuples()}
        names = {row.reason_id: row.reason_name for row in self.tables["dim_reason"].itertuples()}
        reasons, lines = defaultdict(set), defaultdict(list)
        for row in self.tables["bridge_order_reason"].itertuples():
            reasons[row.order_id].add(names.get(row.reason_id, row.reason_id))
        for row in self.tables["fact_order_line"].sort_values(["order_id", "line_number"]).itertuples():
            lines[row.order_id].append(row)
        found = []
        for order in orders.itertuples():
            total, own = whole(order.total_amount), lines[order.order_id]
            net = [whole(line.net_amount) for line in own] or [total or 0]
            total = sum(net) if total is None else total
            place = places.get(order.location_id)
            common = (
                order.order_id,
                order.day,
                order.customer_id if order.customer_id in people else None,
                *(_text(getattr(place, key, None), UNKNOWN_PLACE) for key in ("continent", "country", "region")),
                _text(order.channel, "Channel not known"),
                tuple(sorted(reasons[order.order_id])) or (NO_REASON,),
                total > 0,
            )
            for index, revenue in enumerate(spread(net, total)):
                line = own[index] if own else None
                product = None if line is None or pd.isna(line.product_id) else line.product_id
                item = products.get(product)
                cost = None if line is None else whole(line.cost_amount)
                quantity = 0.0 if line is None or pd.isna(line.quantity) else line.quantity
                found.append(
                    (
                        *common,
                        product or "",
                        item.product_name if item else product or NOT_ITEMISED,
                        _text(getattr(item, "subcategory", None), "No subcategory" if product else NOT_ITEMISED),
                        _text(getattr(item, "category", None), "No category" if product else NOT_ITEMISED),
                        revenue,
                        net[index],
                        quantity,
                        0 if cost is None else net[index],
                        0 if cost is None else net[index] - cost,
                        cost is not None,
                    )
                )
        frame = pd.DataFrame(
            found,
            columns=[
                *("order_id", "day", "customer_id", "continent", "country", "region", "channel", "reasons", "is_sale"),
                *("product_id", "product", "subcategory", "category"),
                *("revenue", "net_sales", "items", "costed", "profit", "has_cost"),
            ],
        )
        texts = [name for name in frame if pd.api.types.is_string_dtype(frame[name])]
        return frame.astype(dict.fromkeys([*texts, "customer_id"], object))  # faster to pick from than Arrow text

    def _customers(self) -> pd.DataFrame:
        with CODES.open(newline="") as stream:
            codes = {row["code"]: row["segment"] for row in csv.DictReader(stream)}
        totals = self.lines.groupby("order_id")["is_sale"].first()
        orders = self.orders.assign(is_sale=self.orders.order_id.map(totals))
        bought = orders.dropna(subset=["customer_id"]).groupby("customer_id")
        sold = orders[orders.is_sale].dropna(subset=["customer_id"]).groupby("customer_id")
        people = self.tables["dim_customer"][["customer_id", "customer_name"]].copy()
        people["customer_name"] = people.customer_name.fillna(people.customer_id)
        people["first_order"] = _looked_up(people, bought.day.min())
        people["last_order_date"] = _looked_up(people, sold.day.max())
        people["is_buyer"] = people.first_order.notna()
        people["frequency"] = people.customer_id.map(sold.size()).fillna(0).astype(int)
        people["monetary"] = people.customer_id.map(bought.revenue.sum()).fillna(0).astype("int64")
        people["recency_days"] = (self.as_of - people.last_order_date).dt.days
        scored = people[people.frequency > 0]
        for measure, values in (
            ("recency", scored.recency_days.astype(int)),
            ("frequency", scored.frequency),
            ("monetary", scored.monetary),
        ):
            cuts = self.cuts[measure] = cut_points(values.tolist()) if len(values) else []
            below = {index: sum(cut < 5 * value for cut in cuts) for index, value in values.items()}
            score = {index: 5 - n if measure == "recency" else 1 + n for index, n in below.items()}
            people[f"{measure}_score"] = pd.Series(score, dtype=float).reindex(people.index)
        code = people[["recency_score", "frequency_score", "monetary_score"]]
        people["segment"] = [
            "Never ordered"
            if not buyer
            else "No segment"
            if pd.isna(row[0])
            else codes["".join(str(int(score)) for score in row)]
            for buyer, row in zip(people.is_buyer, code.itertuples(index=False, name=None), strict=True)
        ]
        buyers = people[people.is_buyer]
        positive = buyers.monetary.clip(lower=0).sum()
        by_value = buyers.groupby("monetary").monetary.sum().sort_index(ascending=False)
        reached = {value: (upto, positive) for value, upto in by_value.cumsum().items() if value > 0}
        people["reached"] = [reached.get(value) if buyer else None
                             for value, buyer in zip(people.monetary, people.is_buyer, strict=True)]  # fmt: skip
        return people

    def _months(self) -> pd.DataFrame:
        """Revenue of every calendar month; thin: under a fifth of the median of the twelve before (three at least)."""
        starts = pd.date_range(self.first_day.replace(day=1), self.as_of, freq="MS")
        revenue = self.lines.groupby(self.lines.day.dt.to_period("M").dt.start_time).revenue.sum()
        revenue = revenue.reindex(starts, fill_value=0)
        thin = [
            position >= 3 and revenue.iloc[position] < 0.2 * revenue.iloc[max(0, position - 12) : position].median()
            for position in range(len(starts))
        ]
        ends = starts + pd.offsets.MonthEnd(1)
        return pd.DataFrame({"month": starts, "revenue": revenue.values, "thin": thin, "whole": ends <= self.as_of})


def _table(folder: Path, name: str) -> pd.DataFrame:
    file = folder / f"{name}.parquet"
    found = pd.read_parquet(file) if file.exists() else pd.DataFrame(columns=COLUMNS[name])
    return found.reindex(columns=COLUMNS[name]).astype(object).where(lambda frame: frame.notna(), None)


def _looked_up(people: pd.DataFrame, days: pd.Series) -> pd.Series:
    return pd.Series(pd.to_datetime([days.get(name) for name in people.customer_id]), index=people.index)


def _text(value: object, instead: str) -> str:
    return instead if value is None or pd.isna(value) else value
