"""Who, where and why: revenue, customers and orders by place, segment, reason and subcategory; what moved."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from core.charts import panels, style
from core.charts.panels import Panel, Rows
from core.charts.style import Tip
from core.formats import Format, digits, short, unit
from core.theme import Theme

_PLACES, _ROWS = 20, 15
_REVENUE = (Tip("Revenue", "revenue", Format.MONEY), Tip("Share of revenue", "revenue_share", Format.SHARE))


def shares_by_place(
    continents: pd.DataFrame,
    countries: pd.DataFrame,
    theme: Theme,
    *,
    chosen: Sequence[str] = (),
    height: int | None = None,
) -> alt.LayerChart:
    """Share of revenue by continent, bold, with its countries below it.

    Takes revenue_by_continent and revenue_by_country. `chosen` are the continents and countries that are on. A click
    yields `continent` and, on a country's bar, `country` (else null).
    """
    frame = _places(continents, countries)
    first = frame.iloc[0]
    colours = [(theme.accent, theme.sequential[4], theme.quiet)[level] for level in frame.level]
    return panels.draw(
        frame,
        theme,
        Rows("place", ("continent", "country"), chosen, [level == 0 for level in frame.level]),
        [Panel("revenue_share", Format.SHARE, colours)],
        [Tip("Place", "place", Format.TEXT), *_REVENUE, *_counts(frame)],
        description=f"{first.place} brings {_share(first.revenue_share)} of revenue{_more(continents, 'continent')}.",
        height=height,
    )


def segments(
    frame: pd.DataFrame,
    theme: Theme,
    *,
    chosen: Sequence[str] = (),
    height: int | None = None,
) -> alt.LayerChart:
    """Share of revenue beside share of customers, by segment, on one scale.

    Takes `segments`. A click yields `segment`.
    """
    limit = max(style.number(value) for value in (*frame.revenue_share, *frame.customer_share))
    first = _first(frame, "revenue_share")
    return panels.draw(
        frame,
        theme,
        Rows("segment", ("segment",), chosen),
        [
            Panel(
                "revenue_share", Format.SHARE, [theme.segment(name) for name in frame.segment], "% of revenue", limit
            ),
            Panel("customer_share", Format.SHARE, [theme.quiet] * len(frame), "% of customers", limit),
        ],
        [
            Tip("Segment", "segment", Format.TEXT),
            *_REVENUE,
            Tip("Customers", "customers", Format.COUNT),
            Tip("Share of customers", "customer_share", Format.SHARE),
            Tip("Orders", "orders", Format.COUNT),
        ],
        description=f"{first.segment} are {_share(first.customer_share)} of customers and bring "
        f"{_share(first.revenue_share)} of revenue{_more(frame, 'segment')}.",
        height=height,
    )


def rfm_averages(
    frame: pd.DataFrame,
    theme: Theme,
    *,
    chosen: Sequence[str] = (),
    height: int | None = None,
) -> alt.LayerChart:
    """Average recency, frequency and monetary by segment, each on its own scale.

    Takes `segments`; those without a score are left out. A click yields `segment`.
    """
    scored = frame[frame.avg_recency_days.notna()]
    scored = scored if len(scored) else frame
    colours = [theme.segment(name) for name in scored.segment]
    latest, richest = _first(scored, "avg_recency_days", largest=False), _first(scored, "avg_monetary")
    recency = [short(value, Format.COUNT) for value in scored.avg_recency_days]
    return panels.draw(
        scored,
        theme,
        Rows("segment", ("segment",), chosen),
        [
            Panel("avg_recency_days", Format.DAYS, colours, "Recency, days", labels=recency),
            Panel("avg_frequency", Format.NUMBER, colours, "Frequency, orders"),
            Panel("avg_monetary", Format.MONEY, colours, unit("Monetary")),
        ],
        [
            Tip("Segment", "segment", Format.TEXT),
            Tip("Average recency", "avg_recency_days", Format.DAYS),
            Tip("Average frequency, orders", "avg_frequency", Format.NUMBER),
            Tip("Average monetary", "avg_monetary", Format.MONEY),
        ],
        description=f"{latest.segment} bought last, {short(latest.avg_recency_days, Format.DAYS)} ago on average; "
        f"{richest.segment} brought the most, {short(richest.avg_monetary, Format.MONEY)} each.",
        height=height,
        narrowest=500,
    )


def orders_by_reason(
    frame: pd.DataFrame,
    theme: Theme,
    *,
    chosen: Sequence[str] = (),
    height: int | None = None,
) -> alt.LayerChart:
    """Share of order-reason links, falling; orders without a reason stand last, with their number.

    Takes orders_by_reason. A click yields `reason`.
    """
    given = panels.largest(frame[frame.order_share.notna()], "reason", _ROWS, "order_share", "reasons")
    rows = pd.concat([given, frame[frame.order_share.isna()]], ignore_index=True)
    labels = [
        short(row.order_share, Format.SHARE) if row.order_share == row.order_share else f"{digits(row.orders)} orders"
        for row in rows.itertuples()
    ]
    first = rows.iloc[0]
    return panels.draw(
        rows,
        theme,
        Rows("reason", ("reason",), chosen),
        [Panel("order_share", Format.SHARE, [theme.accent] * len(rows), labels=labels)],
        [
            Tip("Reason", "reason", Format.TEXT),
            Tip("Orders", "orders", Format.COUNT),
            Tip("Share of reasons given", "order_share", Format.SHARE),
            Tip("Revenue", "revenue", Format.MONEY),
        ],
        description=f"{first.reason} leads the reasons: {labels[0]}.",
        height=height,
    )


def top_subcategories(
    frame: pd.DataFrame,
    theme: Theme,
    *,
    chosen: Sequence[str] = (),
    height: int | None = None,
) -> alt.LayerChart:
    """Revenue of the top subcategories, falling. A click yields `subcategory`."""
    rows = frame.sort_values("revenue", ascending=False)
    labels = [
        f"{short(row.revenue, Format.MONEY)} · {short(row.revenue_share, Format.SHARE)}" for row in rows.itertuples()
    ]
    room = 1.45 * _highest(rows.revenue)  # for the label beside the longest bar
    first = rows.iloc[0]
    return panels.draw(
        rows,
        theme,
        Rows("subcategory", ("subcategory",), chosen),
        [Panel("revenue", Format.MONEY, [theme.accent] * len(rows), labels=labels, limit=room)],
        [Tip("Subcategory", "subcategory", Format.TEXT), *_REVENUE],
        description=f"{first.subcategory} sold most: {short(first.revenue, Format.MONEY)}, "
        f"{_share(first.revenue_share)} of revenue.",
        height=height,
    )


def _places(continents: pd.DataFrame, countries: pd.DataFrame) -> pd.DataFrame:
    """One row per place: a continent (level 0) above its countries (1), last the sum of the smallest countries (2)."""
    names = set(countries.country)
    shown = panels.largest(countries, "country", _PLACES, "revenue", "countries").to_dict("records")
    rows = []
    for continent in continents.sort_values("revenue", ascending=False).to_dict("records"):
        rows.append({**continent, "country": None, "level": 0, "place": continent["continent"]})
        rows += [
            {**country, "level": 1, "place": country["country"]}
            for country in shown
            if country["country"] in names and country["continent"] == continent["continent"]
        ]
    rows += [
        {**rest, "country": None, "continent": None, "level": 2, "place": rest["country"]}
        for rest in shown
        if rest["country"] not in names
    ]
    return pd.DataFrame(rows, dtype=object).astype({"level": int, "revenue": float, "revenue_share": float})


def _more(frame: pd.DataFrame, what: str) -> str:
    return f", more than any other {what}" if len(frame) > 1 else ""


def _counts(frame: pd.DataFrame) -> list[Tip]:
    known = {"orders": "Orders", "buyers": "Buyers"}
    return [Tip(title, name, Format.COUNT) for name, title in known.items() if name in frame]


def _first(frame: pd.DataFrame, measure: str, *, largest: bool = True) -> pd.Series:
    return frame.sort_values(measure, ascending=not largest, na_position="last").iloc[0]


def _highest(values: pd.Series) -> float:
    return max(0.0, *(style.number(value) for value in values))


def _share(value: object) -> str:
    return short(value, Format.SHARE)
