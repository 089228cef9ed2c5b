"""The sample star: made alike every time, true to the contract, and full of what the pages are there to show."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from core import star

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "sample_data"
CODES = ROOT / "core/playbook/segment_codes.csv"


def read(table: str) -> pd.DataFrame:
    """A table of the sample, its money as whole cents."""
    frame = pd.read_parquet(star.path_of(SAMPLE, table))
    for column, kind in star.TABLES[table].columns.items():
        if kind == star.MONEY and column in frame:
            exact = frame[column].dropna() * 100
            assert (exact == exact.map(int)).all(), f"{column} has parts of a cent"
            frame[column] = exact.astype("int64").reindex(frame.index)
        if kind == star.DATE:
            frame[column] = pd.to_datetime(frame[column])
    return frame


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    return {name: read(name) for name in star.TABLES}


@pytest.fixture(scope="module")
def orders(tables) -> pd.DataFrame:
    """The orders that enter a figure, with their places."""
    orders = tables["fact_order"]
    return orders[orders["status"].isin(["sold", "returned"])].merge(tables["dim_location"], on="location_id")


@pytest.fixture(scope="module")
def lines(tables, orders) -> pd.DataFrame:
    """Their lines, with product, place and date."""
    return tables["fact_order_line"].merge(orders, on="order_id").merge(tables["dim_product"], on="product_id")


@pytest.fixture(scope="module")
def buyers(orders) -> pd.DataFrame:
    """One row per customer with an order: recency, frequency, monetary, their scores, the Pareto tier."""
    known = orders.dropna(subset="customer_id")
    bought = known[known["total_amount"] > 0].groupby("customer_id")["order_date"].agg(["max", "size"])
    buyers = pd.DataFrame(
        {"recency": (orders["order_date"].max() - bought["max"]).dt.days, "frequency": bought["size"]}
    )
    buyers["monetary"] = known.groupby("customer_id")["total_amount"].sum()
    for measure in ("recency", "frequency", "monetary"):
        below = sum(buyers[measure] > buyers[measure].quantile(share) for share in (0.2, 0.4, 0.6, 0.8))
        buyers[f"{measure}_score"] = 5 - below if measure == "recency" else 1 + below
    buyers = buyers.sort_values("monetary", ascending=False)
    positive = buyers["monetary"].clip(lower=0)
    buyers["tier"] = pd.cut(positive.cumsum() / positive.sum(), [0, 0.7, 0.9, 1], labels=["Top", "Mid", "Less"])
    return buyers


def test_it_is_a_star_of_the_contract():
    star.refuse_faults(SAMPLE)
    facts = star.read_facts(SAMPLE)
    assert facts["name"] == "Lorvane Cycles (sample)"
    assert facts["currency"] == "EUR"
    assert facts["created_at"] == "2026-09-18T06:00:00Z"


def test_the_generator_makes_the_same_bytes_again(tmp_path):
    subprocess.run([sys.executable, SAMPLE / "generate.py", "--to", tmp_path / "star"], check=True)
    made, kept = ({file.name: file for file in [*folder.glob("*.parquet"), folder / star.FACTS_FILE]}
                  for folder in (tmp_path / "star", SAMPLE))  # fmt: skip
    assert made.keys() == kept.keys()
    assert len(kept) == 9
    for name in kept:
        if name.endswith(".parquet"):
            assert pq.read_table(made[name]).equals(pq.read_table(kept[name])), name
            if pq.read_metadata(made[name]).created_by != pq.read_metadata(kept[name]).created_by:
                continue  # another version of pyarrow may write equal tables in other bytes
        assert made[name].read_bytes() == kept[name].read_bytes(), name


def test_it_is_as_large_as_promised(tables):
    counts = {name: len(table) for name, table in tables.items()}
    assert counts["dim_customer"] == 6000
    assert counts["dim_product"] == 150
    assert 38_000 < counts["fact_order"] < 42_000
    assert 95_000 < counts["fact_order_line"] < 105_000
    assert tables["dim_product"][["category", "subcategory"]].nunique().tolist() == [4, 20]
    assert sum(file.stat().st_size for file in SAMPLE.iterdir() if file.is_file()) < 10_000_000


def test_every_key_leads_somewhere(tables):
    for table, column, home in (
        ("fact_order", "customer_id", "dim_customer"),
        ("fact_order", "location_id", "dim_location"),
        ("fact_order_line", "order_id", "fact_order"),
        ("fact_order_line", "product_id", "dim_product"),
        ("bridge_order_reason", "order_id", "fact_order"),
        ("bridge_order_reason", "reason_id", "dim_reason"),
    ):
        assert tables[table][column].dropna().isin(tables[home][column]).all(), (table, column)
    assert set(tables["fact_order"]["order_id"]) == set(tables["fact_order_line"]["order_id"])


def test_every_place_is_real_ground(tables):
    places = tables["dim_location"]
    assert places.notna().all(axis=None)
    assert places["continent"].nunique() == 3
    assert sorted(places["country_code"].unique()) == ["AU", "CA", "DE", "FR", "IT", "US"]
    assert places.groupby("country")["region"].nunique().between(4, 8).all()
    box = places.groupby("country_code")[["latitude", "longitude"]].agg(["min", "max"])
    assert box.loc["DE"].between(5, 56).all()
    assert box.loc["IT"].between(6, 48).all()
    assert box.loc["AU", "latitude"].between(-44, -27).all()
    assert box.loc["AU", "longitude"].between(115, 154).all()
    assert box.loc[["CA", "US"], "longitude"].stack().between(-125, -71).all()


def test_an_order_is_charged_net_tax_and_freight(tables):
    orders = tables["fact_order"].set_index("order_id")
    net = tables["fact_order_line"].groupby("order_id")["net_amount"].sum().reindex(orders.index)
    on_top = (orders["total_amount"] - net) / net
    assert on_top.between(0.049, 0.8).all()
    assert on_top.median() > 0.07
    quantity = tables["fact_order_line"]["quantity"].dropna()
    assert (quantity == quantity.round()).all()


def test_returns_are_orders_of_their_own_with_negative_lines(tables):
    orders, lines = tables["fact_order"], tables["fact_order_line"]
    negative = lines.loc[lines["net_amount"] < 0, "order_id"].unique()
    assert set(negative) == set(orders.loc[orders["status"] == "returned", "order_id"])
    back = lines[lines["order_id"].isin(negative)]
    assert (back[["quantity", "net_amount", "cost_amount"]] < 0).all(axis=None)
    assert (orders.loc[orders["status"] == "returned", "total_amount"] < 0).all()


def test_the_awkward_cases_are_there_and_are_few(tables):
    orders, lines, reasons = tables["fact_order"], tables["fact_order_line"], tables["bridge_order_reason"]
    share = orders["status"].value_counts(normalize=True)
    assert share[["returned", "pending", "cancelled"]].between(0.003, 0.03).all()
    assert 0.005 < orders["customer_id"].isna().mean() < 0.03
    assert 0.0005 < lines["product_id"].isna().mean() < 0.01
    assert (lines["product_id"].isna() == lines["cost_amount"].isna()).all()
    a_order = reasons.groupby("order_id").size().reindex(orders["order_id"], fill_value=0)
    assert sorted(a_order.unique()) == [0, 1, 2, 3]
    assert orders["channel"].value_counts().index.tolist() == ["Online", "Store", "Dealer portal", "Field sales"]
    assert (~tables["dim_customer"]["customer_id"].isin(orders["customer_id"])).sum() > 400


def test_the_last_month_is_open_and_the_targets_run_to_the_end_of_its_year(tables, orders):
    last = orders["order_date"].max()
    assert last == pd.Timestamp("2026-09-17")
    targets = tables["dim_target"].set_index("month")["revenue_target"]
    assert targets.index.tolist() == pd.date_range("2023-01-01", "2026-12-01", freq="MS").tolist()
    to_date = targets["2026-01":"2026-08"].sum() + targets["2026-09-01"] * 17 / 30
    assert 0.9 < orders.loc[orders["order_date"] >= "2026", "total_amount"].sum() / to_date < 1.1


def test_all_scores_tiers_and_segments_are_populated(buyers):
    for measure in ("recency", "frequency", "monetary"):
        assert buyers[f"{measure}_score"].value_counts().reindex([1, 2, 3, 4, 5]).min() > 800, measure
    tiers = buyers["tier"].value_counts(normalize=True)
    assert 0.03 < tiers["Top"] < 0.08
    assert tiers["Mid"] > 0.1
    codes = pd.read_csv(CODES, dtype=str).set_index("code")["segment"]
    score = buyers[["recency_score", "frequency_score", "monetary_score"]].astype(str).agg("".join, axis=1)
    sizes = score.map(codes).value_counts()
    assert len(sizes) == 11
    assert sizes.min() >= 50, sizes


def test_france_shrinks_since_april_while_the_others_grow(orders):
    summer = orders[orders["order_date"].dt.strftime("%m-%d").between("04-01", "09-17")]
    revenue = summer.groupby(["country", summer["order_date"].dt.year])["total_amount"].sum().unstack()
    growth = revenue[2026] / revenue[2025] - 1
    assert growth["France"] < -0.2
    assert (growth.drop("France") > 0).sum() >= 4


def test_gravel_bikes_rise_and_kids_bikes_earn_nothing(lines):
    bikes = lines[lines["category"] == "Bikes"]
    share = bikes.pivot_table(
        index=bikes["order_date"].dt.year, columns="subcategory", values="net_amount", aggfunc="sum"
    )
    share = share["Gravel Bikes"] / share.sum(axis=1)
    assert share.is_monotonic_increasing
    assert share[2026] > 2.5 * share[2023]
    sums = lines.groupby("subcategory")[["net_amount", "cost_amount"]].sum()
    margin = 1 - sums["cost_amount"] / sums["net_amount"]
    assert margin.idxmin() == "Kids' Bikes"
    assert margin.min() < 0.1 < 0.5 < margin.max()
    products = lines.groupby("product_name")[["net_amount", "cost_amount"]].sum()
    assert (products["cost_amount"] > products["net_amount"]).sum() >= 2
    assert len(products) == 150


def test_one_quarter_is_weak_and_the_year_has_seasons(orders):
    quarters = orders.groupby(orders["order_date"].dt.to_period("Q"))["total_amount"].sum()
    assert quarters["2024Q3"] < 0.8 * min(quarters["2024Q2"], quarters["2024Q4"])
    whole_year = orders[orders["order_date"].dt.year == 2025]
    by_month = whole_year.pivot_table(
        index=whole_year["order_date"].dt.month, columns="country", values="order_id", aggfunc="count"
    )
    assert by_month.loc[5, "Germany"] > 1.3 * by_month.loc[10, "Germany"]
    assert by_month.loc[11, "Australia"] > 1.3 * by_month.loc[5, "Australia"]


def test_the_second_largest_dealer_has_gone_quiet(tables, buyers):
    largest = buyers.head(10)
    assert largest["recency_score"].tolist()[1] == 2
    gone = largest[largest["recency_score"] <= 2]
    assert len(gone) == 1
    assert gone["recency"].item() > 200
    kind = tables["dim_customer"].set_index("customer_id")["customer_type"]
    assert kind[gone.index.item()] == "Dealer"


def test_segments_and_countries_differ_in_what_they_buy_and_why(tables, orders, lines, buyers):
    by_country = lines.pivot_table(index="country", columns="subcategory", values="net_amount", aggfunc="sum")
    favourites = by_country.idxmax(axis=1)
    assert favourites["Germany"] == "E-Bikes"
    assert favourites["Italy"] == "Road Bikes"
    assert favourites["United States"] == "Mountain Bikes"
    reasons = tables["bridge_order_reason"].merge(tables["dim_reason"], on="reason_id").merge(orders, on="order_id")
    why = reasons.pivot_table(index="country", columns="reason_name", values="order_id", aggfunc="count")
    assert why.idxmax(axis=1).nunique() >= 3
    assert np.mean(buyers["frequency"] == 1) > 0.2
