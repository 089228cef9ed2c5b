"""A real manufacturer's orders, imported and reported by the command line: every published figure is there."""

import json
import os
import subprocess
import sys
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from oracle import FIGURES, Choice, World
from oracle.compare import differences

from core import filters, reports, warehouse
from core.checks import BUYERS_ADD_UP, ORDERS_ADD_UP, REVENUE_ADDS_UP, discrepancies
from core.filters import Filter

ROOT = Path(__file__).parents[1]
EXPORT = ROOT.parent / "shared/data/adventureworks"
pytestmark = pytest.mark.skipif(not EXPORT.is_dir(), reason=f"AdventureWorks is not beside the repository ({EXPORT})")
FILTERS = [
    {"month": ["2014-05"], "reason": ["Price"], "tier": ["Less Profitable Clients"]},
    {"category": ["Bikes", "Clothing"], "country": ["France"], "to": ["2014-02-28"]},
]


def core(*arguments: str) -> str:
    """What a command prints."""
    done = subprocess.run(
        [sys.executable, "-m", "core", *arguments],
        cwd=ROOT,
        env=os.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    to = tmp_path_factory.mktemp("adventureworks") / "star"
    core("import", str(EXPORT), "--to", str(to))
    return to


@pytest.fixture(scope="module")
def expected() -> dict:
    return json.loads((EXPORT / "expected.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def rows(folder):
    """The rows of a report as the command line prints them, by the columns given."""
    kept: dict[str, list[dict]] = {}

    def of(name: str) -> list[dict]:
        if name not in kept:
            answer = json.loads(core("report", name, "--data", str(folder), "--format", "json"))
            assert (answer["report"], answer["as_of"], answer["filter"]) == (name, "2014-06-30", {})
            kept[name] = answer["rows"]
        return kept[name]

    return of


@pytest.fixture(scope="module")
def mart(folder) -> warehouse.Mart:
    return warehouse.open_mart(folder)


def cents(amount: float) -> float:
    """Money as published: the report's four decimals, rounded to cents, halves up."""
    return float(Decimal(f"{amount:.4f}").quantize(Decimal("0.01"), ROUND_HALF_UP))


def percent(share: float, places: int = 2) -> float:
    return round(100 * share, places)


def test_headline(rows, expected):
    (row,) = rows("headline")
    totals = expected["totals"]
    assert cents(row["revenue"]) == totals["sum_total_due"] == 123216786.12
    assert row["revenue"] == 123216786.1159
    assert cents(row["net_sales"]) == totals["sum_line_total"]
    assert (row["orders"], row["customers"], row["buyers"]) == (31465, 19820, 19119)
    assert row["items"] == totals["units"]
    assert [row[f"{name}_share"] for name in ("revenue", "profit", "buyer", "order")] == [1, 1, 1, 1]


def test_segments(rows, expected):
    found = {row["segment"]: row for row in rows("segments")}
    published = expected["rfm"]["segments"]
    assert set(found) == {*published, "Never ordered"}
    for name, figures in published.items():
        row = found[name]
        assert row["customers"] == figures["customers"], name
        assert percent(row["customer_share"]) == figures["customer_share_of_all_pct"], name
        assert cents(row["revenue"]) == figures["revenue"], name
        assert percent(row["revenue_share"]) == figures["revenue_share_pct"], name
        assert round(row["avg_recency_days"], 2) == figures["avg_recency_days"], name
        assert round(row["avg_frequency"], 4) == figures["avg_frequency"], name
        assert round(row["avg_monetary"], 2) == figures["avg_monetary"], name
    assert found["Never ordered"]["customers"] == expected["rfm"]["no_segment"]["customers"] == 701
    assert percent(found["Never ordered"]["customer_share"]) == 3.54


def test_segments_as_the_issue_words_them(rows):
    found = {row["segment"]: row for row in rows("segments")}
    assert percent(found["Champions"]["customer_share"]) == 10.43
    assert percent(found["Champions"]["revenue_share"] + found["Loyal"]["revenue_share"]) == 74.55
    assert percent(found["Cannot Lose Them"]["customer_share"]) == 10.80
    assert percent(found["Cannot Lose Them"]["revenue_share"]) == 15.02
    assert percent(found["Promising"]["customer_share"]) == 12.49
    assert percent(found["Promising"]["revenue_share"]) == 2.63


def test_score_cut_points(rows, expected):
    found = {row["score"]: [round(row[f"cut_{n}"], 4) for n in (20, 40, 60, 80)] for row in rows("score_cut_points")}
    assert found == expected["rfm"]["cuts"]
    assert {row["score"]: row["note"] for row in rows("score_cut_points")} == {
        "recency": None,
        "frequency": "Scores 2 and 3 are empty: equal values share a score.",
        "monetary": None,
    }


def test_scores(rows, expected):
    customers = [row for row in rows("customers") if row["recency_score"]]
    for letter, name in zip("RFM", ("recency", "frequency", "monetary"), strict=True):
        scores = [row[f"{name}_score"] for row in customers]
        assert {str(score): scores.count(score) for score in range(1, 6)} == expected["rfm"]["score_counts"][letter]
    codes = {(row["recency_score"], row["frequency_score"], row["monetary_score"]) for row in customers}
    assert len(codes) == expected["rfm"]["codes_present"]


def test_tiers(rows, expected):
    found = {row["tier"]: row for row in rows("tiers")}
    assert {name: row["buyers"] for name, row in found.items()} == {
        "Top Clients": 311,
        "Mid Range Clients": 3458,
        "Less Profitable Clients": 15350,
    }
    for name, figures in expected["tiers"].items():
        row = found[name]
        assert row["revenue"] == figures["revenue"]
        assert round(row["buyer_share"], 6) == figures["buyer_share"]
        assert round(row["revenue_share"], 6) == figures["revenue_share"]


def test_reasons(rows, expected):
    found = {row["reason"]: row for row in rows("orders_by_reason")}
    for name, figures in expected["reasons"]["by_reason"].items():
        assert found[name]["orders"] == figures["links"], name
        assert percent(found[name]["order_share"]) == figures["share_of_links_pct"], name
    assert percent(found["Price"]["order_share"], 1) == 63.2
    none = found.pop("No reason given")
    assert (none["orders"], none["order_share"]) == (expected["reasons"]["orders_without_reason"], None)
    assert cents(sum(row["revenue"] for row in found.values())) == expected["reasons"]["revenue_of_orders_with_reason"]
    types = {
        kind: sum(row["orders"] for row in found.values() if row["reason_type"] == kind)
        for kind in ("Other", "Promotion")
    }
    assert types == {name: expected["reasons"]["by_type"][name]["links"] for name in types}


def test_regions(rows, expected):
    found = {row["region"]: row for row in rows("revenue_by_region")}
    assert set(found) == set(expected["revenue_by_territory"])
    for name, figures in expected["revenue_by_territory"].items():
        assert cents(found[name]["revenue"]) == figures["revenue"], name
        assert percent(found[name]["revenue_share"]) == figures["share_pct"], name
        assert found[name]["orders"] == figures["orders"], name
        assert -90 < found[name]["latitude"] < 90, name
        assert -180 < found[name]["longitude"] < 180, name


def test_continents(rows, expected):
    found = {row["continent"]: row for row in rows("revenue_by_continent")}
    published = expected["revenue_by_territory_group"]
    assert set(found) == set(published)
    for name, figures in published.items():
        assert cents(found[name]["revenue"]) == figures["revenue"]
        assert percent(found[name]["revenue_share"]) == figures["share_pct"]


def test_months(rows, expected):
    found = {row["month"][:7]: cents(row["revenue"]) for row in rows("monthly_growth")}
    assert found == {month: figures["revenue"] for month, figures in expected["revenue_by_month"].items()}
    assert [row["month"] for row in rows("monthly_growth") if row["is_thin"]] == ["2014-06-01"]
    assert rows("month_cards")[0]["month"] == "2014-05-01"


def test_products(rows, expected):
    by_category: dict[str, float] = {}
    for row in rows("products"):
        by_category[row["category"]] = by_category.get(row["category"], 0) + row["net_sales"]
    sold = {name: cents(amount) for name, amount in by_category.items() if amount}
    assert sold == expected["line_total_by_category"]


@pytest.mark.parametrize("name", REVENUE_ADDS_UP)
def test_revenue_to_the_cent_in_every_breakdown(rows, name):
    assert sum(Decimal(f"{row['revenue']:.4f}") for row in rows(name)) == Decimal("123216786.1159")


@pytest.mark.parametrize("name", ORDERS_ADD_UP)
def test_orders_where_each_belongs_to_one_row(rows, name):
    if name != "revenue_by_day_region":  # its rows need no orders
        assert sum(row["orders"] for row in rows(name)) == 31465


@pytest.mark.parametrize("name", BUYERS_ADD_UP)
def test_buyers_where_each_belongs_to_one_row(rows, name):
    assert sum(row["buyers"] for row in rows(name)) == 19119


@pytest.mark.parametrize("query", FILTERS, ids=str)
def test_every_report_as_the_oracle_has_it(folder, mart, query):
    chosen = filters.read(query)[0]
    choice = Choice(world(folder), chosen.query())
    found = [
        line
        for name, figure in FIGURES.items()
        for line in differences(name, reports.run(name, mart, chosen), figure.of(choice))
    ]
    assert not found, "\n".join(found)


def test_figures_agree_under_filters(mart):
    chosen = [Filter.of(year="2012", country="Germany"), Filter.of(subcategory="Road Bikes", tier="Top Clients")]
    assert discrepancies(mart, chosen) == []


_worlds: dict[Path, World] = {}


def world(folder: Path) -> World:
    if folder not in _worlds:
        _worlds[folder] = World(folder)
    return _worlds[folder]
