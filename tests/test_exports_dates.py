"""How a column writes its dates."""

import datetime

import pytest

from core.exports import dates
from core.star import Refused


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2024-01-05", None, "2024-01-05"),
        ("2024/1/5", None, "2024-01-05"),
        ("20240105", None, "2024-01-05"),
        ("05.01.2024", "dmy", "2024-01-05"),
        ("5/1/24", "dmy", "2024-01-05"),
        ("1/5/2024", "mdy", "2024-01-05"),
        ("5 Jan 2024", None, "2024-01-05"),
        ("January 5th, 2024", None, "2024-01-05"),
        ("05-JAN-24", None, "2024-01-05"),
        ("Fri, 5 Jan 2024", None, "2024-01-05"),
        ("5. März 2024", None, "2024-03-05"),
        ("5 février 2024", None, "2024-02-05"),
        ("5 de enero de 2024", None, "2024-01-05"),
        ("5 de março de 2024", None, "2024-03-05"),
        ("45296", None, "2024-01-05"),
        ("1704412800", None, "2024-01-05"),
        ("31.02.2024", "dmy", None),
        ("2024-13-01", None, None),
        ("soon", None, None),
        ("12", None, None),
    ],
)
def test_a_date_in_any_common_form(text, order, day):
    assert dates.parse(text, order) == (datetime.date.fromisoformat(day) if day else None)


def test_the_whole_column_decides_the_order():
    reading = dates.read(["03/04/2024", "05/06/2024", "13/06/2024"])
    assert reading.order == "dmy"
    assert reading.days["03/04/2024"] == datetime.date(2024, 4, 3)
    assert reading.reason == "13/06/2024 can only be day first"


def test_dots_have_the_day_first():
    assert dates.read(["03.04.2024"]).days == {"03.04.2024": datetime.date(2024, 4, 3)}


def test_what_fits_both_orders_is_asked_for():
    with pytest.raises(dates.Ambiguous) as asked:
        dates.read(["03/04/2024"], where="orders.csv, column Date")
    assert isinstance(asked.value, Refused)
    assert asked.value.choices == [
        ("dmy", "day first: 03/04/2024 is 2024-04-03"),
        ("mdy", "month first: 03/04/2024 is 2024-03-04"),
    ]
