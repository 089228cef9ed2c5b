"""Kept views and stories: a page under a filter with a title and a note; an ordered walk through such views.

Nothing is said of who kept them. Whoever would overwrite what somebody else has changed meanwhile is refused: each view
and each story counts its revisions. Where they lie is core/story_file.py's matter.
"""

import datetime
import re
import sqlite3
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlencode

from core import filters, story_file
from core.filters import Filter
from core.star import Refused

TITLE_AT_MOST, NOTE_AT_MOST, FILTER_AT_MOST = 80, 600, 4000  # characters
STORIES_AT_MOST, STEPS_AT_MOST, VIEWS_AT_MOST = 100, 40, 1000  # so that nobody can fill a public host
_ID_AT_MOST = 24
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff]")  # signs that turn or hide the text around them
_COLUMNS = "id, title, page, filter, note, data, version, created, changed, revision"
_MEANWHILE = "{} was changed by somebody else meanwhile; here it is as it stands now, so do it again on that."
_GONE = "{} is no longer there; somebody has deleted it."


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


def all_stories(star: Path) -> list[Story]:
    """Every story of a star with its steps, by title. Raises Refused where the file is damaged."""
    with story_file.reading(star) as file:
        if file is None:
            return []
        rows = file.execute("select title, id, changed, revision from stories").fetchall()
        stories = [Story(title, _steps(file, id), id, changed, revision) for title, id, changed, revision in rows]
    return sorted(stories, key=lambda story: (story.title.casefold(), story.id))


def loose_views(star: Path) -> list[Step]:
    """The kept views that stand in no story, the latest first."""
    with story_file.reading(star) as file:
        return [] if file is None else list(reversed(_steps(file, None)))


def find(star: Path, id: str) -> Story | None:
    """The story of this id in any case, None where there is none."""
    with story_file.reading(star) as file:
        row = (
            file
            and file.execute(
                "select title, id, changed, revision from stories where id = ?", [id.strip().casefold()]
            ).fetchone()
        )
        return Story(row[0], _steps(file, row[1]), *row[1:]) if row else None


def begin(star: Path, title: str) -> str:
    """Begin a story, and return its id. Raises Refused where the title cannot be, or there are too many."""
    title = _title(title)
    with story_file.writing(star) as file:
        taken = {id for (id,) in file.execute("select id from stories")}
        if len(taken) >= STORIES_AT_MOST:
            raise Refused(f"There are {STORIES_AT_MOST} stories, which is the most; delete one first.")
        id = _id_for(title, taken)
        file.execute("insert into stories values (?, ?, ?, 1)", [id, title, _now()])
    return id


def keep(star: Path, step: Step, story: str | None = None) -> int:
    """Keep a view, at the end of a story or in none, and return its id. Raises Refused."""
    title, note, text = _title(step.title), _note(step.note), _filter_text(step.filter)
    with story_file.writing(star) as file:
        if file.execute("select count(*) from views").fetchone()[0] >= VIEWS_AT_MOST:
            raise Refused(f"{VIEWS_AT_MOST} views are kept, which is the most; delete one first.")
        position = _next_position(file, story)
        now = _now()
        row = [story, position, title, step.page, text, note, step.data, step.version, now, now]
        done = file.execute(
            "insert into views (story, position, title, page, filter, note, data, version, created, changed, revision)"
            " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
            row,
        )
        return done.lastrowid


def edit(star: Path, step: Step, title: str, note: str, story: str | None) -> None:
    """Give a view another title, note or story. Raises Refused where it is no longer as `step` says."""
    title, note = _title(title), _note(note)
    with story_file.writing(star) as file:
        before = _unchanged(file, step)
        file.execute(
            "update views set title = ?, note = ?, changed = ?, revision = revision + 1 where id = ?",
            [title, note, _now(), step.id],
        )
        if story != before:
            position = _next_position(file, story)
            file.execute("update views set story = ?, position = ? where id = ?", [story, position, step.id])
            _count_up(file, before)


def rename(star: Path, story: Story, title: str) -> None:
    """Give a story another title. Raises Refused where it is no longer as `story` says."""
    title = _title(title)
    with story_file.writing(star) as file:
        _refuse_changed(file, story)
        file.execute("update stories set title = ? where id = ?", [title, story.id])
        _count_up(file, story.id)


def move(star: Path, story: Story, step: Step, by: int) -> None:
    """Move a step of a story up (-1) or down (1) by one place. Raises Refused where the order is another by now."""
    with story_file.writing(star) as file:
        _refuse_changed(file, story)
        order = [one.id for one in _steps(file, story.id)]
        place = order.index(step.id)
        other = min(max(place + by, 0), len(order) - 1)
        order[place], order[other] = order[other], order[place]
        for position, id in enumerate(order):
            file.execute("update views set position = ? where id = ?", [position, id])
        _count_up(file, story.id)


def delete_view(star: Path, step: Step) -> None:
    """Delete a kept view. Raises Refused where it is no longer as `step` says."""
    with story_file.writing(star) as file:
        story = _unchanged(file, step)
        file.execute("delete from views where id = ?", [step.id])
        _count_up(file, story)


def delete_story(star: Path, story: Story) -> None:
    """Delete a story with its views. Raises Refused where it, or a view of it, is no longer as `story` says."""
    with story_file.writing(star) as file:
        _refuse_changed(file, story)
        if _steps(file, story.id) != story.steps:
            raise Refused(_MEANWHILE.format(f"“{story.title}”"))
        file.execute("delete from stories where id = ?", [story.id])


def _steps(file: sqlite3.Connection, story: str | None) -> tuple[Step, ...]:
    rows = file.execute(f"select {_COLUMNS} from views where story is ? order by position, id", [story]).fetchall()
    return tuple(_step(*row) for row in rows)


def _step(id: int, title: str, page: str, text: str, note: str, *rest) -> Step:
    return Step(title, page, filters.read(parse_qs(text))[0], note, id, *rest)


def _next_position(file: sqlite3.Connection, story: str | None) -> int:
    """The place after a story's last step. Raises Refused where the story is gone or full."""
    if story is None:
        return 0
    if not file.execute("select 1 from stories where id = ?", [story]).fetchone():
        raise Refused(_GONE.format("That story"))
    count, last = file.execute("select count(*), max(position) from views where story = ?", [story]).fetchone()
    if count >= STEPS_AT_MOST:
        raise Refused(f"This story has {STEPS_AT_MOST} views, which is the most; begin another one.")
    _count_up(file, story)
    return 0 if last is None else last + 1


def _count_up(file: sqlite3.Connection, story: str | None) -> None:
    file.execute("update stories set revision = revision + 1, changed = ? where id = ?", [_now(), story])


def _unchanged(file: sqlite3.Connection, step: Step) -> str | None:
    """The story that a view stands in, where the view is still as the one who changes it has seen it."""
    row = file.execute("select story, revision from views where id = ?", [step.id]).fetchone()
    if row is None:
        raise Refused(_GONE.format(f"“{step.title}”"))
    if row[1] != step.revision:
        raise Refused(_MEANWHILE.format(f"“{step.title}”"))
    return row[0]


def _refuse_changed(file: sqlite3.Connection, story: Story) -> None:
    row = file.execute("select revision from stories where id = ?", [story.id]).fetchone()
    if row is None:
        raise Refused(_GONE.format(f"“{story.title}”"))
    if row[0] != story.revision:
        raise Refused(_MEANWHILE.format(f"“{story.title}”"))


def _title(text: str) -> str:
    title = " ".join(_clean(text).split())
    if not title:
        raise Refused("A name is missing; write a few words.")
    if len(title) > TITLE_AT_MOST:
        raise Refused(f"The name has {len(title)} characters; {TITLE_AT_MOST} is the most.")
    return title


def _note(text: str) -> str:
    note = "\n".join(" ".join(line.split()) for line in _clean(text).splitlines()).strip()
    if len(note) > NOTE_AT_MOST:
        raise Refused(f"The note has {len(note)} characters; {NOTE_AT_MOST} is the most.")
    return note


def _filter_text(filter: Filter) -> str:
    text = urlencode(filter.query(), doseq=True)
    if len(text) > FILTER_AT_MOST:
        raise Refused("This view picks too many values to be kept; choose fewer.")
    return text


def _clean(text: str) -> str:
    """The text without control signs, halves of signs, and signs that turn the text around them."""
    kept = "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", _TURNING.sub("", kept))


def _id_for(title: str, taken: set[str]) -> str:
    """A short id that still says the title: q3-review, q3-review-2."""
    letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
    stem = words if len(words) <= _ID_AT_MOST else words[: _ID_AT_MOST + 1].rpartition("-")[0] or words[:_ID_AT_MOST]
    stem = stem or "story"
    return next(
        id for number in range(1, len(taken) + 2) if (id := stem if number == 1 else f"{stem}-{number}") not in taken
    )


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
