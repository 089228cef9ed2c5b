"""The same views, the same rows: a real Spark against DuckDB. Skipped where requirements-spark.txt is not installed."""

import shutil

import duckdb
import pytest
import stars

from core import rfm, spark, warehouse
from core.star import Refused


def test_every_view_is_understood_by_spark_s_dialect():
    for name, text in warehouse.views().items():
        assert "select" in spark.transpiled(text).lower(), name


def test_without_spark_the_sentence_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyspark.sql", None)
    with pytest.raises(Refused, match=r"pip install -r requirements-spark\.txt"):
        spark.run(tmp_path, tmp_path, {}, (), {}, None, lambda stage, share: None)


def test_spark_and_duckdb_make_the_same_rows_of_the_same_types(tmp_path):
    pytest.importorskip("pyspark", reason="requirements-spark.txt is not installed")
    if not shutil.which("java"):
        pytest.skip("there is no Java runtime")
    star = stars.odd(tmp_path / "odd", seed=3, targets=True)
    mart = warehouse.open_mart(star)
    out = tmp_path / "spark"
    out.mkdir()
    spark.run(star, out, warehouse.views(), warehouse.KEPT, rfm.rules(), None, lambda stage, share: None)
    with duckdb.connect() as connection:
        connection.execute(f"attach '{mart.path}' as mart (read_only)")
        for name in warehouse.KEPT:
            one, other = f"mart.{name}", f"read_parquet('{out}/{name}/*.parquet')"
            types = [
                [row[:2] for row in connection.execute(f"describe select * from {source}").fetchall()]
                for source in (one, other)
            ]
            assert types[0] == types[1], name
            for left, right in ((one, other), (other, one)):
                rest = connection.execute(f"select * from {left} except all select * from {right} limit 1").fetchall()
                assert rest == [], name
