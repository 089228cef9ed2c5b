"""How fast a flat CSV becomes a star, beside plain DuckDB, pandas and Polars doing the same mapping, in one run.

python bench/imports.py [LINES]        10 million unless said; one process each, so that its memory is its own
"""

import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).parents[1]))
from core.exports import import_export

MAKE = """
copy (select 'O' || (i // 4) as order_id,
    date '2019-01-01' + (((i // 4) * 2000) // ({lines} // 4 + 1))::int as order_date,
    'C' || ((i // 4 * 7919) % 1600000) as customer_id, 'Customer ' || ((i // 4 * 7919) % 1600000) as customer_name,
    'P' || (i * 31 % 150) as product_id, 'Product ' || (i * 31 % 150) as product_name,
    'Sub' || (i * 31 % 150 % 20) as subcategory, 'Cat' || (i * 31 % 150 % 4) as category, 1 + i % 5 as quantity,
    round(5 + (i * 37 % 10000) / 7.0, 2) as net_amount, round(3 + (i * 37 % 10000) / 11.0, 2) as cost_amount,
    round(((i // 4) * 13 % 100000) / 3.0 + 40, 2) as total_amount,
    case when i // 4 % 3 = 0 then 'Online' else 'Shop' end as channel, 'sold' as status,
    ['Germany', 'France', 'Spain', 'United States', 'Canada', 'Australia'][1 + (i // 4) % 6] as country,
    'Region ' || ((i // 4) % 12) as region,
    ['Berlin', 'Lyon', 'Madrid', 'Boston', 'Toronto', 'Sydney'][1 + (i // 4) % 6] as city,
    case when i // 4 % 5 = 0 then 'Price|Quality' when i // 4 % 5 = 1 then 'Price' end as reasons
from range({lines}) t(i)) to '{file}' (header)"""
ORDER = ["order_date", "customer_id", "total_amount", "channel", "status", "country", "region", "city", "reasons"]
LINE = ["order_id", "product_id", "quantity", "net_amount", "cost_amount"]


def plain_duckdb(file: Path, folder: Path) -> None:
    """The floor: DuckDB's own types, one Parquet file, nothing checked."""
    with duckdb.connect() as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute(f"copy (from read_csv('{file}')) to '{folder / 'plain.parquet'}' (format parquet)")


def quintile(file: Path, folder: Path) -> None:
    """The import, with what each stage took."""
    began: dict[str, tuple[float, float]] = {}
    clocks = time.perf_counter, time.process_time

    def hear(stage: str, share: float) -> None:
        began.setdefault(stage.split(",")[0], tuple(clock() for clock in clocks))

    import_export(file, folder / "star", progress=hear)
    for (stage, start), (_, end) in pairwise(began.items()):
        seconds, processor = (late - early for early, late in zip(start, end, strict=True))
        print(f"    {stage:22} {seconds:8.1f} s {processor:8.1f} s of processor", flush=True)


def with_pandas(file: Path, folder: Path) -> None:
    """Orders, lines and dimensions by pandas, nothing checked."""
    import pandas as pd

    frame = pd.read_csv(file, parse_dates=["order_date"])
    frame.groupby("order_id", as_index=False)[ORDER].first().to_parquet(folder / "order.parquet")
    lines = frame[LINE].assign(line_number=frame.groupby("order_id").cumcount() + 1)
    lines.to_parquet(folder / "line.parquet")
    frame.groupby("customer_id", as_index=False)["customer_name"].first().to_parquet(folder / "customer.parquet")
    frame.groupby("product_id", as_index=False)[["product_name", "subcategory", "category"]].first().to_parquet(
        folder / "product.parquet"
    )


def with_polars(file: Path, folder: Path) -> None:
    """Orders, lines and dimensions by Polars, nothing checked."""
    import polars as pl

    frame = pl.scan_csv(file, try_parse_dates=True)
    frame.group_by("order_id").agg(pl.col(ORDER).first()).collect().write_parquet(folder / "order.parquet")
    frame.select(LINE).with_columns(line_number=pl.int_range(1, pl.len() + 1).over("order_id")).collect().write_parquet(
        folder / "line.parquet"
    )
    frame.group_by("customer_id").agg(pl.col("customer_name").first()).collect().write_parquet(folder / "c.parquet")
    frame.group_by("product_id").agg(pl.col("product_name", "subcategory", "category").first()).collect().write_parquet(
        folder / "p.parquet"
    )


def measured(work: Callable[[Path, Path], None], file: Path, folder: Path, queue: multiprocessing.Queue) -> None:
    """Run in a process of its own: seconds, seconds of processor and peak memory, or what stopped it."""
    start = time.perf_counter()
    try:
        work(file, folder)
        stopped = ""
    except (ImportError, MemoryError) as error:
        stopped = str(error)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    queue.put((time.perf_counter() - start, time.process_time(), peak, stopped))


def main() -> None:
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as room:
        file = Path(room) / "orders.csv"
        with duckdb.connect() as connection:
            connection.execute("set enable_progress_bar = false")
            connection.execute(MAKE.format(lines=lines, file=file))
        print(f"{lines:,} lines, {file.stat().st_size / 1e6:,.0f} MB")
        floor = 0.0
        for work in (plain_duckdb, quintile, with_polars, with_pandas):
            folder = Path(room) / work.__name__
            folder.mkdir()
            queue = context.Queue()
            process = context.Process(target=measured, args=(work, file, folder, queue))
            process.start()
            process.join()
            if process.exitcode:
                print(f"{work.__name__:14} did not finish (out of memory)")
                continue
            seconds, processor, peak, stopped = queue.get()
            floor = floor or seconds
            taken = f"{seconds:8.1f} s {processor:8.1f} s of processor {peak:8,.0f} MB"
            said = stopped or f"{taken} {floor / seconds:7.0%} of plain DuckDB's speed"
            print(f"{work.__name__:14} {said}", flush=True)


if __name__ == "__main__":
    main()
