"""A PDF read back: the filter and the page number on every page, findings and figures as text that can be selected."""

import io

import pytest
from pypdf import PdfReader

from core import take, warehouse
from core.filters import Filter
from core.take import letters

LINK = "https://quintile.example/Monthly?month=2026-08&segment=Loyal"


@pytest.fixture(scope="module")
def monthly(sample) -> PdfReader:
    stream = io.BytesIO()
    chosen = Filter.of(month="2026-08", segment="Loyal")
    take.write("Monthly", warehouse.open_mart(sample), chosen, stream, "pdf", LINK)
    return PdfReader(stream)


def test_every_page_says_its_filter_its_data_and_its_number(monthly):
    assert "Monthly: August 2026\nSegment: Loyal\n" in monthly.pages[0].extract_text()
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


NAMES = {"A": "Ποδήλατα Αθήνα", "B": "Велосипед Москва", "C": "Ħal Qormi Cycles", "D": "\U00010330\U00010331 Goth"}


@pytest.fixture
def many_scripts(mart_of):
    orders = [(str(place), f"2026-01-0{place}", who, "100") for place, who in enumerate(NAMES, start=1)]
    return mart_of(orders, dim_customer=[{"customer_id": who, "customer_name": name} for who, name in NAMES.items()])


def test_names_in_other_scripts_are_drawn_with_fonts_of_the_machine_or_it_says_which_are_not(many_scripts):
    stream = io.BytesIO()
    take.write("Pareto tiers", many_scripts, Filter(), stream, "pdf")
    text = "\n".join(page.extract_text() for page in PdfReader(stream).pages)
    _, undrawn = letters.found(letters.lacking("".join(NAMES.values())))
    for name in NAMES.values():
        assert name in text or undrawn & set(name), name
    for letter in sorted(undrawn)[:12]:
        assert f"U+{ord(letter):04X}" in text
    assert ("no font of this machine" in text) == bool(undrawn)


def test_where_the_machine_has_no_fonts_the_document_names_what_it_could_not_draw(many_scripts, monkeypatch):
    monkeypatch.setattr(letters, "_FOLDERS", ())
    letters.found.cache_clear()
    stream = io.BytesIO()
    take.write("Pareto tiers", many_scripts, Filter(), stream, "pdf")
    letters.found.cache_clear()
    text = " ".join("\n".join(page.extract_text() for page in PdfReader(stream).pages).split())
    assert "of the signs used are not drawn, for no font of this machine has them (U+0391 U+03A0 " in text


@pytest.mark.parametrize(
    ("text", "lacking", "joined"),
    [
        ("Añez & Söhne – “1,2” €5", "", False),
        ("Москва", "Москва", False),
        ("القاهرة", "القاهرة", True),
        ("हिन्दी", "हिन्दी", True),
        ("東京\n \u200b", "東京", False),
    ],
)
def test_which_letters_the_bundled_font_lacks(text, lacking, joined):
    assert letters.lacking(text) == set(lacking)
    assert letters.is_joined(letters.lacking(text)) is joined
