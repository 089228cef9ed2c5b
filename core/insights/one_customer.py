"""What the Customers page answers: who stands behind a figure, or when the one customer chosen is to be contacted."""

from core import customer_words, customers
from core.filters import Level
from core.insights.insight import CUSTOMERS, Insight, is_part, many, money, name_of, share
from core.insights.scope import Scope


def behind(scope: Scope) -> Insight | None:
    """Who stands behind this figure, and what about the one?"""
    chosen = scope.filter.get("customer")
    return _contact(scope, chosen[0]) if len(chosen) == 1 else _buyers(scope)


def _buyers(scope: Scope) -> Insight | None:
    """How many known buyers bring how much, and the part of the largest."""
    found = customers.totals(scope.mart, scope.filter)
    revenue, buyers = float(found.revenue - found.revenue_buyer_not_known), int(found.buyers)
    largest = scope.run("top_clients")
    if largest.empty or not revenue > 0:
        return None
    first = largest.iloc[0]
    finding = f"{many(buyers, 'buyer')} {'brings' if buyers == 1 else 'bring'} {money(revenue)}"
    numbers = {"buyers": buyers, "revenue": revenue}
    rest = "."
    part = float(first.revenue) / revenue
    if buyers > 1 and is_part(part):
        rest = f"; the largest, {name_of(first.customer_name)}, brings {share(part)} of it."
        numbers["share"] = part
    return Insight("buyers", finding, rest, numbers, "customers", CUSTOMERS, scope.filter, revenue)


def _contact(scope: Scope, customer: str) -> Insight | None:
    """When to contact one customer, judged from all its time."""
    always = scope.filter.without_level(Level.PERIOD, Level.PEOPLE, Level.ORDERS, Level.LINES).choose(customer=customer)
    profile = scope.run("customer_profile", always).iloc[0]
    step = customer_words.next_step(profile, scope.mart.as_of)
    finding = f"{name_of(profile.customer_name)} has brought {money(profile.monetary)}"
    when = "is due for a contact now" if step.is_due else f"is due for a contact {step.when[0].lower()}{step.when[1:]}"
    rest = f" and {when}." if step.has_day else "; no day can be named for the next contact."
    numbers = {"monetary": float(profile.monetary)}
    return Insight("contact", finding, rest, numbers, "customer_profile", CUSTOMERS, always, float(profile.monetary))
