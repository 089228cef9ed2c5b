"""Reports that are run beside the page before it asks for them."""

import threading
from collections import Counter

import duckdb
import pytest

from core import reports, warehouse
from core.filters import Filter
from core.warehouse import Mart

NAMES = ("segments", "revenue_by_country", "rfm_grid")


@pytest.fixture
def ran(monkeypatch) -> Counter:
    """How many queries ran on which thread."""
    count, query = Counter(), Mart.query

    def counted(mart: Mart, *asked: object):
        count[threading.current_thread().name] += 1
        return query(mart, *asked)

    monkeypatch.setattr(Mart, "query", counted)
    return count


def test_what_is_fetched_is_run_once_and_beside(sample, ran):
    mart, filter = warehouse.open_mart(sample), Filter.of(country="Italy", month="2026-03")
    for name in NAMES:
        reports.fetch(name, mart, filter)
    reports._beside.submit(int).result()  # when all of it has been run
    assert set(ran) == {"reports_0"}
    frames = [reports.run(name, mart, filter) for name in NAMES]
    assert set(ran) == {"reports_0"}
    assert not reports._coming
    for name, frame in zip(NAMES, frames, strict=True):
        assert frame.equals(reports._run.__wrapped__(name, mart, filter))


def test_what_has_not_been_begun_beside_is_run_here(sample, ran):
    mart, filter = warehouse.open_mart(sample), Filter.of(country="France", month="2026-03")
    held = threading.Event()
    reports._beside.submit(held.wait)
    try:
        reports.fetch("segments", mart, filter)
        assert len(reports.run("segments", mart, filter))
        assert set(ran) == {threading.current_thread().name}
    finally:
        held.set()


def test_what_fails_beside_is_told_where_it_is_asked_for(sample, monkeypatch):
    mart, filter = warehouse.open_mart(sample), Filter.of(country="Spain", month="2026-03")

    def fail(*_: object) -> None:
        raise duckdb.IOException("the disk is gone")

    with monkeypatch.context() as patch:
        patch.setattr(Mart, "query", fail)
        reports.fetch("segments", mart, filter)
        reports._beside.submit(int).result()
        with pytest.raises(duckdb.IOException, match="the disk is gone"):
            reports.run("segments", mart, filter)
    assert len(reports.run("segments", mart, filter))
