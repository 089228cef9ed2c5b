"""The north star: revenue against target, what changed, where to look next."""

from core import ui, ui_figures
from core.ui_cards import cards

view = ui.open_page(
    "Home", question="Are we on target this year, what has changed, where to look next?", default_period="year"
)
cards(view, ui_figures.year_cards(view))
