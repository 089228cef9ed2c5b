"""The command line: what it prints, what it refuses in one sentence, and its exit codes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import stars

from core import reports
from core.__main__ import main

ROOT = Path(__file__).parents[1]
ORDERS = [("o1", "2024-01-01", "a", 10), ("o2", "2024-02-02", "b", 30), ("r1", "2024-02-03", "b", -5)]


@pytest.fixture
def run(capsys):
    """Run a command: exit code, standard output, standard error."""

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as left:
            code = left.code
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call


@pytest.fixture
def folder(tmp_path) -> Path:
    return stars.simple(tmp_path / "star", ORDERS, customers=["never"])


def test_a_report_as_json(run, folder):
    code, out, err = run("report", "tiers", "--data", folder, "--format", "json", "--filter", "month=2024-02")
    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "report": "tiers",
        "as_of": "2024-02-03",
        "filter": {"month": ["2024-02"]},
        "rows": json.loads(out)["rows"],
    }
    (row,) = json.loads(out)["rows"]
    assert {key: row[key] for key in ("tier", "buyers", "buyer_share", "revenue", "orders", "profit", "items")} == {
        "tier": "Top Clients",
        "buyers": 1,
        "buyer_share": 1,
        "revenue": 25,
        "orders": 1,
        "profit": None,
        "items": 0,
    }


def test_days_in_json_and_csv_are_plain_dates(run, folder):
    rows = json.loads(run("report", "customers", "--data", folder, "--format", "json")[1])["rows"]
    assert [row["last_order_date"] for row in rows] == ["2024-02-02", "2024-01-01", None]
    out = run("report", "cumulative_revenue", "--data", folder, "--format", "csv", "--filter", "year=2024")[1]
    assert out.splitlines()[:2] == [
        "date,revenue_to_date,revenue_to_date_last_year,profit_to_date,profit_to_date_last_year",
        "2024-01-01,10.0,0.0,,",
    ]


def test_a_report_as_a_table(run, folder):
    code, out, err = run("report", "segments", "--data", folder)
    assert (code, err) == (0, "")
    assert out.split()[:3] == ["segment", "customers", "customer_share"]
    assert "Never ordered" in out


def test_without_a_name_all_reports_are_listed(run):
    code, out, err = run("report")
    assert (code, err) == (0, "")
    assert [line.split()[0] for line in out.splitlines()] == list(reports.REPORTS)
    assert all(len(line.split()) > 3 for line in out.splitlines())


@pytest.mark.parametrize("name", list(reports.REPORTS))
@pytest.mark.parametrize("filters", [(), ("--filter", "year=1999"), ("--filter", "segment=Never ordered")])
def test_every_report_has_plain_json(run, folder, name, filters):
    code, out, err = run("report", name, "--data", folder, "--format", "json", *filters)
    assert (code, err) == (0, "")
    assert isinstance(json.loads(out, parse_constant=pytest.fail)["rows"], list)


def test_what_is_ignored_is_named_on_standard_error(run, folder):
    code, out, err = run(
        *("report", "headline", "--data", folder, "--format", "json", "--filter", "colour=red"),
        *("--filter", "segment=Champion", "--filter", "customer=a", "--filter", "year=20x"),
    )
    assert code == 0
    assert err.splitlines() == [
        "There is no filter 'colour'; it was ignored.",
        "year=20x was ignored: it must look like 2014.",
        "The data has no segment 'Champion'; it was ignored.",
    ]
    assert json.loads(out)["filter"] == {"customer": ["a"]}
    assert json.loads(out)["rows"][0]["revenue"] == 10


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ("report", "headline", "--filter", "top_cut=0.9", "--filter", "mid_cut=0.5"),
            "top_cut 0.9 lies above mid_cut 0.5; Top Clients must end before Mid Range Clients do.",
        ),
        (
            ("report", "headline", "--filter", "from=2024-02-01", "--filter", "to=2024-01-01"),
            "from 2024-02-01 lies after to 2024-01-01; swap them.",
        ),
        (
            ("report", "headline", "--filter", "as_of=2020-01-01"),
            "No order that counts lies on or before 2020-01-01; choose a later as_of.",
        ),
    ],
)
def test_choices_that_exclude_each_other_are_refused(run, folder, arguments, sentence):
    assert run(*arguments, "--data", folder) == (1, "", sentence + "\n")


def test_an_unknown_report_is_named(run):
    code, out, err = run("report", "nonsense")
    assert code in (1, 2)
    assert out == ""
    assert "nonsense" in err


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nonsense",),
        ("report", "headline", "--filter", "segment"),
        ("report", "headline", "--format", "xml"),
        ("import",),
        ("import", "somewhere"),
        ("import", "somewhere", "--to", "there", "--fiscal-start", "13"),
        ("build", "--engine", "abacus"),
    ],
)
def test_wrong_usage(run, arguments):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("usage: python -m core")


def spoil(folder: Path, name: str, **columns: list) -> None:
    pq.write_table(pa.table(columns), folder / f"{name}.parquet")


@pytest.mark.parametrize(
    ("name", "columns", "part"),
    [
        ("fact_order", {"order_id": ["o1"]}, "fact_order.parquet has no column order_date"),
        (
            "fact_order_line",
            {"order_id": ["o1"], "line_number": [1], "net_amount": ["ten"]},
            "fact_order_line.parquet, column net_amount: 'ten' is no amount",
        ),
        (
            "fact_order",
            {"order_id": ["o1"], "order_date": ["1900-05-05"]},
            "order_date: 1 rows lie before 1990 or in the future, such as 1900-05-05",
        ),
        (
            "fact_order",
            {"order_id": ["o1"], "order_date": ["2100-05-05"]},
            "order_date: 1 rows lie before 1990 or in the future, such as 2100-05-05",
        ),
        (
            "fact_order",
            {"order_id": pa.array([], pa.string()), "order_date": pa.array([], pa.date32())},
            "holds no order that counts (status sold or returned); import an export with orders.",
        ),
        (
            "fact_order",
            {"order_id": ["o1"], "order_date": ["2024-01-01"], "status": ["cancelled"]},
            "holds no order that counts (status sold or returned); import an export with orders.",
        ),
    ],
)
@pytest.mark.parametrize("command", [("report", "headline"), ("build",), ("check",)])
def test_a_star_that_cannot_be_used(run, folder, command, name, columns, part):
    spoil(folder, name, **columns)
    code, out, err = run(*command, "--data", folder)
    assert (code, out) == (1, "")
    assert part in err
    assert err.count("\n") == 1


def test_folders_that_are_no_star(run, tmp_path):
    code, out, err = run("report", "headline", "--data", tmp_path / "nowhere")
    assert (code, out) == (1, "")
    assert err == f"There is no folder {tmp_path / 'nowhere'}; name a star made by `python -m core import`.\n"
    code, out, err = run("report", "headline", "--data", tmp_path)
    assert (code, out) == (1, "")
    assert err == f"{tmp_path} is no star: it has no star.json; make one with `python -m core import`.\n"
    code, out, err = run("import", tmp_path / "nowhere", "--to", tmp_path / "star")
    assert (code, out, err.count("\n")) == (1, "", 1)


def test_an_order_of_a_customer_whom_no_table_knows(run, tmp_path):
    people = [{"customer_id": "a", "customer_name": "Ann"}]
    folder = stars.simple(
        tmp_path, [("o1", "2024-01-01", "a", 10), ("o2", "2024-01-01", "ghost", 5)], dim_customer=people
    )
    rows = json.loads(run("report", "segments", "--data", folder, "--format", "json")[1])["rows"]
    assert {row["segment"]: (row["customers"], row["revenue"]) for row in rows}["Buyer not known"] == (0, 5)
    (headline,) = json.loads(run("report", "headline", "--data", folder, "--format", "json")[1])["rows"]
    assert [headline[name] for name in ("revenue", "orders", "customers", "buyers")] == [15, 2, 1, 1]


@pytest.mark.parametrize("orders", [ORDERS[:1], [(f"o{n}", "2024-01-01", f"c{n}", 10) for n in range(5)]])
def test_one_customer_and_all_customers_equal(run, tmp_path, orders):
    folder = stars.simple(tmp_path, orders)
    rows = json.loads(run("report", "customers", "--data", folder, "--format", "json")[1])["rows"]
    assert {(row["recency_score"], row["frequency_score"], row["monetary_score"]) for row in rows} == {(5, 1, 1)}
    assert {(row["segment"], row["tier"]) for row in rows} == {("New Customers", "Top Clients")}
    notes = [
        row["note"]
        for row in json.loads(run("report", "score_cut_points", "--data", folder, "--format", "json")[1])["rows"]
    ]
    assert all("are empty: equal values share a score. Only" in note for note in notes)


def test_build_and_check(run, folder):
    code, out, err = run("build", "--data", folder)
    assert (code, err) == (0, "")
    assert out.startswith("star: 3 orders up to 2024-02-03, ready in ")
    assert run("check", "--data", folder) == (
        0,
        "star keeps its contract, and every figure agrees with every other.\n",
        "",
    )


def test_the_star_is_named_by_the_environment_and_the_sample_is_the_default(folder):
    def answer(**environment: str) -> dict:
        done = subprocess.run(
            [sys.executable, "-m", "core", "report", "headline", "--format", "json"],
            cwd=ROOT,
            env={name: value for name, value in os.environ.items() if name != "QUINTILE_DATA"} | environment,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stderr == ""
        return json.loads(done.stdout)["rows"][0]

    assert answer(QUINTILE_DATA=str(folder))["revenue"] == 35
    assert answer()["customers"] == 6000


def test_a_reader_that_leaves_early_is_no_error(sample):
    command = f"{sys.executable} -m core report customers --data {sample} | head -1"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
