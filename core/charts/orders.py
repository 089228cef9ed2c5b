"""A customer's orders over time: a bar a month."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from core.charts import lines, style
from core.charts.style import Tip
from core.formats import Format, exact, short
from core.theme import Theme

_HALF = 0.4  # of a month: half a bar


def orders_by_month(
    frame: pd.DataFrame, theme: Theme, *, chosen: Sequence[str] = (), height: int = 290
) -> alt.LayerChart:
    """Revenue by month as bars. Takes customer_months; a click yields the month as a link writes it (2014-05)."""
    rows = frame.reset_index(drop=True)
    keys = [f"{month:%Y-%m}" for month in rows.month]
    places = [float(place) for place in range(len(rows))]
    written, shown = style.with_tips(
        rows, [Tip("Month", "month", Format.MONTH), Tip("Revenue", "revenue", Format.MONEY),
               Tip("Orders", "orders", Format.COUNT)])  # fmt: skip
    written = written.assign(
        month=keys,
        left=[place - _HALF for place in places],
        right=[place + _HALF for place in places],
        y=[style.number(value) for value in rows.revenue],
        base=0.0,
        colour=[theme.loss if value < 0 else theme.accent for value in rows.revenue],
        opacity=style.opacities(keys, chosen),
    )
    x, y = _month_axis(rows), lines.money_axis(lines.extent(rows.revenue))
    bars = alt.Chart(written).mark_rect(cornerRadius=1, cursor="pointer")
    marks = style.clickable(
        bars, shown, ["month"], x=lines.of(x, "left"), x2=alt.X2("right:Q"), y=y, y2=alt.Y2("base:Q")
    )
    return style.finish(
        style.layered(marks),
        theme,
        description=_said(rows),
        height=height,
        narrowest=max(style.PHONE, 6 * len(rows) + 60),
    )


def _month_axis(rows: pd.DataFrame) -> alt.X:
    """Months in their order, named at the beginning of a year, or more often where there are few."""
    every = next(step for step in (1, 3, 6, 12, 24, 60, 600) if len(rows) / step <= 8 or step == 600)
    ticks = [place for place, month in enumerate(rows.month) if (month.month - 1) % every == 0 and
             (every <= 12 or month.year % (every // 12) == 0)]  # fmt: skip
    form = "%b %y" if every < 12 else "%Y"
    labels = style.tick_labels(ticks, [rows.month[place].strftime(form) for place in ticks])
    return alt.X(
        "x:Q",
        title=None,
        axis=alt.Axis(grid=False, values=ticks, labelExpr=labels, labelOverlap=True),
        scale=alt.Scale(domain=[-0.6, len(rows) - 0.4], nice=False, zero=False),
    )


def _said(rows: pd.DataFrame) -> str:
    bought = rows[rows.orders > 0]
    if bought.empty:
        return f"No month of {len(rows)} has an order."
    best = rows.loc[rows.revenue.idxmax()]
    return (
        f"{len(bought)} of {len(rows)} months have orders, the latest {exact(bought.month.iloc[-1], Format.MONTH)}; "
        f"the largest is {exact(best.month, Format.MONTH)} with {short(best.revenue, Format.MONEY)}."
    )
