"""Cards: a figure with its comparison; a chart with its rows, its definition and its clicks."""

import datetime
import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st

from core import formats, reports, ui_state, ui_tables
from core.filters import Filter
from core.formats import Format
from core.metrics import COLUMNS
from core.ui import View
from core.ui_text import plain
from core.warehouse import Mart

MISSING = {
    "costs": ("No costs in this data", "Profit and margin need a cost for each order line."),
    "places": ("No places in this data", "Maps and countries need the place each order was delivered to."),
    "products": ("No products in this data", "This needs the product of each order line."),
    "reasons": ("No buying reasons in this data", "This needs a reason for at least some orders."),
    "targets": ("No target set", "Import one with --targets, or choose a target growth under More."),
}


@dataclass(frozen=True)
class Card:
    """A figure of core/metrics.py: its value, how it moved and against what, its last months, its share of the business."""

    name: str
    value: float | None
    label: str = ""
    earlier: float | None = None
    against: str = ""
    note: str = ""
    trend: Sequence[float] | None = None
    share: float | None = None
    share_of: str = ""
    rising_is_good: bool = True


def cards(view: View, figures: Sequence[Card], *, columns: int = 6) -> None:
    """A row of cards of equal height that wraps where it is narrow."""
    with st.grid(columns, min_column_width=150):
        for figure in figures:
            _metric(view, figure)


def _metric(view: View, figure: Card) -> None:
    metric = COLUMNS[figure.name]
    value = formats.short(figure.value, metric.format)
    exact = formats.exact(figure.value, metric.format, view.mart.currency)
    delta, note = _delta(figure)
    st.metric(
        figure.label or metric.label,
        value,
        delta,
        help=f"{metric.definition}  \nExactly {plain(exact)}." if value != exact else metric.definition,
        delta_color=("normal" if figure.rising_is_good else "inverse") if figure.earlier else "off",
        delta_arrow="auto" if figure.earlier else "off",
        delta_description=note or None,
        chart_data=list(figure.trend) if figure.trend is not None else None,
        chart_type="area",
        border=True,
        height="stretch",
    )


def _delta(figure: Card) -> tuple[str | float | None, str]:
    """The difference as a share of the earlier value and what it is against; "new" where there was nothing."""
    if figure.share is not None:
        return formats.short(figure.share, Format.SHARE), figure.share_of
    if figure.value is None or figure.earlier is None or figure.earlier != figure.earlier:
        return None, figure.note
    if figure.earlier <= 0:
        return "new", figure.against
    growth = (figure.value - figure.earlier) / figure.earlier
    # st.metric reads direction and colour from an ASCII minus
    return formats.short(growth, Format.GROWTH).replace(formats.MINUS, "-") if round(growth, 3) else 0, figure.against


def missing(what: str, title: str) -> None:
    """A card that names what the data does not have."""
    said, needs = MISSING[what]
    with st.container(border=True, height="stretch"):
        st.markdown(f"**{title}**")
        st.caption(f":material/block: **{said}.** {needs}")


@st.fragment
def chart_card(
    view: View,
    title: str,
    draw: Callable,
    *names: str,
    pick: Sequence[str] = (),
    needs: str = "",
    note: str = "",
    help: str = "",
    **options: object,
) -> None:
    """A chart of reports `names`, its rows as a table and as a download. A click on a mark chooses its values of the keys `pick`.

    Drawn in a fragment: the switch to the table redraws this card alone; a click that chooses redraws the page.
    """
    if needs and not view.has(needs):
        missing(needs, title)
        return
    frames = [view.run(name) for name in names]
    card = ui_tables.slug(title)
    with st.container(border=True, height="stretch", key=f"card_{card}"):
        as_table = _heading(view, title, card, frames[0], names, help)
        if frames[0].empty:
            st.caption("Nothing to show under this filter.")
        elif as_table:
            ui_tables.table(frames[0], alt=title)
        else:
            _chart(view, title, card, draw, frames, names, pick, options)
        if note:
            st.caption(note)
    if ui_state.has_changed():
        st.rerun()


def _heading(view: View, title: str, card: str, frame: pd.DataFrame, names: Sequence[str], help: str) -> bool:
    """The card's header row. Returns whether its rows are to be shown instead of the chart."""
    switch = f"table_{card}"
    as_table = bool(st.session_state.get(switch))
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", wrap=False):
        grain = " ".join(reports.REPORTS[name].grain for name in names)
        st.markdown(f"**{title}**", help=plain(f"{help} {grain}".strip()))
        st.button("", key=f"switch_{card}", type="tertiary",
                  icon=":material/bar_chart:" if as_table else ":material/table:",
                  help="Show the chart" if as_table else "Show the rows",
                  on_click=_turn, args=(switch,))  # fmt: skip
        ui_tables.download(frame, names[0], view.mart, view.filter, key=f"download_{card}")
    return as_table


def _turn(switch: str) -> None:
    st.session_state[switch] = not st.session_state.get(switch, False)
