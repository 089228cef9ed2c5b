"""The same views on Apache Spark, where a star outgrows one machine: transpiled, run there, and kept as Parquet.

Optional: `pip install -r requirements-spark.txt` and a Java runtime. What comes back is what DuckDB
would have made, row for row; the mart is then written and served from DuckDB as ever.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from core import star
from core.star import Refused

_TYPES = {
    star.TEXT: "string",
    star.MONEY: "decimal(18,4)",
    star.INTEGER: "int",
    star.NUMBER: "double",
    star.DATE: "date",
}


def run(
    folder: Path,
    target: Path,
    views: Mapping[str, str],
    kept: tuple[str, ...],
    rules: Mapping[str, pd.DataFrame],
    as_of: date | None,
    progress,
) -> None:
    """Run the views over the star at `folder` and write each kept one as a folder of Parquet files under `target`.

    Raises Refused where Spark or its Java runtime is missing.
    """
    session = _session(target)
    try:
        _register(session, folder)
        for name, frame in rules.items():
            session.createDataFrame(
                list(frame.itertuples(index=False, name=None)), list(frame.columns)
            ).createOrReplaceTempView(name)
        session.sql(
            f"select cast({'null' if as_of is None else repr(str(as_of))} as date) as as_of"
        ).createOrReplaceTempView("settings")
        for position, (name, text) in enumerate(views.items()):
            progress(f"Preparing {name.removeprefix('stg_').replace('_', ' ')} on Spark", position / len(views))
            session.sql(transpiled(text)).createOrReplaceTempView(name)
            if not name.startswith("stg_"):
                session.catalog.cacheTable(name)
            if name in kept:
                session.table(name).write.parquet(str(target / name))
    finally:
        session.stop()


def transpiled(text: str) -> str:
    """A view's text as Spark reads it."""
    import sqlglot

    return sqlglot.transpile(text, read="duckdb", write="spark")[0]


def _session(target: Path):
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise Refused(
            "The spark engine is not installed; run `pip install -r requirements-spark.txt`, or take --engine duckdb."
        ) from error
    try:
        return (
            SparkSession.builder.appName("quintile")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.sql.shuffle.partitions", "16")
            .config("spark.sql.optimizer.canChangeCachedPlanOutputPartitioning", "true")
            .config("spark.sql.warehouse.dir", str(target / "spark-warehouse"))
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.log.level", "ERROR")
            .getOrCreate()
        )
    except Exception as error:
        raise Refused(
            f"Spark could not be started ({type(error).__name__}); it needs a Java runtime, 17 or newer."
        ) from error


def _register(session, folder: Path) -> None:
    """One view a table of the contract, whole: what the star lacks is there, empty."""
    from pyspark.sql import functions

    for table in star.TABLES.values():
        file = star.path_of(folder, table.name)
        present = session.read.parquet(str(file)) if file.is_file() else session.range(0)
        columns = [
            (functions.col(name) if name in present.columns else functions.lit(None)).cast(_TYPES[kind]).alias(name)
            for name, kind in table.columns.items()
        ]
        present.select(*columns).createOrReplaceTempView(table.name)
