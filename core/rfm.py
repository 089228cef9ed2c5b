"""Recency, frequency, monetary: five scores from four cut points, and the eleven segments of the 125 codes.

A score is one more than the cut points below the value; for recency five less them, so that 5 bought last. Equal
values share a score.
"""

# The views in sql/marts do this for every customer with the tables that `rules` hands them; the functions here say the
# same for a handful of values, to explain a score and to hold the views against.

from collections.abc import Sequence
from decimal import Decimal

import pandas as pd

from core import playbook

QUINTILES = 5
NEVER_ORDERED, NO_SEGMENT, BUYER_NOT_KNOWN = "Never ordered", "No segment", "Buyer not known"
FEW_BUYERS, FEW_DAYS = 50, 90


def segment_names() -> tuple[str, ...]:
    """The eleven segments from best to gone."""
    return tuple(segment.name for segment in playbook.segments())


def row_names() -> tuple[str, ...]:
    """Every row a breakdown by segment can have, in reading order."""
    return (*segment_names(), NO_SEGMENT, NEVER_ORDERED, BUYER_NOT_KNOWN)


def at_risk_names() -> tuple[str, ...]:
    """The segments whose last twelve months are the revenue at risk."""
    return tuple(segment.name for segment in playbook.segments() if segment.at_risk)


def cut_points(values: Sequence[int | Decimal]) -> list[Decimal]:
    """The 20, 40, 60 and 80 % points of values with linear interpolation, as Excel's PERCENTILE.INC has them."""
    ordered = sorted(map(Decimal, values))
    found = []
    for position in range(1, QUINTILES):
        whole, fifths = divmod(position * (len(ordered) - 1), QUINTILES)
        upper = ordered[min(whole + 1, len(ordered) - 1)]
        found.append(ordered[whole] + (upper - ordered[whole]) * fifths / QUINTILES)
    return found


def scores(values: Sequence[int | Decimal], *, low_is_good: bool = False) -> list[int]:
    """The score 1-5 of each value: one more than the cut points below it. For recency (low_is_good) five less them."""
    cuts = cut_points(values)
    return [score(value, cuts, low_is_good=low_is_good) for value in map(Decimal, values)]


def score(value: Decimal | float, cuts: Sequence[Decimal | float], *, low_is_good: bool = False) -> int:
    """The score 1-5 of one value among cut points."""
    below = sum(cut < value for cut in cuts)
    return QUINTILES - below if low_is_good else 1 + below


def segment(recency_score: int, frequency_score: int, monetary_score: int) -> str:
    """The segment of a code such as (5, 5, 4)."""
    return playbook.codes()[recency_score, frequency_score, monetary_score]


def rules() -> dict[str, pd.DataFrame]:
    """The tables the views take these rules from: rule_cut (position), rule_code (three scores, segment)."""
    code = pd.DataFrame(
        [(*key, name) for key, name in playbook.codes().items()],
        columns=["recency_score", "frequency_score", "monetary_score", "segment"],
    )
    return {"rule_cut": pd.DataFrame({"position": range(1, QUINTILES)}), "rule_code": code}
