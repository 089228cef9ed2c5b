"""What columns mean is remembered in a readable file, file by file, and taken again for files of the same columns."""

from pathlib import Path

import pytest

from core import exports
from core.exports import saved
from core.exports.saved import SavedMapping
from core.star import Refused, read_facts

TILL = "a,b,c,d,e\n1,2024-01-05,Ann,5.00,1\n2,2024-01-06,Bob,6.00,2\n"
HEADS = "id,day,card\n1,2024-01-05,C1\n2,2024-02-06,C2\n"
LINES = "id,bon,article,paid,list\n7,1,Bell,5.00,9.00\n8,2,Chain,6.00,9.00\n"


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("QUINTILE_PROFILES", str(tmp_path / "profiles"))


@pytest.fixture
def two(tmp_path) -> Path:
    """Two files that call other things by the same name."""
    folder = tmp_path / "two"
    folder.mkdir()
    (folder / "heads.csv").write_text(HEADS)
    (folder / "lines.csv").write_text(LINES)
    return folder


ANSWERS = {
    "heads.csv:order_id": "id",
    "heads.csv:order_date": "day",
    "heads.csv:customer_id": "card",
    "lines.csv:order_id": "bon",
    "lines.csv:line_number": "id",
    "lines.csv:product_name": "article",
    "lines.csv:net_amount": "paid",
}


def test_a_kept_mapping_is_taken_again(tmp_path):
    (tmp_path / "export.csv").write_text(TILL)
    mapping = {"order_id": "a", "order_date": "b", "customer_id": "c", "net_amount": "d"}
    saved.save_mapping("till", SavedMapping("", ((tuple("abcde"), mapping),)))
    account = exports.import_export(tmp_path / "export.csv", tmp_path / "star")
    assert account["profile"] == "till"
    assert account["totals"]["net_amount"] == "11.0000"
    account = exports.import_export(tmp_path / "export.csv", tmp_path / "star", mapping={"net_amount": "e"})
    assert account["totals"]["net_amount"] == "3.0000"


def test_each_file_is_mapped_by_itself(two, tmp_path):
    account = exports.import_export(two, tmp_path / "star", mapping=ANSWERS)
    assert account["totals"]["net_amount"] == "11.0000"
    assert account["totals"]["orders"] == 2
    assert [(file["file"], file["role"], file["rows"]["loaded"]) for file in account["files"]] == [
        ("heads.csv", "orders", 2), ("lines.csv", "lines", 2)
    ]  # fmt: skip


def test_a_column_said_for_all_files_leaves_those_without_it_alone(tmp_path):
    folder = tmp_path / "two"
    folder.mkdir()
    (folder / "orders.csv").write_text("order_id,order_date,buyer,net_amount\n1,2024-01-05,C1,5\n2,2024-01-06,C2,6\n")
    (folder / "customers.csv").write_text("customer_id,customer_name\nC1,Ann\nC2,Bob\n")
    exports.import_export(folder, tmp_path / "star", mapping={"customer_id": "buyer"})
    account = read_facts(tmp_path / "star")["account"]
    assert account["customers"]["in_no_customer_table"] == []
    assert account["totals"]["customers"] == 2


def test_what_several_files_mean_is_remembered_for_each_and_known_again(two, tmp_path):
    kept = exports.settled(exports.preview(two, mapping=ANSWERS), ANSWERS)
    assert 'columns = ["id", "bon", "article", "paid", "list"]' in saved.text_of(kept)
    file = tmp_path / "till.toml"
    file.write_text(saved.text_of(kept))
    assert saved.read(file) == SavedMapping("till", kept.files, kept.mapping, None)
    (two / "heads.csv").rename(two / "february heads.csv")
    account = exports.import_export(two, tmp_path / "named", profile=str(file))
    assert (account["profile"], account["totals"]["net_amount"]) == ("till", "11.0000")
    saved.save_mapping("shop", kept)
    assert exports.import_export(two, tmp_path / "known")["profile"] == "shop"


def test_a_known_shop_stays_one_and_only_the_answers_are_remembered(tmp_path):
    file = Path(__file__).parent / "exports/files/shopify.csv"
    plain = exports.preview(file)
    assert plain["base"] == "shopify"
    answers = {"shopify.csv:channel": "Currency", "date_order": "mdy"}
    kept = exports.settled(exports.preview(file, mapping=answers), answers)
    assert (kept.profile, kept.mapping) == ("shopify", {"date_order": "mdy"})
    assert [fields for _, fields in kept.files] == [{"channel": "Currency"}]
    (tmp_path / "till.toml").write_text(saved.text_of(kept))
    again = exports.preview(file, profile=str(tmp_path / "till.toml"))
    assert (again["profile"], again["base"]) == ("till", "shopify")
    assert exports.settled(again, {}).profile == "shopify"


@pytest.mark.parametrize("text", ["= =", "columns = 3", "[mapping]\na = 'b'", "mapping = 3\ncolumns = ['a']"])
def test_a_file_that_is_none_is_refused(tmp_path, text):
    (tmp_path / "till.toml").write_text(text)
    with pytest.raises(Refused, match=r"The profile till\.toml cannot be read as remembered columns"):
        saved.read(tmp_path / "till.toml")


def test_a_file_that_is_not_there_is_mapped_in_vain(tmp_path):
    (tmp_path / "export.csv").write_text(TILL)
    with pytest.raises(Refused, match=r"There is no file 'other\.csv' to map net_amount in; there is export\.csv"):
        exports.import_export(tmp_path / "export.csv", tmp_path / "star", mapping={"other.csv:net_amount": "d"})
