"""Make the sample star: `python sample_data/generate.py [--to FOLDER]`. The same bytes every time.

Lorvane Cycles is invented; its places are real. Hidden in its books, to be found on the pages: France shrinks since
April 2026; gravel bikes rise; the second-largest dealer placed its last order in February 2026; the third quarter of
2024 was weak; some products cost more than dealers pay for them.

Amounts are whole cents until they are written, days count from FIRST_DAY.
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

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from world import (  # noqa: E402
    COUNTRIES,
    KIND_TILT,
    KINDS,
    PLACES,
    REASON_TILT,
    REASONS,
    SUBCATEGORIES,
    SUBCATEGORY_TILT,
)

from core import star  # noqa: E402

SEED = 1871
FIRST_DAY, LAST_DAY = datetime.date(2023, 1, 1), datetime.date(2026, 9, 17)
DATES = pd.date_range(FIRST_DAY, LAST_DAY)
DAYS = len(DATES)
YEAR = DATES.year.to_numpy() - FIRST_DAY.year
QUARTER = YEAR * 4 + DATES.quarter.to_numpy() - 1
CUSTOMERS, DEALER_SHARE = 6000, 0.07
PLAN = {2023: 19_000_000, 2024: 25_000_000, 2025: 29_000_000, 2026: 40_000_000}

COUNTRY = list(COUNTRIES)
KIND = list(KINDS)
SUBCATEGORY = [row[1] for row in SUBCATEGORIES]
IS_DEALER = np.array([kind.type == "Dealer" for kind in KINDS.values()])


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


def tilted(shares: np.ndarray, tilt: dict, names: list[str]) -> np.ndarray:
    """Shares by country (rows) and name: the given ones (broadcast to that shape) times each country's tilt."""
    factors = [[tilt.get((country, name), 1.0) for name in names] for country in COUNTRY]
    return shares * np.array(factors)


def pick(random: np.random.Generator, weights: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """One column of `weights` for each of `rows`, drawn in proportion to that row's weights."""
    cumulative = np.cumsum(weights, axis=1)
    cumulative = cumulative / cumulative[:, -1:] + np.arange(len(weights))[:, None]
    return np.searchsorted(cumulative.ravel(), rows + random.random(len(rows)), side="right") % weights.shape[1]


def make_places() -> pd.DataFrame:
    places = pd.DataFrame(PLACES, columns=["country", "region", "city", "latitude", "longitude", "share"])
    places["location_id"] = [f"L{number:02}" for number in range(1, len(places) + 1)]
    places["country_code"] = [COUNTRIES[country].code for country in places["country"]]
    places["continent"] = [COUNTRIES[country].continent for country in places["country"]]
    return places


def make_products(random: np.random.Generator) -> pd.DataFrame:
    """Products of a subcategory climb from its lowest to its highest price; the cheap ones sell more often."""
    rows = []
    for index, (category, name, count, low, high, cost, pieces, models, _) in enumerate(SUBCATEGORIES):
        models = models.split("|")
        for step, price in enumerate(np.geomspace(low, high, count)):
            model = f"{models[step % len(models)]} {100 * (step // len(models) + 1)}"
            rows.append((index, category, name, model, round(price) * 100 - 10 * (price < 300), cost, pieces, step))
    columns = ["subcategory_index", "category", "subcategory", "product_name", "price", "cost", "pieces", "step"]
    products = pd.DataFrame(rows, columns=columns)
    products["product_id"] = [f"P{number:03}" for number in range(1, len(products) + 1)]
    products["cost"] *= random.normal(1, 0.08, len(products))
    products["popularity"] = 0.85 ** products["step"] * random.uniform(0.6, 1.4, len(products))
    products["first_quarter"] = np.where(random.random(len(products)) < 0.2, random.integers(2, 12, len(products)), 0)
    return products


def make_customers(random: np.random.Generator, places: pd.DataFrame) -> pd.DataFrame:
    """Who they are, when they join and leave, their pace (orders a year) and size (of a dealer's lines)."""
    dealers = round(CUSTOMERS * DEALER_SHARE)
    is_dealer = np.arange(CUSTOMERS) < dealers
    country = random.choice(len(COUNTRY), CUSTOMERS, p=[country.share for country in COUNTRIES.values()])
    shares = np.array([kind.share for kind in KINDS.values()])
    by_type = np.vstack([tilted(shares * (flag == IS_DEALER), KIND_TILT, KIND) for flag in (False, True)])
    kind = pick(random, by_type, country + len(COUNTRY) * is_dealer)
    of_kind = pd.DataFrame(list(KINDS.values()), index=KIND).iloc[kind]
    by_country = np.array([places["share"] * (places["country"] == name) for name in COUNTRY], dtype=float)

    age = np.array([market.age for market in COUNTRIES.values()])[country]
    before = random.random(CUSTOMERS) < np.where(is_dealer, 0.65, 0.22 * age)
    joined = np.where(before, 0, (DAYS * random.random(CUSTOMERS) ** age).astype(int))
    stays = random.exponential(of_kind["years"].to_numpy() * 365)
    customers = pd.DataFrame(
        {
            "customer_id": [f"{'D' if dealer else 'C'}{number:04}" for number, dealer in enumerate(is_dealer, start=1)],
            "customer_type": of_kind["type"].to_numpy(),
            "country": country,
            "kind": kind,
            "location": pick(random, by_country, country),
            "joined": joined,
            "left": np.minimum(joined + stays, DAYS - 1).astype(int),
            "pace": of_kind["pace"].to_numpy() * random.gamma(1.6, 1 / 1.6, CUSTOMERS),
            "size": np.where(is_dealer, random.lognormal(-0.35, 0.95, CUSTOMERS), 1.0),
            "buys_at_once": ~before & (random.random(CUSTOMERS) < 0.80),
        }
    )
    second_largest = (customers["size"] * customers["pace"] * (customers["left"] > DAYS - 300)).nlargest(2).index[1]
    customers.loc[second_largest, ["joined", "left"]] = 0, (datetime.date(2026, 2, 12) - FIRST_DAY).days
    customers["customer_name"] = make_names(random, customers)
    return customers


def make_names(random: np.random.Generator, customers: pd.DataFrame) -> list[str]:
    names = []
    draws = random.integers(0, 1 << 30, (len(customers), 3)).tolist()
    for country, kind, (first, start, end) in zip(customers["country"], customers["kind"], draws, strict=True):
        of_country = COUNTRIES[COUNTRY[country]]
        starts, ends = of_country.surname_starts.split(), of_country.surname_ends.split()
        surname = starts[start % len(starts)] + ends[end % len(ends)]
        given = of_country.dealer_names.split("|") if IS_DEALER[kind] else of_country.first_names.split()
        chosen = given[first % len(given)]
        names.append(chosen.format(surname) if IS_DEALER[kind] else f"{chosen} {surname}")
    return names


def season(country: str, months: np.ndarray) -> np.ndarray:
    """How busy a month is, 1 on average: a wave that peaks in the country's spring, and gifts before the new year."""
    wave = 0.34 * np.cos((months - COUNTRIES[country].peak_month) * np.pi / 6)
    return 1 + wave + 0.22 * np.isin(months, [11, 12])


def make_calendar() -> np.ndarray:
    """How busy each day is, 1 on average in 2023: rows are countries, those of private customers, then of dealers."""
    weekday, month = DATES.day_of_week.to_numpy(), DATES.month.to_numpy()
    pace = 1.04 ** (np.arange(DAYS) / 365)
    pace = pace * np.where(QUARTER == 4 + 2, 0.66, 1.0)
    weeks = [np.array([0.9, 0.85, 0.9, 0.95, 1.05, 1.3, 1.05]), np.array([1.5, 1.4, 1.3, 1.3, 1.1, 0.4, 0.0])]
    calendar = np.array([pace * season(country, month) * week[weekday] for week in weeks for country in COUNTRY])
    france = [COUNTRY.index("France"), COUNTRY.index("France") + len(COUNTRY)]
    calendar[france] *= np.where(DATES >= "2026-04-01", 0.45, 1.0)
    return calendar


def make_orders(random: np.random.Generator, customers: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Each customer orders by a Poisson process whose pace is the country's calendar, between joining and leaving."""
    calendar = np.cumsum(np.pad(make_calendar(), ((0, 0), (1, 0))), axis=1) / 365
    row = customers["country"].to_numpy() + len(COUNTRY) * IS_DEALER[customers["kind"]]
    start, end = calendar[row, customers["joined"]], calendar[row, customers["left"] + 1]
    customer = np.repeat(np.arange(len(customers)), random.poisson(customers["pace"] * (end - start)))
    moment = start[customer] + random.random(len(customer)) * (end - start)[customer]
    day = np.empty(len(customer), dtype=int)
    for index, busy in enumerate(calendar):
        of_row = row[customer] == index
        day[of_row] = np.searchsorted(busy, moment[of_row], side="right") - 1
    first = np.flatnonzero(customers["buys_at_once"])
    customer, day = np.append(customer, first), np.append(day, customers["joined"].to_numpy()[first])

    orders = customers.loc[customer, ["customer_id", "country", "kind", "location", "size"]].reset_index(drop=True)
    orders["day"] = day
    is_dealer = IS_DEALER[orders["kind"]]
    chance = random.random((3, len(orders)))
    orders["channel"] = np.select(
        [is_dealer & (chance[0] < 0.62), is_dealer, chance[0] < 0.64],
        ["Dealer portal", "Field sales", "Online"],
        "Store",
    )
    away = ~is_dealer & (chance[1] < 0.06)
    orders.loc[away, "location"] = random.choice(len(places), away.sum(), p=places["share"] / places["share"].sum())
    recent = (orders["day"] > DAYS - 12) & (chance[2] > 0.65)
    orders["status"] = np.select([chance[2] < 0.016, recent], ["cancelled", "pending"], "sold")
    orders["location_id"] = places["location_id"].to_numpy()[orders["location"]]
    orders["discount"] = np.where(is_dealer, 0.25 + 0.03 * np.clip(np.log2(orders["size"]), -1, 3), 0.0)
    return orders.sort_values(["day", "customer_id"], kind="stable", ignore_index=True)


def make_reasons(random: np.random.Generator, orders: pd.DataFrame) -> pd.DataFrame:
    """Which reasons an order names, three at most, often none; a promotion lowers what a private customer pays."""
    names = [name for name, _, _ in REASONS]
    of_kind = np.array([shares for _, _, shares in REASONS]).T
    chance = np.array([tilted(shares, REASON_TILT, names) for shares in of_kind])[orders["kind"], orders["country"]]
    asked = random.random(len(orders)) < np.array([kind.gives_reason for kind in KINDS.values()])[orders["kind"]]
    named = (random.random(chance.shape) < chance) & asked[:, None]
    order, reason = np.nonzero(named & (named.cumsum(axis=1) <= 3))
    promoted = np.zeros(len(orders), dtype=bool)
    promoted[order[reason == names.index("Promotion")]] = True
    orders["discount"] += np.where(promoted & ~IS_DEALER[orders["kind"]], 0.15, 0.0)
    return pd.DataFrame({"order": order, "reason_id": [f"R{number + 1}" for number in reason]})


def make_lines(random: np.random.Generator, orders: pd.DataFrame, products: pd.DataFrame) -> pd.DataFrame:
    """What is bought: product by kind of buyer, country and quarter; prices rise by 2.5 % a year, costs by 3 %."""
    kinds, quarters = pd.DataFrame(list(KINDS.values())), np.arange(QUARTER.max() + 1)
    wanted = np.array([row[-1] for row in SUBCATEGORIES], dtype=float).T
    by_country = np.array([tilted(row, SUBCATEGORY_TILT, SUBCATEGORY) for row in wanted])
    rise = np.ones((len(quarters), len(SUBCATEGORY)))
    rise[:, SUBCATEGORY.index("Gravel Bikes")] = 0.35 * 1.17**quarters
    sold = products["popularity"].to_numpy() * (products["first_quarter"].to_numpy() <= quarters[:, None])
    index = products["subcategory_index"].to_numpy()
    weights = (by_country[:, :, None, :] * rise)[..., index] * sold

    order = np.repeat(np.arange(len(orders)), 1 + random.poisson(kinds["lines"].to_numpy()[orders["kind"]]))
    buyer = orders.loc[order, ["kind", "country", "day", "size", "discount"]].reset_index(drop=True)
    quarter, year = QUARTER[buyer["day"]], YEAR[buyer["day"]]
    group = np.ravel_multi_index((buyer["kind"], buyer["country"], quarter), weights.shape[:3])
    product = pick(random, weights.reshape(-1, len(products)), group)
    bought = products.iloc[product].reset_index(drop=True)
    is_dealer = IS_DEALER[buyer["kind"]]
    more = np.where(is_dealer, buyer["size"] * bought["pieces"], np.where(bought["price"] < 10000, 0.25, 0.02))
    more = more * np.where(buyer["kind"] == KIND.index("rental"), 3.0, 1.0)
    lines = pd.DataFrame({"order": order, "product_id": bought["product_id"], "quantity": 1 + random.poisson(more)})
    price = np.rint(bought["price"] * 1.025**year)
    lines["net"] = np.rint(lines["quantity"] * price * (1 - buyer["discount"])).astype(int)
    lines["cost"] = lines["quantity"] * np.rint(bought["price"] * bought["cost"] * 1.03**year)
    lines = lines.drop_duplicates(["order", "product_id"])

    loose = np.flatnonzero((orders["channel"] == "Field sales") & (random.random(len(orders)) < 0.03))
    whole = lines[lines["order"].isin(loose)].groupby("order", as_index=False)["net"].sum()
    itemised = lines[~lines["order"].isin(loose)]
    return pd.concat([itemised, whole]).sort_values("order", kind="stable", ignore_index=True)


def charge(random: np.random.Generator, orders: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """Add what each order is charged: net, tax of the country, freight. Some who pay in a store stay unknown."""
    net = lines.groupby("order")["net"].sum()
    tax = np.rint(net * np.array([country.tax for country in COUNTRIES.values()])[orders["country"]])
    freight = np.select(
        [IS_DEALER[orders["kind"]], orders["channel"] == "Store", net >= 15000], [np.rint(net * 0.012), 0, 0], 690
    )
    unknown = (orders["channel"] == "Store") & (random.random(len(orders)) < 0.04)
    return orders.assign(tax=tax, total=net + tax + freight, customer_id=orders["customer_id"].where(~unknown))


def take_back(random: np.random.Generator, orders: pd.DataFrame, lines: pd.DataFrame) -> tuple:
    """Some itemised orders come back after a while, whole or in part: orders of their own with negative lines."""
    itemised = lines.groupby("order")["product_id"].count().gt(0)
    later = orders["day"] + random.integers(4, 31, len(orders))
    back = (orders["status"] == "sold") & itemised & (later < DAYS) & (random.random(len(orders)) < 0.022)
    source = np.flatnonzero(back)
    returned = lines[lines["order"].isin(source)]
    kept = (random.random(len(returned)) < 0.4) & returned["order"].duplicated()
    returned = returned[~kept].assign(order=lambda frame: len(orders) + np.searchsorted(source, frame["order"]))
    returned[["quantity", "net", "cost"]] *= -1
    net = returned.groupby("order")["net"].sum().to_numpy()
    rate = (orders["tax"] / lines.groupby("order")["net"].sum()).to_numpy()[source]
    refunds = orders.loc[source].assign(day=later[source], status="returned", total=net + np.rint(net * rate))
    return pd.concat([orders, refunds], ignore_index=True), pd.concat([lines, returned], ignore_index=True)


def number(orders: pd.DataFrame, lines: pd.DataFrame, reasons: pd.DataFrame) -> tuple:
    """Put orders into the order of their days and give them, their lines and their reasons their identifiers."""
    by_day = np.argsort(orders["day"].to_numpy(), kind="stable")
    position = np.empty(len(orders), dtype=int)
    position[by_day] = np.arange(len(orders))
    name = np.array([f"S{number:06}" for number in range(1, len(orders) + 1)])
    orders = orders.iloc[by_day].assign(order_id=name, order_date=lambda frame: DATES[frame["day"]])
    lines = lines.assign(order=position[lines["order"]]).sort_values("order", kind="stable", ignore_index=True)
    lines = lines.assign(order_id=name[lines["order"]], line_number=lines.groupby("order").cumcount() + 1)
    reasons = reasons.assign(order_id=name[position[reasons["order"]]]).sort_values(["order_id", "reason_id"])
    amounts = {"net": "net_amount", "cost": "cost_amount", "total": "total_amount"}
    return orders.rename(columns=amounts), lines.rename(columns=amounts), reasons


def make_targets() -> pd.DataFrame:
    """The plan of each year, spread over its months as the countries' seasons would have it."""
    month = np.arange(1, 13)
    share = sum(market.share * season(name, month) for name, market in COUNTRIES.items())
    rows = [
        (pd.Timestamp(year, number, 1), round(amount * part / share.sum(), -4) * 100)
        for year, amount in PLAN.items()
        for number, part in zip(month, share, strict=True)
    ]
    return pd.DataFrame(rows, columns=["month", "revenue_target"])


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
        return generate(folder)
    # star.writing swaps whole folders, which would take this file away: only the star's own files move.
    with tempfile.TemporaryDirectory(dir=HERE) as beside:
        generate(Path(beside) / "star")
        for file in sorted((Path(beside) / "star").iterdir()):
            os.replace(file, HERE / file.name)


if __name__ == "__main__":
    main()
