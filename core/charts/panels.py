"""Horizontal bars with direct labels: one measure, or several side by side in one view, a row a name."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from core.charts import style
from core.charts.style import Tip
from core.formats import Format, short
from core.theme import Theme

BAR, STEP = 16, 27
_BAR_PART = {1: 1.0, 2: 0.46, 3: 0.5}


@dataclass(frozen=True)
class Panel:
    """One measure: its heading, column and format, the colour of each row, and the value its scale goes up to."""

    column: str
    format: Format
    colours: Sequence[str]
    heading: str = ""
    limit: float | None = None
    labels: Sequence[str] | None = None


@dataclass(frozen=True)
class Rows:
    """What the rows are: the column with their names, what a click yields, which are chosen, which stand bold."""

    name: str
    pick: Sequence[str]
    chosen: Sequence[str] = ()
    bold: Sequence[bool] | None = None


def draw(
    frame: pd.DataFrame,
    theme: Theme,
    rows: Rows,
    panels: Sequence[Panel],
    tips: Sequence[Tip],
    *,
    description: str,
    height: int | None = None,
    narrowest: int = style.PHONE,
    note: str = "",
) -> alt.LayerChart:
    """Bars of each panel in the order of the frame's rows."""
    height = height or max(60, len(frame) * STEP + (24 if panels[0].heading else 0))
    marks, shown = _marks(frame, theme, rows, panels, tips)
    keys = list(dict.fromkeys(marks["row"]))
    zeros = [_scale(panel, place, frame, len(panels))[0] for place, panel in enumerate(panels)]
    y = alt.Y(
        "row:N",
        sort="ascending",
        title=None,
        axis=_row_axis(theme),
        scale=alt.Scale(paddingInner=0.1, paddingOuter=0.1),
    )
    heading = alt.Axis(
        orient="top",
        values=zeros,
        labelExpr=style.tick_labels(zeros, [panel.heading for panel in panels]),
        labelAlign="left",
        labelPadding=4,
        labelOverlap=False,
        labelLimit=0,
        grid=True,
        title=None,
        **({} if panels[0].heading else {"labels": False}),
    )
    x = alt.X("start:Q", axis=heading, scale=alt.Scale(domain=[0, len(panels)], nice=False, zero=False))
    size = min(BAR, 0.66 * height / max(len(keys), 1))
    bars = alt.Chart(marks).mark_bar(size=size, cornerRadius=2, cursor="pointer")
    bars = style.clickable(bars, shown, rows.pick, x=x, x2=alt.X2("end:Q"), y=y)
    labels = style.text(marks, theme, align="left", dx=5).encode(
        x=alt.X("label_at:Q"), y=y, text=alt.Text("label:N"), color=style.column("label_colour", alt.Color)
    )
    layers = style.layered(bars, style.named(labels, "labels"))
    return style.finish(layers, theme, description=description, height=height, narrowest=narrowest, note=note)


def largest(frame: pd.DataFrame, name: str, limit: int, measure: str, what: str) -> pd.DataFrame:
    """The rows with the largest measure, falling; those beyond `limit` summed into a last row with their number."""
    ordered = frame.sort_values([measure, name], ascending=[False, True], na_position="last", ignore_index=True)
    if len(ordered) <= limit + 1:
        return ordered
    rest = ordered.iloc[limit:]
    summed = {column: rest[column].sum() for column in rest.select_dtypes("number")}
    return pd.concat([ordered.iloc[:limit], pd.DataFrame([{name: f"{len(rest)} other {what}", **summed}])])


def _marks(
    frame: pd.DataFrame, theme: Theme, rows: Rows, panels: Sequence[Panel], tips: Sequence[Tip]
) -> tuple[pd.DataFrame, list[alt.Tooltip]]:
    """One row per bar: row and panel, from where to where, its label, colours and tips."""
    written, shown = style.with_tips(frame.reset_index(drop=True), tips)
    bold = rows.bold or [False] * len(written)
    names = [str(name) for name in written[rows.name]]
    # Its place goes before the name: sorted by the alphabet, rows in any order make the same axis.
    written["row"] = [
        f"{place:03}\t{name}\t{'bold' if heavy else ''}"
        for place, (name, heavy) in enumerate(zip(names, bold, strict=True))
    ]
    written["opacity"] = style.opacities(names, rows.chosen)
    written["label_colour"] = [theme.ink if opacity == 1 else theme.quiet for opacity in written.opacity]
    parts = []
    for place, panel in enumerate(panels):
        zero, unit = _scale(panel, place, frame, len(panels))
        values = [style.number(value) for value in written[panel.column]]
        ends = [zero + value * unit for value in values]
        labels = panel.labels or [short(value, panel.format) for value in written[panel.column]]
        parts.append(
            written.assign(
                start=zero,
                end=ends,
                label_at=[max(zero, end) for end in ends],
                label=list(labels),
                colour=list(panel.colours),
            )
        )
    columns = ["row", "start", "end", "label_at", "label", "colour", "label_colour", "opacity", "said", *rows.pick]
    columns += [column for column in written if column.startswith("tip_")]
    return pd.concat(parts, ignore_index=True)[list(dict.fromkeys(columns))], shown


def _scale(panel: Panel, place: int, frame: pd.DataFrame, count: int) -> tuple[float, float]:
    """Where the panel's zero lies on an axis from 0 to the number of panels, and how long one unit is."""
    values = [style.number(value) for value in frame[panel.column]]
    low, high = min(0.0, *values), max(0.0, panel.limit or 0.0, *values)
    unit = _BAR_PART[count] / (high - low) if high > low else 0.0
    return place - low * unit, unit


def _row_axis(theme: Theme) -> alt.Axis:
    heavy = alt.condition("split(datum.label, '\\t')[2] == 'bold'", alt.value(600), alt.value(400))
    return alt.Axis(
        labelExpr="split(datum.label, '\\t')[1]",
        labelColor=theme.ink,
        labelFontWeight=heavy,
        labelOverlap=False,
        title=None,
        grid=False,
    )
