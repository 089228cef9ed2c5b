"""What only the first page has: headlines computed from the data, and doors to the other pages."""

import streamlit as st

from core import formats, insights, ui
from core.formats import Format
from core.ui_text import plain
from core.ui_view import View


def headlines(view: View) -> None:
    """The findings with the most weight, each with a link to the view that shows it."""
    found = insights.headlines(view.mart, view.filter)
    with st.container(border=True, height="stretch", key="card_headlines"):
        st.markdown("**Worth knowing**", help="The findings with the most money behind what is unusual about them.")
        if not found:
            st.caption("Nothing stands out under this filter.")
        for insight in found:
            st.markdown(ui.insight_text(insight))
            ui.link_to(insight.page, f"See it on {insight.page}", view, insight.filter)


def doors(view: View) -> None:
    """A card a page, with the number that stands for it."""
    headline = view.chosen.run("headline").iloc[0]
    tiers = view.chosen.run("tiers")
    month = view.chosen.run("month_cards").iloc[0]
    top = tiers.iloc[0] if len(tiers) else None
    numbers = {
        "Overview": (formats.short(headline.buyers, Format.COUNT), "buyers: who they are, where and why they buy"),
        "Monthly": (
            formats.short(month.revenue, Format.MONEY),
            f"in {formats.exact(month.month, Format.MONTH)}, day by day",
        ),
        "Pareto tiers": (
            formats.short(top.revenue_share if top is not None else None, Format.SHARE),
            f"of revenue comes from {plain(top.tier)}" if top is not None else "",
        ),
        "Recommendations": (formats.short(headline.revenue_at_risk, Format.MONEY), "at risk, and what to do about it"),
    }
    pages = [(file, label) for file, label in ui.pages() if label in numbers]
    with st.grid(4, min_column_width=220):
        for file, label in pages:
            number, words = numbers[label]
            with st.container(border=True, height="stretch", gap="xsmall"):
                ui.link(file, label, view)
                st.markdown(f"**{plain(number)}** {words}")
