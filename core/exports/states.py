"""What several columns say together of an order's state: its status, a date of cancellation, the kind of document."""

import re
from collections.abc import Iterable, Mapping

import duckdb

from core.exports import statuses
from core.exports.columns import Column
from core.exports.places import plain
from core.exports.plan import Part, Plan
from core.exports.quoting import identifier, literal

_SIGNED = ("net_amount", "total_amount", "quantity", "cost_amount")
_INVOICES = re.compile(r"\b(invoice|rechnung|facture|factura|fattura|fatura|si)\b")
_PAYMENTS = re.compile(r"\b(payments?|zahlung|paiement|pagos?|pagamento|deposit|transfer|payout|journal|sr|sa)\b")


def combine(
    connection: duckdb.DuckDBPyConnection,
    plan: Plan,
    part: Part,
    taken: Mapping[str, Column],
    columns: Iterable[Column],
) -> None:
    """Let the part's status be cancelled where any column says so, and the kind of document where that tells more."""
    cases = _cancelled(connection, plan, part, taken, columns)
    kind = taken.get("document_type")
    if kind:
        _read_kinds(plan, part, kind, _words(connection, part, kind), cases)
    if not cases:
        return
    rest = part.fields.get("status", "null")
    part.fields["status"] = f"case {' '.join(cases)} else {rest} end"
    part.columns.setdefault("status", kind.name if kind else taken["cancelled_date"].name)


def _cancelled(
    connection: duckdb.DuckDBPyConnection,
    plan: Plan,
    part: Part,
    taken: Mapping[str, Column],
    columns: Iterable[Column],
) -> list[str]:
    cases = []
    if date := taken.get("cancelled_date"):
        cases.append(f"when trim(t.{identifier(date.name)}) <> '' then 'cancelled'")
        plan.decisions.append(f"{part.table.file}: orders with a date in {date.name} are cancelled.")
    main = taken.get("status")
    for column in columns if main else ():
        if column is main or column.name in part.columns.values() or column.scores.get("status", 0) < 0.7:
            continue
        words = [word for word in _words(connection, part, column) if statuses.status_of(word) == "cancelled"]
        if words:
            cases.append(f"when trim(t.{identifier(column.name)}) in ({_list(words)}) then 'cancelled'")
            plan.decisions.append(
                f"{part.table.file}: orders are cancelled where {column.name} says so ({', '.join(words[:3])})."
            )
    return cases


def _read_kinds(plan: Plan, part: Part, kind: Column, words: list[str], cases: list[str]) -> None:
    """Credit notes give money back; where there are invoices, payments are no sales; the rest is what it says."""
    text = f"trim(t.{identifier(kind.name)})"
    if any(_INVOICES.search(plain(word)) for word in words):
        part.no_sales = [word for word in words if _PAYMENTS.search(plain(word))]
    credits = [word for word in words if statuses.is_credit(word)]
    told = [word for word in words if word in credits or word in part.no_sales or "status" not in part.fields]
    told += [word for word in words if word not in told and statuses.status_of(word) in ("pending", "cancelled")]
    if told:
        cases.append(f"when {text} in ({_list(told)}) then {text}")
    if credits:
        part.credits = credits
        plan.decisions.append(f"{part.table.file}: amounts of {', '.join(credits[:3])} in {kind.name} are given back.")


def turn_credits(part: Part) -> None:
    """Let the amounts of credit notes be below zero, however they are written; once all amounts are derived."""
    if not part.credits:
        return
    for name in _SIGNED:
        if part.fills(name):
            amount = part.derived.get(name, name)
            part.derived[name] = (
                f"case when trim(status) in ({_list(part.credits)}) then -abs({amount}) else {amount} end"
            )


def _words(connection: duckdb.DuckDBPyConnection, part: Part, column: Column) -> list[str]:
    """Every word of a column, from the whole file."""
    text = f"trim(t.{identifier(column.name)})"
    found = connection.execute(
        f"select distinct {text} from {part.table.relation} t where {text} <> '' order by 1 limit 1000"
    ).fetchall()
    return [row[0] for row in found]


def _list(words: Iterable[str]) -> str:
    return ", ".join(map(literal, words))
