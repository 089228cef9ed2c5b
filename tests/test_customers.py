"""The customers behind a figure, and one customer's own figures, beside what plain Python makes of the star."""

import datetime
import io
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
import stars
from oracle import FIGURES, Choice, World
from oracle.compare import differences
from streamlit.testing.v1 import AppTest

from core import customer_words, customers, insights, reports, take, warehouse
from core.customers import Listing
from core.filters import Filter
from core.formats import Style, written_in
from core.star import Refused

ROOT = Path(__file__).parents[1]
FILTERS = [
    Filter(),
    Filter.of(country="Germany", year="2025"),
    Filter.of(segment=["At Risk", "Cannot Lose Them"]),
    Filter.of(category="Bikes", tier="Top Clients"),
    Filter.of(segment="Buyer not known"),
    Filter.of(segment="Never ordered"),
]
ORDERS = [
    *[
        ("r1", "2024-01-01", "regular", "10"),
        ("r2", "2024-01-11", "regular", "20"),
        ("r3", "2024-01-11", "regular", "5"),
    ],
    *[("r4", "2024-01-24", "regular", "30"), ("t1", "2024-03-01", "twice", "10"), ("t2", "2024-03-02", "twice", "10")],
    *[("b1", "2024-02-02", "back", "-7.5"), ("g1", "2024-02-03", None, "99"), ("o1", "2024-03-31", "once", "40")],
]


@pytest.fixture(scope="module")
def shop_folder(tmp_path_factory) -> Path:
    """A star with a customer of each kind, as of 31 March 2024."""
    named = {"regular": "Ørsted & Søn", "twice": "Zoë Straße", "back": "ÉTÉ  Vélo", "once": "Ann", "never": "ann"}
    people = [{"customer_id": key, "customer_name": name} for key, name in named.items()]
    return stars.simple(tmp_path_factory.mktemp("shop"), ORDERS, dim_customer=people)


@pytest.fixture(scope="module")
def shop(shop_folder) -> warehouse.Mart:
    return warehouse.open_mart(shop_folder)


@pytest.fixture(scope="module")
def mart() -> warehouse.Mart:
    return warehouse.open_mart(Path(__file__).parents[1] / "sample_data")


def profile_of(mart: warehouse.Mart, customer: str) -> pd.Series:
    return reports.run("customer_profile", mart, Filter.of(customer=customer)).iloc[0]


@pytest.mark.parametrize("filter", FILTERS, ids=str)
def test_the_list_adds_up_to_the_headline(mart, filter):
    found, headline = customers.totals(mart, filter), reports.run("headline", mart, filter).iloc[0]
    for name in ("buyers", "orders"):
        assert found[name] == headline[name]
    assert found.revenue == pytest.approx(headline.revenue, abs=0.00005)
    rows = customers.everyone(mart, filter, Listing())
    assert rows.revenue.sum() == pytest.approx(headline.revenue, abs=0.00005)
    unknown = rows[rows.customer_id.isna()]
    assert (len(rows) - len(unknown), unknown.revenue.sum()) == pytest.approx(
        (found.customers, found.revenue_buyer_not_known), abs=0.00005
    )


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("sort", customers.SORTS)
def test_pages_together_are_the_whole_list_in_order(mart, sort, descending):
    asked = Listing("vélo", sort, descending)
    filter = Filter.of(tier=["Top Clients", "Mid Range Clients"])
    count = int(customers.totals(mart, filter, "vélo").customers)
    pages = [customers.page(mart, filter, asked, number) for number in (1, 2, 3)]
    listed = pd.concat(pages, ignore_index=True)
    assert len(listed) == listed.customer_id.nunique() == min(count, 300)
    values = listed[sort].dropna()
    if values.dtype.kind not in "fiM":
        values = values.map(lambda text: "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if c.isascii()))
    assert values.is_monotonic_decreasing if descending else values.is_monotonic_increasing
    assert not listed[sort].isna().any() or listed[sort].isna().is_monotonic_increasing
    wanted = [
        row.customer_id
        for row in reports.run("customers", mart, filter).itertuples()
        if isinstance(row.customer_id, str)
        and "velo" in unicodedata.normalize("NFKD", row.customer_name).encode("ascii", "ignore").decode().lower()
    ]
    assert set(customers.everyone(mart, filter, asked).customer_id) == set(wanted)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("orsted", {"regular"}),
        ("SØN ørst", {"regular"}),
        ("strasse", {"twice"}),
        ("zoe", {"twice"}),
        ("velo ete", {"back"}),
        ("ann", {"once", "never"}),
        ("onc", {"once"}),
        ("%", set()),
        ("'; drop table customers --", set()),
        ("  ", {"regular", "twice", "back", "once", "never"}),
    ],
)
def test_a_search_finds_words_anywhere_without_case_and_accents(shop, typed, found):
    assert set(customers.page(shop, Filter(), Listing(typed)).customer_id) == found
    assert customers.totals(shop, Filter(), typed).customers == len(found)


def test_neighbours_are_those_of_the_list_as_it_is_sorted_and_searched(mart):
    filter, asked = Filter.of(segment="Loyal"), Listing("atelier", "last_order_date", False)
    listed = customers.everyone(mart, filter, asked).customer_id.tolist()
    for place in (0, 1, len(listed) - 1):
        found = customers.neighbours(mart, filter.choose(customer=listed[place]), asked, listed[place])
        around = [None, *listed, None][place : place + 3]
        assert [value if isinstance(value, str) else None for value in (found.before, found.after)] == around[::2]
        assert (found.place, found.customers) == (place + 1, len(listed))
    assert customers.neighbours(mart, filter, asked, "nobody") is None


@pytest.mark.parametrize("customer", ["D0132", "C0458", "C2187", "D0010"])
def test_a_customer_of_the_sample(sample, mart, customer):
    chosen = Filter.of(customer=customer)
    choice = Choice(_world(sample), chosen.query())
    for name in ("customer_profile", "customer_months", "customer_orders", "customer_similar"):
        assert differences(name, reports.run(name, mart, chosen), FIGURES[name].of(choice)) == []
    assert len(reports.run("customer_similar", mart, Filter.of(customer="D0132"))) == 10


def _world(folder: Path, known: dict = {}) -> World:  # noqa: B006 the world of the sample takes seconds
    return known.setdefault(folder, World(folder))


def test_scores_say_how_they_came_about(mart):
    as_of, profile = mart.as_of, profile_of(mart, "D0132")
    found = customer_words.scores(profile, reports.run("score_cut_points", mart, Filter()), as_of)
    assert [(score.name, score.score) for score in found] == [("recency", 5), ("frequency", 5), ("monetary", 5)]
    with written_in(Style("en-GB", "EUR")):
        recency, frequency, _ = customer_words.scores(profile, reports.run("score_cut_points", mart, Filter()), as_of)
        assert recency.because == (
            "The last order was 29 days before 17 September 2026. The cut points are 33, 85, 199.40 and 488; none of "
            "them lies below, so the score is 5 − 0 = 5."
        )
        assert frequency.because == (
            "175 orders up to then. The cut points are 1, 2, 4 and 9; 4 of them lie below, so the score is 1 + 4 = 5."
        )
        assert customer_words.standing(profile) == (
            "Number 32 of 5,490 buyers by revenue so far (€502,628.34); with all larger ones and its equals that is "
            "31.04% of revenue."
        )


@pytest.mark.parametrize(
    ("customer", "when", "why", "is_due"),
    [
        ("regular", "Now", "It usually orders every 11.5 days (the median over 3 days with an order): the next order "
         "was due on 5 February 2024, 55 days ago.", True),
        ("twice", "No day can be named", "Not enough orders: 2 days with an order; from 3 on the time between them "
         "says when.", False),
        ("once", "No day can be named", "Not enough orders: 1 day with an order; from 3 on the time between them says "
         "when.", False),
        ("back", "No day can be named", "It has no order with a positive total, returns or nothing alone.", False),
        ("never", "No day can be named", "It has never ordered.", False),
    ],
)  # fmt: skip
def test_the_next_contact_follows_the_customers_own_rhythm(shop, customer, when, why, is_due):
    with written_in(Style("en-GB", "EUR")):
        step = customer_words.next_step(profile_of(shop, customer), shop.as_of)
    assert (step.when, step.why, step.is_due) == (when, why, is_due)


def test_a_contact_is_due_on_the_day_and_not_before(shop):
    profile = profile_of(shop, "regular")
    day = datetime.date(2024, 2, 5)
    with written_in(Style("en-GB", "EUR")):
        before, on = (customer_words.next_step(profile, day - datetime.timedelta(n)) for n in (3, 0))
    assert (before.when, before.is_due) == ("By 5 February 2024", False)
    assert before.why.endswith("the next order is due then, in 3 days.")
    assert (on.when, on.is_due) == ("Now", True)
    assert on.why.endswith("was due on 5 February 2024, on the last day of the data.")


def test_the_profile_of_every_kind_of_customer(shop):
    regular, back, never = (profile_of(shop, name) for name in ("regular", "back", "never"))
    assert (regular.frequency, regular.order_days, regular.median_gap_days) == (4, 3, 11.5)
    assert regular.next_order_date == pd.Timestamp("2024-02-05")
    assert (back.refunds, back.refunded, back.segment) == (1, -7.5, "No segment")
    assert pd.isna(back.cumulative_share)
    assert (never.segment, never.revenue_at_risk, never.all_buyers) == ("Never ordered", 0, 4)
    assert customer_words.scores(never, reports.run("score_cut_points", shop, Filter()), shop.as_of) == []
    assert customer_words.standing(never) == "It has never ordered, so it has no place among the buyers."
    assert "adds nothing" in customer_words.standing(back)


def similar_star(folder: Path, near: int, far: int, buys: int) -> warehouse.Mart:
    """Customers all alike: "me", `near` in its country, `far` elsewhere; the first `buys` of them bought a lamp too."""
    people = ["me", *(f"n{n:02}" for n in range(near)), *(f"f{n:02}" for n in range(far))]
    orders, lines = [], []
    for place, name in enumerate(people):
        orders.append({"order_id": name, "order_date": "2024-01-01", "customer_id": name,
                       "location_id": "far" if name[0] == "f" else "here"})  # fmt: skip
        has_lamp = 1 <= place <= buys
        lines.append({"order_id": name, "line_number": 1, "product_id": "bike", "net_amount": 90 if has_lamp else 100})
        if has_lamp:
            lines.append({"order_id": name, "line_number": 2, "product_id": "lamp", "net_amount": 10})
    people += ["other"]
    tables = {
        "fact_order": orders,
        "fact_order_line": lines,
        "dim_customer": [
            {"customer_id": name, "customer_type": "other" if name == "other" else None} for name in people
        ],
        "dim_product": [{"product_id": "bike", "product_name": "Bike"}, {"product_id": "lamp", "product_name": "Lamp"}],
        "dim_location": [{"location_id": "here", "country": "Peru"}, {"location_id": "far", "country": "Chile"}],
    }
    return warehouse.open_mart(stars.write(folder, **tables))


@pytest.mark.parametrize(
    ("near", "far", "buys", "share", "country"),
    [
        (20, 9, 5, 0.25, "Peru"),
        (19, 21, 8, 0.2, None),
        (20, 9, 4, None, None),  # four buyers are noise
        (10, 9, 9, None, None),  # nineteen are too few to be similar to
        (140, 0, 6, None, None),  # six of 140 are under a twentieth
    ],
)
def test_similar_customers_are_near_or_else_many(tmp_path, near, far, buys, share, country):
    mart = similar_star(tmp_path, near, far, buys)
    rows = reports.run("customer_similar", mart, Filter.of(customer="me"))
    expected = FIGURES["customer_similar"].of(Choice(World(tmp_path), {"customer": ["me"]}))
    assert differences("customer_similar", rows, expected) == []
    if share is None:
        assert rows.empty
        return
    (row,) = rows.itertuples()
    assert (row.product, row.similar_share) == ("Lamp", share)
    assert (row.similar_country if country else pd.isna(row.similar_country)) == (country or True)
    assert row.revenue_per_similar_buyer == 10


def test_the_page_answers_in_a_sentence_of_its_reports(mart, shop):
    with written_in(Style("en-GB", "EUR")):
        listed = insights.sentence("Customers", mart, Filter.of(country="France"))
        due = insights.sentence("Customers", shop, Filter.of(customer="regular"))
        early = insights.sentence("Customers", shop, Filter.of(customer="once"))
        assert insights.sentence("Customers", shop, Filter.of(customer="never")) is None
    rows = reports.run("customers", mart, Filter.of(country="France")).dropna(subset=["customer_id"])
    assert listed.numbers["revenue"] == pytest.approx(rows.revenue.sum(), abs=0.0001)
    assert listed.numbers["buyers"] == len(rows)
    assert listed.numbers["share"] == pytest.approx(rows.revenue.max() / rows.revenue.sum())
    assert listed.text.startswith(f"{len(rows):,} buyers bring €16.3 M; the largest, Cycles Belcerf, brings ")
    assert due.text == "Ørsted & Søn has brought €65 and is due for a contact now."
    assert early.text == "Ann has brought €40; no day can be named for the next contact."


def test_who_counts_as_similar_is_said(tmp_path):
    row = pd.Series(
        {"similar_customers": 1234, "similar_segment": "Loyal", "similar_type": "store", "similar_country": "Peru"}
    )
    assert customer_words.similar(row) == (
        "Similar are the 1,234 other customers of Loyal of type store who buy most in Peru. Over all their time."
    )
    nowhere = row.to_dict() | {"similar_type": None, "similar_country": None}
    assert customer_words.similar(pd.Series(nowhere)) == (
        "Similar are the 1,234 other customers of Loyal. Over all their time."
    )


@pytest.fixture
def open_customers(monkeypatch) -> Callable[..., AppTest]:
    """Open the Customers page of a star by a link."""

    def open_(folder: Path, **query: str) -> AppTest:
        monkeypatch.setenv("QUINTILE_DATA", str(folder))
        app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=60).switch_page("pages/5_Customers.py")
        for key, value in query.items():
            app.query_params[key] = value
        return app.run()

    return open_


def said(app: AppTest) -> str:
    kinds = (app.subheader, app.markdown, app.caption)
    return "\n".join(element.value.replace("\\", "") for kind in kinds for element in kind)


def test_the_page_lists_whom_the_filter_picks_and_opens_one(open_customers, sample, mart):
    app = open_customers(sample, country="Germany")
    headline = reports.run("headline", mart, Filter.of(country="Germany")).iloc[0]
    assert [card.value for card in app.metric][1] == f"{headline.buyers:,.0f}"
    first = customers.page(mart, Filter.of(country="Germany"), Listing())
    assert app.dataframe[0].value.customer_name.tolist() == first.customer_name.tolist()
    app.text_input(key="list_search").set_value("lindenm").run()
    assert set(app.dataframe[0].value.customer_name.str.contains("Lindenm")) == {True}
    app.query_params["customer"] = first.customer_id[0]
    app.run()
    assert not app.exception
    assert f"1 of {first.listed[0]:,}" not in said(app)  # the list is searched: the place is that of the search
    app.button(key="to_list").click().run()
    assert "customer" not in app.query_params
    assert app.text_input(key="list_search").value == "lindenm"


@pytest.mark.parametrize(
    ("customer", "sentences", "figures"),
    [
        ("regular", ("Now", "was due on", "Number 1 of 4 buyers"), 6),
        ("once", ("No day can be named", "1 day with an order"), 6),
        ("back", ("Without an order of a positive total", "1 return worth", "adds nothing"), 6),
        ("never", ("It has never ordered.", "No order up to the last day of the data."), 0),
    ],
)
def test_every_kind_of_customer_has_a_page(open_customers, shop_folder, shop, customer, sentences, figures):
    app = open_customers(shop_folder, customer=customer)
    assert not app.exception
    words = said(app)
    for sentence in (profile_of(shop, customer).customer_name, *sentences):
        assert sentence in words
    assert len(app.metric) == figures
    assert "nan" not in words.lower().split()


def test_a_filter_that_hides_a_customers_orders_says_so_and_can_be_cleared(open_customers, shop_folder):
    app = open_customers(shop_folder, customer="once", month="2024-01")
    assert "Nothing that it bought is left under this filter (Jan 2024)." in said(app)
    app.button(key="clear_others").click().run()
    assert len(app.metric) == 6
    assert list(app.query_params)[:1] == ["customer"]


@pytest.mark.parametrize(
    ("query", "offered"),
    [
        ({"customer": "once"}, True),
        ({"customer": "once", "month": "2024-01"}, True),
        ({"customer": "never"}, True),
        ({"segment": "Never ordered"}, True),
        ({"month": "2031-01"}, False),
        ({"customer": ["once", "twice"], "month": "2024-01"}, False),
    ],
    ids=str,
)
def test_the_page_is_taken_along_where_there_is_something_to_take(open_customers, shop_folder, shop, query, offered):
    app = open_customers(shop_folder, **query)
    assert ("Take along" in [one.proto.popover.label for one in app.get("popover")]) is offered
    try:
        take.write("Customers", shop, Filter.of(**query), io.BytesIO(), "xlsx")
    except Refused:
        assert not offered
    else:
        assert offered


def test_a_customer_that_the_data_does_not_know_is_said_and_the_list_opens(open_customers, shop_folder):
    app = open_customers(shop_folder, customer="nobody")
    assert not app.exception
    assert "The data has no customer 'nobody'; it was ignored." in said(app)
    assert len(app.dataframe[0].value) == 5


def test_sales_of_no_known_buyer_are_said_though_nobody_can_be_listed(open_customers, shop_folder):
    app = open_customers(shop_folder, segment="Buyer not known")
    assert "Buyer not known: " in said(app)
    assert "No known customer is left under this filter." in said(app)


@pytest.mark.parametrize(
    ("chosen", "chip", "cleared"),
    [
        (["regular"], "Customer: Ørsted & Søn", "Clear Ørsted & Søn (regular)"),
        (["never", "once"], "Customer: ann, Ann", "Clear ann (never), Ann (once)"),
        (
            ["twice", "regular", "back"],
            "Customer: Zoë Straße, Ørsted & Søn +1",
            "Clear Zoë Straße (twice), Ørsted & Søn (regular), ÉTÉ Vélo (back)",
        ),
    ],
    ids=str,
)
def test_the_chip_of_customers_says_their_names(open_customers, shop_folder, chosen, chip, cleared):
    button = open_customers(shop_folder, customer=chosen).button(key="chip_customer")
    assert (button.label.replace("\\", ""), button.help.replace("\\", "")) == (chip, cleared)


def test_a_customer_without_a_name_stands_by_its_identifier(open_customers, tmp_path):
    orders = [("o1", "2024-01-01", "c-7", "10"), ("o2", "2024-01-02", "c-8", "10")]
    star = stars.simple(tmp_path / "star", orders, dim_customer=[{"customer_id": "c-7"}, {"customer_id": "c-8"}])
    button = open_customers(star, customer="c-7").button(key="chip_customer")
    assert (button.label.replace("\\", ""), button.help) == ("Customer: c-7", "Clear c-7")


def test_only_the_chip_of_customers_says_names_of_customers(open_customers, tmp_path):
    orders = [("o1", "2024-01-01", "7", "10"), ("o2", "2024-01-02", "8", "10")]
    products = [{"product_id": "7", "product_name": "Helmet"}]
    star = stars.simple(tmp_path / "star", orders, dim_product=products)
    button = open_customers(star, customer="7", product="7").button(key="chip_product")
    assert button.label.replace("\\", "") == "Product: 7"


def test_names_are_asked_for_once(shop):
    found = reports.customer_names(shop, ("regular", "never", "nobody"))
    assert found == {"regular": "Ørsted & Søn", "never": "ann"}
    assert reports.customer_names(shop, ("regular", "never", "nobody")) is found
