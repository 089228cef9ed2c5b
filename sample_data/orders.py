"""What the sample's customers order, why, line by line, what they are charged and what they send back."""

import numpy as np
import pandas as pd
from market import COUNTRY, DATES, DAYS, IS_DEALER, KIND, QUARTER, YEAR, make_calendar, pick, tilted
from world import COUNTRIES, KINDS, REASON_TILT, REASONS, SUBCATEGORIES, SUBCATEGORY_TILT

SUBCATEGORY = [row[1] for row in SUBCATEGORIES]


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
