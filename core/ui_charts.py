"""A chart card: header row, chart or its rows, and clicks that choose.

Each card is a fragment: its own switch redraws it alone, a click that changes the Filter redraws the page.
"""

import functools
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core import reports, theme, ui_state, ui_tables
from core.charts import style
from core.charts.style import PICK
from core.filters import Filter
from core.ui import View
from core.ui_text import plain
from core.warehouse import Mart

_ROW_AT_MOST = 38  # px: few bars stand together instead of drifting apart
_NOTHING = "Nothing to show under this filter."
MISSING = {
    "costs": ("No costs in this data.", "Profit and margin need the cost of each order line."),
    "places": ("No places in this data.", "Maps and countries need the place where each order was delivered."),
    "products": ("No products in this data.", "This needs the product of each order line."),
    "reasons": ("No buying reasons in this data.", "This needs a reason for at least some orders."),
    "targets": ("No target set.", "Import one with --targets, or choose a target growth under More."),
}


def missing(what: str, title: str) -> None:
    """A card that names what the data does not have, and what it would take."""
    said, needs = MISSING[what]
    with st.container(border=True, height="stretch"):
        st.markdown(f"**{title}**")
        st.markdown(f":gray[:material/block: {said} {needs}]")


def chart_card(
    view: View,
    title: str,
    draw: Callable,
    *names: str,
    picks: str | Mapping[str, str] = (),
    needs: str = "",
    note: str = "",
    tallest: int | None = None,
    **options: Hashable,
) -> None:
    """Draw the chart `draw(*frames, theme, **options)` of reports, its rows spread up to `tallest` px.

    A click on a mark chooses its values of `picks`: filter keys, each with the chart's parameter for what is chosen.
    """
    if needs and not view.has(needs):
        missing(needs, title)
        return
    marks = {picks: "chosen"} if isinstance(picks, str) else dict(picks)
    if tallest:
        options["height"] = min(tallest, _ROW_AT_MOST * sum(len(view.run(name)) for name in names) + 30)
    card(view, title, names, partial(_chart, view, ui_tables.slug(title), draw, names, marks, options), note=note)


def wide_enough(narrowest: int) -> DeltaGenerator:
    """What cannot be read as narrow as a phone, in px, keeps its width and scrolls inside its card."""
    return st.grid(1, wrap=False, min_column_width=narrowest) if narrowest > style.PHONE else st.container()


def table_card(
    view: View, title: str, name: str, *, columns: Sequence[str] | None = None, rows: int = 12, note: str = ""
) -> None:
    """The rows of a report as a table."""
    frame = view.run(name)
    with _frame(title):
        _heading(view, title, frame, (name,))
        if frame.empty:
            st.caption(_NOTHING)
        else:
            ui_tables.table(frame, alt=title, columns=columns, rows=rows)
        if note:
            st.caption(note)


def card(view: View, title: str, names: Sequence[str], draw: Callable[[], None], *, note: str = "") -> None:
    """A card as high as its neighbours: header row, then what `draw` draws or, at a switch, the reports' rows."""
    with _frame(title):
        _inside(view, title, names, draw, note)


def _frame(title: str) -> DeltaGenerator:
    return st.container(border=True, height="stretch", key=f"card_{ui_tables.slug(title)}")


@st.fragment
def _inside(view: View, title: str, names: Sequence[str], draw: Callable[[], None], note: str) -> None:
    """What the switch redraws alone. A choice made in here redraws the page."""
    if ui_state.has_changed():
        st.rerun()
    frames = [view.run(name) for name in names]
    as_rows = st.session_state.get(_switch(title), False)
    _heading(view, title, frames[0], names, as_rows=as_rows)
    if any(frame.empty for frame in frames):
        st.caption(_NOTHING)
    elif as_rows:
        ui_tables.table(frames[0], alt=title, rows=9)
    else:
        draw()
    if note:
        st.caption(note)


def _chart(
    view: View,
    key: str,
    draw: Callable,
    names: Sequence[str],
    picks: Mapping[str, str],
    options: Mapping[str, Hashable],
) -> None:
    chosen: dict[str, tuple[str, ...]] = {}
    for filter_key, parameter in picks.items():
        chosen[parameter] = chosen.get(parameter, ()) + view.filter.get(filter_key)
    spec = _spec(
        draw, tuple(names), view.mart, view.filter, ui_state.theme_mode(), tuple((chosen | dict(options)).items())
    )
    said = spec.get("usermeta", {})
    widget = f"chart_{key}_{ui_state.version_of(*picks)}"
    clicks = {"on_select": partial(_picked, widget, tuple(picks), view.mart), "selection_mode": PICK} if picks else {}
    with wide_enough(said.get("narrowest", 1)):
        st.vega_lite_chart(spec, theme=None, key=widget, **clicks)
    if said.get("note"):
        st.caption(plain(said["note"]))


@functools.lru_cache(maxsize=512)
def _spec(draw: Callable, names: tuple[str, ...], mart: Mart, filter: Filter, mode: str, options: tuple) -> dict:
    """The chart as Vega-Lite, kept because Altair takes longer than the report. Never write into it."""
    frames = [reports.run(name, mart, filter) for name in names]
    return style.specification(partial(draw, *frames, theme.load(mode), currency=mart.currency, **dict(options)))


def _picked(widget: str, keys: tuple[str, ...], mart: Mart) -> None:
    """Choose what the marks clicked on stand for; nothing where the click was on the ground."""
    marks = [_meaning(mark) for mark in st.session_state[widget].selection.get(PICK, [])]
    known = reports.choices(mart)
    said = keys if not marks else [key for key in keys if any(key in mark for mark in marks)]
    chosen = {key: [str(mark[key]) for mark in marks if mark.get(key) is not None] for key in said}
    ui_state.choose(
        **{key: [value for value in values if value in known.get(key, values)] for key, values in chosen.items()}
    )


def _meaning(mark: Mapping[str, object]) -> Mapping[str, object]:
    """A mark as filter keys and values: some name their own key; a country says its continent already."""
    if "dimension" in mark:
        return {str(mark["dimension"]): mark.get("name")}
    return {**mark, "continent": None} if mark.get("country") and "continent" in mark else mark


def _heading(view: View, title: str, frame: pd.DataFrame, names: Sequence[str], *, as_rows: bool | None = None) -> None:
    """The header row: title, what a row is, the switch between chart and rows (where there is one), the download."""
    key = ui_tables.slug(title)
    grain = " ".join(reports.REPORTS[name].grain for name in names)
    # The buttons follow the title: at the right end the chart's own toolbar would lie over them.
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.markdown(f"**{title}**", help=plain(grain), width="content")
        if as_rows is not None:
            st.button(
                "",
                key=f"switch_{key}",
                type="tertiary",
                icon=":material/bar_chart:" if as_rows else ":material/table:",
                help="Show the chart" if as_rows else "Show the rows",
                on_click=_turn,
                args=(_switch(title),),
            )
        ui_tables.download(frame, names[0], view.mart, view.filter, key=f"download_{key}")


def _switch(title: str) -> str:
    return f"rows_{ui_tables.slug(title)}"


def _turn(switch: str) -> None:
    st.session_state[switch] = not st.session_state.get(switch, False)
