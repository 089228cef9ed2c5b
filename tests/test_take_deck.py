"""A deck read back by the library that PowerPoint files are made with, its series against the reports' numbers."""

import io

import openpyxl
import pytest
import stars
from pptx import Presentation
from pptx.chart.plot import AreaPlot, LinePlot
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.util import Inches
from pypdf import PdfReader

from core import formats, reports, take, warehouse
from core.filters import Filter
from core.formats import Format
from core.star import Refused
from core.take import pages

EVERYTHING, MONTH = Filter(), Filter.of(month="2026-08")
LINK = "https://quintile.example/Monthly?month=2026-08"


@pytest.fixture(scope="module")
def mart(sample) -> warehouse.Mart:
    return warehouse.open_mart(sample)


@pytest.fixture(scope="module")
def monthly(mart) -> list:
    return slides(mart, "Monthly", MONTH, LINK)


@pytest.fixture(scope="module")
def tiers(mart) -> list:
    return slides(mart, "Pareto tiers")


def deck(mart, page, filter=EVERYTHING, link=None):
    stream = io.BytesIO()
    take.write(page, mart, filter, stream, "pptx", link)
    return Presentation(stream)


def slides(mart, page, filter=EVERYTHING, link=None) -> list:
    return list(deck(mart, page, filter, link).slides)


def slides_of(found, title) -> list:
    """The slides whose line below the title names this figure."""
    return [slide for slide in found if title in [text.partition(" · ")[0] for text in texts(slide)]]


def texts(slide) -> list[str]:
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def charts(found, title) -> list:
    return [shape.chart for slide in slides_of(found, title) for shape in slide.shapes if shape.has_chart]


def series(chart) -> dict[str, list]:
    """The values of a chart's series by name; what is shaded below a line is the line's."""
    return {one.name: list(one.values) for one in chart.plots[-1].series}


def cells(found, title) -> list[list[str]]:
    """The rows of a figure's tables, the header of the first alone."""
    tables = [shape.table for slide in slides_of(found, title) for shape in slide.shapes if shape.has_table]
    rows = [[[cell.text for cell in row.cells] for row in table.rows] for table in tables]
    return [rows[0][0], *(row for table in rows for row in table[1:])]


def test_the_cover_says_the_filter_and_the_customers_names(mart):
    ids = reports.choices(mart)["customer"][:2]
    names = reports.customer_names(mart, tuple(ids))
    chosen = Filter.of(segment="Champions", customer=ids)
    (cover,) = [
        slide for slide in slides(mart, "Customers", chosen) if len(slide.placeholders) == 2 and slide.shapes.title
    ]
    said = texts(cover)[1].split("\n")
    assert said[0] == f"Segment: Champions; Customer: {' or '.join(names.values())}"
    assert said[2:] == ["All data", "Lorvane Cycles (sample) · as of 17 Sep 2026"]


def test_the_days_of_the_month_are_the_reports(mart, monthly):
    days = reports.run("month_days", mart, MONTH)
    lines, bars = charts(monthly, "Daily revenue, and the month to date")
    assert [type(plot) for plot in lines.plots] == [AreaPlot, LinePlot]
    assert bars.chart_type == XL_CHART_TYPE.COLUMN_CLUSTERED
    assert {area.name: list(area.values) for area in lines.plots[0].series} == {
        "Aug 2026 to date": days.revenue_month_to_date.tolist()
    }
    assert series(lines) == {
        "Aug 2026 to date": days.revenue_month_to_date.tolist(),
        "Jul 2026 to date": days.revenue_month_to_date_last_month.tolist(),
    }
    assert series(bars) == {"Aug 2026 by day": days.revenue.tolist()}
    assert list(bars.plots[0].categories) == [str(day) for day in range(1, 32)]


def test_the_months_bars_are_the_reports(mart, monthly):
    shares = {row.country: row.revenue_share for row in reports.run("revenue_by_country", mart, MONTH).itertuples()}
    shares |= {
        row.continent: row.revenue_share for row in reports.run("revenue_by_continent", mart, MONTH).itertuples()
    }
    (places,) = charts(monthly, "% revenue by country")
    names = [name.strip() for name in places.plots[0].categories]
    assert names[0] == "Europe"
    assert dict(zip(names, series(places)["Share of revenue"], strict=True)) == shares

    top = reports.run("top_subcategories", mart, MONTH)
    (subcategories,) = charts(monthly, "Top five subcategories")
    assert list(subcategories.plots[0].categories) == top.subcategory.tolist()
    assert series(subcategories) == {"Revenue, EUR": top.revenue.tolist()}

    reasons = reports.run("orders_by_reason", mart, MONTH)
    (given,) = charts(monthly, "% orders by reason")
    assert series(given)["Share of reasons given"][:-1] == reasons.order_share.dropna().tolist()
    assert list(given.plots[0].categories)[-1] == "No reason given (553 orders)"
    assert {chart.chart_type for chart in (places, subcategories, given)} == {XL_CHART_TYPE.BAR_CLUSTERED}


@pytest.mark.parametrize(
    ("title", "report", "row", "column", "value", "whole"),
    [
        ("% revenue by subcategory and segment", "revenue_by_subcategory_segment",
         "subcategory", "segment", "revenue_share", "100% of a row: the subcategory's revenue."),
        ("% orders by reason and segment", "orders_by_reason_segment", "reason", "segment", "order_share",
         "100% of a row: the reason's orders."),
    ],
)  # fmt: skip
def test_the_months_heat_tables_are_the_reports(mart, monthly, title, report, row, column, value, whole):
    assert f"{title} · August 2026 · no filter · {whole}" in texts(slides_of(monthly, title)[0])
    header, *body = cells(monthly, title)
    found = {(line[0], name): text for line in body for name, text in zip(header[1:], line[1:], strict=True)}
    frame = reports.run(report, mart, MONTH)
    wanted = {(one[row], one[column]): formats.short(one[value], Format.SHARE) for one in frame.to_dict("records")}
    assert len(found) >= len(wanted)
    assert {key: text for key, text in found.items() if text != "–"} == {
        key: text for key, text in wanted.items() if text not in ("0.0%", "–")
    }


def test_the_months_tables_hold_every_day(mart, monthly):
    header, *days = cells(monthly, "The month by day")
    assert header == ["Day", "Revenue", "Last month", "Month to date", "Last month to date"]
    assert [day[0] for day in days] == [str(day) for day in range(1, 32)]
    assert days[0] == ["1", "75,462.68", "120,479.26", "75,462.68", "120,479.26"]
    total = reports.run("month_cards", mart, MONTH).revenue[0]
    amounts = [day[-1].replace(",", "").replace("−", "-") for day in cells(monthly, "Revenue by day and region")[1:]]
    assert sum(map(float, amounts)) == pytest.approx(total)


def test_the_map_is_a_picture_and_says_what_it_shows(monthly):
    (slide,) = slides_of(monthly, "Revenue by region")
    (picture,) = [shape for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
    assert slide.shapes.title.text == "California in United States brings most, €275.7\N{NO-BREAK SPACE}K"
    assert picture._element.nvPicPr.cNvPr.get("descr") == "California in United States brings most, €275.7 K."


def test_the_pareto_curve_and_the_bubbles_are_the_reports(mart, tiers):
    curve = reports.run("pareto_curve", mart, EVERYTHING)
    (drawn,) = charts(tiers, "Pareto curve")
    assert drawn.chart_type == XL_CHART_TYPE.XY_SCATTER
    top = curve[curve.tier == "Top Clients"]
    assert series(drawn)["Top Clients"] == top.revenue_share.tolist()
    (dots,) = (one._element for one in drawn.plots[0].series if one.name == "Cut-offs")
    assert dots.xpath("c:dLbls/c:dLbl//a:t/text()") == ["Top Clients: 70.0%", "Mid Range Clients: 90.0%"]
    assert dots.xpath("c:dLbls/c:dLbl/c:layout/c:manualLayout/c:y/@val") == ["0.04", "0.04"]  # clear of the curve

    products = reports.run("products", mart, EVERYTHING)
    (bubbles,) = charts(tiers, "Products: units against sales, sized by profit")
    assert bubbles.chart_type == XL_CHART_TYPE.BUBBLE
    sold = products[(products["items"] > 0) & (products.revenue > 0)]
    assert sorted(value for values in series(bubbles).values() for value in values) == sorted(sold.revenue)


def test_a_slide_says_its_finding_its_filter_its_definition_and_its_link(mart, monthly):
    (slide,) = slides_of(monthly, "Top five subcategories")
    assert slide.shapes.title.text == "Gravel Bikes sold most: €598.6\N{NO-BREAK SPACE}K, 18.6% of revenue"
    assert "Top five subcategories · August 2026 · no filter" in texts(slide)
    notes = slide.notes_slide.notes_text_frame.text
    for said in (
        "One row per subcategory, the five with the most revenue",
        "Revenue: What customers were charged, returns taken off.",
        "Filter: August 2026 · no filter.",
        f"Data: Lorvane Cycles (sample) · as of 17 Sep 2026, version {mart.version}.",
        f"Open this view: {LINK}",
    ):
        assert said in notes
    links = [run.hyperlink.address for shape in slide.placeholders for run in shape.text_frame.paragraphs[0].runs]
    assert LINK in links


@pytest.mark.parametrize("page", take.PAGES)
def test_every_slide_has_a_title_something_to_see_and_stays_on_the_slide(mart, page):
    found = deck(mart, page)
    assert (found.slide_width, found.slide_height) == (Inches(13.333), Inches(7.5))
    for place, slide in enumerate(found.slides):
        assert slide.shapes.title.text
        assert slide.notes_slide.notes_text_frame.text
        body = [shape for shape in slide.shapes if shape.has_chart or shape.has_table or not shape.is_placeholder]
        assert place == 0 or len(body) > 1, slide.shapes.title.text
        for shape in slide.shapes:
            if shape.has_table:
                height = sum(row.height for row in shape.table.rows)
                width = sum(column.width for column in shape.table.columns)
            else:
                width, height = shape.width, shape.height
            assert shape.left >= 0
            assert shape.left + width <= found.slide_width
            assert shape.top + height <= found.slide_height, slide.shapes.title.text


@pytest.mark.parametrize("page", [title for title, page in take.PAGES.items() if isinstance(page, pages.Page)])
def test_every_figure_is_native_but_the_map_and_every_number_of_a_chart_is_in_its_reports(mart, page):
    found = slides(mart, page)
    pictures = [slide for slide in found for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
    assert pictures == slides_of(found, "Revenue by region")
    scope = pages.in_view(take.PAGES[page], mart, EVERYTHING)
    drawn = 0
    for part in take.PAGES[page].parts:
        over = part.over(scope)
        reported = set()
        for name in part.reports:
            frame = over.run(name)
            for column in frame.select_dtypes("number"):
                reported |= {round(float(value), 4) for value in frame[column].dropna()}
        for chart in charts(found, part.title.format(period=over.period, month=over.month)):
            for name, values in series(chart).items():
                strangers = {round(value, 4) for value in values if value is not None} - reported - {0.0}
                assert not strangers, (part.title, name)
                drawn += 1
    assert drawn >= {"Home": 6, "Overview": 6, "Monthly": 6, "Pareto tiers": 8, "Recommendations": 0}[page]


def test_a_slide_that_one_segment_leaves_nothing_to_say_is_left_out_by_name(mart):
    chosen = Filter.of(segment="Champions")
    found = slides(mart, "Overview", chosen)
    thin = (
        "% revenue beside % customers, by segment",
        "Average recency, frequency and monetary, by segment",
        "% of revenue by segment and country",
        "% of revenue by segment and reason",
    )
    assert [title for title in thin if slides_of(found, title)] == []
    assert slides_of(found, "Customers by recency and frequency score")
    notes = found[0].notes_slide.notes_text_frame.text
    for title in thin:
        assert f"Left out: {title}, for there is only one segment, Champions, under this filter." in notes
    assert [title for title in thin if not slides_of(slides(mart, "Overview"), title)] == []
    book, document = io.BytesIO(), io.BytesIO()
    take.write("Overview", mart, chosen, book, "xlsx")
    assert {"Segments", "Revenue by segment country"} <= set(openpyxl.load_workbook(book).sheetnames)
    take.write("Overview", mart, chosen, document, "pdf")
    assert "Left out: % of revenue by segment and reason, for" in PdfReader(document).pages[-1].extract_text()


def test_one_country_has_no_slide_of_countries_and_a_part_of_those_chosen_is_not_the_largest_of_all(mart):
    found = slides(mart, "Overview", Filter.of(country="Germany", segment=["Loyal", "At Risk"]))
    assert not slides_of(found, "% revenue by continent and country")
    assert slides_of(found, "Revenue by region")
    found = slides(mart, "Monthly", MONTH.choose(segment=["Loyal", "Champions"]))
    assert ["of those chosen" in slide.shapes.title.text for slide in
            slides_of(found, "% revenue by subcategory and segment")[:1]] == [True]  # fmt: skip
    assert all("of those chosen" not in slide.shapes.title.text for slide in slides(mart, "Monthly", MONTH))


def test_cut_points_have_their_units(mart):
    header, *rows = cells(slides(mart, "Overview"), "Where the scores are cut")
    points = reports.run("score_cut_points", mart, EVERYTHING).set_index("score")
    assert header[:2] == ["Score", "20\N{NO-BREAK SPACE}% point"]
    assert [row[0] for row in rows] == ["Recency", "Frequency", "Monetary"]
    assert rows[0][1] == f"{points.cut_20['recency']:.0f}\N{NO-BREAK SPACE}days"
    assert {cell.rpartition("\N{NO-BREAK SPACE}")[2] for cell in rows[1][1:5]} <= {"order", "orders"}
    assert all(cell.startswith("€") for cell in rows[2][1:5])


def test_what_to_do_with_a_segment_that_is_not_at_risk_has_a_finding(mart):
    (slide,) = slides_of(slides(mart, "Recommendations", Filter.of(segment="Champions")), "Segments: what to do")
    row = reports.run("recommendations", mart, Filter.of(segment="Champions")).iloc[0]
    share = formats.short(row.revenue_share, Format.SHARE)
    assert slide.shapes.title.text == f"Champions, {share} of revenue: {row.strategy.lower()}"


def test_what_the_data_lacks_has_no_slide(tmp_path):
    bare = warehouse.open_mart(
        stars.simple(tmp_path / "star", [("1", "2026-01-05", "A", "10"), ("2", "2026-02-05", "B", "7")])
    )
    for page in take.PAGES:
        for slide in slides(bare, page):
            said = " ".join(texts(slide))
            for lacking in ("country", "Revenue by region", "reason", "subcategor", "Products"):
                assert lacking not in said.partition(" · ")[0], (page, said)


def test_what_was_never_sold_and_unknown_pages_are_refused(mart):
    with pytest.raises(Refused, match=r"^There is no page 'Weekly'; the pages are Home, Overview, Monthly, "):
        slides(mart, "Weekly")
    with pytest.raises(Refused, match=r"^Nothing was sold under this filter \(January 2020 · Segment: Loyal\)"):
        slides(mart, "Monthly", Filter.of(month="2020-01", segment="Loyal"))
