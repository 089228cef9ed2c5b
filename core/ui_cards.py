"""Cards: a figure with its comparison, its last months, its share of the business."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from core import card_words, choice_words, formats, theme, ui_method, ui_state
from core.charts import trend
from core.formats import Format
from core.metrics import COLUMNS
from core.ui_method import Subject
from core.ui_text import plain
from core.ui_view import View


@dataclass(frozen=True)
class Card:
    """A figure of core/metrics.py by name, with its growth over something, and a line of its last months.

    `growth` is infinite where there was nothing to grow from; `note` stands beside it and says against what. With a
    `share` (0-1) of the business the card draws it as a thin bar over the note instead. `reports` are what it is made
    of, the figure's own first.
    """

    name: str
    value: float | None
    label: str = ""
    growth: float | None = None
    note: str = ""
    badge: str = ""
    trend: pd.Series | None = None
    share: float | None = None
    rising_is_good: bool = True
    reports: tuple[str, ...] = ()


@st.fragment
def cards(view: View, figures: Sequence[Card], *, columns: int = 6) -> None:
    """A row of cards of equal height that wraps where it is narrow; a card's name opens how it is made."""
    asked = None
    with st.grid(columns, min_column_width=150):
        for figure in figures:
            with st.container(border=True, height="stretch", gap=None):
                if _name(figure):
                    asked = figure
                _metric(figure)
                if figure.trend is not None and len(figure.trend) > 1:
                    _trend(figure)
                if figure.share is not None and not math.isnan(figure.share):
                    st.progress(min(max(figure.share, 0.0), 1.0))
                    st.caption(f"**{formats.short(figure.share, Format.SHARE)}** {figure.note}")
    if asked:
        exact = f"{_label(asked)}: {_exact(asked)}"
        ui_method.explain(view, Subject(_label(asked), asked.reports, (asked.name,), exact))


def growth(now: float | None, before: float | None) -> float | None:
    """The difference as a share of what was before; infinite from nothing, None where one is absent or both 0."""
    if now is None or before is None or math.isnan(now) or math.isnan(before):
        return None
    if before <= 0:
        return math.inf if now > 0 else None
    return (now - before) / before


def _name(figure: Card) -> bool:
    """The card's name: a button with the definition on hover. Returns whether it was clicked."""
    metric = COLUMNS[figure.name]
    exact = _exact(figure)
    known = f"  \nExactly {plain(exact)}." if exact != formats.short(figure.value, metric.format) else ""
    key = f"figure_{choice_words.slug(_label(figure))}"
    return ui_method.name(plain(_label(figure)), key, help=f"{metric.definition}{known}")


def _metric(figure: Card) -> None:
    """The figure with how it moved, or what is said where there is none."""
    if (
        figure.note in card_words.MISSING
        and formats.short(figure.value, COLUMNS[figure.name].format) == formats.NOTHING
    ):
        st.markdown(f":gray[{card_words.MISSING[figure.note]}]")
        return
    moved = figure.growth is not None and math.isfinite(figure.growth)
    st.metric(
        _label(figure),
        formats.short(figure.value, COLUMNS[figure.name].format),
        _delta(figure),
        label_visibility="collapsed",
        delta_color=("normal" if figure.rising_is_good else "inverse") if moved else "off",
        delta_arrow="auto" if moved else "off",
        delta_description=figure.note if figure.share is None and figure.note else None,
    )


def _trend(figure: Card) -> None:
    """The line of the last months. st.metric's own is a whole chart, and six of them take longer than the page;
    st.html drops drawings.
    """
    first, last = (formats.short(figure.trend.iloc[place], COLUMNS[figure.name].format) for place in (0, -1))
    said = f"{_label(figure)} by month, the last {len(figure.trend)}: from {first} to {last}."
    st.image(trend.picture(figure.trend, theme.load(ui_state.theme_mode())), width="stretch", alt=said)


def _label(figure: Card) -> str:
    return figure.label or COLUMNS[figure.name].label


def _exact(figure: Card) -> str:
    return formats.exact(figure.value, COLUMNS[figure.name].format)


def _delta(figure: Card) -> str | int | None:
    """The growth in words; st.metric reads colour and arrow from an ASCII minus, and nothing from a plain 0."""
    if figure.badge or figure.growth is None:
        return figure.badge or None
    if math.isinf(figure.growth):
        return "new"
    return formats.short(figure.growth, Format.GROWTH).replace(formats.MINUS, "-") if round(figure.growth, 3) else 0
