"""Who trades on the sample's market and when: its calendar, places, products and customers."""

import datetime

import numpy as np
import pandas as pd
from world import COUNTRIES, KIND_TILT, KINDS, PLACES, SUBCATEGORIES

FIRST_DAY, LAST_DAY = datetime.date(2023, 1, 1), datetime.date(2026, 9, 17)
DATES = pd.date_range(FIRST_DAY, LAST_DAY)
DAYS = len(DATES)
YEAR = DATES.year.to_numpy() - FIRST_DAY.year
QUARTER = YEAR * 4 + DATES.quarter.to_numpy() - 1
WEAK_QUARTER = 4 + 2  # the third of 2024
LOST_DEALER_LEFT = datetime.date(2026, 2, 12)
FRANCE_SHRINKS = datetime.date(2026, 4, 1)
CUSTOMERS, DEALERS = 6000, 420
PLAN = {2023: 20_500_000, 2024: 25_000_000, 2025: 29_000_000, 2026: 36_000_000}

COUNTRY = list(COUNTRIES)
KIND = list(KINDS)
IS_DEALER = np.array([kind.type == "Dealer" for kind in KINDS.values()])


def tilted(shares: np.ndarray, tilt: dict, names: list[str]) -> np.ndarray:
    """Shares by country (rows) and name: the given ones (broadcast to that shape) times each country's tilt."""
    factors = [[tilt.get((country, name), 1.0) for name in names] for country in COUNTRY]
    return shares * np.array(factors)


def pick(random: np.random.Generator, weights: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """One column of `weights` for each of `rows`, drawn in proportion to that row's weights."""
    cumulative = np.cumsum(weights, axis=1)
    cumulative = cumulative / cumulative[:, -1:] + np.arange(len(weights))[:, None]
    return np.searchsorted(cumulative.ravel(), rows + random.random(len(rows)), side="right") % weights.shape[1]


def season(country: str, months: np.ndarray) -> np.ndarray:
    """How busy a month is, 1 on average: a wave that peaks in the country's spring, and gifts before the new year."""
    wave = 0.34 * np.cos((months - COUNTRIES[country].peak_month) * np.pi / 6)
    return 1 + wave + 0.22 * np.isin(months, [11, 12])


def make_calendar() -> np.ndarray:
    """How busy each day is, 1 on average in 2023: rows are countries, those of private customers, then of dealers."""
    weekday, month = DATES.day_of_week.to_numpy(), DATES.month.to_numpy()
    pace = 1.04 ** (np.arange(DAYS) / 365)
    pace = pace * np.where(QUARTER == WEAK_QUARTER, 0.66, 1.0)
    weeks = [np.array([0.9, 0.85, 0.9, 0.95, 1.05, 1.3, 1.05]), np.array([1.5, 1.4, 1.3, 1.3, 1.1, 0.4, 0.0])]
    calendar = np.array([pace * season(country, month) * week[weekday] for week in weeks for country in COUNTRY])
    france = [COUNTRY.index("France"), COUNTRY.index("France") + len(COUNTRY)]
    calendar[france] *= np.where(pd.Timestamp(FRANCE_SHRINKS) <= DATES, 0.45, 1.0)
    return calendar


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
    is_dealer = np.arange(CUSTOMERS) < DEALERS
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
            "size": np.where(is_dealer, np.minimum(random.lognormal(-0.35, 0.95, CUSTOMERS), 6), 1.0),
            "buys_at_once": ~before & (random.random(CUSTOMERS) < 0.80),
        }
    )
    german_shops = (country == COUNTRY.index("Germany")) & (kind == KIND.index("shop"))
    lost = np.argmax(german_shops)  # the first of them
    customers.loc[lost, ["joined", "left", "pace", "size"]] = 0, (LOST_DEALER_LEFT - FIRST_DAY).days, 20.0, 5.0
    customers["customer_name"] = make_names(random, customers)
    return customers


def make_names(random: np.random.Generator, customers: pd.DataFrame) -> np.ndarray:
    """A name each, as found in their country; people may share one, dealers do not."""
    names = np.empty(len(customers), dtype=object)
    for index, country in enumerate(COUNTRIES.values()):
        surnames = [start + end for start in country.surname_starts.split() for end in country.surname_ends.split()]
        people = [f"{first} {{}}" for first in country.first_names.split()]
        for is_dealer, patterns in ((False, people), (True, country.dealer_names.split("|"))):
            bearers = np.flatnonzero((customers["country"] == index) & (IS_DEALER[customers["kind"]] == is_dealer))
            known = [pattern.format(surname) for pattern in patterns for surname in surnames]
            names[bearers] = random.choice(known, len(bearers), replace=not is_dealer)
    return names
