"""A page ready to be written: its figures, and everything that stands on each of its slides, sheets and pages."""

from dataclasses import dataclass

from core import insights
from core.filters import Filter
from core.take import catalogue, pages, words
from core.take.figure import Figure
from core.theme import Theme
from core.warehouse import Mart, Progress


@dataclass(frozen=True)
class Printout:
    """A page under a filter: title with its period, the sentence that answers it, figures, data, link back.

    `view` is period and filter in words, `choice` the filter alone, empty where there is none.
    """

    page: str
    question: str
    title: str
    answer: str
    view: str
    choice: str
    source: str
    mart: Mart
    filter: Filter
    theme: Theme
    figures: tuple[Figure, ...]
    link: str | None

    @property
    def span(self) -> str:
        """The view without the filter."""
        return self.view.removesuffix(f" · {self.choice}")

    @property
    def shown(self) -> list[Figure]:
        """The figures that have something to say, which slides and pages show."""
        return [figure for figure in self.figures if not figure.silent]

    @property
    def left_out(self) -> list[str]:
        """A sentence for each figure that has nothing to say under the filter."""
        under = "under this filter" if self.choice else "in this period"
        return [f"Left out: {figure.title}, for {figure.silent} {under}." for figure in self.figures if figure.silent]

    def view_of(self, figure: Figure) -> str:
        """A figure's own period and the filter, in words."""
        return f"{figure.period} · {words.choice(self.mart, figure.filter) or 'no filter'}"

    def notes(self, figure: Figure | None = None) -> list[str]:
        """What belongs below a figure: its definitions, the filter, the data and its version, the link."""
        defined = [f"{figure.title}: {' '.join(figure.definition[:1])}", *figure.definition[1:]] if figure else []
        return [
            *([figure.finding] if figure and figure.finding else []),
            *defined,
            f"Filter: {self.view_of(figure) if figure else self.view}.",
            *(self.left_out if figure is None or figure is self.figures[0] else []),
            f"Data: {self.source}, version {self.mart.version}.",
            *([f"Open this view: {self.link}"] if self.link else []),
        ]


def prepare(page: str, mart: Mart, filter: Filter, link: str | None, progress: Progress) -> Printout:
    """A page under a filter, with the page's own period where the filter has none.

    Raises Refused where there is no such page or nothing was sold under the filter.
    """
    found = catalogue.find(page)
    scope = pages.in_view(found, mart, filter)
    contents = found.contents(scope, progress)
    answer = insights.sentence(found.title, mart, scope.filter)
    return Printout(
        found.title,
        found.question,
        f"{found.title}: {contents.about}",
        answer.text if answer else "",
        contents.view,
        contents.choice,
        words.source(mart),
        mart,
        scope.filter,
        scope.theme,
        tuple(contents.figures),
        link,
    )
