"""The customers behind a figure, to take along: what they add up to, and the largest; or one customer's page."""

import pandas as pd

from core import customers, insights
from core.customers import Listing
from core.formats import Format, short
from core.star import Refused
from core.take import cards, grids, profile, words
from core.take.figure import Cards, Figure, Table
from core.take.pages import Contents, Scope, defined, definition
from core.warehouse import Progress

_SHOWN = 30  # two slides
_COLUMNS = ("customer_name", "segment", "tier", "revenue", "orders", "profit", "last_order_date", "revenue_at_risk")


def contents(scope: Scope, progress: Progress) -> Contents:
    """One customer's page where the filter picks exactly one, else the list. Raises Refused where nobody is left."""
    chosen = scope.filter.get("customer")
    if len(chosen) == 1:
        return profile.contents(scope, chosen[0], progress)
    view = words.view(scope.mart, scope.filter)
    totals = customers.totals(scope.mart, scope.filter)
    if not (totals.customers or totals.orders or totals.revenue):
        raise Refused(f"No customer is left under this filter ({view}); lift a part of it.")
    progress("Drawing Customers", 0.5)
    answer = insights.sentence("Customers", scope.mart, scope.filter)
    found = cards.customers(totals)
    sums = Figure("Key figures", answer.text if answer else "", (), [Cards(found)],
                  [defined(card.name) for card in found], scope.period, scope.filter, _not_known(totals))  # fmt: skip
    return Contents(scope.period, *scope.in_words, [sums, *_largest(scope, totals)])


def _largest(scope: Scope, totals: pd.Series) -> list[Figure]:
    """The customers with the most revenue; the sheet has all of them, and sales whose buyer is not known."""
    everyone = customers.everyone(scope.mart, scope.filter, Listing())
    known = everyone[everyone.customer_id.notna()]
    if known.empty:
        return []
    sheet = Table("Customers", definition(["customers"], [])[0], everyone)
    plots = grids.table(known, scope.theme, columns=_COLUMNS, rows=_SHOWN, short_money=True,
                        labels={"revenue_at_risk": "Last 12 months"})  # fmt: skip
    return [
        Figure(
            "Customers by revenue",
            _finding(known.head(_SHOWN), totals),
            (),
            plots,
            definition(["customers"], [known[list(_COLUMNS)]]),
            scope.period,
            scope.filter,
            tables=[sheet],
        )
    ]


def _finding(shown: pd.DataFrame, totals: pd.Series) -> str:
    whose = f"The {len(shown)} largest customers bring" if len(shown) > 1 else "The only customer brings"
    revenue = shown.revenue.sum()
    part = f", {short(revenue / totals.revenue, Format.SHARE)} of revenue" if totals.revenue > 0 else ""
    return f"{whose} {short(revenue, Format.MONEY)}{part}."


def _not_known(totals: pd.Series) -> str:
    """The sales that stand in the totals, and in no customer's row."""
    if not (totals.orders_buyer_not_known or totals.revenue_buyer_not_known):
        return ""
    revenue = short(totals.revenue_buyer_not_known, Format.MONEY)
    orders = short(totals.orders_buyer_not_known, Format.COUNT)
    return f"Buyer not known: {revenue} of this revenue, in {orders} orders."
