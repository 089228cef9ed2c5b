"""The customers behind a figure: one page of the list, its totals, whom it holds; found and sorted by the database.

The list is the report `customers` under a filter, so it adds up to the headline; sales whose buyer is not known are no
customer and stand in its totals alone.
"""

import functools
import unicodedata
from dataclasses import dataclass

import pandas as pd

from core import reports, rfm
from core.filters import Filter
from core.warehouse import Mart

ROWS_A_PAGE = 100
SORTS = (
    *("revenue", "orders", "profit", "revenue_at_risk", "customer_name", "segment", "tier", "last_order_date"),
    *("recency_days", "frequency", "monetary", "recency_score", "frequency_score", "monetary_score"),
)
TEXTS = ("customer_name", "segment", "tier")
# Letters that no accent is taken off: they are searched for as they are typed without them.
_PLAIN = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
_ONE_LETTER = [letter for letter, plain in _PLAIN.items() if len(plain) == 1]
_FOLDED = "strip_accents(lower(concat_ws(' ', customer_name, customer_id)))"


@dataclass(frozen=True)
class Listing:
    """What is asked of the list: words that a name or an identifier holds, the column of SORTS it is sorted by."""

    search: str = ""
    sort: str = "revenue"
    descending: bool = True


def page(mart: Mart, filter: Filter, listing: Listing, number: int = 1) -> pd.DataFrame:
    """The customers of page `number` (from 1), at most ROWS_A_PAGE: the report's columns and `listed`, how many in all.

    Never write into it.
    """
    return _page(mart, filter.without("as_of"), listing, number)


def everyone(mart: Mart, filter: Filter, listing: Listing) -> pd.DataFrame:
    """All rows of the list in its order, sales whose buyer is not known among them where nothing is searched for."""
    sql, parameters = _listed(mart, filter, listing, known="true")
    return mart.query(f"{sql}\norder by {_order(listing)}", parameters)


def totals(mart: Mart, filter: Filter, search: str = "") -> pd.Series:
    """What the list adds up to: customers, buyers, orders, revenue, and orders_ and revenue_buyer_not_known of them."""
    return _totals(mart, filter.without("as_of"), search.strip())


def neighbours(mart: Mart, filter: Filter, listing: Listing, customer: str) -> pd.Series | None:
    """Who stands before and after a customer of the list (identifiers, or null at its ends), its place and of how many.

    None where the list does not hold the customer.
    """
    found = _neighbours(mart, filter.without("as_of", "customer"), listing, customer)
    return found.iloc[0] if len(found) else None


def folded(text: str) -> str:
    """Text as it is searched for: lower case, without accents."""
    bare = unicodedata.normalize("NFKD", "".join(_PLAIN.get(letter, letter) for letter in text.lower()))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


@functools.lru_cache(maxsize=64)
def _page(mart: Mart, filter: Filter, listing: Listing, number: int) -> pd.DataFrame:
    sql, parameters = _listed(mart, filter, listing)
    place = f"limit {ROWS_A_PAGE} offset {ROWS_A_PAGE * (number - 1)}"
    counted = f"select *, count(*) over () as listed from ({sql}) as rows"
    return mart.query(f"{counted}\norder by {_order(listing)}\n{place}", parameters)


@functools.lru_cache(maxsize=64)
def _totals(mart: Mart, filter: Filter, search: str) -> pd.Series:
    sql, parameters = _listed(mart, filter, Listing(search), known="true")
    counted = f"""
        select
            count(customer_id)                                                       as customers,
            count(customer_id) filter (where segment <> $never)                      as buyers,
            coalesce(sum(orders), 0)                                                 as orders,
            coalesce(sum(revenue), 0)                                                as revenue,
            coalesce(sum(orders) filter (where customer_id is null), 0)              as orders_buyer_not_known,
            coalesce(sum(revenue) filter (where customer_id is null), 0)             as revenue_buyer_not_known
        from ({sql}) as rows"""
    return mart.query(counted, parameters | {"never": rfm.NEVER_ORDERED}).iloc[0]


@functools.lru_cache(maxsize=256)
def _neighbours(mart: Mart, filter: Filter, listing: Listing, customer: str) -> pd.DataFrame:
    sql, parameters = _listed(mart, filter, listing)
    placed = f"""
        select * from (
            select
                customer_id,
                lag(customer_id) over listing     as before,
                lead(customer_id) over listing    as after,
                row_number() over listing         as place,
                count(*) over ()                  as customers
            from ({sql}) as rows
            window listing as (order by {_order(listing)})
        ) as placed
        where customer_id = $this_customer"""
    return mart.query(placed, parameters | {"this_customer": customer})


def _listed(mart: Mart, filter: Filter, listing: Listing, known: str = "customer_id is not null") -> tuple[str, dict]:
    """The report's rows that hold every word searched for, unsorted."""
    sql, parameters = reports.query("customers", mart, filter)
    words = folded(listing.search).split()
    folding = f"translate({_FOLDED}, '{''.join(_ONE_LETTER)}', '{''.join(_PLAIN[letter] for letter in _ONE_LETTER)}')"
    for letter, plain in _PLAIN.items():
        if letter not in _ONE_LETTER:
            folding = f"replace({folding}, '{letter}', '{plain}')"
    held = [f"contains({folding}, $word_{place})" for place in range(len(words))]
    conditions = " and ".join([known, *held, *(["customer_id is not null"] if words else [])])
    return (
        f"select * from ({sql}) as listed\nwhere {conditions}",
        parameters | {f"word_{place}": word for place, word in enumerate(words)},
    )


def _order(listing: Listing) -> str:
    """Equals stand by name; what is absent comes last either way."""
    column = listing.sort if listing.sort in SORTS else "revenue"
    value = f"strip_accents(lower({column}))" if column in TEXTS else column
    return f"{value} {'desc' if listing.descending else 'asc'} nulls last, customer_name, customer_id"
