"""Kept views and stories: a page under a filter with a title and a note; an ordered walk through such views."""

from dataclasses import dataclass

from core.filters import Filter


@dataclass(frozen=True)
class Step:
    """A kept view: a page (by its label) under a filter, with a title and a note.

    `data` and `version` say on which state of which data it was made; `created` and `changed` are UTC.
    """

    title: str
    page: str
    filter: Filter
    note: str = ""
    id: int = 0
    data: str = ""
    version: str = ""
    created: str = ""
    changed: str = ""
    revision: int = 0


@dataclass(frozen=True)
class Story:
    """An ordered walk through kept views. The id stands in links and outlives a new title."""

    title: str
    steps: tuple[Step, ...] = ()
    id: str = ""
    changed: str = ""
    revision: int = 0
