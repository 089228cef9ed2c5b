"""Are we on target this year, what has changed, and where should we look?"""

from core import ui

view = ui.open_page(
    "Home", question="Are we on target this year, what has changed, and where should we look?", default_period="year"
)
