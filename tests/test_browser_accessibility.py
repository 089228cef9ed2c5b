"""WCAG 2.2 AA: every page as it is presented; light and dark are looked at where test_browser.py walks them.

The list in docs/accessibility.md is exact: what axe finds and it does not have fails, and so does what it has and axe
no longer finds.
"""

import axe
import pytest
from test_browser import PAGES, address, browser, settle, show_everything, visit  # noqa: F401 (fixtures)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path or "Home")
def test_axe_finds_nothing_on_a_presented_page(visit, path):  # noqa: F811
    page = visit(f"{path}?present=1")
    show_everything(page, 1440)
    settle(page)
    assert axe.unlisted(page) == []


def test_nothing_is_listed_that_axe_does_not_find():
    if not set(PAGES) <= axe.WALKED:
        pytest.skip("needs the whole walk of test_browser.py in the same run")
    assert [pair for place, pair in enumerate(axe.listed()) if place not in axe.SEEN] == []
