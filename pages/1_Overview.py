"""Who carries the business, where and why do they buy?"""

import streamlit as st

from core import charts, ui, ui_figures, ui_tables
from core.card_words import WHOLE
from core.formats import Format
from core.ui_cards import cards
from core.ui_charts import chart_card, table_card
from core.ui_maps import map_card

view = ui.open_page("Overview", question="Who carries the business, where and why do they buy?")
cards(view, ui_figures.business_cards(
    view, "revenue", "orders", "buyers", "average_transaction_value", "profit", "revenue_at_risk"
))  # fmt: skip

left, right = st.columns([5, 7])
with left:
    chart_card(view, "% revenue by continent and country", charts.shares_by_place,
               "revenue_by_continent", "revenue_by_country", needs="places", tallest=330,
               picks={"continent": "chosen", "country": "chosen"})  # fmt: skip
with right:
    map_card(view, "Revenue by region", width=600)

left, right = st.columns([7, 5])
with left:
    chart_card(view, "% revenue beside % customers, by segment", charts.segments, "segments", picks="segment",
               tallest=330)  # fmt: skip
with right:
    chart_card(view, "% orders by reason", charts.orders_by_reason, "orders_by_reason", picks="reason",
               needs="reasons", tallest=330)  # fmt: skip

left, right = st.columns([7, 5])
with left:
    chart_card(view, "Average recency, frequency and monetary, by segment", charts.rfm_averages, "segments",
               picks="segment", tallest=330)  # fmt: skip
with right:
    chart_card(view, "Customers by recency and frequency score", charts.rfm_grid, "rfm_grid", height=330,
               picks={"recency_score": "recency", "frequency_score": "frequency"},
               note=ui_figures.score_note(view))  # fmt: skip

chart_card(view, "% of revenue by segment and country", charts.heat, "revenue_by_segment_country", needs="places",
           picks={"segment": "chosen", "country": "chosen_columns"},
           row="segment", column="country", value="revenue_share", format=Format.SHARE,
           note=WHOLE["revenue_by_segment_country"])  # fmt: skip
chart_card(view, "% of revenue by segment and reason", charts.heat, "revenue_by_segment_reason", needs="reasons",
           picks={"segment": "chosen", "reason": "chosen_columns"},
           row="segment", column="reason", value="revenue_share", format=Format.SHARE,
           note=WHOLE["revenue_by_segment_reason"])  # fmt: skip
table_card(view, "Where the scores are cut", "score_cut_points", draw=ui_tables.score_cuts,
           note=ui_figures.score_note(view))  # fmt: skip
