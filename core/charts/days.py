"""A month by day: a bar a day, and above them the month to date against last month."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from core.charts import lines, style
from core.charts.lines import Ending, dots, extent, line, money, of, placed, words
from core.charts.style import Tip
from core.formats import Format
from core.theme import Theme

_COLUMNS = ("x", "before", "now", "bar_left", "bar_right", "base", "bar")


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
    def ticks(self) -> list[tuple[float, str]]:
        """Heights and labels of zero, the largest value, and the smallest below zero."""
        return [(round(self.at(value), 6), money(value)) for value in sorted({0.0, *extent(self.values)})]


def daily_revenue(frame: pd.DataFrame, theme: Theme, *, height: int = 330) -> alt.LayerChart:
    """Above, the month to date against last month (dashed); below, a bar a day. Takes month_days."""
    rows = frame.reset_index(drop=True).assign(x=frame.day.astype(float).to_numpy())
    sums = ("revenue_month_to_date", "revenue_month_to_date_last_month")
    upper, lower = Band(0.4, 1.0, [*rows[sums[0]], *rows[sums[1]]]), Band(0.0, 0.3, rows.revenue)
    last_day = max(float(rows.x.max()), 28.0)
    ends, dotted, reached = [], [], []
    for name, column, colour in (
        (_month_of(rows, -1), sums[1], theme.earlier),
        (_month_of(rows, 0), sums[0], theme.accent),
    ):
        part = rows[rows[column].notna()]
        if len(part):
            end = part[column].iloc[-1]
            ends.append(Ending(f"{name}: {money(end)}", upper.at(end), colour))
            dotted += [{"x": part.x.iloc[0], "y": ends[-1].at, "size": 60, "colour": colour}] * (len(part) == 1)
            reached.insert(0, (name, money(end)))
    tips = [
        Tip("Day", "date", Format.DATE),
        Tip("Revenue", "revenue", Format.MONEY),
        Tip("Same day last month", "revenue_last_month", Format.MONEY),
        Tip("Month to date", sums[0], Format.MONEY),
        Tip("Last month to date", sums[1], Format.MONEY),
    ]
    written, shown = lines.with_strips(_bands(rows, upper, lower, sums), tips, 0.5, columns=_COLUMNS)
    said = pd.DataFrame(
        [
            *({"grid": level, "tick": label} for band in (upper, lower) for level, label in band.ticks),
            *({"x": edge, "y": 0.0, "size": 0} for edge in (0.4, last_day + 0.6)),
            *dotted,
            *placed(ends, last_day, (0, 1.0), height),
        ],
        columns=["x", "y", "size", "colour", "level", "label", "grid", "tick"],
    )
    x = alt.X(
        "x:Q",
        title="Day of the month",
        axis=alt.Axis(grid=False, values=[1, 5, 10, 15, 20, 25, 30], format="d"),
        scale=alt.Scale(nice=False, zero=False),
    )
    y = alt.Y("y:Q", title=None, axis=None, scale=alt.Scale(domain=[0, 1.02], nice=False))
    layers = [
        *_ticks(said, theme, y),
        _day_bars(theme, x, y),
        line(alt.Undefined, theme.earlier, x, y, "before", strokeDash=style.DASH),
        line(alt.Undefined, theme.accent, x, y, "now", strokeWidth=2.5),
        dots(said, x, y),
        lines.strips(theme, x, shown, clickable=False),
        words(said, x, y, theme),
    ]
    best = rows.loc[rows.revenue.fillna(0).idxmax()]
    finding = f"{reached[0][0]} brought {reached[0][1]}" if reached else "No revenue"
    finding += f", against {reached[1][1]} in {reached[1][0]}" if len(reached) > 1 else ""
    return style.finish(
        style.layered(*layers, rows=written),
        theme,
        description=f"{finding}. The best day was day {best.day:.0f} with {money(best.revenue)}.",
        height=height,
    )


def _bands(rows: pd.DataFrame, upper: Band, lower: Band, sums: Sequence[str]) -> pd.DataFrame:
    """The days with the heights of both months to date, and of the day's bar."""
    before, now = (
        [None if value is pd.NA or value != value else upper.at(value) for value in rows[column]]
        for column in reversed(sums)
    )
    for heights in (before, now):
        if not any(heights):
            heights[0] = upper.at(0)  # a line through one point is not drawn
    return rows.assign(
        before=before,
        now=now,
        bar_left=rows.x - 0.34,
        bar_right=rows.x + 0.34,
        base=lower.at(0),
        bar=[lower.at(value) for value in rows.revenue],
    )


def _ticks(said: pd.DataFrame, theme: Theme, y: alt.Y) -> list[alt.Chart]:
    """Lines across the plot and their labels, as an axis draws them: both bands have a scale of their own."""
    rules = alt.Chart(said).mark_rule(color=theme.line, aria=False, tooltip=None)
    labels = style.text(said, theme, align="right", baseline="middle", dx=-6, color=theme.quiet)
    return [
        rules.encode(y=of(y, "grid")),
        labels.encode(y=of(y, "grid"), x=alt.value(0), text=alt.Text("tick:N")),
    ]


def _day_bars(theme: Theme, x: alt.X, y: alt.Y) -> alt.Chart:
    """A bar a day within its band, from its zero."""
    marks = alt.Chart().mark_rect(color=theme.accent, cornerRadius=1, aria=False, tooltip=None)
    return marks.encode(x=of(x, "bar_left"), x2=alt.X2("bar_right:Q"), y=of(y, "bar"), y2=alt.Y2("base:Q"))


def _month_of(rows: pd.DataFrame, shift: int) -> str:
    """The name of the frame's month, or of the one so many before."""
    dated = rows.date.dropna()
    if not len(dated):
        return ("This month", "Last month")[-shift]
    return f"{dated.iloc[0].replace(day=1) + pd.DateOffset(months=shift):%b %Y}"
