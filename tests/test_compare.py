"""Two sides against each other: each side is what the reports say of it, a difference their subtraction."""

import math
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
import stars
from streamlit.testing.v1 import AppTest

from core import compare, formats, reports, theme, ui_compare, ui_method, warehouse
from core.charts import comparisons as drawn
from core.charts import style
from core.compare import Side
from core.filters import Filter
from core.formats import Format
from core.insights import comparisons
from core.ui_method import Subject

ROOT = Path(__file__).parents[1]
CHOICES = [
    {},
    {"compare": ["segment:Champions", "segment:Lost"], "country": "Italy"},
    {"compare": ["tier:Top Clients", "tier:Less Profitable Clients"], "segment": ["Champions", "Loyal"]},
    {"compare": ["country:Germany", "country:Australia"], "country": "France", "year": "2025"},
    {"compare": ["year:2026", "year:2025"], "month": "2026-02", "reason": "Price"},
    {"compare": ["quarter:2025-Q4", "quarter:2024-Q4"], "category": "Bikes"},
    {"compare": ["month:2026-02", "month:2025-12"]},
    {"compare": ["reason:Price", "reason:Quality"], "tier": "Top Clients"},
    {"compare": ["subcategory:Road Bikes", "subcategory:E-Bikes"], "segment": "Buyer not known"},
    {"compare": ["channel:Online", "channel:Dealer"], "as_of": "2025-06-30", "top_cut": "0.5", "mid_cut": "0.8"},
]  # fmt: skip
ORDERS = [
    *((f"a{number}", f"2023-0{number % 6 + 1}-10", "c1", "100") for number in range(40)),
    *((f"b{number}", f"2024-0{number % 6 + 1}-10", "c2", "300") for number in range(50)),
]


def comparison_of(star: Path, query: dict) -> compare.Comparison:
    filter = Filter().choose(**query)
    found = compare.of_filter(warehouse.open_mart(star, filter.as_of), filter)
    assert found is not None
    return found


@pytest.mark.parametrize("query", CHOICES, ids=str)
def test_each_side_is_the_headline_under_its_own_filter(sample, query):
    comparison = comparison_of(sample, query)
    figures = compare.figures(comparison).set_index("figure")
    rest = {key: value for key, value in query.items() if key != "compare"}
    for place, side in zip(("first", "second"), comparison.sides, strict=True):
        lifted = ("year", "quarter", "month") if comparison.is_of_periods else ()
        filter = Filter().choose(**rest).without(*lifted).choose(**{side.kind: side.value})
        row = reports.run("headline", comparison.mart, filter).iloc[0]
        for name in ("revenue", "orders", "buyers", "average_transaction_value", "items", "profit", "margin"):
            assert figures.loc[name, place] == row[name] or (
                pd.isna(row[name]) and math.isnan(figures.loc[name, place])
            )
    differ = figures["difference"].dropna()
    assert (differ == (figures["first"] - figures["second"])[differ.index]).all()
    change = figures.change.dropna()
    assert (change == (figures["first"] - figures["second"])[change.index] / figures.second[change.index]).all()


@pytest.mark.parametrize("query", CHOICES, ids=str)
def test_parts_are_the_reports_rows_and_add_up(sample, query):
    comparison = comparison_of(sample, query)
    figures = compare.figures(comparison).set_index("figure")
    for breakdown in compare.breakdowns(comparison):
        rows = compare.parts(comparison, breakdown)
        assert (rows.difference == rows["first"] - rows["second"]).all()
        for place, filter in zip(("first", "second"), comparison.filters, strict=True):
            report = reports.run(breakdown.report, comparison.mart, filter)
            assert rows[place].sum() == pytest.approx(report[breakdown.measure].sum(), abs=0.00005)
            if breakdown.measure == "revenue":
                assert rows[place].sum() == pytest.approx(figures.loc["revenue", place], abs=0.00005)


@pytest.mark.parametrize("query", CHOICES, ids=str)
def test_the_course_ends_at_the_sides_revenue(sample, query):
    comparison = comparison_of(sample, query)
    rows, figures = compare.course(comparison), compare.figures(comparison).set_index("figure")
    for place in ("first", "second"):
        reached = rows[place].dropna()
        total = reached.iloc[-1] if comparison.kind == "month" else reached.sum()
        assert total == pytest.approx(figures.loc["revenue", place], abs=0.00005)


def test_two_years_begin_at_the_same_place(sample):
    rows = compare.course(comparison_of(sample, {"compare": ["year:2025", "year:2024"]}))
    assert rows.place.tolist() == list(range(1, 13))
    assert (rows.first_day.dt.month == rows.second_day.dt.month).all()


def test_a_month_of_the_course_is_clicked_and_stands_out(sample):
    comparison = comparison_of(sample, {"compare": ["segment:Champions", "segment:Loyal"]})
    course, light = compare.course(comparison), theme.load("light")
    options = {"sides": comparison.names, "chosen": ("2025-03",)}
    chart = style.drawn(lambda: drawn.side_courses(course, light, **options))
    months = [row["month"] for row in chart.rows[chart.clicked].to_pylist()]
    assert months == [f"{month:%Y-%m}" for month in course.place]
    dots = [table["opacity"].to_pylist() for table in chart.rows.values() if "opacity" in table.column_names]
    assert dots
    assert all(strong == [style.MUTED if month != "2025-03" else 1 for month in months] for strong in dots)
    years = comparison_of(sample, {"compare": ["year:2025", "year:2024"]})
    by_place = style.drawn(lambda: drawn.side_courses(compare.course(years), light, sides=years.names))
    assert by_place.clicked == "", "March of which year?"


@pytest.mark.parametrize("name", reports.REPORTS)
def test_no_report_changes_with_what_is_compared(sample, name):
    mart = warehouse.open_mart(sample)
    filter = Filter.of(segment="Loyal", customer="C0001")
    assert reports.run(name, mart, filter.choose(compare=["tier:Top Clients"])) is reports.run(name, mart, filter)


@pytest.mark.parametrize(
    ("query", "sides"),
    [
        ({"compare": ["segment:Lost"]}, ["segment:Lost", "segment:Champions"]),
        ({"compare": ["year:2026"]}, ["year:2026", "year:2025"]),
        ({"compare": ["month:2026-02"]}, ["month:2026-02", "month:2025-02"]),
        ({"compare": ["year:2023"]}, ["year:2023", "year:2026"]),
        ({"country": ["Italy", "France"], "segment": "Loyal"}, ["country:Italy", "country:France"]),
        ({"month": ["2025-01", "2025-03"]}, ["month:2025-03", "month:2025-01"]),
        ({"segment": "Loyal"}, ["segment:Loyal", "segment:Champions"]),
        ({"year": "2025"}, ["segment:Champions", "segment:At Risk"]),
    ],
    ids=str,
)
def test_what_is_held_against_what(sample, query, sides):
    assert [side.text for side in comparison_of(sample, query).sides] == sides


def test_nothing_to_compare_with(mart_of):
    mart = mart_of([("o1", "2024-01-05", "a", "5")])
    assert compare.of_filter(mart, Filter.of(compare="year:2024")) is None


def test_a_period_that_is_not_over_is_held_against_the_same_days(mart_of):
    mart = mart_of(ORDERS)
    found = comparisons.differences(compare.of_filter(mart, Filter.of(compare=["year:2024", "year:2023"])))
    assert [str(insight) for insight in found] == [
        "2024 to date brought 3.8 times as much as 2023 to the same day, 10 June 2023: "
        "15.0 K of revenue against 4.0 K, in the end 4.0 K.",
        "The share of Top Clients in revenue is 100.0% for 2024 to date, 0.0% for 2023 (15.0 K and 0).",
    ]
    assert dict(found[0].numbers) == {"now": 15000.0, "to_the_same_day": 4000.0, "in_the_end": 4000.0}


def test_orders_or_their_size_set_sides_apart(mart_of):
    mart = mart_of([*ORDERS, ("z", "2025-01-01", "c3", "1")])
    comparison = compare.of_filter(mart, Filter.of(compare=["year:2024", "year:2023"]))
    found = {insight.kind: insight for insight in comparisons.differences(comparison)}
    assert str(found["revenue"]) == "2024 brought 3.8 times as much as 2023: 15.0 K of revenue against 4.0 K."
    assert str(found["orders_or_size"]) == (
        "What sets 2024 and 2023 apart is the size of an order: 50 orders against 40 (+25.0%), "
        "300 each against 100 (+200.0%)."
    )


@pytest.mark.parametrize(
    ("orders", "sentence"),
    [
        ([(f"{year}{number}", f"{year}-01-{number % 28 + 1:02}", "c1", "100") for year in (2023, 2024)
          for number in range(32)], "2024 stands level with 2023: 3.2 K of revenue against 3.2 K."),
        ([("a", "2023-02-01", "a", 5), ("b", "2024-02-01", "b", 9)],
         "2024 brought 80.0% more than 2023: 9 of revenue against 5."),
    ],
    ids=["alike", "few orders"],
)  # fmt: skip
def test_nothing_more_is_said_of_alike_sides_or_few_orders(mart_of, orders, sentence):
    mart = mart_of([*orders, ("z", "2025-01-01", "c1", "1")])
    found = comparisons.differences(compare.of_filter(mart, Filter.of(compare=["year:2024", "year:2023"])))
    assert [str(insight) for insight in found] == [sentence]


def test_findings_are_ranked_and_rest_on_reports(sample):
    comparison = comparison_of(sample, {"compare": ["segment:Champions", "segment:At Risk"]})
    found = comparisons.differences(comparison)
    assert 3 <= len(found) <= 5
    assert [insight.weight for insight in found[1:]] == sorted((one.weight for one in found[1:]), reverse=True)
    for insight in found:
        frames = [reports.run(insight.report, comparison.mart, filter) for filter in comparison.filters]
        values = {
            round(float(value), 6) for frame in frames for value in frame.select_dtypes("number").to_numpy().ravel()
        }
        if insight.report in ("headline", "revenue_by_country", "tiers"):
            assert all(round(number, 6) in values for number in insight.numbers.values()), insight


def test_charts_write_the_differences_out():
    rows = pd.DataFrame(
        {"country": ["Italy", "France"], "first": [60.0, 40.0], "second": [10.0, 90.0], "first_share": [0.6, 0.4],
         "second_share": [0.1, 0.9], "difference": [50.0, -50.0], "share_difference": [0.5, -0.5]}
    )  # fmt: skip
    light = theme.load("light")
    shares = drawn.side_parts(rows, light, name="country", sides=("This", "That")).to_dict()
    amounts = drawn.side_parts(rows, light, name="country", sides=("This", "That"), by_amount=True).to_dict()
    assert "+50.0 pp" in str(shares)
    assert "−50.0 pp" in str(shares)
    assert "+50 (+500.0%)" in str(amounts)
    (of_shares,), (of_amounts,) = (
        [axis for layer in chart["layer"] if (axis := layer["encoding"].get("x", {}).get("axis"))][:1]
        for chart in (shares, amounts)
    )
    assert [of_shares[name] for name in ("labelExpr", "tickMinStep")] == [formats.axis(Format.SHARE), 0.01]
    assert [of_amounts[name] for name in ("labelExpr", "tickMinStep")] == [formats.axis(Format.MONEY), 1]
    assert of_shares.get("labels", True)
    assert shares["description"] == "Italy differs most: 60.0% of revenue for This, 10.0% for That."
    assert style.PICK in str(shares["params"])


def test_a_manifold_difference_is_written_as_a_multiple():
    rows = pd.DataFrame(
        {"country": ["Italy", "France"], "first": [900.0, 40.0], "second": [3.0, 0.0], "first_share": [0.9, 0.1],
         "second_share": [1.0, 0.0], "difference": [897.0, 40.0], "share_difference": [-0.1, 0.1]}
    )  # fmt: skip
    chart = drawn.side_parts(rows, theme.load("light"), name="country", sides=("This", "That"), by_amount=True)
    labels = [row["label"] for row in next(iter(chart.to_dict()["datasets"].values()))]
    assert labels == ["+897 (300 ×)", "+40"]


def test_points():
    assert [drawn.points(value) for value in (0.1234, -0.05, 0.0001, float("nan"))] == [
        "+12.3 pp",
        "−5.0 pp",
        "0.0 pp",
        "",
    ]


@pytest.fixture
def open_page(monkeypatch, sample):
    def open_(star: Path = sample, **query: str | list[str]) -> AppTest:
        monkeypatch.setenv("QUINTILE_DATA", str(star))
        app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=60)
        app.switch_page("pages/6_Compare.py")
        for key, value in query.items():
            app.query_params[key] = value
        return app.run()

    return open_


def said(app: AppTest) -> str:
    return "\n".join(element.value for kind in (app.title, app.markdown, app.caption, app.info) for element in kind)


def test_the_page_shows_both_sides_and_swaps_them(open_page, sample):
    app = open_page(compare=["champions", "segment:Loyal"], country="Italy")
    assert not app.exception
    mart = warehouse.open_mart(sample)
    values = [
        reports.run("headline", mart, Filter.of(segment=segment, country="Italy")).revenue.iloc[0]
        for segment in ("Champions", "Loyal")
    ]
    with formats.written_in(formats.Style(currency="EUR")):
        written = [formats.short(value, Format.MONEY) for value in values]
    assert [(card.label, card.value) for card in app.metric[:2]] == [
        ("● Champions", written[0]),
        ("○ Loyal", written[1]),
    ]
    app.button(key="compare_swap").click().run()
    assert app.query_params["compare"] == ["segment:Loyal", "segment:Champions"]
    assert [card.value for card in app.metric[:2]] == written[::-1]


def test_the_page_names_what_a_link_has_wrong(open_page):
    app = open_page(compare=["segment:Loyals", "year:20x", "Loyal", "tier:Top Clients"])
    assert not app.exception
    words = said(app).replace("\\", "")
    assert "The data has no segment 'Loyals' to compare; it was ignored." in words
    assert "compare=year:20x was ignored: it must look like year:2014." in words
    assert "compare=tier:Top Clients was ignored: both sides are of one kind, and segment:Loyal came first." in words
    assert app.selectbox(key="compare_0").value == "Loyal"


def test_another_kind_takes_its_likely_pair(open_page):
    app = open_page(segment="Loyal")
    app.selectbox(key="compare_kind").set_value("year").run()
    assert app.query_params["compare"] == ["year:2026", "year:2025"]
    assert app.query_params["segment"] == "Loyal"
    assert "2026 to date ends on" in said(app)


def test_a_side_chosen_twice_changes_places(open_page):
    app = open_page(compare=["segment:Loyal", "segment:Lost"])
    app.selectbox(key="compare_0").set_value("Lost").run()
    assert app.query_params["compare"] == ["segment:Lost", "segment:Loyal"]


def test_a_filter_that_gives_way_is_named(open_page):
    assert "The filter on segment gives way to the two sides" in said(
        open_page(segment="Lost", compare=["segment:Loyal", "segment:Champions"])
    )


@pytest.mark.parametrize(
    ("query", "offered"),
    [
        ({"segment": "Never ordered", "compare": ["segment:Loyal", "segment:Lost"]}, True),
        ({"month": "2031-01", "compare": ["year:2026", "year:2025"]}, True),
        ({"compare": ["month:2031-01", "month:2031-02"]}, False),
    ],
    ids=str,
)
def test_the_page_is_taken_along_where_a_side_has_sold(open_page, query, offered):
    app = open_page(**query)
    assert ("Take along" in [one.proto.popover.label for one in app.get("popover")]) is offered
    assert bool(app.metric) is offered


def test_what_the_data_lacks_is_named(open_page, tmp_path):
    app = open_page(star=stars.odd(tmp_path / "bare", 1, bare=True))
    assert not app.exception
    words = said(app)
    for sentence in ("No places in this data", "No products in this data", "No buying reasons in this data",
                     "No costs in this data"):  # fmt: skip
        assert sentence in words


def test_two_chosen_values_lead_to_their_comparison(monkeypatch, sample):
    monkeypatch.setenv("QUINTILE_DATA", str(sample))
    app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=60)
    app.query_params["segment"] = ["Loyal", "Lost"]
    app.run()
    link = next(link for link in app.get("page_link") if link.proto.label == "Compare the two")
    assert "compare=segment%3ALoyal&compare=segment%3ALost" in link.proto.query_string
    assert Side.of("segment:Loyal") in compare.picked(Filter.of(segment=["Loyal", "Lost"]))


def test_a_picture_of_both_sides_names_both(sample):
    mart = warehouse.open_mart(sample)
    filter = Filter.of(compare=["segment:Champions", "segment:Loyal"], country="France")
    comparison = compare.of_filter(mart, filter)
    drawing = ui_compare.Drawing(comparison)
    view = ui_compare.ComparedView("Compare", mart, comparison.filters[0], rows=drawing.frame())
    subject = Subject("Revenue by month", ("monthly_growth",), draw=partial(drawing.draw, "light"), held=filter)
    assert "Champions against Loyal, all data · Country: France" in ui_method._picture(view, subject, "svg")().decode()
