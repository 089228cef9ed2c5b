"""The customers behind a figure and one customer's page, taken along: their numbers are those of the page."""

import io
from pathlib import Path

import openpyxl
import pytest
from pptx import Presentation
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from core import customer_words, customers, reports, take, warehouse
from core.customers import Listing
from core.filters import Filter
from core.formats import Format, Style, short, written_in
from core.star import Refused

ROOT = Path(__file__).parents[1]
GERMANY = Filter.of(country="Germany")
ONE = Filter.of(customer="D0010", year="2025")
ALWAYS = Filter.of(customer="D0010")


@pytest.fixture(scope="module")
def mart(sample):
    return warehouse.open_mart(sample)


def written(mart, filter, kind) -> io.BytesIO:
    stream = io.BytesIO()
    take.write("Customers", mart, filter, stream, kind)
    return stream


@pytest.fixture(scope="module")
def listed(mart):
    return list(Presentation(written(mart, GERMANY, "pptx")).slides)


@pytest.fixture(scope="module")
def one(mart):
    return list(Presentation(written(mart, ONE, "pptx")).slides)


def spaced(text: str) -> str:
    """The text with the spaces of the page, which parts numbers from their units."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def texts(slide) -> list[str]:
    return [spaced(shape.text_frame.text) for shape in slide.shapes if shape.has_text_frame]


def of_title(slides, title) -> list:
    return [slide for slide in slides if any(text.split(" · ")[0] == title for text in texts(slide))]


def tables(slides, title) -> list[list[str]]:
    found = [shape.table for slide in of_title(slides, title) for shape in slide.shapes if shape.has_table]
    return [[spaced(cell.text) for cell in row.cells] for table in found for row in list(table.rows)[1:]]


def card_values(slide) -> dict[str, str]:
    return dict(text.split("\n")[:2] for text in texts(slide) if "\n" in text)


@pytest.mark.parametrize(("chosen", "deck"), [(GERMANY, "listed"), (ONE, "one")], ids=["list", "one"])
def test_the_cards_are_those_of_the_page(chosen, deck, sample, monkeypatch, request):
    monkeypatch.setenv("QUINTILE_DATA", str(sample))
    page = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=60).switch_page("pages/5_Customers.py")
    page.query_params.update(chosen.query())
    page.run()
    assert not page.exception
    shown = {metric.label: metric.value for metric in page.metric}
    (slide,) = of_title(request.getfixturevalue(deck), "Key figures")
    assert card_values(slide) == shown
    assert len(shown) == (4 if chosen is GERMANY else 6)


def test_the_largest_customers_stand_as_in_the_list(listed, mart):
    page = customers.page(mart, GERMANY, Listing())
    rows = tables(listed, "Customers by revenue")
    assert len(rows) == 30
    assert [row[0] for row in rows] == page.customer_name.head(30).tolist()
    with written_in(Style(currency="EUR")):
        assert [row[3] for row in rows] == [short(value, Format.MONEY) for value in page.revenue.head(30)]
    (sums,) = of_title(listed, "Key figures")
    assert any("Buyer not known: €90.3 K of this revenue, in 82 orders." in text for text in texts(sums))


def test_the_workbook_has_every_customer_and_adds_up_to_the_total(mart):
    sheet = openpyxl.load_workbook(written(mart, GERMANY, "xlsx"))["Customers"]
    header, *rows = sheet.iter_rows(values_only=True)
    place = header.index("Revenue")
    totals = customers.totals(mart, GERMANY)
    assert len(rows) == totals.customers + 1  # and those whose buyer is not known
    assert round(sum(row[place] for row in rows), 2) == round(totals.revenue, 2)


def test_one_customer_is_told_in_the_words_of_its_page(one, mart):
    profile = reports.run("customer_profile", mart, ALWAYS).iloc[0]
    assert one[0].shapes.title.text == "Customers: Zweirad Lindenmann"
    (slide,) = of_title(one, "Scores, segment and tier")
    assert slide.shapes.title.text == "Together 2-5-5 is the code of At Risk"
    with written_in(Style(currency="EUR")):
        scores = customer_words.scores(profile, reports.run("score_cut_points", mart, ALWAYS), mart.as_of)
        standing = customer_words.standing(profile)
    assert tables(one, "Scores, segment and tier") == [
        *(["Recency score", "2 of 5", scores[0].because], ["Frequency score", "5 of 5", scores[1].because]),
        ["Monetary score", "5 of 5", scores[2].because],
        ["Tier", "Top Clients", standing],
    ]
    (slide,) = [slide for slide in one if slide.shapes.title.text == "Next contact"]
    assert any(text.startswith("Now: it usually orders every 8 days (the median over 72") for text in texts(slide))
    assert any("Make a win-back offer" in row[1] for row in tables(one, "What to do"))


def test_its_orders_and_what_it_buys_are_native_and_under_the_whole_filter(one, mart):
    for title, report in (("Orders over time", "customer_months"), ("What it buys", "top_subcategories")):
        (slide,) = of_title(one, title)
        (chart,) = [shape.chart for shape in slide.shapes if shape.has_chart]
        assert list(chart.plots[0].series[0].values) == reports.run(report, mart, ONE).revenue.tolist()
    orders = reports.run("customer_orders", mart, ONE)
    assert [row[1] for row in tables(one, "Every order")] == orders.order_id.head(16).tolist()
    similar = reports.run("customer_similar", mart, ALWAYS)
    assert [row[0] for row in tables(one, "What similar customers buy that it never did")] == similar[
        "product"
    ].tolist()


def test_one_that_bought_nothing_under_the_filter_still_has_its_scores(mart):
    document = PdfReader(written(mart, Filter.of(customer="D0010", month="2020-01"), "pdf"))
    text = " ".join(document.pages[0].extract_text().split())
    assert "Together 2-5-5 is the code of At Risk" in text
    assert "Key figures" not in text


def test_reasons_that_were_never_given_have_no_chart(mart, one):
    slides = list(Presentation(written(mart, Filter.of(customer="C0424"), "pptx")).slides)
    assert of_title(one, "Why it buys")
    assert not of_title(slides, "Why it buys")
    assert of_title(slides, "Orders over time")


def test_a_filter_that_leaves_nobody_is_refused(mart):
    with pytest.raises(Refused, match=r"^No customer is left under this filter \(January 2020 · Country: Germany\); "):
        written(mart, Filter.of(country="Germany", month="2020-01"), "pdf")
