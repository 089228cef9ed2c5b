"""WCAG 2.2 AA as axe-core sees it, beside what docs/accessibility.md lists as Streamlit's own."""

import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

DOCUMENT = Path(__file__).parents[1] / "docs" / "accessibility.md"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
# Which of the listed pairs an element falls under; -1 where it is in none.
FALLS_UNDER = """([rule, target, listed]) => {
  const element = document.querySelector(target);
  return listed.findIndex(([name, selector]) => name === rule && element && element.matches(selector));
}"""
SEEN: set[int] = set()  # places in the list that were found on some page
WALKED: set[str] = set()  # pages looked at


def listed() -> list[tuple[str, str]]:
    """Rule and selector of each row of the document's table; none where it says that nothing is found."""
    text = DOCUMENT.read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([\w-]+)` \| `([^`]+)` \|", text, re.MULTILINE)
    assert "| Rule | Selector |" in text, "docs/accessibility.md has no table of rules and selectors"
    assert bool(rows) != ("the table has no row" in text), "docs/accessibility.md says otherwise than its table"
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
    WALKED.add(page.url.split("?")[0].rpartition("/")[2])
    return found
