"""From a figure to the customers behind it and on to one of them, in a real browser, and every step of it back."""

from urllib.parse import parse_qs, urlsplit

from test_browser import address, browser, comes_true, says, settle, visit  # noqa: F401  the fixtures

from core import customers, warehouse
from core.customers import Listing
from core.filters import Filter

FIRST_NAME = (60, 51)  # px into a table: the name in its first row


def figures(page) -> list[str]:
    return page.locator("[data-testid=stMetricValue]").all_inner_texts()


def chosen(page, key: str) -> list[str]:
    return parse_qs(urlsplit(page.url).query).get(key, [])


def click_first_name(page) -> None:
    table = page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    table.click(position={"x": FIRST_NAME[0], "y": FIRST_NAME[1]})


def test_from_a_bar_to_a_customer_and_back(visit, sample):  # noqa: F811
    mart = warehouse.open_mart(sample)
    champions = Filter.of(segment="Champions")
    page = visit("Overview")
    bar = page.locator("path[aria-roledescription=bar][aria-label*='Champions']").first
    bar.scroll_into_view_if_needed()
    bar.click()
    page.wait_for_url("**segment=Champions*")
    settle(page)

    page.get_by_role("button", name="% orders by reason", exact=True).click()
    page.get_by_role("link", name="Customers behind it").click()
    page.wait_for_url("**/Customers?*segment=Champions*")
    settle(page)
    assert figures(page)[1] == f"{customers.totals(mart, champions).buyers:,.0f}"

    scroller = page.get_by_test_id("stDataFrame").locator(".dvn-scroller").first
    scroller.wait_for()
    assert scroller.evaluate("it => it.scrollWidth - it.clientWidth") == 0, "the last column is cut"
    page.get_by_label("Find a customer").fill("VELO haus")
    found = customers.page(mart, champions, Listing("velo haus"))
    says(page, f"1 to {len(found)} of {len(found)}")
    settle(page)
    click_first_name(page)
    page.wait_for_url("**customer=*")
    settle(page)
    assert chosen(page, "customer") == [found.customer_id[0]]
    says(page, found.customer_name[0])
    says(page, f"1 of {len(found)}, by revenue")

    again = visit(page.url.split("/", 3)[3])
    assert figures(again) == figures(page)
    says(again, found.customer_name[0])

    page.locator(".st-key-customer_after button").click()
    comes_true(page, lambda: chosen(page, "customer") == [found.customer_id[1]], "the next customer does not open")
    settle(page)
    page.go_back()
    says(page, found.customer_name[0])
    settle(page)
    page.go_back()
    says(page, f"1 to {len(found)} of {len(found)}")
    assert (chosen(page, "customer"), chosen(page, "segment")) == ([], ["Champions"])


def test_whom_to_contact_opens_a_customer_and_back_leads_to_the_list_untouched(visit):  # noqa: F811
    page = visit("Recommendations?country=France")
    click_first_name(page)
    page.wait_for_url("**/Customers?*customer=*")
    settle(page)
    says(page, "Next contact")
    assert (chosen(page, "segment"), chosen(page, "country")) == (["At Risk"], ["France"])
    for _ in range(3):
        if "/Recommendations" not in page.url:
            page.go_back()
            settle(page)
    assert (chosen(page, "customer"), chosen(page, "segment"), chosen(page, "country")) == ([], [], ["France"])
    says(page, "Whom to contact")
