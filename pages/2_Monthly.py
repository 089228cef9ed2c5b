"""How did this month go, and for whom?"""

import streamlit as st

from core import charts, ui, ui_figures
from core.card_words import WHOLE
from core.formats import Format
from core.ui_cards import cards
from core.ui_charts import chart_card, table_card
from core.ui_maps import map_card
from core.ui_period import month_slicer

view = ui.open_page("Monthly", question="How did this month go, and for whom?", default_period="month")
month_slicer(view.mart, view.filter)
cards(view, ui_figures.month_cards(view))

left, right = st.columns([7, 5])
with left:
    chart_card(view, "Daily revenue, and the month to date", charts.daily_revenue, "month_days")
with right:
    chart_card(view, "% revenue by country", charts.shares_by_place, "revenue_by_continent", "revenue_by_country",
               picks={"continent": "chosen", "country": "chosen"}, needs="places", tallest=330)  # fmt: skip

left, middle, right = st.columns([3.5, 3.5, 5])
with left:
    chart_card(view, "Top five subcategories", charts.top_subcategories, "top_subcategories", picks="subcategory",
               needs="products", tallest=260)  # fmt: skip
with middle:
    chart_card(view, "% orders by reason", charts.orders_by_reason, "orders_by_reason", picks="reason",
               needs="reasons", tallest=260)  # fmt: skip
with right:
    map_card(view, "Revenue by region", width=360, height=260)

chart_card(view, "% revenue by subcategory and segment", charts.heat, "revenue_by_subcategory_segment",
           needs="products", picks={"subcategory": "chosen", "segment": "chosen_columns"},
           row="subcategory", column="segment", value="revenue_share", format=Format.SHARE,
           note=WHOLE["revenue_by_subcategory_segment"])  # fmt: skip
chart_card(view, "% orders by reason and segment", charts.heat, "orders_by_reason_segment", needs="reasons",
           picks={"reason": "chosen", "segment": "chosen_columns"},
           row="reason", column="segment", value="order_share", format=Format.SHARE,
           note=WHOLE["orders_by_reason_segment"])  # fmt: skip

left, right = st.columns([7, 5])
with left:
    table_card(view, "The month by day", "month_days", columns=(
        "day", "revenue", "revenue_last_month", "revenue_month_to_date", "revenue_month_to_date_last_month",
    ))  # fmt: skip
with right:
    table_card(view, "Revenue by day and region", "revenue_by_day_region")
