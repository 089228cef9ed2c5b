"""Files become raw tables: everything as text, in the file's order, nothing dropped."""

import hashlib
from pathlib import Path

import duckdb

from core.exports import delimited, markup, opening, outline, workbook
from core.exports.plan import RawTable
from core.exports.quoting import identifier, literal
from core.star import Refused

ENDINGS = (".csv", ".tsv", ".txt", ".tab", ".dat", ".gz", ".zip", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".parquet")
SIDE_FILES = ("readme", "license", "licence", "changelog")


def files_of(path: Path) -> list[Path]:
    """The files of an export: itself, or what lies in the folder. Raises Refused where there is nothing to read."""
    path = Path(path)
    if path.is_file():
        return [path]
    if not path.exists():
        raise Refused(f"There is no file or folder {path}; name the export to import.")
    files = sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith((".", "~$")))
    if not files:
        raise Refused(f"The folder {path} is empty; put the export's files into it.")
    usable = [file for file in files if file.suffix.lower() in ENDINGS and file.stem.lower() not in SIDE_FILES]
    if not usable:
        names = ", ".join(file.name for file in files[:5])
        raise Refused(f"No file in {path} can be read ({names}); an export is one of {', '.join(ENDINGS)}.")
    return usable


def source_of(file: Path) -> dict[str, object]:
    """A source file's own facts: name, bytes, SHA-256."""
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {"name": file.name, "bytes": file.stat().st_size, "sha256": digest}


def read(
    connection: duckdb.DuckDBPyConnection, files: list[Path], room: Path, reader: str = delimited.PADDING
) -> list[RawTable]:
    """The raw tables of files, packed or not, as relations raw_0, raw_1, ...; `room` is a folder for what is unpacked.

    In a folder of several, a file that holds no table is left out with its reason among the first table's notes.
    """
    tables: list[RawTable] = []
    left_out: list[str] = []
    for file in files:
        try:
            for opened in opening.open_file(file, room):
                tables += _tables(connection, opened, len(tables), room, reader)
        except Refused as refused:
            if len(files) == 1:
                raise
            left_out.append(str(refused))
    if not tables:
        raise Refused(left_out[0])
    tables[0].notes += left_out
    for table in tables:
        outline.lift(connection, table)
    return tables


def _tables(
    connection: duckdb.DuckDBPyConnection, opened: opening.Opened, number: int, room: Path, reader: str
) -> list[RawTable]:
    if opened.kind == opening.PARQUET:
        return [_parquet(connection, opened, f"raw_{number}")]
    if opened.kind == opening.TEXT:
        return [delimited.read(connection, opened.path, opened.name, f"raw_{number}", room, reader)]
    tables = []
    sheets = markup.tables if opened.kind == opening.MARKUP else workbook.sheets
    for title, records, arranged in sheets(opened.path, opened.name):
        table = delimited.describe(f"{opened.name} [{title}]", f"raw_{number + len(tables)}", records, arranged)
        table.read_as = {"sheet": title, "header": arranged.header is not None}
        delimited.fill(connection, table, records[arranged.first :], [])
        tables.append(table)
    return tables


def _parquet(connection: duckdb.DuckDBPyConnection, opened: opening.Opened, relation: str) -> RawTable:
    scan = f"read_parquet({literal(opened.path)})"
    try:
        columns = [row[0] for row in connection.execute(f"describe select * from {scan}").fetchall()]
        texts = ", ".join(f"cast({identifier(name)} as VARCHAR) as {identifier(name)}" for name in columns)
        connection.execute(f"create table {relation} as select {texts} from {scan}")
    except duckdb.Error as error:
        raise Refused(f"{opened.name} cannot be read as Parquet; export it again.") from error
    return RawTable(opened.name, relation, columns, 1, read_as={"format": "Parquet"})
