"""How did this month go, and for whom?"""

from core import ui, ui_figures
from core.ui_cards import cards
from core.ui_filters import month_slicer

view = ui.open_page("Monthly", question="How did this month go, and for whom?", default_period="month")
month_slicer(view.mart, view.filter)
cards(view, ui_figures.month_cards(view))
