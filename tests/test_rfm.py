"""Recency, frequency, monetary: cut points, scores and segments, by hand and in the views."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from core import reports, rfm, warehouse
from core.filters import Filter

PUBLISHED = Path(__file__).parents[2] / "shared/data/rfm_segments.csv"


@pytest.mark.parametrize(
    ("values", "cuts"),
    [
        ([1, 2, 3, 4, 5, 6], ["2", "3", "4", "5"]),
        ([10, 20], ["12", "14", "16", "18"]),
        ([7], ["7", "7", "7", "7"]),
        ([5, 5, 5, 5], ["5", "5", "5", "5"]),
        ([1, 1, 1, 1, 9], ["1", "1", "1", "2.6"]),
        ([Decimal("0.0001"), Decimal("0.0002")], ["0.00012", "0.00014", "0.00016", "0.00018"]),
        ([-10, 0, 10], ["-6", "-2", "2", "6"]),
        ([9, 1, 5, 3, 7, 11], ["3", "5", "7", "9"]),
    ],
)
def test_cut_points_are_those_of_percentile_inc(values, cuts):
    assert rfm.cut_points(values) == [Decimal(cut) for cut in cuts]


def test_equal_customers_share_a_score():
    assert rfm.scores([1, 1, 1, 1, 9]) == [1, 1, 1, 1, 5]


def test_all_customers_equal():
    assert rfm.scores([3, 3, 3]) == [1, 1, 1]
    assert rfm.scores([3, 3, 3], low_is_good=True) == [5, 5, 5]


def test_a_value_on_a_cut_point_stays_below_it():
    assert rfm.scores([1, 2, 3, 4, 5, 6]) == [1, 1, 2, 3, 4, 5]


def test_recency_is_turned_round_once():
    assert rfm.scores([0, 10, 20, 30, 40, 50], low_is_good=True) == [5, 5, 4, 3, 2, 1]


@pytest.mark.parametrize(
    ("code", "segment"),
    [
        ((5, 5, 5), "Champions"),
        ((5, 4, 3), "Loyal"),
        ((3, 3, 3), "Potential Loyalist"),
        ((5, 1, 1), "New Customers"),
        ((5, 1, 4), "Promising"),
        ((3, 4, 3), "Need Attention"),
        ((2, 1, 3), "About To Sleep"),
        ((2, 5, 5), "At Risk"),
        ((1, 1, 3), "Cannot Lose Them"),
        ((1, 3, 2), "Hibernating"),
        ((1, 1, 1), "Lost"),
    ],
)
def test_segment_of_a_code(code, segment):
    assert rfm.segment(*code) == segment


@pytest.mark.skipif(not PUBLISHED.exists(), reason=f"the published codes are not beside the repository ({PUBLISHED})")
def test_all_125_codes_are_the_published_ones():
    with PUBLISHED.open(newline="") as stream:
        published = {row["code"]: row["segment"] for row in csv.DictReader(stream)}
    rule = rfm.rules()["rule_code"]
    scores = rule[["recency_score", "frequency_score", "monetary_score"]].astype(str)
    assert dict(zip(scores.agg("".join, axis=1), rule.segment, strict=True)) == published


def test_names_of_rows():
    assert rfm.segment_names()[0] == "Champions"
    assert rfm.segment_names()[-1] == "Lost"
    assert rfm.row_names()[-3:] == ("No segment", "Never ordered", "Buyer not known")
    assert rfm.at_risk_names() == ("At Risk", "Cannot Lose Them")


# Six customers, as of 2024-12-31: days since the last order 0, 10, 20, 30, 40, 50; one, two and three orders.
ORDERS = [
    ("o1", "2024-12-31", "a", 100),
    ("o2", "2024-12-21", "b", 50),
    ("o3", "2024-12-11", "c", 50),
    ("o4", "2024-12-01", "d", 10),
    ("o5", "2024-11-21", "e", 9),
    ("o6", "2024-11-11", "f", 8),
    ("o7", "2024-11-01", "a", 20),
    ("o8", "2024-11-01", "a", 30),
    ("o9", "2024-11-01", "b", 7),
    ("r1", "2024-12-30", "f", -2),
    ("r2", "2024-12-31", "g", -5),
]


def test_views_score_as_the_rule_says(mart_of):
    mart = mart_of(ORDERS, customers=["never"])
    frame = reports.run("customers", mart, Filter()).set_index("customer_id")
    found = frame[["recency_days", "frequency", "monetary", "recency_score", "frequency_score", "monetary_score"]]
    scored = found.dropna().astype(int)
    assert scored.to_dict("split", into=dict)["data"] == [
        [0, 3, 150, 5, 5, 5],
        [10, 2, 57, 5, 4, 4],
        [20, 1, 50, 4, 1, 3],
        [30, 1, 10, 3, 1, 2],
        [40, 1, 9, 2, 1, 1],
        [50, 1, 6, 1, 1, 1],
    ]
    assert frame.segment.to_dict() == {
        "a": "Champions",
        "b": "Champions",
        "c": "Promising",
        "d": "About To Sleep",
        "e": "Hibernating",
        "f": "Lost",
        "g": "No segment",
        "never": "Never ordered",
    }


def test_views_and_functions_agree(sample):
    frame = reports.run("customers", warehouse.open_mart(sample), Filter()).dropna(subset=["recency_score"])
    for measure, low_is_good in (("recency", True), ("frequency", False), ("monetary", False)):
        column = f"{measure}_days" if measure == "recency" else measure
        values = [Decimal(f"{value:.4f}") for value in frame[column]]
        assert rfm.scores(values, low_is_good=low_is_good) == frame[f"{measure}_score"].astype(int).tolist()


def test_notes_say_what_the_cut_points_hide(mart_of):
    mart = mart_of([(f"o{n}", "2024-05-05", f"c{n}", 10) for n in range(7)])
    frame = reports.run("score_cut_points", mart, Filter()).set_index("score")
    few = "Only 7 buyers: under 50, quintiles say little. Only 1 days of data: under 90, recency says little."
    empty = "empty: equal values share a score."
    assert frame.note.to_dict() == {
        "recency": f"Scores 1, 2, 3 and 4 are {empty} {few}",
        "frequency": f"Scores 2, 3, 4 and 5 are {empty} {few}",
        "monetary": f"Scores 2, 3, 4 and 5 are {empty} {few}",
    }
    assert frame.loc["monetary", ["cut_20", "cut_80"]].tolist() == [10, 10]
