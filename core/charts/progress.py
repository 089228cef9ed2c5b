"""This year against last year and target, this month against last month: sums running up to the last day."""

import datetime
from collections.abc import Sequence

import altair as alt
import pandas as pd

from core.charts import style
from core.charts.lines import (
    Band,
    Ending,
    day_axis,
    dot,
    endings,
    extent,
    hover,
    line,
    money,
    money_axis,
    of,
    shades,
)  # fmt: skip
from core.charts.style import Tip
from core.formats import Format, date_text
from core.theme import Theme

HEIGHT = 290
_DOTTED = [1, 3]


def revenue_against_target(
    course: pd.DataFrame, run_rate: pd.DataFrame, theme: Theme, *, height: int = HEIGHT
) -> alt.LayerChart:
    """Revenue this year so far against the whole of last year (dashed), the target, and the run rate's end (dotted).

    Takes year_course and run_rate. Without a target there is no target line. A click yields `month`.
    """
    rate = run_rate.iloc[0]
    first, days, year = pd.Timestamp(rate.first_day), int(rate.days_in_year), int(rate.year)
    paths = _paths(rate, theme)
    by_day = course.assign(x=[(day - first).days + 1 for day in course.date])
    so_far = by_day[by_day.date <= rate.last_day]
    now, before = "revenue_to_date", "revenue_to_date_last_year"
    span = extent(*(path.y for path, _, _ in paths), so_far[now], by_day[before])
    x, y = day_axis(first, days), money_axis(*span)
    layers = [line(path, colour, x, y, **mark) for path, colour, mark in paths]
    for rows, column, colour, mark in (
        (by_day, before, theme.earlier, {"strokeDash": style.DASH}),
        (so_far, now, theme.accent, {"strokeWidth": 2.5}),
    ):
        start = pd.DataFrame([{"x": 0, "y": 0.0}])
        layers.append(line(pd.concat([start, rows.assign(y=rows[column])[["x", "y"]]]), colour, x, y, **mark))
    tips = [
        Tip("Day", "date", Format.DATE),
        Tip(f"{year} so far", now, Format.MONEY),
        Tip(f"{year - 1} to the same day", before, Format.MONEY),
    ]
    today = pd.DataFrame(
        [{"x": _elapsed(rate), "y": rate.revenue_to_date, "label": f"{year}: {money(rate.revenue_to_date)}"}]
    )
    words = style.text(today, theme, align="right", dx=-8, dy=-8, fontWeight=600, color=theme.accent)
    layers += [
        dot(today, theme.accent, x, y),
        words.encode(x=x, y=y, text=alt.Text("label:N")),
        hover(by_day, theme, tips, x, days=[day if day <= rate.last_day else None for day in by_day.date]),
        endings(_year_ends(rate, theme), days, x, y, theme, span, height),
    ]
    against = f"; the target to date is {money(rate.revenue_target_to_date)}" if _has_target(rate) else ""
    said = f"Revenue of {year} is {money(rate.revenue_to_date)} by {date_text(pd.Timestamp(rate.last_day))}"
    return style.finish(
        style.layered(*layers),
        theme,
        description=f"{said}, a year before it was {money(rate.revenue_to_date_last_year)}{against}.",
        height=height,
    )


def cumulative_revenue(
    frame: pd.DataFrame,
    theme: Theme,
    *,
    measure: str = "revenue",
    thin: Sequence[datetime.date] = (),
    height: int = HEIGHT,
) -> alt.LayerChart:
    """Revenue (or `measure="profit"`) since the period's start, against the same span a year before, dashed.

    Takes cumulative_revenue. `thin` are the first days of months that look incomplete: they are shaded and marked. A
    click yields `month`.
    """
    now, before = f"{measure}_to_date", f"{measure}_to_date_last_year"
    rows = frame[["date", now, before]].astype({now: float, before: float}).reset_index(drop=True)
    first, last = rows.date.iloc[0], rows.date.iloc[-1]
    rows["x"] = [(day - first).days for day in rows.date]
    days, span = max(int(rows.x.iloc[-1]), 1), extent(rows[now], rows[before])
    x, y = day_axis(first, days), money_axis(*span)
    layers, ends = shades(thin, first, last, theme, x), []
    names = (str(last.year), str(last.year - 1)) if first.year == last.year else ("This span", "Year before")
    for name, column, colour, mark in (
        (names[1], before, theme.earlier, {"strokeDash": style.DASH}),
        (names[0], now, theme.accent, {"strokeWidth": 2.5}),
    ):
        if column == now or rows[column].abs().sum() > 0:
            layers.append(line(rows.assign(y=rows[column]), colour, x, y, **mark))
            end = rows[column].iloc[-1]
            ends.append(Ending(f"{name}: {money(end)}", style.number(end), colour))
    tips = [
        Tip("Day", "date", Format.DATE),
        Tip(f"{measure.capitalize()} to date", now, Format.MONEY),
        Tip("A year before", before, Format.MONEY),
    ]
    layers += [hover(rows, theme, tips, x, days=rows.date), endings(ends, days, x, y, theme, span, height)]
    return style.finish(
        style.layered(*layers),
        theme,
        description=f"{measure.capitalize()} runs up to {money(rows[now].iloc[-1])} by {date_text(last)}; "
        f"a year before it was {money(rows[before].iloc[-1])}.",
        height=height,
    )


def daily_revenue(frame: pd.DataFrame, theme: Theme, *, height: int = 330) -> alt.LayerChart:
    """Above, the month to date against last month (dashed); below, a bar a day. Takes month_days."""
    rows = frame.reset_index(drop=True).assign(x=frame.day.astype(float).to_numpy())
    sums = ("revenue_month_to_date", "revenue_month_to_date_last_month")
    upper, lower = Band(0.4, 1.0, [*rows[sums[0]], *rows[sums[1]]]), Band(0.0, 0.3, rows.revenue)
    last_day = max(float(rows.x.max()), 28.0)
    x = alt.X(
        "x:Q",
        title="Day of the month",
        axis=alt.Axis(grid=False, values=[1, 5, 10, 15, 20, 25, 30], format="d"),
        scale=alt.Scale(domain=[0.4, last_day + 0.6], nice=False, zero=False),
    )
    ticks, labels = (one + other for one, other in zip(upper.ticks, lower.ticks, strict=True))
    labelled = alt.Axis(values=ticks, labelExpr=style.tick_labels(ticks, labels), labelOverlap=False)
    y = alt.Y("y:Q", title=None, axis=labelled, scale=alt.Scale(domain=[0, 1.02], nice=False))
    layers, ends, reached = [_day_bars(rows, lower, theme, x, y)], [], []
    for name, column, colour, mark in (
        (_month_of(rows, -1), sums[1], theme.earlier, {"strokeDash": style.DASH}),
        (_month_of(rows, 0), sums[0], theme.accent, {"strokeWidth": 2.5}),
    ):
        part = rows[rows[column].notna()]
        if len(part):
            layers.append(line(part.assign(y=[upper.at(value) for value in part[column]]), colour, x, y, **mark))
            end = part[column].iloc[-1]
            ends.append(Ending(f"{name}: {money(end)}", upper.at(end), colour))
            reached.insert(0, (name, money(end)))
    tips = [
        Tip("Day", "date", Format.DATE),
        Tip("Revenue", "revenue", Format.MONEY),
        Tip("Same day last month", "revenue_last_month", Format.MONEY),
        Tip("Month to date", sums[0], Format.MONEY),
        Tip("Last month to date", sums[1], Format.MONEY),
    ]
    layers.append(hover(rows, theme, tips, x))
    if ends:
        layers.append(endings(ends, last_day, x, y, theme, (0, 1.0), height))
    best = rows.loc[rows.revenue.fillna(0).idxmax()]
    said = f"{reached[0][0]} brought {reached[0][1]}" if reached else "No revenue"
    said += f", against {reached[1][1]} in {reached[1][0]}" if len(reached) > 1 else ""
    return style.finish(
        style.layered(*layers),
        theme,
        description=f"{said}. The best day was day {best.day:.0f} with {money(best.revenue)}.",
        height=height,
    )


def _paths(rate: pd.Series, theme: Theme) -> list[tuple[pd.DataFrame, str, dict]]:
    """What lies ahead: the run rate, and the target through its sum to date."""
    days, elapsed = int(rate.days_in_year), _elapsed(rate)

    def path(*points: tuple[float, object]) -> pd.DataFrame:
        return pd.DataFrame([{"x": x, "y": style.number(y)} for x, y in points])

    ahead = path((elapsed, rate.revenue_to_date), (days, rate.revenue_expected))
    paths = [(ahead, theme.accent, {"strokeDash": _DOTTED, "strokeCap": "round"})]
    if _has_target(rate):
        target = path((0, 0.0), (elapsed, rate.revenue_target_to_date), (days, rate.revenue_target))
        paths.insert(0, (target, theme.ink, {"strokeWidth": 1}))
    return paths


def _year_ends(rate: pd.Series, theme: Theme) -> list[Ending]:
    """What is written at the year's end: last year's whole revenue, the run rate, the target."""
    named = [
        (str(int(rate.year) - 1), rate.revenue_last_year, theme.earlier),
        ("Run rate", rate.revenue_expected, theme.accent),
        *([("Target", rate.revenue_target, theme.ink)] if _has_target(rate) else []),
    ]
    return [Ending(f"{name}: {money(value)}", style.number(value), colour) for name, value, colour in named]


def _has_target(rate: pd.Series) -> bool:
    return not pd.isna(rate.revenue_target)


def _elapsed(rate: pd.Series) -> int:
    return (pd.Timestamp(rate.last_day) - pd.Timestamp(rate.first_day)).days + 1


def _day_bars(rows: pd.DataFrame, band: Band, theme: Theme, x: alt.X, y: alt.Y) -> alt.Chart:
    """A bar a day within a band, from its zero."""
    bars = pd.DataFrame({"left": rows.x - 0.34, "right": rows.x + 0.34, "base": band.at(0)})
    bars["y"] = [band.at(value) for value in rows.revenue]
    marks = alt.Chart(bars).mark_rect(color=theme.accent, cornerRadius=1, aria=False, tooltip=None)
    return marks.encode(x=of(x, "left"), x2=alt.X2("right:Q"), y=y, y2=alt.Y2("base:Q"))


def _month_of(rows: pd.DataFrame, shift: int) -> str:
    """The name of the frame's month, or of the one so many before."""
    dated = rows.date.dropna()
    if not len(dated):
        return ("This month", "Last month")[-shift]
    return f"{dated.iloc[0].replace(day=1) + pd.DateOffset(months=shift):%b %Y}"
