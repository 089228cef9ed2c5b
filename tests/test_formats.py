"""How values are written, short and exact."""

import datetime
import math

import pandas as pd
import pytest

from core.formats import Format, axis, date_text, exact, short


@pytest.mark.parametrize(
    ("value", "format", "written"),
    [
        (123_216_786.12, Format.MONEY, "123.2 M"),
        (456_312, Format.MONEY, "456.3 K"),
        (999_960, Format.MONEY, "1.0 M"),
        (2_500_000_000, Format.MONEY, "2.5 bn"),
        (154, Format.MONEY, "154"),
        (12.5, Format.MONEY, "12.50"),
        (0, Format.MONEY, "0"),
        (-12_345.6, Format.MONEY, "−12.3 K"),
        (31_465, Format.COUNT, "31,465"),
        (332_280, Format.COUNT, "332.3 K"),
        (0.686, Format.SHARE, "68.6%"),
        (0.0004, Format.SHARE, "<0.1%"),
        (0.0, Format.SHARE, "0.0%"),
        (-0.021, Format.SHARE, "−2.1%"),
        (0.282, Format.GROWTH, "+28.2%"),
        (-1, Format.GROWTH, "−100.0%"),
        (0.00001, Format.GROWTH, "0.0%"),
        (-0.00001, Format.GROWTH, "0.0%"),
        (3.416, Format.NUMBER, "3.4"),
        (1, Format.DAYS, "1 day"),
        (443.6, Format.DAYS, "444 days"),
        (5, Format.SCORE, "5"),
        (datetime.date(2014, 6, 3), Format.DATE, "3 June 2014"),
        (pd.Timestamp("2014-06-01"), Format.MONTH, "June 2014"),
        ("Road Bikes", Format.TEXT, "Road Bikes"),
    ],
)
def test_short(value, format, written):
    assert short(value, format) == written


@pytest.mark.parametrize(
    ("value", "format", "currency", "written"),
    [
        (123_216_786.1159, Format.MONEY, "USD", "123,216,786.12 USD"),
        (-0.5, Format.MONEY, "EUR", "−0.50 EUR"),
        (-0.001, Format.MONEY, "", "0.00"),
        (332_280, Format.COUNT, "USD", "332,280"),
        (0.00041, Format.SHARE, "", "0.04%"),
        (0.28214, Format.GROWTH, "", "+28.21%"),
        (443.6, Format.DAYS, "", "443.6 days"),
        (444.0, Format.DAYS, "", "444 days"),
        (3.416, Format.NUMBER, "", "3.42"),
    ],
)
def test_exact(value, format, currency, written):
    assert exact(value, format, currency) == written


@pytest.mark.parametrize("absent", [None, math.nan, pd.NaT])
@pytest.mark.parametrize("format", [Format.MONEY, Format.SHARE, Format.GROWTH, Format.DAYS, Format.DATE, Format.TEXT])
def test_what_is_absent_is_a_dash(absent, format):
    assert short(absent, format) == exact(absent, format) == "–"


def test_absent_by_pandas_own_sign_is_a_dash():
    assert short(pd.NA, Format.COUNT) == exact(pd.NA, Format.MONEY, "USD") == "–"


def test_the_day_of_the_as_of_line():
    assert date_text(datetime.date(2014, 6, 30)) == "30 Jun 2014"


@pytest.mark.parametrize(
    ("format", "expression"),
    [
        (Format.SHARE, "replace(format(datum.value, '.0%'), '-', '−')"),
        (Format.GROWTH, "replace(format(datum.value, '+.0%'), '-', '−')"),
    ],
)
def test_axes_speak_vegas_language(format, expression):
    assert axis(format) == expression


def test_the_axis_of_money_writes_units_as_cards_do():
    assert "replace(format(abs(datum.value), '~s'), 'k', ' K')" in axis(Format.MONEY)
