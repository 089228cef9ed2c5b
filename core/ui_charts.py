"""A chart card: its title, its chart or its rows, and clicks that choose.

The title alone is a fragment, so that its drawer opens without the page. A chart is none: a click on it redraws the
page at once, where one inside a fragment would run that first.
"""

import functools
from collections.abc import Callable, Hashable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from html import escape

import altair as alt
import pyarrow as pa
import streamlit as st

from core import formats, reports, theme, ui_method, ui_picks, ui_state, ui_tables
from core.charts import style
from core.charts.style import ADD, PICK, TURN, Drawn
from core.filters import Filter
from core.ui_method import Subject
from core.ui_text import plain
from core.ui_view import Make, Offer, View
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
    lasting: str = "",
    **options: Hashable,
) -> None:
    """Draw the chart `draw(*frames, theme, **options)` of reports, its rows spread up to `tallest` px.

    A click on a mark chooses its values of `picks`: filter keys, each with the chart's parameter for what is chosen.
    What the viewer has chosen of these stands out among all others, which stay to be chosen as well; where the
    parameter is empty, the chart is drawn under the choice. `lasting` is the title without what the filter changes in
    it: the chart keeps its place by it.
    """
    if needs and not view.has(needs):
        missing(needs, title)
        return
    marks = {picks: "chosen"} if isinstance(picks, str) else dict(picks)
    lifted = {key: parameter for key, parameter in marks.items() if parameter}
    within = partial(_within, names, lifted, tallest, options)
    whole, told = within(view, ui_state.current())
    subject = Subject(title, names, draw=partial(_drawn, draw, names, view.mart, whole.filter, told, mode="light"),
                      lasting=lasting)  # fmt: skip
    make = partial(_make, within, draw, names)
    card(view, subject, partial(_chart, whole, subject, draw, names, tuple(marks), told, make), note=note, drawn=whole)


def wide_enough(narrowest: int) -> AbstractContextManager:
    """What cannot be read as narrow as a phone, in px, keeps its width and scrolls inside its card."""
    return st.grid(1, wrap=False, min_column_width=narrowest) if narrowest > style.PHONE else nullcontext()


def table_card(
    view: View,
    title: str,
    name: str,
    *,
    columns: Sequence[str] | None = None,
    rows: int = 12,
    note: str = "",
    draw: Callable = ui_tables.table,
) -> None:
    """The rows of a report as a table, drawn by `draw`."""
    show = partial(draw, view.run(name), alt=title, columns=columns, rows=rows)
    card(view, Subject(title, (name,)), show, note=note, is_table=True)


def card(
    view: View,
    subject: Subject,
    draw: Callable[[], None],
    *,
    note: str = "",
    is_table: bool = False,
    drawn: View | None = None,
) -> None:
    """A card as high as its neighbours: its title with the drawer, then what `draw` draws or, at a switch, its rows.

    `drawn` is the view that is drawn, where that is not the view itself.
    """
    switch = f"rows_{subject.key}"
    as_rows = st.session_state.get(switch, False)
    seen = view if as_rows or drawn is None else drawn
    with st.container(border=True, height="stretch", key=f"card_{subject.key}"):
        ui_method.title(view, subject, switch="" if is_table else switch)
        if any(seen.run(name).empty for name in subject.reports):
            st.caption(_NOTHING)
        elif as_rows:
            ui_tables.table(view.run(subject.reports[0]), alt=subject.title, rows=9)
        else:
            draw()
        if note:
            st.caption(note)


def _within(
    names: Sequence[str],
    lifted: Mapping[str, str],
    tallest: int | None,
    options: Mapping[str, Hashable],
    view: View,
    chosen: Filter,
) -> tuple[View, dict[str, Hashable]]:
    """The view that a chart is drawn in, and its options there: how high it is, and what is `chosen` of its marks."""
    whole, told = view.without(*lifted), dict(options)
    if tallest:
        told["height"] = min(tallest, _ROW_AT_MOST * sum(len(whole.run(name)) for name in names) + 30)
    for filter_key, parameter in lifted.items():
        told[parameter] = told.get(parameter, ()) + chosen.get(filter_key)
    return whole, told


def _chart(
    view: View,
    subject: Subject,
    draw: Callable,
    names: Sequence[str],
    picks: Sequence[str],
    options: Mapping[str, Hashable],
    make: Make,
) -> None:
    chart = _at_hand(ui_state.theme_mode(), draw, names, view, options)
    view.offer(subject.key, Offer(make, chart, picks))
    show(chart, subject, picks, view.mart)


def _make(within: Callable, draw: Callable, names: Sequence[str], view: View, chosen: Filter, mode: str) -> None:
    """Have the chart at hand in another view than the one on the page."""
    whole, told = within(view, chosen)
    if not any(whole.run(name).empty for name in names):
        _at_hand(mode, draw, names, whole, told)


def _at_hand(mode: str, draw: Callable, names: Sequence[str], view: View, options: Mapping[str, Hashable]) -> Drawn:
    """The chart of a view, kept: made ahead and asked for by the same key."""
    return _kept(mode, formats.style(), _drawn, draw, tuple(names), view.mart, view.filter, tuple(options.items()))


def show(
    chart: Drawn,
    subject: Subject,
    picks: Sequence[str],
    mart: Mart,
    beside: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """Show a chart, its finding for those who hear it, and what its caption must add. A click on a mark chooses its
    `picks`, and the keys `beside` them.
    """
    widget, rows, clicks = f"chart_{subject.key}", dict(chart.rows), {}
    if picks and chart.clicked:
        told = rows[chart.clicked]
        turns = pa.array([ui_picks.turn(widget)] * len(told), pa.int32())
        rows[chart.clicked] = told.append_column(TURN, turns)
        chosen = partial(ui_picks.picked, widget, tuple(picks), mart, beside)
        clicks = {"on_select": chosen, "selection_mode": (PICK, ADD)}
    spec = chart.spec | {"description": subject.lasting or subject.title, "datasets": rows}
    st.html(escape(chart.finding))
    with wide_enough(chart.narrowest):
        st.vega_lite_chart(spec, theme=None, key=widget, **clicks)
    if chart.note:
        st.caption(plain(chart.note))


def kept(draw: Callable, *told: Hashable) -> Drawn:
    """The chart `draw(*told, mode=…)` for a reader, kept because Altair takes longer than the reports."""
    return _kept(ui_state.theme_mode(), formats.style(), draw, *told)


@functools.lru_cache(maxsize=1024)
def _kept(mode: str, written: formats.Style, draw: Callable, *told: Hashable) -> Drawn:
    with formats.written_in(written):
        return style.drawn(partial(draw, *told, mode=mode))


def _drawn(
    draw: Callable,
    names: Sequence[str],
    mart: Mart,
    filter: Filter,
    options: Mapping[str, Hashable] | Sequence[tuple[str, Hashable]],
    *,
    mode: str,
) -> alt.LayerChart | alt.Chart:
    frames = [reports.run(name, mart, filter) for name in names]
    return draw(*frames, theme.load(mode), **dict(options))
