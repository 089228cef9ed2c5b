"""How is this made, in a real browser and by keyboard alone; a chart as a file of its own."""

import io
import shutil

import duckdb
from PIL import Image
from test_browser import address, browser, says, settle, visit  # noqa: F401  the fixtures

from core import reports, warehouse
from core.filters import Filter

TITLE = "% revenue beside % customers, by segment"
CARD = "st-key-card_revenue-beside-customers-by-segment"


def open_drawer(page, title: str):
    """By keyboard, from the card's title."""
    page.set_default_timeout(90_000)
    page.get_by_role("button", name=title, exact=True).focus()
    page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog", name=title)
    drawer.get_by_text("How is this made?").wait_for()
    return drawer


def test_by_keyboard_a_chart_says_how_it_is_made_and_its_sql_gives_its_rows(visit, sample, tmp_path):  # noqa: F811
    page = visit("Overview?country=France")
    drawer = open_drawer(page, TITLE)
    drawer.get_by_text("All data · Country: France").first.wait_for()
    shown = drawer.locator("[data-testid=stCode] code").inner_text()
    assert "-- Filter: All data · Country: France" in shown
    mart = warehouse.open_mart(sample)
    with duckdb.connect(shutil.copy(mart.path, tmp_path), read_only=True) as session:
        rows = session.execute(shown.replace("\xa0", " ")).df()
    assert rows.equals(mart.query(*reports.query("segments", mart, Filter.of(country="France"))))
    page.keyboard.press("Escape")
    drawer.wait_for(state="detached")


def test_by_keyboard_a_chart_turns_into_its_rows_and_back(visit, sample):  # noqa: F811
    page = visit("Overview")
    mart = warehouse.open_mart(sample)
    rows = len(mart.query(*reports.query("segments", mart, Filter())))
    card = page.locator(f".{CARD}")
    for turn, table in (("Show the rows", 1), ("Show the chart", 0)):
        drawer = open_drawer(page, TITLE)
        drawer.get_by_role("button", name=turn).focus()
        page.keyboard.press("Enter")
        drawer.wait_for(state="detached")
        page.wait_for_function(
            "([key, tables]) => document.querySelectorAll(`.${key} [data-testid=stDataFrame]`).length === tables",
            arg=[CARD, table],
        )
        settle(page)
        assert card.locator("svg.marks").count() == 1 - table
        if table:
            assert card.locator("table[role=grid]").get_attribute("aria-rowcount") == str(rows + 1)


def test_every_card_has_a_name_of_its_own_that_opens_its_drawer(visit):  # noqa: F811
    page = visit("Overview")
    for name in ("Revenue", "Orders", "Buyers", "Average transaction", "Profit", "Revenue at risk"):
        assert page.get_by_role("button", name=name, exact=True).count() == 1, name
    page.get_by_role("button", name="Average transaction", exact=True).click()
    drawer = page.get_by_role("dialog", name="Average transaction")
    drawer.get_by_text("sum of revenue ÷ number of orders").first.wait_for()
    drawer.get_by_role("link", name="Customers behind it").click()
    page.wait_for_url("**/Customers*")
    settle(page)
    says(page, "Customers")


def test_what_a_chart_says_is_heard_and_not_seen(visit):  # noqa: F811
    page = visit("Overview")
    said = page.locator(".stHtml", has_text="Champions are 13.9% of customers and bring 57.7% of revenue")
    said.wait_for(state="attached")
    assert said.evaluate("one => getComputedStyle(one.parentElement).clipPath") == "inset(50%)"


def test_the_lines_of_the_cards_are_seen_and_say_what_they_show(visit):  # noqa: F811
    page = visit("Overview")
    lines = page.get_by_role("img", name="by month, the last")
    lines.first.wait_for()
    assert lines.count() == 6
    drawn = "all => all.every(one => one.naturalWidth > 0 && one.getBoundingClientRect().height > 20)"
    page.wait_for_function(f"({drawn})([...document.querySelectorAll('img[alt*=\"by month, the last\"]')])")


def test_a_chart_becomes_a_file_with_title_filter_and_day(visit):  # noqa: F811
    page = visit("Overview?country=France")
    files = {}
    drawer = open_drawer(page, TITLE)
    for kind in ("PNG", "SVG"):
        with page.expect_download(timeout=120_000) as download:
            drawer.get_by_role("button", name=kind, exact=True).click()
        name = f"revenue-beside-customers-by-segment_france_as-of-2026-09-17.{kind.lower()}"
        assert download.value.suggested_filename == name
        files[kind] = download.value.path().read_bytes()
    drawn = files["SVG"].decode()
    for said in (TITLE, "All data · Country: France", "Lorvane Cycles (sample) · as of "):
        assert said in drawn
    picture = Image.open(io.BytesIO(files["PNG"]))
    assert picture.width >= 1800
    assert len(picture.convert("RGB").getcolors(1_000_000)) > 10
