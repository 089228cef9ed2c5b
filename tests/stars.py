"""Small stars for tests: rows in, a folder of Parquet with star.json out."""

import datetime
import json
import random
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from core import star

ARROW = {
    star.TEXT: pa.string(),
    star.DATE: pa.date32(),
    star.MONEY: pa.decimal128(18, 4),
    star.INTEGER: pa.int32(),
    star.NUMBER: pa.float64(),
}


def write(folder: Path, facts: dict | None = None, **tables: Sequence[dict]) -> Path:
    """Write a star. Dates are ISO text, money is text or a number; a table's columns are those its first row names."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        kinds = star.TABLES[name].columns
        named = list(rows[0]) if rows else list(star.TABLES[name].starred)
        arrays = [
            pa.array([_value(row.get(column), kinds[column]) for row in rows], ARROW[kinds[column]]) for column in named
        ]
        pq.write_table(pa.Table.from_arrays(arrays, names=named), folder / f"{name}.parquet")
    (folder / "star.json").write_text(
        json.dumps({"contract_version": 1, "name": folder.name, "currency": "EUR"} | (facts or {}))
    )
    return folder


def simple(
    folder: Path, orders: Sequence[tuple], customers: Sequence[str] = (), facts: dict | None = None, **tables
) -> Path:
    """A star of orders (order_id, date, customer, amount), each of one line; `customers` never ordered."""
    buyers = sorted({order[2] for order in orders if order[2]} | set(customers))
    tables.setdefault("dim_customer", [{"customer_id": name, "customer_name": f"Name of {name}"} for name in buyers])
    return write(
        folder,
        facts,
        fact_order=[
            {
                "order_id": order,
                "order_date": day,
                "customer_id": customer,
                "status": "sold" if float(amount) >= 0 else "returned",
            }
            for order, day, customer, amount in orders
        ],
        fact_order_line=[{"order_id": order[0], "line_number": 1, "net_amount": order[3]} for order in orders],
        **tables,
    )


def odd(folder: Path, seed: int, *, bare: bool = False, fiscal_year_start: int = 1, targets: bool = False) -> Path:
    """A star with everything that goes wrong in a year: the same rows for the same seed.

    Guests, customers that no table knows, refunds, a customer of returns alone, orders without lines, lines of zero
    with a total, missing totals, lines without product, cost or quantity, unknown reasons, places and products,
    products of one name, pending and cancelled orders, equal customers, a leap day, the ends of years, a thin month.
    `bare` leaves out every table and column that may be absent.
    """
    chance = random.Random(seed)
    orders, lines, reasons = [], [], []
    days = ["2023-12-31", "2024-01-01", "2024-02-29", "2024-12-31", "2025-01-01", "2025-02-28", "2025-03-31"]
    first = datetime.date(2023, 2, 11)
    days += [(first + datetime.timedelta(chance.randrange(800))).isoformat() for _ in range(110)]
    days = [day for day in days if day[:7] != "2024-08"] + ["2024-08-03"]
    for number, day in enumerate(days):
        order, thin = f"o{number:03}", day[:7] == "2024-08"
        customer = chance.choice([f"c{int(chance.paretovariate(0.7)) % 18:02}", f"c{chance.randrange(18):02}"])
        orders.append(
            {
                "order_id": order,
                "order_date": day,
                "customer_id": chance.choices([customer, None, "stranger"], [12, 1, 1])[0],
                "location_id": chance.choice(["p1", "p2", "p3", "p4", "p5", "nowhere", None]),
                "total_amount": None,
                "channel": chance.choice(["Online", "Dealer", None]),
                "status": chance.choices(["sold", None, "pending", "cancelled"], [10, 3, 1, 1])[0],
            }
        )
        size = 0 if chance.random() < 0.08 and not thin else chance.randint(1, 4)
        sign = -1 if chance.random() < 0.1 and not thin else 1
        net = Decimal(0)
        for line in range(size):
            amount = Decimal(chance.choice([0, 999, 1, 3333333, 70001, 12345678, chance.randrange(10**7)])) / 10000
            amount = sign * (Decimal("0.01") if thin else amount)
            net += amount
            cost = None if chance.random() < 0.3 else (amount * Decimal("0.6")).quantize(Decimal("0.0001"))
            lines.append(
                {
                    "order_id": order,
                    "line_number": 2 * line + 1,
                    "product_id": chance.choice(["a", "b", "c", "d", "e", "unlisted", None]),
                    "quantity": chance.choice([1, 2, 3, 0.5, None]),
                    "net_amount": amount,
                    "cost_amount": cost,
                }
            )
        if chance.random() < 0.7:
            extra = Decimal(chance.randrange(-2000, 90000)) / 10000
            orders[-1]["total_amount"] = net + (0 if thin else extra)
        for reason in chance.sample(["r1", "r2", "r3", "rumour"], chance.choice([0, 0, 1, 1, 2, 3])):
            reasons.append({"order_id": order, "reason_id": reason})
    for number, (customer, amount) in enumerate([("twin1", 77), ("twin2", 77), ("twin3", 77), ("back", -40)]):
        order = f"z{number}"
        orders.append({"order_id": order, "order_date": "2024-05-17", "customer_id": customer, "status": None})
        lines.append({"order_id": order, "line_number": 1, "net_amount": amount})
    customers = [f"c{n:02}" for n in range(18)] + ["twin1", "twin2", "twin3", "back", "never1", "never2"]
    tables = {
        "fact_order": orders,
        "fact_order_line": lines,
        "bridge_order_reason": reasons,
        "dim_customer": [{"customer_id": name, "customer_name": f"Name of {name}"} for name in customers],
        "dim_product": _PRODUCTS,
        "dim_location": _PLACES,
        "dim_reason": [
            {"reason_id": "r1", "reason_name": "Price", "reason_type": "Offer"},
            {"reason_id": "r2", "reason_name": "Quality", "reason_type": None},
            {"reason_id": "r3", "reason_name": "Advice", "reason_type": "People"},
        ],
        "dim_target": [
            {"month": f"{2024 + n // 12}-{n % 12 + 1:02}-01", "revenue_target": 1000 + 10 * n} for n in range(18)
        ],
    }
    if not targets:
        del tables["dim_target"]
    if bare:
        tables = {name: tables[name] for name in ("fact_order", "fact_order_line", "dim_customer")}
        tables["fact_order"] = [{key: row[key] for key in ("order_id", "order_date", "customer_id")} for row in orders]
        tables["fact_order_line"] = [
            {key: row[key] for key in ("order_id", "line_number", "net_amount")} for row in lines
        ]
        tables["dim_customer"] = [{"customer_id": name} for name in customers]
    return write(folder, {"fiscal_year_start": fiscal_year_start}, **tables)


_PRODUCTS = [
    {"product_id": "a", "product_name": "Helm", "subcategory": "Helmets", "category": "Clothing"},
    {"product_id": "b", "product_name": "Helm", "subcategory": "Helmets", "category": "Clothing"},
    {"product_id": "c", "product_name": "Road One", "subcategory": "Road", "category": "Bikes"},
    {"product_id": "d", "product_name": "Trail One", "subcategory": "Trail", "category": "Bikes"},
    {"product_id": "e", "product_name": "Bell", "subcategory": None, "category": None},
]
_PLACES = [
    {"location_id": name, "continent": continent, "country": country, "country_code": code, "region": region,
     "latitude": latitude, "longitude": longitude}
    for name, continent, country, code, region, latitude, longitude in (
        ("p1", "Europe", "Germany", "DE", "North", 53.5, 10.0),
        ("p2", "Europe", "Germany", "DE", "North", 54.5, 9.0),
        ("p3", "Europe", "France", "FR", "South", 43.3, 5.4),
        ("p4", "America", "Canada", "CA", "North", 60.0, -100.0),
        ("p5", "America", "Canada", "CA", None, None, None),
    )
]  # fmt: skip


def _value(value: object, kind: str) -> object:
    if value is None:
        return None
    if kind == star.MONEY:
        return Decimal(str(value)).quantize(Decimal("0.0001"))
    if kind == star.DATE:
        return datetime.date.fromisoformat(value)
    return value
