"""What each column of a raw table may be: scored by its name, its type and its content."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import duckdb

from core.exports import dates, numbers, places, statuses, vocabulary
from core.exports.plan import HELPER_FIELDS, ITEM_FIELDS, MONEY, NUMBER, ORDER_FIELDS, RawTable
from core.exports.quoting import identifier

SAMPLE = 2000  # rows that a column is judged by
PRIVATE = ("email", "phone", "address", "payment", "postal_code")
_KINDS = ORDER_FIELDS | ITEM_FIELDS | HELPER_FIELDS
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_RATE = re.compile(r"%|percent|prozent|pct|\brate\b|ratio", re.IGNORECASE)
_TIME = re.compile(dates.TIME_SQL)


@dataclass
class Column:
    """A column, what its values look like (shares of the filled ones, 0-1), and the fields it may be, best first."""

    name: str
    values: list[str]
    filled: float
    numeric: float
    whole: float
    dated: float
    distinct: float
    scores: dict[str, float] = field(default_factory=dict)

    @property
    def best(self) -> float:
        return max(self.scores.values(), default=0.0)


def describe(connection: duckdb.DuckDBPyConnection, table: RawTable) -> list[Column]:
    """Every column of the table with its scores."""
    names = ", ".join(f"trim({identifier(name)})" for name in table.columns)
    rows = connection.execute(f"select {names} from {table.relation} limit {SAMPLE}").fetchall()
    if not table.streamed:
        rows += connection.execute(
            f"select {names} from {table.relation} where rowid >= {SAMPLE} order by hash(rowid) limit {SAMPLE}"
        ).fetchall()
    columns = [_column(name, [row[place] for row in rows]) for place, name in enumerate(table.columns)]
    for column in columns:
        column.scores = _scores(column, headed=bool(table.read_as.get("header", True)))
    return columns


def _column(name: str, texts: list[str | None]) -> Column:
    values = [text for text in texts if text]
    count = max(len(values), 1)
    style, _ = numbers.detect(values[:500])
    numeric = sum(1 for value in values if numbers.fits(value, style)) / count
    whole = sum(1 for value in values if re.fullmatch(r"-?\d+", value)) / count
    bare = [_TIME.sub("", value) for value in values]
    dated = sum(1 for value in bare if _is_date(value)) / count
    return Column(name, values, len(values) / max(len(texts), 1), numeric, whole, dated, len(set(values)) / count)


def _is_date(text: str) -> bool:
    if re.fullmatch(r"\d{5}(\.\d+)?|\d{10}|\d{13}", text):
        return False
    return any(
        day is not None and 1980 <= day.year <= 2100 for day in (dates.parse(text, order) for order in dates.ORDERS)
    )


def _scores(column: Column, headed: bool) -> dict[str, float]:
    named = vocabulary.fields_of(column.name) if headed else {}
    if _RATE.search(column.name):  # a rate is no amount, but for a discount's
        named = {name: score for name, score in named.items() if name == "discount" or _KINDS.get(name) != MONEY}
    scores = {name: score * _fit(column, name) for name, score in named.items()}
    if not scores or max(scores.values()) < 0.3:
        scores |= {name: max(score, scores.get(name, 0)) for name, score in _by_content(column, headed).items()}
    return dict(sorted(((n, round(s, 3)) for n, s in scores.items() if s > 0.1), key=lambda pair: -pair[1]))


def _fit(column: Column, name: str) -> float:
    """How well the values fit the field: 1 where they do, little where they contradict it."""
    if not column.values:
        return 0.3 if name in PRIVATE else 0.0
    kind = _KINDS.get(name)
    if name == "order_date":
        serials = column.whole > 0.9 and all(len(value) in (5, 10, 13) for value in column.values[:50])
        return 1.0 if column.dated > 0.6 or serials else 0.0
    if kind in (MONEY, NUMBER):
        return 1.0 if column.numeric > 0.6 else 0.0
    if name in ("country", "status"):
        known = places.country if name == "country" else statuses.status_of
        distinct = sorted(set(column.values))[:200]
        share = sum(1 for value in distinct if known(value)) / len(distinct)
        return 1.0 if share > 0.4 else 0.4 if name == "status" and column.numeric < 0.5 else 0.15
    if name == "document_type":  # of columns called type only those that tell invoices from credit notes
        words = set(column.values)
        sales = all(statuses.status_of(value) for value in words)
        return 1.0 if sales and len(words) < 20 and any(map(statuses.is_document, words)) else 0.0
    if name == "cancelled_date":
        return 1.0 if column.dated > 0.6 else 0.0
    if name == "line_number":
        return 1.0 if max(map(len, column.values)) < 40 else 0.0
    if name == "currency":
        return 1.0 if all(re.fullmatch(r"[A-Za-z]{3}|\W{1,2}", value) for value in set(column.values)) else 0.0
    if name == "email":
        return 1.0 if sum(1 for value in column.values if _EMAIL.fullmatch(value)) > 0.5 * len(column.values) else 0.1
    if name in (
        "customer_name",
        "product_name",
        "first_name",
        "last_name",
        "company",
        "category",
        "city",
        "region",
        "state",
    ):
        states = name == "state" and all(map(statuses.status_of, set(column.values)))
        return 0.2 if states or column.numeric >= 0.5 else 1.0
    return 1.0


def _by_content(column: Column, headed: bool) -> dict[str, float]:
    if len(column.values) < 1:
        return {}
    if sum(1 for value in column.values if _EMAIL.fullmatch(value)) > 0.7 * len(column.values):
        return {"email": 0.9}
    if column.dated > 0.9:
        return {"order_date": 0.45}
    distinct = sorted(set(column.values))[:100]
    countries = sum(1 for value in distinct if len(value) > 3 and places.country(value))
    if column.numeric < 0.1 and countries > 0.8 * len(distinct):
        return {"country": 0.5}
    if not headed and column.numeric > 0.95 and column.whole < 0.8:
        return {"net_amount": 0.35}
    return {}


def assign(columns: Iterable[Column]) -> dict[str, Column]:
    """One column a field and one field a column, the surest first; of equals the one that stands first.

    Where an order's own columns stand in its first row only, its amounts are no line's.
    """
    columns = list(columns)
    taken = _assign(columns)
    date = taken.get("order_date")
    items = [taken[name].filled for name in ("product_name", "product_id", "quantity") if name in taken]
    if date and items and max(items) >= 0.97 and 0.02 < date.filled < 0.97:
        for column in columns:
            if column.filled < min(date.filled + 0.1, 0.97):
                column.scores = {name: score for name, score in column.scores.items() if name not in _LINES}
        taken = _assign(columns)
    return taken


_LINES = ("net_amount", "unit_price", "cost_amount", "unit_cost")


def _assign(columns: list[Column]) -> dict[str, Column]:
    ranked = sorted(
        (
            (score, -place, name, column)
            for place, column in enumerate(columns)
            for name, score in column.scores.items()
        ),
        key=lambda item: item[:2],
        reverse=True,
    )
    taken: dict[str, Column] = {}
    used: set[str] = set()
    for score, _, name, column in ranked:
        if name not in taken and column.name not in used and score >= 0.3:
            taken[name] = column
            used.add(column.name)
    return taken
