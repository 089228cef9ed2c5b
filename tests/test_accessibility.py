"""WCAG 2.2 AA as axe-core sees it: every page, light, dark and presented; docs/accessibility.md lists what may stand.

The list there is exact: what axe finds and the list does not have fails, and so does what the list has and axe no
longer finds.
"""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from test_browser import PAGES, address, browser, settle, show_everything, visit  # noqa: F401 (fixtures)

DOCUMENT = Path(__file__).parents[1] / "docs" / "accessibility.md"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
# Which of the listed pairs an element falls under; null where it is in none.
FALLS_UNDER = """([rule, target, listed]) => {
  const element = document.querySelector(target);
  return listed.findIndex(([name, selector]) => name === rule && element && element.matches(selector));
}"""
SEEN: set[int] = set()


def listed() -> list[tuple[str, str]]:
    """Rule and selector of each row of the document's table."""
    rows = re.findall(r"^\| `([\w-]+)` \| `([^`]+)` \|", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    assert rows, "docs/accessibility.md has no table of rules and selectors"
    return rows


def unlisted(page) -> list[str]:
    """What axe finds on the page as it stands and the list does not have; what it has is noted as seen."""
    found = []
    for violation in Axe().run(page, options=RULES).response["violations"]:
        for node in violation["nodes"]:
            place = page.evaluate(FALLS_UNDER, [violation["id"], str(node["target"][-1]), listed()])
            if place < 0:
                found.append(f"{violation['id']}: {node['html'][:160]} ({node['failureSummary'][:200]})")
            else:
                SEEN.add(place)
    return found


@pytest.mark.parametrize("way", ["light", "dark", "presented"])
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path or "Home")
def test_axe_finds_nothing_that_is_not_listed(visit, path, way):  # noqa: F811
    page = visit(f"{path}?present=1" if way == "presented" else path, scheme="dark" if way == "dark" else "light")
    show_everything(page, 1440)
    settle(page)
    assert unlisted(page) == []


def test_nothing_is_listed_that_axe_does_not_find():
    if not SEEN:
        pytest.skip("no page was walked in this run")
    assert [pair for place, pair in enumerate(listed()) if place not in SEEN] == []
