"""One customer's page, to take along: what it bought and when, how its scores came about, the next contact."""

from collections.abc import Sequence

import pandas as pd

from core import charts, customer_words, insights, playbook
from core.filters import Level
from core.metrics import COLUMNS
from core.take import cards, grids, plots
from core.take.figure import Cards, Figure, Plot, Rows, Sentences
from core.take.pages import Contents, Part, Scope, defined, definition, drawn
from core.warehouse import Progress

_ROWS = 16
_SIMILAR = ("product", "subcategory", "similar_share", "similar_buyers", "revenue_per_similar_buyer")
_PLACES = ("revenue_by_continent", "revenue_by_country")
_BOUGHT = (
    Part("Orders over time", ("customer_months",), plots.orders_by_month, charts.orders_by_month),
    Part("What it buys", ("top_subcategories",), plots.top_subcategories, charts.top_subcategories, "products"),
    Part("Where it buys", _PLACES, plots.shares_by_place, charts.shares_by_place, "places"),
    Part("Why it buys", ("orders_by_reason",), plots.orders_by_reason, charts.orders_by_reason, "reasons"),
    Part("Products it buys", ("products",), grids.table, needs="products", options={"rows": _ROWS, "columns": (
        "product", "subcategory", "category", "items", "revenue", "revenue_share", "profit", "margin",
    )}),
)  # fmt: skip
_ORDERS = Part("Every order", ("customer_orders",), grids.table, options={"rows": _ROWS, "columns": (
    "order_date", "order_id", "revenue", "items", "profit", "country", "region", "channel", "reasons",
)})  # fmt: skip


def contents(scope: Scope, customer: str, progress: Progress) -> Contents:
    """What there is to know about a customer: what it bought under the whole filter, all else over all its time."""
    always = _always(scope, customer)
    profile = always.run("customer_profile").iloc[0]
    bought = scope.run("headline").iloc[0]
    has_bought = bool(bought.orders or bought.revenue)
    parts = [part for part in _BOUGHT if has_bought and _has_rows(scope, part)]
    found = [_sums(scope, bought, profile)] if has_bought else []
    found += [_next_contact(always, profile), _what_to_do(always, profile), _scores(always, profile)]
    for place, part in enumerate(parts):
        progress(f"Drawing {part.title}", place / len(parts))
        found.append(drawn(part, scope))
    found += [_similar(always, profile), drawn(_ORDERS, scope) if has_bought else None]
    name = " ".join(str(profile.customer_name).split())
    return Contents(name, *scope.in_words, [figure for figure in found if figure])


def _has_rows(scope: Scope, part: Part) -> bool:
    """Whether the data has what a part needs; of reasons, whether any was given."""
    if part.needs == "reasons" and scope.has("reasons"):
        return bool(scope.run("orders_by_reason").order_share.notna().any())
    return not part.needs or scope.has(part.needs)


def _always(scope: Scope, customer: str) -> Scope:
    """The customer alone, over all its time: scores, tier and rhythm are lifetime figures."""
    kept = scope.filter.without_level(Level.PERIOD, Level.PEOPLE, Level.ORDERS, Level.LINES)
    return Scope(scope.mart, kept.choose(customer=customer), scope.theme)


def _sums(scope: Scope, bought: pd.Series, profile: pd.Series) -> Figure:
    answer = insights.sentence("Customers", scope.mart, scope.filter)
    found = [card for card in cards.customer(bought, profile) if scope.has("costs") or card.name != "profit"]
    return Figure("Key figures", answer.text if answer else "", ("headline",), [Cards(found)],
                  [defined(card.name) for card in found], scope.period, scope.filter)  # fmt: skip


def _next_contact(always: Scope, profile: pd.Series) -> Figure:
    step = customer_words.next_step(profile, always.mart.as_of)
    lines = [(step.when, f": {step.why[:1].lower()}{step.why[1:]}" if step.is_due else f". {step.why}")]
    if profile.frequency:
        lines.append(("", customer_words.at_stake(profile)))
    return _figure(always, "Next contact", "", ("customer_profile",), [Sentences(lines)])


def _what_to_do(always: Scope, profile: pd.Series) -> Figure | None:
    """What the playbook says for the customer's segment and tier."""
    entries = [one for one in (*playbook.segments(), *playbook.tiers()) if one.name in (profile.segment, profile.tier)]
    texts = [
        [f"{one.name}\n{one.strategy}", "\n".join(f"• {suggestion}" for suggestion in one.suggestions)]
        for one in entries
    ]
    if not texts:
        return None
    return _figure(always, "What to do", "", (),
                   [Rows(["Segment or tier, and strategy", "What to do"], texts, [False, False])],
                   ["What the playbook says for the customer's segment and tier."])  # fmt: skip


def _scores(always: Scope, profile: pd.Series) -> Figure:
    """The three scores with their sums, and the tier with its rank."""
    found = customer_words.scores(profile, always.run("score_cut_points"), always.mart.as_of)
    texts = [[COLUMNS[f"{one.name}_score"].label, f"{one.score} of 5", one.because] for one in found]
    texts.append(["Tier", profile.tier, customer_words.standing(profile)])
    code = "-".join(str(one.score) for one in found)
    finding = (f"Together {code} is the code of {profile.segment}." if found else
               "Without an order of a positive total there is no score and no segment.")  # fmt: skip
    table = Rows(["Figure", "Value", "How it came about"], texts, [False, False, False])
    return _figure(always, "Scores, segment and tier", finding, ("customer_profile", "score_cut_points"), [table])


def _similar(always: Scope, profile: pd.Series) -> Figure | None:
    """What similar customers buy that this one does not, and who counts as similar."""
    if not always.has("products") or not profile.frequency:
        return None
    rows = always.run("customer_similar")
    if rows.empty:
        return None
    return _figure(always, "What similar customers buy that it never did", "", ("customer_similar",),
                   grids.table(rows, always.theme, columns=_SIMILAR, short_money=True),
                   note=customer_words.similar(rows.iloc[0]))  # fmt: skip


def _figure(
    scope: Scope,
    title: str,
    finding: str,
    names: Sequence[str],
    plots: Sequence[Plot],
    about: Sequence[str] = (),
    note: str = "",
) -> Figure:
    frames = [scope.run(name) for name in names]
    return Figure(title, finding, names, plots, [*about, *definition(names, frames)], scope.period, scope.filter, note)
