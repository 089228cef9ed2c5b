"""The card row of each page in words: a figure, how it moved, and against what."""

import math
from dataclasses import replace

import pandas as pd

from core import card_words, formats, rfm
from core.formats import MINUS, Format
from core.metrics import COLUMNS
from core.take.figure import Card


def overview(run) -> list[Card]:
    """The headline under the filter, with the growth of the last twelve months over the twelve before."""
    names = ("revenue", "orders", "buyers", "average_transaction_value", "profit", "revenue_at_risk")
    return _business(run, *names)


def home(run) -> list[Card]:
    """The year to date against target and last year, and where it ends."""
    row = run("run_rate").iloc[0]
    ends = [(name, label, *card_words.year_end(row, name)) for name, label in card_words.YEAR_ENDS.items()]
    return [
        _card("revenue", row.revenue_to_date, f"Revenue, {row.year:.0f} to date",
              _growth(row.revenue_of_basis, row.revenue_of_basis_last_year), card_words.to_date(row)),
        _card("revenue_target_to_date", row.revenue_target_to_date, "",
              _growth(row.revenue_to_date, row.revenue_target_to_date),
              card_words.to_target(row, row.revenue_to_date, row.revenue_target_to_date)),
        *(_card(name, row[name], label, _growth(row[name], whole), note) for name, label, whole, note in ends),
        *(replace(card, change="", note="", moved=0) for card in _business(run, "orders", "buyers")),
    ]  # fmt: skip


def month(run) -> list[Card]:
    """The month in view against the month before, last year and its target."""
    row = run("month_cards").iloc[0]
    target = row.revenue_target if row.is_whole else row.revenue_target_to_date
    return [
        _card("revenue", row.revenue, f"Revenue{'' if row.is_whole else ' so far'}",
              _growth(row.revenue, row.revenue_last_month), "last month"),
        _card("revenue_last_year", row.revenue_last_year, "Same month last year",
              _growth(row.revenue, row.revenue_last_year), "since then"),
        _card("revenue_target", target, "Target" if row.is_whole else "Target to date",
              _growth(row.revenue, target), card_words.to_target(row, row.revenue, target)),
        _card("orders", row.orders, "", _growth(row.orders, row.orders_last_month), "last month"),
        _card("buyers", row.buyers, "", _growth(row.buyers, row.buyers_last_month), "last month"),
        _part("new_buyers", row.new_buyers, row.buyers, "of buyers"),
    ]  # fmt: skip


def tiers(run) -> list[Card]:
    """The figures of the tier and segment chosen, with their share of the business without that choice."""
    row, business = run("headline").iloc[0], run("headline", tier=None, segment=None).iloc[0]
    shares = [
        _share("revenue", row.revenue, row.revenue_share, "of revenue"),
        _share("profit", row.profit, row.profit_share, "of profit"),
        _share("buyers", row.buyers, row.buyer_share, "of buyers"),
        _share("orders", row.orders, row.order_share, "of orders"),
        _share("items", row["items"], row["items"] / business["items"] if business["items"] else math.nan, "of items"),
    ]
    usual = _card("average_transaction_value", row.average_transaction_value)
    if 0 < row.orders < business.orders:
        times = row.average_transaction_value / business.average_transaction_value
        usual = Card(usual.name, usual.label, usual.value, f"{times:.1f} ×", "the average")
    return [*shares, usual]


def risk(run) -> list[Card]:
    """What is at stake: revenue at risk, the segments that make it up, and how many people they are."""
    headline, year = run("headline").iloc[0], run("twelve_months").iloc[0]
    rows = run("segments")
    rows = rows[rows.segment.isin(rfm.at_risk_names())]
    return [
        _part("revenue_at_risk", headline.revenue_at_risk, year.revenue, "of 12 months"),
        *(_part("revenue_at_risk", row.revenue_at_risk, year.revenue, "of 12 months", row.segment)
          for row in rows.itertuples()),
        _part("customers", rows.customers.sum(), headline.customers, "of customers", "Customers at risk"),
    ]  # fmt: skip


def customers(totals: pd.Series) -> list[Card]:
    """What the list of customers adds up to."""
    return [_card(name, totals[name]) for name in ("customers", "buyers", "orders", "revenue")]


def customer(bought: pd.Series, profile: pd.Series) -> list[Card]:
    """What one customer bought under the filter, and in the last twelve months."""
    names = ("revenue", "orders", "average_transaction_value", "items", "profit")
    return [
        *(_card(name, bought[name]) for name in names),
        _card("revenue_at_risk", profile.revenue_at_risk, "Last 12 months"),
    ]


def _business(run, *names: str) -> list[Card]:
    headline, spans = run("headline").iloc[0], run("twelve_months")
    return [
        _card(name, headline[name], "", _growth(*spans[name]), "12 months", falling_is_good=name == "revenue_at_risk")
        for name in names
    ]


def _card(
    name: str, value: float, label: str = "", growth: float | None = None, note: str = "", falling_is_good: bool = False
) -> Card:
    metric = COLUMNS[name]
    written, moved = "", 0
    if growth is not None:
        written = "new" if math.isinf(growth) else formats.short(growth, Format.GROWTH)
        if math.isfinite(growth) and written.strip(f"+{MINUS}0.%"):
            moved = (1 if growth > 0 else -1) * (-1 if falling_is_good else 1)
    return Card(name, label or metric.label, formats.short(value, metric.format), written, note, moved)


def _share(name: str, value: float, share: float, note: str) -> Card:
    known = share == share
    return Card(name, COLUMNS[name].label, formats.short(value, COLUMNS[name].format),
                formats.short(share, Format.SHARE) if known else "", note if known else "")  # fmt: skip


def _part(name: str, value: float, whole: float, note: str, label: str = "") -> Card:
    part = formats.short(value / whole, Format.SHARE) if whole > 0 else ""
    return Card(name, label or COLUMNS[name].label, formats.short(value, COLUMNS[name].format), part, note)


def _growth(now: float, before: float) -> float | None:
    """The difference as a share of what was before; infinite from nothing, None where one is absent or both 0."""
    if now != now or before != before:
        return None
    if before <= 0:
        return math.inf if now > 0 else None
    return (now - before) / before
