"""The star contract: what is refused, in one sentence, and how a star is written."""

import datetime
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import stars

from core import star

ORDERS = [("o1", "2024-01-01", "a", 10), ("o2", "2024-01-02", "b", 20)]


def table(folder: Path, name: str, **columns: list) -> None:
    """Put another table in the place of one of the star's, with the types that pyarrow gives the values."""
    pq.write_table(pa.table(columns), folder / f"{name}.parquet")


def refusal(folder: Path) -> str:
    """The sentence with which a star is refused."""
    with pytest.raises(star.Refused) as refused:
        star.refuse_faults(folder, today=datetime.date(2025, 6, 1))
    sentence = str(refused.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence


@pytest.fixture
def folder(tmp_path) -> Path:
    return stars.simple(tmp_path / "star", ORDERS)


def test_a_true_star_passes(folder):
    star.refuse_faults(folder)


def test_the_sample_and_odd_stars_keep_the_contract(sample, tmp_path):
    star.refuse_faults(sample, today=datetime.date(2027, 1, 1))
    star.refuse_faults(stars.odd(tmp_path, seed=1, targets=True))


def test_a_folder_that_is_not_there(tmp_path):
    missing = tmp_path / "nowhere"
    assert refusal(missing) == f"There is no folder {missing}; name a star made by `python -m core import`."


def test_an_empty_folder(tmp_path):
    assert refusal(tmp_path) == (
        f"{tmp_path} is no star: it has no star.json; make one with `python -m core import`."
    )  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "part"),
    [
        ("{", "cannot be read as JSON"),
        ("[1]", "does not hold the star's facts"),
        ('{"contract_version": 9}', "is of contract version 9, this Quintile reads 1"),
        ('{"fiscal_year_start": 13}', "fiscal_year_start is 13; it must be a month from 1 to 12"),
        ('{"fiscal_year_start": "July"}', "fiscal_year_start is 'July'; it must be a month from 1 to 12"),
    ],
)
def test_facts_that_make_no_sense(folder, facts, part):
    (folder / "star.json").write_text(facts)
    assert part in refusal(folder)


@pytest.mark.parametrize("name", ["fact_order", "fact_order_line", "dim_customer"])
def test_a_required_table_is_missing(folder, name):
    (folder / f"{name}.parquet").unlink()
    assert refusal(folder).startswith(f"{folder} has no {name}.parquet; a star needs it, one row per")


def test_a_file_that_is_no_parquet(folder):
    (folder / "fact_order.parquet").write_bytes(b"order_id,order_date\n")
    assert refusal(folder) == f"{folder / 'fact_order.parquet'} cannot be read as Parquet; import the export again."


STARRED = [(t.name, column) for t in star.TABLES.values() for column in t.starred]


@pytest.mark.parametrize(("name", "column"), STARRED)
def test_a_starred_column_is_missing(folder, name, column):
    kept = [other for other in star.TABLES[name].starred if other != column] or ["other"]
    table(folder, name, **{other: ["1"] for other in kept})
    assert refusal(folder).startswith(f"{name}.parquet has no column {column}; the contract needs it (")


@pytest.mark.parametrize(
    ("name", "columns", "sentence"),
    [
        (
            "fact_order_line",
            {"order_id": ["o1"], "line_number": [1], "net_amount": ["12 EUR"]},
            "fact_order_line.parquet, column net_amount: '12 EUR' is no amount; mend it and import again.",
        ),
        (
            "fact_order_line",
            {"order_id": ["o1"], "line_number": ["first"], "net_amount": ["12"]},
            "fact_order_line.parquet, column line_number: 'first' is no whole number; mend it and import again.",
        ),
        (
            "fact_order",
            {"order_id": ["o1"], "order_date": ["yesterday"]},
            "fact_order.parquet, column order_date: 'yesterday' is no date; mend it and import again.",
        ),
        (
            "fact_order",
            {"order_id": ["o1", None], "order_date": ["2024-01-01", "2024-01-01"]},
            "fact_order.parquet, column order_id is empty in 1 rows; it must always be filled.",
        ),
        (
            "fact_order",
            {"order_id": ["o1", "o2"], "order_date": ["2024-01-01", "1900-01-01"]},
            "fact_order.parquet, column order_date: 1 rows lie before 1990 or in the future, such as 1900-01-01;"
            " correct or remove them.",
        ),
        (
            "fact_order",
            {"order_id": ["o1", "o2"], "order_date": ["2024-01-01", "2100-12-31"]},
            "fact_order.parquet, column order_date: 1 rows lie before 1990 or in the future, such as 2100-12-31;"
            " correct or remove them.",
        ),
        (
            "fact_order",
            {"order_id": ["o1"], "order_date": ["2024-01-01"], "status": ["lost"]},
            "fact_order.parquet, column status: 'lost' is none of sold, pending, cancelled, returned.",
        ),
        (
            "fact_order",
            {"order_id": ["o1", "o1"], "order_date": ["2024-01-01", "2024-01-02"]},
            "fact_order.parquet: order_id o1 stands there more than once; it must be one row per order.",
        ),
        (
            "dim_target",
            {"month": ["2024-01-01"], "revenue_target": ["much"]},
            "dim_target.parquet, column revenue_target: 'much' is no amount; mend it and import again.",
        ),
    ],
)
def test_a_fault_in_a_table(folder, name, columns, sentence):
    table(folder, name, **columns)
    assert refusal(folder) == sentence


def test_version_changes_with_any_byte(folder):
    before = star.version_of(folder)
    assert len(before) == 12
    assert star.version_of(folder) == before
    (folder / "star.json").write_text((folder / "star.json").read_text() + " ")
    assert star.version_of(folder) != before


def test_writing_takes_the_place_of_a_star_only_when_it_ends_well(folder):
    before = star.version_of(folder)
    with pytest.raises(ZeroDivisionError), star.writing(folder):
        raise ZeroDivisionError
    assert star.version_of(folder) == before
    with star.writing(folder) as draft:
        star.write_facts(draft, {"name": "new"})
    assert json.loads((folder / "star.json").read_text()) == {"contract_version": 1, "name": "new"}
    assert [path.name for path in folder.parent.iterdir()] == ["star"]


def test_writing_refuses_a_folder_that_holds_something_else(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with (
        pytest.raises(star.Refused, match="exists and is no star; name a new or an empty folder"),
        star.writing(tmp_path),
    ):
        pass
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def test_what_a_star_lacks_is_there_and_empty(folder):
    import duckdb

    with duckdb.connect() as connection:
        star.register(connection, folder)
        assert connection.execute("select count(*) from dim_reason").fetchone() == (0,)
        assert connection.execute("select total_amount, channel from fact_order limit 1").fetchone() == (None, None)
        for name, contract in star.TABLES.items():
            described = connection.execute(f"describe {name}").fetchall()
            assert {row[0]: row[1] for row in described} == contract.columns
