"""Make the sample star: `python sample_data/generate.py [--to FOLDER]`. The same bytes every time.

Lorvane Cycles is invented; its places are real. Hidden in its books, to be found on the pages: France shrinks since
April 2026; gravel bikes rise; the second-largest dealer has been silent since the turn of that year; the third quarter
of 2024 was weak; kids' bikes earn next to nothing, some of them less.

world.py holds the tables, market.py makes who trades and when, orders.py what they order. Amounts are whole cents until
they are written, days count from FIRST_DAY.
"""

import argparse
import datetime
import os
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from market import LAST_DAY, make_customers, make_places, make_products, make_targets
from orders import charge, make_lines, make_orders, make_reasons, number, take_back
from world import REASONS

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from core import star  # noqa: E402

SEED = 1871


def generate(folder: Path) -> None:
    """Write the sample star into `folder`."""
    random = np.random.default_rng(SEED)
    places = make_places()
    products = make_products(random)
    customers = make_customers(random, places)
    orders = make_orders(random, customers, places)
    reasons = make_reasons(random, orders)
    lines = make_lines(random, orders, products)
    orders = charge(random, orders, lines)
    orders, lines = take_back(random, orders, lines)
    orders, lines, reasons = number(orders, lines, reasons)
    with star.writing(folder) as draft:
        write(draft, "fact_order", orders)
        write(draft, "fact_order_line", lines)
        write(draft, "bridge_order_reason", reasons)
        write(draft, "dim_customer", customers)
        write(draft, "dim_product", products)
        write(draft, "dim_location", places)
        write(draft, "dim_reason", make_reason_names())
        write(draft, "dim_target", make_targets())
        star.write_facts(draft, make_facts(customers, orders, lines))


def make_reason_names() -> pd.DataFrame:
    rows = [(f"R{number}", name, kind) for number, (name, kind, _) in enumerate(REASONS, start=1)]
    return pd.DataFrame(rows, columns=["reason_id", "reason_name", "reason_type"])


def make_facts(customers: pd.DataFrame, orders: pd.DataFrame, lines: pd.DataFrame) -> dict:
    note = (
        f"Made by sample_data/generate.py: {len(customers):,} customers, {len(orders):,} orders, {len(lines):,} lines. "
        "People, companies and products are invented; places are real."
    )
    return {
        "name": "Lorvane Cycles (sample)",
        "currency": "EUR",
        "fiscal_year_start": 1,
        "created_at": f"{LAST_DAY + datetime.timedelta(days=1)}T06:00:00Z",
        "sources": [],
        "account": {"files": [], "notes": [note]},
    }


def write(draft: Path, name: str, frame: pd.DataFrame) -> None:
    """Write one table with the contract's columns and types; money comes in whole cents."""
    types = {star.TEXT: pa.string(), star.DATE: pa.date32(), star.INTEGER: pa.int32(), star.NUMBER: pa.float64()}
    columns = {}
    for column, kind in star.TABLES[name].columns.items():
        if column not in frame:
            continue
        if kind == star.MONEY:
            cents = pa.array(frame[column], pa.float64(), from_pandas=True).cast(pa.int64()).cast(pa.decimal128(19, 0))
            columns[column] = pc.multiply(cents, pa.scalar(Decimal("0.01"))).cast(pa.decimal128(18, 4))
        else:
            columns[column] = pa.array(frame[column], types[kind], from_pandas=True)
    pq.write_table(pa.table(columns), star.path_of(draft, name), compression="zstd", compression_level=9)


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the sample star.")
    parser.add_argument("--to", type=Path, default=HERE, metavar="FOLDER")
    folder = parser.parse_args().to.resolve()
    if folder != HERE:
        generate(folder)
        return
    # star.writing swaps whole folders, which would take this file away: only the star's own files move.
    with tempfile.TemporaryDirectory(dir=HERE) as beside:
        generate(Path(beside) / "star")
        for file in sorted((Path(beside) / "star").iterdir()):
            os.replace(file, HERE / file.name)


if __name__ == "__main__":
    main()
