"""Every report under every kind of filter beside the oracle, which works it out another way."""

import functools
import random
from pathlib import Path

import pandas as pd
import pytest
import stars
from oracle import FIGURES, Choice, World
from oracle.compare import differences

from core import filters, reports, warehouse
from core.checks import discrepancies
from core.filters import Filter

ROOT = Path(__file__).parents[1]
ODD_STARS = {
    "everything": {"seed": 1, "targets": True},
    "fiscal year": {"seed": 2, "fiscal_year_start": 7},
    "fiscal year with targets": {"seed": 3, "fiscal_year_start": 10, "targets": True},
    "bare": {"seed": 4, "bare": True},
}
SMALL_STARS = {
    "one customer": [("o1", "2024-02-29", "a", 10), ("o2", "2025-02-28", "a", 20)],
    "one order": [("o1", "2024-02-29", "a", 10)],
    "equal customers": [(f"o{n}", "2024-05-05", f"c{n}", 10) for n in range(7)],
    "returns alone": [("o1", "2024-02-28", "a", -10), ("o2", "2024-03-01", "b", -5)],
    "a customer of returns": [
        ("o1", "2024-01-31", "a", 30),
        ("o2", "2024-02-01", "b", -5),
        ("o3", "2024-02-29", "c", 30),
    ],
    "buyers not known": [("o1", "2023-12-31", None, 30), ("o2", "2024-12-31", None, 5)],
    "nothing charged": [("o1", "2024-01-31", "a", 0), ("o2", "2024-02-01", "b", 0)],
}
SAMPLE_FILTERS = [
    {},
    {"year": ["2025"], "as_of": ["2025-02-28"]},
    {"segment": ["Champions", "Loyal"], "category": ["Bikes"]},
    {"reason": ["Price"], "month": ["2025-02"]},
    {"top_cut": ["0.5"], "mid_cut": ["0.6"], "tier": ["Mid Range Clients"], "recency_score": ["5"]},
    {"month": ["2026-09"], "channel": ["Online"]},
    {"customer": ["D0132"], "year": ["2025"], "category": ["Bikes"]},
]


@pytest.fixture(scope="module", params=ODD_STARS)
def odd_star(request, tmp_path_factory) -> Path:
    return stars.odd(tmp_path_factory.mktemp("odd"), **ODD_STARS[request.param])


@functools.cache
def world_of(folder: Path, as_of) -> World:
    return World(folder, as_of)


def assert_alike(folder: Path, query: dict[str, list[str]]) -> None:
    """Every report of a star under a filter says what the oracle says."""
    chosen, notes = filters.read(query)
    assert not notes
    choice = Choice(world_of(folder, chosen.as_of), chosen.query())
    mart = warehouse.open_mart(folder, chosen.as_of)
    found = [
        line
        for name, figure in FIGURES.items()
        for line in differences(name, reports.run(name, mart, chosen), figure.of(choice))
    ]
    assert not found, f"{query}\n" + "\n".join(found)
    assert not discrepancies(mart, [chosen])


def random_query(chance: random.Random, mart: warehouse.Mart) -> dict[str, list[str]]:
    """A filter of up to four keys with one or two values each, of all keys there are."""
    choices = reports.choices(mart) | {
        **{score: list("12345") for score in ("recency_score", "frequency_score", "monetary_score")},
        "year": ["2022", "2023", "2024", "2025", "2026"],
        "quarter": ["2023-Q4", "2024-Q1", "2024-Q3", "2025-Q1", "2025-Q4"],
        "month": ["2023-12", "2024-01", "2024-02", "2024-08", "2025-02", "2025-03"],
        "from": ["2024-02-29", "2023-06-01", "2024-12-31", "2025-01-01"],
        "to": ["2024-02-29", "2024-12-31", "2025-02-28", "2025-04-30"],
        "as_of": ["2024-02-29", "2024-12-30", "2025-02-28", "2025-06-15"],
        "top_cut": ["0.2", "0.5"],
        "mid_cut": ["0.6", "0.95", "1"],
        "target_growth": ["0.08", "-0.1"],
    }
    query = {}
    for key in chance.sample([key for key in filters.KEYS if choices.get(key)], chance.choice([1, 2, 2, 3, 4])):
        many = 1 if key in filters.SINGLE else chance.choice([1, 1, 2])
        query[key] = chance.sample(choices[key], min(many, len(choices[key])))
    if query.get("from", [""])[0] > query.get("to", ["9"])[0]:
        del query["from"]
    return query


@pytest.mark.parametrize("query", SAMPLE_FILTERS, ids=str)
def test_sample(sample, query):
    assert_alike(sample, query)


def test_odd_star_without_a_filter(odd_star):
    assert_alike(odd_star, {})


@pytest.mark.parametrize("seed", range(5))
def test_odd_star_under_random_filters(odd_star, seed):
    mart = warehouse.open_mart(odd_star)
    assert_alike(odd_star, random_query(random.Random(f"{mart.summary['orders']} {seed}"), mart))


@pytest.mark.parametrize("name", SMALL_STARS)
def test_small_star(tmp_path, name):
    folder = stars.simple(tmp_path, SMALL_STARS[name], customers=["never"])
    for query in ({}, {"month": ["2024-02"], "tier": ["Top Clients"]}):
        assert_alike(folder, query)


def test_a_wrong_figure_is_found():
    report = pd.DataFrame({"tier": ["Top Clients", "Less Profitable Clients"], "revenue": [10.0, 5.0]})
    wrong = report.assign(revenue=[10.0, 5.0001])
    assert differences("tiers", report, report) == []
    assert differences("tiers", wrong, report) == ["tiers Less Profitable Clients: revenue 5.0001, not 5.0"]
    assert differences("tiers", report.head(1), report) == ["tiers has 1 rows, not 2: [('Less Profitable Clients',)]"]
    assert differences("tiers", report[["tier"]], report) == ["tiers has no column revenue"]


SHARED = ["revenue", "orders", "buyers", "items", "profit"]
SAMPLE_CHOICE = Filter.of(country=["Germany", "France"], category="Bikes")


def test_twelve_months_are_the_headline_of_those_days(sample):
    mart = warehouse.open_mart(sample)  # as of 2026-09-17
    found = reports.run("twelve_months", mart, SAMPLE_CHOICE.choose(month="2025-02"))
    for row, days in zip(found.itertuples(), (("2025-09-18", "2026-09-17"), ("2024-09-18", "2025-09-17")), strict=True):
        headline = reports.run("headline", mart, SAMPLE_CHOICE.choose(from_=days[0], to=days[1])).iloc[0]
        assert [getattr(row, name) for name in SHARED] == pytest.approx(headline[SHARED].tolist(), abs=0.00005)


def test_recent_months_are_the_headlines_of_24_months(sample):
    mart = warehouse.open_mart(sample)
    found = reports.run("recent_months", mart, SAMPLE_CHOICE.choose(year="2024"))
    assert [f"{month:%Y-%m}" for month in found.month] == [
        f"{period}" for period in pd.period_range("2024-10", "2026-09", freq="M")
    ]
    for row in found.iloc[[0, 16, 23]].itertuples():
        headline = reports.run("headline", mart, SAMPLE_CHOICE.choose(month=f"{row.month:%Y-%m}")).iloc[0]
        assert [getattr(row, name) for name in SHARED] == pytest.approx(headline[SHARED].tolist(), abs=0.00005)


def test_top_clients_are_the_first_hundred_customers(sample):
    mart = warehouse.open_mart(sample)
    found = reports.run("top_clients", mart, SAMPLE_CHOICE).reset_index(drop=True)
    customers = reports.run("customers", mart, SAMPLE_CHOICE).dropna(subset=["customer_id"])
    first = customers.sort_values(["revenue", "customer_id"], ascending=[False, True]).head(100).reset_index(drop=True)
    columns = ["customer_id", "segment", "tier", "revenue", "orders", "profit", "recency_days"]
    pd.testing.assert_frame_equal(found[columns], first[columns], check_dtype=False)
    assert {len(quarters) for quarters in found.revenue_by_quarter} == {12}


def test_every_report_has_an_oracle_or_a_test_of_its_own():
    of_their_own = {"pareto_curve", "twelve_months", "recent_months", "top_clients"}  # in test_pareto.py and above
    worked = {name for name in reports.REPORTS if name.startswith("example_")}  # in test_methodology.py
    assert set(reports.REPORTS) == set(FIGURES) | of_their_own | worked
