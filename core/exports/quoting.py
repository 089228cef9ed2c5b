"""Names and text as they stand in SQL."""

from pathlib import Path


def identifier(name: str) -> str:
    """A column or table name, quoted."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: str | Path) -> str:
    """A text value, quoted."""
    return "'" + str(value).replace("'", "''") + "'"
