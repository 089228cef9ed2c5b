"""What grew and what shrank: the largest moves of a month, growth month by month."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from core.charts import panels, style
from core.charts.panels import Panel, Rows
from core.charts.style import Tip
from core.formats import Format, axis, exact, short
from core.theme import Theme

_MOVES, _CAP = 10, 2.0


def changes(
    frame: pd.DataFrame,
    theme: Theme,
    *,
    dimension: str | None = None,
    chosen: Sequence[str] = (),
    currency: str = "",
    height: int | None = None,
) -> alt.LayerChart:
    """The ten largest moves since the month before, gains to the right, losses to the left, largest first.

    Takes `changes`; `dimension` (segment, country or subcategory) shows one kind only. A click yields `dimension` and `name`.
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
        description=f"{first['name']} moved most: {labels[0]} {currency} in {exact(first.month, Format.MONTH)}.",
        currency=currency,
        height=height,
    )


def monthly_growth(
    frame: pd.DataFrame,
    theme: Theme,
    *,
    months: int = 12,
    chosen: Sequence[str] = (),
    currency: str = "",
    height: int = 290,
) -> alt.LayerChart:
    """Growth of the last `months` months on the same month a year before; "new" where there is nothing to compare.

    Takes monthly_growth. Months that look incomplete are gray. Bars end at ±200 %, their labels do not. `chosen` and the clicked
    `month` are written YYYY-MM.
    """
    rows = frame.tail(months).reset_index(drop=True)
    known = [value for value in rows.growth if value == value and value is not None]
    drawn = [min(_CAP, max(-_CAP, style.number(value))) for value in rows.growth]
    high, low = max(0.0, *drawn), min(0.0, *drawn)
    room = 0.12 * ((high - low) or 1.0)
    keys = [f"{month:%Y-%m}" for month in rows.month]
    thin = [bool(value) for value in rows.is_thin] if "is_thin" in rows else [False] * len(rows)
    whole = [bool(value) for value in rows.is_whole] if "is_whole" in rows else [True] * len(rows)
    state = [
        "looks incomplete" if few else "" if full else "not over yet" for few, full in zip(thin, whole, strict=True)
    ]
    rows = rows.assign(state=[text or "whole" for text in state])
    written, shown = style.with_tips(
        rows,
        [
            Tip("Month", "month", Format.MONTH),
            Tip("Revenue", "revenue", Format.MONEY),
            Tip("A year before", "revenue_last_year", Format.MONEY),
            Tip("Difference", "difference", Format.MONEY),
            Tip("Growth", "growth", Format.GROWTH),
            *([Tip("Profit", "profit", Format.MONEY)] if "profit" in rows else []),
            Tip("Month is", "state", Format.TEXT),
        ],
        currency,
    )
    written = written.assign(
        month=keys,
        start=0.0,
        drawn=drawn,
        label_at=[max(0.0, value) for value in drawn],
        label=[_growth_label(value) for value in rows.growth],
        colour=[
            theme.quiet if few else theme.loss if value < 0 else theme.gain
            for few, value in zip(thin, drawn, strict=True)
        ],
        opacity=[full * (0.55 if text else 1) for full, text in zip(style.opacities(keys, chosen), state, strict=True)],
    )
    names = [f"{month:%b}|{month:%Y}" for month in rows.month]
    x = alt.X(
        "month:O",
        sort=keys,
        title=None,
        axis=alt.Axis(
            labelExpr=f"split({style.tick_labels(keys, names).replace('datum.value', 'datum.label')}, '|')",
            labelAngle=0,
            labelOverlap=False,
            grid=False,
        ),
        scale=alt.Scale(paddingInner=0.38, paddingOuter=0.2),
    )
    y = alt.Y(
        "drawn:Q",
        title=None,
        axis=alt.Axis(values=[0], labels=False, gridColor=theme.quiet, labelExpr=axis(Format.GROWTH)),
        scale=alt.Scale(domain=[low - (room if low < 0 else 0), high + room], nice=False),
    )
    bars = (
        alt.Chart(written)
        .mark_bar(cornerRadius=2, cursor="pointer")
        .encode(
            x=x,
            y=y,
            y2="start:Q",
            color=style.column("colour", alt.Color),
            opacity=style.column("opacity", alt.Opacity),
            tooltip=shown,
            description="said:N",
        )
        .add_params(style.picker(["month"]))
    )
    labels = style.text(written, theme, dy=-4, baseline="bottom").encode(x=x, y=alt.Y("label_at:Q"), text="label:N")
    marked = [f"{exact(month, Format.MONTH)} {text}" for month, text in zip(rows.month, state, strict=True) if text]
    grown = sum(value > 0 for value in known)
    return style.finish(
        bars + labels,
        theme,
        description=f"Revenue grew in {grown} of {len(known)} months on the same month a year before"
        + (f"; {', '.join(marked)}." if marked else "."),
        height=height,
        narrowest=max(style.PHONE, 46 * len(rows)),
        note=f"{', '.join(marked)}." if marked else "",
    )


def _growth_label(value: object) -> str:
    if value is None or value is pd.NA or value != value:
        return "new"
    return ("+" if round(value, 2) > 0 else "−" if round(value, 2) < 0 else "") + f"{abs(value):,.0%}"


def _signed(value: float) -> str:
    return ("+" if value > 0 else "") + short(value, Format.MONEY)
