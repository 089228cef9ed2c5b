"""An export's words for an order's state become sold, pending, cancelled or returned."""

from collections.abc import Iterable, Mapping

from core.exports.places import plain

# Roots of words, in the order they are tried: "partially refunded" is still a sale, "not paid" is not one yet.
_ROOTS = (
    ("sold", ("partially refunded", "partly refunded", "partially paid", "partially shipped", "teilweise")),
    ("pending", ("unpaid", "not paid", "unfulfilled", "unshipped", "awaiting", "draft")),
    ("cancelled", ("cancel", "annul", "storn", "void", "reject", "fail", "declin", "expired", "trash", "abgelehnt",
                   "refuse", "unavailable", "abgebrochen", "abandon", "chargeback")),
    ("returned", ("return", "refund", "retour", "devol", "reembols", "rembours", "erstatt", "zuruck", "reso", "rma")),
    ("pending", ("pending", "on hold", "hold", "processing", "in process", "created", "approved", "authorized",
                 "invoiced", "waiting", "offen", "open", "wartend", "bearbeitung", "attente", "en cours", "pendiente",
                 "pendente", "backorder", "new", "neu", "nouveau", "nuevo", "in attesa", "entwurf", "brouillon")),
    ("sold", ("sold", "paid", "complet", "complete", "shipped", "delivered", "fulfilled", "closed", "done", "invoice",
              "bezahlt", "abgeschlossen", "versandt", "versendet", "geliefert", "erledigt", "paye", "livre", "expedie",
              "termine", "pagado", "pago", "enviado", "entregado", "entregue", "completado", "concluido", "pagato",
              "spedito", "evaso", "consegnato", "success", "ok", "dispatched", "settled", "finished", "abgeholt")),
)  # fmt: skip


def status_of(word: str) -> str | None:
    """The status that a word stands for; None where it is not known."""
    name = plain(word)
    return next((status for status, roots in _ROOTS if any(root in name for root in roots)), None)


def translate(words: Iterable[str], known: Mapping[str, str]) -> dict[str, tuple[str, bool]]:
    """Each word with its status and whether it was known; an unknown word counts as sold, and the account says so."""
    result = {}
    for word in words:
        status = known.get(word) or status_of(word)
        result[word] = (status or "sold", status is not None)
    return result
