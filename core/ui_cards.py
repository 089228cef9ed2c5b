"""Cards: a figure with its comparison, its last months, its share of the business."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from core import formats
from core.formats import Format
from core.metrics import COLUMNS
from core.ui import View
from core.ui_text import plain


@dataclass(frozen=True)
class Card:
    """A figure of core/metrics.py by name, with its growth over something, and a line of its last months.

    `growth` is infinite where there was nothing to grow from; `note` stands beside it and says against what. With a
    `share` (0-1) of the business the card draws it as a thin bar over the note instead.
    """

    name: str
    value: float | None
    label: str = ""
    growth: float | None = None
    note: str = ""
    badge: str = ""
    trend: Sequence[float] | None = None
    share: float | None = None
    rising_is_good: bool = True


def cards(view: View, figures: Sequence[Card], *, columns: int = 6) -> None:
    """A row of cards of equal height that wraps where it is narrow."""
    with st.grid(columns, min_column_width=150):
        for figure in figures:
            if figure.share is None:
                _metric(view, figure)
            else:
                _share_card(view, figure)


def growth(now: float | None, before: float | None) -> float | None:
    """The difference as a share of what was before; infinite from nothing, None where one is absent or both 0."""
    if now is None or before is None or math.isnan(now) or math.isnan(before):
        return None
    if before <= 0:
        return math.inf if now > 0 else None
    return (now - before) / before


def _share_card(view: View, figure: Card) -> None:
    with st.container(border=True, height="stretch", gap="small"):
        _metric(view, figure, border=False)
        if not math.isnan(figure.share):
            st.progress(min(max(figure.share, 0.0), 1.0))
            st.caption(f"**{formats.short(figure.share, Format.SHARE)}** {figure.note}")


def _metric(view: View, figure: Card, *, border: bool = True) -> None:
    metric = COLUMNS[figure.name]
    value = formats.short(figure.value, metric.format)
    exact = formats.exact(figure.value, metric.format, view.mart.currency)
    moved = figure.growth is not None and math.isfinite(figure.growth)
    st.metric(
        figure.label or metric.label,
        value,
        _delta(figure),
        help=metric.definition if value == exact else f"{metric.definition}  \nExactly {plain(exact)}.",
        delta_color=("normal" if figure.rising_is_good else "inverse") if moved else "off",
        delta_arrow="auto" if moved else "off",
        delta_description=figure.note if border and figure.note else None,
        chart_data=list(figure.trend) if figure.trend is not None and len(figure.trend) > 1 else None,
        chart_type="area",
        border=border,
        height="stretch" if border else "content",
    )


def _delta(figure: Card) -> str | int | None:
    """The growth in words; st.metric reads colour and arrow from an ASCII minus, and nothing from a plain 0."""
    if figure.badge or figure.growth is None:
        return figure.badge or None
    if math.isinf(figure.growth):
        return "new"
    return formats.short(figure.growth, Format.GROWTH).replace(formats.MINUS, "-") if round(figure.growth, 3) else 0
