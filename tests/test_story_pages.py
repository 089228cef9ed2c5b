"""Keeping a view, walking a story, presenting it, and the page of all of them, as a viewer meets them."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from test_pages import PAGES, ROOT, cards, said

from core import reports, stories, story_file, warehouse
from core.filters import Filter
from core.formats import Format, short
from core.stories import Step

BOARD = (
    Step("The year", "Home", Filter(), "Where we stand."),
    Step("France in May", "Monthly", Filter.of(month="2026-05", country="France"), "Down.\nAsk the dealers."),
    Step("The few", "Pareto tiers", Filter.of(tier="Top Clients")),
)


@pytest.fixture
def star(sample, tmp_path) -> Path:
    """The sample in a folder of its own, so that what a test keeps is its own."""
    return Path(shutil.copytree(sample, tmp_path / "star", ignore=shutil.ignore_patterns("*.py")))


@pytest.fixture
def opened(star, monkeypatch) -> Callable[..., AppTest]:
    """Open a page of the star by a link, in a session of its own."""
    monkeypatch.setenv("QUINTILE_DATA", str(star))

    def open_(page: str, **query: str | list[str]) -> AppTest:
        app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=60)
        if page != "Home":
            app.switch_page(PAGES[page])
        for key, value in query.items():
            app.query_params[key] = value
        return app.run()

    return open_


def keep_board(star: Path, *steps: Step) -> str:
    story = stories.begin(star, "For the board")
    for step in steps or BOARD:
        stories.keep(star, step, story)
    return story


def words(app: AppTest) -> str:
    return said(app).replace("\\", "")


def by_label(elements, label: str):
    return next(element for element in elements if element.label == label)


def keeping(app: AppTest) -> AppTest:
    """Open "Keep this view", as a click on it does."""
    app.session_state["keep"] = True
    return app.run()


def kept(app: AppTest, name: str = "", note: str = "", story: str | None = None) -> AppTest:
    """Fill the form of "Keep this view" and send it."""
    if name:
        by_label(app.text_input, "Name").set_value(name)
    by_label(app.text_area, "Note").set_value(note)
    if story:
        by_label(app.selectbox, "Story").set_value(story)
    return by_label(app.button, "Keep").click().run()


def links(app: AppTest) -> dict[str, str]:
    return {link.proto.label: link.proto.query_string for link in app.get("page_link") if not link.proto.disabled}


def test_a_view_is_kept_with_the_period_that_the_page_shows(opened, star):
    app = keeping(opened("Monthly", country="France"))
    assert by_label(app.text_input, "Name").value == "Monthly · Aug 2026 · France"
    app = kept(app, note="A note")
    assert not app.exception
    (view,) = stories.loose_views(star)
    assert (view.title, view.page, view.note) == ("Monthly · Aug 2026 · France", "Monthly", "A note")
    assert view.filter == Filter.of(country="France", month="2026-08")
    assert view.version == warehouse.open_mart(star).version


def test_what_became_of_it_stands_in_the_forms_place_until_it_is_closed(opened, star):
    stories.begin(star, "Board")
    app = kept(keeping(opened("Overview")), "Where we stand", story="Board")
    assert "**Where we stand** is kept in **Board**. The page Stories lists it." in words(app)
    assert not app.toast
    assert "Keep" not in [button.label for button in app.button]
    app.session_state["keep"] = False
    app.run()
    assert "is kept in" not in words(app)
    app = keeping(app)
    assert by_label(app.text_input, "Name").value == "Overview"
    assert len(stories.all_stories(star)[0].steps) == 1


def test_what_is_refused_stays_in_the_form(opened, star):
    app = keeping(opened("Overview"))
    by_label(app.text_input, "Name").set_value("  ")
    app = kept(app, note="Well said")
    assert [error.value for error in app.error] == ["A name is missing; write a few words."]
    assert by_label(app.text_area, "Note").value == "Well said"
    assert stories.loose_views(star) == []


def test_views_join_a_story_in_the_order_they_are_kept(opened, star):
    stories.begin(star, "Board 🚀")
    kept(keeping(opened("Overview")), "First", story="Board 🚀")
    kept(keeping(opened("Home")), "Second", story="Board 🚀")
    (story,) = stories.all_stories(star)
    assert (story.title, [step.title for step in story.steps]) == ("Board 🚀", ["First", "Second"])


def test_what_cannot_be_kept_says_why(opened, star):
    story_file.places(star)[0].write_bytes(b"no database" * 999)
    app = keeping(opened("Overview"))
    assert not app.exception
    assert app.metric
    assert "The file of kept views is damaged" in words(app)


@pytest.mark.parametrize("page", ["Home", "Monthly"])
def test_a_story_leads_to_its_step_from_any_page(opened, star, page):
    app = opened(page, story=keep_board(star), step="2")
    assert app.title[0].value == "Monthly"
    row = reports.run("headline", warehouse.open_mart(star), BOARD[1].filter).iloc[0]
    assert cards(app)["Revenue"].endswith(short(row.revenue, Format.MONEY))
    assert "France in May" in words(app)
    assert "Ask the dealers." in words(app)
    assert "2 of 3" in words(app)
    assert app.query_params == {"story": "for-the-board", "step": "2"}
    assert links(app)["Before"] == "story=for-the-board&step=1"
    assert links(app)["Next"] == "story=for-the-board&step=3"


def test_a_view_looked_at_on_the_way_is_its_link_and_leads_back(opened, star):
    app = opened("Monthly", story=keep_board(star), step="2")
    assert "As kept" not in links(app)
    app.session_state["open_country"] = True
    app.run().get_by_key("pick_country").set_value(["Italy"]).run()
    assert app.query_params["country"] == "Italy"
    assert (app.query_params["story"], app.query_params["step"]) == ("for-the-board", "2")
    again = opened("Monthly", **{key: app.query_params[key] for key in app.query_params})
    assert cards(again) == cards(app)
    assert links(again)["As kept"] == "story=for-the-board&step=2"
    assert links(again)["Next"] == "story=for-the-board&step=3"


def test_a_cleared_filter_in_a_step_stays_cleared_in_its_link(opened, star):
    app = opened("Monthly", story=keep_board(star), step="2")
    app.button(key="chip_all").click().run()
    again = opened("Monthly", **{key: app.query_params[key] for key in app.query_params})
    assert "country" not in again.query_params
    assert cards(again) == cards(app)


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ({"story": "nowhere"}, "There is no story 'nowhere' here; the page is shown as it is."),
        ({"story": "<b>*x*</b>"}, "There is no story '<b>*x*</b>' here"),
        ({"story": "empty"}, "The story 'Empty' has no views yet"),
        ({"story": "for-the-board", "step": "9"}, "The story 'For the board' has no step '9'; it has 3."),
        ({"story": "FOR-THE-BOARD", "step": "two"}, "has no step 'two'; it has 3."),
        ({"story": "for-the-board", "step": "0"}, "has no step '0'"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_broken_link_to_a_story_opens_and_says_so(opened, star, link, sentence):
    keep_board(star, Step("Home again", "Home", Filter()), *BOARD[1:])
    stories.begin(star, "Empty")
    app = opened("Home", **link)
    assert not app.exception
    assert app.metric
    assert sentence in words(app)


def test_a_page_that_is_no_more_is_said(opened, star):
    app = opened("Home", story=keep_board(star, Step("Old", "Cohorts", Filter.of(country="France"))))
    assert "There is no page 'Cohorts' any more; the step's filter is shown on Home." in words(app)
    assert app.metric


def test_a_view_made_on_an_earlier_state_says_so(opened, star):
    mart = warehouse.open_mart(star)
    old = Step("Old", "Overview", Filter(), data=mart.name, version="000000000000")
    new = Step("New", "Overview", Filter(), data=mart.name, version=mart.version)
    story = keep_board(star, old, new)
    sentence = "This kept view was made on an earlier state of the data; figures have changed since."
    assert sentence in words(opened("Home", story=story, step="1"))
    assert sentence not in words(opened("Home", story=story, step="2"))


def test_a_presenter_sees_figures_chips_day_and_data_and_nothing_to_work_with(opened, star):
    app = opened("Home", story=keep_board(star), step="2", present="1")
    assert app.title[0].value == "Monthly"
    assert set(links(app)) == {"Before", "Next", "Leave"}
    assert not app.get("popover") or not [one for one in app.get("popover") if "Segment" in str(one.proto)]
    assert [button.label for button in app.button if str(button.key).startswith("chip_")] == [r"Country\: France"]
    assert "May 2026" in words(app)
    assert f"As of 17 Sep 2026 · {warehouse.open_mart(star).name}" in words(app)
    assert links(app)["Next"] == "story=for-the-board&step=3&present=1"
    assert links(app)["Leave"] == "story=for-the-board&step=2"


def test_presenting_works_without_a_story_and_goes_along(opened):
    app = opened("Overview", segment="Loyal")
    assert "present=1" in links(app)["Present"]
    app = opened("Overview", segment="Loyal", present="1")
    assert "Leave" in links(app)
    assert "Monthly" not in links(app)
    assert links(app)["Leave"] == "segment=Loyal"
    assert "present=1" in next(
        query for label, query in links(opened("Home", present="1")).items() if "See it" in label
    )


def test_closing_a_story_leaves_the_view(opened, star):
    app = opened("Monthly", story=keep_board(star), step="2")
    assert links(app)["Close"] == "month=2026-05&country=France"


def test_files_link_to_the_view_and_not_into_the_story(opened, star):
    app = opened("Monthly", story=keep_board(star), step="2")
    nav = links(app)["Overview"]
    assert "story=for-the-board" in nav  # a look aside stays in the story
    assert "country=France" in nav


def test_names_and_notes_are_shown_as_they_are(opened, star):
    evil = Step("<b>*bold*</b> $5 :red[x]", "Overview", Filter(), "[a](javascript:x) <script>\n# head")
    app = opened("Overview", story=keep_board(star, evil))
    texts = "\n".join(element.value for element in app.markdown)
    assert r"\<b\>\*bold\*\</b\> \$5 \:red\[x\]" in texts
    assert r"\[a\]\(javascript\:x\) \<script\>" in texts
    assert r"\# head" in texts
    assert not opened("Stories").exception


def test_the_stories_page_lists_opens_and_presents(opened, star):
    assert "Nothing is kept yet." in words(opened("Stories"))
    keep_board(star)
    stories.keep(star, BOARD[1])
    app = opened("Stories")
    assert "**1 story** and **4 views** are kept of this data" in words(app)
    app.session_state["story_for-the-board"] = True
    app.run()
    assert not app.exception
    assert links(app)["Present"] == "story=for-the-board&step=1&present=1"
    assert {"story=for-the-board&step=3", "month=2026-05&country=France"} <= {
        link.proto.query_string for link in app.get("page_link")
    }
    for step in BOARD:
        assert step.title in words(app)


def test_steps_are_moved_renamed_and_deleted_after_a_question(opened, star):
    story = keep_board(star)
    app = opened("Stories")
    app.session_state[f"story_{story}"] = True
    app.run()
    ids = {step.title: step.id for step in stories.find(star, story).steps}
    app.button(key=f"arrow_upward_{ids['The few']}").click().run()
    assert [step.title for step in stories.find(star, story).steps] == ["The year", "The few", "France in May"]
    app.button(key=f"edit_{ids['The few']}").click().run()
    by_label(app.text_input, "Name").set_value("The 311")
    by_label(app.button, "Save").click().run()
    assert [step.title for step in stories.find(star, story).steps] == ["The year", "The 311", "France in May"]
    app.button(key=f"delete_view_{ids['The few']}").click().run()
    assert len(stories.find(star, story).steps) == 3
    app.button(key="sure").click().run()
    assert [step.title for step in stories.find(star, story).steps] == ["The year", "France in May"]
    app.session_state[f"story_{story}"] = True  # as the browser would say it again
    app.run()
    app.button(key=f"delete_story_{story}").click().run()
    assert "goes with its 2 views" in words(app)
    app.button(key="sure").click().run()
    assert stories.all_stories(star) == []


def test_two_who_edit_the_same_view_do_not_lose_each_other(opened, star):
    story = keep_board(star)
    view = stories.find(star, story).steps[0]
    one, two = opened("Stories"), opened("Stories")
    for app in (one, two):
        app.session_state[f"story_{story}"] = True
        app.run()
        app.button(key=f"edit_{view.id}").click().run()
    by_label(one.text_area, "Note").set_value("mine")
    by_label(one.button, "Save").click().run()
    by_label(two.text_area, "Note").set_value("yours")
    by_label(two.button, "Save").click().run()
    assert "was changed by somebody else meanwhile" in two.error[0].value
    assert by_label(two.text_area, "Note").value == "yours"
    assert stories.find(star, story).steps[0].note == "mine"


def test_the_stories_page_opens_where_the_data_does_not(opened, star):
    keep_board(star)
    (star / "fact_order.parquet").unlink()
    app = opened("Stories")
    assert not app.exception
    assert "**1 story** and **3 views**" in words(app)
