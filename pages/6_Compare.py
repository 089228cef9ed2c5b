"""What sets the two apart?"""

import streamlit as st

from core import ui, ui_compare

view = ui.open_page(
    "Compare",
    question="What sets two segments, tiers, periods or places apart?",
    is_empty=ui_compare.sold_nothing,
)
comparison = ui_compare.sides(view)
ui_compare.figure_cards(view, comparison)

left, right = st.columns([7, 5])
with left:
    ui_compare.course(view, comparison)
with right:
    ui_compare.findings(comparison)
ui_compare.parts(view, comparison)
