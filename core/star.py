"""The star: a folder of Parquet files that an export becomes and that every mart is built from.

Its contract stands in `core.contract`; here a star is written whole, its own facts are read, `register` makes views of
its tables, and `refuse_faults` holds a folder against the contract.
"""

import contextlib
import datetime
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb

from core.contract import (
    CONTRACT_VERSION,
    DATE,
    FIRST_DAY,
    INTEGER,
    MONEY,
    NUMBER,
    STATUSES,
    TABLES,
    Table,
)
from core.contract import TEXT as TEXT  # all of the contract is to be had from here

FACTS_FILE = "star.json"


class Refused(Exception):
    """The input cannot be used. The message is one sentence: what, where, and what to do."""


def path_of(folder: Path, table: str) -> Path:
    """The Parquet file of a table, whether it is there or not."""
    return Path(folder) / f"{table}.parquet"


def read_facts(folder: Path) -> dict:
    """The star's own facts (star.json): name, currency, fiscal_year_start, created_at, sources, account and the like.

    Raises Refused where the folder is no star.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise Refused(f"There is no folder {folder}; name a star made by `python -m core import`.")
    file = folder / FACTS_FILE
    if not file.is_file():
        raise Refused(f"{folder} is no star: it has no {FACTS_FILE}; make one with `python -m core import`.")
    try:
        facts = json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, UnicodeDecodeError) as error:
        raise Refused(f"{file} cannot be read as JSON ({error}); import the export again.") from error
    if not isinstance(facts, dict):
        raise Refused(f"{file} does not hold the star's facts; import the export again.")
    if facts.get("contract_version", CONTRACT_VERSION) != CONTRACT_VERSION:
        raise Refused(
            f"{file} is of contract version {facts['contract_version']}, this Quintile reads {CONTRACT_VERSION}; "
            "import the export again."
        )
    start = facts.get("fiscal_year_start", 1)
    if not isinstance(start, int) or isinstance(start, bool) or not 1 <= start <= 12:
        raise Refused(f"{file}, fiscal_year_start is {start!r}; it must be a month from 1 to 12.")
    return facts


def version_of(folder: Path) -> str:
    """Twelve hex digits that change with any byte of the star's files."""
    digest = hashlib.sha256()
    for file in sorted([*Path(folder).glob("*.parquet"), Path(folder) / FACTS_FILE]):
        digest.update(file.name.encode())
        with file.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()[:12]


@contextlib.contextmanager
def writing(folder: Path) -> Iterator[Path]:
    """A private folder to write a star into; it takes the place of `folder` when the block ends without an error.

    A reader sees the old star or the new one. Raises Refused when `folder` holds something that is no star.
    """
    folder = Path(folder).absolute()
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / FACTS_FILE).exists())):
        raise Refused(f"{folder} exists and is no star; name a new or an empty folder.")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise Refused(f"{folder.parent} cannot be written to ({error.strerror}); name another folder.") from error
    try:
        yield draft
        retired = None
        if folder.exists():
            retired = folder.with_name(f"{draft.name}-retired")
            os.rename(folder, retired)
        os.chmod(draft, 0o755)
        os.rename(draft, folder)
        if retired:
            shutil.rmtree(retired)
    except OSError as error:
        raise Refused(f"{folder} could not be written ({error.strerror or error}); nothing was changed.") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def write_facts(draft: Path, facts: dict) -> None:
    """Write star.json, stamping the contract's version; keys sorted, so that equal facts are equal bytes."""
    text = json.dumps({"contract_version": CONTRACT_VERSION, **facts}, indent=1, sort_keys=True, ensure_ascii=False)
    (Path(draft) / FACTS_FILE).write_text(text + "\n", encoding="utf-8")


def register(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Create one view a table of the contract over the star's files, whole: what the star lacks is there, empty.

    Types are the contract's; a value that does not fit raises when the view is read.
    """
    for table in TABLES.values():
        file = path_of(folder, table.name)
        present = _columns(connection, file) if file.is_file() else {}
        columns = ", ".join(
            f'cast("{name}" as {kind}) as {name}' if name in present else f"cast(null as {kind}) as {name}"
            for name, kind in table.columns.items()
        )
        source = f"read_parquet({_literal(file)})" if file.is_file() else "(select 1) where false"
        connection.execute(f"create or replace temp view {table.name} as select {columns} from {source}")


def refuse_faults(folder: Path, today: datetime.date | None = None) -> None:
    """Hold a star against the contract. Raises Refused with the first fault: file, column, example, what to do."""
    read_facts(folder)
    folder = Path(folder)
    latest = (today or datetime.date.today()) + datetime.timedelta(days=1)
    with duckdb.connect() as connection:
        for table in TABLES.values():
            file = path_of(folder, table.name)
            if not file.is_file():
                if table.required:
                    raise Refused(
                        f"{folder} has no {file.name}; a star needs it, {table.grain}. Import the export again."
                    )
                continue
            _refuse_table(connection, table, file, latest)


def _refuse_table(connection: duckdb.DuckDBPyConnection, table: Table, file: Path, latest: datetime.date) -> None:
    present = _columns(connection, file)
    source = f"read_parquet({_literal(file)})"
    for name in table.starred:
        if name not in present:
            raise Refused(f"{file.name} has no column {name}; the contract needs it ({', '.join(table.starred)}).")
    for name, kind in table.columns.items():
        if name not in present:
            continue
        bad = connection.execute(
            f'select "{name}" from {source} where "{name}" is not null and try_cast("{name}" as {kind}) is null limit 1'
        ).fetchone()
        if bad:
            raise Refused(
                f"{file.name}, column {name}: {str(bad[0])[:60]!r} is no {_word(kind)}; mend it and import again."
            )
        if name in table.starred:
            empty = connection.execute(f'select count(*) from {source} where "{name}" is null').fetchone()[0]
            if empty:
                raise Refused(f"{file.name}, column {name} is empty in {empty:,} rows; it must always be filled.")
        if kind == DATE:
            bad = connection.execute(
                f'select cast("{name}" as date), count(*) over () from {source}'
                f' where cast("{name}" as date) < ? or cast("{name}" as date) > ? limit 1',
                [FIRST_DAY, latest if table.name == "fact_order" else datetime.date(2199, 12, 31)],
            ).fetchone()
            if bad:
                raise Refused(
                    f"{file.name}, column {name}: {bad[1]:,} rows lie before {FIRST_DAY:%Y} or in the future, such as "
                    f"{bad[0]}; correct or remove them."
                )
    if "status" in table.columns and "status" in present:
        bad = connection.execute(
            f"select status from {source} where status is not null and status not in {STATUSES} limit 1"
        ).fetchone()
        if bad:
            raise Refused(f"{file.name}, column status: {bad[0]!r} is none of {', '.join(STATUSES)}.")
    key = ", ".join(table.key)
    twice = connection.execute(f"select {key} from {source} group by {key} having count(*) > 1 limit 1").fetchone()
    if twice:
        raise Refused(
            f"{file.name}: {key} {', '.join(map(str, twice))} stands there more than once; it must be {table.grain}."
        )


def _columns(connection: duckdb.DuckDBPyConnection, file: Path) -> dict[str, str]:
    try:
        rows = connection.execute(f"describe select * from read_parquet({_literal(file)})").fetchall()
    except duckdb.Error as error:
        raise Refused(f"{file} cannot be read as Parquet; import the export again.") from error
    return {row[0]: row[1] for row in rows}


def _literal(file: Path) -> str:
    return "'" + str(file).replace("'", "''") + "'"


def _word(kind: str) -> str:
    return {MONEY: "amount", DATE: "date", INTEGER: "whole number", NUMBER: "number"}.get(kind, "text")
