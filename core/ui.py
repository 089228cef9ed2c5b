"""The page frame: navigation, title, the sentence that answers, the filter bar.

A page opens a view (core/ui_view.py), asks it for reports, and lays out cards (core/ui_cards.py).
"""

import functools
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from core import (
    ahead,
    insights,
    ui_filters,
    ui_hints,
    ui_presence,
    ui_present,
    ui_state,
    ui_stories,
    ui_take,
    warehouse,
)
from core.filters import Filter
from core.star import Refused
from core.ui_text import plain
from core.ui_view import View, with_period
from core.warehouse import Mart

_ROOT = Path(__file__).parents[1]
_STATIC = _ROOT / "static"
_ICON = ":material/stacked_bar_chart:"


def open_page(
    title: str,
    *,
    question: str,
    default_period: str | None = None,
    is_empty: Callable[[View], bool] | None = None,
    takes_along: bool = True,
) -> View:
    """Draw a page down to its filter bar, and return the view of it.

    `default_period` is "year" (to date) or "month" (the month in view) where the page does not open on all data.
    Where the data cannot be read, or `is_empty` (by default: nothing was sold), the page says so and stops.
    `takes_along` offers a page that is not empty as a file.
    """
    navigation = begin(title)
    try:
        mart = _mart()
    except Refused as refusal:
        navigate(navigation, {}, title)
        _refused(title, refusal)
    st.session_state[ui_state.CURRENCY] = mart.currency
    notes = ui_state.settle(mart)
    ui_state.write_link(mart)
    navigate(navigation, ui_state.address(mart), title)
    view = View(title, mart, with_period(mart, ui_state.current(), default_period), default_period=default_period)
    view.fetch()
    is_empty_here = (is_empty or _sold_nothing)(view)
    with st.container(horizontal=True, vertical_alignment="center", key="heading"):
        st.title(title, anchor=False, help=question)
        if not ui_state.is_presenting():
            if takes_along and not is_empty_here:
                ui_take.take_along(title, mart, view.filter)
            ui_stories.keep_button(title, mart, view.filter)
            ui_present.present_link(dict(map(reversed, pages()))[title], ui_state.address(mart))
    with st.container():  # there with or without a sentence: what stands below keeps its place, and so stays as drawn
        if answer := insights.sentence(title, mart, view.filter):
            st.markdown(insight_text(answer))
        for note in notes:
            st.caption(f":material/info: {plain(note)}")
    if ui_state.is_presenting():
        ui_filters.presented_bar(mart, view.filter)
    else:
        ui_filters.filter_bar(mart, view.filter)
        ui_hints.hints()
    if is_empty_here:
        _say_empty(view)
        st.stop()
    return view


def begin(title: str) -> st.delta_generator.DeltaGenerator:
    """Name the browser's tab, read the link, and return the row that the navigation is drawn into."""
    ahead.asked()
    st.set_page_config(page_title=f"{title} · Quintile", page_icon="app/static/icon.png", layout="wide")
    ui_state.read_link(title)
    ui_presence.here()
    row = st.container(horizontal=True, wrap=False, gap="small", vertical_alignment="center", key="navigation")
    st.html(_STATIC / "page.css")
    ui_present.follow(title, {label: file for file, label in pages()})
    return row


@functools.cache
def pages() -> list[tuple[str, str]]:
    """The pages in reading order: file and label."""
    files = sorted((_ROOT / "pages").glob("[0-9]*_*.py"))
    return [("Home.py", "Home"), *((f"pages/{file.name}", page_label(file.stem)) for file in files)]


def page_label(stem: str) -> str:
    """A page file's name as a reader says it: Pareto tiers for 3_Pareto_Tiers."""
    return stem.partition("_")[2].replace("_", " ").capitalize()


def link(file: str, label: str, view: View, filter: Filter | None = None) -> None:
    """A link to a page, with this viewer's choice or another."""
    st.page_link(file, label=label, query_params=ui_state.address(view.mart, filter),
                 icon=":material/arrow_forward:", icon_position="right")  # fmt: skip


def link_to(page: str, label: str, view: View, filter: Filter) -> None:
    """A link to the page of this label, where there is one."""
    for file, name in pages():
        if name == page:
            link(file, label, view, filter)


def insight_text(insight: insights.Insight) -> str:
    """The sentence in Markdown, its finding in bold."""
    return f"**{plain(insight.finding)}**{plain(insight.rest)}"


def navigate(row: st.delta_generator.DeltaGenerator, query: dict[str, list[str]], title: str) -> None:
    """Draw the links to all pages, each with this viewer's choice, into a row; a presenter's page has none."""
    if ui_state.is_presenting():
        return
    with row:
        st.markdown(f":blue[{_ICON}] **Quintile**", width="content")
        for file, label in pages():
            st.page_link(file, label=label, query_params=query or None)
        _in_view()(key="open_page", data=title)


@functools.cache
def _in_view() -> Callable[..., object]:
    """What scrolls the navigation to the open page in the browser; registered once."""
    return st.components.v2.component("open_page", js=(_STATIC / "navigation.js").read_text(encoding="utf-8"))


def _mart() -> Mart:
    """The mart of the star in use, with progress where it must be built first."""
    place = st.empty()

    def show(stage: str, share: float) -> None:
        place.progress(share, f"Preparing the data: {stage.lower()}")

    try:
        return warehouse.open_mart(ui_state.star_in_use(), ui_state.current().as_of, progress=show)
    finally:
        place.empty()


def _sold_nothing(view: View) -> bool:
    headline = view.run("headline").iloc[0]
    return headline.orders == 0 and headline.revenue == 0


def _say_empty(view: View) -> None:
    """One card that says that nothing was sold, instead of a page of zeros."""
    with st.container(border=True, horizontal_alignment="center", key="empty"):
        st.space("small")
        st.markdown("**No orders under this filter.**", width="content")
        st.caption(f"Nothing of what you have chosen was sold in the period ({plain(view.period)}).", width="content")
        ui_filters.clear_button()
        st.space("small")


def _refused(title: str, refusal: Refused) -> None:
    """The page where the data cannot be read: the sentence, and the way out."""
    st.title(title, anchor=False)
    with st.container(border=True, horizontal_alignment="center", key="refused"):
        st.space("small")
        st.markdown("**The data could not be opened.**", width="content")
        st.markdown(plain(str(refusal)), width="content")
        if ui_state.current() != Filter():
            ui_filters.clear_button(key="clear_refused")
        st.space("small")
    st.stop()
