"""How a figure is made: definition, formula, filter, rows counted, and the SQL that ran, as a text that runs again.

Everything is read off what computes the figure: definitions and formulas off core/metrics.py, grains and SQL off the
report, the filter off the view. Pages show it with core/ui_method.py.
"""

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from core import formats, reports
from core.filters import Filter
from core.formats import Format
from core.metrics import COLUMNS, Metric, formula
from core.warehouse import Mart

# What a report's figures rest on: the first of these relations that it reads, and how its rows are counted.
_SALES = (
    "count(distinct order_key) filter (where is_sale) as orders,"
    " count(distinct order_key) filter (where not is_sale) as orders_without_charge,"
    " count(distinct customer_key) as buyers"
)
_COUNTED = {
    "sales": f"select {_SALES}, count(*) as lines from lines",
    "lines": f"select {_SALES}, count(*) as lines from lines",
    "sales_always": f"select {_SALES} from sales_always",
    "sales_twelve_months": f"select {_SALES} from sales_twelve_months",
    "people": "select count(*) filter (where is_buyer) as buyers, count(*) as customers from people",
    "customers": "select count(*) filter (where is_buyer) as buyers, count(*) as customers from customers",
}
_WORDS = {
    "orders": ("order", "orders"),
    "orders_without_charge": ("return or order without a charge", "returns and orders without a charge"),
    "lines": ("order line", "order lines"),
    "buyers": ("known buyer", "known buyers"),
    "customers": ("customer", "customers"),
}


@dataclass(frozen=True)
class Method:
    """How one card, chart or table is made.

    `figures` are the metrics it shows, `grains` says of each report what a row is, `view` is period and filter in
    words, `counted` what the figures rest on, `source` data, version and as-of date, `queries` the SQL by report, with
    every parameter filled in, `file` the mart that they run against.
    """

    title: str
    figures: tuple[Metric, ...]
    grains: tuple[str, ...]
    view: str
    counted: str
    rows: str
    source: str
    file: str
    queries: tuple[tuple[str, str], ...]

    @property
    def script(self) -> str:
        """All of it as one text: what is said stands in comments, so that it runs in DuckDB as it stands."""
        said = [self.title, *(sentence(figure) for figure in self.figures)]
        said += [f"{name}: {text}" for name, text in self.facts]
        said += [f"Runs in DuckDB against {self.file}"] if self.queries else []
        return "\n".join([*map(_comment, said), "", *(f"{sql};\n" for _, sql in self.queries)])

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What is said beside definitions and SQL, by name; what there is nothing to say of is left out."""
        said = (
            ("Rows", " ".join(self.grains)),
            ("Filter", self.view),
            ("Rests on", self.counted),
            ("Gives", self.rows),
            ("Data", self.source),
        )
        return [(name, text) for name, text in said if text]


def of(title: str, names: Sequence[str], mart: Mart, filter: Filter, figures: Iterable[str] = ()) -> Method:
    """How what stands under `title` is made of these reports; `figures` names the metrics, by default all it has."""
    from core.take import words  # what makes files is loaded when first asked for, not at the app's start

    names = tuple(dict.fromkeys(names))
    frames = {name: reports.run(name, mart, filter) for name in names}
    shown = figures or dict.fromkeys(column for frame in frames.values() for column in frame.columns)
    return Method(
        title,
        tuple(COLUMNS[name] for name in shown if name in COLUMNS and COLUMNS[name].format is not Format.TEXT),
        tuple(reports.REPORTS[name].grain for name in names),
        words.view(mart, filter),
        counted(names[0], mart, filter) if names else "",
        "; ".join(dict.fromkeys(_rows(frame, reports.REPORTS[name].grain) for name, frame in frames.items())),
        f"{mart.name}, version {mart.version}, as of {formats.date_text(mart.as_of)}",
        mart.path.name,
        tuple((name, sql(name, mart, filter)) for name in names),
    )


def sentence(figure: Metric) -> str:
    """A figure's definition and formula in one line."""
    written = formula(figure)
    return f"{figure.label}: {figure.definition}" + (f" {figure.label} = {written}." if written else "")


def counted(name: str, mart: Mart, filter: Filter) -> str:
    """What a report's figures rest on, in words: orders, lines, buyers, or customers where it reads no sales."""
    row = basis(name, mart, filter)
    said = [
        _number(int(row[column]), *words)
        for column, words in _WORDS.items()
        if column in row and (row[column] or column != "orders_without_charge")
    ]
    return ", ".join(said)


def basis(name: str, mart: Mart, filter: Filter) -> pd.Series:
    """How many rows a report's figures rest on: orders, lines, buyers, customers, as far as it reads them."""
    read = set(re.findall(r"\b(?:from|join)\s+(\w+)", reports.query(name, mart, filter)[0]))
    relation = next((relation for relation in _COUNTED if relation in read), "customers")
    return mart.query(*reports.compose(_COUNTED[relation], reports.REPORTS[name], mart, filter)).iloc[0]


def sql(name: str, mart: Mart, filter: Filter) -> str:
    """The SQL of a report under a filter with every parameter filled in: it runs against the mart as it stands."""
    text, parameters = reports.query(name, mart, filter)
    grain = f"{_comment(f'{name}: {reports.REPORTS[name].grain}')}\n"
    return grain + re.sub(r"\$(\w+)", lambda found: literal(parameters[found[1]]), text).strip()


def literal(value: object) -> str:
    """A value as DuckDB's SQL writes it: text quoted, days as dates, lists in brackets, fractions as doubles."""
    match value:
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case float():
            return f"cast({value!r} as double)"
        case datetime.date():
            return f"date '{value}'"
        case list() | tuple():
            return f"[{', '.join(map(literal, value))}]"
        case _:
            quoted = str(value).replace("'", "''")
            return f"'{quoted}'"


def _rows(frame: pd.DataFrame, grain: str) -> str:
    """How many rows of what: 8 rows, one per buying reason."""
    each = re.match(r"One row (per .+?)(?=[:;.]|, (?!per ))", grain)
    return _number(len(frame), "row", "rows") + (f", one {each[1]}" if each and len(frame) != 1 else "")


def _comment(text: str) -> str:
    """One line of SQL comment, whatever line breaks a name of the data holds."""
    return f"-- {' '.join(text.split())}"


def _number(count: int, one: str, many: str) -> str:
    return f"{formats.exact(count, Format.COUNT)} {one if count == 1 else many}"
