"""An export's words for an order's state become sold, pending, cancelled or returned."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from core.exports.places import plain

WORDS_FILE = Path(__file__).with_name("status_words.toml")
# Documents that give money back, whatever the sign of their amounts.
CREDITS = re.compile(
    r"\b(credit (note|memo)s?|creditnote|creditmemo|sales credit|accreccredit|gutschrift(en)?|rechnungskorrektur"
    r"|stornorechnung|avoir|note de credit|nota de credito|nota di credito|(factura )?rectificativa|abono|sc)\b"
)
_DOCUMENTS = re.compile(
    r"\b(invoice|rechnung|facture|factura|fattura|fatura|sale|sales|si|refund|return|verkauf|payment)\b"
)


def status_of(word: str) -> str | None:
    """The status that a word stands for; None where it is not known."""
    name = plain(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", word))
    return next((status for status, pattern in _patterns() if pattern.search(name)), None)


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    found = []
    for group in tomllib.loads(WORDS_FILE.read_text(encoding="utf-8"))["words"]:
        beginnings = "|".join(text.strip().replace(".", r"\b") for text in group["beginnings"].split(","))
        found.append((group["status"], re.compile(rf"\b({beginnings})")))
    return found


def is_credit(word: str) -> bool:
    """Whether a kind of document gives money back: a credit note, a Gutschrift, an avoir."""
    return bool(CREDITS.search(plain(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", word))))


def is_document(word: str) -> bool:
    """Whether a word names a kind of document: an invoice or a credit note, a sale or a refund."""
    return is_credit(word) or bool(_DOCUMENTS.search(plain(word)))


def translate(words: Iterable[str], known: Mapping[str, str]) -> dict[str, tuple[str, bool]]:
    """Each word with its status and whether it was known; an unknown word counts as sold, and the account says so."""
    result = {}
    for word in words:
        status = known.get(word) or status_of(word)
        result[word] = (status or "sold", status is not None)
    return result
