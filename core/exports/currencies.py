"""One reporting currency: amounts of several are refused, held to one, or split into a star each; never summed."""

import re

import duckdb

from core.exports.numbers import currency_pattern
from core.exports.plan import Part, Plan
from core.exports.quoting import literal
from core.star import Refused

SPLIT = "split"
_SIGNS = {"€": "EUR", "$": "USD", "US$": "USD", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₩": "KRW", "₺": "TRY"}
_SIGNS |= {"₪": "ILS", "₫": "VND", "₴": "UAH", "₦": "NGN", "฿": "THB", "zł": "PLN", "Kč": "CZK", "Ft": "HUF"}
_SIGNS |= {"CA$": "CAD", "C$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "HK$": "HKD", "R$": "BRL", "MX$": "MXN"}
_SIGNS |= dict.fromkeys(("euro", "euros", "Euro", "Euros"), "EUR") | dict.fromkeys(("Fr", "Fr."), "CHF")
_FIRST = 50_000  # rows of a streamed table
_AMOUNTS = ("total_amount", "net_amount", "unit_price", "subtotal")


class Mixed(Refused):
    """Amounts of several currencies and none chosen; `found` are the currencies with their rows, most rows first."""

    def __init__(self, sentence: str, found: list[tuple[str, int]]) -> None:
        super().__init__(sentence)
        self.found = found


def read_signs(connection: duckdb.DuckDBPyConnection, plan: Plan, part: Part, raw: str) -> None:
    """Take the currency of a part without a column of it from its amounts' signs, where these differ.

    `raw` is SQL of the part's fields as text. Of a streamed table that has more than bare figures in its first rows the
    signs are staged as the currency, and `settle_signs` sees whether they differ anywhere.
    """
    name = next((name for name in _AMOUNTS if name in part.fields), None)
    if part.role not in ("lines", "orders") or part.fills("currency") or name is None:
        return
    text = f"cast({part.fields[name]} as VARCHAR)"
    if part.table.streamed:
        few = f"(select cast({name} as VARCHAR) as x from {raw} limit {_FIRST})"
        dressed = f"select 1 from {few} where try_cast(x as DOUBLE) is null and trim(x) <> '' limit 1"
        if connection.execute(dressed).fetchone():
            part.fields["currency"] = f"case when try_cast({text} as DOUBLE) is null then {_sign(text)} end"
            part.columns["currency"] = part.label(name)
        return
    sign = _sign(f"cast({name} as VARCHAR)")
    found = connection.execute(f"select distinct {sign} from {raw} where {name} is not null order by 1").fetchall()
    if _tell(plan, part, part.label(name), [row[0] for row in found if row[0]]):
        part.fields["currency"] = f"nullif({_coded(_sign(text))}, '')"
        part.columns["currency"] = part.label(name)


def settle_signs(connection: duckdb.DuckDBPyConnection, plan: Plan, part: Part, source: int) -> None:
    """Make the signs that were staged for a streamed table its currency, or forget them where they are one."""
    if not part.table.streamed or "regexp_extract" not in part.fields.get("currency", ""):
        return
    rows = f"staged_{part.role} where source = {source} and currency is not null"
    found = connection.execute(f"select distinct currency from {rows} order by 1").fetchall()
    label = part.columns.pop("currency")
    if _tell(plan, part, label, [row[0] for row in found]):
        part.columns["currency"] = label
        connection.execute(f"update staged_{part.role} set currency = {_coded('currency')} where source = {source}")
    else:
        del part.fields["currency"]


def _sign(text: str) -> str:
    return f"nullif(regexp_extract({text}, {literal(currency_pattern())}), '')"


def _coded(sign: str) -> str:
    cases = " ".join(f"when {literal(sign)} then {literal(code)}" for sign, code in _SIGNS.items())
    return f"case {sign} {cases} else {sign} end"


def _tell(plan: Plan, part: Part, label: str, signs: list[str]) -> bool:
    """Whether the signs are of several currencies; if so, the plan says what they were taken for."""
    if len({_SIGNS.get(sign, sign) for sign in signs}) < 2:
        return False
    told = ", ".join(f"{sign} is {_SIGNS[sign]}" for sign in signs if sign in _SIGNS)
    plan.guesses.append((f"{part.table.file}: the signs in {label} tell the currency ({told})", 0.8))
    return True


def found(connection: duckdb.DuckDBPyConnection, plan: Plan) -> list[tuple[str, int]]:
    """The currencies of the rows to be loaded, each with its number of rows, the most frequent first."""
    role = _role(plan)
    if not plan.has(role, "currency"):
        return []
    return connection.execute(
        f"select upper(currency), count(*) from staged_{role} where fate is null and currency is not null"
        " group by 1 order by 2 desc, 1"
    ).fetchall()


def to_split_by(connection: duckdb.DuckDBPyConnection, plan: Plan) -> list[str]:
    """The currencies to make a star each of. Raises Refused where rows name none, or what is no currency's code."""
    codes = [code for code, _ in found(connection, plan)]
    if not codes:
        raise Refused(
            "The export says of no row which currency it is in, so it cannot be split; name the column with "
            "--map currency=COLUMN, or leave --currency split away."
        )
    odd = [code for code in codes if not re.fullmatch("[A-Z]{3}", code)]
    if odd:
        raise Refused(
            f"The export cannot be split by currency: {odd[0]!r} is no code of three letters; write such as EUR there."
        )
    return codes


def keep_one(connection: duckdb.DuckDBPyConnection, plan: Plan, wanted: str | None) -> None:
    """Keep one currency. Raises Refused where there are several and none was chosen; never sums them."""
    role, several = _role(plan), found(connection, plan)
    if len(several) > 1 and wanted is None:
        counted = ", ".join(f"{name} in {count:,} rows" for name, count in several[:6])
        raise Mixed(
            f"The export mixes currencies ({counted}), which cannot be summed; choose one with --currency "
            f"{several[0][0]}, or convert the amounts first; on the command line, --currency split makes a star of "
            "each.",
            several,
        )
    if wanted and several and wanted.upper() not in {name for name, _ in several}:
        names = ", ".join(name for name, _ in several[:6])
        raise Refused(
            f"The export has no amounts in {wanted.upper()}, only in {names}; choose one with --currency, or leave the "
            "column of currencies out with --map currency=."
        )
    if len(several) == 1:
        plan.currency = plan.currency or several[0][0]
    if len(several) < 2 or wanted is None:
        return
    plan.decisions.append(f"Only amounts in {wanted} were loaded; the rows in other currencies are excluded.")
    connection.execute(
        f"update staged_{role} set fate = 'rule: not in {wanted}' where fate is null"
        f" and upper(currency) <> {literal(wanted.upper())}"
    )
    connection.execute(
        f"update staged_{role} set fate = 'aside: no currency, where others have several' where fate is null"
        " and currency is null"
    )


def _role(plan: Plan) -> str:
    return "orders" if plan.of("orders") else "lines"
