"""A story to take along: a chapter a step, that begins with its finding and its note, then the figures of its page."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from core import filters, reports, theme, warehouse
from core.filters import Filter
from core.star import Refused
from core.stories import Step, Story
from core.take import catalogue, words
from core.take.figure import Cards, Figure, Sentences
from core.take.printout import Printout, prepare
from core.warehouse import Mart, Progress

_NOT_IN_FILES = "This page is not one that files hold; open the view in the app."


def of_story(story: Story, star: Path, link: Callable[[int], str | None], progress: Progress) -> list[Printout]:
    """A printout a step, its first figure being the chapter's opening. `link` names the view of a step by its number.

    Raises Refused where the story has no steps or the star cannot be read.
    """
    if not story.steps:
        raise Refused(f"The story {story.title!r} has no views yet; keep one in it first.")
    found = []
    for number, step in enumerate(story.steps, start=1):
        progress(f"Preparing {step.title}", (number - 1) / len(story.steps))
        mart = warehouse.open_mart(star, step.filter.as_of)
        found.append(_chapter(step, number, mart, link(number)))
    return found


def _chapter(step: Step, number: int, mart: Mart, link: str | None) -> Printout:
    chosen, unknown = filters.known(step.filter, reports.choices(mart))
    try:
        catalogue.find(step.page)
        printout = prepare(step.page, mart, chosen, link, lambda stage, share: None)
    except Refused as refused:
        reason = str(refused) if step.page in catalogue.PAGES else _NOT_IN_FILES
        printout = _without_figures(step, mart, chosen, link)
        unknown = [*unknown, reason]
    opening = _opening(step, number, printout, unknown)
    rest = tuple(figure for figure in printout.figures if not _is_cards(figure))
    return replace(printout, title=step.title, figures=(opening, *rest))


def _opening(step: Step, number: int, printout: Printout, remarks: list[str]) -> Figure:
    """The step's finding, or its title where there is none, over its note and its page's key figures."""
    lines = [("", line) for line in (*step.note.splitlines(), *remarks) if line.strip()]
    cards = next((figure for figure in printout.figures if _is_cards(figure)), None)
    plots = [*([Sentences(lines)] if lines else []), *(cards.plots if cards else [])]
    said = [*([step.note] if step.note else []), *(cards.definition if cards else [])]
    return Figure(
        f"{number}. {step.title}",
        printout.answer,
        cards.reports if cards else (),
        plots,
        said or [step.title],
        words.period(printout.mart, printout.filter),
        printout.filter,
    )


def _is_cards(figure: Figure) -> bool:
    return any(isinstance(plot, Cards) for plot in figure.plots)


def _without_figures(step: Step, mart: Mart, chosen: Filter, link: str | None) -> Printout:
    said = (words.view(mart, chosen), words.choice(mart, chosen), words.source(mart))
    return Printout(step.page, "", step.title, "", *said, mart, chosen, theme.load("light"), (), link)
