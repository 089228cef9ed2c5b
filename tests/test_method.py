"""How is this made: what is said of a figure is what computes it, and the SQL on show gives the same rows."""

import shutil
from pathlib import Path

import duckdb
import pandas as pd
import pytest
import stars

from core import method, metrics, reports, warehouse
from core.filters import Filter
from core.formats import Format
from core.metrics import COLUMNS, Metric

FILTERS = [
    Filter(),
    Filter.of(segment=["At Risk", "Cannot Lose Them"], country="Italy", year="2025"),
    Filter.of(tier="Top Clients", category="Bikes", top_cut="0.6"),
    Filter.of(month="2026-02", reason="Price", target_growth="0.08"),
    Filter.of(product="Sorrel Road 500", recency_score="5"),
]


@pytest.fixture(scope="module")
def mart(sample):
    return warehouse.open_mart(sample)


def as_pasted(script: str, mart, folder: Path) -> list[pd.DataFrame]:
    """What DuckDB answers to a whole text, pasted into a session of its own on a copy of the mart."""
    with duckdb.connect(shutil.copy(mart.path, folder), read_only=True) as session:
        return [session.execute(statement).df() for statement in session.extract_statements(script)]


@pytest.mark.parametrize("filter", FILTERS, ids=str)
def test_the_text_on_show_gives_the_rows_of_every_report(mart, filter, tmp_path):
    names = list(reports.REPORTS)
    answers = as_pasted(method.of("Everything", names, mart, filter).script, mart, tmp_path)
    assert len(answers) == len(names)
    for name, answer in zip(names, answers, strict=True):
        pd.testing.assert_frame_equal(answer, mart.query(*reports.query(name, mart, filter)), obj=name)


def test_names_with_quotes_and_line_breaks_stay_inside_their_quotes(tmp_path):
    orders = [("o1", "2025-03-05", "c'1", "10"), ("o2", "2025-03-06", "c2", "30")]
    star = stars.simple(tmp_path / "star", orders, facts={"name": "Shop\n; drop table customers"})
    mart = warehouse.open_mart(star)
    made = method.of("Revenue", ["headline"], mart, Filter.of(customer="c'1"))
    (answer,) = as_pasted(made.script, mart, tmp_path)
    assert answer.revenue.iloc[0] == 10
    assert "-- Data: Shop ; drop table customers, version" in made.script


def test_what_a_figure_rests_on_is_what_lies_in_the_star(sample, mart):
    lines, orders = (pd.read_parquet(sample / f"fact_{name}.parquet") for name in ("order_line", "order"))
    counted = orders[orders.status.isin(["sold", "returned"])]
    basis = method.basis("segments", mart, Filter())
    assert basis.orders + basis.orders_without_charge == len(counted)
    assert basis.lines == lines.order_id.isin(counted.order_id).sum()
    assert basis.buyers == counted.customer_id.nunique()
    assert method.basis("score_cut_points", mart, Filter()).customers == len(
        pd.read_parquet(sample / "dim_customer.parquet")
    )


def test_the_filter_in_force_narrows_what_is_counted(mart):
    everyone, few = (method.basis("segments", mart, filter) for filter in (Filter(), Filter.of(country="Italy")))
    headline = reports.run("headline", mart, Filter.of(country="Italy")).iloc[0]
    assert (few.orders, few.buyers) == (headline.orders, headline.buyers)
    assert few.lines < everyone.lines


def test_a_page_text_says_definition_formula_filter_and_day(mart):
    made = method.of("Margin", ["headline"], mart, Filter.of(country="Italy", year="2025"), ["margin"])
    assert [figure.name for figure in made.figures] == ["margin"]
    for said in (
        "-- Margin: Profit as a share of the net sales of the lines that have a cost."
        " Margin = sum of profit ÷ sum of net sales with a cost.",
        "-- Filter: 2025 · Country: Italy",
        f"-- Data: {mart.name}, version {mart.version}, as of ",
        f"-- Runs in DuckDB against {mart.path.name}",
        "-- headline: One row: the figures of the business under the filter.",
    ):
        assert said in made.script


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["orders_by_reason"], "10 rows, one per buying reason"),
        (["month_cards"], "1 row"),
        (["top_subcategories", "monthly_growth"], "5 rows, one per subcategory; 45 rows, one per month of the period"),
        (["changes"], "35 rows, one per segment, per country and per subcategory"),
    ],
)
def test_what_it_gives_is_said_by_what_a_row_is(mart, names, said):
    assert dict(method.of("Any", names, mart, Filter()).facts)["Gives"] == said


def test_every_report_says_what_a_row_is(mart):
    for report in reports.REPORTS.values():
        assert report.grain.startswith(("One row per ", "One row: ")), report.name


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("revenue", "sum of revenue"),
        ("orders", "number of orders with a positive total"),
        ("buyers", "number of known customers with an order"),
        ("customer_name", ""),
        ("margin", "sum of profit ÷ sum of net sales with a cost"),
        ("average_transaction_value", "sum of revenue ÷ number of orders"),
        ("revenue_share", "sum of revenue ÷ the whole's revenue"),
        ("buyer_share", "number of buyers ÷ the whole's buyers"),
        ("growth", "(revenue − earlier revenue) ÷ earlier revenue"),
    ],
)
def test_a_formula_is_the_expression_in_words(name, spoken):
    assert metrics.formula(COLUMNS[name]) == spoken


def test_another_expression_is_another_formula():
    changed = Metric("margin", "Margin", "sum(profit) / nullif(sum(revenue), 0)", Format.SHARE, "Profit over revenue.")
    assert metrics.formula(changed) == "sum of profit ÷ sum of revenue"
    assert method.sentence(changed) == "Margin: Profit over revenue. Margin = sum of profit ÷ sum of revenue."


def test_whatever_is_computed_says_how():
    silent = {name for name, metric in COLUMNS.items() if not metrics.formula(metric)}
    assert silent == {"customer_name", "order_id", "order_date"}


def test_no_formula_speaks_sql():
    for metric in COLUMNS.values():
        assert not set("_{}/*") & set(metrics.formula(metric)), metric.name
        assert not {"coalesce", "nullif", "select"} & set(metrics.formula(metric).split()), metric.name
