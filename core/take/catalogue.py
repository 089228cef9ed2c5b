"""Every page of the app that can be taken along: its figures, in its order, with its titles."""

from collections.abc import Hashable

import altair as alt
import pandas as pd

from core import charts, maps
from core.card_words import WHOLE
from core.customer_words import cut_point
from core.formats import NOTHING, Format, exact
from core.star import Refused
from core.take import cards, comparison, customers, grids, plots, statements
from core.take import columns as headings
from core.take.figure import Rows
from core.take.pages import Composed, Page, Part, Scope
from core.theme import Theme

_CLIENTS, _CUSTOMERS, _DAYS = 15, 16, 16
_OWN_YEAR = {"revenue_at_risk": "Last 12 months"}  # of one segment or customer, whatever its risk


def _map(countries: pd.DataFrame, regions: pd.DataFrame, theme: Theme) -> alt.LayerChart:
    return maps.regions_for_files(countries, regions, theme)


def _month_table(frame: pd.DataFrame, theme: Theme, **options: Hashable) -> list:
    """The month in two tables beside each other, so that a slide holds it."""
    halves = [frame.iloc[:_DAYS], frame.iloc[_DAYS:]]
    return [plot for half in halves if len(half) for plot in grids.table(half, theme, **options)]


def _suggestions(frame: pd.DataFrame, theme: Theme) -> list:
    """Segment or tier, what it is worth, where and what it buys, and what to do."""
    key = frame.columns[0]
    told = frame.assign(
        who=[f"{name}\n{strategy}" for name, strategy in zip(frame[key], frame.strategy, strict=True)],
        what_to_do=["\n".join(f"• {text}" for text in texts) for texts in frame.suggestions],
    )
    return grids.table(told, theme, short_money=True, labels=_OWN_YEAR | {"who": f"{headings.label(key)} and strategy"},
                       columns=("who", "customers", "revenue", "revenue_at_risk", "what_to_do"))  # fmt: skip


def _cut_points(frame: pd.DataFrame, theme: Theme) -> list:
    """Where the scores are cut, each in its own unit."""
    points = [name for name in frame if name.startswith("cut_")]
    texts = [
        [
            row["score"].capitalize(),
            *(NOTHING if pd.isna(row[name]) else cut_point(row[name], row["score"]) for name in points),
            exact(row["note"], Format.TEXT),
        ]
        for row in frame.to_dict("records")
    ]
    if frame.note.isna().all():
        texts = [row[:-1] for row in texts]
    heads = ["Score", *map(headings.label, points), "Note"][: len(texts[0])]
    numeric = [False, *[True] * len(points), False][: len(texts[0])]
    return [Rows(heads, texts, numeric)]


def _habits(frame: pd.DataFrame, theme: Theme) -> list:
    return grids.table(frame, theme, short_money=True, labels=_OWN_YEAR, columns=(
        frame.columns[0], "customers", "orders", "revenue", "revenue_at_risk", "avg_recency_days", "top_country",
        "top_subcategory", "top_reason",
    ))  # fmt: skip


def _to_contact(frame: pd.DataFrame, theme: Theme) -> list:
    """The customers with the most revenue of the last twelve months first, then with the most ever."""
    known = frame[frame.customer_id.notna() & (frame.revenue_at_risk > 0)]
    rows = known.sort_values(["revenue_at_risk", "monetary", "customer_id"], ascending=[False, False, True])
    return grids.table(rows, theme, rows=_CUSTOMERS, short_money=True, labels=_OWN_YEAR, columns=(
        "customer_name", "segment", "tier", "revenue_at_risk", "monetary", "frequency", "recency_days",
        "last_order_date",
    )) if len(rows) else []  # fmt: skip


def _heat(row: str, column: str, value: str) -> dict[str, Hashable]:
    return {"row": row, "column": column, "value": value, "format": Format.SHARE}


_MAP = Part(
    "Revenue by region",
    ("revenue_by_country", "revenue_by_region"),
    plots.picture,
    _map,
    "places",
    compares=(("country", "region"),),
)
_REASONS = Part(
    "% orders by reason",
    ("orders_by_reason",),
    plots.orders_by_reason,
    charts.orders_by_reason,
    "reasons",
    compares=(("reason",),),
)
_PLACES = ("revenue_by_continent", "revenue_by_country")

PAGES: dict[str, Page | Composed] = {
    page.title: page
    for page in (
        Page("Home", "Are we on target this year, what has changed, where to look next?", cards.home,
             ("run_rate", "twelve_months", "headline"), (
            Part("Revenue and where the year ends, {period}", ("year_course", "run_rate"),
                 plots.revenue_against_target, charts.revenue_against_target, over=Scope.in_year),
            Part("What changed in {month}", ("changes",), plots.changes, charts.changes),
            Part("Growth on the same month last year", ("monthly_growth",), plots.monthly_growth,
                 charts.monthly_growth, over=Scope.in_year),
        ), "year"),
        Page("Overview", "Who carries the business, where and why do they buy?", cards.overview,
             ("headline", "twelve_months"), (
            Part("% revenue by continent and country", _PLACES, plots.shares_by_place, charts.shares_by_place,
                 "places", compares=(("country",),)),
            _MAP,
            _REASONS,
            Part("% revenue beside % customers, by segment", ("segments",), plots.segments, charts.segments,
                 compares=(("segment",),)),
            Part("Customers by recency and frequency score", ("rfm_grid",), grids.rfm_grid, charts.rfm_grid),
            Part("Average recency, frequency and monetary, by segment", ("segments",), plots.rfm_averages,
                 charts.rfm_averages, compares=(("segment",),)),
            Part("Where the scores are cut", ("score_cut_points",), _cut_points,
                 says=statements.score_cut_points),
            Part("% of revenue by segment and country", ("revenue_by_segment_country",), grids.heat, charts.heat,
                 "places", options=_heat("segment", "country", "revenue_share"),
                 note=WHOLE["revenue_by_segment_country"],
                 says=statements.parts("segment", "country", "revenue_share", "its revenue"),
                 compares=(("segment",), ("country",))),
            Part("% of revenue by segment and reason", ("revenue_by_segment_reason",), grids.heat, charts.heat,
                 "reasons", options=_heat("segment", "reason", "revenue_share"),
                 note=WHOLE["revenue_by_segment_reason"],
                 says=statements.parts("segment", "reason", "revenue_share", "its revenue"),
                 compares=(("segment",), ("reason",))),
        )),
        Page("Monthly", "How did this month go, and for whom?", cards.month, ("month_cards",), (
            Part("Daily revenue, and the month to date", ("month_days",), plots.daily_revenue, charts.daily_revenue),
            Part("% revenue by country", _PLACES, plots.shares_by_place, charts.shares_by_place, "places",
                 compares=(("country",),)),
            Part("Top five subcategories", ("top_subcategories",), plots.top_subcategories, charts.top_subcategories,
                 "products", compares=(("subcategory",),)),
            _REASONS,
            _MAP,
            Part("% revenue by subcategory and segment", ("revenue_by_subcategory_segment",), grids.heat, charts.heat,
                 "products", options=_heat("subcategory", "segment", "revenue_share"),
                 note=WHOLE["revenue_by_subcategory_segment"],
                 says=statements.parts("subcategory", "segment", "revenue_share", "its revenue"),
                 compares=(("subcategory",), ("segment",))),
            Part("% orders by reason and segment", ("orders_by_reason_segment",), grids.heat, charts.heat, "reasons",
                 options=_heat("reason", "segment", "order_share"),
                 note=WHOLE["orders_by_reason_segment"],
                 says=statements.parts("reason", "segment", "order_share", "its orders"),
                 compares=(("reason",), ("segment",))),
            Part("The month by day", ("month_days",), _month_table, says=statements.month_days, options={"columns": (
                "day", "revenue", "revenue_last_month", "revenue_month_to_date", "revenue_month_to_date_last_month",
            )}),
            Part("Revenue by day and region", ("revenue_by_day_region",), grids.day_by_region, needs="places",
                 says=statements.day_by_region, compares=(("region",),)),
        ), "month"),
        Page("Pareto tiers", "Which few customers bring most of the business?", cards.tiers, ("headline", "tiers"), (
            Part("Pareto curve", ("pareto_curve",), plots.pareto_curve, charts.pareto_curve),
            _MAP,
            Part("Cumulative sales, {period}", ("cumulative_revenue",), plots.cumulative_revenue,
                 charts.cumulative_revenue, over=Scope.in_year_or_period),
            Part("Growth on the same month a year before", ("monthly_growth",), plots.monthly_growth,
                 charts.monthly_growth),
            Part("Products: units against sales, sized by profit", ("products",), plots.product_bubbles,
                 charts.product_bubbles, "products", compares=(("product",),)),
            Part("Segments within tiers", ("segments_by_tier",), grids.segments_by_tier, charts.segments_by_tier,
                 compares=(("segment", "tier"),), about=("Each cell is the revenue and the number of buyers.",)),
            Part("Largest clients", ("top_clients",), grids.table, says=statements.top_clients,
                 options={"rows": _CLIENTS, "short_money": True, "columns": (
                "customer_name", "segment", "tier", "country", "revenue", "revenue_share", "orders", "recency_days",
            )}),
        )),
        Page("Recommendations", "What shall we do about it next month, and for whom?", cards.risk,
             ("headline", "twelve_months", "segments"), (
            Part("Whom to contact", ("customers",), _to_contact, says=statements.to_contact, over=Scope.in_need,
                 about=("Most revenue of the last 12 months first, then most revenue ever.",)),
            Part("Segments: what to do", ("recommendations",), _suggestions, says=statements.recommendations),
            Part("Segments: where, what and why they buy", ("recommendations",), _habits, says=statements.habits),
            Part("Tiers: what to do", ("tier_recommendations",), _suggestions,
                 says=statements.tier_recommendations),
            Part("Tiers: where, what and why they buy", ("tier_recommendations",), _habits, says=statements.habits),
        )),
        Composed("Customers", "Which customers stand behind a figure, and what about each?", customers.contents),
        Composed("Compare", "What sets two segments, tiers, periods or places apart?", comparison.contents),
    )
}  # fmt: skip


def find(name: str) -> Page | Composed:
    """The page of this name in any case, with blanks, hyphens or underscores. Raises Refused where there is none."""
    wanted = "".join(filter(str.isalpha, name)).casefold()
    for title, page in PAGES.items():
        if wanted == "".join(filter(str.isalpha, title)).casefold():
            return page
    raise Refused(f"There is no page {name!r}; the pages are {', '.join(PAGES)}.")
