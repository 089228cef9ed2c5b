"""What charts over time are made of: an axis of days, lines with their ends named, unseen strips to hover over.

Days are plain numbers on the axis and months are written by us, so that no viewer's time zone moves a day.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from core.charts import style
from core.charts.style import Tip
from core.formats import Format, axis, short
from core.theme import Theme

_LINE_OF_TEXT, _AXIS_ROOM = 15, 40
ABOVE = 1.06  # how far an axis goes beyond its largest value


@dataclass(frozen=True)
class Ending:
    """What is written at the right end of a line: the text, at which value, in which colour."""

    text: str
    at: float
    colour: str


@dataclass(frozen=True)
class Band:
    """A part (0-1) of the plot's height with a scale of its own: where a value lies, and its ticks."""

    bottom: float
    top: float
    values: Sequence[object]

    def at(self, value: object) -> float:
        """The height (0-1) at which a value lies."""
        low, high = extent(self.values)
        return self.bottom + (style.number(value) - low) / ((high - low) or 1.0) * (self.top - self.bottom)

    @property
    def ticks(self) -> tuple[list[float], list[str]]:
        """Heights and labels of zero, the largest value, and the smallest below zero."""
        values = sorted({0.0, *extent(self.values)})
        return [round(self.at(value), 6) for value in values], [money(value) for value in values]


def extent(*groups: Sequence[object]) -> tuple[float, float]:
    """The smallest and the largest of some values and zero."""
    values = [style.number(value) for group in groups for value in group]
    return min(0.0, *values, 0.0), max(0.0, *values, 0.0)


def line(frame: pd.DataFrame, colour: str, x: alt.X, y: alt.Y, **mark: object) -> alt.Chart:
    """A line through the frame's x and y; a single point is drawn as a dot."""
    drawn = {"color": colour, "strokeWidth": 2, "aria": False, "tooltip": None, **mark}
    chart = alt.Chart(frame[["x", "y"]])
    if len(frame) == 1:
        return dot(frame, colour, x, y)
    return chart.mark_line(**drawn).encode(x=of(x, "x"), y=of(y, "y"))


def dot(frame: pd.DataFrame, colour: str, x: alt.X, y: alt.Y, size: int = 60) -> alt.Chart:
    """A dot at each x and y of the frame."""
    mark = alt.Chart(frame[["x", "y"]]).mark_point(
        filled=True, size=size, color=colour, opacity=1, aria=False, tooltip=None
    )
    return mark.encode(x=of(x, "x"), y=of(y, "y"))


def hover(
    frame: pd.DataFrame,
    theme: Theme,
    tips: Sequence[Tip],
    x: alt.X,
    half: float = 0.5,
    days: Sequence[datetime.date | None] = (),
) -> alt.Chart:
    """An unseen strip around each x that carries the tooltip, so that the pointer need not hit a line.

    Where the strips stand for `days`, a click yields the `month` of its day as YYYY-MM, and nothing where it is None.
    """
    written, shown = style.with_tips(frame, tips)
    written = written.assign(left=written.x - half, right=written.x + half)
    names = [f"tip_{place}" for place in range(len(shown))]
    if len(days):
        written["month"] = [None if day is None else f"{day:%Y-%m}" for day in days]
        names.append("month")
    cursor = {"cursor": "pointer"} if len(days) else {}
    strips = alt.Chart(written[["left", "right", "said", *names]]).mark_rect(opacity=0, fill=theme.ink, **cursor)
    strips = strips.encode(x=of(x, "left"), x2=alt.X2("right:Q"), tooltip=shown, description=alt.Description("said:N"))
    return style.named(strips, "marks").add_params(*style.pickers(["month"])) if len(days) else strips


def endings(
    ends: Sequence[Ending], at: float, x: alt.X, y: alt.Y, theme: Theme, span: tuple[float, float], height: int
) -> alt.Chart:
    """Labels beside x = `at`, moved apart where they would cover each other; `span` is what the height stands for."""
    gap = _LINE_OF_TEXT * ((span[1] - span[0]) or 1.0) * ABOVE / (height - _AXIS_ROOM)
    placed = sorted(ends, key=lambda end: end.at)
    levels: list[float] = []
    for end in placed:
        levels.append(max(end.at, levels[-1] + gap) if levels else end.at)
    over = max(0.0, levels[-1] - span[1] * ABOVE)
    for place in range(len(levels) - 1, -1, -1):
        levels[place] -= over
        over = max(0.0, levels[place - 1] + gap - levels[place]) if place else 0.0
    rows = pd.DataFrame(
        [
            {"x": at, "y": level, "label": end.text, "colour": end.colour}
            for end, level in zip(placed, levels, strict=True)
        ]
    )
    words = style.text(rows, theme, align="left", dx=6, fontWeight=600)
    return words.encode(x=of(x, "x"), y=of(y, "y"), text=alt.Text("label:N"), color=style.column("colour", alt.Color))


def shades(
    months: Sequence[datetime.date], first: pd.Timestamp, last: pd.Timestamp, theme: Theme, x: alt.X
) -> list[alt.Chart]:
    """A shade over each of these months between two days, and the words "looks incomplete"."""
    rows = []
    for month in months:
        start = max(pd.Timestamp(month), first)
        end = min(pd.Timestamp(month) + pd.offsets.MonthEnd(0), last)
        if start <= end:
            label = f"{start:%B %Y} looks incomplete"
            rows.append({"start": (start - first).days, "end": (end - first).days, "label": label})
    if not rows:
        return []
    frame = pd.DataFrame(rows)
    rect = alt.Chart(frame).mark_rect(color=theme.land, opacity=0.7, aria=False, tooltip=None)
    words = style.text(frame, theme, align="right", dx=-4, color=theme.quiet)
    return [
        rect.encode(x=of(x, "start"), x2=alt.X2("end:Q")),
        words.encode(x=of(x, "end"), y=alt.value(alt.ExprRef("height - 10")), text=alt.Text("label:N")),
    ]


def day_axis(first: pd.Timestamp, days: int) -> alt.X:
    """Days since `first` as an axis that names months, or every few months, where they begin."""
    last = first + pd.Timedelta(days=max(days - 1, 0))
    begins = pd.date_range(first.normalize(), last, freq="MS")
    if len(begins) <= 1:
        shown, form = [first + pd.Timedelta(days=step) for step in range(0, days + 1, max(1, days // 4))], "%-d %b"
    else:
        every = next((step for step in (1, 2, 3, 6, 12, 24, 60) if len(begins) / step <= 7), 120)
        shown = [day for day in begins if (day.year * 12 + day.month - 1) % every == 0]
        form = "%b %y" if first.year != last.year else "%b"
    ticks = [(day - first).days for day in shown]
    labels = style.tick_labels(ticks, [day.strftime(form) for day in shown])
    return alt.X(
        "x:Q",
        title=None,
        axis=alt.Axis(grid=False, values=ticks, labelExpr=labels, labelAlign="left", labelOverlap=True),
        scale=alt.Scale(domain=[0, days], nice=False, zero=False),
    )


def money_axis(low: float, high: float) -> alt.Y:
    """An axis of money with about four ticks, a little longer than the values."""
    return alt.Y(
        "y:Q",
        title=None,
        axis=alt.Axis(tickCount=4, labelExpr=axis(Format.MONEY)),
        scale=alt.Scale(domain=[low * ABOVE, high * ABOVE] if high > low else [0, 1], nice=False, zero=True),
    )


def of(channel: alt.X | alt.Y, field: str) -> alt.X | alt.Y:
    """The same axis for another column."""
    other = channel.copy()
    other.shorthand = f"{field}:Q"
    return other


def money(value: object) -> str:
    """Money as labels write it."""
    return short(value, Format.MONEY)
