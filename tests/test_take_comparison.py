"""The page that compares, taken along: its numbers are those of the page, in slides, document and workbook."""

import io
import os
from pathlib import Path

import openpyxl
import pytest
from pptx import Presentation
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from core import __main__ as command_line
from core import compare, take, warehouse
from core.filters import Filter
from core.star import Refused

ROOT = Path(__file__).parents[1]
SEGMENTS = Filter.of(compare=["segment:Champions", "segment:Loyal"], country="Germany")
YEARS = Filter.of(compare=["year:2026", "year:2025"])
MONTHS = Filter.of(compare=["month:2026-08", "month:2025-08"])


@pytest.fixture(scope="module")
def mart(sample):
    return warehouse.open_mart(sample)


def written(mart, filter, kind) -> io.BytesIO:
    stream = io.BytesIO()
    take.write("Compare", mart, filter, stream, kind, "https://quintile.example/Compare")
    return stream


@pytest.fixture(scope="module")
def segments(mart):
    return list(Presentation(written(mart, SEGMENTS, "pptx")).slides)


def texts(slide) -> list[str]:
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def of_title(slides, title) -> object:
    (found,) = [slide for slide in slides if any(text.split(" · ")[0] == title for text in texts(slide))]
    return found


def values(slide) -> dict[str, list]:
    (chart,) = [shape.chart for shape in slide.shapes if shape.has_chart]
    return {series.name: list(series.values) for series in chart.plots[-1].series}


def rounded(numbers) -> list[float | None]:
    return [None if number is None or number != number else round(float(number), 6) for number in numbers]


def test_the_table_has_the_cards_of_the_page(segments, sample, monkeypatch):
    monkeypatch.setenv("QUINTILE_DATA", str(sample))
    page = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=60).switch_page("pages/6_Compare.py")
    page.query_params.update(SEGMENTS.query())
    page.run()
    assert not page.exception
    slide = of_title(segments, "Figures of both sides")
    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    header, *rows = [[cell.text.replace("\N{NO-BREAK SPACE}", " ") for cell in row.cells] for row in table.rows]
    assert header == ["Figure", "● Champions", "○ Loyal", "Difference", "in percent"]
    assert len(rows) == 8
    assert [value for row in rows for value in row[1:3]] == [metric.value for metric in page.metric]
    said = [
        caption.value.replace("*", "").replace("\\", "")
        for caption in page.caption
        if caption.value.startswith("Difference")
    ]
    assert [" · ".join(part for part in row[3:] if part) for row in rows] == [
        text.removeprefix("Difference ") for text in said
    ]


def test_the_charts_are_native_and_have_what_the_page_draws(segments, mart):
    comparison = compare.of_filter(mart, SEGMENTS)
    course = compare.course(comparison)
    drawn = values(of_title(segments, "Revenue by month"))
    assert rounded(drawn["Champions"]) == rounded(course["first"])
    assert rounded(drawn["Loyal"]) == rounded(course["second"])
    shown = {"country", "subcategory", "reason", "tier"}
    assert {one.key for one in compare.breakdowns(comparison)} == shown
    for breakdown in compare.breakdowns(comparison):
        frame = compare.parts(comparison, breakdown)
        frame = frame[frame.first_share.notna() & frame.second_share.notna()].head(12)
        drawn = values(of_title(segments, f"% {breakdown.title}"))
        assert rounded(drawn["Champions"]) == rounded(frame.first_share)
        assert rounded(drawn["Loyal"]) == rounded(frame.second_share)


def test_two_months_are_held_against_each_other_by_amount_and_day(mart):
    slides = list(Presentation(written(mart, MONTHS, "pptx")).slides)
    comparison = compare.of_filter(mart, MONTHS)
    assert slides[0].shapes.title.text == "Compare: Aug 2026 against Aug 2025"
    drawn = values(of_title(slides, "Revenue, month to date"))
    assert len(drawn["Aug 2026"]) == 31
    assert rounded(drawn["Aug 2026"]) == rounded(compare.course(comparison)["first"])
    assert rounded(values(of_title(slides, "Revenue by tier"))["Aug 2025"]) == rounded(
        compare.parts(comparison, compare.BREAKDOWNS[-1])["second"]
    )


def test_every_slide_says_both_sides_the_filter_and_the_way_back(segments):
    for slide in segments[1:]:
        assert any("Champions against Loyal, all data · Country: Germany" in text for text in texts(slide))
        assert "Open this view: https://quintile.example/Compare" in slide.notes_slide.notes_text_frame.text
    assert segments[0].shapes.title.text == "Compare: Champions against Loyal"


def test_a_year_that_is_not_over_is_said_to_be(mart):
    text = PdfReader(written(mart, YEARS, "pdf")).pages[0].extract_text()
    assert "2026 to date ends on 17 Sep 2026, where the data ends; the other side is whole." in " ".join(text.split())
    assert "2026 to date against 2025 · no filter" in text


def test_the_workbook_has_every_row_of_both_sides(mart):
    book = openpyxl.load_workbook(written(mart, YEARS, "xlsx"))
    assert book.sheetnames == ["Definitions", "Figures of both sides", "Revenue by month", "Revenue by segment",
                               "Revenue by country", "Revenue by subcategory", "Orders by reason",
                               "Revenue by tier"]  # fmt: skip
    comparison = compare.of_filter(mart, YEARS)
    figures = compare.figures(comparison)
    sides = list(book["Figures of both sides"].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in sides] == ["2026 to date", "2025", "Difference"]
    for row, side in zip(sides, ("first", "second", "difference"), strict=True):
        assert rounded(row[1:]) == rounded(figures[side])
    frame = compare.parts(comparison, compare.BREAKDOWNS[2])
    rows = list(book["Revenue by subcategory"].iter_rows(values_only=True))
    assert rows[0][:3] == ("Subcategory", "2026 to date, revenue", "2025, revenue")
    assert [row[0] for row in rows[1:]] == frame.subcategory.tolist()
    assert rounded(row[1] for row in rows[1:]) == rounded(frame["first"])
    assert book["Revenue by subcategory"]["D2"].number_format == "0.00%"


def test_the_command_line_names_both_sides(sample, tmp_path, capsys):
    file = tmp_path / "compare.pdf"
    sides = ["--filter", "compare=segment:Champions", "--filter", "compare=segment:Loyal"]
    given = ["export", "compare", "--to", os.fspath(file), "--data", str(sample), *sides]
    assert command_line.main(given) == 0
    assert capsys.readouterr().out == f"{file}: compare, Lorvane Cycles (sample) as of 2026-09-17\n"
    assert "Compare: Champions against Loyal" in PdfReader(file).pages[0].extract_text()


def test_sides_that_sold_nothing_are_refused(mart):
    nothing = Filter.of(compare=["segment:Champions", "segment:Loyal"], month="2020-01")
    with pytest.raises(Refused, match=r"^Nothing was sold by either side \(Champions against Loyal, January 2020 · "):
        written(mart, nothing, "pdf")


def test_one_year_alone_has_nothing_to_stand_against(mart_of):
    with pytest.raises(Refused, match=r"^The data has nothing to hold against what is chosen; "):
        written(mart_of([("1", "2026-01-05", "A", "10")]), Filter.of(compare="year:2026"), "pdf")


def test_how_a_figure_of_both_sides_is_made_names_both(sample, monkeypatch):
    monkeypatch.setenv("QUINTILE_DATA", str(sample))
    page = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=60).switch_page("pages/6_Compare.py")
    page.query_params.update(SEGMENTS.query())
    page.run().button(key="how_revenue").click().run()
    assert not page.exception
    assert [one.value for one in page.subheader] == ["Champions", "Loyal"]
    said = [text.value for text in page.markdown]
    assert [text for text in said if text.startswith("**Filter**")] == [
        "**Filter** – All data · Segment\\: Champions; Country\\: Germany",
        "**Filter** – All data · Segment\\: Loyal; Country\\: Germany",
    ]
    assert len(page.get("code")) == 2
