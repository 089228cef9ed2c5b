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
# Words that say whether tax is in an amount: of two such columns the fitting one is taken.
_WITHOUT_TAX = re.compile(
    r"\b(tax excl|excl tax|excl vat|excluding tax|excluding vat|ex tax|ex vat|ex gst|without tax|before tax|hors taxes?"
    r"|ht|netto|net|exkl mwst|ohne mwst|exkl ust|sin iva|sin impuestos|sem impostos|iva esclusa|untaxed)\b"
)
_WITH_TAX = re.compile(
    r"\b(tax incl|incl tax|incl vat|including tax|including vat|inc tax|inc vat|inc gst|with tax|ttc|brutto|gross"
    r"|inkl mwst|inkl ust|con iva|con impuestos|com impostos|iva inclusa|toutes taxes comprises)\b"
)
_PREFIX = re.compile(
    r"^(rechnungs ?adresse|liefer ?adresse|rechnung|lieferung|bestellung|kunden?|kaufer|sell to|bill to|ship to|billing"
    r"|shipping|delivery|recipient|customer|client|buyer|order|invoice|facturation|livraison|facturacion|envio|entrega"
    r"|cliente)\s+"
)
# What a name speaks of even where another known name stands at its edge: shipping tax is a tax, no shipping.
_SUBJECTS = {
    "tax_amount": {
        "tax",
        "taxes",
        "vat",
        "gst",
        "mwst",
        "ust",
        "steuer",
        "tva",
        "iva",
        "impuesto",
        "impuestos",
        "imposto",
    },
    "discount": {"discount", "discounts", "rabatt", "remise", "descuento", "desconto", "sconto", "promotion", "coupon"},
}


def compact(name: str) -> str:
    """A column's name for comparing: plain letters and figures, no blanks, camel case taken apart first."""
    return _words(name).replace(" ", "")


def _words(name: str) -> str:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("№", " no ").replace("#", " number ").replace("€", " ")
    return plain(spaced)


@cache
def _fields() -> dict[str, tuple[str, ...]]:
    """Each known name with its fields, the first one first: content decides between several."""
    fields: dict[str, tuple[str, ...]] = {}
    for field, names in tomllib.loads(NAMES_FILE.read_text(encoding="utf-8")).items():
        for name in [field, *names.split(",")]:
            key = plain(name).replace(" ", "")
            if field not in fields.get(key, ()):
                fields[key] = (*fields.get(key, ()), field)
    return fields


@cache
def _by_words() -> dict[tuple[str, ...], str]:
    """The known names by their words in alphabetical order: `id_order` is an order id."""
    names: dict[tuple[str, ...], str] = {}
    for field, text in tomllib.loads(NAMES_FILE.read_text(encoding="utf-8")).items():
        for name in [field, *text.split(",")]:
            words = tuple(sorted(plain(name).split()))
            if len(words) > 1:
                names.setdefault(words, "".join(plain(name).split()))
    return names


@cache
def _ranks() -> dict[tuple[str, str], int]:
    """The place of each name among its field's: of two columns that fit, the commoner name is taken."""
    seen: dict[str, int] = {}
    ranks = {}
    for name, fields in _fields().items():
        for field in fields:
            seen[field] = ranks[name, field] = seen.get(field, -1) + 1
    return ranks


def fields_of(name: str) -> dict[str, float]:
    """The fields that a column's name may mean, each with how sure that is (0-1); none where the name says nothing."""
    if not compact(name):
        return {}
    if found := _known(_words(name)):
        return found
    if found := _taxed(_words(name)):
        return found
    if (bare := _PREFIX.sub("", _words(name))) != _words(name) and (found := _known(bare) or _taxed(bare)):
        # An order's place is where it was sent.
        factor = 0.9 if re.match("(liefer|ship|delivery|recipient|livraison|envio|entrega)", _words(name)) else 0.89
        return {field: factor * score for field, score in found.items()}
    inner = re.sub(r"\s*[(\[][^)\]]*[)\]]\s*$", "", name)
    for shorter, factor in ((inner, 0.97), (re.split(r"[/.:>]", inner)[-1], 0.93)):
        if shorter != name and compact(shorter) and (found := _known(_words(shorter)) or _taxed(_words(shorter))):
            return {field: factor * score for field, score in found.items()}
    return _resembling(_words(name))


def _known(words: str) -> dict[str, float]:
    """A name that is in the lists, as it stands, without a currency or unit at its end, or in another order."""
    text, known = words.replace(" ", ""), _fields()
    if text in known:
        return {field: 1.0 - _LATER * _ranks()[text, field] for field in known[text]}
    if (other := _by_words().get(tuple(sorted(words.split())))) in known:
        return dict.fromkeys(known[other], 0.93)
    bare = re.sub(r"(usd|eur|gbp|chf|brl|inr|number|nummer|local)$", "", text)
    return dict.fromkeys(known[bare], 0.9) if bare != text and bare in known else {}


def _taxed(words: str) -> dict[str, float]:
    """An amount's name with a word for its tax: a total is with tax, a line's amount or price without."""
    for pattern, without in ((_WITHOUT_TAX, True), (_WITH_TAX, False)):
        bare = " ".join(pattern.sub(" ", words).split())
        if bare and bare != words and (found := _known(bare)):
            found = {
                field: score for field, score in found.items() if field.endswith(("amount", "price", "cost", "total"))
            }
            fits = {field: without != (field == "total_amount") for field in found}
            return {field: score * (0.97 if fits[field] else 0.88) for field, score in found.items()}
    return {}


def _resembling(words: str) -> dict[str, float]:
    """A misspelt name, or a longer one with a known name at its edge."""
    text, known = words.replace(" ", ""), _fields()
    found: dict[str, float] = {}
    if len(text) > 4:
        for match, score, _ in process.extract(text, known.keys(), scorer=fuzz.ratio, score_cutoff=FUZZY, limit=3):
            for field in known[match]:
                found[field] = max(found.get(field, 0.0), 0.8 * score / 100)
    found = found or _by_ending(text, known)
    if re.search(r"\b(id|key)$", words):  # a key is no name
        found = {field: score for field, score in found.items() if field.endswith(("_id", "_number"))}
    for field, subject in _SUBJECTS.items():
        if subject & set(words.split()):
            return {field: found[field]} if field in found else {}
    return found


def _by_ending(text: str, known: dict[str, tuple[str, ...]]) -> dict[str, float]:
    """A known name of six letters or more at the end or start: `shop_order_number`, `quantity_pcs`."""
    fitting = [name for name in known if len(name) >= 6 and _stands_at_edge(text, name, known[name][0])]
    longest = max(fitting, key=len, default=None)
    return dict.fromkeys(known[longest], 0.7 if text.endswith(longest) else 0.5) if longest else {}


def _stands_at_edge(text: str, name: str, field: str) -> bool:
    """At the end; or at the start, but for keys and names: a customer's age is no customer."""
    return text.endswith(name) or (text.startswith(name) and not field.endswith(("_id", "_name", "_number")))
