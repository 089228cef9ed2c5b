"""A story as slides and as a document: a chapter a step, its finding and note first, its link on every slide."""

import io
from pathlib import Path

import pytest
from pptx import Presentation
from pypdf import PdfReader

from core import __main__ as command_line
from core import stories, take
from core.filters import Filter
from core.star import Refused
from core.stories import Step, Story

STORY = Story(
    "Quarterly review",
    (
        Step("At risk in Germany", "Recommendations", Filter.of(country="Germany"), "Call these first.\nThen write."),
        Step("A quiet month", "Monthly", Filter.of(month="2020-01"), "Before we began."),
        Step("How it is made", "Methodology", Filter.of(country="Italy")),
    ),
)


def written(story: Story, star: Path, kind: str) -> io.BytesIO:
    stream = io.BytesIO()
    take.write_story(story, star, stream, kind, lambda number: f"https://quintile.example/?step={number}")
    return stream


@pytest.fixture(scope="module")
def deck(sample):
    return Presentation(written(STORY, sample, "pptx"))


def said(slide) -> list[str]:
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def test_a_section_a_step(deck):
    (listed,) = deck.part._element.xpath("//*[local-name()='sectionLst']")
    sections = {section.get("name"): [one.get("id") for one in section[0]] for section in listed}
    assert list(sections) == ["Quarterly review", "At risk in Germany", "A quiet month", "How it is made"]
    assert [number for ids in sections.values() for number in ids] == [str(one.slide_id) for one in deck.slides]
    assert [len(ids) for ids in sections.values()][2:] == [1, 1]


def test_a_chapter_begins_with_its_finding_its_note_and_its_key_figures(deck):
    opening = deck.slides[1]
    assert opening.shapes.title.text.startswith("€")
    assert "Call these first.\nThen write." in said(opening)
    assert any(text.startswith("Revenue at risk\n€") for text in said(opening))
    assert any(text.startswith("1. At risk in Germany · all data · Country: Germany") for text in said(opening))
    assert "Call these first.\nThen write." in opening.notes_slide.notes_text_frame.text
    links = {run.hyperlink.address for slide in list(deck.slides)[1:] for shape in slide.placeholders
             for run in shape.text_frame.paragraphs[0].runs} - {None}  # fmt: skip
    assert links == {f"https://quintile.example/?step={number}" for number in (1, 2, 3)}


def test_what_cannot_be_shown_says_why(deck):
    nothing, explained = list(deck.slides)[-2:]
    assert nothing.shapes.title.text == "2. A quiet month"
    assert any("Before we began.\nNothing was sold under this filter (January 2020" in text for text in said(nothing))
    assert any("This page is not one that files hold; open the view in the app." in text for text in said(explained))


def test_each_chapter_of_the_document_has_its_own_filter_on_its_pages(sample):
    pages = [page.extract_text() for page in PdfReader(written(STORY, sample, "pdf")).pages]
    assert "At risk in Germany\nAll data · Country: Germany" in pages[0]
    assert "Call these first." in pages[0]
    assert any("A quiet month\nJanuary 2020 · no filter" in text for text in pages)
    assert any("How it is made\nAll data · Country: Italy" in text for text in pages)


def test_a_story_without_views_and_other_kinds_are_refused(sample):
    with pytest.raises(Refused, match=r"^The story 'Empty' has no views yet; keep one in it first\.$"):
        written(Story("Empty"), sample, "pptx")
    with pytest.raises(Refused, match=r"^A story cannot be written as 'xlsx'; name a file that ends in \.pptx or"):
        written(STORY, sample, "xlsx")


def test_a_kept_story_is_exported_by_its_id(sample, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("QUINTILE_STORIES", str(tmp_path / "kept"))
    id = stories.begin(sample, "For the board")
    stories.keep(sample, Step("Whom to call", "Recommendations", Filter.of(country="Italy")), id)
    file = tmp_path / "board.pdf"
    assert command_line.main(["export", "--story", id, "--to", str(file), "--data", str(sample)]) == 0
    assert capsys.readouterr().out == f"{file}: For the board, 1 view\n"
    assert file.read_bytes().startswith(b"%PDF")
    assert command_line.main(["export", "--story", "none", "--to", str(file), "--data", str(sample)]) == 1
    assert capsys.readouterr().err == "There is no story 'none' of this data; the Stories page lists them.\n"
