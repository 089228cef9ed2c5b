"""Frames to sentences: what a page answers, and what in the data is worth a headline.

Every finding is computed from a report, names its numbers, and is silent when there is nothing to say.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from core.filters import Filter, Level
from core.insights import answers, breakdowns, customers, growth
from core.insights.insight import MONTHLY, OVERVIEW, TIERS, Insight, within
from core.insights.scope import Scope
from core.warehouse import Mart

__all__ = ["Insight", "findings", "headlines", "sentence"]


@dataclass(frozen=True)
class Finder:
    """One thing to look for, and the topic it belongs to: headlines take one of a topic."""

    topic: str
    find: Callable[[Scope], Insight | None]


def sentence(page: str, mart: Mart, filter: Filter) -> Insight | None:
    """The sentence that answers a page's question; None where there is nothing to say."""
    scope = Scope(mart, filter)
    row = scope.run("headline").iloc[0]
    if page not in answers.ANSWERS or (row.orders == 0 and row.revenue == 0):
        return None
    if page in (OVERVIEW, TIERS) and not scope.rests_on_something():
        return _thin_month(scope)
    return answers.ANSWERS[page](scope)


def headlines(mart: Mart, filter: Filter, count: int = 3) -> list[Insight]:
    """The findings with the most weight, no two of one topic."""
    best: dict[str, Insight] = {}
    for topic, insight in _found(mart, filter):
        best.setdefault(topic, insight)
    return list(best.values())[:count]


def findings(mart: Mart, filter: Filter) -> list[Insight]:
    """Everything worth saying under a filter, the most weight first."""
    return [insight for _, insight in _found(mart, filter)]


@functools.lru_cache(maxsize=256)
def _found(mart: Mart, filter: Filter) -> tuple[tuple[str, Insight], ...]:
    scope = Scope(mart, filter)
    finders = FINDERS if scope.rests_on_something() else [finder for finder in FINDERS if finder.topic == "data"]
    found = [(finder.topic, insight) for finder in finders if (insight := finder.find(scope))]
    return tuple(sorted(found, key=lambda pair: (-pair[1].weight, pair[1].text)))


def _once(key: str, find: Callable[[Scope], Insight | None]) -> Callable[[Scope], Insight | None]:
    """The finder, silent where one value of its own key is chosen: then its share is the whole."""
    return lambda scope: None if scope.filter.get(key) else find(scope)


def _client(scope: Scope, find: Callable[[pd.DataFrame, Filter], Insight | None]) -> Insight | None:
    """A finding about one customer, over all its time: neither silence nor weight is a matter of the period."""
    always = scope.filter.without_level(Level.PERIOD)
    return find(scope.run("top_clients", always), always)


def _month_against_target(scope: Scope) -> Insight | None:
    target = "its target" if scope.mart.summary["has_targets"] else answers.stand_in(scope.filter)
    return growth.month_against_target(scope.run("month_cards").iloc[0], scope.filter, target)


def _month_against_last_year(scope: Scope) -> Insight | None:
    row = scope.run("month_cards").iloc[0]
    return growth.month_against_last_year(row, scope.filter) if scope.can_compare(row.month, 12) else None


def _move(scope: Scope, dimension: str) -> Insight | None:
    changes = scope.run("changes")
    if changes.empty or not scope.can_compare(changes.month.iloc[0], 1):
        return None
    return growth.largest_move(changes, dimension, scope.filter)


def _grown_apart(scope: Scope, key: str, report: str, page: str) -> Insight | None:
    spans = scope.year_spans()
    if not spans:
        return None
    now, before = (within(span, scope.filter) for span in spans)
    view = (report, page, now, scope.mart.fiscal_year_start)
    return growth.grown_apart(scope.run(report, now), scope.run(report, before), key, spans, view)


def _thin_month(scope: Scope) -> Insight | None:
    month = scope.last_thin_month()
    return growth.thin_month(scope.run("recent_months"), month, scope.filter) if month else None


FINDERS = (
    Finder("concentration", _once("segment", lambda scope: customers.carriers(
        scope.run("segments"), scope.filter, scope.counts_everyone))),
    Finder("potential", _once("segment", lambda scope: customers.many_with_little(
        scope.run("segments"), scope.filter, scope.counts_everyone))),
    Finder("risk", answers.at_risk),
    Finder("clients", _once("customer", lambda scope: _client(scope, customers.silent_customer))),
    Finder("clients", _once("customer", lambda scope: _client(scope, customers.dominant_customer))),
    Finder("concentration", _once("tier", answers.tiers)),
    Finder("places", _once("continent", lambda scope: breakdowns.leading_continent(
        scope.run("revenue_by_continent"), scope.run("revenue_by_country"), scope.filter))),
    Finder("places", _once("region", lambda scope: breakdowns.leading_regions(
        scope.run("revenue_by_region"), scope.filter))),
    Finder("reasons", lambda scope: breakdowns.leading_reasons(scope.run("orders_by_reason"), scope.filter)),
    Finder("reasons", lambda scope: breakdowns.idle_reason(scope.run("orders_by_reason"), scope.filter)),
    Finder("profit", _once("tier", lambda scope: breakdowns.cheap_tier(scope.run("tiers"), scope.filter))),
    Finder("profit", _once("product", lambda scope: breakdowns.products_at_a_loss(
        scope.run("products"), scope.filter))),
    Finder("month", _month_against_target),
    Finder("month", _month_against_last_year),
    Finder("growth", _once("country", lambda scope: _grown_apart(scope, "country", "revenue_by_country", OVERVIEW))),
    Finder("growth", _once("subcategory", lambda scope: _grown_apart(
        scope, "subcategory", "revenue_by_subcategory_segment", MONTHLY))),
    Finder("growth", _once("segment", lambda scope: _move(scope, "segment"))),
    Finder("growth", _once("country", lambda scope: _move(scope, "country"))),
    Finder("growth", _once("subcategory", lambda scope: _move(scope, "subcategory"))),
    Finder("data", _thin_month),
)  # fmt: skip
