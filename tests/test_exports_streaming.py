"""Large files, read by DuckDB as they stand: rows keep their order, and what comes late in the file counts as well."""

from pathlib import Path

import duckdb
import pytest

from core import star
from core.exports import account_lines, currencies, delimited, import_export, repeated, staging

LARGE = delimited.STREAMED_FROM
TABLES = ("fact_order", "fact_order_line", "dim_customer", "dim_product", "dim_location")


@pytest.fixture(autouse=True)
def _salts(tmp_path_factory, monkeypatch) -> None:
    """Keep secrets out of the user's own folder."""
    monkeypatch.setenv("QUINTILE_SALTS", str(tmp_path_factory.mktemp("salts")))


def both(tmp_path: Path, monkeypatch, text: str) -> list[tuple[dict, dict[str, list]]]:
    """The account and the rows of the same file, read record by record and streamed."""
    file = tmp_path / "export.csv"
    file.write_text(text, encoding="utf-8")
    found = []
    for size in (LARGE, 0):
        monkeypatch.setattr(delimited, "STREAMED_FROM", size)
        folder = tmp_path / f"star {size}"
        account = import_export(file, folder)
        kept = [name for name in TABLES if star.path_of(folder, name).exists()]
        rows = {name: duckdb.sql(f"from '{star.path_of(folder, name)}' order by all").fetchall() for name in kept}
        found.append((account, rows))
    return found


def line(number: int, order: int, **cells: str) -> str:
    row = {"date": "2024-03-05", "customer": f"C{order % 7}", "city": "Lyon", "amount": f"{number}.50"} | cells
    return f"O{order},{row['date']},{row['customer']},P{number % 5},France,{row['city']},{row['amount']}\n"


HEADER = "order_id,order_date,customer_id,product_id,country,city,net_amount\n"


def test_words_for_empty_cells_count_wherever_they_stand(tmp_path, monkeypatch):
    monkeypatch.setattr(delimited, "BATCH", 10)
    words = {40: {"city": "NULL"}, 60: {"customer": "\\N"}, 70: {"amount": "n/a"}, 80: {"date": "None"}}
    text = HEADER + "".join(line(n, n // 3, **words.get(n, {})) for n in range(100))
    careful, streamed = both(tmp_path, monkeypatch, text)
    assert streamed == careful
    assert [(row["first_line"], row["reason"]) for row in streamed[0]["set_aside"]] == [
        (72, "no net_amount"),
        (82, "no readable date"),
    ]


def test_a_word_in_an_amount_alone_needs_no_second_reading(tmp_path, monkeypatch):
    monkeypatch.setattr(delimited, "BATCH", 10)
    readers = []
    refuse = delimited.refuse_untidy
    monkeypatch.setattr(delimited, "refuse_untidy", lambda c, reader, a: readers.append(reader) or refuse(c, reader, a))
    text = HEADER + "".join(line(n, n // 3, **({"amount": "NULL"} if n == 50 else {})) for n in range(60))
    careful, streamed = both(tmp_path, monkeypatch, text)
    assert (streamed[0]["files"], streamed[1]) == (careful[0]["files"], careful[1])
    assert streamed[0]["set_aside"][0]["first_text"] == "O16,2024-03-05,C2,P0,France,Lyon,NULL"
    assert readers == [delimited.BARE]


def test_orders_apart_and_in_disagreement_are_made_alike(tmp_path, monkeypatch):
    odd = {11: {"city": "Paris"}, 23: {"customer": "C6"}, 31: {"date": "2024-03-04"}, 44: {"city": ""}}
    text = HEADER + "".join(line(n, n % 20, **odd.get(n, {})) for n in range(60)) + line(59, 19) + line(59, 19)
    careful, streamed = both(tmp_path, monkeypatch, text)
    assert streamed == careful
    assert streamed[0]["equal_rows"] == 2
    assert [text for text in streamed[0]["decisions"] if "several" in text] == [
        "1 orders have lines of several days; the first day was taken.",
        "1 orders have lines of several customers; the first by name was taken.",
    ]


def test_a_second_currency_late_in_the_file_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(currencies, "_FIRST", 10)
    monkeypatch.setattr(delimited, "STREAMED_FROM", 0)
    file = tmp_path / "export.csv"
    rows = [line(n, n, amount=f"${n}.50" if n == 90 else f"€{n}.50") for n in range(100)]
    file.write_text(HEADER + "".join(rows), encoding="utf-8")
    with pytest.raises(star.Refused, match=r"^The export mixes currencies \(EUR in 99 rows, USD in 1 rows\)"):
        import_export(file, tmp_path / "star")
    file.write_text(HEADER + "".join(rows[:90]), encoding="utf-8")
    account = import_export(file, tmp_path / "star")
    assert account["totals"]["net_amount"] == "4050.0000"
    assert not [column for column in account["columns"] if column["field"] == "currency"]


def test_a_large_file_keeps_its_order(tmp_path):
    file = tmp_path / "export.csv"
    duckdb.sql(
        f"""copy (select 'O' || i // 4 as order_id, date '2023-01-01' + (i // 4 % 300)::int as order_date,
            'C' || (i // 4 * 7919) % 5000 as customer_id, 'Customer with a rather long name' as customer_name,
            'P' || i % 4 as product_id, i % 4 + 1 as quantity, 1.5 as net_amount
        from range(1_200_000) t(i)) to '{file}' (header)"""
    )
    assert file.stat().st_size > delimited.STREAMED_FROM
    account = import_export(file, tmp_path / "star")
    assert account_lines(account)
    lines = star.path_of(tmp_path / "star", "fact_order_line")
    assert duckdb.sql(f"select count(*), bool_and(line_number = quantity) from '{lines}'").fetchall() == [
        (1_200_000, True)
    ]


def test_texts_of_few_words_count_wherever_they_change(tmp_path, monkeypatch):
    """A sample foretells the words of a column; a file with others is read once more."""
    monkeypatch.setattr(repeated, "BLOCKS", 2)
    monkeypatch.setattr(repeated, "BLOCK", 2000)
    readers = []
    stage = staging.stage
    monkeypatch.setattr(staging, "stage", lambda c, plan, order: readers.append(0) or stage(c, plan, order))
    cities = ["Lyon", "Paris", "Nice"]
    lines = [line(n, n // 3, city=cities[n // 3 % 3]) for n in range(2000)]
    careful, streamed = both(tmp_path, monkeypatch, HEADER + "".join(lines))
    assert streamed == careful
    assert len(readers) == 2
    lines[700] = line(700, 233, city="Lille")
    careful, streamed = both(tmp_path, monkeypatch, HEADER + "".join(lines))
    assert streamed == careful
    assert len(readers) == 2 + 3


def test_a_sample_is_of_whole_lines(tmp_path, monkeypatch):
    monkeypatch.setattr(repeated, "BLOCKS", 5)
    monkeypatch.setattr(repeated, "BLOCK", 100)
    lines = [f"{number:07},".encode() + b"x" * (number % 40) + b"\n" for number in range(1000)]
    (tmp_path / "file").write_bytes(b"header\n" + b"".join(lines))
    repeated.sample(tmp_path / "file", 2, tmp_path / "sample")
    kept = (tmp_path / "sample").read_bytes().splitlines(keepends=True)
    assert kept[0] == lines[0]
    assert len(set(kept)) == len(kept) > 10
    assert set(kept) <= set(lines)
    (tmp_path / "small").write_bytes(b"header\n" + b"".join(lines[:3]))
    repeated.sample(tmp_path / "small", 2, tmp_path / "sample")
    assert (tmp_path / "sample").read_bytes() == b"".join(lines[:3])
