"""A page to take along: PowerPoint, PDF or Excel, with the filter, the day and the definitions in it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlencode

from core import formats
from core.filters import Filter
from core.star import Refused, read_facts
from core.stories import Story
from core.take import catalogue, chapters, deck, document, files, workbook
from core.take.catalogue import PAGES
from core.take.printout import prepare
from core.warehouse import Mart, Progress

__all__ = ["KINDS", "PAGES", "STORY_KINDS", "write", "write_story"]

KINDS = {"pptx": deck.write, "pdf": document.write, "xlsx": workbook.write}
STORY_KINDS = {"pptx": deck.write_story, "pdf": document.write_story}


def write(
    page: str,
    mart: Mart,
    filter: Filter,
    to: Path | BinaryIO,
    kind: str = "",
    link: str | None = None,
    progress: Progress = lambda stage, share: None,
) -> None:
    """Write a page under a filter, as `kind` (by default the file's ending), with a link back to the view.

    `progress` takes a stage in words and its share of the whole. Raises Refused where there is no such page or kind,
    nothing was sold under the filter, or the file cannot be written.
    """
    kind = kind or (Path(to).suffix.lstrip(".").lower() if isinstance(to, (str, Path)) else "")
    if kind not in KINDS:
        raise Refused(f"A page cannot be written as {kind or 'nothing'!r}; name a file that ends in {_listed()}.")
    with formats.written_in(replace(formats.style(), currency=mart.currency)), files.opened(to) as stream:
        printout = prepare(page, mart, filter, link, lambda stage, share: progress(stage, share / 2))
        KINDS[kind](printout, stream, lambda stage, share: progress(stage, 0.5 + share / 2))
    progress("Ready", 1.0)


def address(page: str, mart: Mart, filter: Filter) -> str:
    """A page's path and query under the app's address. Raises Refused where there is no such page."""
    title = catalogue.find(page).title
    path = "" if title == "Home" else title.title().replace(" ", "_")
    return f"{path}?{urlencode({**filter.query(), 'data': [mart.name], 'version': [mart.version]}, doseq=True)}"


def write_story(
    story: Story,
    star: Path,
    to: Path | BinaryIO,
    kind: str = "",
    link: Callable[[int], str | None] = lambda number: None,
    progress: Progress = lambda stage, share: None,
) -> None:
    """Write a story of a star as slides or as a document (`kind`, by default the file's ending), a chapter a step.

    `link` names the view of a step by its number, from 1. Raises Refused where it cannot be one of these, has no
    steps, or the file cannot be written.
    """
    kind = kind or (Path(to).suffix.lstrip(".").lower() if isinstance(to, (str, Path)) else "")
    if kind not in STORY_KINDS:
        raise Refused(f"A story cannot be written as {kind or 'nothing'!r}; name a file that ends in .pptx or .pdf.")
    currency = read_facts(star).get("currency", "")
    with formats.written_in(replace(formats.style(), currency=currency)), files.opened(to) as stream:
        told = chapters.of_story(story, star, link, lambda stage, share: progress(stage, share / 2))
        STORY_KINDS[kind](story.title, told, stream, lambda stage, share: progress(stage, 0.5 + share / 2))
    progress("Ready", 1.0)


def _listed() -> str:
    return ", ".join(f".{kind}" for kind in KINDS)
