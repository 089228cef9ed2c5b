"""Who, where and why: revenue, customers and orders by place, segment, reason and subcategory; what moved."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from core.charts import panels, style
from core.charts.panels import Panel, Rows
from core.charts.style import Tip
from core.formats import Format, short
from core.theme import Theme

_PLACES, _ROWS = 20, 15
_REVENUE = (Tip("Revenue", "revenue", Format.MONEY), Tip("Share of revenue", "revenue_share", Format.SHARE))


def shares_by_place(
    continents: pd.DataFrame,
    countries: pd.DataFrame,
    theme: Theme,
    *,
    chosen: Sequence[str] = (),
    currency: str = "",
    height: int | None = None,
) -> alt.LayerChart:
    """Share of revenue by continent, bold, with its countries below it.

    Takes revenue_by_continent and revenue_by_country. `chosen` are the continents and countries that are on. A click yields
    `continent` and, on a country's bar, `country` (else null).
    """
    shown = panels.largest(countries, "country", _PLACES, "revenue", "countries")
    blocks = []
    for place in continents.sort_values("revenue", ascending=False).to_dict("records"):
        blocks.append({**place, "place": place["continent"], "country": None, "level": 0})
        within = shown[shown.continent == place["continent"]] if "continent" in shown else shown
        blocks += [{**row, "place": row["country"], "level": 1} for row in within.to_dict("records")]
    left = [{**row, "place": row["country"], "country": None, "continent": None, "level": 2}
            for row in shown.to_dict("records") if row["country"] not in {block["place"] for block in blocks}]  # fmt: skip
    frame = pd.DataFrame(blocks + left).astype({"country": object, "continent": object})
    first = frame[frame.level == 0].iloc[0] if (frame.level == 0).any() else frame.iloc[0]
    colours = [(theme.accent, theme.sequential[4], theme.quiet)[level] for level in frame.level]
    return panels.draw(
        frame,
        theme,
        Rows("place", ("continent", "country"), chosen, [level == 0 for level in frame.level]),
        [Panel("revenue_share", Format.SHARE, colours)],
        [Tip("Place", "place", Format.TEXT), *_REVENUE, *_counts(frame)],
        description=f"{first['place']} brings {_share(first.revenue_share)} of revenue, the most of {len(continents)} "
        f"continents; {len(countries)} countries are shown below their continents.",
        currency=currency,
        height=height,
    )


def segments(
    frame: pd.DataFrame,
    theme: Theme,
    *,
    chosen: Sequence[str] = (),
    currency: str = "",
    height: int | None = None,
) -> alt.LayerChart:
    """Share of revenue beside share of customers, by segment, on one scale. Takes `segments`; a click yields `segment`."""
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
        f"{_share(first.revenue_share)} of revenue, the most of {len(frame)} segments.",
        currency=currency,
        height=height,
    )


def rfm_averages(
    frame: pd.DataFrame,
    theme: Theme,
    *,
    chosen: Sequence[str] = (),
    currency: str = "",
    height: int | None = None,
) -> alt.LayerChart:
    """Average recency, frequency and monetary by segment, each on its own scale. Takes `segments`; a click yields `segment`.

    Segments without a score are left out.
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
            Panel("avg_monetary", Format.MONEY, colours, f"Monetary{f', {currency}' if currency else ''}"),
        ],
        [
            Tip("Segment", "segment", Format.TEXT),
            Tip("Average recency", "avg_recency_days", Format.DAYS),
            Tip("Average frequency, orders", "avg_frequency", Format.NUMBER),
            Tip("Average monetary", "avg_monetary", Format.MONEY),
        ],
        description=f"{latest.segment} bought last, {short(latest.avg_recency_days, Format.DAYS)} ago on average; "
        f"{richest.segment} brought the most, {short(richest.avg_monetary, Format.MONEY)} {currency} each.",
        currency=currency,
        height=height,
        narrowest=500,
    )


def orders_by_reason(
    frame: pd.DataFrame,
    theme: Theme,
    *,
    chosen: Sequence[str] = (),
    currency: str = "",
    height: int | None = None,
) -> alt.LayerChart:
    """Share of order-reason links, falling; orders without a reason stand last, with their number. A click yields `reason`."""
    given = panels.largest(frame[frame.order_share.notna()], "reason", _ROWS, "order_share", "reasons")
    rows = pd.concat([given, frame[frame.order_share.isna()]], ignore_index=True)
    labels = [
        short(row.order_share, Format.SHARE) if row.order_share == row.order_share else f"{row.orders:,.0f} orders"
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
        description=f"{first.reason} leads the reasons with {labels[0]} of all reasons given.",
        currency=currency,
        height=height,
    )


def top_subcategories(
    frame: pd.DataFrame,
    theme: Theme,
    *,
    chosen: Sequence[str] = (),
    currency: str = "",
    height: int | None = None,
) -> alt.LayerChart:
    """Revenue of the top subcategories, falling. A click yields `subcategory`."""
    rows = frame.sort_values("revenue", ascending=False)
    labels = [
        f"{short(row.revenue, Format.MONEY)} · {short(row.revenue_share, Format.SHARE)}" for row in rows.itertuples()
    ]
    first = rows.iloc[0]
    return panels.draw(
        rows,
        theme,
        Rows("subcategory", ("subcategory",), chosen),
        [Panel("revenue", Format.MONEY, [theme.accent] * len(rows), labels=labels, limit=1.3 * _highest(rows.revenue))],
        [Tip("Subcategory", "subcategory", Format.TEXT), *_REVENUE],
        description=f"{first.subcategory} sold most: {short(first.revenue, Format.MONEY)} {currency}, "
        f"{_share(first.revenue_share)} of revenue.",
        currency=currency,
        height=height,
    )


def _counts(frame: pd.DataFrame) -> list[Tip]:
    known = {"orders": "Orders", "buyers": "Buyers"}
    return [Tip(title, name, Format.COUNT) for name, title in known.items() if name in frame]


def _first(frame: pd.DataFrame, measure: str, *, largest: bool = True) -> pd.Series:
    return frame.sort_values(measure, ascending=not largest, na_position="last").iloc[0]


def _highest(values: pd.Series) -> float:
    return max(0.0, *(style.number(value) for value in values))


def _share(value: object) -> str:
    return short(value, Format.SHARE)
