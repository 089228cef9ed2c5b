"""Every page alone, as a viewer opens it by a link: figures as reports have them, no exception, nothing made up."""

from collections.abc import Callable
from pathlib import Path

import pytest
import stars
from streamlit.testing.v1 import AppTest

from core import formats, periods, reports, warehouse
from core.filters import Filter
from core.formats import Format
from core.metrics import COLUMNS

ROOT = Path(__file__).parents[1]
PAGES = {"Home": "Home.py"} | {
    file.stem.partition("_")[2].replace("_", " ").capitalize(): f"pages/{file.name}"
    for file in sorted((ROOT / "pages").glob("[0-9]*.py"))
}
FILTERS = [
    {},
    {"segment": "Loyal"},
    {"segment": ["At Risk", "Cannot Lose Them"], "country": "Italy"},
    {"tier": "Top Clients", "year": "2025"},
    {"month": "2026-02", "category": "Bikes"},
    {"quarter": "2025-Q4", "reason": "Price", "channel": "Online"},
    {"product": "Sorrel Road 500"},
    {"recency_score": "5", "frequency_score": ["4", "5"]},
    {"as_of": "2025-06-30", "top_cut": "0.5", "mid_cut": "0.8"},
    {"segment": "Buyer not known"},
    {"from": "2026-03-05", "to": "2026-03-05"},
]


@pytest.fixture
def open_page(monkeypatch, sample) -> Callable[..., AppTest]:
    """Open a page by a deep link in a new session, on the sample or on another star."""

    def open_(page: str, star: Path = sample, **query: str | list[str]) -> AppTest:
        monkeypatch.setenv("QUINTILE_DATA", str(star))
        app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=60)
        if PAGES[page] != "Home.py":
            app.switch_page(PAGES[page])
        for key, value in query.items():
            app.query_params[key] = value
        return app.run()

    return open_


def cards(app: AppTest) -> dict[str, str]:
    return {card.label: card.value for card in app.metric}


def said(app: AppTest) -> str:
    """Everything that the page says in words."""
    return "\n".join(element.value for kind in (app.title, app.markdown, app.caption) for element in kind)


def short(name: str, value: float) -> str:
    with formats.written_in(formats.Style(currency="EUR")):  # the sample's
        return formats.short(value, COLUMNS[name].format)


def choice(query: dict) -> Filter:
    return Filter().choose(**query)


@pytest.mark.parametrize("query", FILTERS[:6], ids=str)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_by_a_link_alone(open_page, page, query):
    app = open_page(page, **query)
    assert not app.exception
    assert app.title[0].value == page
    assert "ignored" not in said(app)
    assert set(query) <= set(app.query_params)


@pytest.mark.parametrize("query", FILTERS, ids=str)
def test_the_overview_says_what_the_headline_says(open_page, sample, query):
    app = open_page("Overview", **query)
    filter = choice(query)
    row = reports.run("headline", warehouse.open_mart(sample, filter.as_of), filter).iloc[0]
    shown = cards(app)
    for name in ("revenue", "orders", "buyers", "profit", "revenue_at_risk"):
        assert shown[COLUMNS[name].label] == short(name, row[name])


def test_the_tiers_page_shows_the_tier_that_the_link_names(open_page, sample):
    app = open_page("Pareto tiers", tier="Mid Range Clients")
    row = reports.run("tiers", warehouse.open_mart(sample), Filter()).set_index("tier").loc["Mid Range Clients"]
    assert cards(app)["Revenue"] == short("revenue", row.revenue)
    assert cards(app)["Buyers"] == short("buyers", row.buyers)
    assert f"**{short('revenue_share', row.revenue_share)}** of revenue" in said(app)
    assert app.segmented_control[0].value == "Mid Range Clients"


def test_monthly_opens_on_the_latest_whole_month(open_page, sample):
    mart = warehouse.open_mart(sample)
    month = periods.month_in_view(mart, Filter())
    row = reports.run("month_cards", mart, Filter.of(month=f"{month:%Y-%m}")).iloc[0]
    app = open_page("Monthly")
    assert cards(app)["Revenue"] == short("revenue", row.revenue)
    assert cards(app)["New buyers"] == short("new_buyers", row.new_buyers)
    assert "month" not in app.query_params


def test_home_opens_on_the_year_to_date(open_page, sample):
    mart = warehouse.open_mart(sample)
    row = reports.run("run_rate", mart, Filter.of(year=str(mart.as_of.year))).iloc[0]
    shown = cards(open_page("Home"))
    assert shown[f"Revenue, {mart.as_of.year} to date"] == short("revenue", row.revenue_to_date)
    assert shown["Target to date"] == short("revenue_target_to_date", row.revenue_target_to_date)
    assert shown["Year end, run rate"] == short("revenue_expected", row.revenue_expected)


def test_recommendations_name_every_segment_and_list_whom_to_contact(open_page, sample):
    app = open_page("Recommendations")
    words = said(app)
    rows = reports.run("recommendations", warehouse.open_mart(sample), Filter())
    for row in rows.itertuples():
        assert f"**{row.segment}**" in {button.label for button in app.button}  # the card's name opens how it is made
        assert f"**{short('customers', row.customers)}** customers" in words
    listed = app.dataframe[0].value
    assert set(listed.segment) == {"At Risk"}
    assert listed.revenue_at_risk.is_monotonic_decreasing


def test_choosing_a_segment_filters_and_its_chip_clears(open_page, sample):
    mart = warehouse.open_mart(sample)
    app = open_page("Overview")
    app.session_state["open_segment"] = True  # as a click on the popover does: what it offers is drawn then
    app.run().get_by_key("pick_segment").set_value(["Loyal"]).run()
    assert cards(app)["Buyers"] == short(
        "buyers", reports.run("headline", mart, Filter.of(segment="Loyal")).buyers.iloc[0]
    )
    assert app.query_params["segment"] == "Loyal"
    assert app.query_params["version"] == mart.version
    app.button(key="chip_segment").click().run()
    assert cards(app)["Buyers"] == short("buyers", reports.run("headline", mart, Filter()).buyers.iloc[0])
    assert "segment" not in app.query_params


def test_one_way_of_saying_the_period_at_a_time(open_page):
    app = open_page("Overview", year="2025")
    app.session_state["open_period"] = True
    app.run().get_by_key("period_range").set_value("Month").run()
    assert "year" not in app.query_params
    assert app.query_params["month"] == "2026-08"
    app.button(key="chip_month").click().run()
    assert "month" not in app.query_params


def test_the_month_steps_back_and_forth(open_page):
    app = open_page("Monthly", month="2026-01")
    app.button(key="chevron_left").click().run()
    assert app.query_params["month"] == "2025-12"
    app.button(key="chevron_right").click().run()
    assert app.query_params["month"] == "2026-01"


def test_the_filter_stays_on_a_page_change(open_page):
    app = open_page("Overview", segment="Loyal", country="Italy")
    buyers = cards(app)["Buyers"]
    link = next(link for link in app.get("page_link") if "Pareto" in link.proto.label)
    assert "segment=Loyal" in link.proto.query_string
    app.switch_page(PAGES["Pareto tiers"]).run()
    assert not app.exception
    assert cards(app)["Buyers"] == buyers


def test_the_address_bar_rules_when_it_changes_by_itself(open_page):
    app = open_page("Overview", segment="Loyal")
    loyal = cards(app)["Buyers"]
    del app.query_params["segment"]
    app.run()
    everyone = cards(app)["Buyers"]
    app.query_params["segment"] = "Loyal"
    app.run()
    assert cards(app)["Buyers"] == loyal != everyone


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"bogus": "1"}, "There is no filter 'bogus'; it was ignored."),
        ({"segment": "Loyals"}, "The data has no segment 'Loyals'; it was ignored."),
        ({"month": "2026-13"}, "month=2026-13 was ignored: it must look like 2014-01."),
        ({"top_cut": "0.9", "mid_cut": "0.8"}, "Top Clients must end before Mid Range Clients do. Both were ignored."),
        ({"from": "2026-03-05", "to": "2026-01-01"}, "swap them. Both were ignored."),
        ({"version": "000000000000"}, "figures have changed since"),
        ({"data": "Other data"}, "This link was made on other data (Other data)"),
    ],
    ids=lambda value: str(value)[:40],
)
@pytest.mark.parametrize("page", ["Home", "Overview"])
def test_a_broken_link_opens_and_says_what_was_ignored(open_page, page, query, sentence):
    app = open_page(page, **query)
    assert not app.exception
    assert app.metric
    assert sentence in said(app).replace("\\", "")


@pytest.mark.parametrize("page", [page for page in PAGES if page not in ("Data", "Stories")])
def test_a_period_without_orders_says_so_and_leads_out(open_page, page):
    app = open_page(page, year="2031")
    assert not app.exception
    assert "No orders under this filter." in said(app)
    assert not app.metric
    app.button(key="clear_empty").click().run()
    assert "No orders under this filter." not in said(app)
    assert app.metric or app.table


def test_a_day_before_all_orders_says_so_and_leads_out(open_page):
    app = open_page("Overview", as_of="1999-12-31")
    assert not app.exception
    assert "No order that counts lies on or before 1999-12-31" in said(app).replace("\\", "")
    app.button(key="clear_refused").click().run()
    assert app.metric


def test_a_star_that_is_not_there_says_so(open_page, tmp_path):
    app = open_page("Home", star=tmp_path / "nowhere")
    assert not app.exception
    assert "The data could not be opened." in said(app)
    assert "nowhere" in said(app)


@pytest.mark.parametrize("page", PAGES)
def test_what_the_data_lacks_is_named_instead_of_shown_as_zero(open_page, page, tmp_path):
    app = open_page(page, star=stars.odd(tmp_path / "bare", 1, bare=True))
    assert not app.exception
    words = said(app)
    missing = {
        "Overview": ("No places in this data", "No buying reasons in this data"),
        "Monthly": ("No places in this data", "No products in this data", "No buying reasons in this data"),
        "Pareto tiers": ("No places in this data", "No products in this data"),
    }
    for sentence in missing.get(page, ()):
        assert sentence in words
    assert cards(app).get("Profit", formats.NOTHING) == formats.NOTHING


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "orders",
    [
        [("o1", "2025-03-05", "c1", "10")],
        [("o1", "2025-03-05", None, "10")],
        [("o1", "2025-03-05", "c1", "10"), ("o2", "2025-03-06", "c1", "-10")],
        [("o1", "2025-03-05", "c1", "10"), ("o2", "2025-03-05", "c2", "10"), ("o3", "2025-03-05", "c3", "10")],
    ],
    ids=["one order", "buyer not known", "all returned", "all equal"],
)
def test_a_tiny_star_opens(open_page, page, orders, tmp_path):
    app = open_page(page, star=stars.simple(tmp_path / "tiny", orders, customers=["never"]))
    assert not app.exception
    assert app.title[0].value == page


@pytest.mark.parametrize("page", PAGES)
def test_a_fiscal_year_opens(open_page, page, tmp_path):
    app = open_page(page, star=stars.odd(tmp_path / "odd", 3, fiscal_year_start=7, targets=True))
    assert not app.exception


def test_names_of_the_data_are_shown_as_they_are(open_page, tmp_path):
    orders = [("o1", "2025-03-05", "c1", "10"), ("o2", "2025-03-06", "c2", "30")]
    folder = stars.simple(tmp_path / "star", orders, facts={"name": "A_b *c* $5 [x](y) :red[z]"})
    app = open_page("Home", star=folder)
    assert r"A\_b \*c\* \$5 \[x\]\(y\) \:red\[z\]" in said(app)


def test_a_month_that_looks_incomplete_is_shown_and_marked(open_page, tmp_path):
    star = stars.odd(tmp_path / "odd", 3)
    app = open_page("Monthly", star=star, month="2024-08")
    assert not app.exception
    assert "Looks incomplete" in said(app)
    assert "Looks incomplete" not in said(open_page("Monthly", star=star))


def test_a_chart_says_what_it_shows(open_page):
    app = open_page("Overview")
    charts = app.get("vega_lite_chart")
    assert len(charts) == 7
    assert all('"description"' in chart.proto.spec for chart in charts)


def test_a_table_rounds_what_the_browser_would_cut(open_page, sample):
    exact = reports.run("top_clients", warehouse.open_mart(sample), Filter()).revenue_share
    assert exact.tolist() != exact.round(4).tolist()  # or there is nothing to round
    assert open_page("Pareto tiers").dataframe[-1].value.revenue_share.tolist() == exact.round(4).tolist()


def test_the_scores_are_cut_at_days_orders_and_money(open_page, sample):
    cuts = reports.run("score_cut_points", warehouse.open_mart(sample), Filter()).set_index("score")
    shown = open_page("Overview").table[-1].value.set_index("Cut at the")
    assert shown.columns.tolist() == ["Recency", "Frequency", "Monetary"]
    assert shown.Recency.tolist() == ["33 days", "85 days", "199.40 days", "488 days"]
    assert shown.Frequency["**20 % point**"] == "1 order"
    assert shown.Frequency["**80 % point**"] == "9 orders"
    assert shown.Monetary["**80 % point**"] == f"€{formats.exact(cuts.cut_80['monetary'], Format.MONEY)}"


@pytest.mark.parametrize("page", ["Home", "Monthly"])
def test_a_target_that_nobody_set_says_what_it_takes(open_page, tmp_path, page):
    app = open_page(page, star=stars.odd(tmp_path / "bare", 1, bare=True))
    assert ":gray[None set. Type one on Data, or choose a growth under More.]" in [text.value for text in app.markdown]
    assert formats.NOTHING not in [metric.value for metric in app.metric if "arget" in metric.label]
