"""Which few customers bring most of the business?"""

from functools import partial

import streamlit as st

from core import charts, ui, ui_customers, ui_figures
from core.ui_cards import cards
from core.ui_charts import chart_card, table_card
from core.ui_filters import tier_switch
from core.ui_maps import map_card

view = ui.open_page("Pareto tiers", question="Which few customers bring most of the business?")
year = view.in_year_or_period()
tier_switch()
cards(view, ui_figures.tier_cards(view))

left, right = st.columns([7, 5])
with left:
    chart_card(view, "Pareto curve", charts.pareto_curve, "pareto_curve", picks="tier")
with right:
    map_card(view, "Revenue by region", width=360)

left, right = st.columns(2)
with left:
    chart_card(
        year,
        f"Cumulative sales, {year.period}",
        charts.cumulative_revenue,
        "cumulative_revenue",
        picks={"month": ""},
        thin=view.thin_months,
        lasting="Cumulative sales",
    )
with right:
    chart_card(view, "Growth on the same month a year before", charts.monthly_growth, "monthly_growth", picks="month")

chart_card(view, "Products: units against sales, sized by profit", charts.product_bubbles, "products", picks="product",
           needs="products")  # fmt: skip
chart_card(view, "Segments within tiers", charts.segments_by_tier, "segments_by_tier",
           picks={"segment": "chosen", "tier": "chosen_tiers"}, note="Revenue and number of buyers.")  # fmt: skip
table_card(view, "Largest clients", "top_clients", columns=(
    "customer_name", "segment", "tier", "country", "revenue", "revenue_share", "orders", "recency_days",
    "revenue_by_quarter",
), draw=partial(ui_customers.table, view))  # fmt: skip
