"""What grew and what shrank: the largest moves of a month, growth month by month."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from core.charts import panels, style
from core.charts.panels import Panel, Rows
from core.charts.style import Tip
from core.formats import Format, exact, percent, short
from core.theme import Theme

_MOVES, _CAP, _UNSURE = 10, 2.0, 0.55
_WHOLE, _OPEN, _THIN = "whole", "not over yet", "looks incomplete"


def changes(
    frame: pd.DataFrame,
    theme: Theme,
    *,
    dimension: str | None = None,
    chosen: Sequence[str] = (),
    height: int | None = None,
) -> alt.LayerChart:
    """The ten largest moves since the month before, gains to the right, losses to the left, largest first.

    Takes `changes`; `dimension` (segment, country or subcategory) shows one kind only. A click yields `dimension` and
    `name`.
    """
    rows = frame[frame.dimension == dimension] if dimension else frame
    rows = rows.sort_values(["difference", "name"], key=lambda part: part.abs() if part.name == "difference" else part,
                            ascending=[False, True]).head(_MOVES)  # fmt: skip
    labels = [
        f"{_signed(row.difference)} ({'new' if row.growth != row.growth else short(row.growth, Format.GROWTH)})"
        for row in rows.itertuples()
    ]
    first = rows.iloc[0]
    lengths = [abs(style.number(value)) for value in rows.difference]
    return panels.draw(
        rows,
        theme,
        Rows("name", ("dimension", "name"), chosen),
        [
            Panel(
                "difference",
                Format.MONEY,
                [theme.loss if value < 0 else theme.gain for value in rows.difference],
                labels=labels,
                limit=0.9 * max(lengths),
            )
        ],
        [
            Tip("What", "dimension", Format.TEXT),
            Tip("Name", "name", Format.TEXT),
            Tip("Revenue", "revenue", Format.MONEY),
            Tip("Month before", "revenue_last_month", Format.MONEY),
            Tip("Difference", "difference", Format.MONEY),
            Tip("Growth", "growth", Format.GROWTH),
        ],
        description=f"{first['name']} moved most: {labels[0]} in {exact(first.month, Format.MONTH)}.",
        height=height,
    )


def monthly_growth(
    frame: pd.DataFrame,
    theme: Theme,
    *,
    months: int = 12,
    chosen: Sequence[str] = (),
    height: int = 290,
) -> alt.LayerChart:
    """Growth of the last `months` months on the same month a year before; "new" where there is nothing to compare.

    Takes monthly_growth. Months that look incomplete are gray. Bars end at ±200 %, labels do not. `chosen` and the
    clicked `month` are written YYYY-MM.
    """
    rows = _months(_window(frame, months, chosen), theme, chosen)
    tips = [
        Tip("Month", "day", Format.MONTH),
        Tip("Revenue", "revenue", Format.MONEY),
        Tip("A year before", "revenue_last_year", Format.MONEY),
        Tip("Difference", "difference", Format.MONEY),
        Tip("Growth", "growth", Format.GROWTH),
        Tip("Profit", "profit", Format.MONEY),
        Tip("Month is", "state", Format.TEXT),
    ]
    written, shown = style.with_tips(rows, [tip for tip in tips if tip.column in rows])
    x, y = _month_axes(theme)
    ends = alt.Chart(written).mark_rule(strokeOpacity=0, aria=False, tooltip=None)
    bars = alt.Chart(written).mark_bar(cornerRadius=2, cursor="pointer")
    words = style.text(written, theme, dy=-4, baseline="bottom")
    layers = [
        ends.encode(y=alt.Y("low:Q"), y2=alt.Y2("high:Q"), x=alt.value(0)),
        style.clickable(bars, shown, ["month"], x=x, y=y, y2=alt.Y2("start:Q")),
        words.encode(x=x, y=alt.Y("label_at:Q"), text=alt.Text("label:N")),
    ]
    known = rows.growth.dropna()
    marked = [f"{exact(row.day, Format.MONTH)} {row.state}" for row in rows.itertuples() if row.state != _WHOLE]
    note = f"{', '.join(marked)}." if marked else ""
    finding = f"Revenue grew in {(known > 0).sum()} of {len(known)} months on the same month a year before."
    return style.finish(
        style.layered(*layers),
        theme,
        description=f"{finding} {note}",
        height=height,
        narrowest=max(style.PHONE, 46 * len(rows)),
        note=note,
    )


def _window(frame: pd.DataFrame, months: int, chosen: Sequence[str]) -> pd.DataFrame:
    """The last months; the last ones up to what is chosen, where that lies before them."""
    known = [place for place, month in enumerate(frame.month) if f"{month:%Y-%m}" in chosen]
    end = known[-1] + 1 if known and known[-1] < len(frame) - months else len(frame)
    return frame.iloc[max(0, end - months) : end]


def _months(frame: pd.DataFrame, theme: Theme, chosen: Sequence[str]) -> pd.DataFrame:
    """The months with what is drawn of each: its bar, label, colour, and whether it is whole."""
    rows = frame.reset_index(drop=True)
    keys = [f"{month:%Y-%m}" for month in rows.month]
    drawn = [min(_CAP, max(-_CAP, style.number(value))) for value in rows.growth]
    high, low = max(0.0, *drawn), min(0.0, *drawn)
    room = 0.12 * ((high - low) or 1.0)
    states = [_THIN if row.is_thin else _WHOLE if row.is_whole else _OPEN for row in rows.itertuples()]
    return rows.assign(
        day=rows.month,
        month=keys,
        growth=rows.growth.astype(float),
        start=0.0,
        low=low - (room if low < 0 else 0.0),
        high=high + room,
        drawn=drawn,
        label_at=[max(0.0, value) for value in drawn],
        label=[_growth_label(value) for value in rows.growth],
        state=states,
        colour=[
            theme.quiet if state == _THIN else theme.loss if value < 0 else theme.gain
            for state, value in zip(states, drawn, strict=True)
        ],
        opacity=[
            part * (1 if state == _WHOLE else _UNSURE)
            for part, state in zip(style.opacities(keys, chosen), states, strict=True)
        ],
    )


def _month_axes(theme: Theme) -> tuple[alt.X, alt.Y]:
    """Month and year in two lines; a single line at no growth. Both reach as far as the rows."""
    named = "[monthAbbrevFormat(toNumber(slice(datum.label, 5)) - 1), slice(datum.label, 0, 4)]"
    x = alt.X(
        "month:O",
        sort="ascending",
        title=None,
        axis=alt.Axis(labelExpr=named, labelAngle=0, labelOverlap=False, grid=False),
        scale=alt.Scale(paddingInner=0.38, paddingOuter=0.2),
    )
    y = alt.Y(
        "drawn:Q",
        title=None,
        axis=alt.Axis(values=[0], labels=False, gridColor=theme.quiet),
        scale=alt.Scale(nice=False),
    )
    return x, y


def _growth_label(value: object) -> str:
    if value is None or value is pd.NA or value != value:
        return "new"
    return ("+" if round(value, 2) > 0 else "−" if round(value, 2) < 0 else "") + percent(abs(value), 0)


def _signed(value: float) -> str:
    return ("+" if value > 0 else "") + short(value, Format.MONEY)
