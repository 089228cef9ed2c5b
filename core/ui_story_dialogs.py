"""Dialogs about stories and kept views: begin, rename, edit, delete; each asks about what its viewer has seen."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from core import stories, ui, ui_stories
from core.star import Refused
from core.stories import Step, Story
from core.ui_text import plain

_ASKED = "asked"


def page_of(step: Step) -> str:
    """The file of a kept view's page; Home where that page is no more."""
    return files().get(step.page, "Home.py")


def files() -> dict[str, str]:
    """The file of every page by label."""
    return {label: file for file, label in ui.pages()}


def address(file: str, query: dict) -> str:
    """The whole link of a page under a query."""
    path = "" if file == "Home.py" else Path(file).stem.partition("_")[2]
    return f"{(st.context.url or '').rpartition('/')[0]}/{path}?{urlencode(query, doseq=True)}"


def asking(label: str, icon: str, what: str, thing: Story | Step) -> None:
    """A button that asks for a dialog: rename or delete_story of a story, edit or delete_view of a view."""
    said = {"rename": "Rename the story", "delete_story": "Delete the story", "edit": "Name, note, story and link",
            "delete_view": "Delete the view"}[what]  # fmt: skip
    st.button(label, icon=f":material/{icon}:", help=said, key=f"{what}_{thing.id}", type="tertiary", on_click=ask,
              args=(what, thing))  # fmt: skip


def ask(what: str, thing: Story | Step | None = None) -> None:
    """Open a dialog about a story or view as its viewer sees it now, from a callback."""
    st.session_state[_ASKED] = (what, thing)


def _close() -> None:
    st.session_state.pop(_ASKED, None)


def answer(star: Path, found: list[Story]) -> None:
    """The dialog that was asked for, until it is closed."""
    match st.session_state.get(_ASKED):
        case ("begin", _):
            _begin(star)
        case ("rename", story):
            _rename(star, story)
        case ("delete_story", story):
            _delete_story(star, story)
        case ("delete_view", step):
            _delete_view(star, step)
        case ("edit", step):
            home = next((story.id for story in found if step.id in [one.id for one in story.steps]), None)
            _edit(star, step, home, ui_stories.story_names(found))


@st.dialog("Begin a story", on_dismiss=_close)
def _begin(star: Path) -> None:
    with st.form("begin_form", border=False):
        title = st.text_input(
            "Name", max_chars=stories.TITLE_AT_MOST, placeholder="Such as: Third quarter, for the board"
        )
        if st.form_submit_button("Begin", type="primary"):
            _done(lambda: stories.begin(star, title))


@st.dialog("Rename the story", on_dismiss=_close)
def _rename(star: Path, story: Story) -> None:
    with st.form("rename_form", border=False):
        title = st.text_input("Name", story.title, max_chars=stories.TITLE_AT_MOST)
        st.caption("Its link stays the same.")
        if st.form_submit_button("Rename", type="primary"):
            _done(lambda: stories.rename(star, story, title))


@st.dialog("Kept view", on_dismiss=_close)
def _edit(star: Path, step: Step, home: str | None, names: dict[str, str]) -> None:
    with st.form("edit_form", border=False):
        title = st.text_input("Name", step.title, max_chars=stories.TITLE_AT_MOST)
        note = st.text_area("Note", step.note, max_chars=stories.NOTE_AT_MOST)
        ids = list(names)
        story = st.selectbox("Story", ids, format_func=names.get, placeholder="None",
                             index=ids.index(home) if home in ids else None)  # fmt: skip
        if st.form_submit_button("Save", type="primary"):
            _done(lambda: stories.edit(star, step, title, note, story))
    st.caption("The view's own link")
    st.code(address(page_of(step), ui_stories.view_query(step)), language=None, wrap_lines=True)


@st.dialog("Delete the view?", on_dismiss=_close)
def _delete_view(star: Path, step: Step) -> None:
    st.markdown(f"**{plain(step.title)}** goes for everyone who opens this data.")
    _sure(lambda: stories.delete_view(star, step))


@st.dialog("Delete the story?", on_dismiss=_close)
def _delete_story(star: Path, story: Story) -> None:
    views = f" with its {counted(len(story.steps), 'view', 'views')}" if story.steps else ""
    st.markdown(f"**{plain(story.title)}** goes{views} for everyone who opens this data.")
    _sure(lambda: stories.delete_story(star, story))


def _sure(delete: Callable[[], object]) -> None:
    with st.container(horizontal=True):
        if st.button("Delete", type="primary", key="sure"):
            _done(delete)
        if st.button("Leave it", key="unsure"):
            _close()
            st.rerun()


def _done(change: Callable[[], object]) -> None:
    """Make the change and close the dialog; a change that is refused says why and leaves the dialog open."""
    try:
        change()
    except Refused as refusal:
        st.error(plain(str(refusal)))
    else:
        _close()
        st.rerun()


def counted(count: int, one: str, many: str) -> str:
    """A number with its noun."""
    return f"{count:,} {one if count == 1 else many}"
