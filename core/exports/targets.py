"""Revenue targets: a month's figure as it stands, a year's spread by the months of the year before."""

import datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import duckdb

from core.exports import dates, delimited, numbers
from core.exports.quoting import identifier, literal
from core.star import Refused, path_of, register

FOURTH = Decimal("0.0001")
DECIDED = ("The target of ", "No revenue in ")  # how the sentences begin that `write` returns


def write(connection: duckdb.DuckDBPyConnection, file: Path, draft: Path, room: Path) -> list[str]:
    """Write dim_target from a file of month (or year) and revenue_target; returns what was decided.

    A year without a month's share in the year before is spread evenly. Raises Refused for a file that cannot be used.
    """
    file = Path(file)
    if not file.is_file():
        raise Refused(f"There is no file {file}; name a CSV with month and revenue_target.")
    table = delimited.read(connection, file, file.name, "raw_targets", room)
    names = {name.casefold(): name for name in table.columns}
    period = next((names[name] for name in ("month", "year") if name in names), None)
    if period is None or "revenue_target" not in names:
        raise Refused(
            f"{file.name} has the columns {', '.join(table.columns)}; it needs month (or year) and revenue_target."
        )
    found = connection.execute(
        f"select {identifier(period)}, {identifier(names['revenue_target'])} from {table.relation}"
    ).fetchall()
    amounts = _amounts(connection, table.file, [row[1] for row in found])
    decisions, months = [], {}
    for line, ((when, _), amount) in enumerate(zip(found, amounts, strict=True), start=2):
        when = (when or "").strip()
        spread = _year(int(when), amount, draft, decisions) if _is_year(when) else {_month(when, file, line): amount}
        for month, target in spread.items():
            if month in months:
                raise Refused(f"{file.name}, line {line}: {month:%Y-%m} has a target already; keep one a month.")
            months[month] = target
    rows = ", ".join(f"(DATE '{month}', {target}::DECIMAL(18,4))" for month, target in sorted(months.items()))
    if not rows:
        raise Refused(f"{file.name} has no rows; give month and revenue_target.")
    select = f"select * from (values {rows}) as t(month, revenue_target)"
    connection.execute(f"copy ({select}) to {literal(path_of(draft, 'dim_target'))} (format parquet)")
    return decisions


def _amounts(connection: duckdb.DuckDBPyConnection, name: str, texts: list[str | None]) -> list[Decimal]:
    style, _ = numbers.detect([text for text in texts if text])
    amounts = []
    for line, text in enumerate(texts, start=2):
        amount = connection.execute(
            f"select {numbers.sql('x', style)} from (select ?::VARCHAR as x)", [text]
        ).fetchone()[0]
        if amount is None:
            raise Refused(f"{name}, line {line}, column revenue_target: {text!r} is no amount; correct it.")
        amounts.append(amount)
    return amounts


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdigit()


def _month(text: str, file: Path, line: int) -> datetime.date:
    day = dates.parse(f"{text}-01" if len(text) == 7 else text, "dmy")
    if day is None:
        raise Refused(f"{file.name}, line {line}: {text!r} is no month; write it as 2024-05.")
    return day.replace(day=1)


def _year(year: int, amount: Decimal, draft: Path, decisions: list[str]) -> dict[datetime.date, Decimal]:
    with duckdb.connect() as connection:
        register(connection, draft)
        revenue = dict(
            connection.execute(
                f"""with nets as (select order_id, sum(net_amount) as net from fact_order_line group by order_id)
                select month(order_date), greatest(sum(coalesce(total_amount, net)), 0)
                from fact_order left join nets using (order_id)
                where coalesce(status, 'sold') in ('sold', 'returned') and year(order_date) = {year - 1} group by 1"""
            ).fetchall()
        )
    total = sum(revenue.values(), Decimal(0))
    empty = [datetime.date(year - 1, month, 1).strftime("%B") for month in range(1, 13) if not revenue.get(month)]
    if not total:
        decisions.append(f"The target of {year} is spread evenly: {year - 1} has no revenue to spread it by.")
        revenue, total, empty = dict.fromkeys(range(1, 13), Decimal(1)), Decimal(12), []
    else:
        decisions.append(f"The target of {year} is spread over its months as revenue was in {year - 1}.")
    if empty:
        decisions.append(f"No revenue in {', '.join(empty)} {year - 1}, so these months of {year} have a target of 0.")
    upto, spread = Decimal(0), {}
    for month in range(1, 13):
        before = (amount * upto / total).quantize(FOURTH, ROUND_HALF_UP)
        upto += revenue.get(month, Decimal(0))
        spread[datetime.date(year, month, 1)] = (amount * upto / total).quantize(FOURTH, ROUND_HALF_UP) - before
    return spread
