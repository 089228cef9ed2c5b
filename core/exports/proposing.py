"""How an export would be understood, before anything is written: first rows, mapping, questions, faults."""

import contextlib
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from core.exports import account, currencies, dates, delimited, progress, reading, recognise, staging, understanding
from core.exports.importing import MEMORY
from core.exports.plan import FIELDS, HELPER_FIELDS, Part, Plan, RawTable, mapping_of
from core.exports.quoting import identifier, literal
from core.star import Refused

FIRST_ROWS = 20
LOOKED_AT = 100_000  # rows of a large file


def preview(
    path: Path,
    *,
    profile: str | None = None,
    mapping: Mapping[str, str] | None = None,
    keep: Sequence[str] = (),
    room: Path | None = None,
    cancel: threading.Event | None = None,
) -> dict:
    """Read and understand an export without writing a star. Plain values only:

    profile · base: the known shop's profile behind a remembered one ·
    files: file, role, read_as, columns, first_rows (as read, lists of text), not_data ·
    mapping: file, role, field, column, confidence, alternatives (column, confidence), is_made (by the profile's rule) ·
    fields: the fields that each role may have · questions: key, text, choices (value, text) ·
    findings: text, rows, examples (line, text) · decisions · guesses · currencies: code, rows ·
    problem: the sentence of a refusal, or None.
    What is unpacked on the way lies in a folder inside `room` and goes at the end; setting `cancel` stops the reading.
    Raises Refused where the files cannot be read at all.
    """
    mapping = dict(mapping or {})
    with (
        tempfile.TemporaryDirectory(dir=room, ignore_cleanup_errors=True) as folder,
        duckdb.connect() as connection,
        progress.followed(connection, cancel),
    ):
        room = Path(folder)
        connection.execute(f"set memory_limit = '{MEMORY}'")
        connection.execute(f"set temp_directory = {literal(room / 'spill')}")
        files = reading.files_of(path)
        tables = reading.read(connection, files, room)
        for table in tables:
            _shorten(connection, table)
        proposal = _unread() | {"files": [_file(connection, table) for table in tables]}
        try:
            plan = understanding.understand(connection, tables, profile, mapping, keep)
            _tell_plan(connection, proposal, plan, mapping)
            staging.stage(connection, plan, mapping.get("date_order") or plan.date_order)
            proposal["currencies"] = [list(pair) for pair in currencies.found(connection, plan)]
            proposal["findings"] = _findings(connection, plan)
            proposal |= {"decisions": plan.decisions, "guesses": _guesses(plan)}
            currencies.keep_one(connection, plan, None)
        except dates.Ambiguous as asked:
            proposal["questions"].append({"key": "date_order", "text": str(asked), "choices": asked.choices})
        except (Refused, duckdb.Error) as refused:
            proposal["problem"] = str(refused).splitlines()[0]
            if proposal["profile"] is None:
                _tell_columns(connection, proposal, tables, mapping)
        return proposal


def _unread() -> dict:
    """What there is to say of an export before it is understood."""
    lists = ("mapping", "decisions", "guesses", "questions", "findings", "currencies")
    return {"profile": None, "base": None, "problem": None, "fields": _fields()} | {name: [] for name in lists}


def _shorten(connection: duckdb.DuckDBPyConnection, table: RawTable) -> None:
    """Of a large file only the first rows are looked at."""
    if table.streamed:
        connection.execute(f"create table {table.relation}_first as select * from {table.relation} limit {LOOKED_AT}")
        connection.execute(f"drop view {table.relation}")
        connection.execute(f"alter table {table.relation}_first rename to {table.relation}")
        table.streamed = False
        table.notes.append(f"Only the first {LOOKED_AT:,} rows of {table.file} were looked at.")


def _fields() -> dict[str, list[str]]:
    return {role: [*names, *(HELPER_FIELDS if role in ("lines", "orders") else ())] for role, names in FIELDS.items()}


def _file(connection: duckdb.DuckDBPyConnection, table: RawTable) -> dict:
    names = ", ".join(identifier(name) for name in table.columns)
    rows = connection.execute(f"select {names} from {table.relation} limit {FIRST_ROWS}").fetchall()
    return {
        "file": table.file,
        "role": None,
        "read_as": table.read_as,
        "columns": table.columns,
        "first_rows": [[cell or "" for cell in row] for row in rows],
        "not_data": [{"line": line, "text": text, "reason": why} for line, text, why in table.not_data[:20]],
    }


def _tell_plan(connection: duckdb.DuckDBPyConnection, proposal: dict, plan: Plan, mapping: Mapping[str, str]) -> None:
    judged = {one.table.relation: one for one in recognise.judge(connection, [p.table for p in plan.parts], {})}
    roles = {part.table.file: part.role for part in plan.parts}
    proposal |= {"profile": plan.profile, "base": plan.base}
    for file in proposal["files"]:
        file["role"] = roles.get(file["file"])
    for part in plan.parts:
        proposal["mapping"] += _mapping(part, judged[part.table.relation], mapping)


def _tell_columns(
    connection: duckdb.DuckDBPyConnection, proposal: dict, tables: list[RawTable], mapping: Mapping[str, str]
) -> None:
    """Where there is no plan, what the columns look like all the same."""
    with contextlib.suppress(Refused, duckdb.Error):
        for one in recognise.judge(connection, tables, mapping):
            proposal["mapping"] += [
                {
                    "file": one.table.file,
                    "role": one.role,
                    "field": name,
                    "column": column.name,
                    "confidence": min(column.scores.get(name, 0.0), 1.0),
                    "alternatives": [],
                    "is_made": False,
                }
                for name, column in one.taken.items()
                if name in proposal["fields"]["lines"]
            ]


def _mapping(part: Part, judged: recognise.Judged, mapping: Mapping[str, str]) -> list[dict]:
    rows = []
    for name in {**part.kinds, **part.columns}:
        others = sorted(
            ((column.scores[name], column.name) for column in judged.columns if name in column.scores), reverse=True
        )
        alternatives = [{"column": column, "confidence": min(score, 1.0)} for score, column in others[:5]]
        taken = part.columns.get(name)
        is_made = not taken and part.fills(name)
        if taken or is_made or alternatives:
            sure = 1.0 if name in mapping_of(mapping, part.table) else part.confidence.get(name, 1.0)
            rows.append(
                {
                    "file": part.table.file,
                    "role": part.role,
                    "field": name,
                    "column": taken,
                    "confidence": sure if taken else 0.0,
                    "alternatives": alternatives,
                    "is_made": is_made,
                }
            )
    return rows


def _guesses(plan: Plan) -> list[dict]:
    return [{"guess": guess, "confidence": confidence} for guess, confidence in plan.guesses]


def _findings(connection: duckdb.DuckDBPyConnection, plan: Plan) -> list[dict]:
    """What would be set aside or left out, by file and reason, with up to three examples each."""
    findings = []
    for source, part in enumerate(plan.parts):
        staged = f"staged_{part.role}"
        found = connection.execute(
            f"select fate, count(*) from {staged} where source = {source} and fate is not null"
            " group by 1 order by 2 desc, 1"
        ).fetchall()
        for fate, rows in found:
            examples = connection.execute(
                f"select {account.line_of(part.table)}, {delimited.cells(part.table)}"
                f" from {delimited.numbered(part.table)} t join {staged} s on s.row = t.place"
                f" where s.source = {source} and s.fate = {literal(fate)} order by s.row limit 3"
            ).fetchall()
            findings.append(
                {
                    "file": part.table.file,
                    "text": fate,
                    "rows": rows,
                    "examples": [{"line": line, "text": text[:200]} for line, text in examples],
                }
            )
        for line, text, why in part.table.rejected[:3]:
            findings.append(
                {
                    "file": part.table.file,
                    "text": f"aside: {why}",
                    "rows": 1,
                    "examples": [{"line": line, "text": text[:200]}],
                }
            )
    return findings
