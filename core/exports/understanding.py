"""From raw tables to a plan: a named or known profile, a mapping that was saved, or what the columns look like."""

from collections.abc import Mapping, Sequence

import duckdb

from core.exports import privacy, profiles, recognise, saved
from core.exports.plan import ALL_FILES, FIELDS, Plan, RawTable
from core.exports.quoting import identifier
from core.star import Refused


def understand(
    connection: duckdb.DuckDBPyConnection,
    tables: Sequence[RawTable],
    profile: str | None = None,
    mapping: Mapping[str, str] | None = None,
    keep: Sequence[str] = (),
    salt: str | None = "",
) -> Plan:
    """The plan for these tables, what was mapped by hand before all else. Raises Refused where there is none."""
    columns = {name: column for name, column in (mapping or {}).items() if name not in ALL_FILES}
    plan = _plan(connection, tables, profile, columns)
    plan.salt = salt
    plan.decisions += [note for table in tables for note in table.notes]
    privacy.guard(plan, keep)
    return plan


def _plan(
    connection: duckdb.DuckDBPyConnection, tables: Sequence[RawTable], profile: str | None, columns: Mapping[str, str]
) -> Plan:
    remembered = saved.find(tables, profile)
    if remembered:
        profile = remembered.profile or recognise.NAME
        by_hand = {*ALL_FILES, *columns}
        kept = {key: column for key, column in remembered.of(tables).items() if key.rpartition(":")[2] not in by_hand}
        columns = kept | columns
    plan = None if profile == recognise.NAME else profiles.recognise(list(tables), profile)
    if plan is None:
        plan = recognise.recognise(connection, tables, columns)
    else:
        for name, column in columns.items():
            _map(plan, name, column)
    plan.base = plan.profile
    if remembered:
        plan.profile, plan.date_order = remembered.name, remembered.mapping.get("date_order")
    return plan


def _map(plan: Plan, key: str, column: str) -> None:
    """Take a column for a field in a profile's plan; no column at all where it is empty."""
    file, _, name = key.rpartition(":")
    known = sorted({field for part in plan.parts for field in FIELDS[part.role]})
    if name not in known:
        raise Refused(f"There is no field {name!r} to map; choose one of {', '.join(known)}.")
    parts = [part for part in plan.parts if name in FIELDS[part.role] and file in ("", part.table.file)]
    for part in parts:
        if not column:
            part.fields.pop(name, None)
            part.derived.pop(name, None)
            part.columns.pop(name, None)
    fitting = [part for part in parts if column in part.table.columns]
    if column and not fitting:
        found = "; ".join(
            f"{part.table.file} with {', '.join(part.table.columns[:15])}" for part in parts or plan.parts
        )
        raise Refused(f"No file has the column {column!r} for {name}; there is {found}.")
    for part in fitting:
        part.derived.pop(name, None)
        part.fields[name] = f"t.{identifier(column)}"
        part.columns[name] = column
