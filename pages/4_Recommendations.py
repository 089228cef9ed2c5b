"""What shall we do about it next month, and for whom?"""

import streamlit as st

from core import ui, ui_figures
from core.ui_actions import action_cards, customer_list
from core.ui_cards import cards

view = ui.open_page("Recommendations", question="What shall we do about it next month, and for whom?")
cards(view, ui_figures.risk_cards(view), columns=4)
customer_list(view)
st.subheader("Segments, from the best customers to those who are gone", anchor=False)
action_cards(view, "recommendations")
st.subheader("Tiers", anchor=False)
action_cards(view, "tier_recommendations")
