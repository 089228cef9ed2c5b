"""Private folders for what viewers bring, and the folders of the server that analysts may use.

Everybody's upload lies in a folder of its own under the cache folder, readable by the app alone, with a name that
nobody guesses. It goes after a day, or soon after its viewer has closed the tab. QUINTILE_ANALYST=1 opens the folders
that QUINTILE_FOLDERS lists (separated like PATH).
"""

import contextlib
import functools
import os
import re
import secrets
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from core import exports, star, warehouse
from core.exports import privacy
from core.star import Refused

DAY = 86_400  # seconds
FILES = "files"  # the folder, inside a private one, of the files as they came; its time is that of the upload
ENTRIES_AT_MOST = 500
GONE = 900  # seconds without its viewer, after which nobody can come back to a private folder
_SWEEP_EVERY = 300  # seconds
_left: dict[Path, float] = {}  # private folders whose viewer has gone, and when
_NAME_AT_MOST = 100  # characters; file systems take 255 bytes


def is_analyst() -> bool:
    """Whether this app is run for analysts: server folders, keeping, personal columns."""
    return os.environ.get("QUINTILE_ANALYST") == "1"


def uploads_folder() -> Path:
    """Where the private folders lie."""
    return warehouse.cache_folder().absolute() / "uploads"


def new_folder() -> Path:
    """A new private folder. Raises Refused where it cannot be made."""
    folder = uploads_folder() / secrets.token_urlsafe(24)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.parent.chmod(0o700)
        folder.mkdir(mode=0o700)
        (folder / FILES).mkdir(mode=0o700)
    except OSError as error:
        raise Refused(f"There is no room for uploads here ({error.strerror}); set QUINTILE_CACHE.") from error
    return folder


def put(folder: Path, name: str, content: bytes | memoryview) -> Path:
    """Write a file as it came into a private folder; returns its path. Raises Refused where the disk is full.

    The name loses its folders and what no file's name holds; a second file of the same name gets a number.
    """
    safe = file_name(name)
    file = folder / FILES / safe
    number = 2
    while file.exists():
        stem, dot, ending = safe.partition(".")
        file = folder / FILES / f"{stem} ({number}){dot}{ending}"
        number += 1
    try:
        with open(file, "xb", opener=functools.partial(os.open, mode=0o600)) as out:
            out.write(content)
    except OSError as error:
        raise Refused(f"{safe} could not be stored ({error.strerror}); try again later.") from error
    return file


def file_name(name: str) -> str:
    """The last part of a name given from outside, without signs that a file's name cannot hold."""
    last = re.split(r"[/\\]", name)[-1]
    clean = re.sub(r"[\x00-\x1f\x7f<>:\"|?*]", "_", last).strip().lstrip(".~")
    stem, dot, ending = clean.rpartition(".")
    cut = f"{stem[:_NAME_AT_MOST]}{dot}{ending[:20]}" if dot else clean[:_NAME_AT_MOST]
    return cut.encode("utf-8", "replace").decode() or "upload"


def discard(folder: Path) -> None:
    """Remove a private folder with everything in it, what was prepared from its stars, and their secrets."""
    folder = Path(folder)
    if folder.parent != uploads_folder():
        raise ValueError(f"{folder} is no private folder")
    for facts in folder.glob(f"*/{star.FACTS_FILE}"):
        forget_prepared(facts.parent)
        privacy.forget(facts.parent)
    shutil.rmtree(folder, ignore_errors=True)


def discard_star(folder: Path) -> None:
    """Remove a star that lies in a private folder, what was prepared from it, and its secret."""
    if not is_private(folder):
        raise ValueError(f"{folder} is in no private folder")
    forget_prepared(folder)
    privacy.forget(folder)
    shutil.rmtree(folder, ignore_errors=True)


def discard_files(folder: Path) -> None:
    """Remove the files of a private folder as they came, and leave the star made of them."""
    files = Path(folder) / FILES
    since = files.stat()
    for file in files.glob("*"):
        file.unlink(missing_ok=True)
    os.utime(files, ns=(since.st_atime_ns, since.st_mtime_ns))  # the upload is no younger for it


def forget_old(now: float | None = None) -> None:
    """Remove the private folders of uploads that are older than a day, or whose viewer has gone."""
    now = time.time() if now is None else now
    for folder, since in list(_left.items()):
        if now - since > GONE:
            _left.pop(folder, None)
            discard(folder)
    for folder in uploads_folder().glob("*"):
        since = folder / FILES if (folder / FILES).exists() else folder
        with contextlib.suppress(OSError):  # another process has removed it first
            if now - since.stat().st_mtime > DAY:
                discard(folder)


def leave(folder: Path) -> None:
    """Note that the viewer of a private folder is not connected any more; it goes unless they soon come back."""
    _left[Path(folder)] = time.time()


def stay(folder: Path) -> None:
    """Note that the viewer of a private folder is there, or there again."""
    _left.pop(Path(folder), None)


@functools.cache
def watch() -> None:
    """From now on, as long as this process runs, remove every few minutes what is old or left behind."""

    def sweep() -> None:
        while True:
            forget_old()
            time.sleep(_SWEEP_EVERY)

    threading.Thread(target=sweep, daemon=True, name="uploads").start()


def forget_prepared(folder: Path) -> None:
    """Remove the prepared data (marts) of a star, before the star changes or goes."""
    with contextlib.suppress(OSError):
        for mart in warehouse.cache_folder().glob(f"mart-{star.version_of(folder)}-*.duckdb"):
            mart.unlink(missing_ok=True)


def is_private(folder: Path) -> bool:
    """Whether a star is a viewer's own upload."""
    return Path(folder).absolute().is_relative_to(uploads_folder().absolute())


def server_folders() -> list[Path]:
    """The folders that analysts may read from and keep stars in, symbolic links followed."""
    given = os.environ.get("QUINTILE_FOLDERS", "").split(os.pathsep)
    return [Path(text).resolve() for text in given if text and Path(text).is_dir()] if is_analyst() else []


def inside(path: Path | str) -> Path:
    """The path, symbolic links followed, where it and all files directly in it lie in a folder of QUINTILE_FOLDERS.

    A path that is not absolute counts from the first of these folders. Raises Refused for every other one.
    """
    roots = server_folders()
    if not roots:
        raise Refused("This app reads no folders of its server; QUINTILE_ANALYST=1 and QUINTILE_FOLDERS open them.")
    try:
        real = (roots[0] / path).resolve()
        parts = [real, *(real.iterdir() if real.is_dir() else ())]
        strays = [part for part in parts if not any(part.resolve().is_relative_to(root) for root in roots)]
    except (OSError, ValueError, RuntimeError) as error:
        raise Refused(f"{str(path)[:200]!r} cannot be opened; name a file or folder of this list.") from error
    if strays:
        raise Refused(f"{path} leads out of the folders that this app may use; name one inside QUINTILE_FOLDERS.")
    return real


def entries() -> Iterator[Path]:
    """Files and folders in QUINTILE_FOLDERS, two levels deep, those that lead outside left out."""
    for root in server_folders():
        found = sorted(path for pattern in ("*", "*/*") for path in root.glob(pattern) if not _is_hidden(path, root))
        for path in found[:ENTRIES_AT_MOST]:
            with contextlib.suppress(Refused):
                yield inside(path)


def is_star(folder: Path) -> bool:
    """Whether a folder holds a star."""
    return (Path(folder) / star.FACTS_FILE).is_file()


def keep(folder: Path, into: Path, name: str) -> Path:
    """Copy a star into a folder of QUINTILE_FOLDERS under a name; returns its new place. Raises Refused.

    The name must be new there.
    """
    if not re.fullmatch(r"\w[\w .-]{0,60}", name):
        raise Refused("A folder's name is letters, figures, blanks, dots and dashes; choose another.")
    target = inside(Path(into) / name)
    if target.exists():
        raise Refused(f"There is a {name} already; choose another name.")
    exports.copy_star(folder, target)
    return target


def _is_hidden(path: Path, root: Path) -> bool:
    inner = path.relative_to(root).parts
    return any(part.startswith(".") for part in inner) or is_star(path.parent) or ".stories.sqlite" in path.name
