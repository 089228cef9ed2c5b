"""How well a column's name fits a field, by what column_names.toml says such columns are called."""

import re
import tomllib
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz, process

from core.exports.places import plain

_LATER = 0.0003  # how much less sure a name is than the one before it in its list
FUZZY = 88  # percent of likeness from which a misspelt name still counts
NAMES_FILE = Path(__file__).with_name("column_names.toml")


def compact(name: str) -> str:
    """A column's name for comparing: plain letters and figures, no blanks, camel case taken apart first."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("№", " no ").replace("#", " number ").replace("€", " ")
    return plain(spaced).replace(" ", "")


@cache
def _fields() -> dict[str, str]:
    """Each known name with its field; a name of two fields belongs to the first."""
    fields: dict[str, str] = {}
    for field, names in tomllib.loads(NAMES_FILE.read_text(encoding="utf-8")).items():
        for name in [field, *names.split(",")]:
            fields.setdefault(plain(name).replace(" ", ""), field)
    return fields


@cache
def _ranks() -> dict[str, int]:
    """The place of each name among its field's: of two columns that fit, the commoner name is taken."""
    seen: dict[str, int] = {}
    ranks = {}
    for name, field in _fields().items():
        seen[field] = ranks[name] = seen.get(field, -1) + 1
    return ranks


def fields_of(name: str) -> dict[str, float]:
    """The fields that a column's name may mean, each with how sure that is (0-1); none where the name says nothing."""
    text = compact(name)
    if not text:
        return {}
    known = _fields()
    if text in known:
        return {known[text]: 1.0 - _LATER * _ranks()[text]}
    bare = re.sub(r"(usd|eur|gbp|chf|brl|inr|number|nummer|net|local)$", "", text)
    if bare != text and bare in known:
        return {known[bare]: 0.9}
    found: dict[str, float] = {}
    if len(text) > 4:
        for match, score, _ in process.extract(text, known.keys(), scorer=fuzz.ratio, score_cutoff=FUZZY, limit=3):
            found[known[match]] = max(found.get(known[match], 0.0), 0.8 * score / 100)
    if not found:
        found = _by_ending(text, known)
    return found


def _by_ending(text: str, known: dict[str, str]) -> dict[str, float]:
    """A known name of six letters or more at the end or start: `shop_order_number`, `quantity_pcs`."""
    fitting = [name for name in known if len(name) >= 6 and _stands_at_edge(text, name, known[name])]
    longest = max(fitting, key=len, default=None)
    return {known[longest]: 0.7 if text.endswith(longest) else 0.5} if longest else {}


def _stands_at_edge(text: str, name: str, field: str) -> bool:
    """At the end; or at the start, but for keys and names: a customer's age is no customer."""
    return text.endswith(name) or (text.startswith(name) and not field.endswith(("_id", "_name", "_number")))
