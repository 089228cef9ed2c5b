"""The import itself: every stage in turn, with progress, until the star takes its place whole."""

import contextlib
import datetime
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from core.exports import account, appending, building, delimited, privacy, reading, rules, staging, understanding
from core.exports import targets as target_file
from core.exports.plan import Plan
from core.exports.quoting import literal
from core.star import Refused, write_facts, writing

MEMORY = "1300MB"  # of DuckDB; the process stays under 2 GB


class Cancelled(Refused):
    """The import was stopped on request; nothing was changed."""


@dataclass(frozen=True)
class _Asked:
    """What an import was asked for."""

    profile: str | None
    mapping: Mapping[str, str]
    targets: Path | None
    currency: str | None
    exclude: Sequence[str]
    keep: Sequence[str]
    unknown_customers: str
    salt: str
    progress: Callable[[str, float], None]
    cancel: threading.Event | None


def import_export(
    path: Path,
    to: Path,
    *,
    profile: str | None = None,
    mapping: Mapping[str, str] | None = None,
    targets: Path | None = None,
    fiscal_year_start: int | None = None,
    name: str | None = None,
    currency: str | None = None,
    exclude: Sequence[str] = (),
    keep: Sequence[str] = (),
    unknown_customers: str = "load",
    append: bool = False,
    progress: Callable[[str, float], None] = lambda stage, share: None,
    cancel: threading.Event | None = None,
) -> dict:
    """Read the export at `path` (a file or a folder) and write it as a star into the folder `to`, whole or not at all.

    `mapping` names the column of a field ({"net_amount": "Umsatz"}; "" for none) and `date_order` (dmy or mdy).
    `exclude` are rules (core.exports.rules.EXCLUSIONS), `keep` personal columns (email, phone); `unknown_customers` is
    "load" or "set_aside". `append` adds to the star at `to`: same orders are replaced, new ones added. `progress` hears
    the stage and the share done, 0 to 1; setting `cancel` stops the import. Returns the account.
    Raises core.star.Refused with one sentence, Cancelled (a Refused) where it was stopped.
    """
    if fiscal_year_start is not None and not 1 <= fiscal_year_start <= 12:
        raise Refused(f"The fiscal year cannot start in month {fiscal_year_start}; give a month from 1 to 12.")
    if unknown_customers not in ("load", "set_aside"):
        raise Refused(f"Sales without a customer are to be 'load' or 'set_aside', not {unknown_customers!r}.")
    path = Path(path)
    progress("reading", 0.0)
    files = reading.files_of(path)
    salt = privacy.salt_of(to)
    asked = _Asked(profile, mapping or {}, targets, currency, exclude, keep, unknown_customers, salt, progress, cancel)
    old = appending.facts_of(to) if append else None
    with writing(to) as draft:
        drawn, plan = _by_turns(files, draft, path, asked)
        if any(part.hashed for part in plan.parts) or (Path(to) / privacy.SALT_FILE).exists():
            privacy.keep_salt(draft, salt)
        facts = {
            "name": name or plan.name or path.stem,
            "currency": (currency or plan.currency or "").upper() or None,
            "fiscal_year_start": fiscal_year_start or 1,
            "created_at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            "sources": [reading.source_of(file) for file in files],
            "account": drawn,
        }
        if old:
            progress("adding to the star", 0.95)
            chosen = {"name": name, "currency": facts["currency"], "fiscal_year_start": fiscal_year_start}
            facts = appending.merge(Path(to), old, draft, facts, chosen)
        write_facts(draft, facts)
    progress("done", 1.0)
    return facts["account"]


def _by_turns(files: list[Path], draft: Path, path: Path, asked: _Asked) -> tuple[dict, Plan]:
    """Import by the fast readers, and at last record by record where a file turns out to be untidy."""
    room = draft / ".room"
    for reader in (delimited.PADDING, delimited.QUOTING, delimited.BY_RECORD):
        try:
            return _import(files, draft, room, asked, reader)
        except delimited.Untidy:
            _clear(draft)
        except duckdb.InterruptException as error:
            raise Cancelled("The import was stopped; nothing was changed.") from error
        except (duckdb.Error, MemoryError) as error:
            if "CSV Error" in str(error) and reader != delimited.BY_RECORD:
                _clear(draft)
                continue
            raise Refused(_sentence(path, error)) from error
        finally:
            shutil.rmtree(room, ignore_errors=True)
    raise Refused(f"{path.name} could not be read; export it again.")


def _clear(draft: Path) -> None:
    for file in draft.glob("*.parquet"):
        file.unlink()


def _import(files: list[Path], draft: Path, room: Path, asked: _Asked, reader: str) -> tuple[dict, Plan]:
    """Write the star's tables into `draft`; returns the account and the plan."""
    room.mkdir()
    with duckdb.connect(str(room / "work.duckdb")) as connection, _stoppable(connection, asked.cancel):
        connection.execute(f"set memory_limit = '{MEMORY}'")
        connection.execute("set enable_progress_bar = false")
        connection.execute(f"set temp_directory = {literal(room / 'spill')}")
        _step(asked, "reading", 0.02)
        tables = reading.read(connection, files, room, reader)
        _step(asked, "understanding", 0.1)
        plan = understanding.understand(connection, tables, asked.profile, asked.mapping, asked.keep, asked.salt)
        _step(asked, "cleaning", 0.15)
        staging.stage(connection, plan, asked.mapping.get("date_order") or plan.date_order)
        if any(table.streamed for table in tables):
            delimited.refuse_untidy(connection, reader, staging.sets_aside(connection, plan))
        rules.one_currency(connection, plan, asked.currency)
        rules.exclude(connection, plan, asked.exclude)
        if asked.unknown_customers == "set_aside":
            rules.set_aside_unknown_customers(connection, plan)
        building.relate(connection, plan)
        _step(asked, "writing", 0.6)
        told = building.build(connection, plan, draft)
        if asked.targets:
            plan.decisions += target_file.write(connection, asked.targets, draft, room)
        _step(asked, "closing the account", 0.9)
        return account.draw_up(connection, plan, told, draft), plan


def _step(asked: _Asked, stage: str, share: float) -> None:
    if asked.cancel and asked.cancel.is_set():
        raise Cancelled("The import was stopped; nothing was changed.")
    asked.progress(stage, share)


@contextlib.contextmanager
def _stoppable(connection: duckdb.DuckDBPyConnection, cancel: threading.Event | None) -> Iterator[None]:
    """While inside, setting `cancel` interrupts the statement that runs."""
    if cancel is None:
        yield
        return
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.2):
            if cancel.is_set():
                connection.interrupt()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def _sentence(path: Path, error: Exception) -> str:
    said = (str(error).splitlines() or [type(error).__name__])[0]
    lower = said.lower()
    if "no space left" in lower or ("disk" in lower and ("full" in lower or "space" in lower)):
        return "The disk is full; make room or name another folder. Nothing was changed."
    if isinstance(error, (MemoryError, duckdb.OutOfMemoryException)):
        return f"{path.name} needs more memory than there is; split it into smaller files. Nothing was changed."
    return f"{path.name} could not be read ({said}); export it again. Nothing was changed."
