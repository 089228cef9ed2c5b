"""Files become raw tables: everything as text, in the file's order, nothing dropped."""

import hashlib
from pathlib import Path

import duckdb

from core.exports import delimited
from core.exports.plan import RawTable
from core.star import Refused

TEXT_ENDINGS = (".csv", ".tsv", ".txt", ".tab")


def files_of(path: Path) -> list[Path]:
    """The files of an export: itself, or what lies in the folder. Raises Refused where there is nothing to read."""
    path = Path(path)
    if path.is_file():
        return [path]
    if not path.exists():
        raise Refused(f"There is no file or folder {path}; name the export to import.")
    files = sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith("."))
    if not files:
        raise Refused(f"The folder {path} is empty; put the export's files into it.")
    usable = [file for file in files if file.suffix.lower() in TEXT_ENDINGS]
    if not usable:
        names = ", ".join(file.name for file in files[:5])
        raise Refused(f"No file in {path} can be read ({names}); an export is {', '.join(TEXT_ENDINGS)}.")
    return usable


def source_of(file: Path) -> dict[str, object]:
    """A source file's own facts: name, bytes, SHA-256."""
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {"name": file.name, "bytes": file.stat().st_size, "sha256": digest}


def read(connection: duckdb.DuckDBPyConnection, files: list[Path]) -> list[RawTable]:
    """One raw table a file, as relations raw_0, raw_1, ... of the connection."""
    return [delimited.read(connection, file, f"raw_{number}") for number, file in enumerate(files)]
