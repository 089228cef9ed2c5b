"""The page of stories and kept views: open, present, order, name, note, link, files, delete."""

import datetime

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core import formats, stories, story_file, ui, ui_present, ui_state, ui_stories, ui_take, warehouse
from core.star import Refused
from core.stories import Step, Story
from core.ui_story_dialogs import address, answer, ask, asking, counted, files, page_of
from core.ui_text import plain
from core.warehouse import Mart

_QUESTION = "Which views have we kept, and in which order do we show them?"
_SHOWN_AT_MOST = 25  # of the views in no story; the others are searched for


def open_page() -> None:
    """Draw the page. It lists what is kept even where the data itself does not open."""
    navigation = ui.begin("Stories")
    star = ui_state.star_in_use()
    mart = _mart()
    if mart:
        ui_state.settle(mart)
    ui.navigate(navigation, ui_state.query(mart) if mart else {}, "Stories")
    with st.container(horizontal=True, vertical_alignment="center", key="heading"):
        st.title("Stories", anchor=False, help=_QUESTION)
        st.button("Begin a story", icon=":material/add:", key="begin_story", on_click=ask, args=("begin",))
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
    answer(star, found)


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
    kept = f"**{counted(len(found), 'story', 'stories')}** and **{counted(views, 'view', 'views')}**"
    return f"{kept} are kept of this data, for everyone who opens it."


def _story(story: Story, mart: Mart | None) -> None:
    said = f"**{plain(story.title)}** · {counted(len(story.steps), 'view', 'views')} · changed {_day(story.changed)}"
    card = st.expander(said, key=f"story_{story.id}", on_change="rerun", icon=":material/web_stories:")
    if not card.open:  # what nobody looks at is not drawn
        return
    with card:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if story.steps:
                _open(*ui_present.address(story, 1, files()))
                _open(*ui_present.address(story, 1, files(), presenting=True), "Present", "present_to_all")
                links = [address(*ui_present.address(story, number + 1, files())) for number in range(len(story.steps))]
                with st.popover("Link", icon=":material/link:", key=f"link_{story.id}"):
                    st.code(links[0], language=None, wrap_lines=True)
                if mart:
                    ui_take.story_along(story, ui_state.star_in_use(), mart, links)
            asking("Rename", "edit", "rename", story)
            asking("Delete", "delete", "delete_story", story)
        for number, step in enumerate(story.steps, 1):
            _step(step, number, story, mart)
        if not story.steps:
            st.caption("No views yet: choose this story where you keep a view.")


def _step(step: Step, number: int, story: Story, mart: Mart | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=f"step_{step.id}"):
        _words(step, mart, f"{number}. ")
        with _actions():
            _open(*ui_present.address(story, number, files()))
            last = len(story.steps)
            for icon, label, by, off in (("arrow_upward", "Move up", -1, number == 1),
                                         ("arrow_downward", "Move down", 1, number == last)):  # fmt: skip
                st.button("", icon=f":material/{icon}:", help=label, key=f"{icon}_{step.id}", type="tertiary",
                          disabled=off, on_click=_move, args=(story, step, by))  # fmt: skip
            asking("", "edit", "edit", step)
            asking("", "delete", "delete_view", step)


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
                with _actions():
                    _open(page_of(step), ui_stories.view_query(step))
                    asking("", "edit", "edit", step)
                    asking("", "delete", "delete_view", step)
        if len(hits) > _SHOWN_AT_MOST:
            st.caption(f"{_SHOWN_AT_MOST} of {len(hits)} are shown; search for the others.")
        elif not hits:
            st.caption("None of them says that.")


def _actions() -> DeltaGenerator:
    """A row for what can be done with a view, which a phone shows in one piece below its words."""
    return st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="xsmall", width="content")


def _words(step: Step, mart: Mart | None, number: str = "") -> None:
    older = mart is not None and step.version not in ("", mart.version)
    lines = [
        f"**{plain(number + step.title)}**",
        f":gray[{plain(step.page)} · {plain(ui_stories.in_words(mart, step.filter))}]",
    ]
    lines += [plain(line) for line in step.note.splitlines() if line]
    if older:
        lines.append(f":orange[:material/history: Made {_day(step.created)} on an earlier state of the data.]")
    st.markdown("  \n".join(lines), width="stretch")


def _open(file: str, query: dict, label: str = "Open", icon: str = "play_arrow") -> None:
    st.page_link(file, label=label, icon=f":material/{icon}:", query_params=query)


def _move(story: Story, step: Step, by: int) -> None:
    try:
        stories.move(ui_state.star_in_use(), story, step, by)
    except Refused as refusal:
        st.toast(plain(str(refusal)), icon=":material/error:")


def _day(moment: str) -> str:
    return formats.date_text(datetime.datetime.fromisoformat(moment).date())
