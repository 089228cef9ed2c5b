"""What a page takes along: its cards and figures under a filter."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import altair as alt
import pandas as pd

from core import formats, insights, periods, reports, rfm, theme
from core.filters import Filter, Level
from core.formats import Format
from core.insights.insight import NO_REASON
from core.metrics import COLUMNS
from core.star import Refused
from core.take import columns as headings
from core.take import words
from core.take.figure import Cards, Figure, Sentences
from core.theme import Theme
from core.warehouse import Mart, Progress


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
    def in_words(self) -> tuple[str, str]:
        """Period and filter in words, and the filter alone."""
        return words.view(self.mart, self.filter), words.choice(self.mart, self.filter)

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
    scope in place of the page's; `needs` what the data must have. A title may name {period} and {month}. `compares`
    are the columns whose values it holds against each other: of one value alone it has nothing to say. `note` stands
    where the drawing has none of its own.
    """

    title: str
    reports: tuple[str, ...]
    native: Callable
    draw: Callable | None = None
    needs: str = ""
    over: Callable[[Scope], Scope] = lambda scope: scope
    options: Mapping[str, Hashable] = field(default_factory=dict, hash=False)
    about: tuple[str, ...] = ()
    note: str = ""
    says: Callable[..., str] | None = None
    compares: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Contents:
    """What a page holds under a filter: what its title names, period and filter in words, the filter alone, figures."""

    about: str
    view: str
    choice: str
    figures: Sequence[Figure]


@dataclass(frozen=True)
class Page:
    """A page of the app: its question, default period, cards with their reports, and figures."""

    title: str
    question: str
    cards: Callable
    card_reports: tuple[str, ...]
    parts: tuple[Part, ...]
    default_period: str = ""

    def contents(self, scope: Scope, progress: Progress) -> Contents:
        """Its cards and figures in a scope. Raises Refused where nothing was sold in it."""
        return Contents(scope.period, *scope.in_words, figures(self, scope, progress))


@dataclass(frozen=True)
class Composed:
    """A page whose figures depend on what the filter picks: `contents` makes them in a scope, or raises Refused."""

    title: str
    question: str
    contents: Callable[[Scope, Progress], Contents]
    default_period: str = ""


def in_view(page: Page | Composed, mart: Mart, filter: Filter) -> Scope:
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
        if not part.needs or scope.has(part.needs):
            found.append(drawn(part, part.over(scope)))
    return found


def _cards(page: Page, scope: Scope) -> Figure:
    answer = insights.sentence(page.title, scope.mart, scope.filter)
    found = page.cards(scope.run)
    found = [card for card in found if scope.has("costs") or card.name != "profit"]
    named = dict.fromkeys(card.name for card in found)
    return Figure("Key figures", answer.text if answer else "", page.card_reports, [Cards(found)],
                  [defined(name) for name in named], scope.period, scope.filter)  # fmt: skip


def drawn(part: Part, scope: Scope) -> Figure:
    """A part of a page in a scope; silent where it has no rows, nothing to draw of them, or nothing to compare."""
    frames = [scope.run(name) for name in part.reports]
    title = part.title.format(period=scope.period, month=scope.month)
    if any(frame.empty for frame in frames):
        return Figure(title, "", (), [], (), scope.period, scope.filter, silent="there are no rows")
    described = [*part.about, *definition(part.reports, frames)]
    if alone := _alone(part, frames):
        return Figure(title, "", part.reports, [], described, scope.period, scope.filter, silent=alone)
    drawing = part.draw(*frames, theme=scope.theme, **part.options) if part.draw else None
    native = part.native(*frames, theme=scope.theme, **part.options)
    if not native and drawing is None:
        return Figure(title, "", (), [], (), scope.period, scope.filter, silent="none of its rows can be shown")
    said = drawing.usermeta if drawing is not None else {}
    return Figure(
        title,
        _finding(part, frames, drawing),
        part.reports,
        native,
        described,
        scope.period,
        scope.filter,
        said.get("note") or part.note,
        drawing,
    )


def _alone(part: Part, frames: Sequence[pd.DataFrame]) -> str:
    """Why there is nothing to compare: the only value of what the part compares; empty where there are several."""
    for columns in part.compares:
        frame = next(frame for frame in frames if set(columns) <= set(frame))
        values = frame[list(columns)].drop_duplicates()
        values = values[values[columns[-1]] != NO_REASON]
        if len(values) <= 1:
            named = "".join(f", {value}," for value in values[columns[-1]])
            return f"there is {'only one' if named else 'no'} {headings.label(columns[-1]).lower()}{named}"
    return ""


def _finding(part: Part, frames: Sequence[pd.DataFrame], drawing: alt.LayerChart | None) -> str:
    said = part.says(*frames) if part.says else ""
    return said or (drawing.description if drawing is not None else "")


def definition(names: Sequence[str], frames: Sequence[pd.DataFrame]) -> list[str]:
    """What a row of each report is, and the definition of each metric in its frame."""
    grains = [reports.REPORTS[name].grain for name in names]
    named = dict.fromkeys(name for frame in frames for name in frame if name in COLUMNS)
    return [*grains, *map(defined, named)]


def defined(name: str) -> str:
    """A metric's label and definition."""
    return f"{COLUMNS[name].label}: {COLUMNS[name].definition}"
