"""How long a click takes until the page stands still, in a real browser, beside opening the same view anew.

    .venv/bin/python bench/clicks.py [STAR]     default: AdventureWorks, imported first, else the sample star

A click picks a mark that nobody has picked before: once after a look at the page, in which the app has made what lies
one click on (core/ahead.py), and once with nothing made ahead, so that no report and no chart of its view is known.
Settled is the last change that can be seen, told by the browser itself; a table writes its cells for screen readers
200 ms later, by a clock of its own, and beside each click stands when that was. A plain page (bench/plain_page.py)
with as many charts and no data behind them says what Streamlit and this machine take whatever the app does. Needs
Chromium or Chrome; nothing is asserted.
"""

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright

ROOT = Path(__file__).parents[1]
EXPORT = ROOT.parent / "shared/data/adventureworks"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
ARGUMENTS = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
CHARTS = {
    "Overview": "card_revenue-beside-customers-by-segment",
    "Monthly": "card_revenue-by-country",
    "Pareto_Tiers": "card_growth-on-the-same-month-a-year-before",
}
CLICKS = 9
LOOK = 5.0  # seconds
MARKS = "path[aria-roledescription=bar], path[aria-roledescription=rect]"
# The browser's own clock: when the last change inside the page happened, once nothing has changed for a while. What
# lies in a canvas is never seen.
WATCH = """() => {
  window.started = window.changed = window.seen = null;
  const isSeen = ({target}) => !(target.closest ? target : target.parentElement)?.closest('canvas');
  new MutationObserver((changes) => {
    window.changed = performance.now();
    if (changes.some(isSeen)) window.seen = window.changed;
  }).observe(document.querySelector('[data-testid=stMain]'), {subtree: true, childList: true, characterData: true});
  document.addEventListener('pointerdown', () => { window.started = performance.now(); }, true);
}"""
STILL = """() => window.changed !== null && performance.now() - window.changed > 700
  && document.querySelector('[data-test-script-state=notRunning]')
  && !document.querySelector('[data-stale=true], [data-testid=stStatusWidget]')"""


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as scratch:
        star = Path(sys.argv[1]) if len(sys.argv) > 1 else _star(Path(scratch))
        environment = os.environ | {"QUINTILE_DATA": str(star), "QUINTILE_CACHE": f"{scratch}/cache"}
        print(f"{'':34}{'median':>10}{'fastest':>10}{'slowest':>10}{'with all cells':>17}")
        with _served("Home.py", environment) as address:
            _measure(address, CHARTS, f"a click after {LOOK:.0f} s", LOOK)
        with _served("Home.py", environment | {"QUINTILE_AHEAD": "0"}) as address:
            _measure(address, CHARTS, "nothing made ahead")
        with _served("bench/plain_page.py", environment) as address:
            _measure(address, {"": "card_00"}, "a click")


@contextmanager
def _served(script: str, environment: dict[str, str]) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.headless=true", f"--server.port={port}"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1).read()
                break
            except OSError:
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def _star(scratch: Path) -> Path:
    if not EXPORT.is_dir():
        print(f"{EXPORT} is not there: the embedded sample instead")
        return ROOT / "sample_data"
    sys.path.insert(0, str(ROOT))
    from core import exports

    exports.import_export(EXPORT, scratch / "star")
    return scratch / "star"


def _measure(address: str, charts: dict[str, str], label: str, look: float = 0.0) -> None:
    browser_path = next(filter(None, map(shutil.which, BROWSERS)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=ARGUMENTS)
        for path, card in charts.items():
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(f"{address}/{path}")
            _settle(page)
            _show(f"{path or 'Plain page'}: {label}", [_click(page, card, mark, look) for mark in range(CLICKS)])
            url = page.url
            page.close()
            if not look:
                opened = [_opened(browser.new_page(viewport={"width": 1440, "height": 900}), url) for _ in range(3)]
                _show(f"{path or 'Plain page'}: opened anew", opened)
        browser.close()


def _settle(page: Page) -> None:
    page.wait_for_selector("h1")
    page.evaluate(WATCH)
    page.evaluate("window.changed = performance.now()")
    page.wait_for_function(STILL, timeout=60_000)


def _click(page: Page, card: str, mark: int, look: float) -> tuple[float, float]:
    """Milliseconds from pressing on the mark of a chart, looked at for so many seconds, until the last change that can
    be seen, and until the last one.
    """
    page.wait_for_timeout(look * 1000)
    marks = page.locator(f".st-key-{card} svg.marks").locator(MARKS)
    target: Locator = marks.nth(mark)
    target.scroll_into_view_if_needed()
    page.evaluate("window.started = window.changed = window.seen = null")
    target.click(force=True)
    page.wait_for_function(STILL, timeout=60_000)
    return tuple(page.evaluate("[window.seen - window.started, window.changed - window.started]"))


def _opened(page: Page, url: str) -> tuple[float, float]:
    """Milliseconds from following a link until the same two; its reports and charts are known by then."""
    page.goto(url, wait_until="commit")
    _settle(page)
    taken = page.evaluate("[window.seen ?? window.changed, window.changed]")
    page.close()
    return tuple(taken)


def _show(label: str, taken: list[tuple[float, float]]) -> None:
    """One row of the table."""
    seen, all_of_it = zip(*taken, strict=True)
    figures = (statistics.median(seen), min(seen), max(seen))
    whole = f"{statistics.median(all_of_it):14,.0f} ms"
    print(f"{label:34}" + "".join(f"{figure:7,.0f} ms" for figure in figures) + whole, flush=True)


if __name__ == "__main__":
    main()
