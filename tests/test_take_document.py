"""A PDF read back: the filter and the page number on every page, findings and figures as text that can be selected."""

import io

import pytest
from pypdf import PdfReader

from core import take, warehouse
from core.filters import Filter

LINK = "https://quintile.example/Monthly?month=2026-08&segment=Loyal"


@pytest.fixture(scope="module")
def monthly(sample) -> PdfReader:
    stream = io.BytesIO()
    chosen = Filter.of(month="2026-08", segment="Loyal")
    take.write("Monthly", warehouse.open_mart(sample), chosen, stream, "pdf", LINK)
    return PdfReader(stream)


def test_every_page_says_its_filter_its_data_and_its_number(monthly):
    for number, page in enumerate(monthly.pages, start=1):
        text = page.extract_text()
        assert "August 2026 · Segment: Loyal" in text
        assert "Lorvane Cycles (sample) · as of 17 Sep 2026" in text
        assert f"{number} of {len(monthly.pages)}" in text
        assert LINK in [note.get_object()["/A"]["/URI"] for note in page["/Annots"]]


def test_the_charts_are_text_that_can_be_selected(monthly):
    text = "\n".join(page.extract_text() for page in monthly.pages)
    for said in (
        "Aug 2026: ",
        "% revenue by country",
        "Definitions",
        "What customers were charged, returns taken off.",
    ):
        assert said in text


def test_it_is_set_in_the_bundled_font_and_nothing_is_a_picture(monthly):
    fonts = {
        str(font.get_object()["/BaseFont"]).partition("+")[2]
        for page in monthly.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert fonts == {"IBMPlexSans", "IBMPlexSansSemiBold", "IBMPlexSans-Regular", "IBMPlexSans-SemiBold"}
    assert [image.name for page in monthly.pages for image in page.images] == []
