"""What to do: a card a segment or tier, and the customers to act on in order of money at stake."""

import pandas as pd
import streamlit as st

from core import choice_words, formats, pareto, rfm, ui_customers, ui_method, ui_tables, ui_take
from core.formats import Format
from core.metrics import COLUMNS
from core.ui_method import Subject
from core.ui_text import plain
from core.ui_view import View

_LIST_COLUMNS = (
    "customer_name",
    "segment",
    "tier",
    "revenue_at_risk",
    "monetary",
    "frequency",
    "recency_days",
    "last_order_date",
    "recency_score",
    "frequency_score",
    "monetary_score",
)
_MADE = ("customers", "revenue", "revenue_share", "revenue_at_risk", "avg_recency_days")


@st.fragment
def action_cards(view: View, report: str, *, columns: int = 3) -> None:
    """A card a row of `recommendations` or `tier_recommendations`: strategy, size, worth, what they buy, what to do."""
    rows, asked = view.run(report), None
    with st.grid(columns, min_column_width=300):
        for row in rows.to_dict("records"):
            with st.container(border=True, height="stretch"):
                if _action(view, row, rows.columns[0]):
                    asked = row[rows.columns[0]]
    if asked:
        ui_method.explain(view, Subject(asked, (report,), _MADE))


def _action(view: View, row: dict, key: str) -> bool:
    """A segment's or tier's card; its name opens how it is made. Returns whether it was clicked."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        part = choice_words.slug(row[key])
        asked = ui_method.name(f"**{plain(row[key])}**", part, help=ui_method.QUESTION, wrap=None)
        if key == "segment":
            st.badge(row["strategy"], color="gray")
    if key == "tier":
        st.markdown(plain(row["strategy"]))
    st.markdown(" · ".join(_size(row)))
    st.caption(_habits(view, row))
    st.markdown("\n".join(f"- {plain(suggestion)}" for suggestion in row["suggestions"]))
    return asked


def _size(row: dict) -> list[str]:
    """Customers, revenue and its share, money at risk, in words."""
    figures = (
        ("customers", "customers" if row["customers"] != 1 else "customer"),
        ("revenue", "revenue"),
        ("revenue_share", "of it all"),
        ("revenue_at_risk", "in the last 12 months" if "segment" in row else "at risk"),
    )
    return [f"**{plain(formats.short(row[name], COLUMNS[name].format))}** {words}" for name, words in figures]


def _habits(view: View, row: dict) -> str:
    """Where, what and why they buy, as far as the data knows, and how long ago."""
    said = [
        f"{label} {plain(row[name])}"
        for name, label, needs in (
            ("top_country", "Mostly", "places"),
            ("top_subcategory", "most of it", "products"),
            ("top_reason", "chiefly for", "reasons"),
        )
        if view.has(needs) and isinstance(row[name], str)
    ]
    if not pd.isna(row["avg_recency_days"]):
        said.append(f"last order {formats.short(row['avg_recency_days'], Format.DAYS)} ago on average")
    text = ", ".join(said)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


@st.fragment
def customer_list(view: View) -> None:
    """The customers of a segment or tier to act on, most money at stake first; the download has them all."""
    names = [*rfm.segment_names(), *pareto.tier_names()]
    on = [name for name in names if name in view.filter.get("segment") + view.filter.get("tier")]
    with st.container(border=True, key="card_customers"):
        heading = st.container(horizontal=True, vertical_alignment="center", gap="small")
        chosen = st.pills("Customers of", names, key="act_on", default=(on or [_most_at_risk(view)])[0], required=True)
        key = "tier" if chosen in pareto.tier_names() else "segment"
        rows = view.run("customers", **{key: chosen}).sort_values(
            ["revenue_at_risk", "monetary", "customer_id"], ascending=[False, False, True]
        )
        with heading:
            st.markdown("**Whom to contact**", width="content")
            st.caption("most revenue of the last 12 months first", width="content")
            picked = view.filter.choose(**{key: chosen})
            ui_tables.download(rows, "customers", view.mart, picked, key="download_customers", label="CSV")
            ui_take.customer_lists(view.mart, picked, key="lists")
        if rows.empty:
            st.caption(f"No customers of {plain(chosen)} under this filter.")
        else:
            ui_customers.table(
                view, rows, alt="Whom to contact", columns=_LIST_COLUMNS, sort="revenue_at_risk", **{key: chosen}
            )


def _most_at_risk(view: View) -> str:
    """The segment marked as at risk that has the most money at stake."""
    rows = view.run("recommendations")
    marked = rows[rows.segment.isin(rfm.at_risk_names())]
    pool = marked if len(marked) else rows
    return pool.loc[pool.revenue_at_risk.idxmax(), "segment"] if len(pool) else rfm.segment_names()[0]
