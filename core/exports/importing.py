"""The import itself: every stage in turn, with progress, until the star takes its place whole."""

import contextlib
import datetime
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import duckdb

from core.exports import (
    account,
    appending,
    building,
    currencies,
    delimited,
    privacy,
    progress,
    reading,
    rules,
    staging,
    understanding,
)
from core.exports import targets as target_file
from core.exports.plan import Plan
from core.exports.progress import Cancelled
from core.exports.quoting import literal
from core.star import Refused, write_facts, writing

MEMORY = "1500MB"  # of DuckDB; the process stays under 2 GB


Result = TypeVar("Result")


@dataclass(frozen=True)
class _Asked:
    """What an import was asked for, as `import_export` says. Raises Refused for what cannot be asked."""

    profile: str | None = None
    mapping: Mapping[str, str] | None = None
    targets: Path | None = None
    fiscal_year_start: int | None = None
    name: str | None = None
    currency: str | None = None
    exclude: Sequence[str] = ()
    keep: Sequence[str] = ()
    unknown_customers: str = "load"
    append: bool = False
    progress: Callable[[str, float], None] = lambda stage, share: None
    cancel: threading.Event | None = None
    salt: str | None = None

    def __post_init__(self) -> None:
        if self.fiscal_year_start is not None and not 1 <= self.fiscal_year_start <= 12:
            raise Refused(f"The fiscal year cannot start in month {self.fiscal_year_start}; give a month from 1 to 12.")
        if self.unknown_customers not in ("load", "set_aside"):
            raise Refused(f"Sales without a customer are to be 'load' or 'set_aside', not {self.unknown_customers!r}.")

    @property
    def date_order(self) -> str | None:
        return (self.mapping or {}).get("date_order")


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
    the stage and the share done, 0 to 1, several times a second and from a thread of its own in long stages, where the
    stage says its rows as well ("cleaning, 1,250,000 of about 2,000,000 rows"); setting `cancel` stops the import.
    Returns the account. Raises core.star.Refused with one sentence, Cancelled (a Refused) where it was stopped.
    """
    asked = _Asked(
        profile, mapping, targets, fiscal_year_start, name, currency, exclude, keep, unknown_customers, append,
        progress, cancel,
    )  # fmt: skip
    progress("reading", 0.0)
    with writing(to) as draft:
        account_of_it = _fill(draft, Path(path), Path(to), asked)
    progress("done", 1.0)
    return account_of_it


def import_each_currency(path: Path, to: Path, **options) -> dict[Path, dict]:
    """Make a star of each currency of the export, TO-EUR, TO-USD and so on, all of them or none.

    Options are those of `import_export` but for `currency`. Returns the account of each star by its folder; each is
    closed over the whole export, the rows in other currencies being excluded. Raises Refused as `import_export` does,
    and where the export does not say the currencies.
    """
    asked = _Asked(**options)
    asked.progress("finding the currencies", 0.0)
    with tempfile.TemporaryDirectory() as room:
        codes = _by_turns(reading.files_of(Path(path)), Path(room), Path(path), asked, _currencies)
    accounts: dict[Path, dict] = {}
    with contextlib.ExitStack() as stars:
        for number, code in enumerate(codes, start=1):
            star = Path(to).with_name(f"{Path(to).name}-{code}")
            draft = stars.enter_context(writing(star))
            accounts[star] = _fill(draft, Path(path), star, _of_currency(asked, code, number, len(codes)))
    asked.progress("done", 1.0)
    return accounts


def _of_currency(asked: _Asked, code: str, number: int, count: int) -> _Asked:
    def tell(stage: str, share: float) -> None:
        asked.progress(f"{code}: {stage}", (number + share) / (count + 1))

    name = f"{asked.name} {code}" if asked.name else None
    return replace(asked, currency=code, name=name, progress=tell)


def _fill(draft: Path, path: Path, to: Path, asked: _Asked) -> dict:
    """Write everything that belongs to the star at `to` into `draft`; returns the account."""
    files = reading.files_of(path)
    old = appending.facts_of(to) if asked.append else None
    secret = privacy.secret_of(to, renew=not asked.append)
    drawn, plan = _by_turns(files, draft, path, replace(asked, salt=secret.salt), _import)
    facts = {
        "name": asked.name or plan.name or path.stem,
        "currency": (asked.currency or plan.currency or "").upper() or None,
        "fiscal_year_start": asked.fiscal_year_start or 1,
        "created_at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "sources": [reading.source_of(file) for file in files],
        "account": drawn,
    }
    if old:
        asked.progress("adding to the star", 0.95)
        chosen = {"name": asked.name, "currency": facts["currency"], "fiscal_year_start": asked.fiscal_year_start}
        facts = appending.merge(to, old, draft, facts, chosen)
    if any(part.hashed for part in plan.parts) or (secret.is_kept and old):
        privacy.keep(secret)
        facts["salt_id"] = secret.name
    write_facts(draft, facts)
    return facts["account"]


def _by_turns(
    files: list[Path],
    draft: Path,
    path: Path,
    asked: _Asked,
    work: Callable[[list[Path], Path, Path, _Asked, str], Result],
) -> Result:
    """Work with the fast readers, and at last record by record where a file turns out to be untidy."""
    room = draft / ".room"
    turns = [delimited.BARE, delimited.PADDING, delimited.QUOTING, delimited.BY_RECORD]
    while turns:
        reader = turns.pop(0)
        try:
            return work(files, draft, room, asked, reader)
        except delimited.Unforeseen:
            _clear(draft)
        except delimited.Untidy:
            _clear(draft)
            turns = [other for other in turns if other != delimited.PADDING]
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
    with _staged(files, room, asked, reader) as (connection, plan):
        currencies.keep_one(connection, plan, asked.currency)
        rules.exclude(connection, plan, asked.exclude)
        if asked.unknown_customers == "set_aside":
            rules.set_aside_unknown_customers(connection, plan)
        building.relate(connection, plan)
        progress.stage("writing", 0.6, 0.92)
        told = building.build(connection, plan, draft)
        if asked.targets:
            plan.decisions += target_file.write(connection, asked.targets, draft, room)
        progress.stage("closing the account", 0.92, 0.97)
        return account.draw_up(connection, plan, told, draft), plan


def _currencies(files: list[Path], draft: Path, room: Path, asked: _Asked, reader: str) -> list[str]:
    """The currencies that the export is in."""
    with _staged(files, room, replace(asked, progress=lambda stage, share: None), reader) as (connection, plan):
        return currencies.to_split_by(connection, plan)


@contextlib.contextmanager
def _staged(
    files: list[Path], room: Path, asked: _Asked, reader: str
) -> Iterator[tuple[duckdb.DuckDBPyConnection, Plan]]:
    """The files read, understood and staged, in memory, and in `room` what does not fit."""
    room.mkdir()
    with duckdb.connect() as connection, progress.followed(connection, asked.cancel, asked.progress):
        connection.execute(f"set memory_limit = '{MEMORY}'")
        connection.execute(f"set temp_directory = {literal(room / 'spill')}")
        progress.stage("reading", 0.02, 0.1)
        tables = reading.read(connection, files, room, reader)
        progress.stage("understanding", 0.1, 0.15)
        plan = understanding.understand(connection, tables, asked.profile, asked.mapping, asked.keep, asked.salt)
        progress.stage("cleaning", 0.15, 0.6)
        bare = reader == delimited.BARE and any(table.streamed for table in tables)
        if bare:
            staging.refuse_unforeseen(connection, plan, staged=False)
        staging.stage(connection, plan, asked.date_order or plan.date_order)
        if bare:
            staging.refuse_unforeseen(connection, plan, staged=True)
        if any(table.streamed for table in tables):
            delimited.refuse_untidy(connection, reader, staging.sets_aside(connection, plan))
        yield connection, plan


def _sentence(path: Path, error: Exception) -> str:
    said = (str(error).splitlines() or [type(error).__name__])[0]
    lower = said.lower()
    if "no space left" in lower or ("disk" in lower and ("full" in lower or "space" in lower)):
        return "The disk is full; make room or name another folder. Nothing was changed."
    if isinstance(error, (MemoryError, duckdb.OutOfMemoryException)):
        return f"{path.name} needs more memory than there is; split it into smaller files. Nothing was changed."
    return f"{path.name} could not be read ({said}); export it again. Nothing was changed."
