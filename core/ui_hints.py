"""Three hints for the first visit; once closed, this browser does not show them again.

The browser remembers in a cookie of its own, which comes with the next visit's first request: who has closed the hints
never sees them flash up. Where it keeps no cookies, they stay closed for the session.
"""

import functools
from collections.abc import Callable
from pathlib import Path

import streamlit as st

_COOKIE, _CLOSED, _CLOSING = "quintile_hints", "hints_closed", "hints_closing"
_SCRIPT = Path(__file__).parents[1] / "static" / "hints.js"
HINTS = (
    (":material/ads_click:", "Click what you see", "A bar, a row, a place on the map: every page shows only that."),
    (":material/link:", "The address is the view", "Copy it, and whoever opens it sees the same figures."),
    (":material/info:", "Ask how it is made", "Each figure and chart tells its formula, its filter and its SQL."),
)


def hints() -> None:
    """Draw the hints until this browser's viewer has closed them."""
    if st.session_state.pop(_CLOSING, False):
        _remember()()
    if st.session_state.get(_CLOSED) or st.context.cookies.get(_COOKIE) == "closed":
        return
    with st.container(border=True, horizontal=True, key="hints"):
        with st.grid(len(HINTS), min_column_width=170):
            for icon, title, words in HINTS:
                st.markdown(f"{icon} **{title}.** {words}")
        st.button("Got it", key="close_hints", type="tertiary", icon=":material/close:", on_click=_close)


def _close() -> None:
    st.session_state[_CLOSED] = st.session_state[_CLOSING] = True


@functools.cache
def _remember() -> Callable[[], object]:
    """What writes the cookie in the browser; registered once."""
    return st.components.v2.component("remember_hints", js=_SCRIPT.read_text(encoding="utf-8"))
