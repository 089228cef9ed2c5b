"""What an export was understood as: which file holds orders, lines, customers or products, and in which columns.

A reader makes `RawTable`s, all text, as they stood in the file. A profile or the general recogniser makes a `Plan` of
them. Everything after that (staging, building, the account) knows only the fields named here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb

MONEY, NUMBER, DAY, TEXT = "money", "number", "day", "text"

ORDER_FIELDS = {
    "order_id": TEXT,
    "order_date": DAY,
    "customer_id": TEXT,
    "customer_name": TEXT,
    "customer_type": TEXT,
    "email": TEXT,
    "phone": TEXT,
    "total_amount": MONEY,
    "channel": TEXT,
    "status": TEXT,
    "continent": TEXT,
    "country": TEXT,
    "region": TEXT,
    "state": TEXT,
    "city": TEXT,
    "reasons": TEXT,
    "currency": TEXT,
}
ITEM_FIELDS = {
    "line_number": TEXT,
    "product_id": TEXT,
    "product_name": TEXT,
    "subcategory": TEXT,
    "category": TEXT,
    "quantity": NUMBER,
    "net_amount": MONEY,
    "cost_amount": MONEY,
}
# Columns that others are made of: a line's net amount where only price and quantity are there, and the like.
HELPER_FIELDS = {
    "unit_price": MONEY,
    "discount": MONEY,
    "tax_amount": MONEY,
    "shipping_amount": MONEY,
    "subtotal": MONEY,
    "unit_cost": MONEY,
    "profit": MONEY,
    "refund_amount": MONEY,
}
FIELDS: dict[str, dict[str, str]] = {
    "orders": ORDER_FIELDS | {"net_amount": MONEY},
    "lines": ORDER_FIELDS | ITEM_FIELDS,
    "customers": {
        name: ORDER_FIELDS[name] for name in ("customer_id", "customer_name", "customer_type", "email", "phone")
    },
    "products": {name: ITEM_FIELDS[name] for name in ("product_id", "product_name", "subcategory", "category")},
    "reasons": {"order_id": TEXT, "reason_id": TEXT, "reason_name": TEXT, "reason_type": TEXT},
}
ALL_FILES = ("date_order",)  # what a mapping says of all files at once
PLACE_FIELDS = ("continent", "country", "region", "state", "city")


@dataclass
class RawTable:
    """One table of the export as text: a relation in the connection, one row a record, in the file's order.

    `first_line` is the file's line of the first record; `not_data` holds (line, text, why) of headers, preambles and
    the like; `rejected` holds (line, text, why) of records that are no row of this table. `heading` is the column that
    headings above the rows were written into; `lines` is how many line ends the file has, where they were counted; of
    a table that is `sampled`, RELATION_sample has rows from all over the file.
    """

    file: str
    relation: str
    columns: list[str]
    first_line: int = 2
    streamed: bool = False
    line_column: str | None = None
    notes: list[str] = field(default_factory=list)
    delimiter: str = ","
    not_data: list[tuple[int, str, str]] = field(default_factory=list)
    rejected: list[tuple[int, str, str]] = field(default_factory=list)
    read_as: dict[str, object] = field(default_factory=dict)
    lines: int = 0
    sampled: bool = False
    heading: str | None = None

    @property
    def stem(self) -> str:
        """The file's name without its endings, in lower case."""
        return self.file.rsplit("/", 1)[-1].split(".", 1)[0].lower()

    def materialise(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Keep a streamed table whole, where its rows must be known by number."""
        if self.streamed:
            connection.execute(f"create table {self.relation}_kept as from {self.relation}")
            connection.execute(f"drop view {self.relation}")
            connection.execute(f"alter table {self.relation}_kept rename to {self.relation}")
            self.streamed = False


def mapping_of(mapping: Mapping[str, str], table: RawTable) -> dict[str, str]:
    """What was mapped by hand for one table: FILE:FIELD for this file alone, FIELD for every file with that column."""
    columns = {column.casefold() for column in table.columns}
    everywhere = {
        name: column
        for name, column in mapping.items()
        if ":" not in name and name not in ALL_FILES and (not column or column.casefold() in columns)
    }
    own = {key.rpartition(":")[2]: column for key, column in mapping.items() if key.rpartition(":")[0] == table.file}
    return everywhere | {name: column for name, column in own.items() if name not in ALL_FILES}


@dataclass
class Part:
    """One raw table in one role: SQL for each field over `source`, where the table stands under the name t.

    `derived` is SQL over the staged columns; fields of `fill_down` are blank where they repeat the row above; `hashed`
    is the SQL of an e-mail that stands in for the customer's number; `private` columns are dropped, `ignored` not used;
    `first` is how many staged rows of the role stand before the part's.
    `credits` are words of the status that give money back, `no_sales` those of rows that are none;
    `heads` is SQL, over the staged columns, of rows that stand for a whole order above its lines.
    """

    role: str
    table: RawTable
    fields: dict[str, str]
    columns: dict[str, str]
    source: str = ""
    confidence: dict[str, float] = field(default_factory=dict)
    derived: dict[str, str] = field(default_factory=dict)
    fill_down: list[str] = field(default_factory=list)
    hashed: str | None = None
    private: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)
    no_sales: list[str] = field(default_factory=list)
    heads: str = ""
    first: int = 0

    @property
    def row(self) -> str:
        """SQL for the place in its file of a staged row; those of a streamed table are known by where they stand."""
        return f"rowid - {self.first}" if self.table.streamed else "row"

    @property
    def kinds(self) -> dict[str, str]:
        """The fields of the staged table: all of the role's, and the helpers that this part fills."""
        helpers = {name: kind for name, kind in HELPER_FIELDS.items() if name in self.fields}
        return FIELDS[self.role] | (helpers if self.role in ("lines", "orders") else {})

    def fills(self, field_name: str) -> bool:
        """Whether this part has a column for the field, or makes it of others."""
        return field_name in self.fields or field_name in self.derived

    def label(self, field_name: str) -> str:
        """The field's column as the file calls it."""
        return self.columns.get(field_name, field_name)


@dataclass
class Plan:
    """The whole understanding: parts, tables read beside them for their names, and what was decided on the way.

    `base` is the profile that read the files, where what was remembered goes by another name.
    """

    profile: str
    parts: list[Part]
    lookups: list[RawTable] = field(default_factory=list)
    unused: list[RawTable] = field(default_factory=list)
    decisions: list[str] = field(default_factory=list)
    guesses: list[tuple[str, float]] = field(default_factory=list)
    name: str | None = None
    currency: str | None = None
    base: str | None = None
    status_words: Mapping[str, str] = field(default_factory=dict)
    salt: str | None = ""
    date_order: str | None = None

    def of(self, role: str) -> list[Part]:
        """The parts in one role."""
        return [part for part in self.parts if part.role == role]

    def has(self, role: str, field_name: str) -> bool:
        """Whether any part in this role fills this field."""
        return any(part.fills(field_name) for part in self.of(role))
