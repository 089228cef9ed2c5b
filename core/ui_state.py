"""The Filter of a session: read from the link, kept, written back.

The Filter is the truth; what a widget or a chart reports is an event that changes it. Back, forward and a pasted link
change the address bar without an event: then the link is read again.
"""

from collections.abc import Iterable
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from core import filters, formats, reports, warehouse
from core.filters import KEYS, Filter
from core.formats import Style
from core.stories import Step
from core.warehouse import Mart

_FILTER, _LINK, _FRESH, _CHANGED, _VERSIONS, _NOTES = "filter", "link", "link_is_fresh", "changed", "versions", "notes"
_SAID, _MADE_ON, _LATE = "said", "made_on", "late"
_PAGE = "page"  # where the last run was
_PLACE = ("story", "step", "present")  # of a link beside the view: which step of which story, and the presenter's mode
STAR, CURRENCY = "star", "currency"


def star_in_use() -> Path:
    """The star of this session: its own, where it has opened one, else the default."""
    return Path(st.session_state.get(STAR) or warehouse.default_star())


def theme_mode() -> str:
    """The viewer's theme, "light" or "dark"."""
    return st.context.theme.type or "light"


def style() -> Style:
    """How this session's viewer reads, and the currency of the data in use; international English outside a session."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return Style()
    return Style(st.context.locale or Style().locale, st.session_state.get(CURRENCY, ""))


formats.read_by(style)


def current() -> Filter:
    """What this session's viewer has chosen."""
    return st.session_state.get(_FILTER, Filter())


def choose(**values: str | Iterable[str] | None) -> None:
    """Set keys of the Filter anew, from a callback; None clears one (`from` is written `from_`)."""
    replace(current().choose(**values))


def replace(filter: Filter) -> None:
    """Take another Filter, from a callback."""
    _keep(filter)
    st.session_state[_NOTES] = []
    st.session_state[_CHANGED] = True


def carry(filter: Filter) -> None:
    """Take another Filter along to another page, which says it in its link when all of it is drawn (`write_late`).

    Said at once, it would stand in the browser's history under the page that was left.
    """
    replace(filter)
    st.session_state[_SAID] = filter.query()
    st.session_state[_LATE] = True


def show(widget: str, value: object) -> None:
    """Let a widget, which is drawn next, say the Filter."""
    if widget not in st.session_state or st.session_state[widget] != value:
        st.session_state[widget] = value


def has_changed() -> bool:
    """Whether an event has changed the Filter since the whole page was last drawn."""
    return bool(st.session_state.get(_CHANGED))


def version_of(*keys: str) -> int:
    """How often these keys have changed: part of a map's layers, so that a click counts for what it was made on."""
    versions = st.session_state.get(_VERSIONS, {})
    return sum(versions.get(key, 0) for key in keys)


def read_link(page: str) -> None:
    """Take the link's Filter where a session comes to a page and where the address bar has changed by itself."""
    link = {key: st.query_params.get_all(key) for key in st.query_params}
    by_event = st.session_state.pop(_CHANGED, False)
    fresh = not by_event and (_FILTER not in st.session_state or link != st.session_state.get(_LINK))
    st.session_state[_FRESH] = fresh
    if fresh:
        if st.session_state.get(_PAGE) == page:  # a link from a page to itself reaches the script, not the address bar
            st.query_params.from_dict(link)
        chosen, st.session_state[_NOTES] = filters.read({key: link[key] for key in link if key not in _PLACE})
        st.session_state[_LINK] = link
        st.session_state[_SAID] = {key: values for key, values in link.items() if key in KEYS}
        st.session_state[_MADE_ON] = ("link", *(next(iter(link.get(key, [])), "") for key in ("data", "version")))
        _keep(chosen)
    st.session_state[_PAGE] = page


def link_is_fresh() -> bool:
    """Whether this run is the first one under its link."""
    return st.session_state[_FRESH]


def place() -> dict[str, str]:
    """What the link says beside the view: story, step, present."""
    link = st.session_state.get(_LINK, {})
    return {key: link[key][-1] for key in _PLACE if link.get(key)}


def says_its_view() -> bool:
    """Whether the link names a view beside a step of a story: then it is that view, on the way."""
    link = st.session_state[_LINK]
    return "data" in link or any(key in KEYS for key in link)


def link_without(*keys: str) -> dict[str, list[str]]:
    """The link with some keys left out; the view stays where they are the story's."""
    left = {key: values for key, values in st.session_state[_LINK].items() if key not in keys}
    return left | current().query() if "story" in keys else left


def is_presenting() -> bool:
    """Whether the link asks for the presenter's mode."""
    return place().get("present") == "1"


def stand_for(step: Step) -> None:
    """Let the link, which names a step of a story and no view, stand for that step's."""
    st.session_state[_SAID] = step.filter.query()
    st.session_state[_MADE_ON] = ("kept view", step.data, step.version)
    _keep(step.filter)


def note(sentence: str) -> None:
    """Say a sentence below the page's title, until the Filter is chosen anew."""
    st.session_state[_NOTES] = [*st.session_state[_NOTES], sentence]


def settle(mart: Mart) -> list[str]:
    """Drop from the Filter what excludes itself or is not in the data. Returns a sentence for all that was in vain."""
    notes = st.session_state[_NOTES]
    chosen, unknown = filters.known(current(), reports.choices(mart))
    if found := filters.contradiction(chosen):
        chosen = chosen.without(*found[1])
        unknown.append(f"{found[0]} Both were ignored.")
    unknown += _of_other_data(mart, *st.session_state.pop(_MADE_ON, ("link", "", "")))
    _keep(chosen)
    st.session_state[_NOTES] = list(dict.fromkeys([*notes, *unknown]))
    return st.session_state[_NOTES]


def write_link(mart: Mart) -> None:
    """Let the address bar say the Filter. A link just opened stays as it is: the back button must lead out of it."""
    if st.session_state[_FRESH] or st.session_state[_SAID] == current().query():
        return
    st.session_state[_SAID] = current().query()
    st.session_state[_LINK] = address(mart)
    st.query_params.from_dict(st.session_state[_LINK])


def write_late(mart: Mart) -> None:
    """Let the address bar say a Filter that was carried here, at the end of the page."""
    if st.session_state.pop(_LATE, False):
        st.session_state[_LINK] = address(mart)
        st.query_params.from_dict(st.session_state[_LINK])


def query(mart: Mart, filter: Filter | None = None) -> dict[str, list[str]]:
    """A view's link, its keys and values: the Filter, the data's name and version."""
    return {**(current() if filter is None else filter).query(), "data": [mart.name], "version": [mart.version]}


def address(mart: Mart, filter: Filter | None = None) -> dict[str, list[str]]:
    """A view's link that stays in the story and in the presenter's mode."""
    return query(mart, filter) | {key: [value] for key, value in place().items()}


def _keep(filter: Filter) -> None:
    before = dict(current().values)
    after = dict(filter.values)
    versions = st.session_state.setdefault(_VERSIONS, {})
    for key in KEYS:
        if before.get(key) != after.get(key):
            versions[key] = versions.get(key, 0) + 1
    st.session_state[_FILTER] = filter


def _of_other_data(mart: Mart, what: str, name: str, version: str) -> list[str]:
    if name and name != mart.name:
        return [f"This {what} was made on other data ({name}); it is shown here on {mart.name}."]
    if version and version != mart.version:
        return [f"This {what} was made on an earlier state of the data; figures have changed since."]
    return []
