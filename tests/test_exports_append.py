"""Next month's export, added to a star; mappings that are kept; what is personal."""

import json
import os
import threading
from pathlib import Path

import duckdb
import pytest
from test_exports_corpus import assert_closed

from core import star
from core.exports import Cancelled, import_each_currency, import_export, preview

JANUARY = "order_id,order_date,customer_id,net_amount\n1,2024-01-05,C1,10.00\n2,2024-01-06,C2,20.00\n"
FEBRUARY = "order_id,order_date,customer_id,net_amount\n2,2024-01-06,C2,25.00\n3,2024-02-01,C1,30.00\n"


@pytest.fixture(autouse=True)
def _salts(tmp_path_factory, monkeypatch) -> Path:
    """Keep secrets out of the user's own folder."""
    monkeypatch.setenv("QUINTILE_SALTS", str(tmp_path_factory.mktemp("salts")))


def load(folder: Path, text: str, name: str = "export.csv", **options) -> dict:
    """Import a text into the star of the folder."""
    (folder / name).write_text(text, encoding="utf-8")
    account = import_export(folder / name, folder / "star", **options)
    star.refuse_faults(folder / "star")
    return account


def rows(folder: Path, select: str) -> list[tuple]:
    return duckdb.sql(select.replace("STAR", str(folder / "star"))).fetchall()


def test_same_orders_are_replaced_and_new_ones_added(tmp_path):
    load(tmp_path, JANUARY, "january.csv")
    account = load(tmp_path, FEBRUARY, "february.csv", append=True)
    lines = "select order_id, net_amount::varchar from 'STAR/fact_order_line.parquet' order by 1"
    assert rows(tmp_path, lines) == [("1", "10.0000"), ("2", "25.0000"), ("3", "30.0000")]
    assert rows(tmp_path, "select customer_id from 'STAR/dim_customer.parquet' order by 1") == [("C1",), ("C2",)]
    assert account["appended"] == {
        "replaced_orders": 1,
        "added_orders": 1,
        "kept_orders": 1,
        "changed_months": [],
        "star": {
            "orders": 3,
            "lines": 3,
            "first_order_date": "2024-01-05",
            "last_order_date": "2024-02-01",
            "net_amount": "65.0000",
        },
    }
    assert [source["name"] for source in star.read_facts(tmp_path / "star")["sources"]] == [
        "january.csv",
        "february.csv",
    ]


def test_appending_again_gives_the_same_star(tmp_path):
    load(tmp_path, JANUARY, "january.csv")
    load(tmp_path, FEBRUARY, "february.csv", append=True)
    once = {file.name: file.read_bytes() for file in (tmp_path / "star").glob("*.parquet")}
    account = load(tmp_path, FEBRUARY, "february.csv", append=True)
    assert {file.name: file.read_bytes() for file in (tmp_path / "star").glob("*.parquet")} == once
    assert account["appended"]["replaced_orders"] == 2
    assert account["appended"]["added_orders"] == 0
    assert len(star.read_facts(tmp_path / "star")["sources"]) == 2


def test_what_changed_in_closed_months_is_told(tmp_path):
    load(tmp_path, JANUARY + "3,2024-02-01,C1,30.00\n", "january.csv")
    account = load(tmp_path, FEBRUARY, "february.csv", append=True)
    assert account["appended"]["changed_months"] == [
        {"month": "2024-01", "revenue_before": "30.0000", "revenue_after": "35.0000"}
    ]


def test_sales_to_nobody_known_are_added_once(tmp_path):
    head = "order_date,customer_id,net_amount\n"
    load(tmp_path, head + "2024-01-30,,1.00\n2024-01-31,,2.00\n2024-01-31,C1,3.00\n", "january.csv")
    february = head + "2024-01-31,,2.00\n2024-01-31,,4.00\n2024-02-01,,5.00\n2024-02-01,C1,6.00\n"
    for _ in range(2):
        load(tmp_path, february, "february.csv", append=True)
        assert rows(tmp_path, "select order_id, net_amount::double from 'STAR/fact_order_line.parquet' order by 1") == [
            ("2024-01-30 row 1", 1.0),
            ("2024-01-31 row 1", 2.0),
            ("2024-01-31 row 2", 4.0),
            ("2024-02-01 row 1", 5.0),
            ("C1 2024-01-31", 3.0),
            ("C1 2024-02-01", 6.0),
        ]


def test_a_refund_goes_with_its_order(tmp_path):
    head = "Order ID,Order Date,Customer ID,Total,Refunded Amount\n"
    load(tmp_path, head + "1,2024-01-05,C1,50.00,20\n2,2024-01-06,C2,60.00,15.00\n", "january.csv")
    load(tmp_path, head + "1,2024-01-05,C1,50.00,0\n", "february.csv", append=True)
    orders = "select order_id, total_amount::varchar from 'STAR/fact_order.parquet' order by 1"
    assert rows(tmp_path, orders) == [("1", "50.0000"), ("2", "60.0000"), ("2 (refund)", "-15.0000")]


def test_what_is_not_asked_for_stays_as_the_star_has_it(tmp_path):
    (tmp_path / "shop.csv").write_text(JANUARY)
    import_export(tmp_path / "shop.csv", tmp_path / "star", name="Shop", fiscal_year_start=7, currency="EUR")
    import_export(tmp_path / "shop.csv", tmp_path / "star", append=True)
    facts = star.read_facts(tmp_path / "star")
    assert (facts["name"], facts["fiscal_year_start"], facts["currency"]) == ("Shop", 7, "EUR")
    import_export(tmp_path / "shop.csv", tmp_path / "star", append=True, name="Shops", fiscal_year_start=1)
    facts = star.read_facts(tmp_path / "star")
    assert (facts["name"], facts["fiscal_year_start"], facts["currency"]) == ("Shops", 1, "EUR")


def test_two_currencies_are_never_added(tmp_path):
    load(tmp_path, JANUARY, currency="EUR")
    before = star.version_of(tmp_path / "star")
    with pytest.raises(star.Refused, match="The star is in EUR, the export in USD"):
        load(tmp_path, FEBRUARY, currency="USD", append=True)
    assert star.version_of(tmp_path / "star") == before


MAILS = (
    "order_id,order_date,email,net_amount\n1,2024-01-05,Ann@example.com,10.00\n2,2024-01-06,ann@example.com ,20.00\n"
)


def test_an_email_becomes_a_hash_that_stays_the_same(tmp_path):
    account = load(tmp_path, MAILS)
    first = rows(tmp_path, "select customer_id, email from 'STAR/dim_customer.parquet'")
    assert len(first) == 1
    assert len(first[0][0]) == 20
    assert first[0][1] is None
    assert account["files"][0]["private_columns"] == ["email"]
    load(tmp_path, MAILS.replace("1,", "7,"), "february.csv", append=True)
    assert rows(tmp_path, "select customer_id, email from 'STAR/dim_customer.parquet'") == first
    inside = b"".join(file.read_bytes() for file in (tmp_path / "star").iterdir()).lower()
    assert b"ann@example" not in inside
    (kept,) = Path(os.environ["QUINTILE_SALTS"]).iterdir()
    assert kept.name == star.read_facts(tmp_path / "star")["salt_id"]
    assert kept.read_bytes().strip() not in inside
    assert oct(kept.stat().st_mode)[-3:] == "600"


def test_without_its_secret_a_star_of_hashed_emails_is_not_added_to(tmp_path):
    load(tmp_path, MAILS)
    (kept,) = Path(os.environ["QUINTILE_SALTS"]).iterdir()
    kept.rename(tmp_path / "elsewhere")
    before = star.version_of(tmp_path / "star")
    with pytest.raises(star.Refused, match="the secret they were hashed with is not in"):
        load(tmp_path, MAILS, append=True)
    assert star.version_of(tmp_path / "star") == before
    load(tmp_path, MAILS)  # made anew, it has a new one
    assert len(list(kept.parent.iterdir())) == 1


def test_a_secret_inside_an_old_star_is_taken_out_of_it(tmp_path):
    load(tmp_path, MAILS)
    first = rows(tmp_path, "select customer_id from 'STAR/dim_customer.parquet'")
    folder = Path(os.environ["QUINTILE_SALTS"])
    (kept,) = folder.iterdir()
    kept.rename(tmp_path / "star" / ".salt")
    file = tmp_path / "star" / star.FACTS_FILE
    facts = json.loads(file.read_text())
    del facts["salt_id"]
    file.write_text(json.dumps(facts))
    load(tmp_path, MAILS.replace("1,", "7,"), "february.csv", append=True)
    assert rows(tmp_path, "select customer_id from 'STAR/dim_customer.parquet'") == first
    assert not (tmp_path / "star" / ".salt").exists()
    assert [found.name for found in folder.iterdir()] == [star.read_facts(tmp_path / "star")["salt_id"]]


def test_an_email_is_kept_where_it_is_asked_for(tmp_path):
    load(
        tmp_path,
        MAILS.replace("email", "customer_id,email").replace("Ann@", "C1,Ann@").replace("ann@", "C1,ann@"),
        keep=["email"],
    )
    assert rows(tmp_path, "select customer_id, email from 'STAR/dim_customer.parquet'") == [("C1", "ann@example.com")]


def test_unknown_customers_can_be_set_aside(tmp_path):
    account = load(tmp_path, JANUARY + "3,2024-01-07,,5.00\n", unknown_customers="set_aside")
    assert [(row["reason"], row["first_line"], row["rows"]) for row in account["set_aside"]] == [("no customer", 4, 1)]


def test_rules_exclude_what_is_named(tmp_path):
    text = JANUARY + "3,2024-01-07,C3,0.00\ntest-4,2024-01-07,C4,9.00\n"
    account = load(tmp_path, text, exclude=["zero", "test"])
    assert account["files"][0]["rows"] == {"read": 5, "loaded": 2, "set_aside": 0, "excluded": 2, "not_data": 1}
    assert account["decisions"] == [
        "Excluded by the rule zero: 1 rows of orders worth nothing.",
        "Excluded by the rule test: 1 rows of test orders.",
    ]


MIXED = """\
order_id,order_date,customer_id,net_amount,currency
1,2024-01-05,C1,5.00,EUR
2,2024-01-06,C1,6.00,USD
3,2024-01-07,C2,7.00,usd
4,2024-01-08,C2,8.00,
"""


def test_one_of_several_currencies_can_be_chosen(tmp_path):
    account = load(tmp_path, MIXED, currency="EUR")
    assert account["totals"]["net_amount"] == "5.0000"
    amount = account["files"][0]["amounts"][0]
    assert [amount[part] for part in ("read", "loaded", "set_aside", "excluded")] == [
        "26.0000", "5.0000", "8.0000", "13.0000",
    ]  # fmt: skip
    assert [row["reason"] for row in account["set_aside"]] == ["no currency, where others have several"]
    assert star.read_facts(tmp_path / "star")["currency"] == "EUR"


def split(folder: Path, text: str, **options) -> dict[str, list[str]]:
    """Make a star of each currency; returns the parts of the first amounts by the star's name."""
    (folder / "export.csv").write_text(text, encoding="utf-8")
    accounts = import_each_currency(folder / "export.csv", folder / "shop", **options)
    for made, account in accounts.items():
        star.refuse_faults(made)
        assert_closed(account, made)
        assert star.read_facts(made)["currency"] == made.name[-3:]
    parts = ("read", "loaded", "set_aside", "excluded")
    return {
        made.name: [account["files"][0]["amounts"][0][part] for part in parts] for made, account in accounts.items()
    }


def test_each_of_several_currencies_becomes_a_star(tmp_path):
    once = {
        "shop-USD": ["26.0000", "13.0000", "8.0000", "5.0000"],
        "shop-EUR": ["26.0000", "5.0000", "8.0000", "13.0000"],
    }
    assert split(tmp_path, MIXED, name="Shop") == once
    assert star.read_facts(tmp_path / "shop-EUR")["name"] == "Shop EUR"
    assert split(tmp_path, MIXED, append=True) == once
    assert star.read_facts(tmp_path / "shop-EUR")["account"]["appended"]["replaced_orders"] == 1


def test_stars_of_currencies_are_all_written_or_none(tmp_path):
    (tmp_path / "shop-EUR").mkdir()
    (tmp_path / "shop-EUR" / "letter.txt").write_text("mine")
    with pytest.raises(star.Refused, match="exists and is no star"):
        split(tmp_path, MIXED)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["export.csv", "shop-EUR"]


def test_an_export_that_says_no_currency_is_not_split(tmp_path):
    with pytest.raises(star.Refused, match="The export says of no row which currency it is in, so it cannot be split"):
        split(tmp_path, JANUARY)
    with pytest.raises(star.Refused, match="'EURO' is no code of three letters; write such as EUR there"):
        split(tmp_path, MIXED.replace("EUR", "Euro"))


def test_lines_go_with_the_currency_of_their_order(tmp_path):
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "orders.csv").write_text(
        "order_id,order_date,customer_id,total_amount,currency\n1,2024-01-05,C1,5.00,EUR\n2,2024-01-06,C1,6.00,USD\n"
    )
    (folder / "lines.csv").write_text("order_id,product_id,quantity,net_amount\n1,P1,1,5.00\n2,P2,1,6.00\n")
    account = import_export(folder, tmp_path / "star", currency="EUR")
    assert {file["file"]: list(file["rows"].values()) for file in account["files"]} == {
        "orders.csv": [3, 1, 0, 1, 1],
        "lines.csv": [3, 1, 0, 1, 1],
    }


def test_signs_of_several_currencies_are_not_summed(tmp_path):
    text = "order_id;order_date;customer_id;net_amount\n1;2024-01-05;C1;€ 5,00\n2;2024-01-06;C1;7,00 €\n"
    assert load(tmp_path, text)["totals"]["net_amount"] == "12.0000"
    with pytest.raises(
        star.Refused, match=r"mixes currencies \(EUR in 2 rows, USD in 1 rows\), which cannot be summed"
    ):
        load(tmp_path, text + "3;2024-01-07;C2;$ 8,00\n")
    account = load(tmp_path, text + "3;2024-01-07;C2;$ 8,00\n", currency="EUR")
    assert account["totals"]["net_amount"] == "12.0000"
    assert account["guesses"][0]["guess"] == (
        "export.csv: the signs in net_amount tell the currency ($ is USD, € is EUR)"
    )


def test_preview_shows_what_would_become_of_a_file(tmp_path):
    file = tmp_path / "umsatz.csv"
    file.write_text(
        "Beleg;Datum;Kunde;Betrag;Notiz\n1;13.01.2024;K1;1.234,50;x\n2;14.01.2024;K2;viel;y\n3;15.01.2024;K2;5,00;\n"
    )
    shown = preview(file)
    assert shown == json.loads(json.dumps(shown))
    assert shown["profile"] == "general"
    assert shown["files"][0]["columns"] == ["Beleg", "Datum", "Kunde", "Betrag", "Notiz"]
    assert shown["files"][0]["first_rows"][0] == ["1", "13.01.2024", "K1", "1.234,50", "x"]
    assert {row["field"]: row["column"] for row in shown["mapping"] if row["column"]} == {
        "order_id": "Beleg",
        "order_date": "Datum",
        "customer_id": "Kunde",
        "net_amount": "Betrag",
    }
    assert shown["problem"] == (
        "umsatz.csv: 1 of 3 rows cannot be used, most for this: unreadable net_amount in 1 rows, such as 'viel' in "
        "column Betrag, line 3; correct the file or name the right column with --map FIELD=COLUMN."
    )


def test_preview_asks_for_the_order_of_day_and_month(tmp_path):
    file = tmp_path / "export.csv"
    file.write_text("order_date,customer_id,net_amount\n03/04/2024,C1,1\n")
    assert preview(file)["questions"][0]["choices"] == [
        ("dmy", "day first: 03/04/2024 is 2024-04-03"),
        ("mdy", "month first: 03/04/2024 is 2024-03-04"),
    ]
    assert preview(file, mapping={"date_order": "mdy"})["questions"] == []


def test_a_field_can_be_mapped_by_hand(tmp_path):
    account = load(
        tmp_path,
        "order_id,order_date,customer_id,sales,amount\n1,2024-01-05,C1,5.00,7.00\n",
        mapping={"net_amount": "amount"},
    )
    assert account["totals"]["net_amount"] == "7.0000"
    with pytest.raises(star.Refused, match="There is no field 'colour' to map"):
        load(tmp_path, JANUARY, mapping={"colour": "net_amount"})
    with pytest.raises(star.Refused, match="No file has the column 'amount' for net_amount"):
        load(tmp_path, JANUARY, mapping={"net_amount": "amount"})


def test_a_cancelled_import_changes_nothing(tmp_path):
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(Cancelled, match="nothing was changed"):
        load(tmp_path, JANUARY, cancel=cancel)
    assert os.listdir(tmp_path) == ["export.csv"]
