"""How is every figure made?"""

from core import ui, ui_methodology, ui_methodology_data, ui_methodology_figures

view = ui.open_page("Methodology", question="How is every figure made?", takes_along=False)
ui_methodology.contents()
ui_methodology.scores(view)
ui_methodology.tiers(view)
ui_methodology.revenue(view)
ui_methodology.shares(view)
ui_methodology.time(view)
ui_methodology_figures.figures(view)
ui_methodology.keys(view)
ui_methodology_data.data(view)
