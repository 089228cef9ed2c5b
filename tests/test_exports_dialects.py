"""Random orders in random dialects are read back as they were; random damage never ends in a traceback."""

import contextlib
import signal
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from core import star
from core.exports import import_export

sys.path.insert(0, str(Path(__file__).parent))
from exports import dialects
from test_exports_corpus import assert_closed

SEEDS = 200
SECONDS = 60
_GOOD = """order_id,order_date,customer_id,product_name,net_amount
1,13 Feb 2023,C1,"5"" pipe",3.50
2,14 Feb 2023,C2,Glöckchen,4.50
3,15 Feb 2023,C3,Glöckchen,4.50
4,16 Feb 2023,C4,Bell,4.50
5,17 Feb 2023,C5,Bell,4.50
""".encode()
# Damage that once ended in a traceback, and why it is set aside.
FOUND = {
    "a figure that is no decimal": (_GOOD.replace(b"17 Feb 2023", "17 Feb 20¹3".encode()), "no readable date"),
    "odd bytes in a quoted line": (_GOOD.replace(b"pipe", b"p\xcepe"), "bytes that are not UTF-8"),
}


def lines_of(folder: Path) -> Counter:
    """The star's lines as the case holds them."""
    found = duckdb.sql(
        f"""select order_id, order_date::varchar, customer_id, product_id, quantity::int, net_amount, country
        from '{folder}/fact_order_line.parquet' join '{folder}/fact_order.parquet' using (order_id)
        left join '{folder}/dim_location.parquet' using (location_id)"""
    ).fetchall()
    return Counter((*row[:5], int(row[5] * 100), row[6]) for row in found)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_orders_are_read_back(seed, tmp_path):
    made = dialects.case(seed)
    file = tmp_path / "export.csv"
    file.write_bytes(made.data)
    account = import_export(file, tmp_path / "star")
    assert lines_of(tmp_path / "star") == Counter(made.lines), made.dialect
    assert_closed(account, tmp_path / "star")
    assert Decimal(account["totals"]["net_amount"]) * 100 == sum(line[5] for line in made.lines)


@contextlib.contextmanager
def alarm(seconds: int):
    """Fail what hangs."""

    def ring(*_):
        raise TimeoutError(f"still running after {seconds} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("name", FOUND)
def test_damage_that_was_found_is_set_aside(name, tmp_path):
    data, reason = FOUND[name]
    file = tmp_path / "export.csv"
    file.write_bytes(data)
    account = import_export(file, tmp_path / "star")
    assert [(row["rows"], row["reason"]) for row in account["set_aside"]] == [(1, reason)]


@pytest.mark.parametrize("seed", [*range(SEEDS), 1307])  # the last one's long line once stood still
def test_damage_is_refused_or_accounted_for(seed, tmp_path):
    name, data = dialects.mutated(seed)
    file = tmp_path / name
    file.write_bytes(data)
    with alarm(SECONDS):
        try:
            account = import_export(file, tmp_path / "star", mapping={"date_order": "dmy"})
        except star.Refused as refusal:
            sentence = str(refusal)
        else:
            sentence = None
    if sentence is not None:
        assert sentence
        assert "\n" not in sentence
        return
    star.refuse_faults(tmp_path / "star")
    assert_closed(account, tmp_path / "star")
