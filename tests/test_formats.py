"""How values are written, short and exact."""

import datetime
import html
import math

import altair as alt
import pandas as pd
import pytest
import vl_convert

from core.formats import Format, Style, axis, date_text, day_and_month, exact, short, written_in


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
        (123_216_786.1159, Format.MONEY, "USD", "US$123,216,786.12"),
        (123_216_786.1159, Format.MONEY, "PLN", "PLN\xa0123,216,786.12"),
        (-0.5, Format.MONEY, "EUR", "−€0.50"),
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
    with written_in(Style(currency=currency)):
        assert exact(value, format) == written


@pytest.mark.parametrize(
    ("locale", "currency", "written"),
    [
        ("en-US", "USD", ["$123.2 M", "−$123,216,786.12", "68.6%", "+1,028.2%", "12,345", "June 3, 2014", "June 3"]),
        ("en-GB", "USD", ["US$123.2 M", "−US$123,216,786.12", "68.6%", "+1,028.2%", "12,345", "3 June 2014", "3 June"]),
        ("de-DE", "EUR", ["123,2 M\xa0€", "−123.216.786,12\xa0€", "68,6\xa0%", "+1.028,2\xa0%", "12.345", "3 June 2014",
                          "3 June"]),
        ("fr", "EUR", ["123,2 M\xa0€", "−123\u202f216\u202f786,12\xa0€", "68,6\xa0%", "+1\u202f028,2\xa0%",
                       "12\u202f345", "3 June 2014", "3 June"]),
        ("de-CH", "CHF", ["CHF\xa0123.2 M", "−CHF\xa0123’216’786.12", "68.6%", "+1’028.2%", "12’345", "3 June 2014",
                          "3 June"]),
        ("tr-TR", "TRY", ["₺123,2 M", "−₺123.216.786,12", "%68,6", "+%1.028,2", "12.345", "3 June 2014", "3 June"]),
        ("en-IN", "INR", ["₹123.2 M", "−₹12,32,16,786.12", "68.6%", "+1,028.2%", "12,345", "3 June 2014", "3 June"]),
        ("tlh-QO", "EUR", ["€123.2 M", "−€123,216,786.12", "68.6%", "+1,028.2%", "12,345", "3 June 2014", "3 June"]),
    ],
)  # fmt: skip
def test_values_are_written_as_the_reader_writes_them(locale, currency, written):
    day = datetime.date(2014, 6, 3)
    with written_in(Style(locale, currency)):
        assert [
            short(123_216_786.1159, Format.MONEY),
            exact(-123_216_786.1159, Format.MONEY),
            short(0.686, Format.SHARE),
            short(10.282, Format.GROWTH),
            short(12_345, Format.COUNT),
            exact(day, Format.DATE),
            day_and_month(day),
        ] == written


def test_an_axis_writes_its_ticks_as_the_reader_does():
    ticks = pd.DataFrame({"value": [-2_500_000.0, 1_234.5, 0.25]})
    with written_in(Style("de-DE", "EUR")):
        expressions = [axis(Format.MONEY), axis(Format.NUMBER), axis(Format.SHARE), axis(Format.GROWTH)]
    layers = [
        alt.Chart(ticks)
        .mark_text()
        .transform_calculate(said=expression)
        .encode(
            y="value:O", x=alt.value(200 * place), text="said:N"
        )
        for place, expression in enumerate(expressions)
    ]  # fmt: skip
    drawn = html.unescape(vl_convert.vegalite_to_svg(alt.layer(*layers).to_dict()))
    for said in ("−2,5 M\xa0€", "1,2345 K\xa0€", "1.234,5", "−2.500.000", "25\xa0%", "+25\xa0%"):
        assert f">{said}<" in drawn


def test_a_style_lasts_as_long_as_it_is_asked_for():
    with written_in(Style("de-DE", "EUR")):
        assert short(1.5, Format.MONEY) == "1,50\xa0€"
        with written_in(Style("en-US", "USD")):
            assert short(1.5, Format.MONEY) == "$1.50"
        assert short(1.5, Format.MONEY) == "1,50\xa0€"
    assert short(1.5, Format.MONEY) == "1.50"


@pytest.mark.parametrize("absent", [None, math.nan, pd.NaT])
@pytest.mark.parametrize("format", [Format.MONEY, Format.SHARE, Format.GROWTH, Format.DAYS, Format.DATE, Format.TEXT])
def test_what_is_absent_is_a_dash(absent, format):
    assert short(absent, format) == exact(absent, format) == "–"


def test_absent_by_pandas_own_sign_is_a_dash():
    assert short(pd.NA, Format.COUNT) == exact(pd.NA, Format.MONEY) == "–"


def test_the_day_of_the_as_of_line():
    assert date_text(datetime.date(2014, 6, 30)) == "30 Jun 2014"
