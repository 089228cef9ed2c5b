"""This year against last year and target, this month against last month: sums running up to the last day."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from core.charts import style
from core.charts.style import Tip
from core.formats import Format, axis, date_text, exact, short
from core.theme import Theme

HEIGHT = 290
_LINE_OF_TEXT = 15


@dataclass(frozen=True)
class Ending:
    """What is written at the right end of a line: the text, where, in which colour."""

    text: str
    at: float
    colour: str


def revenue_against_target(
    cumulative: pd.DataFrame, run_rate: pd.DataFrame, theme: Theme, *, currency: str = "", height: int = HEIGHT
) -> alt.LayerChart:
    """Revenue this year so far against last year (dashed), the target, and the year's end at the run rate.

    Takes cumulative_revenue over the year and run_rate. Without a target there is no target line.
    """
    rate = run_rate.iloc[0]
    first = pd.Timestamp(rate.first_day)
    days = int(rate.days_in_year)
    elapsed = (pd.Timestamp(rate.last_day) - first).days + 1
    frame = cumulative.assign(x=[(day - first).days + 1 for day in cumulative.date])
    frame = pd.concat(
        [pd.DataFrame([{"x": 0, "date": first, "revenue_to_date": 0.0, "revenue_to_date_last_year": 0.0}]), frame]
    )
    has_target = rate.revenue_target == rate.revenue_target and rate.revenue_target is not None
    year = str(rate.year)
    ahead = [("expected", days, rate.revenue_expected), ("expected", elapsed, rate.revenue_to_date)]
    target = [
        ("target", 0, 0.0),
        ("target", elapsed, rate.revenue_target_to_date),
        ("target", days, rate.revenue_target),
    ]
    last = [("last", elapsed, rate.revenue_to_date_last_year), ("last", days, rate.revenue_last_year)]
    highest = max(style.number(value) for _, _, value in [*ahead, *last, *(target if has_target else [])])
    highest = max(highest, frame.revenue_to_date.max(), 0)
    lowest = min(0.0, frame.revenue_to_date.min(), frame.revenue_to_date_last_year.min())
    x, y = _day_axis(first, days, 0), _money_axis(lowest, highest)
    layers = [
        _line(pd.DataFrame(last, columns=["name", "x", "y"]), theme.earlier, x, y, strokeDash=style.DASH, opacity=0.45),
        _line(
            pd.DataFrame(ahead, columns=["name", "x", "y"]), theme.accent, x, y, strokeDash=[1, 3], strokeCap="round"
        ),
        _line(frame.assign(y=frame.revenue_to_date_last_year), theme.earlier, x, y, strokeDash=style.DASH),
        _line(frame.assign(y=frame.revenue_to_date), theme.accent, x, y, strokeWidth=2.5),
    ]
    endings = [
        Ending(
            f"{rate.year - 1}: {_money(rate.revenue_last_year)}", style.number(rate.revenue_last_year), theme.earlier
        ),
        Ending(f"Run rate: {_money(rate.revenue_expected)}", style.number(rate.revenue_expected), theme.accent),
    ]
    if has_target:
        layers.insert(0, _line(pd.DataFrame(target, columns=["name", "x", "y"]), theme.ink, x, y, strokeWidth=1))
        endings.append(Ending(f"Target: {_money(rate.revenue_target)}", float(rate.revenue_target), theme.ink))
    now = pd.DataFrame([{"x": elapsed, "y": rate.revenue_to_date, "label": f"{year}: {_money(rate.revenue_to_date)}"}])
    layers.append(
        alt.Chart(now)
        .mark_point(filled=True, size=60, color=theme.accent, opacity=1, aria=False, tooltip=None)
        .encode(x=x, y=y)
    )
    layers.append(
        style.text(now, theme, align="right", dx=-8, dy=-8, fontWeight=600, color=theme.accent).encode(
            x=x, y=y, text="label:N"
        )
    )
    tips = [
        Tip("Day", "date", Format.DATE),
        Tip(f"{year} so far", "revenue_to_date", Format.MONEY),
        Tip(f"{rate.year - 1} to the same day", "revenue_to_date_last_year", Format.MONEY),
    ]
    layers.append(_hover(frame, theme, tips, currency, x))
    layers.append(_endings(endings, days, x, y, theme, (lowest, highest), height))
    against = f"; the target to date is {_money(rate.revenue_target_to_date)}" if has_target else ""
    return style.finish(
        alt.layer(*layers),
        theme,
        description=f"Revenue of {year} is {_money(rate.revenue_to_date)} {currency} by {date_text(pd.Timestamp(rate.last_day))}, "
        f"a year before it was {_money(rate.revenue_to_date_last_year)}{against}.",
        height=height,
    )


def cumulative_revenue(
    frame: pd.DataFrame,
    theme: Theme,
    *,
    measure: str = "revenue",
    thin: Sequence[datetime.date] = (),
    currency: str = "",
    height: int = HEIGHT,
) -> alt.LayerChart:
    """Revenue (or `measure="profit"`) since the period's start, against the same span a year before, dashed.

    Takes cumulative_revenue. `thin` are the first days of months that look incomplete: they are shaded and marked.
    """
    now, before = f"{measure}_to_date", f"{measure}_to_date_last_year"
    rows = frame[["date", now, before]].astype({now: float, before: float}).reset_index(drop=True)
    first, last = rows.date.iloc[0], rows.date.iloc[-1]
    rows["x"] = [(day - first).days for day in rows.date]
    days = max(int(rows.x.iloc[-1]), 1)
    values = [style.number(value) for value in (*rows[now], *rows[before])]
    span = (min(0.0, *values), max(0.0, *values))
    x, y = _day_axis(first, days, 0), _money_axis(*span)
    this_name, before_name = _span_names(first, last)
    layers = _shades(thin, first, last, theme, x)
    endings = []
    if rows[before].abs().sum() > 0:
        layers.append(_line(rows.assign(y=rows[before]), theme.earlier, x, y, strokeDash=style.DASH))
        endings.append(
            Ending(
                f"{before_name}: {_money(rows[before].iloc[-1])}", style.number(rows[before].iloc[-1]), theme.earlier
            )
        )
    layers.append(_line(rows.assign(y=rows[now]), theme.accent, x, y, strokeWidth=2.5))
    endings.append(Ending(f"{this_name}: {_money(rows[now].iloc[-1])}", style.number(rows[now].iloc[-1]), theme.accent))
    tips = [
        Tip("Day", "date", Format.DATE),
        Tip(f"{measure.capitalize()} to date", now, Format.MONEY),
        Tip("A year before", before, Format.MONEY),
    ]
    layers += [_hover(rows, theme, tips, currency, x), _endings(endings, days, x, y, theme, span, height)]
    return style.finish(
        alt.layer(*layers),
        theme,
        description=f"{measure.capitalize()} runs up to {_money(rows[now].iloc[-1])} {currency} by {date_text(last)}; "
        f"a year before it was {_money(rows[before].iloc[-1])}.",
        height=height,
    )


def daily_revenue(frame: pd.DataFrame, theme: Theme, *, currency: str = "", height: int = 330) -> alt.LayerChart:
    """Above, the month to date against last month (dashed); below, a bar a day. Takes month_days."""
    rows = frame.reset_index(drop=True)
    now, before = rows[rows.revenue_month_to_date.notna()], rows[rows.revenue_month_to_date_last_month.notna()]
    upper = _Band(0.4, 1.0, [*now.revenue_month_to_date, *before.revenue_month_to_date_last_month])
    lower = _Band(0.0, 0.3, rows.revenue)
    dated = rows.date.dropna()
    months = _month_names(dated.iloc[0]) if len(dated) else ("This month", "Last month")
    x = alt.X(
        "day:Q",
        title="Day of the month",
        axis=alt.Axis(grid=False, values=[1, 5, 10, 15, 20, 25, 30], format="d"),
        scale=alt.Scale(domain=[0.4, max(float(rows.day.max()), 1) + 0.6], nice=False, zero=False),
    )
    ticks, labels = (upper.ticks[0] + lower.ticks[0], upper.ticks[1] + lower.ticks[1])
    y = alt.Y(
        "y:Q",
        title=None,
        axis=alt.Axis(values=ticks, labelExpr=style.tick_labels(ticks, labels), labelOverlap=False),
        scale=alt.Scale(domain=[0, 1.02], nice=False),
    )
    bars = rows.assign(
        y=[lower.at(value) for value in rows.revenue], base=lower.at(0), left=rows.day - 0.34, right=rows.day + 0.34
    )
    left = x.copy()
    left.shorthand = "left:Q"
    layers = [
        alt.Chart(bars[["left", "right", "y", "base"]])
        .mark_rect(color=theme.accent, cornerRadius=1, aria=False, tooltip=None)
        .encode(x=left, x2="right:Q", y=y, y2="base:Q")
    ]
    endings = []
    for name, part, column, colour, dash in (
        (months[1], before, "revenue_month_to_date_last_month", theme.earlier, {"strokeDash": style.DASH}),
        (months[0], now, "revenue_month_to_date", theme.accent, {"strokeWidth": 2.5}),
    ):
        if len(part):
            layers.append(
                _line(
                    part.assign(x=part.day, y=[upper.at(value) for value in part[column]]),
                    colour,
                    alt.X("x:Q"),
                    y,
                    **dash,
                )
            )
            endings.append(Ending(f"{name}: {_money(part[column].iloc[-1])}", upper.at(part[column].iloc[-1]), colour))
    tips = [
        Tip("Day", "date", Format.DATE),
        Tip("Revenue", "revenue", Format.MONEY),
        Tip("Same day last month", "revenue_last_month", Format.MONEY),
        Tip("Month to date", "revenue_month_to_date", Format.MONEY),
        Tip("Last month to date", "revenue_month_to_date_last_month", Format.MONEY),
    ]
    layers.append(_hover(rows.assign(x=rows.day), theme, tips, currency, x, half=0.5))
    layers.append(_endings(endings, float(rows.day.max()), x, y, theme, (0, 1.02), height))
    best = rows.loc[rows.revenue.fillna(0).idxmax()]
    return style.finish(
        alt.layer(*layers),
        theme,
        description=f"{'; '.join(ending.text for ending in reversed(endings))} {currency}. The best day was day {best.day} "
        f"with {_money(best.revenue)}.",
        height=height,
    )


def sparkline(
    frame: pd.DataFrame,
    theme: Theme,
    *,
    column: str = "revenue",
    title: str = "Revenue",
    format: Format = Format.MONEY,
    currency: str = "",
    height: int = 44,
) -> alt.LayerChart:
    """A month by month line without axes, its last month a dot. Takes recent_months (month and the column)."""
    rows = frame.reset_index(drop=True)
    rows = rows.assign(x=range(len(rows)), y=[style.number(value) for value in rows[column]])
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-0.5, len(rows) - 0.5], nice=False, zero=False))
    high, low = max(0.0, rows.y.max()), min(0.0, rows.y.min())
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[low, high * 1.1 or 1.0], nice=False))
    area = alt.Chart(rows).mark_area(color=theme.accent, opacity=0.12, aria=False, tooltip=None).encode(x=x, y=y)
    end = (
        alt.Chart(rows.tail(1))
        .mark_point(filled=True, size=40, color=theme.accent, opacity=1, aria=False, tooltip=None)
        .encode(x=x, y=y)
    )
    tips = [Tip("Month", "month", Format.MONTH), Tip(title, column, format)]
    line = _line(rows, theme.accent, x, y, strokeWidth=1.5)
    hover = _hover(rows, theme, tips, currency, x, half=0.5)
    first, last = rows.iloc[0], rows.iloc[-1]
    return style.finish(
        area + line + end + hover,
        theme,
        description=f"{title} by month, from {short(first[column], format)} in {exact(first.month, Format.MONTH)} "
        f"to {short(last[column], format)} in {exact(last.month, Format.MONTH)}.",
        height=height,
        narrowest=80,
    )


@dataclass(frozen=True)
class _Band:
    """A share of the plot's height with a scale of its own: where a value lies, and its ticks."""

    bottom: float
    top: float
    values: Sequence[float]

    def at(self, value: object) -> float:
        low, high = self._span()
        return self.bottom + (style.number(value) - low) / (high - low) * (self.top - self.bottom)

    @property
    def ticks(self) -> tuple[list[float], list[str]]:
        low, high = self._span()
        values = sorted({low if low < 0 else 0.0, 0.0, high})
        return [round(self.at(value), 6) for value in values], [_money(value) for value in values]

    def _span(self) -> tuple[float, float]:
        values = [style.number(value) for value in self.values]
        low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
        return (low, high) if high > low else (0.0, 1.0)


def _line(frame: pd.DataFrame, colour: str, x: alt.X, y: alt.Y, **mark: object) -> alt.Chart:
    drawn = {"color": colour, "strokeWidth": 2, "clip": False, "aria": False, "tooltip": None, **mark}
    x_field, y_field = x.copy(), y.copy()
    x_field.shorthand, y_field.shorthand = "x:Q", "y:Q"
    return alt.Chart(frame[["x", "y"]]).mark_line(**drawn).encode(x=x_field, y=y_field)


def _hover(
    frame: pd.DataFrame, theme: Theme, tips: Sequence[Tip], currency: str, x: alt.X, *, half: float = 0.5
) -> alt.Chart:
    """An unseen strip a day that carries the tooltip, so that the pointer need not hit a line."""
    written, shown = style.with_tips(frame, tips, currency)
    written = written.assign(left=written.x - half, right=written.x + half)
    names = [tooltip.shorthand.removesuffix(":N") for tooltip in shown]
    left = x.copy()
    left.shorthand = "left:Q"
    return (
        alt.Chart(written[["left", "right", "said", *names]])
        .mark_rect(opacity=0, fill=theme.ink)
        .encode(x=left, x2="right:Q", tooltip=shown, description="said:N")
    )


def _endings(
    endings: Sequence[Ending], at: float, x: alt.X, y: alt.Y, theme: Theme, span: tuple[float, float], height: int
) -> alt.Chart:
    """Labels beside the last day, moved apart where they would cover each other."""
    gap = _LINE_OF_TEXT * ((span[1] - span[0]) or 1.0) * 1.06 / (height - 40)
    placed = sorted(endings, key=lambda ending: ending.at)
    heights: list[float] = []
    for ending in placed:
        heights.append(max(ending.at, heights[-1] + gap) if heights else ending.at)
    over = max(0.0, heights[-1] - span[1] * 1.06) if heights else 0.0
    for place in range(len(heights) - 1, -1, -1):
        heights[place] -= over
        over = max(0.0, heights[place - 1] + gap - heights[place]) if place else 0.0
    rows = pd.DataFrame([
        {"x": at, "y": level, "label": ending.text, "colour": ending.colour}
        for ending, level in zip(placed, heights, strict=True)
    ])  # fmt: skip
    x_field, y_field = x.copy(), y.copy()
    x_field.shorthand, y_field.shorthand = "x:Q", "y:Q"
    return style.text(rows, theme, align="left", dx=6, fontWeight=600).encode(
        x=x_field, y=y_field, text="label:N", color=style.column("colour", alt.Color)
    )


def _shades(
    thin: Sequence[datetime.date], first: pd.Timestamp, last: pd.Timestamp, theme: Theme, x: alt.X
) -> list[alt.Chart]:
    """A shade over each month that looks incomplete, and the word for it."""
    rows = []
    for month in thin:
        start = max(pd.Timestamp(month), first)
        end = min(pd.Timestamp(month) + pd.offsets.MonthEnd(0), last)
        if start <= end:
            label = f"{start:%B %Y} looks incomplete"
            rows.append({"x": (start - first).days, "end": (end - first).days, "label": label})
    if not rows:
        return []
    shades = pd.DataFrame(rows)
    return [
        alt.Chart(shades).mark_rect(color=theme.land, opacity=0.7, aria=False, tooltip=None).encode(x=x, x2="end:Q"),
        style.text(shades, theme, align="right", dx=-4, color=theme.quiet).encode(
            x=alt.X("end:Q"), y=alt.value(10), text="label:N"
        ),
    ]


def _day_axis(first: pd.Timestamp, days: int, start: int) -> alt.X:
    """Days since `first` as an axis that names the months, or every few months, where they begin."""
    begins = pd.date_range(first, first + pd.Timedelta(days=days - 1), freq="MS")
    every = next((step for step in (1, 2, 3, 6, 12, 24, 60) if len(begins) / step <= 7), 120)
    shown = [day for day in begins if (day.month - 1) % every == 0 or (every > 12 and day.month == 1)]
    shown = shown[:: max(1, len(shown) // 7)]
    if len(begins) <= 1:
        shown = [first + pd.Timedelta(days=step) for step in range(0, days + 1, max(1, days // 4))]
    many_years = first.year != (first + pd.Timedelta(days=days - 1)).year
    form = "%-d %b" if len(begins) <= 1 else "%b %y" if many_years else "%b"
    ticks = [(day - first).days for day in shown]
    expression = style.tick_labels(ticks, [day.strftime(form) for day in shown])
    return alt.X(
        "x:Q",
        title=None,
        axis=alt.Axis(grid=False, values=ticks, labelExpr=expression, labelAlign="left", labelOverlap=True),
        scale=alt.Scale(domain=[start, days], nice=False, zero=False),
    )


def _money_axis(low: float, high: float) -> alt.Y:
    span = [low * 1.06, high * 1.06] if high > low else [0, 1]
    return alt.Y(
        "y:Q",
        title=None,
        axis=alt.Axis(tickCount=4, labelExpr=axis(Format.MONEY)),
        scale=alt.Scale(domain=span, nice=False, zero=True),
    )


def _span_names(first: pd.Timestamp, last: pd.Timestamp) -> tuple[str, str]:
    if first.year == last.year:
        return str(last.year), str(last.year - 1)
    return "This span", "Year before"


def _month_names(day: pd.Timestamp) -> tuple[str, str]:
    before = day.replace(day=1) - pd.Timedelta(days=1)
    return f"{day:%b %Y}", f"{before:%b %Y}"


def _money(value: object) -> str:
    return short(value, Format.MONEY)
