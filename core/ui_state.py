"""The Filter of a session: read from the link, kept, written back.

The Filter is the truth; what a widget or a chart reports is an event that changes it. Back, forward and a pasted link
change the address bar without an event: then the link is read again.
"""

from collections.abc import Iterable
from pathlib import Path

import streamlit as st

from core import filters, reports, warehouse
from core.filters import KEYS, Filter
from core.warehouse import Mart

_FILTER, _LINK, _FRESH, _CHANGED, _VERSIONS, _NOTES = "filter", "link", "link_is_fresh", "changed", "versions", "notes"
STAR = "star"


def star_in_use() -> Path:
    """The star of this session: its own, where it has opened one, else the default."""
    return Path(st.session_state.get(STAR) or warehouse.default_star())


def theme_mode() -> str:
    """The viewer's theme, "light" or "dark"."""
    return st.context.theme.type or "light"


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


def show(widget: str, value: object) -> None:
    """Let a widget, which is drawn next, say the Filter."""
    if widget not in st.session_state or st.session_state[widget] != value:
        st.session_state[widget] = value


def has_changed() -> bool:
    """Whether an event has changed the Filter since the whole page was last drawn."""
    return bool(st.session_state.get(_CHANGED))


def version_of(*keys: str) -> int:
    """How often these keys have changed: part of a chart's key, so that its selection starts empty after a change."""
    versions = st.session_state.get(_VERSIONS, {})
    return sum(versions.get(key, 0) for key in keys)


def read_link() -> None:
    """Take the link's Filter where a session starts and where the address bar has changed by itself."""
    link = {key: st.query_params.get_all(key) for key in st.query_params}
    by_event = st.session_state.pop(_CHANGED, False)
    fresh = not by_event and (_FILTER not in st.session_state or link != st.session_state.get(_LINK))
    st.session_state[_FRESH] = fresh
    if fresh:
        chosen, st.session_state[_NOTES] = filters.read(link)
        st.session_state[_LINK] = link
        _keep(chosen)


def settle(mart: Mart) -> list[str]:
    """Drop from the Filter what excludes itself or is not in the data. Returns a sentence for all that was in vain."""
    notes = st.session_state[_NOTES]
    chosen, unknown = filters.known(current(), reports.choices(mart))
    if found := filters.contradiction(chosen):
        chosen = chosen.without(*found[1])
        unknown.append(f"{found[0]} Both were ignored.")
    if st.session_state[_FRESH]:
        unknown += _of_other_data(mart, st.session_state[_LINK])
    _keep(chosen)
    st.session_state[_NOTES] = list(dict.fromkeys([*notes, *unknown]))
    return st.session_state[_NOTES]


def write_link(mart: Mart) -> None:
    """Let the address bar say the Filter. A link just opened stays as it is: the back button must lead out of it."""
    link = st.session_state[_LINK]
    said = {key: values for key, values in link.items() if key in KEYS}
    if st.session_state[_FRESH] or said == current().query():
        return
    st.session_state[_LINK] = query(mart)
    st.query_params.from_dict(st.session_state[_LINK])


def query(mart: Mart) -> dict[str, list[str]]:
    """The link's keys and values: the Filter, the data's name and version."""
    return {**current().query(), "data": [mart.name], "version": [mart.version]}


def _keep(filter: Filter) -> None:
    before = dict(current().values)
    after = dict(filter.values)
    versions = st.session_state.setdefault(_VERSIONS, {})
    for key in KEYS:
        if before.get(key) != after.get(key):
            versions[key] = versions.get(key, 0) + 1
    st.session_state[_FILTER] = filter


def _of_other_data(mart: Mart, link: dict[str, list[str]]) -> list[str]:
    name, version = (next(iter(link.get(key, [])), None) for key in ("data", "version"))
    if name and name != mart.name:
        return [f"This link was made on other data ({name}); it is shown here on {mart.name}."]
    if version and version != mart.version:
        return ["This link was made on an earlier state of the data; figures have changed since."]
    return []
