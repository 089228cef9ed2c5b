"""Rows from Python into a table of the connection, in one go."""

from collections.abc import Iterable, Mapping

import duckdb
import pyarrow

_ARROW = {"VARCHAR": "string", "DATE": "date32", "DOUBLE": "float64", "BIGINT": "int64", "BOOLEAN": "bool"}


def create(
    connection: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str], rows: Iterable[tuple]
) -> None:
    """Create `table` with these columns (name to SQL type) and rows."""
    lists = list(zip(*rows, strict=True)) or [()] * len(columns)
    arrays = [
        pyarrow.array(values, _ARROW.get(kind, kind)) for values, kind in zip(lists, columns.values(), strict=True)
    ]
    batch = pyarrow.table(arrays, names=list(columns))
    with connection.cursor() as cursor:  # its own, because the connection may still have rows to fetch
        cursor.register("arriving", batch)
        cursor.execute(f"create or replace table {table} as select * from arriving")
