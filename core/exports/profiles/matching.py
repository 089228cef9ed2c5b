"""Finding a profile's tables and columns by what they are called, whatever the case, blanks and underscores."""

from collections.abc import Callable, Sequence

from core.exports.plan import Part, Plan, RawTable
from core.exports.quoting import identifier
from core.exports.vocabulary import compact

Name = str | tuple[str, ...]  # one name, or several of which one must be there


def column(table: RawTable, *names: str, alias: str = "t") -> str | None:
    """SQL of the first of these columns that the table has, over `alias`; None where it has none of them."""
    found = name_of(table, *names)
    return f"{alias}.{identifier(found)}" if found else None


def name_of(table: RawTable, *names: str) -> str | None:
    """The first of these columns as the table calls it."""
    known = {compact(name): name for name in reversed(table.columns)}
    return next((known[compact(name)] for name in names if compact(name) in known), None)


def lacking(table: RawTable, needed: Sequence[Name]) -> list[str]:
    """The needed columns that the table has not."""
    groups = [(name,) if isinstance(name, str) else name for name in needed]
    return [" or ".join(group) for group in groups if name_of(table, *group) is None]


def having(tables: Sequence[RawTable], needed: Sequence[Name]) -> list[RawTable]:
    """The tables that have all needed columns."""
    return [table for table in tables if not lacking(table, needed)]


def plan(
    profile: str,
    tables: Sequence[RawTable],
    needed: Sequence[Name],
    part_of: Callable[[RawTable], Part],
    **options: object,
) -> Plan | None:
    """A plan of the tables that have what is needed, a part each, the others unused; None where there are none."""
    found = having(tables, needed)
    if not found:
        return None
    return Plan(
        profile,
        [part_of(table) for table in found],
        unused=[table for table in tables if table not in found],
        **options,
    )


def missing(tables: Sequence[RawTable], needed: Sequence[Name]) -> str:
    """What the best of the tables lacks, in words; empty where one has all."""
    fewest = min(((lacking(table, needed), table) for table in tables), key=lambda pair: len(pair[0]))
    return f"{fewest[1].file} has no column {', '.join(fewest[0])}" if fewest[0] else ""


def take(table: RawTable, wanted: dict[str, Sequence[str]], alias: str = "t") -> tuple[dict[str, str], dict[str, str]]:
    """For each field the first of its columns that is there: its SQL, and its name in the file."""
    found = {field: name_of(table, *names) for field, names in wanted.items()}
    columns = {field: name for field, name in found.items() if name}
    return {field: f"{alias}.{identifier(name)}" for field, name in columns.items()}, columns
