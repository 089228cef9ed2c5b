"""A customer's own page: where it stands and why, when it orders, what it buys and what it could, the next contact."""

from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from core import charts, customer_words, customers, formats, playbook, ui_customers, ui_state
from core.filters import Level
from core.formats import Format
from core.metrics import COLUMNS
from core.ui_cards import Card, cards
from core.ui_charts import card, chart_card, table_card
from core.ui_method import Subject
from core.ui_text import plain
from core.ui_view import View

_ORDERS = ("order_date", "order_id", "revenue", "items", "profit", "country", "region", "channel", "reasons")
_RHYTHM = ("last_order_date", "order_days", "median_gap_days", "next_order_date", "revenue_at_risk")
_SCORES = ("recency_score", "frequency_score", "monetary_score", "cumulative_share")
_SIMILAR = ("product", "subcategory", "similar_share", "similar_buyers", "revenue_per_similar_buyer")


def customer_page(view: View, customer: str) -> None:
    """Everything about the one customer that the filter picks; what it bought is counted under the whole filter."""
    always = _always(view, customer)
    profile = always.run("customer_profile").iloc[0]
    _way(view, customer)
    _heading(profile)
    bought = view.run("headline").iloc[0]
    has_bought = bool(bought.orders or bought.revenue)
    if has_bought:
        cards(view, _figures(bought, profile))
    left, right = st.columns([7, 5])
    with left:
        if has_bought:
            chart_card(view, "Orders over time", charts.orders_by_month, "customer_months", picks="month", height=420)
        else:
            _nothing(view, profile)
    with right:
        card(always, Subject("Next contact", ("customer_profile",), _RHYTHM), partial(_next_step, always, profile))
    card(
        always,
        Subject("Scores, segment and tier", ("customer_profile", "score_cut_points"), _SCORES),
        partial(_scores, always, profile),
    )
    if has_bought:
        _habits(view)
    _similar(always, profile)
    if has_bought:
        table_card(view, "Every order", "customer_orders", columns=_ORDERS)


def _always(view: View, customer: str) -> View:
    """The view of the customer alone, over all its time: scores, tier and rhythm are lifetime figures."""
    kept = view.filter.without_level(Level.PERIOD, Level.PEOPLE, Level.ORDERS, Level.LINES)
    return replace(view, filter=kept.choose(customer=customer))


def _way(view: View, customer: str) -> None:
    """Back to the list, and to the customers beside this one in it."""
    asked = ui_customers.listing()
    found = customers.neighbours(view.mart, view.filter, asked, customer)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="way"):
        st.button("All customers", icon=":material/arrow_back:", key="to_list", type="tertiary",
                  on_click=ui_state.choose, kwargs={"customer": None})  # fmt: skip
        for label, side, to in (("Previous", "left", "before"), ("Next", "right", "after")):
            other = found[to] if found is not None and isinstance(found[to], str) else None
            st.button(
                label,
                key=f"customer_{to}",
                icon=f":material/chevron_{side}:",
                icon_position=side,
                type="tertiary",
                disabled=other is None,
                on_click=ui_customers.open_one,
                args=(other,),
            )
        if found is not None:
            place, of = (formats.exact(found[name], Format.COUNT) for name in ("place", "customers"))
            st.caption(f"{place} of {of}, {ui_customers.order_words(asked)}", width="content")


def _heading(profile: pd.Series) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="customer_heading"):
        st.subheader(plain(profile.customer_name), anchor=False, width="content")
        for words in (profile.segment, profile.tier, profile.customer_type):
            if isinstance(words, str):
                st.badge(plain(words), color="gray")
    said = [f"Customer {plain(profile.customer_id)}"]
    for label, name in (("first order", "first_order_date"), ("last order", "last_order_date")):
        if not pd.isna(profile[name]):
            said.append(f"{label} {formats.date_text(profile[name])}")
    if profile.refunds:
        refunds = f"{profile.refunds} {'return' if profile.refunds == 1 else 'returns'}"
        said.append(f"{refunds} worth {formats.exact(abs(profile.refunded), Format.MONEY)}")
    st.caption(" · ".join(said))


def _figures(bought: pd.Series, profile: pd.Series) -> list[Card]:
    names = ("revenue", "orders", "average_transaction_value", "items", "profit")
    return [
        *(Card(name, bought[name], reports=("headline",)) for name in names),
        Card("revenue_at_risk", profile.revenue_at_risk, label="Last 12 months", reports=("customer_profile",)),
    ]


def _nothing(view: View, profile: pd.Series) -> None:
    """In place of the chart where nothing was sold: what is so, or which filters hide it."""
    with st.container(border=True, height="stretch", key="card_nothing_bought"):
        st.markdown("**Orders over time**")
        if pd.isna(profile.first_order_date):
            st.caption("No order up to the last day of the data.")
            return
        st.caption(f"Nothing that it bought is left under this filter ({plain(view.period)}).")
        st.button("Clear the other filters", icon=":material/filter_alt_off:", key="clear_others",
                  on_click=ui_state.replace, args=(_always(view, profile.customer_id).filter,))  # fmt: skip


def _next_step(always: View, profile: pd.Series) -> None:
    """The contact to make, what is at stake, and what the playbook says for its segment and tier."""
    step = customer_words.next_step(profile, always.mart.as_of)
    st.markdown(f":material/{'notifications_active' if step.is_due else 'event'}: **{plain(step.when)}**")
    st.markdown(plain(step.why))
    if profile.frequency:
        st.markdown(plain(customer_words.at_stake(profile)))
    for entry in (*playbook.segments(), *playbook.tiers()):
        if entry.name in (profile.segment, profile.tier):
            st.markdown(f"**{plain(entry.name)}: {plain(entry.strategy)}**")
            st.markdown("\n".join(f"- {plain(suggestion)}" for suggestion in entry.suggestions))


def _scores(always: View, profile: pd.Series) -> None:
    """The three scores with their sums, the segment they make, the tier with its rank."""
    found = customer_words.scores(profile, always.run("score_cut_points"), always.mart.as_of)
    with st.grid(4, min_column_width=220):
        for score in found:
            with st.container(gap="xsmall"):
                st.markdown(f"{plain(COLUMNS[f'{score.name}_score'].label)} **{score.score} of 5**")
                st.caption(plain(score.because))
        with st.container(gap="xsmall"):
            st.markdown(f"**{plain(profile.tier)}**")
            st.caption(plain(customer_words.standing(profile)))
    code = "-".join(str(score.score) for score in found)
    st.caption(f"Together {code} is the code of {plain(profile.segment)}." if found else
               "Without an order of a positive total there is no score and no segment.")  # fmt: skip


def _habits(view: View) -> None:
    """What, where and why it buys, under the filter."""
    with st.grid(3, min_column_width=300):
        chart_card(view, "What it buys", charts.top_subcategories, "top_subcategories", picks="subcategory",
                   needs="products", tallest=260)  # fmt: skip
        chart_card(view, "Where it buys", charts.shares_by_place, "revenue_by_continent", "revenue_by_country",
                   picks={"continent": "chosen", "country": "chosen"}, needs="places", tallest=260)  # fmt: skip
        chart_card(view, "Why it buys", charts.orders_by_reason, "orders_by_reason", picks="reason",
                   needs="reasons", tallest=260)  # fmt: skip
    if view.has("products"):
        table_card(view, "Products it buys", "products", columns=(
            "product", "subcategory", "category", "items", "revenue", "revenue_share", "profit", "margin",
        ), rows=9)  # fmt: skip


def _similar(always: View, profile: pd.Series) -> None:
    """What similar customers buy that this one does not, and who counts as similar."""
    title = "What similar customers buy that it never did"
    if not always.has("products") or not profile.frequency:
        return
    rows = always.run("customer_similar")
    if len(rows):
        table_card(always, title, "customer_similar", columns=_SIMILAR, note=customer_words.similar(rows.iloc[0]))
        return
    with st.container(border=True, key="card_no_similar"):
        st.markdown(f"**{title}**")
        st.caption("Nothing that at least five, and a twentieth, of at least twenty similar customers bought.")
