"""How a column writes its numbers."""

from decimal import Decimal

import duckdb
import pytest

from core.exports import numbers


def read(texts: list[str]) -> list[str | None]:
    """What SQL makes of a column of texts in the style that is detected."""
    style, _ = numbers.detect(texts)
    with duckdb.connect() as connection:
        sql = numbers.sql("x", style)
        found = [
            connection.execute(f"select {sql} from (select ?::varchar as x)", [text]).fetchall()[0][0] for text in texts
        ]
    return [None if number is None else f"{number:.2f}" for number in found]


@pytest.mark.parametrize(
    ("texts", "numbers_read"),
    [
        (["1234.56", "-12", ".5", "1e3"], ["1234.56", "-12.00", "0.50", "1000.00"]),
        (["1,234.56", "12.00", "1,234,567"], ["1234.56", "12.00", "1234567.00"]),
        (["1.234,56", "12,00"], ["1234.56", "12.00"]),
        (["1 234,56", "1\u00a0234,56", "1\u202f234,50", "7"], ["1234.56", "1234.56", "1234.50", "7.00"]),
        (["1'234.56", "1’234.50"], ["1234.56", "1234.50"]),
        (["1,23,456.00"], ["123456.00"]),
        (["(12.00)", "12-", "-12", "\u221212"], ["-12.00", "-12.00", "-12.00", "-12.00"]),
        (["$1,234.50", "-$5.00", "($3.00)"], ["1234.50", "-5.00", "-3.00"]),
        (["1.234,50 €", "€ -3,00", "12,00 EUR"], ["1234.50", "-3.00", "12.00"]),
        (["R$ 1.234,50", "CHF 12,00", "12,50 zł"], ["1234.50", "12.00", "12.50"]),
        (["12.5", "twelve", "12abc", "1.2.3", ""], ["12.50", None, None, None, None]),
        (["nan", "inf", "12.5"], [None, None, "12.50"]),
    ],
)
def test_numbers_are_read_in_their_column_s_style(texts, numbers_read):
    assert read(texts) == numbers_read


def test_one_mark_with_three_figures_is_not_sure():
    assert numbers.detect(["1,234", "950"]) == (numbers.Style(".", ",", True), False)
    assert numbers.detect(["1.234", "950"])[1] is False
    assert numbers.detect(["1,234", "1,234.50"]) == (numbers.Style(".", ",", True), True)


def test_python_and_sql_read_alike():
    style, _ = numbers.detect(["1.234,50 €", "-3,00"])
    assert numbers.parse("1.234,50 €", style) == Decimal("1234.50")
    assert numbers.parse("-3,00", style) == Decimal("-3.00")
    assert numbers.parse("many", style) is None
