"""A deck read back by the library that PowerPoint files are made with, its series against the reports' numbers."""

import io

import pytest
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE

from core import reports, take, warehouse
from core.filters import Filter
from core.star import Refused

EVERYTHING, MONTH = Filter(), Filter.of(month="2026-08")
LINK = "https://quintile.example/Monthly?month=2026-08"


@pytest.fixture(scope="module")
def mart(sample) -> warehouse.Mart:
    return warehouse.open_mart(sample)


@pytest.fixture(scope="module")
def monthly(mart) -> list:
    return slides(mart, "Monthly", MONTH, LINK)


def slides(mart, page, filter=EVERYTHING, link=None) -> list:
    stream = io.BytesIO()
    take.write(page, mart, filter, stream, "pptx", link)
    return list(Presentation(stream).slides)


def slide_of(found, title):
    """The slide whose line below the title names this figure."""
    return next(slide for slide in found if title in [text.partition(" · ")[0] for text in texts(slide)])


def texts(slide) -> list[str]:
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def charts(slide) -> list:
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def series(chart) -> dict[str, list]:
    return {one.name: list(one.values) for one in chart.plots[0].series}


def test_the_days_of_the_month_are_the_reports(mart, monthly):
    days = reports.run("month_days", mart, MONTH)
    lines, bars = charts(slide_of(monthly, "Daily revenue, and the month to date"))
    assert (lines.chart_type, bars.chart_type) == (XL_CHART_TYPE.LINE, XL_CHART_TYPE.COLUMN_CLUSTERED)
    assert series(lines) == {
        "Aug 2026 to date": days.revenue_month_to_date.tolist(),
        "Jul 2026 to date": days.revenue_month_to_date_last_month.tolist(),
    }
    assert series(bars) == {"Aug 2026 by day": days.revenue.tolist()}
    assert list(bars.plots[0].categories) == [str(day) for day in range(1, 32)]


@pytest.mark.parametrize("page", ["Home", "Overview", "Monthly", "Pareto tiers", "Recommendations"])
def test_every_slide_has_a_title_something_to_see_and_notes(mart, page):
    for place, slide in enumerate(slides(mart, page)):
        assert slide.shapes.title.text
        assert "version fde3258ea561" in slide.notes_slide.notes_text_frame.text or mart.version != "fde3258ea561"
        assert place == 0 or any(
            shape.has_chart or shape.has_table or shape.shape_type == 13 or len(slide.shapes) > 4
            for shape in slide.shapes
        )


def test_an_unknown_page_is_refused(mart):
    with pytest.raises(Refused, match=r"^There is no page 'Weekly'; the pages are Home, Overview, Monthly, "):
        slides(mart, "Weekly")
