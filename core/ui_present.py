"""A story in the app, step by step, and the presenter's mode. The link says both, so that a reload stays on the step.

`?story=q3-review&step=2` is the step as it was kept; a link that also names its data is a view of its own, looked at on
the way: what a viewer chooses in the middle of a step.
"""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from core import stories, ui_state
from core.star import Refused
from core.stories import Step, Story
from core.ui_text import plain

_STYLE = Path(__file__).parents[1] / "static/present.css"


def follow(title: str, files: Mapping[str, str]) -> None:
    """Go where the link's story leads, and draw its bar: the step, its note, back and forth, the way out.

    `files` has the file of every page by label.
    """
    place = ui_state.place()
    presenting = ui_state.is_presenting()
    if presenting:
        st.html(_STYLE)
    story, number = _step_in_link(place)
    if story is None:
        if presenting:
            _bar_without_story(files[title])
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


def present_button(file: str, query: Mapping[str, list[str]]) -> None:
    """The button that starts the presenter's mode on a view."""
    if st.button("Present", icon=":material/present_to_all:", key="present",
                 help="Large type and nothing but the figures; Escape leaves."):  # fmt: skip
        st.switch_page(file, query_params={**query, "present": "1"})


def _step_in_link(place: Mapping[str, str]) -> tuple[Story | None, int]:
    """The story and the step that the link names; a sentence below the title where there is none."""
    if "story" not in place:
        return None, 0
    try:
        story = stories.find(ui_state.star_in_use(), place["story"])
    except Refused as refusal:
        ui_state.note(str(refusal))
        return None, 0
    if story is None or not story.steps:
        missing = (
            f"The story {story.title!r} has no views yet" if story else f"There is no story {place['story']!r} here"
        )
        ui_state.note(f"{missing}; the page is shown as it is.")
        return None, 0
    given = place.get("step", "1")
    number = int(given) if given.isascii() and given.isdigit() else 0
    if not 1 <= number <= len(story.steps):
        ui_state.note(f"The story {story.title!r} has no step {given!r}; it has {len(story.steps)}.")
    return story, min(max(number, 1), len(story.steps))


def _bar(story: Story, number: int, title: str, files: Mapping[str, str]) -> None:
    presenting = ui_state.is_presenting()
    step = story.steps[number - 1]
    with st.container(horizontal=True, vertical_alignment="center", gap="small", border=not presenting,
                      key="presenter" if presenting else "story"):  # fmt: skip
        st.markdown(_said(step), width="stretch")
        if ui_state.current() != step.filter or title != step.page:
            _button("Back to the step", "undo", story, number, files)
        _button("", "arrow_back", story, number - 1, files, shortcut="Left" if presenting else None)
        st.markdown(f"{number} of {len(story.steps)}", width="content", help=plain(story.title))
        _button("", "arrow_forward", story, number + 1, files, shortcut="Right" if presenting else None)
        _way_out(files[title], ("story", "step") if not presenting else ("present",))


def _bar_without_story(file: str) -> None:
    with st.container(horizontal=True, horizontal_alignment="right", key="presenter"):
        _way_out(file, ("present",))


def _button(
    label: str, icon: str, story: Story, number: int, files: Mapping[str, str], shortcut: str | None = None
) -> None:
    """A button that leads to a step; grey where there is none."""
    helps = {"arrow_back": "The step before", "arrow_forward": "The next step", "undo": "As it was kept"}
    inside = 1 <= number <= len(story.steps)
    if st.button(label, icon=f":material/{icon}:", key=f"story_{icon}", help=helps[icon], type="tertiary",
                 disabled=not inside, shortcut=shortcut) and inside:  # fmt: skip
        file, query = address(story, number, files, presenting=ui_state.is_presenting())
        st.switch_page(file, query_params=query)


def _way_out(file: str, keys: tuple[str, ...]) -> None:
    presenting = "present" in keys
    if st.button("Leave" if presenting else "", icon=":material/close:", key="leave", type="tertiary",
                 help="Back to the page with everything on it" if presenting else "Close the story",
                 shortcut="Esc" if presenting else None):  # fmt: skip
        st.switch_page(file, query_params=ui_state.link_without(*keys))


def _said(step: Step) -> str:
    note = "  \n".join(plain(line) for line in step.note.splitlines())
    return f"**{plain(step.title)}**{'  ' + chr(10) if note else ''}{note}"
