"""Rows as a table, and rows to take along."""

import math
from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from core import customer_words, formats
from core.choice_words import file_name
from core.filters import Filter
from core.formats import Format
from core.metrics import COLUMNS
from core.ui_text import plain
from core.warehouse import Mart

ROWS_SHOWN = 200
_ROW_HEIGHT = 32
# How the browser writes numbers by the viewer's locale: the form, and the step that says how many decimals.
_NUMBERS = {
    Format.MONEY: ("localized", 0.01),
    Format.COUNT: ("localized", 1.0),
    Format.NUMBER: ("localized", 0.1),
    Format.DAYS: ("localized", 1.0),
    Format.SCORE: ("plain", 1.0),
    Format.SHARE: ("percent", 0.0001),
    Format.GROWTH: ("percent", 0.0001),
}


def table(
    frame: pd.DataFrame,
    *,
    alt: str,
    columns: Sequence[str] | None = None,
    rows: int = 12,
    special: Mapping[str, object] | None = None,
) -> None:
    """Show the first rows with the labels, formats and definitions of core/metrics.py; more than `rows` scroll.

    `special` are columns drawn in a way of their own.
    """
    shown = frame.head(ROWS_SHOWN).copy()
    names = [name for name in columns or frame.columns if name in frame and not name.endswith("_key")]
    for name in names:  # the browser cuts what is beyond the last decimal, where every other place rounds it
        if pd.api.types.is_float_dtype(shown[name]):
            shown[name] = [round(value, _places(name)) for value in shown[name]]
    st.dataframe(
        shown[names],
        hide_index=True,
        column_config={name: column(name, frame[name]) for name in names} | dict(special or {}),
        row_height=_ROW_HEIGHT,
        height=(rows + 1) * _ROW_HEIGHT + 3 if len(shown) > rows else "content",
        placeholder=formats.NOTHING,
        alt=alt,
    )
    if len(frame) > len(shown):
        st.caption(f"The first {len(shown):,} of {len(frame):,} rows; the download has them all.")


def score_cuts(frame: pd.DataFrame, *, alt: str, **_: object) -> None:
    """The cut points, a row each, with a column a score in its own unit: so they can be read on a phone."""
    points = {
        _label(name): {
            measure.capitalize(): plain(customer_words.cut_point(value, measure))
            for measure, value in zip(frame.score, frame[name], strict=True)
        }
        for name in frame
        if name.startswith("cut_")
    }
    rows = [{"Cut at the": f"**{point}**"} | texts for point, texts in points.items()]
    st.table(pd.DataFrame(rows), border="horizontal", hide_index=True, alt=alt)


def column(name: str, values: pd.Series) -> object:
    """How a table shows a column: its label, its definition on hover, its format."""
    said = COLUMNS.get(name)
    label = _label(name)
    definition = said.definition if said else None
    if name == "revenue_share":
        largest = max(float(values.max()), 0.0) if values.notna().any() else 0.0
        return st.column_config.ProgressColumn(
            label, help=definition, format="percent", step=0.0001, min_value=0, max_value=largest or 1.0
        )
    if name == "revenue_by_quarter":
        return st.column_config.BarChartColumn("By quarter", help="Revenue of the last twelve quarters.", y_min=0)
    if pd.api.types.is_datetime64_any_dtype(values):
        return st.column_config.DateColumn(
            label, help=definition, format="MMM YYYY" if name == "month" else formats.table_date()
        )
    if (said and said.format in _NUMBERS) or pd.api.types.is_float_dtype(values):
        form, step = _number(name)
        return st.column_config.NumberColumn(label, help=definition, format=form, step=step)
    return st.column_config.Column(label, help=definition)


def _label(name: str) -> str:
    """What a column is called."""
    if name in COLUMNS:
        return COLUMNS[name].label
    return f"{name[4:]} % point" if name.startswith("cut_") else name.replace("_", " ").capitalize()


def _places(name: str) -> int:
    """Decimals of a column of numbers."""
    return -round(math.log10(_number(name)[1]))


def _number(name: str) -> tuple[str, float]:
    """Form and step of a column of numbers."""
    known = COLUMNS[name].format if name in COLUMNS else None
    return _NUMBERS[known if known in _NUMBERS else Format.SHARE if name.endswith("_share") else Format.MONEY]


def download(frame: pd.DataFrame, name: str, mart: Mart, filter: Filter, *, key: str, label: str = "") -> None:
    """A button that hands over all the rows as CSV, made when it is clicked."""
    st.download_button(label, lambda: csv(frame), file_name(name, mart, filter, "csv"), "text/csv", key=key,
                       type="tertiary", icon=":material/download:",
                       help="Download the rows (CSV)", on_click="ignore")  # fmt: skip


def csv(frame: pd.DataFrame) -> bytes:
    """The rows as a spreadsheet reads them: UTF-8 with its mark, days as YYYY-MM-DD."""
    return frame.to_csv(index=False, date_format="%Y-%m-%d").encode("utf-8-sig")
