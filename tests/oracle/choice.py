"""A filter on a world: which customers, which order lines, which days, and the same days a year or a month before."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd

from oracle.world import World

PEOPLE = ("segment", "tier", "customer", "recency_score", "frequency_score", "monetary_score")
ORDERS = ("continent", "country", "region", "channel", "reason")
LINES = ("category", "subcategory", "product")
PERIOD = ("from", "to", "year", "quarter", "month")
EVERY_DAY = pd.date_range("1989-01-01", "2199-12-31")
Span = tuple[pd.Timestamp, pd.Timestamp]


class Choice:
    """What a filter (key → values) leaves of a world."""

    def __init__(self, world: World, query: Mapping[str, Iterable[str]]) -> None:
        self.world = world
        self.query = {key: list(values) for key, values in query.items()}
        top = Fraction(Decimal(self.query.get("top_cut", ["0.7"])[0]))
        mid = Fraction(Decimal(self.query.get("mid_cut", ["0.9"])[0]))
        customers = world.customers
        largest = customers.monetary.max()
        tiers = []
        for buyer, reached, value in zip(customers.is_buyer, customers.reached, customers.monetary, strict=True):
            if not buyer:
                tiers.append("Never ordered")
            elif reached is None:
                tiers.append("Less Profitable Clients")
            elif value == largest or Fraction(int(reached[0]), int(reached[1])) <= top:
                tiers.append("Top Clients")
            else:
                within = Fraction(int(reached[0]), int(reached[1])) <= mid
                tiers.append("Mid Range Clients" if within else "Less Profitable Clients")
        self.customers = customers.assign(tier=tiers)
        tier = self.customers.set_index("customer_id").tier
        self.lines = world.lines.assign(tier=world.lines.customer_id.map(tier).fillna("Buyer not known"))
        self.wanted = self._runs()
        self._picked: dict[frozenset[str], pd.DataFrame] = {}

    def has(self, *keys: str) -> bool:
        return any(key in self.query for key in keys)

    def people(self, *lifted: str) -> pd.DataFrame:
        """The customers picked, whatever they bought."""
        frame = self.customers
        for key in set(self.query) & set(PEOPLE) - set(lifted):
            column = "customer_id" if key == "customer" else key
            frame = frame[frame[column].isin(self._values(key))]
        return frame

    def sales(self, spans: list[Span] | None = None, lifted: Iterable[str] = ()) -> pd.DataFrame:
        """The order lines picked, of the period's days or of other spans."""
        key = frozenset(lifted)
        if key not in self._picked:
            self._picked[key] = self._pick(key)
        frame = self._picked[key]
        keep = np.zeros(len(frame), bool)
        for first, last in self.days if spans is None else spans:
            keep |= ((frame.day >= first) & (frame.day <= last)).to_numpy()
        return frame[keep]

    def _pick(self, lifted: frozenset[str]) -> pd.DataFrame:
        frame = self.lines
        for key in set(self.query) & set(PEOPLE + ORDERS + LINES) - lifted:
            values = self._values(key)
            if key == "reason":
                frame = frame[[not values.isdisjoint(reasons) for reasons in frame.reasons]]
            elif key == "product":
                frame = frame[frame["product"].isin(values) | frame.product_id.isin(values)]
            else:
                frame = frame[frame["customer_id" if key == "customer" else key].isin(values)]
        return frame

    @property
    def days(self) -> list[Span]:
        """The spans of the period, as far as the data goes."""
        return to_date(self.wanted, self.world.as_of)

    def earlier(self, months: int) -> list[Span]:
        """The same calendar spans some months earlier, cut at the same day where the data cuts them."""
        return earlier(self.wanted, months, self.world.as_of)

    def _values(self, key: str) -> set:
        return {float(value) for value in self.query[key]} if key.endswith("_score") else set(self.query[key])

    def _runs(self) -> list[Span]:
        """The period's days as runs of consecutive days, whatever the data has."""
        if not self.has("from", "year", "quarter", "month"):
            first = self.world.first_day.replace(day=1)
        else:
            first = EVERY_DAY[0]
        wanted = first <= EVERY_DAY
        if self.has("from"):
            wanted &= pd.Timestamp(self.query["from"][0]) <= EVERY_DAY
        if self.has("to"):
            wanted &= pd.Timestamp(self.query["to"][0]) >= EVERY_DAY
        years, quarters, months = labels(self.world.fiscal_start)
        for key, label in (("year", years), ("quarter", quarters), ("month", months)):
            if self.has(key):
                wanted &= np.isin(label, self.query[key])
        return runs(wanted)


_LABELS: dict[int, tuple] = {}


def labels(fiscal_start: int) -> tuple:
    """The (fiscal) year, quarter and month of every day, as a link writes them; a fiscal year goes by its end."""
    if fiscal_start not in _LABELS:
        moved = EVERY_DAY.to_period("M") + ((13 - fiscal_start) % 12)
        years = moved.year.astype(str).to_numpy(dtype=str)
        quarters = np.char.add(np.char.add(years, "-Q"), ((moved.month - 1) // 3 + 1).astype(str).to_numpy(dtype=str))
        _LABELS[fiscal_start] = (years, quarters, EVERY_DAY.strftime("%Y-%m").to_numpy(dtype=str))
    return _LABELS[fiscal_start]


def runs(wanted: np.ndarray) -> list[Span]:
    """The runs of consecutive wanted days."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], wanted.astype(int), [0]])))
    return [(EVERY_DAY[a], EVERY_DAY[b - 1]) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def to_date(spans: list[Span], as_of: pd.Timestamp) -> list[Span]:
    return [(first, min(last, as_of)) for first, last in spans if first <= as_of]


def earlier(spans: list[Span], months: int, as_of: pd.Timestamp) -> list[Span]:
    """Spans some months earlier; whole months are compared with whole months, a cut one is cut at the same day."""
    found = []
    for first, last in to_date(spans, as_of):
        complete = (first, last) in spans and first.is_month_start and last.is_month_end
        moved = last - pd.DateOffset(months=months)
        found.append((first - pd.DateOffset(months=months), moved + pd.offsets.MonthEnd(0) if complete else moved))
    return found
