"""A workbook read back: typed cells, number formats, frozen headers, definitions, nothing that runs."""

import datetime
import io

import openpyxl
import pytest

from core import reports, take, warehouse
from core.filters import Filter

MONTH = Filter.of(month="2026-08")


@pytest.fixture(scope="module")
def monthly(sample) -> openpyxl.Workbook:
    return book_of(warehouse.open_mart(sample), "Monthly", MONTH, "https://quintile.example/Monthly?month=2026-08")


def book_of(mart, page, filter, link=None) -> openpyxl.Workbook:
    stream = io.BytesIO()
    take.write(page, mart, filter, stream, "xlsx", link)
    return openpyxl.load_workbook(stream)


def test_a_sheet_a_report_after_the_definitions(monthly):
    assert monthly.sheetnames == [
        "Definitions",
        "Month cards",
        "Month days",
        "Revenue by continent",
        "Revenue by country",
        "Top subcategories",
        "Orders by reason",
        "Revenue by region",
        "Revenue by subcategory segment",
        "Orders by reason segment",
        "Revenue by day region",
    ]
    assert {sheet.freeze_panes for sheet in monthly.worksheets[1:]} == {"B2"}
    assert all(sheet.auto_filter.ref for sheet in monthly.worksheets[1:])


def test_cells_have_types_and_formats(monthly):
    header, first, *_ = monthly["Month days"].iter_rows()
    assert [cell.value for cell in header] == [
        "Day",
        "Date",
        "Revenue",
        "Last month",
        "Month to date",
        "Last month to date",
    ]
    assert [(cell.value, cell.number_format) for cell in first] == [
        (1, "0"),
        (datetime.datetime(2026, 8, 1), "yyyy-mm-dd"),
        (75462.68, "#,##0.00"),
        (120479.26, "#,##0.00"),
        (75462.68, "#,##0.00"),
        (120479.26, "#,##0.00"),
    ]
    assert monthly["Revenue by country"]["E2"].number_format == "0.00%"


def test_every_row_of_the_report_is_there(monthly, sample):
    frame = reports.run("revenue_by_day_region", warehouse.open_mart(sample), MONTH)
    rows = list(monthly["Revenue by day region"].iter_rows(min_row=2, values_only=True))
    assert [row[1] for row in rows] == frame.region.tolist()
    assert [row[2] for row in rows] == frame.revenue.tolist()


def test_the_definitions_say_filter_day_data_and_metrics(monthly, sample):
    said = {row[0]: row[1] for row in monthly["Definitions"].iter_rows(values_only=True)}
    assert said["Period and filter"] == "August 2026 · no filter"
    assert said["As of"] == "2026-09-17"
    assert said["Data"] == "Lorvane Cycles (sample)"
    assert said["Version of the data"] == warehouse.open_mart(sample).version
    assert said["Revenue"] == "What customers were charged, returns taken off."
    assert monthly["Definitions"]["B8"].hyperlink.target == "https://quintile.example/Monthly?month=2026-08"


def test_a_name_that_looks_like_a_formula_stays_text(mart_of):
    mart = mart_of(
        [("1", "2026-01-05", "A", "10"), ("2", "2026-01-06", "B", "20")],
        dim_customer=[
            {"customer_id": "A", "customer_name": '=HYPERLINK("https://evil.example","click")'},
            {"customer_id": "B", "customer_name": "@SUM(1+1)"},
        ],
    )
    sheet = book_of(mart, "Pareto tiers", Filter())["Top clients"]
    cells = [row[1] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == ["@SUM(1+1)", '=HYPERLINK("https://evil.example","click")']
    assert {cell.quotePrefix for cell in cells} == {True}


def test_the_last_quarters_stand_in_columns_of_their_own(mart_of):
    mart = mart_of([("1", "2025-11-05", "A", "10"), ("2", "2026-01-05", "A", "30")])
    header, first = book_of(mart, "Pareto tiers", Filter())["Top clients"].iter_rows(values_only=True)
    assert header[-2:] == ("Revenue by quarter 1 of 2", "Revenue by quarter 2 of 2")
    assert first[-2:] == (10, 30)
