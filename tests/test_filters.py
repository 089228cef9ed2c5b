"""A filter as a value: from a link, to a link, what is ignored, what excludes what."""

import datetime
from urllib.parse import parse_qs, urlencode

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from core import filters, reports
from core.filters import KEYS, Filter, Level

EVERY_KEY = (
    *("from", "to", "year", "quarter", "month", "as_of", "segment", "tier", "customer"),
    *("recency_score", "frequency_score", "monetary_score", "continent", "country", "region", "channel", "reason"),
    *("category", "subcategory", "product", "top_cut", "mid_cut", "target_growth", "compare"),
)


def test_every_key_of_the_contract():
    assert set(KEYS) == set(EVERY_KEY)


def test_equal_choices_are_equal_values():
    one = Filter.of(country=["France", "Germany"], segment="Loyal")
    other = Filter.of(segment="Loyal").choose(country=["France", "Germany", "France"])
    assert one == other
    assert hash(one) == hash(other)
    assert one.query() == {"segment": ["Loyal"], "country": ["France", "Germany"]}


def test_there_and_back():
    query = {"from": ["2024-01-31"], "segment": ["Loyal", "At Risk"], "country": ["Côte d'Ivoire"], "top_cut": ["0.5"]}
    chosen, notes = filters.read(query)
    assert (chosen.query(), notes) == (query, [])


def test_choose_lift_and_clear():
    chosen = Filter.of(year="2024", segment="Loyal", from_="2024-02-01")
    assert chosen.get("from") == ("2024-02-01",)
    assert chosen.choose(segment=None) == Filter.of(year="2024", from_="2024-02-01")
    assert chosen.without("year", "from") == Filter.of(segment="Loyal")
    assert chosen.without_level(Level.PERIOD) == Filter.of(segment="Loyal")
    assert chosen.has(Level.PEOPLE)
    assert not chosen.has(Level.ORDERS, Level.LINES)
    assert (chosen.one("year"), chosen.one("tier")) == ("2024", None)


def test_as_of_and_cut_offs():
    chosen = Filter.of(as_of="2024-02-29", top_cut="0.5")
    assert chosen.as_of == datetime.date(2024, 2, 29)
    assert (chosen.cut_offs.top, chosen.cut_offs.mid) == (0.5, 0.9)
    assert Filter().as_of is None


NAMED = [name for name, key in KEYS.items() if key.pattern == ".+"]
NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=40).map(str.strip)


@given(st.dictionaries(st.sampled_from(NAMED), st.lists(NAMES.filter(bool), min_size=1, max_size=30, unique=True)))
@settings(max_examples=300, deadline=None)
def test_any_names_survive_the_address_bar(values):
    chosen = Filter().choose(**values)
    link = urlencode(chosen.query(), doseq=True)
    assert filters.read(parse_qs(link, keep_blank_values=True, strict_parsing=bool(link))) == (chosen, [])


@pytest.mark.parametrize(
    ("name", "link"),
    [
        ("Zürich, Übersee", "Z%C3%BCrich%2C+%C3%9Cbersee"),
        ("A|B / C&D=E?#%20+", "A%7CB+%2F+C%26D%3DE%3F%23%2520%2B"),
        ("segment:Loyal", "segment%3ALoyal"),
        ("東京 🚲", "%E6%9D%B1%E4%BA%AC+%F0%9F%9A%B2"),
    ],
)
def test_a_name_as_it_stands_in_a_link(name, link):
    assert urlencode(Filter.of(reason=name).query(), doseq=True) == f"reason={link}"
    assert filters.read(parse_qs(f"reason={link}")) == (Filter.of(reason=name), [])


def test_a_reason_whose_name_holds_a_bar_is_one_reason(tmp_path):
    import stars

    from core import warehouse

    orders = [("o1", "2024-01-01", "a", 1), ("o2", "2024-02-01", "b", 2), ("o3", "2024-02-01", "b", 4)]
    reasons = [("1", "Price|Ünder, %7C"), ("2", "Price"), ("3", "Ünder, %7C")]
    star = stars.simple(
        tmp_path,
        orders,
        dim_reason=[{"reason_id": key, "reason_name": name, "reason_type": "x"} for key, name in reasons],
        bridge_order_reason=[
            {"order_id": order, "reason_id": reason}
            for order, reason in (("o1", "1"), ("o2", "2"), ("o2", "3"), ("o3", "2"))
        ],
    )
    mart = warehouse.open_mart(star)
    revenue = {
        name: reports.run("headline", mart, filters.read(parse_qs(urlencode({"reason": name})))[0]).revenue.iloc[0]
        for _, name in reasons
    }
    assert revenue == {"Price|Ünder, %7C": 1, "Price": 6, "Ünder, %7C": 2}
    rows = reports.run("orders_by_reason", mart, Filter()).set_index("reason")
    assert rows.revenue.to_dict() == {"Price": 5, "Price|Ünder, %7C": 1, "Ünder, %7C": 1}


@pytest.mark.parametrize(
    ("given", "sides", "notes"),
    [
        (["segment:loyal", "Champions"], ["segment:Loyal", "segment:Champions"], []),
        (["2014", "2013"], ["year:2014", "year:2013"], []),
        (["2014-q1", "quarter:2013-Q4"], ["quarter:2014-Q1", "quarter:2013-Q4"], []),
        (["Top Clients"], ["tier:Top Clients"], []),
        (["reason:Other", "Other"], ["reason:Other"], []),
        (["Mount: 7|8, Ä"], ["product:Mount: 7|8, Ä"], []),
        (["Nobody"], [], ["The data has nothing called 'Nobody' to compare; it was ignored."]),
        (["segment:Nobody"], [], ["The data has no segment 'Nobody' to compare; it was ignored."]),
        (["month:2014-13"], [], ["compare=month:2014-13 was ignored: it must look like month:2014-01."]),
        (
            ["segment:Loyal", "year:2014"],
            ["segment:Loyal"],
            ["compare=year:2014 was ignored: both sides are of one kind, and segment:Loyal came first."],
        ),
        (["2014", "2013", "2012"], ["year:2014", "year:2013"], ["compare takes two; year:2012 was ignored."]),
    ],
    ids=str,
)
def test_what_a_link_compares(given, sides, notes):
    choices = {
        "segment": ["Champions", "Loyal"],
        "tier": ["Top Clients"],
        "country": ["Other"],
        "reason": ["Other", "Price"],
        "product": ["Mount: 7|8, Ä"],
    }
    chosen, _ = filters.read({"compare": given})
    assert filters.known(chosen, choices) == (Filter.of(compare=sides), notes)


@pytest.mark.parametrize(
    ("key", "value", "note"),
    [
        ("colour", "red", "There is no filter 'colour'; it was ignored."),
        ("year", "20x", "year=20x was ignored: it must look like 2014."),
        ("year", "1514", "year=1514 was ignored: it must look like 2014."),
        ("month", "2014-13", "month=2014-13 was ignored: it must look like 2014-01."),
        ("quarter", "2014-Q5", "quarter=2014-Q5 was ignored: it must look like 2014-Q1."),
        ("from", "2014-02-30", "from=2014-02-30 was ignored: there is no such day."),
        ("to", "30.1.2014", "to=30.1.2014 was ignored: it must look like 2014-01-31."),
        ("recency_score", "6", "recency_score=6 was ignored: it must look like 5."),
        ("top_cut", "7", "top_cut=7 was ignored: it must look like 0.7."),
        ("target_growth", "much", "target_growth=much was ignored: it must look like 0.08."),
    ],
)
def test_what_is_wrong_is_named_and_ignored(key, value, note):
    assert filters.read({key: value, "segment": "Loyal"}) == (Filter.of(segment="Loyal"), [note])


def test_a_key_of_one_value_takes_the_last():
    assert filters.read({"from": ["2024-01-01", "2024-02-01"]}) == (
        Filter.of(from_="2024-02-01"),
        ["from takes one value; 2024-02-01 was taken."],
    )


def test_keys_of_a_link_are_no_filter():
    assert filters.read({"data": "Sample", "version": "0123456789ab"}) == (Filter(), [])


def test_values_that_the_data_does_not_have():
    choices = {"country": ["France", "Germany"], "segment": ["Loyal"]}
    chosen, notes = filters.known(Filter.of(country=["germany", "Atlantis"], segment="LOYAL", year="1999"), choices)
    assert chosen == Filter.of(country="Germany", segment="Loyal", year="1999")
    assert notes == ["The data has no country 'Atlantis'; it was ignored."]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (["ab1"], ["ab1"]),
        (["AB1"], ["AB1"]),
        (["AB1", "ab1"], ["AB1", "ab1"]),
        (["Ab1"], ["AB1"]),  # as neither is spelled: the first of them, and only once
        (["Ab1", "aB1"], ["AB1"]),
        (["ab2"], ["Ab2"]),
    ],
    ids=str,
)
def test_of_values_that_differ_by_case_alone_the_exact_one_is_meant(given, found):
    choices = {"customer": ["AB1", "ab1", "Ab2"], "product": ["AB1", "ab1", "Ab2"]}
    assert filters.known(Filter.of(customer=given), choices) == (Filter.of(customer=found), [])
    compared = Filter.of(compare=[f"product:{value}" for value in given])
    assert filters.known(compared, choices) == (Filter.of(compare=[f"product:{value}" for value in found]), [])


def test_contradictions():
    assert filters.contradiction(Filter.of(top_cut="0.95")) == (
        "top_cut 0.95 lies above mid_cut 0.9; Top Clients must end before Mid Range Clients do.",
        ("top_cut", "mid_cut"),
    )
    assert filters.contradiction(Filter.of(from_="2024-02-01", to="2024-01-01")) == (
        "from 2024-02-01 lies after to 2024-01-01; swap them.",
        ("from", "to"),
    )
    assert filters.contradiction(Filter.of(top_cut="0.9", mid_cut="0.9", from_="2024-01-01", to="2024-01-01")) is None


def test_quotes_and_commands_are_only_text(mart_of):
    mart = mart_of([("o1", "2024-01-01", "O'Hara; drop table customers", 5), ("o2", "2024-01-01", "b", 7)])
    found = reports.run("headline", mart, Filter.of(customer="O'Hara; drop table customers")).iloc[0]
    assert (found.revenue, found.customers) == (5, 1)
    assert reports.run("headline", mart, Filter.of(country="' or true --")).iloc[0].revenue == 0


def test_several_values_of_a_key_mean_or_and_keys_mean_and(mart_of):
    mart = mart_of([("o1", "2024-01-01", "a", 1), ("o2", "2024-02-01", "b", 2), ("o3", "2024-02-02", "c", 4)])
    revenue = [
        reports.run("headline", mart, Filter.of(**keys)).iloc[0].revenue
        for keys in (
            {"customer": ["a", "b"]},
            {"customer": ["a", "b"], "month": "2024-02"},
            {"customer": ["a", "b"], "month": ["2024-01", "2024-02"]},
            {"customer": "a", "month": "2024-02"},
        )
    ]
    assert revenue == [3, 2, 3, 0]


def test_as_of_hides_what_came_later_everywhere(tmp_path):
    import stars

    from core import warehouse

    orders = [("o1", "2024-01-01", "a", 1), ("o2", "2024-02-01", "b", 2), ("o3", "2024-03-01", "a", 4)]
    mart = warehouse.open_mart(stars.simple(tmp_path, orders), datetime.date(2024, 2, 10))
    headline = reports.run("headline", mart, Filter.of(as_of="2024-02-10")).iloc[0]
    assert (headline.revenue, headline.orders, headline.customers, headline.buyers) == (3, 2, 2, 2)
    customers = reports.run("customers", mart, Filter()).set_index("customer_id")
    assert customers[["recency_days", "frequency", "monetary"]].to_dict("index") == {
        "a": {"recency_days": 40, "frequency": 1, "monetary": 1},
        "b": {"recency_days": 9, "frequency": 1, "monetary": 2},
    }
