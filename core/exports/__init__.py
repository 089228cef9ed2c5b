"""An export becomes a star: recognised, mapped, cleaned, with an account of every row and every amount."""

import datetime
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from core.exports import account, building, delimited, privacy, profiles, reading, recognise, rules, staging
from core.exports import targets as target_file
from core.exports.plan import FIELDS, Plan
from core.exports.quoting import identifier, literal
from core.exports.report import account_lines
from core.star import Refused, write_facts, writing

__all__ = ["account_lines", "import_export"]

MEMORY = "1GB"
OPTIONS = {"date_order": ("dmy", "mdy")}


def import_export(
    path: Path,
    to: Path,
    *,
    profile: str | None = None,
    mapping: Mapping[str, str] = {},
    targets: Path | None = None,
    fiscal_year_start: int = 1,
    name: str | None = None,
    currency: str | None = None,
    exclude: Sequence[str] = (),
    keep: Sequence[str] = (),
    progress: Callable[[str, float], None] = lambda stage, share: None,
) -> dict:
    """Read the export at `path` (a file or a folder) and write it as a star into the folder `to`, whole or not at all.

    `mapping` names the column of a field ({"net_amount": "Umsatz"}), and `date_order` (dmy or mdy). `progress` hears
    the stage and the share done, 0 to 1. Returns the account. Raises core.star.Refused with one sentence.
    """
    if not 1 <= fiscal_year_start <= 12:
        raise Refused(f"The fiscal year cannot start in month {fiscal_year_start}; give a month from 1 to 12.")
    path = Path(path)
    progress("reading", 0.0)
    files = reading.files_of(path)
    arguments = _Arguments(profile, mapping, targets, progress, currency, exclude, keep, privacy.salt_of(to))
    with writing(to) as draft:
        room = draft / ".room"
        try:
            drawn, plan = _import(files, draft, room, arguments)
        except delimited.Untidy:
            shutil.rmtree(room)
            for file in draft.glob("*.parquet"):
                file.unlink()
            drawn, plan = _import(files, draft, room, arguments, fast=False)
        except duckdb.Error as error:
            raise Refused(_sentence(path, error)) from error
        finally:
            shutil.rmtree(room, ignore_errors=True)
        if any(part.hashed for part in plan.parts):
            privacy.keep_salt(draft, arguments.salt)
        write_facts(
            draft,
            {
                "name": name or plan.name or path.stem,
                "currency": (currency or plan.currency or "").upper() or None,
                "fiscal_year_start": fiscal_year_start,
                "created_at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
                "sources": [reading.source_of(file) for file in files],
                "account": drawn,
            },
        )
    progress("done", 1.0)
    return drawn


@dataclass(frozen=True)
class _Arguments:
    """What an import was asked for."""

    profile: str | None
    mapping: Mapping[str, str]
    targets: Path | None
    progress: Callable[[str, float], None]
    currency: str | None
    exclude: Sequence[str]
    keep: Sequence[str]
    salt: str


def _import(files: list[Path], draft: Path, room: Path, asked: _Arguments, fast: bool = True) -> tuple[dict, Plan]:
    """Write the star's tables into `draft`; returns the account and the plan."""
    room.mkdir()
    with duckdb.connect(str(room / "work.duckdb")) as connection:
        connection.execute(f"set memory_limit = '{MEMORY}'")
        connection.execute(f"set temp_directory = {literal(room / 'spill')}")
        asked.progress("reading", 0.05)
        tables = reading.read(connection, files, room, fast)
        asked.progress("understanding", 0.2)
        plan = _understand(connection, tables, asked.profile, asked.mapping)
        plan.salt = asked.salt
        plan.decisions += tables[0].notes
        privacy.guard(plan, asked.keep)
        asked.progress("cleaning", 0.3)
        staging.stage(connection, plan, asked.mapping.get("date_order"))
        if any(table.streamed for table in tables):
            delimited.refuse_untidy(connection)
        rules.one_currency(connection, plan, asked.currency)
        rules.exclude(connection, plan, asked.exclude)
        building.relate(connection, plan)
        asked.progress("writing", 0.6)
        told = building.build(connection, plan, draft)
        if asked.targets:
            plan.decisions += target_file.write(connection, asked.targets, draft, room)
        asked.progress("closing the account", 0.9)
        return account.draw_up(connection, plan, told, draft), plan


def _understand(
    connection: duckdb.DuckDBPyConnection, tables: list, profile: str | None, mapping: Mapping[str, str]
) -> Plan:
    columns = {name: column for name, column in mapping.items() if name not in OPTIONS}
    if profile == recognise.NAME:
        return recognise.recognise(connection, tables, columns)
    plan = profiles.recognise(tables, profile)
    if plan is None:
        return recognise.recognise(connection, tables, columns)
    for name, column in columns.items():
        _map(plan, name, column)
    return plan


def _map(plan: Plan, name: str, column: str) -> None:
    fitting = [part for part in plan.parts if name in FIELDS[part.role] and column in part.table.columns]
    if not any(name in FIELDS[part.role] for part in plan.parts):
        known = sorted({field for part in plan.parts for field in FIELDS[part.role]})
        raise Refused(f"There is no field {name!r} to map; choose one of {', '.join(known)}.")
    if not fitting:
        raise Refused(
            f"No file has the column {column!r} for {name}; its columns are {_found([p.table for p in plan.parts])}."
        )
    for part in fitting:
        part.fields[name] = f"t.{identifier(column)}"
        part.columns[name] = column


def _found(tables: list) -> str:
    return "; ".join(f"{table.file} with {', '.join(table.columns[:12])}" for table in tables[:5])


def _sentence(path: Path, error: duckdb.Error) -> str:
    said = str(error).splitlines()[0]
    if "space" in said.lower() and ("device" in said.lower() or "disk" in said.lower()):
        return "The disk is full; make room or name another folder. Nothing was changed."
    return f"{path.name} could not be read: {said}."
