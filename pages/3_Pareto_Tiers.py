"""Which few customers bring most of the business?"""

from core import ui, ui_figures
from core.ui_cards import cards
from core.ui_filters import tier_switch

view = ui.open_page("Pareto tiers", question="Which few customers bring most of the business?")
tier_switch()
cards(view, ui_figures.tier_cards(view))
