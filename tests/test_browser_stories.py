"""A story in a real browser: kept, walked and left by keyboard, by back, forth and reload, by two at once."""

import os
from collections.abc import Iterator

import pytest
from test_browser import address, browser, comes_true, says, settle, visit  # noqa: F401  the fixtures

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


def test_a_story_is_kept_walked_and_left_by_keyboard_alone(visit, sample):  # noqa: F811
    page = visit("Overview")
    page.get_by_role("button", name="Keep this view").press("Enter")
    page.get_by_role("textbox", name="Name").fill(STEPS[0].title)
    page.get_by_role("textbox", name="Note").fill(STEPS[0].note)
    page.get_by_role("combobox", name="Story").focus()
    page.keyboard.type("For the board")
    page.get_by_role("option").filter(has_text="For the board").wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Keep", exact=True).press("Enter")
    comes_true(page, lambda: stories.all_stories(sample), "nothing was kept")
    for step in STEPS[1:]:
        stories.keep(sample, step, "for-the-board")
    kept = stories.find(sample, "for-the-board")
    assert [(step.title, step.page, step.filter, step.note) for step in kept.steps] == [
        (step.title, step.page, step.filter, step.note) for step in STEPS
    ]

    page = visit("Stories")
    page.locator("[data-testid=stExpander] summary").first.press("Enter")
    page.get_by_role("link", name="Present").press("Enter")
    stands_on(page, sample, 1)
    assert page.get_by_role("link", name="Monthly").count() == 0
    chart, bar = page.locator("[data-testid=stVegaLiteChart] svg").first, page.locator(".st-key-presenter")
    box = chart.bounding_box()
    assert box["y"] + box["height"] < bar.bounding_box()["y"], "the bar cuts the first chart"
    page.keyboard.press("ArrowRight")
    stands_on(page, sample, 2)
    page.keyboard.press("PageDown")
    stands_on(page, sample, 3)
    page.keyboard.press("ArrowRight")  # this is the last one
    page.reload()
    stands_on(page, sample, 3)
    page.go_back()
    stands_on(page, sample, 2)
    page.go_forward()
    stands_on(page, sample, 3)
    page.keyboard.press("ArrowLeft")
    stands_on(page, sample, 2)
    page.keyboard.press("Escape")
    page.wait_for_url(lambda url: "present" not in url)
    settle(page)
    assert page.get_by_role("link", name="Monthly").count() == 1


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


def test_a_question_in_the_middle_of_a_step_is_answered_and_left_again(visit, sample):  # noqa: F811
    story = stories.begin(sample, "Asked")
    for step in STEPS:
        stories.keep(sample, step, story)
    page = visit(f"Overview?story={story}&step=1&present=1")
    stands_on(page, sample, 1)
    bar = page.locator("path[aria-roledescription=bar][aria-label*='France']").first
    bar.scroll_into_view_if_needed()
    bar.click()
    page.wait_for_url("**country=France*")
    settle(page)
    says(page, revenue(sample, STEPS[1]))
    again = visit(page.url.split("/", 3)[3])
    says(again, revenue(sample, STEPS[1]))
    says(again, "As kept")
    page.keyboard.press("ArrowRight")
    stands_on(page, sample, 2)
