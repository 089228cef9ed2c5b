"""Marts: built once, rebuilt when missing, broken or outdated, published whole, opened read-only and locked down."""

import datetime
import os
import shutil
import subprocess
import threading
from pathlib import Path

import duckdb
import pytest
import stars

from core import reports, star, warehouse
from core.filters import Filter

ORDERS = [("o1", "2024-01-01", "a", 10), ("o2", "2024-02-02", "b", 20)]


@pytest.fixture
def folder(tmp_path) -> Path:
    return stars.simple(tmp_path / "star", ORDERS)


@pytest.fixture
def cache(tmp_path, monkeypatch) -> Path:
    """A cache folder of the test's own, with nothing opened from it yet."""
    monkeypatch.setenv("QUINTILE_CACHE", str(tmp_path / "cache"))
    warehouse._opened.cache_clear()
    return tmp_path / "cache"


def revenue(mart: warehouse.Mart) -> float:
    return mart.query("select sum(revenue) as revenue from sales_orders").revenue.iloc[0]


def test_a_mart_knows_its_star(folder):
    mart = warehouse.open_mart(folder)
    assert (mart.name, mart.currency, mart.fiscal_year_start) == ("star", "EUR", 1)
    assert (mart.first_day, mart.as_of) == (datetime.date(2024, 1, 1), datetime.date(2024, 2, 2))
    assert mart.version == star.version_of(folder)
    assert {
        name: mart.summary[name] for name in ("orders", "has_costs", "has_places", "has_reasons", "has_targets")
    } == {
        "orders": 2,
        "has_costs": False,
        "has_places": False,
        "has_reasons": False,
        "has_targets": False,
    }


def test_a_mart_is_built_once_with_progress_and_kept(folder, cache):
    told = []
    mart = warehouse.open_mart(folder, progress=lambda stage, share: told.append((stage, share)))
    assert told[0] == ("Checking the data", 0.0)
    assert told[-1] == ("Ready", 1.0)
    assert [share for _, share in told] == sorted(share for _, share in told)
    assert list(cache.iterdir()) == [mart.path]
    again = []
    warehouse._opened.cache_clear()
    assert revenue(warehouse.open_mart(folder, progress=lambda *step: again.append(step))) == 30
    assert again == []


def test_marts_are_never_kept_in_the_star(folder, cache):
    before = sorted(folder.iterdir())
    warehouse.open_mart(folder)
    assert sorted(folder.iterdir()) == before


@pytest.mark.parametrize("spoil", ["missing", "empty", "no database", "other tables", "half", "damaged"])
def test_a_mart_that_cannot_be_used_is_built_anew(folder, cache, spoil):
    path = warehouse.open_mart(folder).path
    warehouse._opened.cache_clear()
    whole = path.read_bytes()
    path.unlink()
    if spoil == "other tables":
        with duckdb.connect(str(path)) as connection:
            connection.execute("create table sales_orders as select 1 as one")
    elif spoil != "missing":
        half = len(whole) // 2
        damaged = whole[: half - 40_000] + bytes(255 - byte for byte in whole[half - 40_000 :])
        path.write_bytes(
            {"empty": b"", "half": whole[:half], "no database": b"text " * 5000, "damaged": damaged}[spoil]
        )
    assert revenue(warehouse.open_mart(folder)) == 30


def test_a_new_star_gets_a_new_mart(folder, cache):
    old = warehouse.open_mart(folder)
    stars.simple(folder, [*ORDERS, ("o3", "2024-02-03", "b", 5)])
    new = warehouse.open_mart(folder)
    assert new.path != old.path
    assert (revenue(new), revenue(old)) == (35, 30)  # who still reads the old one reads it whole


def test_new_views_get_a_new_mart(folder, cache, tmp_path, monkeypatch):
    old = warehouse.open_mart(folder).path
    shutil.copytree(warehouse.SQL_FOLDER, tmp_path / "sql")
    view = tmp_path / "sql/marts/targets.sql"
    view.write_text(view.read_text() + "-- mended\n")
    monkeypatch.setattr(warehouse, "SQL_FOLDER", tmp_path / "sql")
    assert warehouse.open_mart(folder).path != old


def test_as_of_has_a_mart_of_its_own(folder, cache):
    mart = warehouse.open_mart(folder, datetime.date(2024, 1, 31))
    assert (mart.as_of, mart.summary["orders"]) == (datetime.date(2024, 1, 31), 1)
    assert warehouse.open_mart(folder).summary["orders"] == 2
    with pytest.raises(star.Refused, match="No order that counts lies on or before 2023-12-31; choose a later as_of"):
        warehouse.open_mart(folder, datetime.date(2023, 12, 31))


def test_a_build_that_fails_leaves_nothing_behind(folder, cache, tmp_path, monkeypatch):
    shutil.copytree(warehouse.SQL_FOLDER, tmp_path / "sql")
    (tmp_path / "sql/marts/targets.sql").write_text("select no_such_column from stg_target")
    monkeypatch.setattr(warehouse, "SQL_FOLDER", tmp_path / "sql")
    with pytest.raises(duckdb.Error):
        warehouse.open_mart(folder)
    assert list(cache.iterdir()) == []


def test_a_mart_appears_whole(folder, cache, monkeypatch):
    seen = []

    def look(stage: str, share: float) -> None:
        seen.extend(path.name for path in cache.glob("mart-*"))

    path = warehouse.open_mart(folder, progress=look).path
    assert seen == []
    assert path.exists()


def test_a_small_mart_answers_in_one_thread(folder, cache):
    threads = "select current_setting('threads') as threads"
    assert warehouse.open_mart(folder).query(threads).threads.item() == 1


@pytest.mark.parametrize(
    "command",
    [
        "create table more as select 1",
        "insert into targets values (date '2024-01-01', 1)",
        "drop table sales_orders",
        "copy sales_orders to '{folder}/stolen.csv'",
        "attach '{folder}/other.duckdb'",
        "select * from read_csv('/etc/passwd')",
        "select * from read_text('{folder}/star.json')",
        "select * from '{folder}/fact_order.parquet'",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "set lock_configuration = false",
        "set memory_limit = '1TB'",
        "export database '{folder}/dump'",
    ],
)
def test_a_mart_is_read_only_and_locked_down(folder, command):
    mart = warehouse.open_mart(folder)
    before = sorted(folder.iterdir())
    with pytest.raises(duckdb.Error):
        mart.query(command.format(folder=folder))
    assert sorted(folder.iterdir()) == before
    assert revenue(mart) == 30


def test_threads_that_open_at_once_get_one_mart(folder, cache):
    built, found, failed = [], [], []
    start = threading.Barrier(4)

    def opened() -> None:
        start.wait()
        try:
            mart = warehouse.open_mart(folder, progress=lambda stage, share: built.append(stage))
            found.append((mart.path, revenue(mart)))
            reports.run("headline", mart, Filter())
        except Exception as error:  # a thread's error would be lost
            failed.append(error)

    threads = [threading.Thread(target=opened) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(set(found)) == 1
    assert built.count("Ready") == 1


def test_processes_that_build_at_once_do_not_disturb_each_other(folder, cache):
    import sys

    command = [sys.executable, "-m", "core", "report", "headline", "--data", str(folder), "--format", "csv"]
    root = Path(__file__).parents[1]
    running = [subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    answers = [process.communicate() for process in running]
    assert [process.returncode for process in running] == [0, 0], answers
    assert answers[0] == answers[1]


def test_a_cache_that_cannot_be_written_is_refused(folder, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("QUINTILE_CACHE", str(tmp_path / "file"))
    with pytest.raises(star.Refused, match=r"cannot be written to .*file.*; free some space or set QUINTILE_CACHE\."):
        warehouse.open_mart(folder)


def test_a_full_disk_is_refused_in_one_sentence(sample, tmp_path, monkeypatch):
    small = tmp_path / "small"
    small.mkdir()
    if (
        os.geteuid()
        or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small], check=False).returncode
    ):
        pytest.skip("a small disk can only be mounted by root, and not everywhere")
    try:
        monkeypatch.setenv("QUINTILE_CACHE", str(small))
        with pytest.raises(star.Refused) as refused:
            warehouse.open_mart(sample)
        assert str(refused.value).startswith(f"The prepared data cannot be written to {small} (")
        assert str(refused.value).endswith("; free some space or set QUINTILE_CACHE.")
        assert "\n" not in str(refused.value)
        assert list(small.iterdir()) == []
    finally:
        subprocess.run(["umount", small], check=True)


def test_where_marts_are_kept(monkeypatch):
    monkeypatch.setenv("QUINTILE_CACHE", "/somewhere")
    assert warehouse.cache_folder() == Path("/somewhere")
    monkeypatch.delenv("QUINTILE_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", "/elsewhere")
    assert warehouse.cache_folder() == Path("/elsewhere/quintile")


def test_old_marts_are_forgotten(folder, cache):
    cache.mkdir()
    for number in range(warehouse.MARTS_KEPT + 5):
        old = cache / f"mart-{number:012}-0.duckdb"
        old.write_bytes(b"")
        os.utime(old, (number, number))
    path = warehouse.open_mart(folder).path
    kept = {file.name for file in cache.iterdir()}
    assert len(kept) == warehouse.MARTS_KEPT + 1
    assert path.name in kept
    assert f"mart-{0:012}-0.duckdb" not in kept


def test_views_stand_after_those_they_read():
    order = list(warehouse.views())
    assert set(warehouse.KEPT) <= set(order)
    assert order.index("stg_order") < order.index("orders") < order.index("order_lines") < order.index("sales_lines")
    assert order.index("customer_scores") < order.index("customers") < order.index("sales_orders")
