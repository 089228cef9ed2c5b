"""Texts of few different values, such as countries, become ENUMs: a byte a row instead of a text.

Which columns these are is judged by a sample from all over the file. A value that the sample has not is found when the
rows are staged; the file is then read once more, for texts of any kind.
"""

from pathlib import Path

import duckdb

from core.exports.plan import FIELDS, TEXT, Part, Plan
from core.exports.quoting import literal

BLOCKS, BLOCK = 40, 1 << 18  # of a sample: how many, and the bytes of each
MOST = 500  # different values of a column
NEVER = ("order_id", "customer_id", "product_id", "line_number", "customer_name", "email", "phone", "currency")


def sample(file: Path, first_line: int, target: Path) -> None:
    """Write whole lines from all over a file of text into `target`, its first ones among them."""
    size = file.stat().st_size
    with file.open("rb") as source, target.open("wb") as out:
        for _ in range(first_line - 1):
            source.readline()
        out.write(source.read(BLOCK))
        out.write(source.readline())
        for number in range(1, BLOCKS):
            source.seek(max(source.tell(), size * number // BLOCKS))
            source.readline()  # the rest of a line
            out.write(source.read(BLOCK))
            out.write(source.readline())


def types(connection: duckdb.DuckDBPyConnection, plan: Plan, part: Part) -> dict[str, str]:
    """Make an ENUM for each field of few values; returns their names by field, none where the part has no sample."""
    if part.role not in ("lines", "orders") or len(plan.of(part.role)) > 1:
        return {}
    if not part.table.sampled or not part.table.streamed:
        return {}
    found = {}
    for name, sql in part.fields.items():
        if FIELDS[part.role].get(name) != TEXT or name in NEVER:
            continue
        counted = connection.execute(
            f"select x, count(*) from (select {sql} as x from {part.table.relation}_sample t) where x is not null"
            f" group by x order by x limit {MOST + 1}"
        ).fetchall()
        # A value that is there once speaks for others that are not.
        if counted and len(counted) <= MOST and all(rows > 1 for _, rows in counted):
            found[name] = f"{name}_of_{part.role}"
            words = ", ".join(literal(word) for word, _ in counted)
            connection.execute(f"create type {found[name]} as enum ({words})")
    return found
