"""An import says how far it is while it runs, and ends where somebody stops it, leaving nothing behind."""

import re
import threading
from pathlib import Path

import duckdb
import pytest

from core.exports import Cancelled, delimited, import_export, progress


@pytest.fixture
def large(tmp_path, monkeypatch) -> Path:
    """A file that is streamed and takes DuckDB a while."""
    monkeypatch.setattr(delimited, "STREAMED_FROM", 0)
    monkeypatch.setattr(progress, "EVERY", 0.005)
    file = tmp_path / "export.csv"
    duckdb.sql(
        f"""copy (select 'O' || i // 4 as order_id, date '2023-01-01' + (i // 4 % 300)::int as order_date,
            'C' || i // 4 % 5000 as customer_id, 'P' || i % 4 as product_id, 1.5 as net_amount
        from range(400_000) t(i)) to '{file}' (header)"""
    )
    return file


def test_stages_tell_their_rows_and_never_go_back(large, tmp_path):
    heard = []
    import_export(large, tmp_path / "star", progress=lambda stage, share: heard.append((stage, share)))
    shares = [share for _, share in heard]
    assert shares == sorted(shares)
    assert heard[-1] == ("done", 1.0)
    stages = list(dict.fromkeys(stage.split(",")[0] for stage, _ in heard))
    assert stages == ["reading", "understanding", "cleaning", "writing", "closing the account", "done"]
    told = [re.fullmatch(r"cleaning, ([\d,]+) of about 400,001 rows", stage) for stage, _ in heard]
    rows = [int(match[1].replace(",", "")) for match in told if match]
    assert rows == sorted(rows)
    assert any(0 < count < 400_000 for count in rows)


@pytest.mark.parametrize("at", ["cleaning, ", "writing"])
def test_a_long_statement_is_stopped(large, tmp_path, at):
    cancel = threading.Event()

    def hear(stage: str, share: float) -> None:
        if stage.startswith(at):
            cancel.set()

    with pytest.raises(Cancelled, match=r"^The import was stopped; nothing was changed\.$"):
        import_export(large, tmp_path / "star", progress=hear, cancel=cancel)
    assert list(tmp_path.iterdir()) == [large]


def test_reading_record_by_record_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(delimited, "BATCH", 10)
    file = tmp_path / "export.csv"
    lines = [f"O{n};01.02.2024;C{n};{n},50" for n in range(1000)]
    file.write_text("\n".join(["order_id;order_date;customer_id;net_amount", *lines]), encoding="utf-8")
    cancel, heard = threading.Event(), []

    def hear(stage: str, share: float) -> None:
        heard.append(stage)
        if stage == "reading, 30 of about 1,000 rows":
            cancel.set()

    with pytest.raises(Cancelled):
        import_export(file, tmp_path / "star", progress=hear, cancel=cancel)
    assert heard[-1] == "reading, 30 of about 1,000 rows"
    assert list(tmp_path.iterdir()) == [file]
