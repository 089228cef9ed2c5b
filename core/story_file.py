"""Where kept views and stories lie, and how that file is opened: SQLite beside the star, never inside it.

A star's folder is replaced whole by an import, so the file stands next to it. Every change is one transaction that is
on disk before it is acknowledged; several processes may read and write at once.
"""

import contextlib
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from core import uploads, warehouse
from core.star import Refused

_ENDING = ".stories.sqlite"
_EMBEDDED = Path(__file__).parents[1] / "sample_data"
_PATIENCE = 10.0  # seconds to wait for another writer
_SCHEMA_VERSION = 1
_SCHEMA = (
    "create table stories (id text primary key, title text not null, changed text not null, revision integer not null)",
    "create table views ("
    " id integer primary key autoincrement, story text references stories (id) on delete cascade,"
    " position integer not null, title text not null, page text not null, filter text not null, note text not null,"
    " data text not null, version text not null, created text not null, changed text not null,"
    " revision integer not null)",
    "create index views_by_story on views (story, position)",
    f"pragma user_version = {_SCHEMA_VERSION}",
)


def places(star: Path) -> list[Path]:
    """Where the file of a star may lie, best first: QUINTILE_STORIES or beside the star, else the cache folder.

    The embedded sample stands in the program's own folder, which stays as it was installed; what belongs to a private
    upload goes with it.
    """
    star = Path(star).absolute()
    beside = star.with_name(star.name + _ENDING)
    if uploads.is_private(star):
        return [beside]
    digest = hashlib.sha256(os.fsencode(star)).hexdigest()[:8]
    cached = warehouse.cache_folder().absolute() / "stories" / f"{star.name}-{digest}{_ENDING}"
    if chosen := os.environ.get("QUINTILE_STORIES"):
        return [Path(chosen).absolute() / beside.name, cached]
    return [cached] if star == _EMBEDDED else [beside, cached]


def found(star: Path) -> Path | None:
    """The file of a star, where there is one."""
    return next((place for place in places(star) if place.is_file()), None)


def is_lasting(star: Path) -> bool:
    """Whether what is kept lies outside the cache folder, or nothing is kept yet."""
    file = found(star)
    return file is None or not file.is_relative_to(warehouse.cache_folder().absolute())


@contextlib.contextmanager
def reading(star: Path) -> Iterator[sqlite3.Connection | None]:
    """The file to read from, in one snapshot; None where nothing was ever kept. Raises Refused where it is damaged."""
    file = found(star)
    if file is None:
        yield None
        return
    with _refusing(), contextlib.closing(_opened_to_read(file)) as connection:
        connection.execute("begin")
        version = connection.execute("pragma user_version").fetchone()[0]
        _refuse_newer(version)
        yield connection if version else None


@contextlib.contextmanager
def writing(star: Path) -> Iterator[sqlite3.Connection]:
    """The file to write to, made where there is none, in one transaction: all of the block is kept, or nothing.

    Raises Refused where nothing can be written, or where the file is damaged.
    """
    with _refusing(), contextlib.closing(_opened_to_write(star)) as connection:
        connection.execute("begin immediate")
        try:
            yield connection
        except BaseException:
            connection.execute("rollback")
            raise
        connection.execute("commit")


def _opened_to_read(file: Path) -> sqlite3.Connection:
    """On a read-only file system SQLite cannot make its helper files: then the file is read as it stands."""
    connection = _connected(file, "mode=rw")
    try:
        connection.execute("select count(*) from sqlite_master").fetchone()
    except sqlite3.OperationalError:
        connection.close()
        return _connected(file, "immutable=1")
    return connection


def _opened_to_write(star: Path) -> sqlite3.Connection:
    existing = found(star)
    problem: Exception | None = None
    for place in [existing] if existing else places(star):
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            connection = _connected(place, "mode=rwc")
        except (OSError, sqlite3.OperationalError) as error:
            problem = error
            continue
        try:
            _prepare(connection)
        except sqlite3.OperationalError as error:
            connection.close()
            if "locked" in str(error):
                raise
            problem = error
            continue
        except (Refused, sqlite3.DatabaseError):
            connection.close()
            raise
        return connection
    raise Refused("Views cannot be kept here: this app may write no file for them (set QUINTILE_STORIES).") from problem


def _connected(file: Path, how: str) -> sqlite3.Connection:
    connection = sqlite3.connect(f"file:{quote(str(file))}?{how}", uri=True, timeout=_PATIENCE, isolation_level=None)
    connection.execute("pragma foreign_keys = on")
    connection.execute("pragma synchronous = full")  # acknowledged means on disk, through a power cut too
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    """Bring a new file to its tables. Whoever was killed in the middle of it has left a file without any."""
    version = connection.execute("pragma user_version").fetchone()[0]
    _refuse_newer(version)
    if version == 0:
        with contextlib.suppress(sqlite3.OperationalError):  # another process is at it, or the disk knows no such log
            connection.execute("pragma journal_mode = wal")  # stays with the file; readers never wait for a writer
    connection.execute("begin immediate")
    if connection.execute("pragma user_version").fetchone()[0] == 0:
        for statement in _SCHEMA:
            connection.execute(statement)
    connection.execute("commit")


def _refuse_newer(version: int) -> None:
    if version > _SCHEMA_VERSION:
        raise Refused("The kept views were written by a newer Quintile; update this one to open them.")


@contextlib.contextmanager
def _refusing() -> Iterator[None]:
    """SQLite's errors as one sentence each."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise Refused("Somebody else is saving right now; try again in a moment.") from error
        if "readonly" in str(error):
            raise Refused("The kept views can be read here, not changed: their file is read-only.") from error
        raise Refused(f"The kept views cannot be reached ({error}); nothing was changed.") from error
    except sqlite3.DatabaseError as error:
        raise Refused(
            f"The file of kept views is damaged ({error}); put back a copy of it, or move it away to begin anew."
        ) from error
