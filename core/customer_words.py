"""A customer in words: how its scores came about, its place among the clients, the next contact to make.

Everything is taken from the reports customer_profile and score_cut_points; nothing is guessed where they are silent.
The sentences are plain text and may hold any character of a name in the data.
"""

import datetime
from dataclasses import dataclass

import pandas as pd

from core import formats, rfm
from core.formats import Format

FEW_DAYS = 3  # days with an order that a rhythm needs, as customer_profile has it
_CUTS = ("cut_20", "cut_40", "cut_60", "cut_80")


@dataclass(frozen=True)
class Score:
    """One of the three scores: its name, 1-5, and the sentences that say how it came about."""

    name: str
    score: int
    because: str


@dataclass(frozen=True)
class NextStep:
    """When to make contact at the latest, why then, whether a day can be named, and whether it has come."""

    when: str
    why: str
    has_day: bool
    is_due: bool


def scores(profile: pd.Series, cut_points: pd.DataFrame, as_of: datetime.date) -> list[Score]:
    """The three scores of a customer beside the cut points of all; none for a customer without an order."""
    if pd.isna(profile.recency_score):
        return []
    cuts = cut_points.set_index("score")
    days = formats.exact(profile.recency_days, Format.DAYS)
    orders = _count(profile.frequency, "order")
    said = (
        ("recency", profile.recency_score, f"The last order was {days} before {formats.exact(as_of, Format.DATE)}."),
        ("frequency", profile.frequency_score, f"{orders} up to then."),
        (
            "monetary",
            profile.monetary_score,
            f"{formats.exact(profile.monetary, Format.MONEY)} up to then, returns off.",
        ),
    )
    return [Score(name, int(score), f"{fact} {_sum(name, int(score), cuts.loc[name])}") for name, score, fact in said]


def cut_point(value: float, measure: str) -> str:
    """A cut point of recency, frequency or monetary with its unit: 23 days, 1.50 orders, 480.00 €."""
    unit = {"recency": "day", "frequency": "order"}.get(measure, "")
    return f"{_cut(value, measure)} {unit if value == 1 else f'{unit}s'}" if unit else _cut(value, measure)


def standing(profile: pd.Series) -> str:
    """Where the customer stands among all by revenue so far."""
    if pd.isna(profile.revenue_rank):
        return "It has never ordered, so it has no place among the buyers."
    place = f"Number {formats.exact(profile.revenue_rank, Format.COUNT)} of {_count(profile.all_buyers, 'buyer')}"
    worth = formats.exact(profile.monetary, Format.MONEY)
    if pd.isna(profile.cumulative_share):
        return f"{place} by revenue so far ({worth}). What it returned is as much as it bought, so it adds nothing."
    share = formats.exact(profile.cumulative_share, Format.SHARE)
    return f"{place} by revenue so far ({worth}); with all larger ones and its equals that is {share} of revenue."


def next_step(profile: pd.Series, as_of: datetime.date) -> NextStep:
    """The next contact: by the day its next order is due, judged from the usual time between its own orders."""
    if pd.isna(profile.next_order_date):
        return NextStep("No day can be named", _no_rhythm(profile), False, False)
    gap = formats.exact(profile.median_gap_days, Format.DAYS)
    due = profile.next_order_date.date()
    usual = f"It usually orders every {gap}" if profile.median_gap_days != 1 else "It usually orders every day"
    usual += f" (the median over {_count(profile.order_days, 'day')} with an order)"
    away = (due - as_of).days
    when = formats.exact(due, Format.DATE)
    if away > 0:
        return NextStep(f"By {when}", f"{usual}: the next order is due then, in {_days(away)}.", True, False)
    late = "on the last day of the data" if not away else f"{_days(-away)} ago"
    return NextStep("Now", f"{usual}: the next order was due on {when}, {late}.", True, True)


def at_stake(profile: pd.Series) -> str:
    """What the customer brought in the last twelve months, and whether that counts as at risk."""
    amount = formats.exact(profile.revenue_at_risk, Format.MONEY)
    if profile.segment in rfm.at_risk_names():
        return f"{amount} of the last 12 months is at risk: {profile.segment} is a segment at risk."
    return f"{amount} came in the last 12 months; {profile.segment} does not count as at risk."


def similar(row: pd.Series) -> str:
    """Who counts as similar, out of a row of customer_similar: plain text for a caption."""
    of_type = f" of type {row.similar_type}" if isinstance(row.similar_type, str) else ""
    where = f" who buy most in {row.similar_country}" if isinstance(row.similar_country, str) else ""
    count = formats.exact(row.similar_customers, Format.COUNT)
    return f"Similar are the {count} other customers of {row.similar_segment}{of_type}{where}. Over all their time."


def _no_rhythm(profile: pd.Series) -> str:
    if profile.frequency:
        days = _count(profile.order_days, "day")
        return f"Not enough orders: {days} with an order; from {FEW_DAYS} on the time between them says when."
    if pd.isna(profile.first_order_date):
        return "It has never ordered."
    return "It has no order with a positive total, returns or nothing alone."


def _sum(name: str, score: int, cuts: pd.Series) -> str:
    """The cut points, how many lie below the value, and the score that this makes."""
    values = [_cut(cuts[cut], name) for cut in _CUTS]
    below = rfm.QUINTILES - score if name == "recency" else score - 1
    lie = "none of them lies" if not below else f"{below} of them {'lies' if below == 1 else 'lie'}"
    sum_ = f"5 − {below}" if name == "recency" else f"1 + {below}"
    return (
        f"The cut points are {', '.join(values[:-1])} and {values[-1]}; {lie} below, so the score is {sum_} = {score}."
    )


def _cut(value: float, name: str) -> str:
    if name == "monetary":
        return formats.exact(value, Format.MONEY)
    return formats.exact(value, Format.COUNT if value == round(value) else Format.NUMBER)


def _count(number: float, one: str) -> str:
    return f"{formats.exact(number, Format.COUNT)} {one if number == 1 else f'{one}s'}"


def _days(number: int) -> str:
    return _count(number, "day")
