"""A Filter in, a frame out: every figure, table and chart of every page.

A report is sql/reports/NAME.sql, a query over relations that stand for the filter's choice (core/relations.py), with
metrics named in braces (core/metrics.py).
"""

import functools
import re
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from core import pareto, periods, playbook, relations, rfm
from core.filters import Filter, Level
from core.metrics import COUNT_BUYERS, COUNT_ORDERS, COUNT_ORDERS_OF_LINES, METRICS, Metric
from core.periods import Period
from core.warehouse import Mart

_FOLDER = Path(__file__).parents[1] / "sql" / "reports"
_beside = ThreadPoolExecutor(1, "reports")
_coming: dict[tuple[str, Mart, Filter], Future] = {}  # what runs beside, and what waits to
pd.set_option("mode.string_storage", "python")  # for frames as small as these half again as fast as Arrow


@dataclass(frozen=True)
class Report:
    """A query by name, the keys its rows stand for (lifted for shares), the period in place of the filter's."""

    name: str
    own: tuple[str, ...] = ()
    period: Callable[[Mart, Filter], Period] | None = None
    finish: Callable[[pd.DataFrame, Mart, Filter], pd.DataFrame] | None = None

    @functools.cached_property
    def text(self) -> str:
        """The SQL as it stands in the file, its first comment saying the grain."""
        return (_FOLDER / f"{self.name}.sql").read_text(encoding="utf-8")

    @property
    def grain(self) -> str:
        """What one row is, and what is particular to the report."""
        lines = self.text.splitlines()
        comment = lines[: next(index for index, line in enumerate(lines) if not line.startswith("--"))]
        return " ".join(line.removeprefix("--").strip() for line in comment)


def run(name: str, mart: Mart, filter: Filter) -> pd.DataFrame:
    """The rows of a report under a filter. The frame is shared between callers: never write into it.

    Money and shares are float64, counts int64, days timestamps; what is absent is null, never zero.
    """
    asked = (name, mart, filter.without("as_of", "compare"))
    coming = _coming.get(asked)
    if coming and not coming.cancel():  # what nobody has begun yet is faster run here
        wait([coming])
    return _run(*asked)


def fetch(name: str, mart: Mart, filter: Filter) -> None:
    """Run a report on a thread beside, for `run` to find its rows there."""
    asked = (name, mart, filter.without("as_of", "compare"))
    _coming[asked] = coming = _beside.submit(_run, *asked)
    coming.add_done_callback(lambda _: _coming.pop(asked, None))


def query(name: str, mart: Mart, filter: Filter) -> tuple[str, dict]:
    """The SQL of a report under a filter with the relations it reads written out, and its parameters."""
    return compose(REPORTS[name].text, REPORTS[name], mart, filter)


def compose(text: str, report: Report, mart: Mart, filter: Filter) -> tuple[str, dict]:
    """The same for any text over a report's relations, such as a count of the rows that its figures rest on."""
    text = _with_metrics(text, mart, filter)
    period = (report.period or periods.of_filter)(mart, filter)
    parameters = relations.parameters(mart, filter, period)
    known = relations.relations(mart, filter, report.own, period, tiered=bool(re.search(r"\btier\b", report.text)))
    read: dict[str, str] = {}

    def place(body: str) -> None:
        for relation in re.findall(r"\b(?:from|join)\s+(\w+)", body):
            if relation in known and relation not in read:
                written = _with_metrics(known[relation](), mart, filter)
                place(written)
                read[relation] = written

    place(text)
    ctes = ",\n\n".join(f"{relation} as (\n    {body}\n)" for relation, body in read.items())
    body = re.sub(r"^(--.*\n)+", "", text)
    sql = (
        f"with\n{ctes},\n\n{body.removeprefix('with').lstrip()}"
        if body.startswith("with\n")
        else f"with\n{ctes}\n\n{body}"
    )
    sql = sql if read else body
    used = set(re.findall(r"\$(\w+)", sql))
    return sql, {key: value for key, value in parameters.items() if key in used}


@functools.lru_cache(maxsize=512)
def columns(name: str, mart: Mart) -> tuple[str, ...]:
    """The columns of a report's SQL, without running it."""
    text, parameters = query(name, mart, Filter())
    return tuple(mart.query(f"describe {text}", parameters).column_name)


@functools.lru_cache(maxsize=64)
def choices(mart: Mart) -> dict[str, list[str]]:
    """The values the data has for each filter key that names something, in reading order."""
    found = {
        key: mart.query(f"select {key} as value from {source} group by {key} order by {order}").value.tolist()
        for key, source, order in (
            ("continent", "sales_orders", "sum(revenue) desc, value"),
            ("country", "sales_orders", "sum(revenue) desc, value"),
            ("region", "sales_orders", "sum(revenue) desc, value"),
            ("channel", "sales_orders", "sum(revenue) desc, value"),
            ("category", "sales_lines", "sum(revenue) desc, value"),
            ("subcategory", "sales_lines", "sum(revenue) desc, value"),
            ("product", "sales_lines", "sum(revenue) desc, value"),
            ("reason", "reason_sets", "value"),
        )
    }
    present = set(mart.query("select distinct segment from customers").segment)
    if mart.summary["orders_buyer_not_known"]:
        present.add(rfm.BUYER_NOT_KNOWN)
    found["segment"] = [name for name in rfm.row_names() if name in present or name in rfm.segment_names()]
    found["tier"] = [name for name in pareto.row_names() if name in present or name in pareto.tier_names()]
    found["product"] += mart.query("select product_id as value from products").value.tolist()
    found["customer"] = mart.query("select customer_id as value from customers order by customer_key").value.tolist()
    return found


@functools.lru_cache(maxsize=256)
def customer_names(mart: Mart, customers: tuple[str, ...]) -> dict[str, str]:
    """The name of each of these customers that the data knows, by identifier, on one line. Never write into it."""
    sql = "select customer_id, customer_name from customers where customer_id in $customers"
    rows = mart.query(sql, {"customers": list(customers)})
    return {row.customer_id: " ".join(row.customer_name.split()) for row in rows.itertuples()}


@functools.lru_cache(maxsize=1024)
def _run(name: str, mart: Mart, filter: Filter) -> pd.DataFrame:
    report = REPORTS[name]
    frame = mart.query(*query(name, mart, filter))
    return report.finish(frame, mart, filter) if report.finish else frame


def expression(metric: Metric, mart: Mart, filter: Filter) -> str:
    """The SQL of a metric under a filter, with what counts orders and buyers written out."""
    return _with_metrics(f"{{{metric.name}}}", mart, filter).removesuffix(f" as {metric.name}")


def _with_metrics(text: str, mart: Mart, filter: Filter) -> str:
    """The text with {metric} written out as its expression and name, and what counts orders and buyers written out."""
    written = re.sub(r"\{(\w+)\}", lambda found: _named(found[1]), text)
    counts = {
        "count_orders": COUNT_ORDERS_OF_LINES if filter.has(Level.LINES) else COUNT_ORDERS,
        "count_buyers": COUNT_BUYERS,
        "last_customer_key": str(max(2, mart.summary["customers"])),
    }
    for name, expression in counts.items():
        written = written.replace(f"{{{name}}}", expression)
    return written


def _named(name: str) -> str:
    return f"{METRICS[name].expression} as {name}" if name in METRICS else f"{{{name}}}"


def _cut_point_notes(frame: pd.DataFrame, mart: Mart, filter: Filter) -> pd.DataFrame:
    """Say where equal values leave scores empty, and where there is too little data for quintiles to mean much."""
    buyers = int(frame.buyers.iloc[0]) if len(frame) else 0
    days = (mart.as_of - mart.first_day).days + 1
    few = []
    if buyers < rfm.FEW_BUYERS:
        few.append(f"Only {buyers} buyers: under {rfm.FEW_BUYERS}, quintiles say little.")
    if days < rfm.FEW_DAYS:
        few.append(f"Only {days} days of data: under {rfm.FEW_DAYS}, recency says little.")

    def note(empty: object) -> str | None:
        listed = empty.split(",") if isinstance(empty, str) else []
        said = []
        if listed:
            which = ("Score " if len(listed) == 1 else "Scores ") + " and ".join(
                part for part in (", ".join(listed[:-1]), listed[-1]) if part
            )
            said.append(f"{which} {'is' if len(listed) == 1 else 'are'} empty: equal values share a score.")
        return " ".join(said + few) or None

    return frame.assign(note=[note(empty) for empty in frame.empty_scores]).drop(columns=["empty_scores", "buyers"])


def _strategies(frame: pd.DataFrame, mart: Mart, filter: Filter) -> pd.DataFrame:
    """Put strategy and suggestions of the playbook beside each segment or tier."""
    key = frame.columns[0]
    entries = {entry.name: entry for entry in (playbook.segments() if key == "segment" else playbook.tiers())}
    frame = frame[frame[key].isin(entries)].reset_index(drop=True)
    frame.insert(1, "strategy", [entries[name].strategy for name in frame[key]])
    frame.insert(2, "suggestions", [list(entries[name].suggestions) for name in frame[key]])
    return frame


REPORTS: dict[str, Report] = {
    report.name: report
    for report in (
        Report("headline", own=("segment", "tier")),
        Report("segments", own=("segment",)),
        Report("revenue_by_continent", own=("continent",)),
        Report("revenue_by_country", own=("country",)),
        Report("revenue_by_region", own=("region",)),
        Report("orders_by_reason", own=("reason",)),
        Report("revenue_by_segment_country", own=("segment", "country")),
        Report("revenue_by_segment_reason", own=("segment", "reason")),
        Report("rfm_grid"),
        Report("twelve_months"),
        Report("recent_months"),
        Report("run_rate", period=periods.of_year),
        Report("year_course", period=periods.of_year),
        Report("changes", period=periods.of_month),
        Report("month_cards", period=periods.of_month),
        Report("month_days", period=periods.of_month),
        Report("top_subcategories", own=("subcategory",)),
        Report("revenue_by_subcategory_segment", own=("subcategory", "segment")),
        Report("orders_by_reason_segment", own=("reason", "segment")),
        Report("revenue_by_day_region"),
        Report("tiers", own=("tier",)),
        Report("segments_by_tier", own=("segment", "tier")),
        Report("score_cut_points", finish=_cut_point_notes),
        Report("pareto_curve"),
        Report("cumulative_revenue"),
        Report("monthly_growth"),
        Report("products", own=("product",)),
        Report("example_tiers"),
        Report("example_order"),
        Report("example_target", period=periods.of_year),
        Report("example_months"),
        Report("recommendations", own=("segment",), finish=_strategies),
        Report("tier_recommendations", own=("tier",), finish=_strategies),
        Report("customers", own=("customer",)),
        Report("top_clients", own=("customer",)),
        Report("customer_profile"),
        Report("customer_months"),
        Report("customer_orders"),
        Report("customer_similar"),
    )
}
