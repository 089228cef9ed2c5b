"""Keeping views: the button that every page has, and the page of kept views and stories."""

from collections.abc import Mapping, Sequence

import streamlit as st

from core import stories, ui_state
from core.filters import Filter, Level
from core.star import Refused
from core.stories import Step, Story
from core.ui_period import period_label, value_label
from core.ui_text import plain
from core.warehouse import Mart

_KEPT, _COUNT = "kept", "kept_count"


def keep_button(page: str, mart: Mart, filter: Filter) -> None:
    """Offer to keep a page's view under a name, in a story or in none."""
    with st.container(width="content"):
        _offer(page, mart, filter)


@st.fragment
def _offer(page: str, mart: Mart, filter: Filter) -> None:
    """The form, and in its place what became of it until the popover is closed."""
    with st.popover("Keep this view", icon=":material/bookmark_add:", key="keep", on_change="rerun") as popover:
        if not popover.open:
            st.session_state.pop(_KEPT, None)
            return
        try:
            found = stories.all_stories(ui_state.star_in_use())
        except Refused as refusal:
            st.caption(plain(str(refusal)))
            return
        place = st.empty()
        if _KEPT not in st.session_state:
            with place.container():
                _form(page, mart, filter, story_names(found))
        if _KEPT in st.session_state:
            place.markdown(f":material/bookmark_added: {st.session_state[_KEPT]}")


def _form(page: str, mart: Mart, filter: Filter, names: Mapping[str, str]) -> None:
    number = st.session_state.get(_COUNT, 0)  # a new form after each view kept; what is refused stays in its own
    with st.form(f"keep_form_{number}", border=False):
        title = st.text_input("Name", _proposed(page, mart, filter), max_chars=stories.TITLE_AT_MOST)
        note = st.text_area("Note", max_chars=stories.NOTE_AT_MOST, height=90,
                            placeholder="What to see here; a presenter reads it out.")  # fmt: skip
        story = st.selectbox("Story", list(names.values()), index=None, accept_new_options=True,
                             placeholder="None; choose one or name a new")  # fmt: skip
        if st.form_submit_button("Keep", type="primary", icon=":material/bookmark_add:", width="stretch"):
            _keep(Step(title, page, filter, note, data=mart.name, version=mart.version), story, names)


def story_names(found: Sequence[Story]) -> dict[str, str]:
    """What stories are called where one is chosen, by id: the title, with the id where two have the same."""
    titles = [story.title for story in found]
    return {one.id: one.title if titles.count(one.title) == 1 else f"{one.title} ({one.id})" for one in found}


def _keep(step: Step, story: str | None, names: Mapping[str, str]) -> None:
    star = ui_state.star_in_use()
    try:
        id = next((id for id, name in names.items() if name == story), None)
        if story and id is None:
            id = stories.begin(star, story)
        stories.keep(star, step, id)
    except Refused as refusal:
        st.error(plain(str(refusal)))
        return
    where = f" in **{plain(story)}**" if story else ""
    st.session_state[_COUNT] = st.session_state.get(_COUNT, 0) + 1
    st.session_state[_KEPT] = f"**{plain(step.title)}** is kept{where}. The page Stories lists it."


def _proposed(page: str, mart: Mart, filter: Filter) -> str:
    """A name that says the view: Monthly, May 2014, Loyal."""
    return f"{page} · {in_words(mart, filter)}"[: stories.TITLE_AT_MOST] if filter.values else page


def in_words(mart: Mart, filter: Filter) -> str:
    """A filter in words: May 2014 · Loyal · France."""
    said = [period_label(mart, filter)] if filter.has(Level.PERIOD) else []
    for key, values in filter.without_level(Level.PERIOD).values:
        said += [value_label(key, value) for value in values[:3]] + (
            [f"and {len(values) - 3} more"] if values[3:] else []
        )
    return " · ".join(said) or "everything"


def view_query(step: Step) -> dict[str, list[str]]:
    """The link's keys and values of a kept view by itself, with the state of the data it was made on."""
    made_on = {"data": [step.data], "version": [step.version]}
    return step.filter.query() | {key: values for key, values in made_on.items() if values[0]}
