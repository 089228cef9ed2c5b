"""What charts over time are made of: an axis of days, lines with their ends named, unseen strips to hover over.

Days are instants of UTC, so that no viewer's time zone moves a day. Axes reach as far as their rows say, with `reach`:
a chart of other rows is the same, and the browser only changes the rows.
"""

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from core.charts import style
from core.charts.style import Tip
from core.formats import Format, axis, short
from core.theme import Theme

DAY = 86_400_000  # milliseconds
_LINE_OF_TEXT, _AXIS_ROOM = 15, 40
ABOVE = 1.06  # how far an axis goes beyond its largest value


@dataclass(frozen=True)
class Ending:
    """What is written at the right end of a line: the text, at which value, in which colour."""

    text: str
    at: float
    colour: str


def extent(*groups: Sequence[object]) -> tuple[float, float]:
    """The smallest and the largest of some values and zero."""
    values = [style.number(value) for group in groups for value in group]
    return min(0.0, *values, 0.0), max(0.0, *values, 0.0)


def at(day: pd.Timestamp) -> float:
    """Where a day begins on an axis of days, in milliseconds."""
    return day.timestamp() * 1000


def line(
    frame: pd.DataFrame, colour: str, x: alt.X, y: alt.Y, column: str = "y", gaps: bool = True, **mark: object
) -> alt.Chart:
    """A line through the frame's x and `column`; without `gaps`, past rows that have no value."""
    drawn = {"color": colour, "strokeWidth": 2, "aria": False, "tooltip": None, **mark}
    if not gaps:
        drawn["invalid"] = "filter"
    return alt.Chart(frame).mark_line(**drawn).encode(x=of(x, "x"), y=of(y, column))


def dots(frame: pd.DataFrame, x: alt.X, y: alt.Y) -> alt.Chart:
    """A dot at each x and y of the frame, in its colour and size."""
    mark = alt.Chart(frame).mark_point(filled=True, opacity=1, aria=False, tooltip=None)
    size = alt.Size("size:Q", scale=None, legend=None)
    return mark.encode(x=of(x, "x"), y=of(y, "y"), size=size, color=style.column("colour", alt.Color))


def reach(left: float, right: float, low: float, high: float) -> list[dict]:
    """Rows for `dots` without a size at two corners of the plot, so that its axes span these and a little more."""
    low, high = (low * ABOVE, high * ABOVE) if high > low else (0.0, 1.0)
    return [{"x": left, "y": low, "size": 0}, {"x": right, "y": high, "size": 0}]


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
    written, shown = with_strips(frame, tips, half, days)
    chart = strips(theme, x, shown, clickable=len(days) > 0)
    chart.data = written
    return chart


def with_strips(
    frame: pd.DataFrame,
    tips: Sequence[Tip],
    half: float,
    days: Sequence[datetime.date | None] = (),
    columns: Sequence[str] = (),
) -> tuple[pd.DataFrame, list[alt.Tooltip]]:
    """What `strips` draws of the frame, with these `columns` as they are, and the tooltip.

    Strips of days end where the first and the last x are.
    """
    written, shown = style.with_tips(frame, tips)
    low, high = (written.x.min(), written.x.max()) if len(days) else (-math.inf, math.inf)
    written["left"] = [max(low, x - half) for x in written.x]
    written["right"] = [min(high, x + half) for x in written.x]
    names = ["left", "right", "said", *(f"tip_{place}" for place in range(len(shown)))]
    if len(days):
        written["month"] = [None if day is None else f"{day:%Y-%m}" for day in days]
        names.append("month")
    return written[[*columns, *names]], shown


def strips(theme: Theme, x: alt.X, tips: Sequence[alt.Tooltip], *, clickable: bool) -> alt.Chart:
    """The strips of the chart's own rows."""
    cursor = {"cursor": "pointer"} if clickable else {}
    marks = alt.Chart().mark_rect(opacity=0, fill=theme.ink, **cursor)
    marks = marks.encode(
        x=of(x, "left"), x2=alt.X2("right:Q"), tooltip=list(tips), description=alt.Description("said:N")
    )
    return style.named(marks, "marks").add_params(*style.pickers(["month"])) if clickable else marks


def endings(
    ends: Sequence[Ending], at: float, x: alt.X, y: alt.Y, theme: Theme, span: tuple[float, float], height: int
) -> alt.Chart:
    """Labels beside x = `at`, as `placed` says."""
    return words(pd.DataFrame(placed(ends, at, span, height)), x, y, theme)


def placed(ends: Sequence[Ending], at: float, span: tuple[float, float], height: int) -> list[dict]:
    """Rows for `words`: labels beside x = `at`, moved apart where they would cover each other.

    `span` is what the height stands for.
    """
    gap = _LINE_OF_TEXT * ((span[1] - span[0]) or 1.0) * ABOVE / (height - _AXIS_ROOM)
    ordered = sorted(ends, key=lambda end: end.at)
    levels: list[float] = []
    for end in ordered:
        levels.append(max(end.at, levels[-1] + gap) if levels else end.at)
    over = max(0.0, levels[-1] - span[1] * ABOVE) if levels else 0.0
    for place in range(len(levels) - 1, -1, -1):
        levels[place] -= over
        over = max(0.0, levels[place - 1] + gap - levels[place]) if place else 0.0
    return [
        {"x": at, "level": level, "label": end.text, "colour": end.colour}
        for end, level in zip(ordered, levels, strict=True)
    ]


def words(frame: pd.DataFrame, x: alt.X, y: alt.Y, theme: Theme) -> alt.Chart:
    """Each label to the right of its x, at its level, in its colour."""
    said = style.text(frame, theme, align="left", dx=6, fontWeight=600)
    colour = style.column("colour", alt.Color)
    return said.encode(x=of(x, "x"), y=of(y, "level"), text=alt.Text("label:N"), color=colour)


def shaded(months: Sequence[datetime.date], first: pd.Timestamp, last: pd.Timestamp) -> list[dict]:
    """Rows for `shades`: each of these months between two days, and the words "looks incomplete"."""
    rows = []
    for month in months:
        start = max(pd.Timestamp(month), first)
        end = min(pd.Timestamp(month) + pd.offsets.MonthEnd(0), last)
        if start <= end:
            rows.append({"start": at(start), "end": at(end), "thin": f"{start:%B %Y} looks incomplete"})
    return rows


def shades(frame: pd.DataFrame, theme: Theme, x: alt.X) -> list[alt.Chart]:
    """A shade from each start to its end, and what is thin there."""
    rect = alt.Chart(frame).mark_rect(color=theme.land, opacity=0.7, aria=False, tooltip=None)
    said = style.text(frame, theme, align="right", dx=-4, color=theme.quiet)
    return [
        rect.encode(x=of(x, "start"), x2=alt.X2("end:Q")),
        said.encode(x=of(x, "end"), y=alt.value(alt.ExprRef("height - 10")), text=alt.Text("thin:N")),
    ]


def day_axis() -> alt.X:
    """An axis of days that names months, or every few months, where they begin; within a month some of its days.

    Vega finds out which from where the axis begins and ends.
    """
    first, end = "domain('x')[0]", "domain('x')[1]"
    last = f"max(+{first}, {end} - {DAY})"
    begun = f"(utcdate({first}) == 1 ? 1 : 0)"
    months = f"(12 * (utcyear({last}) - utcyear({first})) + utcmonth({last}) - utcmonth({first}) + {begun})"
    every = "".join(
        f"{months} <= {7 * step * size} ? {{interval: '{interval}', step: {step}}} : "
        for interval, size, steps in (("month", 1, (1, 2, 3, 6)), ("year", 12, (1, 2, 5)))
        for step in steps
    )
    quarters = f"sequence(+{first}, {end} - 0 + 1, max(1, floor(({end} - {first}) / {4 * DAY})) * {DAY})"
    named = f"utcFormat(datum.value, utcyear({first}) == utcyear({last}) ? '%b' : '%b %y')"
    return alt.X(
        "x:T",
        title=None,
        axis=alt.Axis(
            grid=False,
            tickCount=alt.ExprRef(f"{every}{{interval: 'year', step: 10}}"),
            values=alt.ExprRef(f"{months} > 1 ? null : {quarters}"),
            labelExpr=f"{months} <= 1 ? utcFormat(datum.value, '%-d %b') : datum.value < {end} ? {named} : ''",
            labelAlign="left",
            labelOverlap=True,
        ),
        scale=alt.Scale(type="utc", nice=False),
    )


def money_axis(span: tuple[float, float] | None = None) -> alt.Y:
    """An axis of money with about four ticks, longer than the span of values, else as long as the rows reach."""
    domain = {}
    if span:
        low, high = span
        domain = {"domain": [low * ABOVE, high * ABOVE] if high > low else [0, 1]}
    return alt.Y(
        "y:Q",
        title=None,
        axis=alt.Axis(tickCount=4, labelExpr=axis(Format.MONEY)),
        scale=alt.Scale(**domain, nice=False, zero=True),
    )


def of(channel: alt.X | alt.Y, field: str) -> alt.X | alt.Y:
    """The same axis for another column."""
    other = channel.copy()
    other.shorthand = f"{field}:{channel.shorthand[-1]}"
    return other


def money(value: object) -> str:
    """Money as labels write it."""
    return short(value, Format.MONEY)
