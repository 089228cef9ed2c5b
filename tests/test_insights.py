"""Sentences: each finder on a small frame with its literal sentence, each number beside its report, and silence."""

import datetime
import functools
import random
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
import stars

from core import filters, formats, insights, reports, rfm, warehouse
from core.exports import import_export
from core.filters import Filter
from core.formats import Format
from core.insights import Insight, breakdowns, customers, growth
from core.insights.insight import compared, listed, many, span_words
from core.insights.scope import Scope
from core.periods import Span

ROOT = Path(__file__).parents[1]
ADVENTUREWORKS = ROOT.parent / "shared/data/adventureworks"
NOTHING = Filter()


def frame(columns: str, *rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns.split())


# What all sentences share


@pytest.mark.parametrize(
    ("names", "text"),
    [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c  d"], "a, b and c d"), ([], "")],
)
def test_names_are_listed(names, text):
    assert listed(names) == text


def test_nouns_go_with_their_count():
    assert [many(0, "order"), many(1, "order"), many(1200, "order")] == ["0 orders", "1 order", "1,200 orders"]


@pytest.mark.parametrize(
    ("now", "text"),
    [
        (120, "20.0% more than"),
        (90, "10.0% less than"),
        (100.04, "level with"),
        (450, "4.5 times as much as"),
        (-20, "120.0% less than"),
    ],
)
def test_amounts_are_compared(now, text):
    assert compared(now, 100) == text


def test_amounts_are_compared_with_a_target():
    beside = [compared(now, 100, "above", "below") for now in (120, 90, 450)]
    assert beside == ["20.0% above", "10.0% below", "4.5 times"]


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("2013-01-01", "2013-12-31", "In 2013"),
        ("2014-05-01", "2014-05-31", "In May 2014"),
        ("2014-01-01", "2014-05-31", "From January to May 2014"),
        ("2013-07-01", "2014-05-31", "From July 2013 to May 2014"),
        ("2014-01-01", "2014-05-09", "From 1 January to 9 May 2014"),
        ("2013-12-30", "2014-01-02", "From 30 December 2013 to 2 January 2014"),
    ],
)
def test_days_in_words(first, last, text):
    assert span_words(Span(datetime.date.fromisoformat(first), datetime.date.fromisoformat(last))) == text


def test_an_insight_is_ranked_by_its_money_and_how_unusual_it_is():
    insight = Insight("kind", "Found", " here.", {"a": 1}, "headline", "Home", NOTHING, money=-200, unusual=0.25)
    assert (insight.text, str(insight), insight.weight) == ("Found here.", "Found here.", 50)
    assert Insight("kind", "", "", {}, "", "", NOTHING, money=200, unusual=7).weight == 200


# Customers

SEGMENTS = frame(
    "segment customers customer_share buyers revenue revenue_share revenue_at_risk avg_recency_days",
    ("Champions", 10, 0.1, 5, 500.0, 0.5, 300.0, 10.0),
    ("Loyal", 10, 0.1, 5, 200.0, 0.2, 100.0, 20.0),
    ("Promising", 40, 0.4, 30, 100.0, 0.1, 100.0, 30.0),
    ("At Risk", 30, 0.3, 5, 150.0, 0.15, 40.0, 200.0),
    ("Cannot Lose Them", 10, 0.1, 5, 50.0, 0.05, 10.0, 400.0),
)
TWELVE_MONTHS = frame("span revenue", ("Last 12 months", 1000.0), ("12 months before", 800.0))


def test_the_carriers():
    found = customers.carriers(SEGMENTS, NOTHING, everyone=True)
    assert found.finding == "Champions and Loyal are 20.0% of customers and bring 70.0% of revenue"
    assert found.rest == "; At Risk and Cannot Lose Them hold another 20.0%, and last bought 250 days ago on average."
    assert found.money == 700


def test_the_carriers_among_buyers():
    found = customers.carriers(SEGMENTS, NOTHING, everyone=False)
    assert found.finding == "Champions and Loyal are 20.0% of buyers and bring 70.0% of revenue"
    assert found.rest == "; At Risk and Cannot Lose Them hold another 20.0%."


def test_a_second_segment_that_brings_nothing_is_no_carrier():
    rows = SEGMENTS.assign(revenue=[980.0, 9, 11, 0, 0], revenue_share=[0.98, 0.009, 0.011, 0, 0])
    found = customers.carriers(rows, NOTHING, everyone=True)
    assert found.text == "Champions are 10.0% of customers and bring 98.0% of revenue."


def test_no_carriers_among_few_or_in_one_segment():
    assert customers.carriers(SEGMENTS.assign(customers=[1, 1, 1, 1, 1]), NOTHING, everyone=True) is None
    assert customers.carriers(SEGMENTS.head(1), NOTHING, everyone=True) is None
    assert customers.carriers(SEGMENTS.assign(revenue_share=-0.1), NOTHING, everyone=True) is None


def test_many_customers_with_little_revenue():
    found = customers.many_with_little(SEGMENTS, NOTHING, everyone=True)
    assert found.text == (
        "Promising are 40.0% of customers and bring 10.0% of revenue: 2.50 each, where the average buyer brings 20."
    )
    even = SEGMENTS.assign(revenue_share=0.2, customer_share=0.2)
    assert customers.many_with_little(even, NOTHING, everyone=True) is None


def test_money_at_risk():
    found = customers.money_at_risk(SEGMENTS, TWELVE_MONTHS, NOTHING, everyone=True)
    assert found.finding == "50 of the last 12 months' revenue is at risk"
    assert found.rest == (
        ", 5.0% of it: start with the 30 customers in At Risk, who brought 40 and last bought 200 days ago on average."
    )
    found = customers.money_at_risk(SEGMENTS, TWELVE_MONTHS, NOTHING, everyone=False)
    assert found.rest == ", 5.0% of it: start with the 5 buyers in At Risk, who brought 40."
    assert customers.money_at_risk(SEGMENTS.head(3), TWELVE_MONTHS, NOTHING, everyone=True) is None


CLIENTS = frame(
    "customer_id customer_name revenue revenue_share orders recency_days revenue_by_quarter",
    ("a", "Bold *Wheels*", 900.0, 0.09, 20, 3, [100.0] * 9),
    ("b", "Quiet  Cycles", 800.0, 0.08, 1, 200, [0, 100.0, 200, 150, 250, 100, 0, 0]),
    ("c", None, 700.0, 0.07, 8, 400, [0, 0, 700.0, 0, 0, 0]),
)


def test_a_large_customer_gone_silent():
    found = customers.silent_customer(CLIENTS, NOTHING)
    assert (
        found.text == "Quiet Cycles has not ordered for 200 days; it brought 800 so far, 8.0% of revenue, in 1 order."
    )
    assert found.filter == Filter.of(customer="b")
    assert found.money == 200 + 150 + 250 + 100
    assert customers.silent_customer(CLIENTS.drop(index=1), NOTHING) is None


def test_one_customer_to_depend_on():
    rows = CLIENTS.assign(revenue_share=[0.7, 0.08, 0.07], customer_name=None)
    assert (
        customers.dominant_customer(rows, NOTHING).text
        == "70.0% of revenue comes from one customer, a: 900 in 20 orders."
    )
    assert customers.dominant_customer(CLIENTS, NOTHING) is None
    assert customers.dominant_customer(CLIENTS.assign(revenue_share=1 / 3), NOTHING) is None
    assert customers.dominant_customer(rows.assign(revenue_share=1.4), NOTHING) is None


TIERS = frame(
    "tier buyers buyer_share revenue revenue_share net_sales profit profit_share margin",
    ("Top Clients", 20, 0.02, 700.0, 0.7, 600.0, 6.0, 0.06, 0.01),
    ("Mid Range Clients", 180, 0.18, 200.0, 0.2, 180.0, 60.0, 0.6, 1 / 3),
    ("Less Profitable Clients", 800, 0.8, 100.0, 0.1, 90.0, 34.0, 0.34, 34 / 90),
)


def test_how_few_customers_bring_most():
    found = customers.first_tier(TIERS, NOTHING, 1.0)
    assert found.finding == "20 Top Clients, 2.0% of buyers, bring 70.0% of sales"
    assert found.rest == " but 6.0% of profit; another 180 bring the next 20.0%."


@pytest.mark.parametrize(
    ("profit", "share", "coverage", "rest"),
    [
        (60.0, 0.6, 1.0, " and 60.0% of profit"),
        (60.0, 0.6, 0.5, " and 60.0% of the profit that is known"),
        (-12.0, -0.2, 1.0, " but lose 12"),
        (float("nan"), float("nan"), 1.0, ""),
    ],
)
def test_the_profit_of_the_first_tier(profit, share, coverage, rest):
    rows = TIERS.assign(profit=[profit, 60.0, 34.0], profit_share=[share, 0.6, 0.34])
    assert customers.first_tier(rows, NOTHING, coverage).rest == f"{rest}; another 180 bring the next 20.0%."


def test_one_buyer_is_the_first_tier():
    rows = TIERS.assign(buyers=[1, 1, 0], profit=float("nan"))
    assert customers.first_tier(rows, NOTHING, 1.0).text == (
        "The only buyer in Top Clients, 2.0% of buyers, brings 70.0% of sales; another 1 brings the next 20.0%."
    )
    assert customers.first_tier(TIERS.head(1).assign(buyer_share=1.0), NOTHING, 1.0) is None


# Places, reasons, products

COUNTRIES = frame(
    "continent country revenue revenue_share orders",
    ("North  America", "Canada", 600.0, 0.6, 12),
    ("Place not known", "Place not known", 200.0, 0.2, 4),
    ("North  America", "Mexico", 100.0, 0.1, 2),
    ("Europe", "Malta", 100.0, 0.1, 1),
)


def test_the_leading_continent():
    found = breakdowns.leading_continent(COUNTRIES, NOTHING)
    assert found.text == "70.0% of revenue comes from North America, 60.0% from Canada alone."
    assert breakdowns.leading_continent(COUNTRIES.assign(revenue_share=0.24), NOTHING) is None


def test_the_leading_country_of_one_continent():
    found = breakdowns.leading_continent(COUNTRIES.head(3), NOTHING)
    assert found.text == "60.0% of revenue comes from Canada: 600 in 12 orders."
    assert breakdowns.leading_continent(COUNTRIES.iloc[1:2].assign(revenue_share=1.0), NOTHING) is None


def test_the_three_leading_regions():
    rows = frame(
        "region revenue revenue_share",
        *(("North", 40.0, 0.4), ("South", 20.0, 0.2), ("Place not known", 12.0, 0.12), ("East", 10.0, 0.1)),
        *((f"R{n}", 6.0, 0.06) for n in range(3)),
    )
    found = breakdowns.leading_regions(rows, NOTHING)
    assert found is None  # 70.0% of six regions is not half as much again as the 50% of three
    found = breakdowns.leading_regions(rows.assign(revenue_share=[0.5, 0.2, 0.1, 0.1, 0.04, 0.03, 0.03]), NOTHING)
    assert found.text == "Three of 6 regions, North, South and East, bring 80.0% of revenue, the first of them 50.0%."
    assert breakdowns.leading_regions(rows.head(5), NOTHING) is None


REASONS = frame(
    "reason reason_type orders order_share revenue",
    ("Price", "Other", 60, 0.6, 600.0),
    ("On Promotion", "Promotion", 25, 0.25, 250.0),
    ("Review", "Other", 12, 0.12, 120.0),
    ("Television  Advertisement", "Marketing", 3, 0.03, 30.0),
    ("No reason given", "No reason given", 1, float("nan"), 5000.0),
)


def test_the_leading_reasons():
    found = breakdowns.leading_reasons(REASONS, NOTHING)
    assert found.finding == "Price and On Promotion are 85.0% of the reasons given for buying"
    assert found.rest == " (60.0% and 25.0%); 1 order worth 5.0 K gives none."
    assert breakdowns.leading_reasons(REASONS.head(4), NOTHING).rest == " (60.0% and 25.0%)."


def test_a_reason_hardly_given():
    assert breakdowns.idle_reason(REASONS, NOTHING).text == (
        "Hardly anybody names Television Advertisement (Marketing) as a reason to buy: "
        "3.0% of the reasons given, 3 orders worth 30."
    )


@pytest.mark.parametrize(
    ("rows", "filter"),
    [
        (REASONS.tail(1), NOTHING),
        (REASONS.assign(orders=[3, 2, 1, 1, 1]), NOTHING),
        (REASONS.assign(orders=10, order_share=0.25), NOTHING),
        (REASONS, Filter.of(reason="Price")),
    ],
    ids=["none given", "few given", "all alike", "one chosen"],
)
def test_silent_about_reasons(rows, filter):
    assert breakdowns.leading_reasons(rows, filter) is None
    assert breakdowns.idle_reason(rows, filter) is None


def test_a_tier_sold_below_its_margin():
    found = breakdowns.cheap_tier(TIERS, NOTHING)
    assert found.text == "Top Clients bring 70.0% of revenue at a margin of 1.0%; all other tiers together earn 34.8%."
    assert breakdowns.cheap_tier(TIERS.assign(margin=float("nan"), profit=float("nan")), NOTHING) is None
    assert breakdowns.cheap_tier(TIERS.assign(margin=0.2, profit=[120.0, 36.0, 18.0]), NOTHING) is None


PRODUCTS = frame(
    "product net_sales profit",
    ("Bell", 500.0, 100.0),
    ("Wheel", 300.0, -30.0),
    ("Not itemised", 100.0, -50.0),
    ("Frame", 200.0, -10.0),
    ("Taken back", -20.0, -9.0),
)


def test_products_sold_at_a_loss():
    found = breakdowns.products_at_a_loss(PRODUCTS, NOTHING)
    assert found.text == "2 of 4 products are sold at a loss, 40 in all; Wheel loses most, 30 on sales of 300."
    found = breakdowns.products_at_a_loss(PRODUCTS.head(3), NOTHING)
    assert found.text == "Wheel is sold at a loss of 30 on sales of 300."
    assert breakdowns.products_at_a_loss(PRODUCTS.assign(profit=float("nan")), NOTHING) is None
    assert breakdowns.products_at_a_loss(PRODUCTS.assign(profit=[100.0, -1, 0, -1, 0]), NOTHING) is None


# Change


def month_row(**changes) -> pd.Series:
    usual = {
        "month": pd.Timestamp("2026-08-01"),
        "orders": 10,
        "revenue": 1100.0,
        "revenue_last_year": 1000.0,
        "revenue_target_to_date": 1250.0,
        "is_thin": False,
        "is_whole": True,
    }
    return pd.Series(usual | changes)


def test_a_month_against_its_target():
    def text(**changes) -> str | None:
        found = growth.month_against_target(month_row(**changes), NOTHING, "its target")
        return found and found.text

    assert text() == "August 2026 missed its target by 12.0%: 1.1 K against 1.2 K."
    assert text(revenue=1500.0) == "August 2026 beat its target by 20.0%: 1.5 K against 1.2 K."
    assert text(is_whole=False) == "August 2026 is 12.0% behind its target to date: 1.1 K against 1.2 K."
    assert text(revenue=1500.0, is_whole=False).startswith("August 2026 is 20.0% ahead of its target to date")
    assert text(revenue=1251.0) is None
    assert text(is_thin=True) is None
    assert text(revenue_target_to_date=float("nan")) is None


def test_a_month_against_last_year():
    found = growth.month_against_last_year(month_row(), Filter.of(country="Malta"))
    assert found.text == "August 2026 brought 1.1 K, 10.0% more than August 2025 (1.0 K)."
    assert found.filter == Filter.of(country="Malta", month="2026-08")
    for changes in (
        {"revenue": 1010.0},
        {"is_thin": True},
        {"is_whole": False},
        {"revenue_last_year": 0.0},
        {"orders": 9},
    ):
        assert growth.month_against_last_year(month_row(**changes), NOTHING) is None


def test_what_grew_unlike_the_whole():
    now = frame("country revenue", ("Malta", 300.0), ("Chad", 500.0), ("Place not known", 900.0))
    before = frame("country revenue", ("Malta", 200.0), ("Chad", 600.0), ("Place not known", 0.0))
    found = growth.grown_apart(now, before, "country", "In 2013", NOTHING)
    assert found.text == ("In 2013 Chad brought 500, 16.7% less than a year before; revenue as a whole grew by 112.5%.")
    assert found.filter == Filter.of(country="Chad")


def test_what_is_new():
    now = frame("country revenue", ("Malta", 300.0), ("Chad", 500.0), ("Peru", 400.0))
    before = frame("country revenue", ("Chad", 450.0), ("Peru", 350.0))
    found = growth.grown_apart(now, before, "country", "In 2013", NOTHING)
    assert found.text == "In 2013 Malta brought 300, and nothing a year before; revenue as a whole grew by 50.0%."


def test_nothing_grew_unlike_the_whole():
    now = frame("country revenue", ("Malta", 220.0), ("Chad", 650.0))
    before = frame("country revenue", ("Malta", 200.0), ("Chad", 600.0))
    assert growth.grown_apart(now, before, "country", "In 2013", NOTHING) is None
    assert growth.grown_apart(now.head(1), before.head(1), "country", "In 2013", NOTHING) is None
    assert growth.grown_apart(now, before.assign(revenue=0.0), "country", "In 2013", NOTHING) is None


CHANGES = frame(
    "dimension name revenue revenue_last_month difference month",
    ("country", "Malta", 500.0, 300.0, 200.0, pd.Timestamp("2026-08-01")),
    ("country", "Chad", 100.0, 180.0, -80.0, pd.Timestamp("2026-08-01")),
    ("country", "Place not known", 900.0, 0.0, 900.0, pd.Timestamp("2026-08-01")),
    ("segment", "Loyal", 5.0, 0.0, 5.0, pd.Timestamp("2026-08-01")),
)


def test_the_largest_move_since_the_month_before():
    found = growth.largest_move(CHANGES, "country", NOTHING)
    assert found.text == (
        "Malta brought 200 more in August 2026 than the month before (500 after 300), the largest move of a country."
    )
    assert found.filter == Filter.of(country="Malta", month="2026-08")
    assert growth.largest_move(CHANGES, "segment", NOTHING) is None
    assert growth.largest_move(CHANGES.assign(difference=[20.0, -10, 0, 0]), "country", NOTHING) is None


def test_a_month_that_looks_incomplete():
    months = frame("month revenue", (pd.Timestamp("2014-05-01"), 6000.0), (pd.Timestamp("2014-06-01"), 50.0))
    found = growth.thin_month(months, datetime.date(2014, 6, 1), NOTHING)
    assert found.text == "June 2014 looks incomplete: 50 against 6.0 K in May 2014."
    assert growth.thin_month(months, datetime.date(2014, 5, 1), NOTHING) is None


# The sentences of the pages


def steady(**changes: float) -> list[tuple]:
    """An order a month of one customer from January 2024 to March 2025; `changes` are other amounts, by m2025_03."""
    months = [f"{2024 + n // 12}-{n % 12 + 1:02}" for n in range(15)]
    return [
        (f"o{month}", f"{month}-28", f"c{n % 4}", changes.get(f"m{month.replace('-', '_')}", 100))
        for n, month in enumerate(months)
    ]


def text_of(page: str, mart: warehouse.Mart, **chosen: str) -> str | None:
    found = insights.sentence(page, mart, Filter.of(**chosen))
    return found and found.text


def test_home_without_a_target(mart_of):
    mart = mart_of([*steady(m2025_02=250), ("x", "2025-03-31", "c1", 50)])
    assert text_of("Home", mart) == (
        "2025 stands at 500 on 31 March, 66.7% more than a year before; "
        "at this rate it ends at 2.0 K, after 1.2 K last year."
    )
    assert text_of("Home", mart, year="2024") == "2024 ended at 1.2 K."
    assert text_of("Home", mart, target_growth="0.25") == (
        "2025 stands at 500 on 31 March, 33.3% above last year plus 25.0%, 375; "
        "at this rate it ends at 2.0 K, 35.2% above the year's 1.5 K."
    )


def test_home_with_a_target(mart_of):
    targets = [{"month": f"2025-{n:02}-01", "revenue_target": 125} for n in range(1, 13)]
    mart = mart_of([*steady(), ("x", "2025-03-31", "c1", 50)], dim_target=targets)
    assert text_of("Home", mart) == (
        "2025 stands at 350 on 31 March, 6.7% below its target of 375; "
        "at this rate it ends at 1.4 K, 5.4% below the year's 1.5 K."
    )
    assert text_of("Home", mart, customer="c1").startswith(
        "2025 stands at 150 on 31 March, 50.0% more than a year before"
    )


def test_a_thin_month_is_no_basis(mart_of):
    mart = mart_of(steady(m2025_03=1))
    assert text_of("Home", mart) == (
        "2025 stands at 200 on 28 February, level with a year before; at this rate it ends at 1.2 K, "
        "after 1.2 K last year. March 2025 looks incomplete and is left out."
    )
    assert text_of("Monthly", mart).startswith("February 2025 brought 100, level with a year before and level with")
    assert text_of("Monthly", mart, month="2025-03") == (
        "March 2025 looks incomplete: 1 after 100 in February 2025, so nothing is concluded from it."
    )
    assert text_of("Overview", mart, month="2025-03") == "March 2025 looks incomplete: 1 against 100 in February 2025."
    assert [found.kind for found in insights.findings(mart, Filter.of(month="2025-03"))] == ["thin_month"]


def test_a_year_of_nothing_but_a_thin_month(mart_of):
    mart = mart_of([order for order in steady(m2025_01=1) if order[1] < "2025-02"])
    assert (
        text_of("Home", mart) == "2025 has only begun, at 1; January 2025 looks incomplete and is held against nothing."
    )


def test_a_year_just_begun_is_held_against_nothing_yet(mart_of):
    mart = mart_of([order for order in steady() if order[1] < "2025-01"] + [("x", "2025-01-05", "c1", 30)])
    assert text_of("Home", mart) == "2025 stands at 30 on 5 January."
    assert Scope(mart, NOTHING).year_spans() is None  # 2023 is not in the data


def test_several_thin_months_are_left_out(mart_of):
    mart = mart_of(steady(m2025_02=1, m2025_03=1))
    assert text_of("Home", mart).endswith("What came from February 2025 on looks incomplete and is left out.")


def test_the_days_held_against_a_year_before(mart_of):
    months = [f"{year}-{month:02}-28" for year in (2024, 2025) for month in range(1, 13)]
    mart = mart_of([(day, day, "c1", 100) for day in [*months, "2026-01-05"]])

    def spans(**chosen: str) -> list[str] | None:
        found = Scope(mart, Filter.of(**chosen)).year_spans()
        return found and [f"{span.first} {span.last}" for span in found]

    assert spans() == ["2025-01-01 2025-12-31", "2024-01-01 2024-12-31"]
    assert spans(month="2025-02") == ["2025-02-01 2025-02-28", "2024-02-01 2024-02-29"]
    assert spans(from_="2025-02-01", to="2025-02-20") is None
    assert spans(year="2024") is None
    assert spans(year=["2024", "2025"]) is None


def test_a_fiscal_year(mart_of):
    mart = mart_of(steady(), facts={"fiscal_year_start": 7})
    assert text_of("Home", mart) == ("FY 2025 stands at 900 on 28 March 2025; at this rate it ends at 1.2 K.")


def test_a_month_that_is_not_over(mart_of):
    mart = mart_of([*steady(), ("x", "2024-03-05", "c1", 10), ("y", "2024-03-31", "c1", 10)])
    assert text_of("Monthly", mart, month="2025-03") == (
        "March 2025 has brought 100 up to 28 March 2025, 9.1% less than the same days a year before "
        "and level with the same days of the month before."
    )


def test_few_buyers_and_one_segment(mart_of):
    mart = mart_of([(f"o{n}", "2024-05-05", f"c{n}", 10) for n in range(7)])
    segment = reports.run("segments", mart, NOTHING).segment.iloc[0]
    assert text_of("Overview", mart) == f"7 buyers bring 70, all in one segment, {segment}."
    assert text_of("Pareto tiers", mart) is None
    assert text_of("Recommendations", mart).startswith("None of the last 12 months' revenue is at risk: look after")
    assert insights.headlines(mart, NOTHING) == []


def test_a_chosen_segment_has_its_share(sample):
    mart = warehouse.open_mart(sample)
    assert text_of("Overview", mart, segment="Loyal") == "Loyal bring 9.6% of revenue: 9.7 M from 479 buyers."


def test_an_unknown_page_and_an_empty_choice_say_nothing(sample):
    mart = warehouse.open_mart(sample)
    assert insights.sentence("Nowhere", mart, NOTHING) is None
    assert insights.sentence("Home", mart, Filter.of(year="1999")) is None
    assert insights.findings(mart, Filter.of(year="1999")) == []


# Every number beside the report it speaks of

FILTERS = [
    {},
    {"year": "2026"},
    {"year": "2014"},
    {"month": "2026-09"},
    {"from": "2025-03-10", "to": "2025-11-20"},
    {"country": "Germany"},
    {"country": ["Germany", "United States"], "year": ["2025", "2013"]},
    {"segment": "Champions", "category": "Bikes"},
    {"tier": "Mid Range Clients"},
    {"reason": "Price"},
    {"channel": "Online", "target_growth": "0.05"},
    {"recency_score": ["1", "2"]},
]
MONTHS = [datetime.date(2000, number, 1).strftime("%B") for number in range(1, 13)]
Run = Callable[[str, Filter], list[dict]]


@pytest.fixture(scope="module")
def adventureworks(tmp_path_factory) -> Path:
    if not ADVENTUREWORKS.is_dir():
        pytest.skip("the AdventureWorks data is not beside the repository")
    folder = tmp_path_factory.mktemp("adventureworks") / "star"
    import_export(ADVENTUREWORKS, folder)
    return folder


@pytest.fixture(scope="module", params=["sample_data", "adventureworks"])
def mart(request) -> warehouse.Mart:
    folder = ROOT / "sample_data" if request.param == "sample_data" else request.getfixturevalue("adventureworks")
    return warehouse.open_mart(folder)


def said_under(mart: warehouse.Mart, filter: Filter) -> list[Insight]:
    pages = ("Home", "Overview", "Monthly", "Pareto tiers", "Recommendations")
    answers = [insights.sentence(page, mart, filter) for page in pages]
    return [*filter_out_none(answers), *insights.findings(mart, filter)]


def filter_out_none(found: list[Insight | None]) -> list[Insight]:
    return [insight for insight in found if insight]


def assert_sound(insight: Insight, mart: warehouse.Mart) -> None:
    """The sentence is one, holds its numbers and no other, and they agree with the report."""
    assert re.fullmatch(r"\S.*\S", insight.finding)
    assert re.fullmatch(r"[^\n]*[^.]\.", insight.text)
    assert "nan" not in insight.text.lower().split()
    assert "None " not in insight.text.replace("None of", "")
    assert insight.report in reports.REPORTS
    said = numerals(insight, mart)
    written = {name: ways(name, value) for name, value in insight.numbers.items()}
    assert not said.difference(*written.values()), insight.text
    assert not [name for name, texts in written.items() if not texts & said and not is_level(insight, name)], insight
    beside = figures_beside(insight, mart)
    assert {name: beside[name] for name in insight.numbers} == pytest.approx(dict(insight.numbers), rel=1e-9), insight


def ways(name: str, value: float) -> set[str]:
    """How a value may stand in a sentence."""
    if name.endswith(("share", "gap", "margin")) or "growth" in name:
        return {formats.short(value, Format.SHARE), f"{value + 1:,.1f}"}
    return {formats.short(value, Format.MONEY), formats.short(value, Format.COUNT), f"{value:,.0f}"}


def is_level(insight: Insight, name: str) -> bool:
    return insight.numbers[name] < 0.0005 and ("level with" in insight.text or "stayed level" in insight.text)


def numerals(insight: Insight, mart: warehouse.Mart) -> set[str]:
    """The figures in a sentence, without those in names and dates."""
    text = insight.text
    for name in sorted(names_of(mart), key=len, reverse=True):
        text = text.replace(name, "")
    text = re.sub(rf"(\d{{1,2}} )?\b({'|'.join(MONTHS)})\b( \d{{4}})?", "", text)
    text = re.sub(r"^(FY )?\d{4} (?=stands|ended|has)|^In \d{4}|last 12 months|(plus|less) [\d.]+%,", "", text)
    text = re.sub(r"last year (plus|less) [\d.]+% by", "", text)
    return set(re.findall(r"[−<]?\d[\d,]*(?:\.\d+)?(?:%| (?:K|M|bn)\b)?", re.sub(r"(\d),(?= |$)", r"\1 ,", text)))


@functools.cache
def names_of(mart: warehouse.Mart) -> set[str]:
    """The names of the data that hold a figure."""
    named = (("customers", "customer_name"), ("products", "product"), ("revenue_by_region", "region"))
    values = [value for report, column in named for value in reports.run(report, mart, NOTHING)[column].dropna()]
    return {" ".join(name.split()) for name in values if any(map(str.isdigit, name))}


def figures_beside(insight: Insight, mart: warehouse.Mart) -> dict[str, float]:
    """What the numbers of a sentence must be, from plain rows of reports under the filter of its view."""

    def run(name: str, chosen: Filter = insight.filter) -> list[dict]:
        return reports.run(name, mart, chosen).to_dict("records")

    return BESIDE[insight.kind](insight, run, mart)


def total(rows: list[dict], column: str, where: Callable[[dict], bool] = lambda row: True) -> float:
    return sum(row[column] for row in rows if where(row) and row[column] == row[column])


def carriers_beside(insight: Insight, run: Run, mart: warehouse.Mart) -> dict[str, float]:
    if insight.report == "headline" or insight.filter.get("segment"):
        rows, everything = run("headline"), run("headline", insight.filter.without("segment"))
        return rows[0] | {"revenue_share": rows[0]["revenue"] / everything[0]["revenue"]}
    rows = run("segments")
    people = "buyers" if "of buyers" in insight.finding else "customers"
    leading = [row for row in rows if row["segment"] in re.split(" are | and ", insight.finding)[:2]]
    risky = [row for row in rows if row["segment"] in rfm.at_risk_names() and row["revenue_share"] > 0]
    return {
        "people_share": total(leading, people) / total(rows, people),
        "revenue_share": total(leading, "revenue") / total(rows, "revenue"),
        "risk_share": total(risky, "revenue") / total(rows, "revenue"),
        "risk_recency_days": sum(row["avg_recency_days"] * row["customers"] for row in risky)
        / max(total(risky, "customers"), 1),
    }


def many_beside(insight: Insight, run: Run, mart: warehouse.Mart) -> dict[str, float]:
    rows = run("segments")
    people = "buyers" if "of buyers" in insight.finding else "customers"
    row = next(row for row in rows if insight.finding.startswith(f"{row['segment']} are"))
    return {
        "people_share": row[people] / total(rows, people),
        "revenue_share": row["revenue"] / total(rows, "revenue"),
        "revenue_each": row["revenue"] / row[people],
        "revenue_of_average_buyer": total(rows, "revenue") / run("headline")[0]["buyers"],
    }


def risk_beside(insight: Insight, run: Run, mart: warehouse.Mart) -> dict[str, float]:
    rows = {row["segment"]: row for row in run("recommendations")}
    first = next(row for name, row in rows.items() if f" in {name}" in insight.text or f"after {name} " in insight.text)
    total_at_risk = run("headline")[0]["revenue_at_risk"]
    return {
        "revenue_at_risk": first["revenue_at_risk"] if insight.text.startswith("None of") else total_at_risk,
        "risk_share": total_at_risk / run("twelve_months")[0]["revenue"],
        "people": first["buyers" if " buyer" in insight.rest else "customers"],
        "first_revenue_at_risk": first["revenue_at_risk"],
        "first_recency_days": first["avg_recency_days"],
    }


def client_beside(insight: Insight, run: Run, mart: warehouse.Mart) -> dict[str, float]:
    everyone = run("customers", insight.filter.without("customer"))
    known, chosen = [row for row in everyone if row["segment"] != "Buyer not known"], insight.filter.one("customer")
    row = next(row for row in everyone if row["customer_id"] == chosen) if chosen else known[0]
    return row | {"revenue_share": row["revenue"] / total(everyone, "revenue")}


def tier_beside(insight: Insight, run: Run, mart: warehouse.Mart) -> dict[str, float]:
    rows = run("tiers", insight.filter.without("tier"))
    shown = [row for row in run("tiers") if row["tier"] != rfm.BUYER_NOT_KNOWN and row["buyers"]]
    row = next(row for row in shown if row["tier"] in insight.finding)
    others = [other for other in shown if other["tier"] != row["tier"]]
    whole = {column: total(rows, column) for column in ("buyers", "revenue", "profit")}
    costed = sum(tier["profit"] / tier["margin"] for tier in others if tier["margin"])
    return {
        "buyers": row["buyers"],
        "buyer_share": row["buyers"] / whole["buyers"],
        "revenue_share": row["revenue"] / whole["revenue"],
        "profit_share": row["profit"] / whole["profit"] if whole["profit"] else 0,
        "profit": row["profit"],
        "loss": -row["profit"],
        "margin": row["margin"],
        "other_margin": total(others, "profit") / costed if costed else 0,
        "next_buyers": others[0]["buyers"] if others else 0,
        "next_revenue_share": others[0]["revenue"] / whole["revenue"] if others else 0,
    }


def place_beside(insight: Insight, run: Run, mart: warehouse.Mart) -> dict[str, float]:
    key = {"leading_continent": "continent", "leading_country": "country", "leading_regions": "region"}[insight.kind]
    rows, countries = run(f"revenue_by_{key}"), run("revenue_by_country")
    sum_of_all = run("headline")[0]["revenue"]
    named = sorted((row for row in rows if row[key] != "Place not known"), key=lambda row: -row["revenue"])
    leading = named[: 3 if key == "region" else 1]
    inside = [row["revenue"] for row in countries if row["continent"] == leading[0]["continent"]]
    return {
        "revenue_share": total(leading, "revenue") / sum_of_all,
        "first_revenue_share": leading[0]["revenue"] / sum_of_all,
        "country_revenue_share": max(inside) / sum_of_all,
        "regions": len(named),
        "revenue": leading[0]["revenue"],
        "orders": leading[0]["orders"],
    }


def reasons_beside(insight: Insight, run: Run, mart: warehouse.Mart) -> dict[str, float]:
    rows = run("orders_by_reason")
    given = sorted((row for row in rows if row["reason"] != "No reason given"), key=lambda row: -row["orders"])
    links, without = total(given, "orders"), [row for row in rows if row["reason"] == "No reason given"]
    shares = [row["orders"] / links for row in given]
    if insight.kind == "idle_reason":
        return given[-1] | {"order_share": shares[-1]}
    return {
        "order_share": shares[0] + shares[1],
        "first_order_share": shares[0],
        "second_order_share": shares[1],
        "orders_without": total(without, "orders"),
        "revenue_without": total(without, "revenue"),
    }


def losses_beside(insight: Insight, run: Run, mart: warehouse.Mart) -> dict[str, float]:
    rows = [row for row in run("products") if row["product"] != "Not itemised"]
    losing = sorted((row for row in rows if row["profit"] < 0 < row["net_sales"]), key=lambda row: row["profit"])
    return {
        "products": len(rows),
        "products_at_a_loss": len(losing),
        "loss": -total(losing, "profit"),
        "worst_loss": -losing[0]["profit"],
        "worst_net_sales": losing[0]["net_sales"],
        "net_sales": losing[0]["net_sales"],
    }


def month_beside(insight: Insight, run: Run, mart: warehouse.Mart) -> dict[str, float]:
    row, last_day = run("month_cards")[0], run("month_days")[-1]
    target = row["revenue_target_to_date"]
    segments = [part for part in run("segments") if part["segment"] in rfm.segment_names()]
    return {
        "revenue": last_day["revenue_month_to_date"],
        "revenue_last_month": last_day["revenue_month_to_date_last_month"],
        "revenue_last_year": run("headline")[0]["revenue_last_year"],
        "revenue_target_to_date": target,
        "gap": abs(row["revenue"] - target) / target if target else 0,
        "growth": abs(row["revenue"] / row["revenue_last_year"] - 1) if row["revenue_last_year"] else 0,
        "growth_on_month": abs(row["revenue"] / row["revenue_last_month"] - 1) if row["revenue_last_month"] else 0,
        "revenue_share": max((part["revenue"] for part in segments), default=0) / (row["revenue"] or 1),
    }


def year_beside(insight: Insight, run: Run, mart: warehouse.Mart) -> dict[str, float]:
    to_date, row, rate = run("cumulative_revenue")[-1], run("headline")[0], run("run_rate")[0]
    first = insight.filter.one("from")
    days = (datetime.date.fromisoformat(insight.filter.one("to")) - datetime.date.fromisoformat(first)).days + 1
    expected, target = to_date["revenue_to_date"] * rate["days_in_year"] / days, rate["revenue_target"]
    before = to_date["revenue_to_date_last_year"]
    return {
        "revenue": to_date["revenue_to_date"],
        "growth": abs(to_date["revenue_to_date"] / before - 1) if before else 0,
        "gap": abs(row["revenue"] / row["revenue_target_to_date"] - 1) if row["revenue_target_to_date"] else 0,
        "revenue_target_to_date": row["revenue_target_to_date"],
        "revenue_expected": expected,
        "revenue_target": target,
        "expected_gap": abs(expected / target - 1) if target else 0,
        "revenue_last_year": rate["revenue_last_year"],
    }


def apart_beside(insight: Insight, run: Run, mart: warehouse.Mart) -> dict[str, float]:
    key = insight.kind.partition("_")[0]
    part, whole = run("cumulative_revenue")[-1], run("cumulative_revenue", insight.filter.without(key))[-1]

    def change(row: dict) -> float:
        before = row["revenue_to_date_last_year"]
        return abs(row["revenue_to_date"] / before - 1) if before else 0

    return {"revenue": part["revenue_to_date"], "growth": change(part), "whole_growth": change(whole)}


def move_beside(insight: Insight, run: Run, mart: warehouse.Mart) -> dict[str, float]:
    row = run("month_cards")[0]
    return row | {"difference": abs(row["revenue"] - row["revenue_last_month"])}


def thin_beside(insight: Insight, run: Run, mart: warehouse.Mart) -> dict[str, float]:
    row = run("month_cards")[0]
    return {"revenue": row["revenue"], "revenue_before": row["revenue_last_month"]}


BESIDE = {
    "carriers": carriers_beside,
    "many_with_little": many_beside,
    "money_at_risk": risk_beside,
    "silent_customer": client_beside,
    "dominant_customer": client_beside,
    "first_tier": tier_beside,
    "cheap_tier": tier_beside,
    "leading_continent": place_beside,
    "leading_country": place_beside,
    "leading_regions": place_beside,
    "leading_reasons": reasons_beside,
    "idle_reason": reasons_beside,
    "products_at_a_loss": losses_beside,
    "month": month_beside,
    "month_against_target": month_beside,
    "month_against_last_year": month_beside,
    "year": year_beside,
    "country_grown_apart": apart_beside,
    "subcategory_grown_apart": apart_beside,
    "segment_move": move_beside,
    "country_move": move_beside,
    "subcategory_move": move_beside,
    "thin_month": thin_beside,
}


@pytest.mark.parametrize("query", FILTERS, ids=str)
def test_every_number_agrees_with_its_report(mart, query):
    chosen, _ = filters.known(filters.read(query)[0], reports.choices(mart))
    for insight in said_under(mart, chosen):
        assert_sound(insight, mart)


@pytest.mark.parametrize("seed", range(2))
def test_every_number_agrees_under_any_filter(mart, seed):
    chance, values = random.Random(seed), reports.choices(mart)
    for _ in range(2):
        keys = chance.sample(["country", "segment", "tier", "category", "reason", "channel", "subcategory"], 2)
        query = {key: chance.sample(values[key], min(2, len(values[key]))) for key in keys if values[key]}
        for insight in said_under(mart, Filter.of(**query)):
            assert_sound(insight, mart)


@pytest.mark.parametrize("seed", range(1, 5))
def test_odd_stars_are_spoken_of_soundly(tmp_path, seed):
    folder = stars.odd(
        tmp_path / "odd", seed, bare=seed == 4, fiscal_year_start=7 if seed == 2 else 1, targets=seed == 1
    )
    mart = warehouse.open_mart(folder)
    for query in ({}, {"year": "2024"}, {"month": "2024-08"}, {"segment": "Champions", "tier": "Top Clients"}):
        for insight in said_under(mart, Filter.of(**query)):
            assert_sound(insight, mart)
            assert not any(name in insight.text for name in ("not known", "Not itemised", "Never ordered", "No seg"))


@pytest.mark.parametrize(
    "orders",
    [
        [("o1", "2024-02-29", "a", 10)],
        [("o1", "2024-02-28", "a", -10), ("o2", "2024-03-01", "b", -5)],
        [("o1", "2023-12-31", None, 30), ("o2", "2024-12-31", None, 5)],
        [("o1", "2024-01-31", "a", 0), ("o2", "2024-02-01", "b", 0)],
        [("o1", "2024-01-31", "a", 30), ("o2", "2024-02-01", "b", -29)],
    ],
    ids=["one order", "returns alone", "buyers not known", "nothing charged", "nearly all taken back"],
)
def test_small_stars_are_spoken_of_soundly(mart_of, orders):
    mart = mart_of(orders)
    for insight in said_under(mart, NOTHING):
        assert_sound(insight, mart)
    assert insights.headlines(mart, NOTHING) == []


# What must be found


def test_the_published_analysis_is_found(adventureworks):
    mart = warehouse.open_mart(adventureworks)
    texts = {found.kind: found.text for found in insights.findings(mart, NOTHING)}
    assert texts["leading_continent"] == ("72.4% of revenue comes from North America, 57.5% from United States alone.")
    assert texts["leading_regions"].startswith("Three of 10 regions, Southwest, Canada and Northwest, bring 51.6%")
    assert texts["leading_reasons"].startswith("Price and On Promotion are 75.9% of the reasons given for buying")
    assert texts["idle_reason"].startswith("Hardly anybody names Television Advertisement (Marketing) as a reason")
    assert texts["carriers"].startswith(
        "Champions and Loyal are 19.6% of customers and bring 74.5% of revenue; At Risk"
    )
    assert texts["money_at_risk"].startswith("5.0 M of the last 12 months' revenue is at risk, 9.9% of it: start with")
    assert texts["many_with_little"].startswith("Promising are 12.5% of customers and bring 2.6% of revenue")
    assert texts["cheap_tier"].startswith("Top Clients bring 70.0% of revenue at a margin of 0.6%")
    assert texts["thin_month"] == "June 2014 looks incomplete: 54.2 K against 6.0 M in May 2014."
    assert not [text for kind, text in texts.items() if "June" in text and kind != "thin_month"]


def test_the_stories_of_the_sample_are_found(sample):
    kinds = {found.kind: found.text for found in insights.findings(warehouse.open_mart(sample), NOTHING)}
    assert kinds["silent_customer"].startswith("Zweirad Lindenmann has not ordered for 259 days")
    assert kinds["month_against_target"] == "August 2026 beat its target by 7.9%: 3.2 M against 3.0 M."


def test_headlines_are_few_ranked_and_of_different_topics(mart):
    found, best = insights.findings(mart, NOTHING), insights.headlines(mart, NOTHING)
    weights = [insight.weight for insight in found]
    assert weights == sorted(weights, reverse=True)
    assert best[0] == found[0]
    assert len(best) == len({insight.kind for insight in best}) == 3
    assert insights.headlines(mart, NOTHING, count=5)[:3] == best
    concentrated = {"carriers", "first_tier"}
    assert (
        len([insight for insight in insights.headlines(mart, NOTHING, count=20) if insight.kind in concentrated]) == 1
    )


@pytest.mark.parametrize(
    ("query", "silent"),
    [
        ({"segment": "Champions"}, {"carriers", "many_with_little", "segment_move", "month_against_last_year"}),
        ({"tier": "Top Clients"}, {"first_tier", "cheap_tier"}),
        ({"country": "Germany"}, {"country_grown_apart", "country_move", "leading_continent", "leading_country"}),
        ({"reason": "Price"}, {"leading_reasons", "idle_reason"}),
    ],
    ids=lambda given: str(sorted(given)),
)
def test_what_was_asked_for_is_no_finding(mart, query, silent):
    assert not silent & {insight.kind for insight in insights.findings(mart, Filter.of(**query))}
