"""One flat file of order lines with the contract's own column names."""

from core.exports.plan import FIELDS, Part, Plan, RawTable
from core.exports.quoting import identifier

NAME = "flat"
NEEDED = ("order_date", "customer_id", "net_amount")


def recognise(tables: list[RawTable]) -> Plan | None:
    """The plan, where every file has the contract's own names for what is needed."""
    if not tables or any(_missing(table) for table in tables):
        return None
    return Plan(profile=NAME, parts=[_part(table) for table in tables])


def missing(tables: list[RawTable]) -> str:
    """What the tables lack to be this export, in words."""
    lacking = [f"{table.file} has no column {', '.join(_missing(table))}" for table in tables if _missing(table)]
    return "; ".join(lacking)


def _missing(table: RawTable) -> list[str]:
    names = {name.casefold() for name in table.columns}
    return [name for name in NEEDED if name not in names]


def _part(table: RawTable) -> Part:
    fields, columns = {}, {}
    for column in table.columns:
        name = column.casefold()
        if name in FIELDS["lines"]:
            fields[name] = f"t.{identifier(column)}"
            columns[name] = column
    return Part("lines", table, fields, columns)
