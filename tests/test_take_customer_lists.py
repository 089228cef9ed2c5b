"""Customers for CRM tools: each tool's columns, e-mail or else the customer's id, no cell that runs."""

import io

import pytest
import stars

from core import warehouse
from core.filters import Filter
from core.star import Refused
from core.take import cells, customer_lists

ORDERS = [("1", "2026-01-05", "A", "100"), ("2", "2026-01-06", "B", "50")]
NAMED = [
    {"customer_id": "A", "customer_name": "Añez Bikes", "email": "a@example.org", "phone": "+34 600 100 200"},
    {"customer_id": "B", "customer_name": '=HYPERLINK("https://evil.example")', "email": None, "phone": None},
]
BARE = [{"customer_id": "A", "customer_name": "Ann"}, {"customer_id": "B", "customer_name": "Bob"}]


def listed(tool, folder, filter=None) -> tuple[str, list[str]]:
    stream = io.BytesIO()
    said = customer_lists.write(tool, folder, warehouse.open_mart(folder), filter or Filter(), stream)
    return said, stream.getvalue().decode("utf-8-sig").splitlines()


@pytest.fixture
def with_email(tmp_path):
    return stars.simple(tmp_path / "star", ORDERS, dim_customer=NAMED)


@pytest.fixture
def without(tmp_path):
    return stars.simple(tmp_path / "star", ORDERS, dim_customer=BARE)


def test_klaviyo_takes_the_email_first(with_email):
    said, lines = listed("klaviyo", with_email)
    assert said == (
        "2 customers for Klaviyo, 1 of them with an e-mail address, the others by the customer id, as External ID; "
        "whether they agreed to be written to is not in the data."
    )
    assert lines[0] == (
        "Email,External ID,Last Name,Phone Number,Segment,Tier,Recency score,Frequency score,Monetary score,"
        "Last order,Orders,Revenue,Revenue last 12 months"
    )
    assert lines[1].startswith("a@example.org,A,Añez Bikes,+34 600 100 200,")
    assert lines[1].endswith(",2026-01-05,1,100.00,100.00")
    assert lines[2].startswith(""",B,"'=HYPERLINK(""https://evil.example"")",,""")


@pytest.mark.parametrize(
    ("tool", "first"),
    [
        ("mailchimp", "External ID,Name,Segment,"),
        ("hubspot", "External ID,Last Name,Segment,"),
        ("klaviyo", "External ID,Last Name,Segment,"),
        ("salesforce", "External_ID__c,LastName,Segment__c,"),
    ],
)
def test_without_email_the_customer_id_stands_in_and_it_says_so(without, tool, first):
    said, lines = listed(tool, without)
    assert lines[0].startswith(first)
    assert lines[1].startswith("A,Ann,")
    assert "the data has no e-mail addresses, so they stand by the customer id, as External" in said


def test_mailchimp_gets_tags_and_says_what_it_needs(without):
    said, lines = listed("mailchimp", without, Filter.of(customer="A"))
    assert said == (
        "1 customer for Mailchimp: the data has no e-mail addresses, so they stand by the customer id, as External ID; "
        "Mailchimp takes no contact without one."
    )
    assert lines[0].endswith(",Tags")
    assert len(lines) == 2


@pytest.mark.parametrize(
    ("star", "customer", "said"),
    [
        ("without", ["A", "B"], "2 customers, none with an e-mail address in the data: they stand by their customer "
         "id. Mailchimp takes no contact without an address."),
        ("with_email", ["A", "B"], "2 customers, 1 with an e-mail address, the others by their customer id; Mailchimp "
         "takes no contact without an address. Whether they agreed to be written to is not in the data."),
        ("with_email", ["A"], "1 customer, each with an e-mail address. Whether they agreed to be written to is not in "
         "the data."),
        ("with_email", ["Z"], "No customer is left under this filter."),
    ],
)  # fmt: skip
def test_how_they_can_be_reached_is_said_before(request, star, customer, said):
    folder = request.getfixturevalue(star)
    assert customer_lists.reach(folder, warehouse.open_mart(folder), Filter.of(customer=customer)) == said


def test_what_cannot_be_listed_is_refused(without):
    with pytest.raises(
        Refused, match=r"^There is no list for 'sap'; choose of mailchimp, hubspot, klaviyo, salesforce\.$"
    ):
        listed("sap", without)


@pytest.mark.parametrize(
    ("text", "disarmed"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
        ("\t=1", "'\t=1"),
        ("＝1+1", "'＝1+1"),
        ("+34 600 100 200", "+34 600 100 200"),
        ("-12.50", "-12.50"),
        ("Ann", "Ann"),
        ("", ""),
    ],
)
def test_what_a_spreadsheet_would_run_is_disarmed(text, disarmed):
    assert cells.disarmed(text) == disarmed
