"""Which figures stand on a page's cards, out of its reports."""

import math
from dataclasses import replace

import pandas as pd

from core import card_words, formats, rfm
from core.formats import Format
from core.ui_cards import Card, growth
from core.ui_view import View


def business_cards(view: View, *names: str) -> list[Card]:
    """Figures of the headline under the filter, with their growth in the last twelve months over the twelve before."""
    headline = view.run("headline").iloc[0]
    spans, months = view.run("twelve_months"), _whole_months(view)
    return [
        Card(
            name,
            headline.get(name, math.nan),
            growth=growth(*spans[name]),
            note="12 months",
            trend=months[name].fillna(0),
            rising_is_good=name != "revenue_at_risk",
            reports=("headline", "twelve_months", "recent_months"),
        )
        for name in names
    ]


def year_cards(view: View) -> list[Card]:
    """The year that the period ends in: to date, against its target, and where it ends."""
    row = view.run("run_rate").iloc[0]
    to_date = Card(
        "revenue",
        row.revenue_to_date,
        label=f"Revenue, {row.year:.0f} to date",
        growth=growth(row.revenue_of_basis, row.revenue_of_basis_last_year),
        note=card_words.to_date(row),
    )
    reached = _target("revenue_target_to_date", "", row, row.revenue_to_date, row.revenue_target_to_date)
    ends = []
    for name, label in card_words.YEAR_ENDS.items():
        whole, note = card_words.year_end(row, name)
        ends.append(Card(name, row[name], label, growth(row[name], whole), note))
    year = [replace(card, reports=("run_rate",)) for card in (to_date, reached, *ends)]
    people = [replace(card, trend=None, growth=None, note="") for card in business_cards(view, "orders", "buyers")]
    return [*year, *people]


def month_cards(view: View) -> list[Card]:
    """The month in view against the month before, last year and its target."""
    row = view.run("month_cards").iloc[0]
    so_far = "" if row.is_whole else " so far"
    open_target = row.revenue_target_to_date if not row.is_whole else row.revenue_target
    figures = [
        Card("revenue", row.revenue, label=f"Revenue{so_far}",
             growth=growth(row.revenue, row.revenue_last_month), note="last month"),
        Card("revenue_last_year", row.revenue_last_year, label="Same month last year",
             growth=growth(row.revenue, row.revenue_last_year), note="since then"),
        _target("revenue_target", "Target" if row.is_whole else "Target to date", row, row.revenue, open_target),
        Card("orders", row.orders, growth=growth(row.orders, row.orders_last_month), note="last month"),
        Card("buyers", row.buyers, growth=growth(row.buyers, row.buyers_last_month), note="last month"),
        Card("new_buyers", row.new_buyers, badge=_part(row.new_buyers, row.buyers), note="of buyers"),
    ]  # fmt: skip
    return [replace(card, reports=("month_cards",)) for card in figures]


def tier_cards(view: View) -> list[Card]:
    """The figures of the tier and segment chosen, with their share of the business without that choice."""
    row = view.run("headline").iloc[0]
    business = view.run("headline", tier=None, segment=None).iloc[0]
    shares = {
        "revenue": (row.revenue_share, "of revenue"),
        "profit": (row.profit_share, "of profit"),
        "buyers": (row.buyer_share, "of buyers"),
        "orders": (row.order_share, "of orders"),
        "items": (row["items"] / business["items"] if business["items"] else math.nan, "of items"),
    }
    headline = ("headline",)
    figures = [
        Card(name, row[name], share=share, note=note, reports=headline) for name, (share, note) in shares.items()
    ]
    usual = ""
    if 0 < row.orders < business.orders:
        usual = f"{row.average_transaction_value / business.average_transaction_value:.1f} ×"
    return [
        *figures,
        Card(
            "average_transaction_value",
            row.average_transaction_value,
            badge=usual,
            note="the average" if usual else "",
            trend=_whole_months(view).average_transaction_value.fillna(0),
            reports=("headline", "recent_months"),
        ),
    ]


def score_note(view: View) -> str:
    """Where equal values leave scores empty or there is too little data for quintiles, in one line; else nothing."""
    rows = view.run("score_cut_points")
    said = rows[rows.note.notna()]
    return " ".join(f"{score.capitalize()}: {note}" for score, note in zip(said.score, said.note, strict=True))


def _whole_months(view: View) -> pd.DataFrame:
    """The recent months that are over and look complete: a line must not end in a cliff of missing data."""
    months = view.run("recent_months")
    return months[months.is_whole & ~months.is_thin]


def _target(name: str, label: str, row: pd.Series, revenue: float, target: float) -> Card:
    return Card(name, target, label, growth(revenue, target), card_words.to_target(row, revenue, target))


def risk_cards(view: View) -> list[Card]:
    """What is at stake: revenue at risk, the segments that make it up, and how many people they are."""
    headline, year = view.run("headline").iloc[0], view.run("twelve_months").iloc[0]
    segments = view.run("segments")
    segments = segments[segments.segment.isin(rfm.at_risk_names())]
    own = [
        Card("revenue_at_risk", row.revenue_at_risk, label=row.segment,
             badge=_part(row.revenue_at_risk, year.revenue), note="of 12 months", reports=("segments", "twelve_months"))
        for row in segments.itertuples()
    ]  # fmt: skip
    people = segments.customers.sum()
    return [
        Card("revenue_at_risk", headline.revenue_at_risk,
             badge=_part(headline.revenue_at_risk, year.revenue), note="of 12 months",
             reports=("headline", "twelve_months")),
        *own,
        Card("customers", people, label="Customers at risk",
             badge=_part(people, headline.customers), note="of customers", reports=("segments", "headline")),
    ]  # fmt: skip


def _part(value: float, whole: float) -> str:
    return formats.short(value / whole, Format.SHARE) if whole > 0 else ""
