"""Which customers stand behind a figure, and what is there to know about each?"""

from core import ui, ui_customers

view = ui.open_page("Customers", question="Which customers stand behind a figure, and what about each?",
                    is_empty=ui_customers.is_empty, takes_along=False)  # fmt: skip
ui_customers.customer_list(view)
