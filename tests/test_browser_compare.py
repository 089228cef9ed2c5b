"""Two segments in a real browser: clicked with shift, filtered by, compared, and opened again by their link."""

from test_browser import address, browser, says, settle, visit  # noqa: F401  the fixtures

from core import compare, formats, reports, warehouse
from core.filters import Filter
from core.formats import Format

BAR = ".st-key-card_revenue-by-segment path[aria-roledescription=bar][aria-label*='{}']"


def click(page, name: str, *, shift: bool = False) -> None:
    """Click in the middle of a segment's bar, by the mouse itself: a busy page is never still."""
    bar = page.locator(BAR.format(f"Segment: {name};")).first
    bar.wait_for(state="attached", timeout=60_000)
    bar.evaluate("bar => bar.scrollIntoView({block: 'center'})")
    page.wait_for_timeout(500)
    box = bar.bounding_box()
    if shift:
        page.keyboard.down("Shift")
    page.mouse.click(box["x"] + min(box["width"] / 2, 3), box["y"] + box["height"] / 2)
    if shift:
        page.keyboard.up("Shift")


def written(mart: warehouse.Mart, **choice: object) -> str:
    revenue = reports.run("headline", mart, Filter.of(**choice)).revenue.iloc[0]
    with formats.written_in(formats.Style("en-US", mart.currency)):
        return formats.short(revenue, Format.MONEY)


def test_two_segments_by_shift_and_side_by_side(visit, sample):  # noqa: F811
    mart = warehouse.open_mart(sample)
    page = visit("Compare?compare=2025&compare=2024")
    click(page, "Champions")
    page.wait_for_url("**segment=Champions*", timeout=60_000)
    for year in ("2025", "2024"):
        says(page, written(mart, year=year, segment="Champions"))
    settle(page)
    click(page, "Lost", shift=True)
    page.wait_for_url("**segment=Champions&segment=Lost*", timeout=60_000)
    says(page, "Segment: Champions, Lost")
    for year in ("2025", "2024"):
        says(page, written(mart, year=year, segment=["Champions", "Lost"]))

    page.get_by_role("button", name="Compare the two").click()
    page.wait_for_function("() => location.search.includes('compare=segment%3AChampions&compare=segment%3ALost')")
    for segment in ("Champions", "Lost"):
        says(page, written(mart, segment=segment))
    settle(page)
    again = visit(page.url.split("/", 3)[3])
    for segment in ("Champions", "Lost"):
        says(again, written(mart, segment=segment))
    again.close()

    page.get_by_role("button", name="Swap").click()
    page.wait_for_function("() => location.search.includes('compare=segment%3ALost&compare=segment%3AChampions')")
    settle(page)
    page.go_back()
    page.wait_for_function("() => location.search.includes('compare=segment%3AChampions&compare=segment%3ALost')")
    settle(page)
    page.get_by_role("button", name="Segment: Champions, Lost").click()
    page.wait_for_function("() => !location.search.includes('&segment=') && !location.search.includes('?segment=')")
    says(page, written(mart, segment="Lost"))


def test_a_click_keeps_the_two_sides_that_the_page_chose_itself(visit, sample):  # noqa: F811
    mart = warehouse.open_mart(sample)
    sides = compare.of_filter(mart, Filter())
    page = visit("Compare")
    bar = page.locator(".st-key-card_revenue-by-country path[aria-label*='Germany']").first
    bar.wait_for(state="attached", timeout=60_000)
    bar.evaluate("bar => bar.scrollIntoView({block: 'center'})")
    page.wait_for_timeout(500)
    bar.click(force=True)
    page.wait_for_url("**country=Germany*", timeout=60_000)
    for side in sides.sides:
        says(page, written(mart, country="Germany", **{side.kind: side.value}))
