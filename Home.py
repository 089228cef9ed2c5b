"""The north star: revenue against target, what changed, where to look next."""

import streamlit as st

from core import charts, ui, ui_figures, ui_home
from core.ui_cards import cards
from core.ui_charts import chart_card

view = ui.open_page(
    "Home", question="Are we on target this year, what has changed, where to look next?", default_period="year"
)
year = view.in_year()
cards(view, ui_figures.year_cards(view))

left, right = st.columns([7, 5])
with left:
    chart_card(
        year,
        f"Revenue and where the year ends, {year.period}",
        charts.revenue_against_target,
        "year_course",
        "run_rate",
        picks={"month": ""},
        lasting="Revenue and where the year ends",
    )
with right:
    ui_home.headlines(view)

left, right = st.columns([7, 5])
with left:
    chart_card(view, f"What changed in {view.month}", charts.changes, "changes", lasting="What changed",
               picks=dict.fromkeys(("segment", "country", "subcategory"), "chosen"),
               note="Revenue against the month before, by segment, country and subcategory.")  # fmt: skip
with right:
    chart_card(
        view.in_year(), "Growth on the same month last year", charts.monthly_growth, "monthly_growth", picks="month"
    )

ui_home.doors(view)
