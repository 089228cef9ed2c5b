"""This year against last year and target, a span against the year before: sums running up to the last day."""

import datetime
from collections.abc import Sequence

import altair as alt
import pandas as pd

from core.charts import lines, style
from core.charts.lines import DAY, Ending, day_axis, dots, extent, line, money, money_axis, of, placed, words
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
    first, year = pd.Timestamp(rate.first_day), int(rate.year)
    now, before = "revenue_to_date", "revenue_to_date_last_year"
    rows = pd.concat([pd.DataFrame([{now: 0.0, before: 0.0}]), course], ignore_index=True)
    known = [day if day <= rate.last_day else None for day in course.date]
    rows["x"] = [lines.at(first), *(lines.at(day) + DAY for day in course.date)]
    rows["now"] = [0.0, *(value if day else None for value, day in zip(course[now], known, strict=True))]
    tips = [
        Tip("Day", "date", Format.DATE),
        Tip(f"{year} so far", now, Format.MONEY),
        Tip(f"{year - 1} to the same day", before, Format.MONEY),
    ]
    written, shown = lines.with_strips(rows, tips, DAY / 2, [None, *known], ("x", "now", before))
    written.loc[0, "left"] = None  # the year's start is no day
    said = _year_rows(rate, theme, extent(course[now][course.date <= rate.last_day], course[before]), height)
    x, y = day_axis(), money_axis()
    layers = [
        line(said, theme.ink, x, y, "target", gaps=False, strokeWidth=1),
        line(said, theme.accent, x, y, "ahead", gaps=False, strokeDash=_DOTTED, strokeCap="round"),
        line(alt.Undefined, theme.earlier, x, y, before, strokeDash=style.DASH),
        line(alt.Undefined, theme.accent, x, y, "now", strokeWidth=2.5),
        dots(said, x, y),
        style.text(said, theme, align="right", dx=-8, dy=-8, fontWeight=600, color=theme.accent).encode(
            x=x, y=of(y, "today_at"), text=alt.Text("today:N")
        ),
        lines.strips(theme, x, shown, clickable=True),
        words(said, x, y, theme),
    ]
    against = f"; the target to date is {money(rate.revenue_target_to_date)}" if _has_target(rate) else ""
    finding = f"Revenue of {year} is {money(rate.revenue_to_date)} by {date_text(pd.Timestamp(rate.last_day))}"
    return style.finish(
        style.layered(*layers, rows=written),
        theme,
        description=f"{finding}, a year before it was {money(rate.revenue_to_date_last_year)}{against}.",
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
    rows["x"] = [lines.at(day) for day in rows.date]
    end, span = max(lines.at(last), lines.at(first) + DAY), extent(rows[now], rows[before])
    names = (str(last.year), str(last.year - 1)) if first.year == last.year else ("This span", "Year before")
    ends, single = [], 60 * (len(rows) == 1)
    for name, column, colour in ((names[1], before, theme.earlier), (names[0], now, theme.accent)):
        if column == now or rows[column].abs().sum() > 0:
            value = rows[column].iloc[-1]
            ends.append(Ending(f"{name}: {money(value)}", style.number(value), colour))
        else:
            rows[column] = [0.0, *[None] * (len(rows) - 1)]  # a line through one point is not drawn
    tips = [
        Tip("Day", "date", Format.DATE),
        Tip(f"{measure.capitalize()} to date", now, Format.MONEY),
        Tip("A year before", before, Format.MONEY),
    ]
    written, shown = lines.with_strips(rows, tips, DAY / 2, rows.date, ("x", now, before))
    said = pd.DataFrame(
        [
            *({"x": rows.x[0], "y": one.at, "size": single, "colour": one.colour} for one in ends),
            *placed(ends, end, span, height),
            *lines.reach(lines.at(first), end, *span),
            *lines.shaded(thin, first, last),
            {"start": lines.at(first), "end": lines.at(first), "thin": ""},  # where there is no other
        ],
        columns=["x", "y", "size", "colour", "level", "label", "start", "end", "thin"],
    )
    x, y = day_axis(), money_axis()
    layers = [
        *lines.shades(said, theme, x),
        line(alt.Undefined, theme.earlier, x, y, before, strokeDash=style.DASH),
        line(alt.Undefined, theme.accent, x, y, now, strokeWidth=2.5),
        dots(said, x, y),
        lines.strips(theme, x, shown, clickable=True),
        words(said, x, y, theme),
    ]
    return style.finish(
        style.layered(*layers, rows=written),
        theme,
        description=f"{measure.capitalize()} runs up to {money(rows[now].iloc[-1])} by {date_text(last)}; "
        f"a year before it was {money(rows[before].iloc[-1])}.",
        height=height,
    )


def _year_rows(rate: pd.Series, theme: Theme, span: tuple[float, float], height: int) -> pd.DataFrame:
    """What stands beside the days: the run rate and the target through its sum to date, today, what is written."""
    first = lines.at(pd.Timestamp(rate.first_day))
    now, end = first + _elapsed(rate) * DAY, first + int(rate.days_in_year) * DAY
    to_date, expected = style.number(rate.revenue_to_date), style.number(rate.revenue_expected)
    paths = [
        {"x": first, "target": 0.0},
        {"x": now, "target": style.number(rate.revenue_target_to_date), "ahead": to_date},
        {"x": end, "target": style.number(rate.revenue_target), "ahead": expected},
    ]
    if not _has_target(rate):
        paths[1]["target"] = paths[2]["target"] = None  # a line through one point is not drawn
    span = extent(span, *([path.get(name) for path in paths] for name in ("target", "ahead")))
    today = f"{int(rate.year)}: {money(rate.revenue_to_date)}"
    return pd.DataFrame(
        [
            *paths,
            {"x": now, "y": to_date, "size": 60, "colour": theme.accent, "today_at": to_date, "today": today},
            *placed(_year_ends(rate, theme), end, span, height),
            *lines.reach(first, end, *span),
        ],
        columns=["x", "target", "ahead", "y", "size", "colour", "level", "label", "today_at", "today"],
    )


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
