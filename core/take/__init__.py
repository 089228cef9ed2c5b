"""A page to take along: PowerPoint, PDF or Excel, with the filter, the day and the definitions in it."""

from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from core import formats
from core.filters import Filter
from core.star import Refused
from core.take import deck, document, files, workbook
from core.take.catalogue import PAGES
from core.take.printout import prepare
from core.warehouse import Mart, Progress

__all__ = ["KINDS", "PAGES", "write"]

KINDS = {"pptx": deck.write, "pdf": document.write, "xlsx": workbook.write}


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


def _listed() -> str:
    return ", ".join(f".{kind}" for kind in KINDS)
