"""Spans of days: what a filter picks, the same span last year and last month, thin months, targets, the run rate."""

import datetime

import pandas as pd
import pytest

from core import periods, reports
from core.filters import Filter


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def texts(spans) -> list[str]:
    return [f"{span.first}..{span.last}" for span in spans]


def picked(as_of: str = "2025-06-15", fiscal_year_start: int = 1, **keys) -> periods.Period:
    return periods.period_of(Filter.of(**keys), day("2023-03-10"), day(as_of), fiscal_year_start)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({}, ["2023-03-10..2025-06-15"]),
        ({"year": "2024"}, ["2024-01-01..2024-12-31"]),
        ({"year": "2025"}, ["2025-01-01..2025-06-15"]),
        ({"year": ["2023", "2024"]}, ["2023-01-01..2024-12-31"]),
        ({"year": ["2023", "2025"]}, ["2023-01-01..2023-12-31", "2025-01-01..2025-06-15"]),
        ({"quarter": "2024-Q1"}, ["2024-01-01..2024-03-31"]),
        ({"month": "2024-02"}, ["2024-02-01..2024-02-29"]),
        ({"month": ["2024-02", "2024-03"]}, ["2024-02-01..2024-03-31"]),
        ({"year": "2024", "month": "2025-01"}, []),
        ({"from": "2024-05-05"}, ["2024-05-05..2025-06-15"]),
        ({"to": "2024-05-05"}, ["2023-03-10..2024-05-05"]),
        ({"from": "2024-05-05", "year": "2024"}, ["2024-05-05..2024-12-31"]),
        ({"year": "2026"}, []),
    ],
)
def test_days_that_a_filter_picks(keys, expected):
    assert texts(picked(**keys).spans) == expected


@pytest.mark.parametrize(
    ("keys", "as_of", "last_year", "last_month"),
    [
        # whole spans beside whole spans, leap years too
        ({"month": "2025-02"}, "2025-06-15", "2024-02-01..2024-02-29", "2025-01-01..2025-01-31"),
        ({"month": "2024-02"}, "2025-06-15", "2023-02-01..2023-02-28", "2024-01-01..2024-01-31"),
        ({"month": "2025-03"}, "2025-06-15", "2024-03-01..2024-03-31", "2025-02-01..2025-02-28"),
        ({"month": "2025-04"}, "2025-06-15", "2024-04-01..2024-04-30", "2025-03-01..2025-03-31"),
        ({"quarter": "2025-Q1"}, "2025-06-15", "2024-01-01..2024-03-31", "2024-12-01..2025-02-28"),
        ({"year": "2024"}, "2025-06-15", "2023-01-01..2023-12-31", "2023-12-01..2024-11-30"),
        # a month that is complete on the as-of date is complete
        ({"month": "2025-02"}, "2025-02-28", "2024-02-01..2024-02-29", "2025-01-01..2025-01-31"),
        # what the as-of date cuts is cut at the same day
        ({"month": "2025-06"}, "2025-06-15", "2024-06-01..2024-06-15", "2025-05-01..2025-05-15"),
        ({"month": "2025-03"}, "2025-03-30", "2024-03-01..2024-03-30", "2025-02-01..2025-02-28"),
        ({"year": "2025"}, "2025-02-28", "2024-01-01..2024-02-28", "2024-12-01..2025-01-28"),
        ({"year": "2024"}, "2024-02-29", "2023-01-01..2023-02-28", "2023-12-01..2024-01-29"),
        ({"year": "2025"}, "2025-06-15", "2024-01-01..2024-06-15", "2024-12-01..2025-05-15"),
        # days of one's own choice are the same days
        ({"from": "2025-04-30", "to": "2025-04-30"}, "2025-06-15", "2024-04-30..2024-04-30", "2025-03-30..2025-03-30"),
        ({"from": "2025-02-10", "to": "2025-02-28"}, "2025-06-15", "2024-02-10..2024-02-28", "2025-01-10..2025-01-28"),
    ],
)  # fmt: skip
def test_the_same_span_earlier(keys, as_of, last_year, last_month):
    period = picked(as_of=as_of, **keys)
    assert texts(period.shifted(-12)) == [last_year]
    assert texts(period.shifted(-1)) == [last_month]


def test_months_are_compared_with_whole_months_wherever_the_year_is_cut():
    assert texts(picked(as_of="2025-02-28", year="2025").months_shifted(-12)) == ["2024-01-01..2024-02-29"]
    assert texts(picked(as_of="2025-02-27", year="2025").months_shifted(-12)) == ["2024-01-01..2024-02-27"]


def test_the_whole_span_last_year_is_not_cut():
    assert texts(picked(as_of="2025-02-10", year="2025").whole_shifted(-12)) == ["2024-01-01..2024-12-31"]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"year": "2024"}, ["2023-07-01..2024-06-30"]),
        ({"quarter": "2024-Q1"}, ["2023-07-01..2023-09-30"]),
        ({"quarter": "2024-Q4"}, ["2024-04-01..2024-06-30"]),
        ({"month": "2024-01"}, ["2024-01-01..2024-01-31"]),
    ],
)
def test_fiscal_year_from_july(keys, expected):
    assert texts(picked(fiscal_year_start=7, **keys).spans) == expected


def test_year_and_quarter_of_a_day():
    assert [periods.year_of(day(text), 7) for text in ("2023-06-30", "2023-07-01", "2024-06-30")] == [2023, 2024, 2024]
    assert [periods.quarter_of(day(text), 7) for text in ("2023-07-01", "2024-06-30")] == ["2024-Q1", "2024-Q4"]
    assert periods.quarter_of(day("2024-03-31")) == "2024-Q1"
    assert periods.year_of(day("2024-03-31")) == 2024


def monthly(amounts: list[float], first: str = "2023-01") -> list[tuple]:
    """One order in the middle of each month, from a first month on."""
    start = day(f"{first}-15")
    return [(f"o{n}", periods.add_months(start, n).isoformat(), "a", amount) for n, amount in enumerate(amounts)]


def test_a_thin_month_is_under_a_fifth_of_the_median_of_the_twelve_before(mart_of):
    twelve = [100] * 6 + [300] * 6  # median 200, so a fifth is 40
    mart = mart_of([*monthly([*twelve, 39.99]), ("end", "2024-01-31", "a", 0)])
    assert periods.months_of(mart).is_thin.tolist() == [False] * 12 + [True]
    assert periods.month_in_view(mart, Filter()) == day("2023-12-01")
    assert periods.month_in_view(mart, Filter.of(month="2024-01")) == day("2024-01-01")


def test_a_month_of_a_fifth_is_not_thin(mart_of):
    mart = mart_of([*monthly([100] * 6 + [300] * 6 + [40]), ("end", "2024-01-31", "a", 0)])
    assert not periods.months_of(mart).is_thin.any()
    assert periods.month_in_view(mart, Filter()) == day("2024-01-01")


def test_the_open_month_is_not_the_default(mart_of):
    mart = mart_of([*monthly([100, 100, 100, 100]), ("end", "2023-04-29", "a", 0)])
    assert periods.month_in_view(mart, Filter()) == day("2023-03-01")
    assert periods.month_in_view(mart, Filter.of(year="2023")) == day("2023-03-01")
    assert periods.month_in_view(mart, Filter.of(to="2023-02-10")) == day("2023-02-01")
    assert periods.month_in_view(mart, Filter.of(year="2020")) == day("2020-12-01")


def test_month_days_end_where_the_cards_stand(mart_of):
    mart = mart_of(
        [
            ("a", "2025-01-30", "x", 7),
            ("b", "2025-01-31", "x", 5),
            ("c", "2025-02-01", "x", 3),
            ("d", "2025-02-28", "x", 2),
        ]
    )
    days = reports.run("month_days", mart, Filter.of(month="2025-02"))
    cards = reports.run("month_cards", mart, Filter.of(month="2025-02")).iloc[0]
    assert days.day.tolist() == list(range(1, 32))
    last = days.iloc[-1]
    assert (last.revenue_month_to_date, last.revenue_month_to_date_last_month) == (5, 12)
    assert (cards.revenue, cards.revenue_last_month) == (5, 12)
    assert days.revenue.tolist()[26:] == [0, 2] + [pytest.approx(float("nan"), nan_ok=True)] * 3
    assert days.revenue_last_month.tolist()[28:] == [0, 7, 5]


def test_an_open_month_is_compared_with_the_days_so_far(mart_of):
    mart = mart_of([("a", "2025-01-10", "x", 7), ("b", "2025-01-31", "x", 5), ("c", "2025-02-10", "x", 3)])
    cards = reports.run("month_cards", mart, Filter.of(month="2025-02")).iloc[0]
    days = reports.run("month_days", mart, Filter.of(month="2025-02"))
    assert (cards.revenue, cards.revenue_last_month) == (3, 7)
    assert days.revenue_last_month.notna().sum() == 10  # what January did later is not compared, and not called nothing
    assert days.revenue_month_to_date_last_month.iloc[-1] == 7


TARGETS = [{"month": f"2025-{month:02}-01", "revenue_target": 100 * month} for month in range(1, 13)]


def test_target_to_date_takes_the_open_month_by_days(mart_of):
    mart = mart_of([("a", "2024-02-10", "x", 7), ("b", "2025-02-14", "x", 5)], dim_target=TARGETS)
    year = reports.run("headline", mart, Filter.of(year="2025")).iloc[0]
    assert (year.revenue_target, year.revenue_target_to_date) == (7800, 100 + 200 * 14 / 28)
    month = reports.run("month_cards", mart, Filter.of(month="2025-02")).iloc[0]
    assert (month.revenue_target, month.revenue_target_to_date) == (200, 100)


@pytest.mark.parametrize(
    "keys", [{"segment": "Champions"}, {"customer": "x"}, {"category": "Not itemised"}, {"year": "2019"}]
)
def test_no_target_under_a_filter_nor_where_none_was_set(mart_of, keys):
    mart = mart_of([("a", "2024-02-10", "x", 7), ("b", "2025-02-14", "x", 5)], dim_target=TARGETS)
    found = reports.run("headline", mart, Filter.of(target_growth="0.1", **keys)).iloc[0]
    assert found[["revenue_target", "revenue_target_to_date"]].isna().all()


def test_growth_stands_in_for_a_target_that_is_not_set(mart_of):
    mart = mart_of([("a", "2024-01-10", "x", 100), ("c", "2024-11-10", "x", 300), ("b", "2025-02-14", "x", 5)])
    found = reports.run("headline", mart, Filter.of(year="2025", target_growth="0.08")).iloc[0]
    assert (found.revenue_target, found.revenue_target_to_date) == (pytest.approx(432), pytest.approx(108))
    assert reports.run("headline", mart, Filter.of(year="2025")).revenue_target.isna().all()


def test_run_rate_by_days(mart_of):
    mart = mart_of([("a", "2024-01-10", "x", 50), ("b", "2024-08-10", "x", 150), ("c", "2025-03-14", "x", 73)])
    found = reports.run("run_rate", mart, Filter()).iloc[0]
    assert (found.year, found.days_elapsed, found.days_in_year) == (2025, 73, 365)
    assert found.revenue_to_date == 73
    assert found.revenue_expected == 365
    assert found.revenue_expected_seasonal == 73 * 200 / 50


@pytest.mark.parametrize(("before", "expected"), [(3.0, None), (5.0, 73 * 155 / 5)])
def test_a_year_that_had_hardly_begun_tells_no_season(mart_of, before, expected):
    """A tenth of an even course to the 14th of March, 73 of 365 days: 0.02 of the year's 153 or 155."""
    mart = mart_of([("a", "2024-01-10", "x", before), ("b", "2024-08-10", "x", 150), ("c", "2025-03-14", "x", 73)])
    found = reports.run("run_rate", mart, Filter()).iloc[0]
    if expected is None:
        assert pd.isna(found.revenue_expected_seasonal)
    else:
        assert found.revenue_expected_seasonal == pytest.approx(expected)


def test_run_rate_leaves_out_a_month_that_looks_incomplete(mart_of):
    mart = mart_of([*monthly([100] * 14, "2024-01"), ("end", "2025-03-31", "a", 1)])
    found = reports.run("run_rate", mart, Filter()).iloc[0]
    assert found.basis_last_day.date() == day("2025-02-28")
    assert found.revenue_to_date == 201
    assert found.revenue_expected == pytest.approx(200 * 365 / 59)


def test_growth_against_nothing_is_not_a_number(mart_of):
    mart = mart_of(monthly([100] * 13 + [50]))
    growth = reports.run("monthly_growth", mart, Filter()).set_index("month").growth
    assert growth.iloc[:12].isna().all()
    assert growth.iloc[12:].tolist() == [0, -0.5]


def test_cumulative_revenue_starts_anew_with_the_period(mart_of):
    mart = mart_of(
        [
            ("a", "2024-01-02", "x", 4),
            ("b", "2024-12-31", "x", 9),
            ("c", "2025-01-01", "x", 1),
            ("d", "2025-01-03", "x", 2),
        ]
    )
    found = reports.run("cumulative_revenue", mart, Filter.of(year="2025"))
    assert found.revenue_to_date.tolist() == [1, 1, 3]
    assert found.revenue_to_date_last_year.tolist() == [0, 4, 4]


def test_last_years_course_runs_on_to_its_end(mart_of):
    mart = mart_of(
        [
            ("a", "2024-01-02", "x", 4.25),
            ("b", "2024-02-29", "x", 2),
            ("c", "2024-11-30", "x", 8),
            ("d", "2024-12-31", "x", 16),
            ("e", "2025-01-03", "x", 1),
            ("f", "2025-02-28", "x", 32.5),
        ]
    )
    found = reports.run("year_course", mart, Filter()).set_index("date")
    rate = reports.run("run_rate", mart, Filter()).iloc[0]
    assert (len(found), found.index[0], found.index[-1]) == (
        365,
        pd.Timestamp("2025-01-01"),
        pd.Timestamp("2025-12-31"),
    )
    last_year = found.revenue_to_date_last_year
    steps = {"2025-01-01": 0, "2025-01-02": 4.25, "2025-03-01": 6.25, "2025-11-30": 14.25, "2025-12-31": 30.25}
    assert last_year.drop_duplicates().to_dict() == {pd.Timestamp(day): sold for day, sold in steps.items()}
    assert found.revenue_to_date.dropna().drop_duplicates().tolist() == [0, 1, 33.5]
    assert found.revenue_to_date.last_valid_index() == pd.Timestamp("2025-02-28")
    assert (last_year[rate.last_day], last_year.iloc[-1]) == (rate.revenue_to_date_last_year, rate.revenue_last_year)
    assert found.revenue_to_date[rate.last_day] == rate.revenue_to_date


def test_a_years_course_begins_with_the_data(mart_of):
    mart = mart_of([("a", "2024-05-20", "x", 4), ("b", "2024-07-01", "x", 2)])
    assert reports.run("year_course", mart, Filter()).date.iloc[[0, -1]].tolist() == [
        pd.Timestamp("2024-05-01"), pd.Timestamp("2024-12-31"),
    ]  # fmt: skip
    assert reports.run("year_course", mart, Filter.of(year="2023")).empty
