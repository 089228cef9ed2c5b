"""Column widths: no number, unit or word of a heading is broken where the table has room for them."""

import pytest

from core.take import widths, words
from core.take.figure import Rows

AMOUNTS = [["1", "3,866,634.94", "US$863.7\N{NO-BREAK SPACE}K"], ["31", "0.00", "US$0"]]


def wide(text: str) -> float:
    return len(text)


def of_columns(rows: Rows, width: float) -> list[float]:
    return widths.of_columns(rows, width, wide, wide, 2)


def test_each_column_holds_its_longest_number_and_its_headings_longest_word():
    rows = Rows(["Day", "Revenue", "Last month to date"], AMOUNTS, [True, True, True])
    assert widths.narrowest(rows, wide, wide, 2) == [5, 14, 12]
    assert of_columns(rows, 31) == [5, 14, 12]
    assert sum(of_columns(rows, 100)) == pytest.approx(100)
    assert all(part > 5 for part in of_columns(rows, 100))


def test_long_texts_share_what_numbers_leave():
    long = "Give each of them a named account manager and a quarterly review."
    rows = Rows(["Tier", "Revenue", "What to do"], [["Top Clients", "US$72.3 M", long]], [False, True, False])
    assert of_columns(rows, 60) == [13, 11, 36]


def test_texts_give_way_before_numbers_do():
    rows = Rows(["Customer", "Revenue"], [["Ravenleigh Bike Works", "543,210.98"]], [False, True])
    first, second = of_columns(rows, 26)
    assert (first >= len("Ravenleigh") + 2, second >= len("543,210.98") + 2, first + second) == (True, True, 26)


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("US$5.1 M from 865 orders", "US$5.1_M from 865_orders"),
        ("68,6\N{NARROW NO-BREAK SPACE}%, 1.1 × the average", "68,6_%, 1.1_× the average"),
        ("121 days, 1 day, 2 Many, 12 months", "121_days, 1_day, 2 Many, 12 months"),
    ],
)
def test_a_number_and_its_unit_stay_together(text, together):
    assert words.together(text) == together.replace("_", "\N{NO-BREAK SPACE}")
