"""The hints of the first visit: there until closed, then gone from this session, and from this browser."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from test_browser import address, browser, settle, visit  # noqa: F401 (fixtures)

from core.ui_hints import HINTS

ROOT = Path(__file__).parents[1]


@pytest.fixture
def app(monkeypatch, sample) -> AppTest:
    monkeypatch.setenv("QUINTILE_DATA", str(sample))
    return AppTest.from_file(str(ROOT / "Home.py"), default_timeout=60).run()


def said(app: AppTest) -> list[str]:
    return [title for _, title, _ in HINTS if any(f"**{title}.**" in text.value for text in app.markdown)]


def test_three_hints_stand_on_the_first_page_until_they_are_closed(app):
    assert said(app) == ["Click what you see", "The address is the view", "Ask how it is made"]
    app.button(key="close_hints").click().run()
    assert not app.exception
    assert said(app) == []
    app.switch_page("pages/1_Overview.py").run()
    assert said(app) == []


def test_a_browser_remembers_that_hints_were_closed(visit):  # noqa: F811
    page = visit("Overview")
    page.get_by_role("button", name="Got it").click()
    page.get_by_text("Click what you see").wait_for(state="detached")
    page.wait_for_function("() => document.cookie.includes('quintile_hints=closed')")
    page.reload()
    settle(page)
    assert page.get_by_text("Click what you see").count() == 0
    assert visit("Overview").get_by_text("Click what you see").count() == 1
