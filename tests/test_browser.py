"""A walk through the running app in a real browser: every page, light and dark, on a desk and on a phone.

Needs Chromium or Chrome. Where there is none the tests are skipped and say so; QUINTILE_BROWSER=required fails them.
"""

import contextlib
import io
import json
import math
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import axe
import playwright.sync_api
import pptx
import pytest
from PIL import Image

from core import formats, maps, reports, theme, warehouse
from core.filters import Filter
from core.formats import Format, Style, short

ROOT = Path(__file__).parents[1]
PAGES = ["", *(page.stem.partition("_")[2] for page in sorted((ROOT / "pages").glob("*.py")))]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
SOFTWARE_DRAWING = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    """The app on the embedded sample, served by a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (tmp_path_factory.mktemp("server") / "log").open("w+")
    command = [sys.executable, "-m", "streamlit", "run", "Home.py", "--server.headless=true", f"--server.port={port}"]
    environment = os.environ | {"QUINTILE_DATA": str(ROOT / "sample_data")}
    server = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, env=environment)
    for _ in range(120):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1).read()
            break
        except OSError:
            time.sleep(0.25)
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait()
    log.seek(0)
    told = log.read()
    assert "Traceback" not in told, told[-3000:]


@pytest.fixture(scope="module")
def browser() -> Iterator:
    """One Chromium for the module."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        message = "no Chromium or Chrome is installed"
        pytest.fail(message) if os.environ.get("QUINTILE_BROWSER") == "required" else pytest.skip(message)
    with playwright.sync_api.sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=found, args=SOFTWARE_DRAWING)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser, address) -> Iterator:
    """Open a page of the app in a new context; at the end nothing may have gone wrong in the browser."""
    contexts, wrong = [], []

    def opened(path: str = "", *, scheme: str = "light", width: int = 1440):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda line: wrong.append(said(line)) if line.type == "error" and is_ours(line) else None)
        page.on("request", lambda request: wrong.append(request.url) if is_outside(request.url, address) else None)
        page.goto(f"{address}/{path}")
        settle(page)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def is_ours(line) -> bool:
    """Streamlit asks for its health below a page's own path first, and is told 404 there."""
    return not ("404" in line.text and "/_stcore/" in str(line.location.get("url")))


def said(line) -> str:
    return f"{line.text} ({line.location.get('url')})"


def is_outside(url: str, address: str) -> bool:
    return not url.startswith((address, address.replace("http", "ws"), "data:", "blob:"))


def settle(page) -> None:
    """Wait until the script has run to its end, nothing is stale, and both still hold a moment later."""
    idle = (
        "() => document.querySelector('[data-test-script-state=notRunning][data-test-connection-state=CONNECTED]')"
        " && document.querySelector('h1') && !document.querySelector('[data-testid=stStatusWidget]')"
        " && !document.querySelector('[data-stale=true], [data-testid=stSkeleton]')"
    )
    for _ in range(2):
        page.wait_for_function(idle, timeout=60_000)
        page.wait_for_timeout(500)


def says(page, text: str) -> None:
    """Wait until the page says a text; fails where it does not within half a minute."""
    page.wait_for_function(
        "text => document.querySelector('[data-testid=stMain]').innerText.includes(text)", arg=text, timeout=30_000
    )


def comes_true(page, condition, sentence: str) -> None:
    """Wait until something is so, for drawing takes its time on a busy machine."""
    for _ in range(60):
        if condition():
            return
        page.wait_for_timeout(500)
    pytest.fail(sentence)


def is_drawn(chart) -> bool:
    marks = chart.locator("svg .role-mark path, svg .role-mark text, svg .role-mark line").count()
    return bool(marks or chart.locator("canvas").count())


def has_colours(deck) -> bool:
    return len(Image.open(io.BytesIO(deck.screenshot())).convert("RGB").getcolors(1_000_000)) > 3


def show_everything(page, width: int) -> None:
    """Make the window as high as the page, so that everything is drawn."""
    height = page.evaluate("document.querySelector('[data-testid=stMainBlockContainer]').scrollHeight")
    page.set_viewport_size({"width": width, "height": int(height) + 40})
    page.wait_for_timeout(1200)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path or "Home")
def test_every_page_draws_everything_on_a_desk_and_on_a_phone(visit, path, scheme):
    page = visit(path, scheme=scheme)
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        show_everything(page, width)
        assert page.locator("[data-testid=stException]").count() == 0
        for chart in page.locator("[data-testid=stVegaLiteChart]").all():
            comes_true(page, partial(is_drawn, chart), "a chart is empty")
        for deck in page.locator("[data-testid=stDeckGlJsonChart]").all():
            comes_true(page, partial(has_colours, deck), "a map is empty")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page is wider than its window"
        assert width < 1440 or axe.unlisted(page) == []


def test_a_link_opens_its_view_and_the_view_is_its_link(visit, sample):
    page = visit("Overview?country=France")
    mart = warehouse.open_mart(sample)
    revenue = reports.run("headline", mart, Filter.of(country="France")).revenue.iloc[0]
    says(page, short(revenue, Format.MONEY))
    assert "country=France" in page.url
    again = visit(page.url.split("/", 3)[3])
    says(again, short(revenue, Format.MONEY))


def test_a_page_change_a_reload_back_and_forward_keep_the_filter(visit):
    page = visit("Overview?segment=Champions")
    page.get_by_role("link", name="Monthly").first.click()
    page.wait_for_url("**/Monthly*")
    settle(page)
    assert "segment=Champions" in page.url
    page.reload()
    settle(page)
    assert "segment=Champions" in page.url
    page.go_back()
    page.wait_for_url("**/Overview*")
    settle(page)
    assert "segment=Champions" in page.url
    says(page, "Champions")
    page.go_forward()
    page.wait_for_url("**/Monthly*")
    settle(page)
    assert "segment=Champions" in page.url


def test_a_click_on_a_bar_filters_the_page_and_its_chip_or_one_more_clears_it(visit):
    page = visit("Overview")

    def click() -> None:
        bar = page.locator("path[aria-roledescription=bar][aria-label*='Champions']").first
        bar.scroll_into_view_if_needed()
        bar.click()

    for clear in (page.get_by_role("button", name="Champions").first.click, click):
        click()
        page.wait_for_url("**segment=Champions*")
        settle(page)
        clear()
        page.wait_for_function("() => !location.search.includes('segment=')")
        settle(page)


@pytest.mark.parametrize(
    ("path", "card", "choice", "stays"),
    [
        ("Overview", "revenue-beside-customers-by-segment", "segment=", 7),
        ("Monthly", "revenue-by-country", "continent=", 5),
        ("Pareto_Tiers", "segments-within-tiers", "segment=", 5),
    ],
)
def test_charts_that_stay_after_a_click_show_what_its_link_shows(visit, path, card, choice, stays):
    page = visit(path)
    page.evaluate("document.querySelectorAll('svg.marks').forEach(chart => { chart.dataset.stays = true; })")
    mark = page.locator(f".st-key-card_{card} svg.marks path[role=graphics-symbol]").first
    mark.scroll_into_view_if_needed()
    mark.click(force=True)
    page.wait_for_url(f"**{choice}*")
    settle(page)
    stay = page.locator("svg.marks[data-stays]").count()
    assert stay >= stays, "charts were drawn anew whose axes hold for all rows"
    other = visit(page.url.split("/", 3)[3])
    comes_true(other, lambda: pictures(other) == pictures(page), "a chart that stayed differs from the link's")


def pictures(page) -> dict[str, list[str]]:
    """What each chart shows by its card: texts and named marks with their colours, from the top and from the left."""
    return page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('svg.marks')].map(chart => [
          chart.closest('[class*=st-key-card_]').className.match(/st-key-card_\\S+/)[0],
          [...chart.querySelectorAll('text, path[role=graphics-symbol]')].map(one => {
            const [box, whole] = [one.getBoundingClientRect(), chart.getBoundingClientRect()];
            const said = one.textContent || one.getAttribute('aria-label');
            const top = Math.round((box.y - whole.y) / 4);
            return {said, top, left: Math.round(box.x - whole.x), look: one.getAttribute('fill')};
          }).sort((one, other) => one.top - other.top || one.left - other.left || (one.said < other.said ? -1 : 1))
            .map(({said, look}) => `${said} | ${look}`),
        ]))"""
    )


def test_a_page_is_taken_along_as_slides_under_its_filter(visit, tmp_path):
    page = visit("Overview?country=France")
    page.get_by_role("button", name="Take along").click()
    with page.expect_download(timeout=120_000) as download:
        page.get_by_role("button", name="PowerPoint").click()
    assert download.value.suggested_filename.endswith(".pptx")
    download.value.save_as(tmp_path / "overview.pptx")
    deck = pptx.Presentation(tmp_path / "overview.pptx")
    assert len(deck.slides) > 3
    assert any("France" in shape.text_frame.text for shape in deck.slides[0].shapes if shape.has_text_frame)


def test_a_broken_link_says_what_was_ignored(visit):
    page = visit("Overview?country=Atlantis&colour=red&top_cut=0.95")
    for ignored in ("Atlantis", "colour", "top_cut"):
        says(page, ignored)


def test_a_click_on_the_map_adds_a_region_and_one_more_lifts_it(visit, sample):
    mart = warehouse.open_mart(sample)
    countries, regions = (reports.run(f"revenue_by_{place}", mart, Filter()) for place in ("country", "region"))
    deck = json.loads(maps.regions(countries, regions, theme.load("light"), width=600).to_json())
    shown, circles = deck["initialViewState"], deck["layers"][-1]["data"]
    alone = [min(math.dist(one["position"], other["position"]) for other in circles if other != one) for one in circles]
    second, first = (circles[alone.index(distance)] for distance in sorted(set(alone))[-2:])
    page = visit("Overview")
    canvas = page.locator("[data-testid=stDeckGlJsonChart] canvas")
    comes_true(page, partial(has_colours, canvas), "the map is empty")

    def click(circle: dict) -> None:
        """Click when the circle's tip is there, and once more where a busy browser took it for no click."""
        canvas.scroll_into_view_if_needed()
        box = canvas.bounding_box()
        east, north = (circle["position"][axis] - shown["target"][axis] for axis in (0, 1))
        scale = 2 ** shown["zoom"]
        at = (box["x"] + box["width"] / 2 + east * scale, box["y"] + box["height"] / 2 - north * scale)
        page.mouse.move(at[0] + 1, at[1])
        page.mouse.move(*at)
        page.locator(".deck-tooltip", has_text=circle["region"]).wait_for()
        page.wait_for_timeout(500)  # or the browser is still busy with the tip when it should count a click
        address = page.url
        for _ in range(2):
            page.mouse.click(*at)
            with contextlib.suppress(playwright.sync_api.TimeoutError):
                return page.wait_for_function("before => location.href !== before", arg=address, timeout=15_000)

    click(first)
    says(page, f"Region: {first['region']}")
    says(page, short_money(mart, region=first["region"]))
    settle(page)
    click(second)
    both = sorted((first["region"], second["region"]))
    says(page, f"Region: {', '.join(both)}")
    says(page, short_money(mart, region=both))
    settle(page)
    click(first)
    says(page, f"Region: {second['region']}")
    settle(page)
    page.get_by_role("button", name=f"Region: {second['region']}").click()
    page.wait_for_function("() => !location.search.includes('region=')")
    settle(page)
    click(second)  # what was selected before its chip was closed
    says(page, f"Region: {second['region']}")


def short_money(mart: warehouse.Mart, **choice: object) -> str:
    """The revenue under a choice as the cards write it in this browser."""
    with formats.written_in(Style("en-US", mart.currency)):
        return short(reports.run("headline", mart, Filter.of(**choice)).revenue.iloc[0], Format.MONEY)
