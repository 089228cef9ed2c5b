"""What each page of the app takes along: its figures, in its order, with its titles."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import altair as alt
import pandas as pd

from core import charts, formats, insights, maps, periods, reports, rfm, theme
from core.filters import Filter, Level
from core.formats import Format
from core.metrics import COLUMNS
from core.star import Refused
from core.take import cards, grids, plots, statements, words
from core.take.figure import Cards, Figure, Sentences
from core.theme import Theme
from core.warehouse import Mart, Progress

_CLIENTS, _CUSTOMERS, _DAYS = 15, 16, 16
_OWN_YEAR = {"revenue_at_risk": "Last 12 months"}  # of one segment or customer, whatever its risk


@dataclass(frozen=True)
class Scope:
    """A page's view: the mart, the filter with the page's own period, the theme of paper."""

    mart: Mart
    filter: Filter
    theme: Theme

    def run(self, name: str, **changes: str | Iterable[str] | None) -> pd.DataFrame:
        """The rows of a report under the filter with some keys set anew. Shared: never write into them."""
        return reports.run(name, self.mart, self.filter.choose(**changes))

    def in_year(self) -> "Scope":
        """The same choice over the whole (fiscal) year that the period ends in."""
        spans = periods.of_filter(self.mart, self.filter).spans
        year = periods.year_of(spans[-1].last if spans else self.mart.as_of, self.mart.fiscal_year_start)
        return replace(self, filter=self.filter.without_level(Level.PERIOD).choose(year=str(year)))

    def in_year_or_period(self) -> "Scope":
        """This scope where a period is chosen, else the year."""
        return self if self.filter.has(Level.PERIOD) else self.in_year()

    def in_need(self) -> "Scope":
        """This scope where a segment or tier is chosen, else the segment at risk with the most money at stake."""
        rows = self.run("recommendations")
        marked = rows[rows.segment.isin(rfm.at_risk_names())]
        if self.filter.get("segment") or self.filter.get("tier") or marked.empty:
            return self
        most = marked.loc[marked.revenue_at_risk.idxmax(), "segment"]
        return replace(self, filter=self.filter.choose(segment=most))

    @property
    def period(self) -> str:
        """The period in words."""
        return words.period(self.mart, self.filter)

    @property
    def month(self) -> str:
        """The month in view, in words."""
        return formats.exact(periods.month_in_view(self.mart, self.filter), Format.MONTH)

    def has(self, what: str) -> bool:
        """Whether the data has costs, places, products, reasons, targets or channels."""
        return bool(self.mart.summary[f"has_{what}"])


@dataclass(frozen=True)
class Part:
    """One figure of a page: its title, its reports, how it is drawn and what it is natively.

    `draw` makes the page's own chart of the reports' frames, `native` its plots; both take `options`. `over` names the
    scope in place of the page's; `needs` what the data must have. A title may name {period} and {month}.
    """

    title: str
    reports: tuple[str, ...]
    native: Callable
    draw: Callable | None = None
    needs: str = ""
    over: Callable[[Scope], Scope] = lambda scope: scope
    options: Mapping[str, Hashable] = field(default_factory=dict, hash=False)
    about: tuple[str, ...] = ()
    says: Callable[..., str] | None = None


@dataclass(frozen=True)
class Page:
    """A page of the app: its question, default period, cards with their reports, and figures."""

    title: str
    question: str
    cards: Callable
    card_reports: tuple[str, ...]
    parts: tuple[Part, ...]
    default_period: str = ""


def find(name: str) -> Page:
    """The page of this name in any case, with blanks, hyphens or underscores. Raises Refused where there is none."""
    wanted = "".join(filter(str.isalpha, name)).casefold()
    for title, page in PAGES.items():
        if wanted == "".join(filter(str.isalpha, title)).casefold():
            return page
    raise Refused(f"There is no page {name!r}; the pages are {', '.join(PAGES)}.")


def in_view(page: Page, mart: Mart, filter: Filter) -> Scope:
    """The page's view of a filter: with the page's own period where the filter has none."""
    if not filter.has(Level.PERIOD):
        if page.default_period == "month":
            filter = filter.choose(month=periods.month_in_view(mart, filter).strftime("%Y-%m"))
        elif page.default_period == "year":
            filter = filter.choose(year=str(periods.year_of(mart.as_of, mart.fiscal_year_start)))
    return Scope(mart, filter, theme.load("light"))


def figures(page: Page, scope: Scope, progress: Progress) -> list[Figure]:
    """The page's cards and figures with what they hold under the filter; what the data lacks is left out.

    Raises Refused where nothing was sold under the filter.
    """
    headline = scope.run("headline").iloc[0]
    if headline.orders == 0 and headline.revenue == 0:
        raise Refused(
            f"Nothing was sold under this filter ({words.view(scope.mart, scope.filter)}); lift a part of it."
        )
    found = [_cards(page, scope)]
    if page.title == "Home" and (said := insights.headlines(scope.mart, scope.filter)):
        found.append(Figure("Worth knowing", "", (), [Sentences([(one.finding, one.rest) for one in said])],
                            ["The findings with the most money behind what is unusual about them."],
                            scope.period, scope.filter))  # fmt: skip
    for place, part in enumerate(page.parts):
        progress(f"Drawing {part.title}", place / len(page.parts))
        if (not part.needs or scope.has(part.needs)) and (figure := _figure(part, part.over(scope))):
            found.append(figure)
    return found


def _cards(page: Page, scope: Scope) -> Figure:
    answer = insights.sentence(page.title, scope.mart, scope.filter)
    found = page.cards(scope.run)
    found = [card for card in found if scope.has("costs") or card.name != "profit"]
    named = dict.fromkeys(card.name for card in found)
    return Figure("Key figures", answer.text if answer else "", page.card_reports, [Cards(found)],
                  [_defined(name) for name in named], scope.period, scope.filter)  # fmt: skip


def _figure(part: Part, scope: Scope) -> Figure | None:
    frames = [scope.run(name) for name in part.reports]
    if any(frame.empty for frame in frames):
        return None
    drawing = part.draw(*frames, theme=scope.theme, **part.options) if part.draw else None
    native = part.native(*frames, theme=scope.theme, **part.options)
    if not native and drawing is None:
        return None
    said = drawing.usermeta if drawing is not None else {}
    return Figure(
        part.title.format(period=scope.period, month=scope.month),
        _finding(part, frames, drawing),
        part.reports,
        native,
        [*part.about, *_definition(part, frames)],
        scope.period,
        scope.filter,
        said.get("note", ""),
        drawing,
    )


def _finding(part: Part, frames: Sequence[pd.DataFrame], drawing: alt.LayerChart | None) -> str:
    said = part.says(*frames) if part.says else ""
    return said or (drawing.description if drawing is not None else "")


def _definition(part: Part, frames: Sequence[pd.DataFrame]) -> list[str]:
    """What a row of each report is, and the definition of each metric in it."""
    grains = [reports.REPORTS[name].grain for name in part.reports]
    named = dict.fromkeys(name for frame in frames for name in frame if name in COLUMNS)
    return [*grains, *map(_defined, named)]


def _defined(name: str) -> str:
    return f"{COLUMNS[name].label}: {COLUMNS[name].definition}"


def _map(countries: pd.DataFrame, regions: pd.DataFrame, theme: Theme) -> alt.LayerChart:
    return maps.regions_for_files(countries, regions, theme)


def _month_table(frame: pd.DataFrame, theme: Theme, **options: Hashable) -> list:
    """The month in two tables beside each other, so that a slide holds it."""
    halves = [frame.iloc[:_DAYS], frame.iloc[_DAYS:]]
    return [plot for half in halves if len(half) for plot in grids.table(half, theme, **options)]


def _suggestions(frame: pd.DataFrame, theme: Theme) -> list:
    """Segment or tier, what it is worth, where and what it buys, and what to do."""
    key = frame.columns[0]
    told = frame.assign(what_to_do=["\n".join(f"• {text}" for text in texts) for texts in frame.suggestions])
    return grids.table(told, theme, short_money=True, labels=_OWN_YEAR, columns=(
        key, "strategy", "customers", "revenue", "revenue_share", "revenue_at_risk", "what_to_do"
    ))  # fmt: skip


def _habits(frame: pd.DataFrame, theme: Theme) -> list:
    return grids.table(frame, theme, short_money=True, labels=_OWN_YEAR, columns=(
        frame.columns[0], "customers", "orders", "revenue", "revenue_at_risk", "avg_recency_days", "top_country",
        "top_subcategory", "top_reason",
    ))  # fmt: skip


def _to_contact(frame: pd.DataFrame, theme: Theme) -> list:
    """The customers with the most revenue of the last twelve months first, then with the most ever."""
    known = frame[frame.customer_id.notna() & (frame.revenue_at_risk > 0)]
    rows = known.sort_values(["revenue_at_risk", "monetary", "customer_id"], ascending=[False, False, True])
    return grids.table(rows, theme, rows=_CUSTOMERS, labels=_OWN_YEAR, columns=(
        "customer_name", "segment", "tier", "revenue_at_risk", "monetary", "frequency", "recency_days",
        "last_order_date",
    )) if len(rows) else []  # fmt: skip


def _heat(row: str, column: str, value: str) -> dict[str, Hashable]:
    return {"row": row, "column": column, "value": value, "format": Format.SHARE}


_MAP = Part("Revenue by region", ("revenue_by_country", "revenue_by_region"), plots.picture, _map, "places")
_REASONS = Part("% orders by reason", ("orders_by_reason",), plots.orders_by_reason, charts.orders_by_reason, "reasons")
_PLACES = ("revenue_by_continent", "revenue_by_country")

PAGES: dict[str, Page] = {
    page.title: page
    for page in (
        Page("Home", "Are we on target this year, what has changed, where to look next?", cards.home,
             ("run_rate", "twelve_months", "headline"), (
            Part("Revenue and where the year ends, {period}", ("cumulative_revenue", "run_rate"),
                 plots.revenue_against_target, charts.revenue_against_target, over=Scope.in_year),
            Part("What changed in {month}", ("changes",), plots.changes, charts.changes),
            Part("Growth on the same month last year", ("monthly_growth",), plots.monthly_growth,
                 charts.monthly_growth, over=Scope.in_year),
        ), "year"),
        Page("Overview", "Who carries the business, where and why do they buy?", cards.overview,
             ("headline", "twelve_months"), (
            Part("% revenue by continent and country", _PLACES, plots.shares_by_place, charts.shares_by_place,
                 "places"),
            _MAP,
            _REASONS,
            Part("% revenue beside % customers, by segment", ("segments",), plots.segments, charts.segments),
            Part("Customers by recency and frequency score", ("rfm_grid",), grids.rfm_grid, charts.rfm_grid),
            Part("Average recency, frequency and monetary, by segment", ("segments",), plots.rfm_averages,
                 charts.rfm_averages),
            Part("Where the scores are cut", ("score_cut_points",), grids.table,
                 says=statements.score_cut_points,
                 options={"columns": ("score", "cut_20", "cut_40", "cut_60", "cut_80", "note")}),
            Part("% of revenue by segment and country", ("revenue_by_segment_country",), grids.heat, charts.heat,
                 "places", options=_heat("segment", "country", "revenue_share"),
                 says=statements.parts("segment", "country", "revenue_share", "its revenue")),
            Part("% of revenue by segment and reason", ("revenue_by_segment_reason",), grids.heat, charts.heat,
                 "reasons", options=_heat("segment", "reason", "revenue_share"),
                 says=statements.parts("segment", "reason", "revenue_share", "its revenue")),
        )),
        Page("Monthly", "How did this month go, and for whom?", cards.month, ("month_cards",), (
            Part("Daily revenue, and the month to date", ("month_days",), plots.daily_revenue, charts.daily_revenue),
            Part("% revenue by country", _PLACES, plots.shares_by_place, charts.shares_by_place, "places"),
            Part("Top five subcategories", ("top_subcategories",), plots.top_subcategories, charts.top_subcategories,
                 "products"),
            _REASONS,
            _MAP,
            Part("% revenue by subcategory and segment", ("revenue_by_subcategory_segment",), grids.heat, charts.heat,
                 "products", options=_heat("subcategory", "segment", "revenue_share"),
                 says=statements.parts("subcategory", "segment", "revenue_share", "its revenue")),
            Part("% orders by reason and segment", ("orders_by_reason_segment",), grids.heat, charts.heat, "reasons",
                 options=_heat("reason", "segment", "order_share"),
                 says=statements.parts("reason", "segment", "order_share", "its orders")),
            Part("The month by day", ("month_days",), _month_table, says=statements.month_days, options={"columns": (
                "day", "revenue", "revenue_last_month", "revenue_month_to_date", "revenue_month_to_date_last_month",
            )}),
            Part("Revenue by day and region", ("revenue_by_day_region",), grids.day_by_region, needs="places",
                 says=statements.day_by_region),
        ), "month"),
        Page("Pareto tiers", "Which few customers bring most of the business?", cards.tiers, ("headline", "tiers"), (
            Part("Pareto curve", ("pareto_curve",), plots.pareto_curve, charts.pareto_curve),
            _MAP,
            Part("Cumulative sales, {period}", ("cumulative_revenue",), plots.cumulative_revenue,
                 charts.cumulative_revenue, over=Scope.in_year_or_period),
            Part("Growth on the same month a year before", ("monthly_growth",), plots.monthly_growth,
                 charts.monthly_growth),
            Part("Products: units against sales, sized by profit", ("products",), plots.product_bubbles,
                 charts.product_bubbles, "products"),
            Part("Segments within tiers", ("segments_by_tier",), grids.segments_by_tier, charts.segments_by_tier,
                 about=("Each cell is the revenue and the number of buyers.",)),
            Part("Largest clients", ("top_clients",), grids.table, says=statements.top_clients,
                 options={"rows": _CLIENTS, "columns": (
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
    )
}  # fmt: skip
