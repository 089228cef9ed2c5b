"""An export of one's own in a real browser: from the file to an open app, in one's own tab alone."""

from pathlib import Path

from test_browser import address, browser, says, settle, visit  # noqa: F401  the fixtures

FILES = Path(__file__).parent / "exports/files"


def words(page) -> str:
    return page.inner_text("[data-testid=stMain]")


def test_an_export_is_brought_opened_and_seen_by_nobody_else(visit):  # noqa: F811
    page = visit("Data")
    says(page, "Lorvane Cycles (sample)")
    page.locator("input[type=file]").first.set_input_files(FILES / "german.csv")
    page.wait_for_selector("text=What the columns mean", timeout=60_000)
    settle(page)
    says(page, "Nettobetrag")
    page.get_by_test_id("stBaseButton-primary").filter(has_text="Import").click()
    page.wait_for_selector("text=5 orders", timeout=60_000)
    page.get_by_role("button", name="Open the app on this data").click()
    page.wait_for_function("document.querySelector('h1')?.innerText.startsWith('Home')", timeout=60_000)
    page.get_by_role("link", name="Overview").first.click()
    page.wait_for_url("**/Overview*")
    settle(page)
    says(page, "3.8 K")
    assert "data=german" in page.url
    page.get_by_role("link", name="Data").first.click()
    page.wait_for_url("**/Data*")
    settle(page)
    says(page, "german holds 5 orders in its figures")

    other = visit("Data")
    says(other, "Lorvane Cycles (sample) holds 40,318 orders")
    assert "german" not in words(other)


def test_a_file_that_is_no_export_is_refused_in_a_sentence(visit):  # noqa: F811
    page = visit("Data", width=390)
    page.locator("input[type=file]").first.set_input_files(FILES / "picture.csv")
    page.wait_for_selector("text=These files cannot be read.", timeout=60_000)
    says(page, "picture.csv is a picture (PNG)")
    assert page.locator("[data-testid=stException]").count() == 0
