"""Products as bubbles: units against revenue, sized by profit, named where there is room."""

import math
from collections.abc import Sequence

import altair as alt
import pandas as pd

from core.charts import style
from core.charts.style import Tip
from core.formats import Format, axis, digits, short, unit
from core.theme import Theme

_NARROWEST, _WIDTH, _HEIGHT = 720, 620, 260  # px; labels are placed for this plot
_NAMED = 16  # more labels than this are noise
_SMALLEST, _LARGEST = 30, 1530  # square px
_LOSS = "triangle-down"
_LOG = alt.Scale(type="log", nice=False)
_TIPS = (
    Tip("Category", "category", Format.TEXT),
    Tip("Units", "items", Format.COUNT),
    Tip("Revenue", "revenue", Format.MONEY),
    Tip("Profit", "profit", Format.MONEY),
)


def product_bubbles(
    frame: pd.DataFrame,
    theme: Theme,
    *,
    name: str = "product",
    chosen: Sequence[str] = (),
    height: int = 340,
) -> alt.LayerChart:
    """Units against revenue, both logarithmic, one bubble a product (or `name`), its area the profit; triangles lose.

    Takes products. Rows without positive units and revenue cannot stand on the axes: `usermeta["note"]` counts them.
    Without a profit all bubbles have one size and the accent. A click yields `product` (or `name`).
    """
    rows = _bubbles(frame, theme, name, chosen)
    left_out = len(frame) - len(rows)
    verb = "is" if left_out == 1 else "are"
    note = f"{left_out} without positive units and revenue {verb} not drawn." if left_out else ""
    wide, high = _padded(rows["items"]), _padded(rows.revenue)
    known = [tip for tip in (Tip(name.capitalize(), name, Format.TEXT), *_TIPS) if tip.column in rows]
    written, shown = style.with_tips(_labelled(rows, name, wide, high), known)
    layers = [
        style.clickable(
            alt.Chart(written).mark_point(filled=True, stroke=theme.ground, strokeWidth=1, cursor="pointer"),
            shown,
            [name],
            x=alt.X("items:Q", axis=_log_axis("x", "Units sold (log)", Format.COUNT), scale=_LOG),
            y=alt.Y("revenue:Q", axis=_log_axis("y", f"{unit('Revenue')} (log)", Format.MONEY), scale=_LOG),
            size=alt.Size("area:Q", scale=None, legend=None),
            shape=alt.Shape("shape:N", scale=None, legend=None),
            order=alt.Order("area:Q", sort="descending"),
        )
    ]
    key = "Area: profit, ▼ a loss" if (rows["shape"] == _LOSS).any() else "Area: profit" if "profit" in rows else ""
    plot = pd.DataFrame([{"key": key, "left": wide[0], "right": wide[1], "low": high[0], "high": high[1]}])
    words = style.text(plot, theme, align="left", baseline="top", color=theme.quiet)
    names = style.text(written, theme, align=alt.ExprRef("datum.side"), baseline="middle")
    layers += [
        alt.Chart(plot)
        .mark_rect(fillOpacity=0, aria=False, tooltip=None)
        .encode(x=alt.X("left:Q"), x2=alt.X2("right:Q"), y=alt.Y("low:Q"), y2=alt.Y2("high:Q")),
        words.encode(x=alt.value(6), y=alt.value(4), text=alt.Text("key:N")),
        names.encode(x=alt.X("label_x:Q"), y=alt.Y("label_y:Q"), text=alt.Text("label:N")),
    ]
    return style.finish(
        style.layered(*layers),
        theme,
        description=_finding(rows, name, note),
        height=height,
        narrowest=_NARROWEST,
        note=note,
    )


def _bubbles(frame: pd.DataFrame, theme: Theme, name: str, chosen: Sequence[str]) -> pd.DataFrame:
    """The rows that can stand on logarithmic axes, largest revenue first, with area and colour by profit."""
    rows = frame[(frame["items"] > 0) & (frame.revenue > 0)].sort_values("revenue", ascending=False, ignore_index=True)
    profits = [style.number(value) for value in rows.profit] if "profit" in rows else [0.0] * len(rows)
    largest = max([abs(value) for value in profits], default=0.0) or 1.0
    return rows.assign(
        items=rows["items"].astype(float),
        revenue=rows.revenue.astype(float),
        area=[_SMALLEST + (_LARGEST - _SMALLEST) * abs(value) / largest for value in profits],
        colour=[theme.accent if not value else theme.loss if value < 0 else theme.gain for value in profits],
        shape=[_LOSS if value < 0 else "circle" for value in profits],
        opacity=[0.8 * part for part in style.opacities(rows[name], chosen)],
    )


def _padded(values: pd.Series) -> list[float]:
    if not len(values):
        return [1.0, 10.0]
    low, high = float(values.min()), float(values.max())
    room = max(1.8, (high / low) ** 0.07)
    return [low / room, high * room]


def _log_axis(channel: str, title: str, format: Format) -> alt.Axis:
    """Powers of ten as ticks, and their threefold where the axis spans few; Vega leaves out what lies beyond it."""
    powers = range(-6, 16)
    few, many = ([step * 10.0**power for power in powers for step in steps] for steps in ((1, 3), (1,)))
    first, last = (f"log(domain('{channel}')[{end}]) / LN10" for end in (0, 1))
    ticks = alt.ExprRef(f"ceil({last}) - floor({first}) <= 3 ? {few} : {many}")
    return alt.Axis(title=title, values=ticks, labelExpr=axis(format), labelOverlap=True)


def _labelled(rows: pd.DataFrame, name: str, wide: Sequence[float], high: Sequence[float]) -> pd.DataFrame:
    """A label for the largest bubbles wherever it covers neither a bubble nor another label, at the narrowest width."""

    def part(value: float, domain: Sequence[float]) -> float:
        return math.log(value / domain[0]) / math.log(domain[1] / domain[0])

    def value(at: float, domain: Sequence[float]) -> float:
        return domain[0] * (domain[1] / domain[0]) ** at

    centres = [
        (part(units, wide) * _WIDTH, part(revenue, high) * _HEIGHT, math.sqrt(area / math.pi))
        for units, revenue, area in zip(rows["items"], rows.revenue, rows.area, strict=True)
    ]
    taken = [(x - r, y - r, x + r, y + r) for x, y, r in centres]
    placed = []
    for text, centre in zip(rows[name], centres, strict=True):
        full = sum(bool(label) for label, _, _, _ in placed) == _NAMED
        placed.append(("", "left", *centre[:2]) if full else _place(str(text), centre, taken))
    return rows.assign(
        label=[text for text, _, _, _ in placed],
        side=[side for _, side, _, _ in placed],
        label_x=[value(at / _WIDTH, wide) if text else None for text, _, at, _ in placed],
        label_y=[value(level / _HEIGHT, high) if text else None for text, _, _, level in placed],
    )


def _place(text: str, centre: Sequence[float], taken: list[tuple]) -> tuple[str, str, float, float]:
    """A label's text, side and place beside its bubble, added to what is taken; no text where there is no room."""
    x, y, r = centre
    text = text if len(text) <= 24 else f"{text[:23]}…"
    width = 6.4 * len(text)
    for side, at, level in (
        ("left", x + r + 4, y),
        ("center", x, y + r + 9),
        ("center", x, y - r - 9),
        ("right", x - r - 4, y),
    ):
        left = at - {"left": 0, "center": width / 2, "right": width}[side]
        box = (left, level - 7, left + width, level + 7)
        inside = box[0] >= 0 and box[2] <= _WIDTH and box[1] >= 0 and box[3] <= _HEIGHT
        if inside and not any(_overlap(box, other) for other in taken):
            taken.append(box)
            return text, side, at, level
    return "", "left", x, y


def _overlap(one: Sequence[float], other: Sequence[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _finding(rows: pd.DataFrame, name: str, note: str) -> str:
    if not len(rows):
        return f"No {name} has positive units and revenue. {note}".strip()
    first = rows.iloc[0]
    text = f"{first[name]} sold most: {short(first.revenue, Format.MONEY)} from {digits(first['items'])} units"
    losses = int((rows.profit < 0).sum()) if "profit" in rows else 0
    return f"{text}; {losses} of {len(rows)} are sold at a loss. {note}".strip()
