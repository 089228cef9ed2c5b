"""A star becomes a mart, once; a mart is opened, read-only and locked down.

A mart is one DuckDB file in a cache folder, named for a hash of everything it was built from. What is missing,
half-written, corrupt or outdated is built anew from the star; a reader sees a finished file or none.
"""

import contextlib
import functools
import hashlib
import json
import os
import re
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

from core import rfm, spark, star
from core.folders import cache_folder
from core.star import Refused

SQL_FOLDER = Path(__file__).parents[1] / "sql"
KEPT = (
    "sales_orders",
    "sales_lines",
    "customers",
    "products",
    "regions",
    "reason_sets",
    "score_cuts",
    "dim_date",
    "months",
    "targets",
    "star_summary",
)
MARTS_KEPT = 24
_SMALL = 64_000_000  # bytes, about a million lines
Progress = Callable[[str, float], None]
_building = threading.Lock()


@dataclass(frozen=True)
class Mart:
    """An opened mart: the star's facts, its version (12 hex digits), and what it holds (the row of star_summary).

    A query on a small one takes longer to plan than to run.
    """

    path: Path
    version: str
    facts: Mapping = field(compare=False, hash=False)
    summary: Mapping = field(compare=False, hash=False)
    connection: duckdb.DuckDBPyConnection = field(compare=False, hash=False, repr=False)
    is_small: bool = field(compare=False, hash=False)

    @property
    def name(self) -> str:
        """The data's name, as the pages show it."""
        return self.facts.get("name") or "unnamed data"

    @property
    def currency(self) -> str:
        """The reporting currency's ISO code, or nothing."""
        return self.facts.get("currency") or ""

    @property
    def fiscal_year_start(self) -> int:
        """The first month of the fiscal year, 1-12."""
        return self.facts.get("fiscal_year_start", 1)

    @property
    def first_day(self) -> date:
        """The day of the first order that counts."""
        return self.summary["first_day"]

    @property
    def as_of(self) -> date:
        """The day every figure runs to."""
        return self.summary["as_of"]

    def query(self, sql: str, parameters: Mapping | None = None) -> pd.DataFrame:
        """Run one query on a cursor of its own. DECIMAL comes back as float64, exact to the fourth decimal to 10^11."""
        cursor = self.connection.cursor()
        try:
            return cursor.execute(sql, parameters or None).df()
        finally:
            cursor.close()


def default_star() -> Path:
    """The star that QUINTILE_DATA names, else the embedded sample."""
    return Path(os.environ.get("QUINTILE_DATA") or SQL_FOLDER.parent / "sample_data")


def open_mart(
    folder: Path,
    as_of: date | None = None,
    progress: Progress = lambda stage, share: None,
    engine: str = "duckdb",
) -> Mart:
    """The mart of a star, built first where there is none that fits. `as_of` hides every later order.

    `engine` runs the views: "duckdb" here, or "spark" where the star outgrows one machine; the mart is the same.

    Raises Refused where the star cannot be used, or the cache folder cannot be written.
    """
    folder = Path(folder).absolute()
    facts = _Facts(star.read_facts(folder))
    version = _version(folder, _fingerprint(folder))
    path = _mart_path(version, as_of)
    with contextlib.suppress(duckdb.Error, OSError):
        return _opened(path, version, facts)
    with _building:
        try:
            return _opened(path, version, facts)
        except (duckdb.Error, OSError):
            build(folder, path, as_of, progress, engine)
            return _opened(path, version, facts)


def build(
    folder: Path,
    path: Path,
    as_of: date | None = None,
    progress: Progress = lambda stage, share: None,
    engine: str = "duckdb",
) -> None:
    """Run the views over the star and publish the mart at `path`, all of it or nothing.

    Raises Refused where the star breaks its contract, has no order that counts, or the disk is full.
    """
    progress("Checking the data", 0.0)
    star.refuse_faults(folder)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _forget_old(path.parent)
        with tempfile.TemporaryDirectory(prefix="building-", dir=path.parent, ignore_cleanup_errors=True) as scratch:
            draft = Path(scratch) / "mart.duckdb"
            fill = _fill_from_spark if engine == "spark" else _fill
            fill(folder, draft, Path(scratch), as_of, progress)
            _opened.cache_clear()
            os.replace(draft, path)
    except (OSError, duckdb.IOException, duckdb.OutOfMemoryException, duckdb.TransactionException) as error:
        reason = getattr(error, "strerror", None) or str(error).splitlines()[0]
        raise Refused(
            f"The prepared data cannot be written to {path.parent} ({reason}); free some space or set QUINTILE_CACHE."
        ) from error
    except (duckdb.ConversionException, duckdb.OutOfRangeException) as error:
        raise Refused(
            f"{folder} cannot be prepared ({str(error).splitlines()[0]}); mend that value and import it again."
        ) from error


def views() -> dict[str, str]:
    """The text of every view in sql/staging and sql/marts by name, each after those it reads."""
    texts = {
        file.stem: file.read_text(encoding="utf-8")
        for file in sorted([*(SQL_FOLDER / "staging").glob("*.sql"), *(SQL_FOLDER / "marts").glob("*.sql")])
    }
    ordered: dict[str, str] = {}

    def place(name: str) -> None:
        if name in ordered:
            return
        for read in re.findall(r"\b(?:from|join)\s+(\w+)", re.sub(r"--.*", "", texts[name])):
            if read in texts and read != name:
                place(read)
        ordered[name] = texts[name]

    for name in texts:
        place(name)
    return ordered


def _fill(folder: Path, draft: Path, scratch: Path, as_of: date | None, progress: Progress) -> None:
    with duckdb.connect(str(draft), config={"temp_directory": str(scratch / "spill")}) as connection:
        star.register(connection, folder)
        for name, frame in rfm.rules().items():
            connection.register("frame", frame)
            connection.execute(f"create temp table {name} as select * from frame")
            connection.unregister("frame")
        connection.execute("create temp table settings as select cast(? as date) as as_of", [as_of])
        ordered = views()
        for position, (name, text) in enumerate(ordered.items()):
            progress(f"Preparing {name.removeprefix('stg_').replace('_', ' ')}", position / len(ordered))
            kind = "table" if name in KEPT else "temp view" if name.startswith("stg_") else "temp table"
            connection.execute(f"create {kind} {name} as {text}")
            if name == "calendar_span":
                _refuse_emptiness(connection, name, folder, as_of)
        connection.execute("checkpoint")
    progress("Ready", 1.0)


def _fill_from_spark(folder: Path, draft: Path, scratch: Path, as_of: date | None, progress: Progress) -> None:
    spark.run(folder, scratch, views(), KEPT, rfm.rules(), as_of, progress)
    with duckdb.connect(str(draft)) as connection:
        for name in KEPT:
            order = " order by order_date, order_key" if name.startswith("sales_") else ""
            connection.execute(f"create table {name} as from read_parquet('{scratch}/{name}/*.parquet'){order}")
        _refuse_emptiness(connection, "star_summary", folder, as_of)
        connection.execute("checkpoint")
    progress("Ready", 1.0)


def _refuse_emptiness(connection: duckdb.DuckDBPyConnection, table: str, folder: Path, as_of: date | None) -> None:
    first_day = connection.execute(f"select first_day from {table}").fetchone()[0]
    if first_day is None and as_of:
        raise Refused(f"No order that counts lies on or before {as_of}; choose a later as_of.")
    if first_day is None:
        raise Refused(f"{folder} holds no order that counts (status sold or returned); import an export with orders.")


@functools.lru_cache(maxsize=32)
def _opened(path: Path, version: str, facts: "_Facts") -> Mart:
    if not path.is_file():
        raise FileNotFoundError(path)
    config = {"enable_external_access": "false", "lock_configuration": "true"}
    is_small = path.stat().st_size < _SMALL
    if is_small:
        config["threads"] = "1"
    connection = duckdb.connect(str(path), read_only=True, config=config)
    try:
        for (
            name
        ) in KEPT:  # each block is read once: a damaged file shows now and is built anew, not under a viewer's eyes
            connection.execute(f"select bit_xor(hash(kept)) from {name} as kept").fetchall()
        summary = connection.execute("select * from star_summary").df().iloc[0].to_dict()
    except duckdb.Error:
        connection.close()  # or the next one to open this path would be given the damaged file again
        raise
    for key in ("first_day", "as_of"):
        summary[key] = summary[key].date()
    return Mart(path, version, facts, summary, connection, is_small)


class _Facts(dict):
    """A star's facts; equal when their text is, so that they can key a cache."""

    def __hash__(self) -> int:
        return hash(json.dumps(self, sort_keys=True))


def _mart_path(version: str, as_of: date | None) -> Path:
    digest = hashlib.sha256(f"{version} {as_of} {duckdb.__version__} {_rules(_sql_files())}".encode())
    return cache_folder() / f"mart-{version}-{digest.hexdigest()[:12]}.duckdb"


@functools.lru_cache(maxsize=4)
def _rules(files: tuple) -> str:
    """Every view and every table of rules that a mart depends on, read again when a file of SQL has changed."""
    texts = {**views(), **{name: frame.to_csv(index=False) for name, frame in rfm.rules().items()}}
    return "\n".join(f"{name}\n{text}" for name, text in texts.items())


def _fingerprint(folder: Path) -> tuple:
    return _states([*folder.glob("*.parquet"), folder / star.FACTS_FILE])


def _sql_files() -> tuple:
    return _states([*(SQL_FOLDER / "staging").glob("*.sql"), *(SQL_FOLDER / "marts").glob("*.sql")])


def _states(files: Iterable[Path]) -> tuple:
    return tuple((str(file), file.stat().st_size, file.stat().st_mtime_ns) for file in sorted(files))


@functools.lru_cache(maxsize=64)
def _version(folder: Path, fingerprint: tuple) -> str:
    """A star's version, hashed again only when one of its files has changed size or time."""
    return star.version_of(folder)


def _forget_old(folder: Path) -> None:
    """Keep the marts used last; what a build left behind when it was killed goes after a day."""
    marts = sorted(folder.glob("mart-*.duckdb"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in marts[MARTS_KEPT:]:
        file.unlink(missing_ok=True)
    for left in folder.glob("building-*"):
        if time.time() - left.stat().st_mtime > 86_400:
            for file in left.iterdir():
                file.unlink(missing_ok=True)
            with contextlib.suppress(OSError):
                left.rmdir()
