"""The Data page as a viewer meets it: the star in use, an export from upload to open app, every refusal a sentence."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
import stars
from streamlit.testing.v1 import AppTest

from core import exports, reports, ui_data_targets, ui_data_work, uploads, warehouse
from core.filters import Filter
from core.star import Refused, read_facts

ROOT = Path(__file__).parents[1]
FILES = ROOT / "tests/exports/files"
PLAIN = b"order_id,order_date,customer_id,net_amount\nA1,2024-01-05,C1,10.00\nA2,2024-02-06,C2,30.50\n"


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("QUINTILE_PROFILES", str(tmp_path / "profiles"))
    monkeypatch.setenv("QUINTILE_SALTS", str(tmp_path / "salts"))
    for name in ("QUINTILE_ANALYST", "QUINTILE_FOLDERS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def open_page(monkeypatch, sample) -> Callable[..., AppTest]:
    """Open the Data page in a new session, on the sample or on another star."""

    def open_(star: Path = sample) -> AppTest:
        monkeypatch.setenv("QUINTILE_DATA", str(star))
        app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=60)
        return app.switch_page("pages/9_Data.py").run()

    return open_


@pytest.fixture
def shared(monkeypatch, tmp_path) -> Path:
    """A folder of the server, opened to analysts."""
    folder = tmp_path / "shared"
    folder.mkdir()
    monkeypatch.setenv("QUINTILE_ANALYST", "1")
    monkeypatch.setenv("QUINTILE_FOLDERS", str(folder))
    return folder


def said(app: AppTest) -> str:
    """Everything that the page says in words, as a reader sees it."""
    words = [element.value for kind in (app.title, app.markdown, app.caption) for element in kind]
    return "\n".join([*words, *(one.label for one in app.expander)]).replace("\\", "")


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def settled(app: AppTest) -> AppTest:
    """The page once nothing runs beside it any more."""
    for _ in range(100):
        assert not app.exception
        if "Cancel" not in labels(app):
            return app
        time.sleep(0.1)
        app.run()
    raise AssertionError("it does not end")


def upload(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    app.file_uploader[0].set_value([(name, content, "") for name, content in files]).run()
    return settled(app)


def upload_corpus(app: AppTest, name: str) -> AppTest:
    return upload(app, (name, (FILES / name).read_bytes()))


def imported(app: AppTest) -> AppTest:
    app.button(key="import").click().run()
    return settled(app)


def star_of(app: AppTest) -> Path:
    return app.session_state["desk"].star


def field(app: AppTest, label: str):
    return next(box for box in app.selectbox if box.label == label)


def test_the_sample_in_use_says_what_it_is_and_holds(open_page):
    app = open_page()
    assert not app.exception
    words = said(app)
    assert "**Lorvane Cycles (sample)** holds 40,318 orders in its figures, 1 Jan 2023 to 17 Sep 2026" in words
    assert "41,141 orders (823 of them pending or cancelled, so in no figure) · 100,732 order lines" in words
    assert "was not read from an export" in words
    assert "Back to the app's own data" not in labels(app)


def test_the_account_of_an_imported_star_is_always_to_be_seen(open_page, tmp_path):
    exports.import_export(FILES / "amount_unreadable.csv", tmp_path / "star", name="Bells")
    app = open_page(tmp_path / "star")
    rows, money, aside = (frame.value for frame in app.dataframe[:3])
    assert rows.to_dict("records") == [
        {"file": "amount_unreadable.csv", "role": "order lines", "read": 28, "loaded": 26, "set_aside": 1,
         "excluded": 0, "not_data": 1}
    ]  # fmt: skip
    assert money[["column", "read", "loaded", "unreadable"]].to_dict("records") == [
        {"column": "net_amount", "read": 3815.68, "loaded": 3815.68, "unreadable": 1}
    ]
    assert aside[["reason", "rows", "first_line"]].to_dict("records") == [
        {"reason": "unreadable net_amount", "rows": 1, "first_line": 28}
    ]
    assert "**The account closes:** 28 rows read = 26 loaded + 1 set aside + 0 excluded + 1 not data" in said(app)
    assert "Download the rows set aside (CSV)" in [button.label for button in app.get("download_button")]


def test_an_account_that_does_not_close_is_named(open_page, tmp_path):
    rows = {"read": 3, "loaded": 1, "set_aside": 1, "excluded": 0, "not_data": 0}
    told = {"files": [{"file": "a_b.csv", "role": "lines", "rows": rows, "amounts": []}]}
    star = stars.simple(tmp_path / "star", [("o1", "2025-03-05", "c1", "10")], facts={"account": told})
    assert "The account does not close in a_b.csv" in said(open_page(star))


def test_where_the_star_in_use_cannot_be_read_another_can_be_brought(open_page, tmp_path):
    app = open_page(tmp_path / "nowhere")
    assert not app.exception
    assert "The data in use could not be opened." in said(app)
    assert "There is no folder" in said(app)
    imported(upload(app, ("mine.csv", PLAIN)))
    app.button(key="open_imported").click().run()
    assert not app.exception
    assert app.title[0].value == "Home"


def test_an_export_goes_from_upload_to_the_open_app_in_this_session_alone(open_page):
    app = upload_corpus(open_page(), "german.csv")
    assert field(app, "Order date").value == "Bestelldatum"
    assert field(app, "Net amount").value == "Nettobetrag"
    assert app.dataframe[0].value.iloc[0].tolist()[:4] == ["O1", "05.01.2024", "C1", "Anna Müller"]
    assert "german.csv: Nettobetrag is written like 1.234,56." in said(app)
    imported(app)
    assert "**5 orders** imported, 5 Jan 2024 to 31 Mar 2024" in said(app)
    assert "**Lorvane Cycles (sample)**" in said(app)
    app.button(key="open_imported").click().run()
    assert not app.exception
    app.switch_page("pages/1_Overview.py").run()
    assert {card.label: card.value for card in app.metric}["Revenue"] == "3.8 K"
    app.switch_page("pages/9_Data.py").run()
    assert "**german** holds 5 orders in its figures" in said(app)
    assert "yours alone" in said(app)
    assert "**Lorvane Cycles (sample)**" in said(open_page())
    app.button(key="use_default").click().run()
    assert "**Lorvane Cycles (sample)**" in said(app)


def test_what_was_begun_is_still_there_after_another_page(open_page):
    app = upload(open_page(), ("mine.csv", PLAIN))
    app.switch_page("pages/1_Overview.py").run()
    app.switch_page("pages/9_Data.py").run()
    assert field(app, "Order date").value == "order_date"
    app.button(key="clear_desk").click().run()
    assert len(app.file_uploader) == 1
    assert "desk" not in app.session_state


def test_files_taken_back_are_gone_at_once(open_page):
    app = upload(open_page(), ("mine.csv", PLAIN))
    folder = app.session_state["desk"].folder
    assert (folder / "files/mine.csv").read_bytes() == PLAIN
    app.button(key="clear_desk").click().run()
    assert not folder.exists()


def test_a_column_chosen_by_hand_is_taken(open_page):
    content = b"order_id,order_date,customer_id,net_amount,other\nA1,2024-01-05,C1,10.00,7.25\n"
    app = upload(open_page(), ("mine.csv", content))
    assert field(app, "Net amount").value == "net_amount"
    assert field(app, "Net amount").options == [
        "net_amount  (100% sure)", "order_id", "order_date", "customer_id", "other", "– not in this file –"
    ]  # fmt: skip
    field(app, "Net amount").set_value("other").run()
    imported(settled(app))
    assert read_facts(star_of(app))["account"]["totals"]["net_amount"] == "7.2500"


def test_what_a_known_export_says_by_a_rule_is_not_called_absent(open_page):
    app = upload_corpus(open_page(), "online_retail.csv")
    absent = {box.label for box in app.selectbox if box.options[-1] == "– not in this file –" and not box.value}
    by_rule = {box.label for box in app.selectbox if box.options[-1] == "– as recognised –" and not box.value}
    assert (absent, by_rule) == (set(), {"Status", "Category"})


def test_fields_are_offered_where_there_are_more_of_them(open_page):
    products = b"product_id,product_name,subcategory,category\nP1,Bell,Bells,Parts\nP2,Lamp,Lamps,Parts\n"
    lines = (
        b"order_id,order_date,customer_id,product_id,net_amount\nA1,2024-01-25,C1,P1,10.00\nA2,2024-01-26,C2,P2,9.00\n"
    )
    app = upload(open_page(), ("lines.csv", lines), ("products.csv", products))
    assert "products.csv · products" in said(app)
    assert [one.label for one in app.expander if "more field" in one.label] == ["28 more fields that a column could be"]


def test_dates_that_fit_both_ways_are_asked_and_the_answer_can_change(open_page):
    app = upload_corpus(open_page(), "ambiguous_dates.csv")
    assert app.button(key="import").disabled
    assert app.radio[0].options == ["day first: 03/04/2024 is 2024-04-03".replace(":", "\\:"),
                                    "month first: 03/04/2024 is 2024-03-04".replace(":", "\\:")]  # fmt: skip
    app.radio[0].set_value("dmy").run()
    settled(app).radio[0].set_value("mdy").run()
    imported(settled(app))
    assert read_facts(star_of(app))["account"]["totals"]["first_order_date"] == "2024-03-04"


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ("picture.csv", "picture.csv is a picture (PNG); export the orders as CSV, Excel or Parquet."),
        ("empty.csv", "empty.csv is empty; export it again."),
        ("no_table.xlsx", "no_table.xlsx"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(open_page, file, sentence):
    app = upload_corpus(open_page(), file)
    assert "These files cannot be read." in said(app)
    assert sentence in said(app)
    assert labels(app) == ["Take other files"]


def test_what_is_lacking_can_be_chosen_by_hand(open_page):
    app = upload_corpus(open_page(), "no_date.csv")
    assert "The export lacks an order date (order_date); choose the column under What the columns mean." in said(app)
    assert "Found: no_date.csv has order_id, customer_id, net_amount" in said(app)
    assert app.button(key="import").disabled
    assert (field(app, "Order date").value, field(app, "Order id").value) == ("", "order_id")


def test_of_several_currencies_one_is_chosen_or_each_becomes_data_of_its_own(open_page):
    app = upload_corpus(open_page(), "mixed_currencies.csv")
    assert app.button(key="import").disabled
    assert "Currency" not in [box.label for box in app.text_input]
    assert app.radio[0].options == [
        "EUR only (2 rows); the others are excluded".replace("(", "\\(").replace(")", "\\)"),
        "USD only (1 row); the others are excluded".replace("(", "\\(").replace(")", "\\)"),
        "Each of them, as data of its own",
    ]
    app.radio[0].set_value("USD").run()
    imported(app)
    assert read_facts(star_of(app))["currency"] == "USD"
    assert "1 loaded + 0 set aside + 2 excluded" in said(app)
    app.button(key="back_to_proposal").click().run()
    app.radio[0].set_value("split").run()
    imported(app)
    facts = [read_facts(star) for star in app.session_state["desk"].stars]
    assert [(one["currency"], one["account"]["totals"]["orders"]) for one in facts] == [("EUR", 2), ("USD", 1)]
    app.button(key="open_USD").click().run()
    app.switch_page("pages/9_Data.py").run()
    assert "holds 1 order in its figures" in said(app)
    assert "amounts in USD" in said(app)


def test_what_is_no_currency_is_said(open_page):
    app = upload(open_page(), ("mine.csv", PLAIN))
    next(box for box in app.text_input if box.label == "Currency").set_value("E1").run()
    assert "E1 is no currency's code" in said(app)
    assert app.button(key="import").disabled


def test_name_currency_fiscal_year_and_targets_go_into_the_star(open_page):
    app = upload(open_page(), ("mine.csv", PLAIN))
    boxes = {box.label: box for box in app.text_input}
    boxes["What the data is called"].set_value("Our *shop*")
    boxes["Currency"].set_value("CHF")
    field(app, "The fiscal year starts in").set_value("July")
    targets = next(box for box in app.file_uploader if box.key.startswith("targets_file_"))
    targets.set_value(("targets.csv", b"month,revenue_target\n2024-02,50\n", "text/csv"))
    imported(app.run())
    facts = read_facts(star_of(app))
    assert (facts["name"], facts["currency"], facts["fiscal_year_start"]) == ("Our *shop*", "CHF", 7)
    targets = reports.run("month_cards", warehouse.open_mart(star_of(app)), Filter.of(month="2024-02")).revenue_target
    assert targets.tolist() == [50.0]
    app.button(key="open_imported").click().run()
    app.switch_page("pages/9_Data.py").run()
    assert any(r"**Our \*shop\***" in element.value for element in app.markdown)


def test_targets_typed_are_stored_and_a_half_typed_one_is_asked_about(tmp_path):
    (tmp_path / "mine.csv").write_bytes(PLAIN)
    typed = pd.DataFrame({"month": ["2024-02", "2024-03"], "revenue_target": [50.0, None]})
    assert ui_data_targets.fault(typed).startswith("A target needs both")
    assert ui_data_targets.fault(typed.head(1)) == ""
    file = ui_data_targets.put(tmp_path, typed.head(1), None)
    exports.import_export(tmp_path / "mine.csv", tmp_path / "star", targets=file)
    assert targets_of(tmp_path / "star") == [("2024-02", 50.0)]


def targets_of(star: Path) -> list[tuple[str, float]]:
    rows = pd.read_parquet(star / "dim_target.parquet")
    return [(str(row.month)[:7], float(row.revenue_target)) for row in rows.itertuples()]


def set_targets(app: AppTest, content: bytes, button: str = "use_targets") -> AppTest:
    """Load targets for the data in use, as a file."""
    app.session_state["targets_in_use"] = True
    app.run()
    box = next(box for box in app.file_uploader if box.key.startswith("targets_file_in_use"))
    box.set_value(("targets.csv", content, "text/csv")).run()
    return app.button(key=button).click().run()


def test_targets_of_the_data_in_use_are_this_viewers_alone(open_page, tmp_path):
    star = stars.simple(tmp_path / "star", [("o1", "2025-03-05", "c1", "10")])
    app = open_page(star)
    assert "Revenue targets · none set" in said(app)
    set_targets(app, b"month,revenue_target\n2025-03,much\n")
    assert "'much' is no amount" in said(app)
    assert "Revenue targets · none set" in said(app)
    set_targets(app, b"month,revenue_target\n2025-03,50\n")
    assert not app.exception
    assert "Revenue targets · 1 month" in said(app)
    assert "yours alone" in said(app)
    assert targets_of(Path(app.session_state["star"])) == [("2025-03", 50.0)]
    assert not (star / "dim_target.parquet").exists()
    assert "Revenue targets · none set" in said(open_page(star))
    assert "keep_targets" not in [button.key for button in app.button]


def test_an_analyst_keeps_targets_in_the_data(open_page, shared):
    star = stars.simple(shared / "star", [("o1", "2025-03-05", "c1", "10")])
    app = set_targets(open_page(star), b"month,revenue_target\n2025-03,50\n", "keep_targets")
    assert not app.exception
    assert targets_of(star) == [("2025-03", 50.0)]
    assert "Revenue targets · 1 month" in said(open_page(star))


def test_names_of_files_and_cells_are_no_marks(open_page):
    app = upload(open_page(), ("[x](y) _b_ $1$ `i`.csv", PLAIN.replace(b"30.50", b"[c](d)")))
    raw = "\n".join([*(element.value for element in app.markdown), *(tab.label for tab in app.tabs)])
    assert raw.count(r"\[x\]\(y\) \_b\_ \$1\$ \`i\`.csv") >= 2
    assert "This cannot be imported as it is." in raw
    assert "[x](y)" not in raw
    assert "[c](d)" not in raw


def test_next_month_is_added_with_the_same_result_again(open_page, shared):
    app = imported(upload_corpus_month(open_page(), "january"))
    assert "What to make of it" not in [radio.label for radio in app.radio]
    app.button(key="open_imported").click().run()
    for added, replaced in ((3, 0), (0, 3)):
        app.switch_page("pages/9_Data.py").run()
        app.button(key="clear_desk").click().run()
        upload_corpus_month(app, "february")
        next(radio for radio in app.radio if radio.label == "What to make of it").set_value("append").run()
        imported(app)
        appended = read_facts(star_of(app))["account"]["appended"]
        assert (appended["added_orders"], appended["replaced_orders"]) == (added, replaced)
        assert f"**{added}** orders added, **{replaced}** replaced" in said(app)
        assert "No month that was closed has changed." in said(app)
        mart = warehouse.open_mart(star_of(app))
        assert reports.run("headline", mart, Filter()).revenue.tolist() == [3795.68]


def test_what_changed_in_closed_months_is_said(open_page, shared):
    exports.import_export(FILES / "two_months/january.csv", shared / "shop")
    late = b"order_id,order_date,customer_id,net_amount\nL1,2024-01-02,C9,10\nL2,2024-05-02,C9,20\n"
    exports.import_export(FILES / "two_months/february.csv", shared / "shop", append=True)
    app = upload(open_page(shared / "shop"), ("late.csv", late))
    next(radio for radio in app.radio if radio.label == "What to make of it").set_value("append").run()
    assert app.button(key="import").label == "Add to the data"
    imported(app)
    assert "Revenue has changed in 1 closed month:" in said(app)
    changed = next(frame.value for frame in app.dataframe if "revenue_before" in frame.value)
    assert changed[["month", "change"]].to_dict("records") == [{"month": "2024-01", "change": 10.0}]


def upload_corpus_month(app: AppTest, month: str) -> AppTest:
    return upload(app, (f"{month}.csv", (FILES / f"two_months/{month}.csv").read_bytes()))


def test_several_files_go_in_together(open_page):
    files = [(f"{month}.csv", (FILES / f"two_months/{month}.csv").read_bytes()) for month in ("january", "february")]
    app = imported(upload(open_page(), *files))
    assert "**5 orders** imported" in said(app)


def test_nothing_is_added_to_the_sample_and_nothing_of_the_server_is_shown(open_page):
    app = open_page()
    assert "server_path" not in [box.key for box in app.selectbox]
    upload(app, ("mine.csv", PLAIN))
    assert "What to make of it" not in [radio.label for radio in app.radio]
    assert "Personal columns" not in str(app.main)
    imported(app).button(key="open_imported").click().run()
    app.switch_page("pages/9_Data.py").run().button(key="clear_desk").click().run()
    upload(app, ("next.csv", PLAIN))
    assert "What to make of it" not in [radio.label for radio in app.radio]  # not even to the own upload
    imported(app)
    assert "save_mapping" not in [button.key for button in app.button]
    assert "keep_imported" not in [button.key for button in app.button]


def test_an_analyst_opens_server_folders_and_nothing_outside(open_page, shared, tmp_path):
    (shared / "june.csv").write_bytes(PLAIN)
    (tmp_path / "outside.csv").write_bytes(PLAIN)
    app = open_page()
    assert app.selectbox(key="server_path").options == [str(shared / "june.csv")]
    (shared / "june.csv").unlink()
    (shared / "june.csv").symlink_to(tmp_path / "outside.csv")
    app.selectbox(key="server_path").set_value(str(shared / "june.csv")).run()
    assert "leads out of the folders that this app may use" in said(app)
    assert "desk" not in app.session_state
    (shared / "june.csv").unlink()
    (shared / "june.csv").write_bytes(PLAIN)
    app = open_page()
    app.selectbox(key="server_path").set_value(str(shared / "june.csv")).run()
    imported(settled(app))
    assert "**2 orders** imported" in said(app)
    app.text_input(key="keep_name_imported").set_value("june")
    app.button(key="keep_imported").click().run()
    assert "Kept as june" in said(app)
    assert read_facts(shared / "june")["name"] == "june"


def test_personal_columns_come_along_only_for_analysts(open_page, shared):
    app = upload_corpus(open_page(), "personal_columns.csv")
    app.pills[0].set_value(["email"]).run()
    imported(settled(app))
    people = pd.read_parquet(star_of(app) / "dim_customer.parquet")
    assert sorted(people.email.str.lower()) == ["ann@example.com", "bob@example.com"]


def test_columns_are_remembered_on_the_server_and_recognised(open_page, shared):
    content = b"order_id,order_date,customer_id,net_amount,other\nA1,2024-01-05,C1,10.00,7.25\n"
    app = upload(open_page(), ("mine.csv", content))
    field(app, "Net amount").set_value("other").run()
    imported(settled(app))
    name = next(box for box in app.text_input if box.label.startswith("Or keep it on this server"))
    name.set_value("till")
    app.button(key="save_mapping").click().run()
    assert "Kept as till" in said(app)
    app = upload(open_page(), ("next.csv", content))
    assert "recognised as till" in said(app)
    assert field(app, "Net amount").value == "other"


def test_columns_are_remembered_in_a_file_of_the_viewers_own(open_page, tmp_path):
    content = b"order_id,order_date,customer_id,net_amount,other\nA1,2024-01-05,C1,10.00,7.25\n"
    (tmp_path / "mine.csv").write_bytes(content)
    answers = {"mine.csv:net_amount": "other"}
    kept = exports.text_of(exports.settled(exports.preview(tmp_path / "mine.csv", mapping=answers), answers)).encode()
    app = upload(open_page(), ("next.csv", content), ("till.toml", kept))
    assert field(app, "Net amount").value == "other"
    assert "recognised as till" in said(app)
    field(app, "Net amount").set_value("net_amount").run()
    imported(settled(app))
    assert read_facts(star_of(app))["account"]["totals"]["net_amount"] == "10.0000"
    app = upload(open_page(), ("mine.csv", content), ("till.toml", b"= ="))
    assert "till.toml is no file of remembered columns" in said(app)
    app = upload(open_page(), ("till.toml", kept))
    assert "Remembered columns alone are no data" in said(app)


def test_remembered_columns_can_come_after_the_export(open_page):
    content = b"order_id,order_date,customer_id,net_amount,other\nA1,2024-01-05,C1,10.00,7.25\n"
    app = upload(open_page(), ("mine.csv", content))
    kept = b'columns = ["order_id"]\n[mapping]\nnet_amount = "other"\n'
    app.file_uploader[0].set_value(("till.toml", kept, "")).run()
    assert field(settled(app), "Net amount").value == "other"
    app.file_uploader[0].set_value(("till.toml", b"= =", "")).run()
    assert "till.toml is no file of remembered columns" in said(settled(app))


def test_a_column_is_chosen_for_one_file_and_no_other(open_page):
    orders = b"order_id,order_date,buyer,net_amount\n1,2024-01-05,C1,5\n2,2024-01-06,C2,6\n"
    people = b"customer_id,customer_name,note\nC1,Ann,x\nC2,Bob,y\n"
    app = upload(open_page(), ("orders.csv", orders), ("people.csv", people))
    boxes = {box.key.split("_", 2)[2]: box for box in app.selectbox if box.key.startswith("map_")}
    assert boxes["people.csv_customer_id"].value == "customer_id"
    boxes["orders.csv_customer_id"].set_value("buyer").run()
    imported(settled(app))
    account = read_facts(star_of(app))["account"]
    assert (account["totals"]["customers"], account["customers"]["in_no_customer_table"]) == (2, [])


def test_the_example_to_fill_in_goes_in_as_it_is(open_page):
    app = upload(open_page(), ("orders.csv", (ROOT / "docs/template.csv").read_bytes()))
    imported(app)
    account = read_facts(star_of(app))["account"]
    assert account["totals"] | {"first_order_date": "", "last_order_date": ""} == {
        "orders": 2, "lines": 3, "customers": 2, "first_order_date": "", "last_order_date": "",
        "total_amount": "1616.1000", "net_amount": "1313.9000",
    }  # fmt: skip
    assert account["files"][0]["unused_columns"] == []


@pytest.fixture
def held() -> Iterator[threading.Event]:
    """What tasks of these tests wait for; set at the end, so that no thread is left over."""
    event = threading.Event()
    yield event
    event.set()


def test_work_says_how_far_it_is_and_what_became_of_it(held):
    def task(work):
        work.hear("cleaning", 0.4)
        held.wait(20)
        return 7

    work = ui_data_work.start(task)
    assert not work.wait(0.3)
    assert (work.stage, work.share, work.is_over, work.seconds_left) == ("cleaning", 0.4, False, None)
    held.set()
    assert work.wait(20)
    assert (work.result, work.refusal) == (7, "")


def test_work_that_fails_leaves_a_sentence(caplog):
    def refuse(work):
        raise Refused("There is no such file; name another.")

    def fail(work):
        raise KeyError("amount")

    refused, failed = ui_data_work.start(refuse), ui_data_work.start(fail)
    assert refused.wait(20)
    assert failed.wait(20)
    assert refused.refusal == "There is no such file; name another."
    assert failed.refusal == "Something went wrong that nobody foresaw (KeyError); nothing was changed."
    assert "amount" in caplog.text


def test_work_waits_for_its_turn_and_can_be_stopped_there(held):
    two = [ui_data_work.start(lambda work: held.wait(20)) for _ in range(2)]
    third = ui_data_work.start(lambda work: 3)
    assert not third.wait(0.5)
    assert third.stage == "waiting for its turn"
    third.cancel.set()
    assert third.wait(20)
    assert third.result is None
    held.set()
    assert all(work.wait(20) for work in two)


def test_an_import_that_is_stopped_changes_nothing(open_page, monkeypatch):
    app = upload(open_page(), ("mine.csv", PLAIN))
    begun = threading.Event()
    real = exports.import_export

    def slow(source, to, *, cancel, **asked):
        begun.set()
        cancel.wait(20)
        return real(source, to, cancel=cancel, **asked)

    monkeypatch.setattr(exports, "import_export", slow)
    app.button(key="import").click().run()
    assert begun.wait(20)
    assert "You may look at other pages and come back" in said(app)
    app.button(key="cancel_work").click().run()
    settled(app)
    assert "The import was stopped; nothing was changed." in said(app)
    assert not star_of(app).exists()
    app.button(key="back_to_proposal").click().run()
    assert app.button(key="import")


def test_an_upload_that_was_deleted_says_so_and_leads_back(open_page):
    app = imported(upload(open_page(), ("mine.csv", PLAIN)))
    app.button(key="open_imported").click().run()
    uploads.discard(app.session_state["desk"].folder)
    app.switch_page("pages/9_Data.py").run()
    assert not app.exception
    assert "uploads are deleted after a day" in said(app)
    app.button(key="use_default").click().run()
    assert "**Lorvane Cycles (sample)**" in said(app)
