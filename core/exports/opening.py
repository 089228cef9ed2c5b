"""Packed files are opened, and every file is taken for what its first bytes say, whatever its name ends in."""

import gzip
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.exports import markup
from core.star import Refused

TEXT, WORKBOOK, PARQUET, MARKUP = "text", "workbook", "parquet", "markup"
MOST_UNPACKED = 64 << 30  # bytes
MOST_RATIO = 400  # unpacked to packed; text packs to a twentieth at best
SMALL = 256 << 20  # bytes, below which the ratio does not matter
MOST_MEMBERS = 1000
_OTHERS = {
    b"\x89PNG": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"GIF8": "a picture (GIF)",
    b"%PDF": "a PDF document",
    b"{\\rtf": "a text document (RTF)",
    b"7z\xbc\xaf": "a 7-Zip archive; unpack it first",
    b"Rar!": "a RAR archive; unpack it first",
    b"SQLite format 3": "an SQLite database; export its tables as CSV",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"[{": "JSON",
    b'{"': "JSON",
}


@dataclass(frozen=True)
class Opened:
    """One readable file: the name that the account calls it by, where it lies, and what it is."""

    name: str
    path: Path
    kind: str


def open_file(file: Path, room: Path, name: str | None = None, depth: int = 0) -> Iterator[Opened]:
    """The readable files in `file`: itself, or what is packed in it, unpacked into the folder `room`.

    Raises Refused for what is no export, for broken archives, and for those that would fill the disk.
    """
    name = name or file.name
    with file.open("rb") as stream:
        head = stream.read(64)
    for mark, words in _OTHERS.items():
        if head.startswith(mark):
            raise Refused(f"{name} is {words}; export the orders as CSV, Excel or Parquet.")
    if not head:
        raise Refused(f"{name} is empty; export it again.")
    if head.startswith(b"PAR1"):
        yield Opened(name, file, PARQUET)
    elif head.startswith(b"\xd0\xcf\x11\xe0"):
        yield Opened(name, file, WORKBOOK)
    elif head.startswith(b"PK"):
        yield from _open_zip(file, room, name, depth)
    elif head.startswith(b"\x1f\x8b"):
        _refuse_depth(name, depth)
        target = room / f"{len(list(room.iterdir()))}-{Path(name).name.removesuffix('.gz')}"
        try:
            with gzip.open(file, "rb") as packed:
                _unpack(packed, target, file.stat().st_size, name)
        except (OSError, EOFError, zlib.error) as error:
            raise Refused(f"{name} is a broken archive ({error}); export it again.") from error
        yield from open_file(target, room, name.removesuffix(".gz"), depth + 1)
    else:
        yield Opened(name, file, MARKUP if markup.is_markup(head) else TEXT)


def _open_zip(file: Path, room: Path, name: str, depth: int) -> Iterator[Opened]:
    try:
        with zipfile.ZipFile(file) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
            names = {info.filename for info in members}
            if "[Content_Types].xml" in names or "mimetype" in names or "xl/workbook.bin" in names:
                unpacked = sum(info.file_size for info in members)
                _refuse_bomb(name, unpacked, file.stat().st_size)
                yield Opened(name, file, WORKBOOK)
                return
            _refuse_depth(name, depth)
            wanted = [info for info in members if not _is_hidden(info.filename)]
            if not wanted or len(wanted) > MOST_MEMBERS:
                raise Refused(f"{name} holds {len(wanted):,} files; an export has 1 to {MOST_MEMBERS:,}.")
            for number, info in enumerate(sorted(wanted, key=lambda member: member.filename)):
                target = room / f"{depth}-{number}-{Path(info.filename).name}"
                with archive.open(info) as packed:
                    _unpack(packed, target, info.compress_size, name)
                if target.stat().st_size:
                    yield from open_file(target, room, Path(info.filename).name, depth + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError, OSError) as error:
        raise Refused(f"{name} is a broken or locked archive ({error}); export it again.") from error


def _is_hidden(member: str) -> bool:
    return member.startswith("__MACOSX") or Path(member).name.startswith(".")


def _unpack(packed, target: Path, packed_size: int, name: str) -> None:
    written = 0
    with target.open("wb") as out:
        while block := packed.read(1 << 20):
            written += len(block)
            _refuse_bomb(name, written, packed_size)
            out.write(block)


def _refuse_bomb(name: str, unpacked: int, packed: int) -> None:
    room = shutil.disk_usage("/").free
    if unpacked > min(MOST_UNPACKED, room) or (unpacked > SMALL and unpacked > MOST_RATIO * max(packed, 1)):
        raise Refused(f"{name} unpacks to far more than an export does; unpack it yourself and import what is in it.")


def _refuse_depth(name: str, depth: int) -> None:
    if depth > 2:
        raise Refused(f"{name} is packed more than twice; unpack it and import what is in it.")
