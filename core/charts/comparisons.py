"""Two sides against each other: the first a full dot and a full line, the second a ring and a dashed line.

Both are in the ink of the text, for every other colour already stands for something; the difference is written out.
"""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from core.charts import style
from core.charts.lines import DAY, Ending, at, day_axis, endings, extent, hover, line, money, money_axis, of
from core.charts.style import Tip
from core.formats import MINUS, Format, axis, short
from core.theme import Theme

FULL, RING = "●", "○"
COLUMNS_BY_AMOUNT = ("first", "second", "difference")
COLUMNS_BY_SHARE = ("first_share", "second_share", "share_difference")
_ROWS, _STEP, _DOT = 12, 27, 90
_MONTHS, _DAYS = 12, (1, 5, 10, 15, 20, 25, 30)


def side_parts(
    frame: pd.DataFrame,
    theme: Theme,
    *,
    name: str,
    sides: tuple[str, str],
    what: str = "revenue",
    format: Format = Format.MONEY,
    by_amount: bool = False,
    chosen: Sequence[str] = (),
    height: int | None = None,
) -> alt.LayerChart:
    """Each side's part of `what` by `name`, a dot and a ring over an axis from zero, the difference beside them: in
    points of share, or `by_amount`.

    Takes core.compare.parts, whose amounts are written in `format`. A click yields `name`.
    """
    first, second, differs = COLUMNS_BY_AMOUNT if by_amount else COLUMNS_BY_SHARE
    rows = drawn_parts(frame, by_amount=by_amount)
    labels = part_differences(rows, format, by_amount=by_amount)
    tips = [
        Tip(name.capitalize(), name, Format.TEXT),
        *(
            Tip(f"{side}, {said}", column, form)
            for side, place in zip(sides, ("first", "second"), strict=True)
            for said, column, form in ((what, place, format), (f"share of {what}", f"{place}_share", Format.SHARE))
        ),
        Tip("Difference", "difference", format),
    ]
    written, shown = style.with_tips(rows, tips)
    values = extent(rows[first], rows[second])
    marks = written.assign(
        first=[style.number(value) for value in rows[first]],
        second=[style.number(value) for value in rows[second]],
        low=values[0],
        high=values[1],
        label=labels,
        opacity=style.opacities(rows[name], chosen),
    )
    left_out = len(frame) - len(rows)
    widest = rows.loc[rows[differs].abs().idxmax()] if rows[differs].notna().any() else rows.iloc[0]
    return style.finish(
        _dumbbells(marks, theme, name, sides, values, format if by_amount else Format.SHARE, shown),
        theme,
        description=_finding(widest, name, sides, what, (first, second), format if by_amount else Format.SHARE),
        height=height or _STEP * len(rows) + 54,
        note=f"The largest {len(rows)} of {len(frame)}; the rows behind the chart have them all." if left_out else "",
    )


def drawn_parts(frame: pd.DataFrame, *, by_amount: bool) -> pd.DataFrame:
    """The rows of core.compare.parts that are drawn: the largest of those that both sides have a value of."""
    first, second, _ = COLUMNS_BY_AMOUNT if by_amount else COLUMNS_BY_SHARE
    rows = frame[frame[first].notna() & frame[second].notna()]
    return (rows if len(rows) else frame).head(_ROWS).reset_index(drop=True)


def part_differences(rows: pd.DataFrame, format: Format, *, by_amount: bool) -> list[str]:
    """The difference of each row of core.compare.parts in words."""
    return [
        _amount(row.difference, row.second, format) if by_amount else points(row.share_difference)
        for row in rows.itertuples()
    ]


def side_courses(
    frame: pd.DataFrame, theme: Theme, *, sides: tuple[str, str], chosen: Sequence[str] = (), height: int = 290
) -> alt.LayerChart:
    """Revenue of both sides over months, or over the months or days of two periods that begin at the same place.

    Takes core.compare.course. Where both sides have the same months a click yields `month`, and `chosen` stand out,
    both written YYYY-MM.
    """
    rows = frame.reset_index(drop=True)
    dated = pd.api.types.is_datetime64_any_dtype(rows.place)
    rows["opacity"] = style.opacities([f"{month:%Y-%m}" for month in rows.place] if dated else rows.place, chosen)
    x, rows, last = _time_axis(rows)
    span = extent(rows["first"], rows["second"])
    y = money_axis(span)
    layers, ends = [], []
    for side, column, full in ((sides[1], "second", False), (sides[0], "first", True)):
        reached = rows[rows[column].notna()]
        if reached.empty:
            continue
        path = reached.assign(y=reached[column].astype(float))[["x", "y", "opacity"]]
        look = {"strokeWidth": 2.5} if full else {"strokeDash": style.DASH, "strokeWidth": 1.5}
        look["opacity"] = style.MUTED if chosen else 1
        layers += [line(path, theme.ink, x, y, **look), _dots(path, theme, full, x, y)]
        reached = f": {money(path.y.iloc[-1])}" if is_by_day(rows) else ""
        ends.append(Ending(f"{FULL if full else RING} {side}{reached}", path.y.iloc[-1], theme.ink))
    tips = [Tip(f"{side}, {said}", f"{place}_{column}" if column else place, form)
            for side, place in zip(sides, ("first", "second"), strict=True)
            for said, column, form in (("when", "said", Format.TEXT), ("revenue", "", Format.MONEY))]  # fmt: skip
    half = 0.5 * (rows.x.diff().median() if len(rows) > 1 else 1)
    layers.append(hover(rows, theme, tips, x, half, rows.place if dated else ()))
    if ends:
        layers.append(endings(ends, last, x, y, theme, span, height))
    marked = _marked(rows, sides)
    return style.finish(
        style.layered(*layers),
        theme,
        description=f"{_course_finding(rows, sides)} {' '.join(marked)}",
        height=height,
        note=" ".join(marked),
    )


def _dots(path: pd.DataFrame, theme: Theme, full: bool, x: alt.X, y: alt.Y) -> alt.Chart:
    look = {"filled": True, "fill": theme.ink if full else theme.ground, "stroke": theme.ink, "strokeWidth": 1.5}
    dots = alt.Chart(path).mark_point(**look, size=30, aria=False, tooltip=None)
    return dots.encode(x=of(x, "x"), y=of(y, "y"), opacity=style.column("opacity", alt.Opacity))


def _marked(rows: pd.DataFrame, sides: tuple[str, str]) -> list[str]:
    """A sentence for each month that is not over or looks incomplete, once where both sides have it."""
    alike = bool(set(rows.first_said.dropna()) & set(rows.second_said.dropna()))
    found = [
        f"{'' if alike else f'{side}: '}{row[f'{place}_said']} {row[f'{place}_note']}."
        for row in rows.to_dict("records")
        for side, place in zip(sides, ("first", "second"), strict=True)
        if isinstance(row[f"{place}_note"], str) and row[f"{place}_note"]
    ]
    return list(dict.fromkeys(found))


def points(difference: float) -> str:
    """A difference of shares in percentage points: +12.3 pp."""
    if difference != difference:
        return ""
    size = f"{abs(difference) * 100:.1f}"
    return f"{'' if size == '0.0' else '+' if difference > 0 else MINUS}{size} pp"


def difference(row: object, format: Format) -> tuple[str, str]:
    """A row of core.compare.figures in words: the difference in its unit, and in percent where that says something."""
    if row.difference != row.difference:
        return "", ""
    if format is Format.SHARE:
        return points(row.difference) or "0 pp", ""
    sign = "+" if row.difference > 0 else MINUS if row.difference < 0 else ""
    relative = "" if row.change != row.change else short(row.change, Format.GROWTH)
    return f"{sign}{short(abs(row.difference), format)}", relative


def _amount(difference: float, against: float, format: Format) -> str:
    """A difference in its unit and as a share of the second side's amount; from tenfold on as a multiple of it."""
    size = ("+" if difference > 0 else "") + short(difference, format)
    if not against > 0:
        return size
    times = difference / against + 1
    return f"{size} ({short(times, Format.COUNT)} ×)" if times >= 10 else f"{size} ({short(times - 1, Format.GROWTH)})"


def _dumbbells(
    marks: pd.DataFrame,
    theme: Theme,
    name: str,
    sides: tuple[str, str],
    values: tuple[float, float],
    format: Format,
    tips: Sequence[alt.Tooltip],
) -> alt.LayerChart:
    """A quiet line from dot to ring on each row, the difference beside it; the whole row can be hovered and clicked."""
    legend = [f"{FULL} {sides[0]}", f"{RING} {sides[1]}"]
    across = alt.Axis(
        orient="top",
        tickCount=4,
        tickMinStep=0.01 if format is Format.SHARE else 1,
        labelExpr=axis(format),
        labelOverlap=True,
        labelSeparation=8,
        grid=True,
        title="\u2003".join(legend) if len("".join(legend)) < 44 else legend,
        titleAnchor="start",
        titleColor=theme.ink,
        titleLimit=0,
    )
    low, high = values
    scale = alt.Scale(domain=[low, high if high > low else low + 1], nice=False, zero=False, padding=8)
    rows = alt.Y(
        f"{name}:N",
        sort=marks[name].tolist(),
        title=None,
        axis=alt.Axis(labelColor=theme.ink, labelOverlap=False, grid=True, gridDash=[1, 3]),
        scale=alt.Scale(paddingInner=0.1, paddingOuter=0.1),
    )
    x, x2 = alt.X("first:Q", axis=across, scale=scale), alt.X2("second:Q")
    chart = alt.Chart(marks).encode(y=rows)
    quiet, faint = {"aria": False, "tooltip": None}, style.column("opacity", alt.Opacity)
    ink = {"size": _DOT, "stroke": theme.ink, "strokeWidth": 2, **quiet}
    row = chart.mark_bar(opacity=0, cursor="pointer").encode(
        x=of(x, "low"), x2=alt.X2("high:Q"), tooltip=list(tips), description=alt.Description("said:N")
    )
    words = style.text(marks, theme, align="left", dx=14)
    return style.layered(
        chart.mark_rule(color=theme.quiet, strokeWidth=2, **quiet).encode(x=x, x2=x2, opacity=faint),
        chart.mark_point(filled=True, fill=theme.ground, **ink).encode(x=of(x, "second"), opacity=faint),
        chart.mark_point(filled=True, fill=theme.ink, **ink).encode(x=of(x, "first"), opacity=faint),
        words.encode(x=of(x, "high"), y=rows, text=alt.Text("label:N")),
        style.named(row, "marks").add_params(*style.pickers([name])),
    )


def _finding(
    row: pd.Series,
    name: str,
    sides: tuple[str, str],
    what: str,
    columns: tuple[str, str],
    format: Format,
) -> str:
    first, second = (short(row[column], format) for column in columns)
    unit = f" of {what}" if format is Format.SHARE else ""
    return f"{row[name]} differs most: {first}{unit} for {sides[0]}, {second} for {sides[1]}."


def _time_axis(rows: pd.DataFrame) -> tuple[alt.X, pd.DataFrame, float]:
    """The axis of months or of places, the rows with where they lie on it and what each side calls them, its end."""
    dated = pd.api.types.is_datetime64_any_dtype(rows.place)
    by_day = is_by_day(rows)
    form = "%-d %b %Y" if by_day else "%b %Y"
    said = {
        f"{side}_said": [day.strftime(form) if not pd.isna(day) else None for day in rows[f"{side}_day"]]
        for side in ("first", "second")
    }
    rows = rows.assign(**said)
    if dated:
        rows = rows.assign(x=[at(day) for day in rows.place])
        return day_axis(), rows, max(rows.x.iloc[-1], rows.x.iloc[0] + DAY)
    rows = rows.assign(x=rows.place.astype(float))
    shown = rows[rows.place.isin(_DAYS)] if by_day else rows
    labels = [str(row.place) if by_day else place_name(row) for row in shown.itertuples()]
    last = float(rows.x.max()) + 0.5
    axis = alt.Axis(
        grid=False,
        values=shown.x.tolist(),
        labelExpr=style.tick_labels(shown.x.tolist(), labels),
        labelOverlap=True,
    )
    scale = alt.Scale(domain=[0.5, last], nice=False, zero=False)
    return alt.X("x:Q", title="Day of the month" if by_day else None, axis=axis, scale=scale), rows, last


def is_by_day(rows: pd.DataFrame) -> bool:
    """Whether the places are days of a month, at which revenue is that of the month to date."""
    return len(rows) > _MONTHS and not pd.api.types.is_datetime64_any_dtype(rows.place)


def _course_finding(rows: pd.DataFrame, sides: tuple[str, str]) -> str:
    if is_by_day(rows):
        ends = [rows[side].dropna() for side in ("first", "second")]
        return "; ".join(
            f"{side} ends at {money(end.iloc[-1])}" for side, end in zip(sides, ends, strict=True) if len(end)
        )
    both = rows[rows["first"].notna() & rows["second"].notna()]
    ahead = int((both["first"] > both["second"]).sum())
    return f"{sides[0]} brought more than {sides[1]} in {ahead} of {len(both)} months."


def place_name(row: object) -> str:
    """The month's name where both sides have the same, else its place."""
    names = {day.strftime("%b") for day in (row.first_day, row.second_day) if not pd.isna(day)}
    return names.pop() if len(names) == 1 else f"Month {row.place}"
