"""Each file of the corpus becomes exactly what expected.json says, or is refused with exactly its sentence.

The files are made by tests/exports/make.py; a difference in an account is a change to be judged, then written down in
expected.json by hand or with `python tests/test_exports_corpus.py`.
"""

import json
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow.parquet
import pytest

from core import star
from core.exports import account_lines, delimited, import_export

CORPUS = Path(__file__).with_name("exports")
EXPECTED = CORPUS / "expected.json"
CASES = json.loads(EXPECTED.read_text(encoding="utf-8")) if EXPECTED.exists() else {}
PARTS = ("loaded", "set_aside", "excluded", "not_data")


def outcome(name: str, folder: Path) -> dict:
    """What an import of the file says, in short."""
    try:
        account = import_export(CORPUS / "files" / name, folder)
    except star.Refused as refused:
        return {"refused": str(refused)}
    star.refuse_faults(folder)
    assert_closed(account, folder)
    return {
        "profile": account["profile"],
        "read_as": account["files"][0]["read_as"],
        "rows": {file["file"]: list(file["rows"].values()) for file in account["files"]},
        "amounts": {
            f"{file['file']}: {amount['column']} = {amount['field']}": [amount["read"], *(amount[p] for p in PARTS)]
            for file in account["files"]
            for amount in file["amounts"]
        },
        "set_aside": [[row["first_line"], row["rows"], row["reason"]] for row in account["set_aside"]],
        "left_out": {file["file"]: file["private_columns"] for file in account["files"] if file.get("private_columns")},
        "decisions": account["decisions"],
        "guesses": [guess["guess"] for guess in account["guesses"]],
        "statuses": {row["word"]: row["status"] for row in account["statuses"]},
        "customers": account["customers"],
        "equal_rows": account["equal_rows"],
        "totals": account["totals"],
    }


def assert_closed(account: dict, folder: Path) -> None:
    """Every row and every amount is in exactly one part, and the star holds what the account says."""
    for file in account["files"]:
        assert file["rows"]["read"] == sum(file["rows"][part] for part in PARTS)
        for amount in file["amounts"]:
            assert Decimal(amount["read"]) == sum(Decimal(amount[part]) for part in PARTS)
    lines = duckdb.sql(f"select count(*), sum(net_amount)::varchar from '{folder}/fact_order_line.parquet'").fetchall()[
        0
    ]
    assert lines == (account["totals"]["lines"], account["totals"]["net_amount"])
    aside = sum(file["rows"]["set_aside"] for file in account["files"])
    kept = folder / "set_aside.parquet"
    assert aside == (duckdb.sql(f"select count(*) from '{kept}'").fetchall()[0][0] if kept.exists() else 0)
    assert account_lines(account)


@pytest.fixture(autouse=True)
def _salts(tmp_path_factory, monkeypatch) -> None:
    """Keep secrets out of the user's own folder."""
    monkeypatch.setenv("QUINTILE_SALTS", str(tmp_path_factory.mktemp("salts")))


@pytest.mark.parametrize("name", CASES)
def test_file_becomes_what_is_expected(name, tmp_path):
    assert outcome(name, tmp_path / "star") == CASES[name]


TIDY = ["comma.csv", "german.csv", "month_first.csv", "month_names.csv", "cp1252.csv", "utf16_le.csv", "crlf.csv"]
TIDY += ["amount_unreadable.csv", "date_2102.csv", "totals.csv", "quoted.csv", "too_many_cells.csv", "preamble.csv"]
TIDY += ["equal_rows.csv", "online_retail.csv", "superstore.csv", "two_months", "null_words.csv"]


@pytest.mark.parametrize("name", TIDY)
def test_the_fast_reader_says_the_same(name, tmp_path, monkeypatch):
    """Large files are read by DuckDB; here small ones are."""
    monkeypatch.setattr(delimited, "STREAMED_FROM", 0)
    assert outcome(name, tmp_path / "star") == CASES[name]


def test_every_file_of_the_corpus_is_expected():
    assert sorted(file.name for file in (CORPUS / "files").iterdir()) == sorted(CASES)


def test_the_corpus_is_what_its_script_makes(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(CORPUS)
    import make

    monkeypatch.setattr(make, "FILES", tmp_path)
    make.main()
    made, kept = (
        {f.relative_to(r): _content(f) for f in r.rglob("*") if f.is_file()} for r in (tmp_path, CORPUS / "files")
    )
    assert made == kept


def _content(file: Path) -> bytes | list[dict]:
    """A file's bytes; of Parquet the rows, for its bytes tell the version of the library that wrote it."""
    return pyarrow.parquet.read_table(file).to_pylist() if file.suffix == ".parquet" else file.read_bytes()


def write_down() -> None:
    """Write what every file becomes now into expected.json, to be read before it is committed."""
    found = {}
    for file in sorted((CORPUS / "files").iterdir()):
        with tempfile.TemporaryDirectory() as room:
            found[file.name] = outcome(file.name, Path(room) / "star")
    EXPECTED.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(write_down())
