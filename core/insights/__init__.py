"""Frames to sentences: what a page answers, and what in the data is worth a headline.

Every finding is computed from a report, names its numbers, and is silent when there is nothing to say.
"""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from core import formats
from core.filters import Filter, Level
from core.formats import Style
from core.insights import answers, breakdowns, customers, growth
from core.insights.insight import OVERVIEW, TIERS, Insight, span_words, within
from core.insights.scope import Scope
from core.warehouse import Mart

__all__ = ["Insight", "findings", "headlines", "sentence"]


# Who is picked by when they bought last has bought more or less lately by that alone.
BY_RECENCY = ("segment", "recency_score")


@dataclass(frozen=True)
class Finder:
    """One thing to look for, and the topic it belongs to: headlines take one of a topic."""

    topic: str
    find: Callable[[Scope], Insight | None]


def sentence(page: str, mart: Mart, filter: Filter) -> Insight | None:
    """The sentence that answers a page's question; None where there is nothing to say."""
    return _sentence(page, mart, filter, formats.style())


@functools.lru_cache(maxsize=1024)
def _sentence(page: str, mart: Mart, filter: Filter, style: Style) -> Insight | None:
    """The sentence, kept for the style it is written in."""
    scope = Scope(mart, filter)
    if page not in answers.ANSWERS or scope.sold_nothing():
        return None
    if page in (OVERVIEW, TIERS) and not scope.rests_on_something():
        return _thin_month(scope)
    return answers.ANSWERS[page](scope)


def headlines(mart: Mart, filter: Filter, count: int = 3) -> list[Insight]:
    """The findings with the most weight, no two of one topic."""
    best: dict[str, Insight] = {}
    for topic, insight in _found(mart, filter, formats.style()):
        best.setdefault(topic, insight)
    return list(best.values())[:count]


def findings(mart: Mart, filter: Filter) -> list[Insight]:
    """Everything worth saying under a filter, the most weight first."""
    return [insight for _, insight in _found(mart, filter, formats.style())]


@functools.lru_cache(maxsize=256)
def _found(mart: Mart, filter: Filter, style: Style) -> tuple[tuple[str, Insight], ...]:
    """The findings in order; kept for the style they are written in."""
    scope = Scope(mart, filter)
    few = scope.run("headline").iloc[0].orders < growth.FEW_ORDERS
    rests = not few and scope.rests_on_something()
    finders = [finder for finder in FINDERS if rests or finder.topic == "data"]
    found = [(finder.topic, insight) for finder in finders if (insight := finder.find(scope))]
    return tuple(sorted(found, key=lambda pair: (-pair[1].weight, pair[1].text)))


def _unless(keys: Sequence[str], find: Callable[[Scope], Insight | None]) -> Callable[[Scope], Insight | None]:
    """The finder, silent where one of its own keys is chosen: then it would say what was asked for."""
    return lambda scope: None if any(scope.filter.get(key) for key in keys) else find(scope)


def _client(scope: Scope, find: Callable[[pd.DataFrame, Filter], Insight | None]) -> Insight | None:
    """A finding about one customer, over all its time: neither silence nor weight is a matter of the period."""
    always = scope.filter.without_level(Level.PERIOD)
    return find(scope.run("top_clients", always), always)


def _month_against_target(scope: Scope) -> Insight | None:
    target = "its target" if scope.has_targets else answers.stand_in(scope.filter)
    return growth.month_against_target(scope.run("month_cards").iloc[0], scope.filter, target)


def _month_against_last_year(scope: Scope) -> Insight | None:
    row = scope.run("month_cards").iloc[0]
    if scope.month_is_cut() or not scope.can_compare(row.month, 12):
        return None
    return growth.month_against_last_year(row, scope.filter)


def _move(scope: Scope, dimension: str) -> Insight | None:
    row = scope.run("month_cards").iloc[0]
    if (
        row.orders < growth.FEW_ORDERS
        or not row.is_whole
        or scope.month_is_cut()
        or not scope.can_compare(row.month, 1)
    ):
        return None
    return growth.largest_move(scope.run("changes"), dimension, scope.filter)


def _grown_apart(scope: Scope, key: str) -> Insight | None:
    spans = scope.year_spans()
    if not spans:
        return None
    now, before = (within(span, scope.filter) for span in spans)
    report = growth.REPORT_OF[key]
    return growth.grown_apart(scope.run(report, now), scope.run(report, before), key, span_words(spans[0]), now)


def _thin_month(scope: Scope) -> Insight | None:
    month = scope.last_thin_month()
    return growth.thin_month(scope.run("recent_months"), month, scope.filter) if month else None


FINDERS = (
    Finder("concentration", _unless(("segment",), lambda scope: customers.carriers(
        scope.run("segments"), scope.filter, scope.counts_everyone))),
    Finder("potential", _unless(("segment",), lambda scope: customers.many_with_little(
        scope.run("segments"), scope.filter, scope.counts_everyone))),
    Finder("risk", answers.at_risk),
    Finder("clients", _unless(("customer",), lambda scope: _client(scope, customers.silent_customer))),
    Finder("clients", _unless(("customer",), lambda scope: _client(scope, customers.dominant_customer))),
    Finder("concentration", _unless(("tier",), answers.tiers)),
    Finder("places", _unless(("continent", "country"), lambda scope: breakdowns.leading_continent(
        scope.run("revenue_by_country"), scope.filter))),
    Finder("places", _unless(("region",), lambda scope: breakdowns.leading_regions(
        scope.run("revenue_by_region"), scope.filter))),
    Finder("reasons", lambda scope: breakdowns.leading_reasons(scope.run("orders_by_reason"), scope.filter)),
    Finder("reasons", lambda scope: breakdowns.idle_reason(scope.run("orders_by_reason"), scope.filter)),
    Finder("profit", _unless(("tier",), lambda scope: breakdowns.cheap_tier(scope.run("tiers"), scope.filter))),
    Finder("profit", _unless(("product",), lambda scope: breakdowns.products_at_a_loss(
        scope.run("products"), scope.filter))),
    Finder("month", _month_against_target),
    Finder("month", _unless(BY_RECENCY, _month_against_last_year)),
    Finder("growth", _unless(("country",), lambda scope: _grown_apart(scope, "country"))),
    Finder("growth", _unless(("subcategory",), lambda scope: _grown_apart(scope, "subcategory"))),
    Finder("growth", _unless(BY_RECENCY, lambda scope: _move(scope, "segment"))),
    Finder("growth", _unless(("country", *BY_RECENCY), lambda scope: _move(scope, "country"))),
    Finder("growth", _unless(("subcategory", *BY_RECENCY), lambda scope: _move(scope, "subcategory"))),
    Finder("data", _thin_month),
)  # fmt: skip
