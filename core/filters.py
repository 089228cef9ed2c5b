"""What a viewer chose: a value, its link, its SQL.

A filter key picks at one level: people (customers), orders, or lines; period keys pick days (core/periods.py). The same
keys serve the command line, the address bar and saved views. Values are kept as they stand in a link.
"""

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core import pareto


class Level(StrEnum):
    """What a key picks."""

    PERIOD = "period"
    AS_OF = "as-of day"
    PEOPLE = "customers"
    ORDERS = "orders"
    LINES = "lines"
    RULE = "rule"
    COMPARE = "comparison"  # read by the page that compares; no figure elsewhere depends on it


@dataclass(frozen=True)
class Key:
    """One filter key: its label, what it picks, and the SQL that a fact row must meet."""

    name: str
    label: str
    level: Level
    condition: str = ""
    example: str = ""
    pattern: str = r".+"


_YEAR = r"(?:19|20|21)\d\d"
_DAY, _SHARE = rf"{_YEAR}-\d\d-\d\d", r"0?\.\d+|[01](\.0+)?"
KEYS: dict[str, Key] = {
    key.name: key
    for key in (
        Key("from", "From", Level.PERIOD, example="2014-01-31", pattern=_DAY),
        Key("to", "To", Level.PERIOD, example="2014-01-31", pattern=_DAY),
        Key("year", "Year", Level.PERIOD, example="2014", pattern=_YEAR),
        Key("quarter", "Quarter", Level.PERIOD, example="2014-Q1", pattern=rf"{_YEAR}-Q[1-4]"),
        Key("month", "Month", Level.PERIOD, example="2014-01", pattern=rf"{_YEAR}-(0[1-9]|1[0-2])"),
        Key("as_of", "As of", Level.AS_OF, example="2014-01-31", pattern=_DAY),
        Key("segment", "Segment", Level.PEOPLE, "segment in $segment"),
        Key("tier", "Tier", Level.PEOPLE, "tier in $tier"),
        Key("customer", "Customer", Level.PEOPLE,
            "customer_key in (select customer_key from customers where customer_id in $customer)"),
        Key("recency_score", "Recency score", Level.PEOPLE, "recency_score in $recency_score", "5", "[1-5]"),
        Key("frequency_score", "Frequency score", Level.PEOPLE, "frequency_score in $frequency_score", "5", "[1-5]"),
        Key("monetary_score", "Monetary score", Level.PEOPLE, "monetary_score in $monetary_score", "5", "[1-5]"),
        Key("continent", "Continent", Level.ORDERS, "continent in $continent"),
        Key("country", "Country", Level.ORDERS, "country in $country"),
        Key("region", "Region", Level.ORDERS, "region in $region"),
        Key("channel", "Channel", Level.ORDERS, "channel in $channel"),
        Key("reason", "Reason", Level.ORDERS,
            "reason_set_key in (select reason_set_key from reason_sets where reason in $reason)"),
        Key("category", "Category", Level.LINES, "category in $category"),
        Key("subcategory", "Subcategory", Level.LINES, "subcategory in $subcategory"),
        Key("product", "Product", Level.LINES,
            "product_key in (select product_key from products where product in $product or product_id in $product"
            " union all select 0 where 'Not itemised' in $product)"),
        Key("top_cut", "Top Clients end at", Level.RULE, example="0.7", pattern=_SHARE),
        Key("mid_cut", "Mid Range Clients end at", Level.RULE, example="0.9", pattern=_SHARE),
        Key("target_growth", "Target growth", Level.RULE, example="0.08", pattern=r"-?\d*\.?\d+"),
        Key("compare", "Compare", Level.COMPARE, example="segment:Champions"),
    )
}  # fmt: skip
SINGLE = ("from", "to", "as_of", "top_cut", "mid_cut", "target_growth")
LINK_KEYS = ("data", "version", "story", "step", "present")  # of a link, not of a filter
# The kinds of things that `compare` holds against each other, two of one kind; a bare value is looked up in this order.
COMPARED = (
    *("segment", "tier", "country", "year", "quarter", "month", "continent", "region", "channel"),
    *("category", "subcategory", "reason", "product"),
)


@dataclass(frozen=True)
class Filter:
    """An immutable choice: key → values, several values of a key meaning "or". Equal choices are equal values."""

    values: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @classmethod
    def of(cls, **values: str | Iterable[str]) -> "Filter":
        """A filter from keyword arguments; `from` is written `from_`."""
        return cls().choose(**values)

    def get(self, key: str) -> tuple[str, ...]:
        """The values of a key, empty where it is off."""
        return dict(self.values).get(key, ())

    def one(self, key: str) -> str | None:
        """The value of a key that takes one, else None."""
        return next(iter(self.get(key)), None)

    def choose(self, **values: str | Iterable[str] | None) -> "Filter":
        """This filter with the keys named set anew; None or nothing clears one."""
        kept = dict(self.values)
        for name, chosen in values.items():
            key = name.rstrip("_")
            listed = (chosen,) if isinstance(chosen, str) else tuple(dict.fromkeys(map(str, chosen or ())))
            kept.pop(key, None)
            if listed:
                kept[key] = listed
        return Filter(tuple((key, kept[key]) for key in KEYS if key in kept))

    def without(self, *keys: str) -> "Filter":
        """This filter with some keys lifted."""
        return Filter(tuple(item for item in self.values if item[0] not in keys))

    def without_level(self, *levels: Level) -> "Filter":
        """This filter with every key of some levels lifted."""
        return Filter(tuple(item for item in self.values if KEYS[item[0]].level not in levels))

    def has(self, *levels: Level) -> bool:
        """Whether any key of these levels is on."""
        return any(KEYS[key].level in levels for key, _ in self.values)

    def query(self) -> dict[str, list[str]]:
        """The filter as it stands in a link."""
        return {key: list(chosen) for key, chosen in self.values}

    @property
    def as_of(self) -> datetime.date | None:
        """The day after which orders are hidden, where one is chosen."""
        chosen = self.one("as_of")
        return datetime.date.fromisoformat(chosen) if chosen else None

    @property
    def cut_offs(self) -> pareto.CutOffs:
        """The tier cut-offs in force."""
        usual = pareto.default_cut_offs()
        return pareto.CutOffs(float(self.one("top_cut") or usual.top), float(self.one("mid_cut") or usual.mid))


def read(query: Mapping[str, str | Sequence[str]]) -> tuple[Filter, list[str]]:
    """A filter from a link's or a command line's keys and values, and a sentence for each one that was ignored.

    Only the form is looked at here; whether a value exists in the data is `known`'s question.
    """
    chosen: dict[str, list[str]] = {}
    notes = []
    for name, given in query.items():
        if name in LINK_KEYS:
            continue
        if name not in KEYS:
            notes.append(f"There is no filter {name!r}; it was ignored.")
            continue
        values = [given] if isinstance(given, str) else list(given)
        for value in (text.strip() for text in values if text.strip()):
            if fault := _fault(KEYS[name], value):
                notes.append(f"{name}={value} was ignored: {fault}.")
            else:
                chosen.setdefault(name, []).append(value)
        if name in SINGLE and len(chosen.get(name, [])) > 1:
            notes.append(f"{name} takes one value; {chosen[name][-1]} was taken.")
            chosen[name] = chosen[name][-1:]
    return Filter().choose(**chosen), notes


def known(filter: Filter, choices: Mapping[str, Sequence[str]]) -> tuple[Filter, list[str]]:
    """The filter without values that the data does not have (spelled in any case), and a sentence for each of those."""
    notes = []
    for key, chosen in filter.values:
        if key == "compare":
            sides, said = _known_sides(chosen, choices)
            filter, notes = filter.choose(compare=sides), [*notes, *said]
        if key not in choices:
            continue
        spelled = _spelled(chosen, choices[key])
        for value in chosen:
            if value not in spelled:
                notes.append(f"The data has no {KEYS[key].label.lower()} {value!r}; it was ignored.")
        filter = filter.choose(**{key: spelled.values()})
    return filter, notes


def contradiction(filter: Filter) -> tuple[str, tuple[str, ...]] | None:
    """The sentence that says which choices exclude each other, and the keys to lift; None where all go together."""
    cuts = filter.cut_offs
    if cuts.top > cuts.mid:
        return (
            f"top_cut {cuts.top:g} lies above mid_cut {cuts.mid:g}; Top Clients must end before Mid Range Clients do.",
            ("top_cut", "mid_cut"),
        )
    first, last = filter.one("from"), filter.one("to")
    if first and last and first > last:
        return f"from {first} lies after to {last}; swap them.", ("from", "to")
    return None


def conditions(filter: Filter, *levels: Level) -> tuple[str, dict[str, list]]:
    """The SQL condition and parameters of the filter's keys of some levels; "true" where none is on."""
    parts, parameters = [], {}
    for key, chosen in filter.values:
        if KEYS[key].level in levels and KEYS[key].condition:
            parts.append(KEYS[key].condition)
            parameters[key] = [int(value) for value in chosen] if key.endswith("_score") else list(chosen)
    return " and ".join(parts) or "true", parameters


def side_of(text: str) -> tuple[str, str]:
    """The kind and the value of a side as `known` leaves it: ("segment", "Loyal") of segment:Loyal."""
    kind, _, value = text.partition(":")
    return kind, value


def _known_sides(chosen: Sequence[str], choices: Mapping[str, Sequence[str]]) -> tuple[list[str], list[str]]:
    """At most two sides of one kind, each written kind:value, and a sentence for each one that was ignored."""
    sides: list[str] = []
    notes = []
    for text in chosen:
        kind = side_of(sides[0])[0] if sides else ""
        found, fault = _looked_up(text, kind, choices)
        if not fault and kind not in ("", side_of(found)[0]):
            fault = f"compare={found} was ignored: both sides are of one kind, and {sides[0]} came first."
        if not fault and found not in sides and len(sides) == 2:
            fault = f"compare takes two; {found} was ignored."
        if fault:
            notes.append(fault)
        elif found not in sides:
            sides.append(found)
    return sides, notes


def _looked_up(text: str, kind: str, choices: Mapping[str, Sequence[str]]) -> tuple[str, str]:
    """A side written kind:value, or a sentence that says why it is none. A bare value is first sought in `kind`."""
    named, colon, rest = (part.strip() for part in text.partition(":"))
    asked = named.casefold() if colon and named.casefold() in COMPARED else ""
    value = rest if asked else text
    for key in (asked,) if asked else sorted(COMPARED, key=lambda key: key != kind):
        if KEYS[key].level is Level.PERIOD:
            if re.fullmatch(KEYS[key].pattern, value.upper()):
                return f"{key}:{value.upper()}", ""
            if asked:
                return "", f"compare={text} was ignored: it must look like {key}:{KEYS[key].example}."
        if spelled := _spelled([value], choices.get(key, ())):
            return f"{key}:{spelled[value]}", ""
    what = f"no {KEYS[asked].label.lower()}" if asked else "nothing called"
    return "", f"The data has {what} {value!r} to compare; it was ignored."


def _spelled(chosen: Sequence[str], choices: Sequence[str]) -> dict[str, str]:
    """How the data spells each value that it has: exactly so, else the first that differs by case alone."""
    exact = set(chosen).intersection(choices)
    folded: dict[str, str] = {}
    if len(exact) < len(chosen):
        for value in choices:
            folded.setdefault(value.casefold(), value)
    found = {value: value if value in exact else folded.get(value.casefold()) for value in chosen}
    return {value: spelling for value, spelling in found.items() if spelling is not None}


def _fault(key: Key, value: str) -> str | None:
    if not re.fullmatch(key.pattern, value):
        return f"it must look like {key.example}"
    if key.pattern == _DAY:
        try:
            datetime.date.fromisoformat(value)
        except ValueError:
            return "there is no such day"
    return None
