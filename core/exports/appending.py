"""Next month: a new export added to a star. Same orders are replaced, new ones added, again and again alike."""

from pathlib import Path

import duckdb

from core.exports.account import SET_ASIDE_FILE, text
from core.exports.quoting import literal
from core.star import TABLES, Refused, path_of, read_facts

# Orders that an import made beside the export's own: they go when the order that they belong to is replaced.
_BASE = r"regexp_replace(order_id, ' \((refund|cancelled|returned|pending)\)( \(refund\))?$', '')"
_BY_ORDER = ("fact_order", "fact_order_line", "bridge_order_reason")


def facts_of(star: Path) -> dict | None:
    """The facts of the star to add to; None where there is none yet. Raises Refused for what is no star."""
    return read_facts(star) if Path(star).exists() and any(Path(star).iterdir()) else None


def merge(star: Path, old: dict, draft: Path, new: dict, chosen: dict) -> dict:
    """Merge the star at `star` into the new one in `draft`; returns the facts of both, with what changed.

    `chosen` holds what was asked for by name; the rest stays the old star's. Raises Refused where currencies differ.
    """
    if old.get("currency") and chosen["currency"] and old["currency"] != chosen["currency"]:
        raise Refused(
            f"The star is in {old['currency']}, the export in {chosen['currency']}; amounts of two currencies cannot "
            "be added, so import it into a star of its own."
        )
    with duckdb.connect() as connection:
        _views(connection, star, draft)
        counts = _counts(connection)
        months = _months(connection, "old")
        for table in TABLES:
            _merge_table(connection, table, star, draft)
        for merged in draft.glob("*.merged"):  # only now, because the tables were read for one another
            merged.replace(merged.with_suffix(".parquet"))
        _merge_set_aside(connection, star, draft, {source["name"] for source in new["sources"]})
    with duckdb.connect() as connection:
        _views(connection, draft, draft)
        changed = _changed_months(months, _months(connection, "new"))
        totals = _totals(connection)
    known = {source["sha256"] for source in new["sources"]}
    kept = {name: value for name, value in old.items() if name in ("name", "currency", "fiscal_year_start", "salt_id")}
    account = new["account"] | {"appended": counts | {"changed_months": changed, "star": totals}}
    return (
        new
        | kept
        | {name: value for name, value in chosen.items() if value}
        | {
            "sources": [source for source in old.get("sources", []) if source["sha256"] not in known] + new["sources"],
            "account": account,
        }
    )


def _views(connection: duckdb.DuckDBPyConnection, old: Path, new: Path) -> None:
    connection.execute("set enable_progress_bar = false")
    for side, folder in (("old", old), ("new", new)):
        for name, table in TABLES.items():
            file = path_of(folder, name)
            nothing = ", ".join(f"null::{kind} as {column}" for column, kind in table.columns.items())
            source = f"read_parquet({literal(file)})" if file.exists() else f"(select {nothing} limit 0)"
            connection.execute(f"create view {side}_{name} as select * from {source}")


def _counts(connection: duckdb.DuckDBPyConnection) -> dict:
    bases = f"(select distinct {_BASE} as base from new_fact_order)"
    replaced, kept = connection.execute(
        f"select count(*) filter (base is not null), count(*) filter (base is null)"
        f" from (select {_BASE} as own from old_fact_order) o left join {bases} n on n.base = o.own"
    ).fetchall()[0]
    added = connection.execute(
        "select count(*) from new_fact_order where order_id not in (select order_id from old_fact_order)"
    ).fetchall()[0][0]
    return {"replaced_orders": replaced, "added_orders": added, "kept_orders": kept}


def _months(connection: duckdb.DuckDBPyConnection, side: str) -> dict[str, str]:
    found = connection.execute(
        f"""with nets as (select order_id, sum(net_amount) as net from {side}_fact_order_line group by order_id)
        select strftime(order_date, '%Y-%m'), sum(coalesce(total_amount, net, 0))
        from {side}_fact_order left join nets using (order_id)
        where coalesce(status, 'sold') in ('sold', 'returned') group by 1 order by 1"""
    ).fetchall()
    return {month: text(revenue) for month, revenue in found}


def _changed_months(before: dict[str, str], after: dict[str, str]) -> list[dict]:
    """Months of the old star, all but its last one, whose revenue is another now."""
    closed = sorted(before)[:-1]
    return [
        {"month": month, "revenue_before": before[month], "revenue_after": after.get(month, text(0))}
        for month in closed
        if after.get(month, text(0)) != before[month]
    ]


def _merge_table(connection: duckdb.DuckDBPyConnection, name: str, star: Path, draft: Path) -> None:
    old, new = path_of(star, name), path_of(draft, name)
    if not old.exists():
        return
    if name in _BY_ORDER:
        bases = f"(select {_BASE} from new_fact_order)"
        stays = f"{_BASE} not in {bases}"
    else:
        key = TABLES[name].key[0]
        stays = f"{key} not in (select {key} from new_{name})"
    merged = new.with_suffix(".merged")
    order = ", ".join(("order_date", "order_id") if name == "fact_order" else TABLES[name].key)
    connection.execute(
        f"copy (select * from (select * from old_{name} where {stays} union all by name select * from new_{name})"
        f" order by {order}) to {literal(merged)} (format parquet, compression zstd)"
    )


def _merge_set_aside(connection: duckdb.DuckDBPyConnection, star: Path, draft: Path, names: set[str]) -> None:
    old, new = star / SET_ASIDE_FILE, draft / SET_ASIDE_FILE
    if not old.exists():
        return
    again = ", ".join(literal(name) for name in sorted(names))
    rows = f"select * from read_parquet({literal(old)}) where file not in ({again})"
    if new.exists():
        rows += f" union all select * from read_parquet({literal(new)})"
    merged = new.with_suffix(".merged")
    connection.execute(f"copy ({rows}) to {literal(merged)} (format parquet)")
    merged.replace(new)


def _totals(connection: duckdb.DuckDBPyConnection) -> dict:
    orders, first, last = connection.execute(
        "select count(*), min(order_date)::varchar, max(order_date)::varchar from new_fact_order"
    ).fetchall()[0]
    lines, net = connection.execute("select count(*), sum(net_amount) from new_fact_order_line").fetchall()[0]
    return {
        "orders": orders,
        "lines": lines,
        "first_order_date": first,
        "last_order_date": last,
        "net_amount": text(net),
    }
