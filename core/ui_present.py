"""A story in the app, step by step, and the presenter's mode. The link says both, so that a reload stays on the step.

`?story=q3-review&step=2` is the step as it was kept; a link that also names its data is a view of its own, looked at on
the way: what a viewer chooses in the middle of a step.
"""

import functools
from collections.abc import Callable, Mapping
from pathlib import Path

import streamlit as st

from core import stories, ui_state
from core.star import Refused
from core.stories import Step, Story
from core.ui_text import plain

_STATIC = Path(__file__).parents[1] / "static"


def follow(title: str, files: Mapping[str, str]) -> None:
    """Go where the link's story leads, and draw its bar: the step, its note, back and forth, the way out.

    `files` has the file of every page by label.
    """
    place = ui_state.place()
    presenting = ui_state.is_presenting()
    if presenting:
        st.html(_STATIC / "present.css")
        _keys()()
    story, number = _step_in_link(place)
    if story is None:
        if presenting:
            with st.container(horizontal=True, horizontal_alignment="right", key="presenter"):
                _way_out(files[title])
        return
    step = story.steps[number - 1]
    if ui_state.link_is_fresh() and not ui_state.says_its_view():
        ui_state.stand_for(step)
        if step.page not in files:
            ui_state.note(f"There is no page {step.page!r} any more; the step's filter is shown on {title}.")
        elif step.page != title:
            st.switch_page(files[step.page], query_params=place)
    _bar(story, number, title, files)


def address(story: Story, number: int, files: Mapping[str, str], *, presenting: bool = False) -> tuple[str, dict]:
    """The page's file and the link's keys of a step, counted from 1."""
    query = {"story": story.id, "step": str(number)} | ({"present": "1"} if presenting else {})
    return files.get(story.steps[number - 1].page, "Home.py"), query


def present_link(file: str, query: Mapping[str, list[str]]) -> None:
    """The link that starts the presenter's mode on a view."""
    st.page_link(file, label="Present", icon=":material/present_to_all:", query_params={**query, "present": "1"},
                 help="Large type and nothing but the figures; Escape leaves.")  # fmt: skip


@functools.cache
def _keys() -> Callable[[], object]:
    """What listens to the presenter's keys in the browser; registered once."""
    return st.components.v2.component("presenter_keys", js=(_STATIC / "present.js").read_text(encoding="utf-8"))


def _step_in_link(place: Mapping[str, str]) -> tuple[Story | None, int]:
    """The story and the step that the link names; a sentence below the title where there is none."""
    if "story" not in place:
        return None, 0
    try:
        story = stories.find(ui_state.star_in_use(), place["story"])
    except Refused as refusal:
        _say(str(refusal))
        return None, 0
    if story is None or not story.steps:
        missing = (
            f"The story {story.title!r} has no views yet" if story else f"There is no story {place['story']!r} here"
        )
        _say(f"{missing}; the page is shown as it is.")
        return None, 0
    given = place.get("step", "1")
    number = int(given) if given.isascii() and given.isdigit() else 0
    if not 1 <= number <= len(story.steps):
        _say(f"The story {story.title!r} has no step {given!r}; it has {len(story.steps)}.")
    return story, min(max(number, 1), len(story.steps))


def _say(sentence: str) -> None:
    if ui_state.link_is_fresh():
        ui_state.note(sentence)


def _bar(story: Story, number: int, title: str, files: Mapping[str, str]) -> None:
    presenting = ui_state.is_presenting()
    step = story.steps[number - 1]
    with st.container(horizontal=True, vertical_alignment="center", gap="small", border=not presenting,
                      key="presenter" if presenting else "story"):  # fmt: skip
        st.markdown(_said(step), width="stretch")
        if ui_state.current() != step.filter or title != step.page:
            _link("again", "As kept", "undo", story, number, files)
        _link("before", "Before", "arrow_back", story, number - 1, files)
        st.markdown(f"{number} of {len(story.steps)}", width="content")
        _link("next", "Next", "arrow_forward", story, number + 1, files)
        _way_out(files[title])


def _link(key: str, label: str, icon: str, story: Story, number: int, files: Mapping[str, str]) -> None:
    """A link that leads to a step; grey where there is none."""
    inside = 1 <= number <= len(story.steps)
    file, query = address(story, number if inside else 1, files, presenting=ui_state.is_presenting())
    with st.container(width="content", key=f"story_{key}"):
        st.page_link(file, label=label, icon=f":material/{icon}:", query_params=query, disabled=not inside,
                     icon_position="right" if key == "next" else "left")  # fmt: skip


def _way_out(file: str) -> None:
    """Out of the presenter's mode, else out of the story; the view stays."""
    label, keys = ("Leave", ("present",)) if ui_state.is_presenting() else ("Close", ("story", "step"))
    with st.container(width="content", key="story_leave"):
        st.page_link(file, label=label, icon=":material/close:", query_params=ui_state.link_without(*keys) or None)


def _said(step: Step) -> str:
    """Title and note, a line each, so that the bar stays low; what marks up is disarmed."""
    return "  \n".join(filter(None, (f"**{plain(step.title)}**", plain(" ".join(step.note.split())))))
