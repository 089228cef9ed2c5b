"""A story in a real browser, walked by keyboard by two at once, its link opened by a third."""

import os
from collections.abc import Iterator

import pytest
from test_browser import address, browser, says, settle, visit  # noqa: F401  the fixtures

from core import reports, stories, warehouse
from core.filters import Filter
from core.formats import Format, short
from core.stories import Step

STEPS = (
    Step("All of it", "Overview", Filter(), "Two segments carry it."),
    Step("France alone", "Overview", Filter.of(country="France"), "Ask the dealers."),
    Step("France in May", "Monthly", Filter.of(month="2026-05", country="France")),
)


@pytest.fixture(scope="module", autouse=True)
def _folder(tmp_path_factory) -> Iterator[None]:
    """Keep what is kept of the sample in a folder of the run's own."""
    os.environ["QUINTILE_STORIES"] = str(tmp_path_factory.mktemp("stories"))
    yield
    del os.environ["QUINTILE_STORIES"]


def revenue(sample, step: Step) -> str:
    """What the page of a step shows as revenue, without the currency."""
    return short(reports.run("headline", warehouse.open_mart(sample), step.filter).revenue.iloc[0], Format.MONEY)


def stands_on(page, sample, number: int) -> None:
    """Wait until the page is a step's: its link, its note, its place and its figures."""
    step = STEPS[number - 1]
    page.wait_for_url(f"**/{step.page}?*step={number}*")
    settle(page)
    for text in (step.title, f"{number} of {len(STEPS)}", revenue(sample, step)):
        says(page, text)


def test_two_on_different_steps_do_not_disturb_each_other(visit, sample):  # noqa: F811
    story = stories.begin(sample, "Together")
    for step in STEPS:
        stories.keep(sample, step, story)
    one, two = visit(f"?story={story}&step=1&present=1"), visit(f"?story={story}&step=3&present=1")
    stands_on(one, sample, 1)
    stands_on(two, sample, 3)
    one.keyboard.press("ArrowRight")
    stands_on(one, sample, 2)
    stands_on(two, sample, 3)
    again = visit(one.url.split("/", 3)[3])  # the link, in a browser of somebody else
    stands_on(again, sample, 2)
