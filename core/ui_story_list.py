"""The page of stories and kept views: open, present, order, name, note, link, files, delete."""

import datetime
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from core import formats, stories, story_file, ui, ui_present, ui_state, ui_stories, ui_take, warehouse
from core.star import Refused
from core.stories import Step, Story
from core.ui_text import plain
from core.warehouse import Mart

_QUESTION = "Which views have we kept, and in which order do we show them?"
_ASKED = "asked"
_SHOWN_AT_MOST = 25  # of the views in no story; the others are searched for


def open_page() -> None:
    """Draw the page. It lists what is kept even where the data itself does not open."""
    navigation = ui.begin("Stories")
    star = ui_state.star_in_use()
    mart = _mart()
    if mart:
        ui_state.settle(mart)
    ui.navigate(navigation, ui_state.query(mart) if mart else {})
    with st.container(horizontal=True, vertical_alignment="center", key="heading"):
        st.title("Stories", anchor=False, help=_QUESTION)
        st.button("Begin a story", icon=":material/add:", key="begin_story", on_click=_ask, args=("begin",))
    try:
        found, loose = stories.all_stories(star), stories.loose_views(star)
    except Refused as refusal:
        st.markdown(plain(str(refusal)))
        return
    st.markdown(_said(found, loose))
    for story in found:
        _story(story, mart)
    _loose(loose, mart)
    if not story_file.is_lasting(star):
        st.caption(
            "These are kept in the app's cache folder, which may be emptied; `QUINTILE_STORIES` names a better one."
        )
    _answer(star, found)


def _mart() -> Mart | None:
    try:
        return warehouse.open_mart(ui_state.star_in_use())
    except Refused:
        return None


def _said(found: list[Story], loose: list[Step]) -> str:
    if not found and not loose:
        return (
            "Nothing is kept yet. **Keep this view**, on every page, keeps what you see, alone or as a step of a story."
        )
    views = len(loose) + sum(len(story.steps) for story in found)
    kept = f"**{_counted(len(found), 'story', 'stories')}** and **{_counted(views, 'view', 'views')}**"
    return f"{kept} are kept of this data, for everyone who opens it."


def _story(story: Story, mart: Mart | None) -> None:
    said = f"**{plain(story.title)}** · {_counted(len(story.steps), 'view', 'views')} · changed {_day(story.changed)}"
    card = st.expander(said, key=f"story_{story.id}", on_change="rerun", icon=":material/web_stories:")
    if not card.open:  # what nobody looks at is not drawn
        return
    with card:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if story.steps:
                _open(*ui_present.address(story, 1, _files()))
                _open(*ui_present.address(story, 1, _files(), presenting=True), "Present", "present_to_all")
                with st.popover("Link", icon=":material/link:", key=f"link_{story.id}"):
                    st.code(_address(*ui_present.address(story, 1, _files())), language=None, wrap_lines=True)
                if mart:
                    links = [_address(*ui_present.address(story, n, _files())) for n in range(1, len(story.steps) + 1)]
                    ui_take.story_along(story, ui_state.star_in_use(), mart, links)
            _asking("Rename", "edit", "rename", story)
            _asking("Delete", "delete", "delete_story", story)
        for number, step in enumerate(story.steps, 1):
            _step(step, number, story, mart)
        if not story.steps:
            st.caption("No views yet: choose this story where you keep a view.")


def _step(step: Step, number: int, story: Story, mart: Mart | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=f"step_{step.id}"):
        st.markdown(f"{number}", width=20)
        _words(step, mart)
        _open(*ui_present.address(story, number, _files()))
        last = len(story.steps)
        for icon, label, by, off in (("arrow_upward", "Move up", -1, number == 1),
                                     ("arrow_downward", "Move down", 1, number == last)):  # fmt: skip
            st.button("", icon=f":material/{icon}:", help=label, key=f"{icon}_{step.id}", type="tertiary", disabled=off,
                      on_click=_move, args=(story, step, by))  # fmt: skip
        _asking("", "edit", "edit", step)
        _asking("", "delete", "delete_view", step)


def _loose(loose: list[Step], mart: Mart | None) -> None:
    if not loose:
        return
    st.subheader("Views in no story", anchor=False)
    sought = st.text_input("Search", key="seek", icon=":material/search:", width=320) if len(loose) > 8 else ""
    hits = [step for step in loose if sought.casefold() in f"{step.title} {step.note} {step.page}".casefold()]
    with st.container(border=True):
        for step in hits[:_SHOWN_AT_MOST]:
            with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=f"step_{step.id}"):
                _words(step, mart)
                _open(_page_of(step), ui_stories.view_query(step))
                _asking("", "edit", "edit", step)
                _asking("", "delete", "delete_view", step)
        if len(hits) > _SHOWN_AT_MOST:
            st.caption(f"{_SHOWN_AT_MOST} of {len(hits)} are shown; search for the others.")
        elif not hits:
            st.caption("None of them says that.")


def _words(step: Step, mart: Mart | None) -> None:
    older = mart is not None and step.version not in ("", mart.version)
    lines = [f"**{plain(step.title)}**", f":gray[{plain(step.page)} · {plain(ui_stories.in_words(mart, step.filter))}]"]
    lines += [plain(line) for line in step.note.splitlines() if line]
    if older:
        lines.append(f":orange[:material/history: Made {_day(step.created)} on an earlier state of the data.]")
    st.markdown("  \n".join(lines), width="stretch")


def _open(file: str, query: dict, label: str = "Open", icon: str = "play_arrow") -> None:
    st.page_link(file, label=label, icon=f":material/{icon}:", query_params=query)


def _page_of(step: Step) -> str:
    return _files().get(step.page, "Home.py")


def _files() -> dict[str, str]:
    return {label: file for file, label in ui.pages()}


def _address(file: str, query: dict) -> str:
    """The whole link of a page under a query."""
    path = "" if file == "Home.py" else Path(file).stem.partition("_")[2]
    return f"{(st.context.url or '').rpartition('/')[0]}/{path}?{urlencode(query, doseq=True)}"


def _asking(label: str, icon: str, what: str, thing: Story | Step) -> None:
    said = {"rename": "Rename the story", "delete_story": "Delete the story", "edit": "Name, note, story and link",
            "delete_view": "Delete the view"}[what]  # fmt: skip
    st.button(label, icon=f":material/{icon}:", help=said, key=f"{what}_{thing.id}", type="tertiary", on_click=_ask,
              args=(what, thing))  # fmt: skip


def _ask(what: str, thing: Story | Step | None = None) -> None:
    """Open a dialog about a story or view as its viewer sees it now, from a callback."""
    st.session_state[_ASKED] = (what, thing)


def _close() -> None:
    st.session_state.pop(_ASKED, None)


def _answer(star: Path, found: list[Story]) -> None:
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
    st.code(_address(_page_of(step), ui_stories.view_query(step)), language=None, wrap_lines=True)


@st.dialog("Delete the view?", on_dismiss=_close)
def _delete_view(star: Path, step: Step) -> None:
    st.markdown(f"**{plain(step.title)}** goes for everyone who opens this data.")
    _sure(lambda: stories.delete_view(star, step))


@st.dialog("Delete the story?", on_dismiss=_close)
def _delete_story(star: Path, story: Story) -> None:
    views = f" with its {_counted(len(story.steps), 'view', 'views')}" if story.steps else ""
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


def _move(story: Story, step: Step, by: int) -> None:
    try:
        stories.move(ui_state.star_in_use(), story, step, by)
    except Refused as refusal:
        st.toast(plain(str(refusal)), icon=":material/error:")


def _counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def _day(moment: str) -> str:
    return formats.date_text(datetime.datetime.fromisoformat(moment).date())
