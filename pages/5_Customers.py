"""Which customers stand behind a figure, and what is there to know about each?"""

from core import ui, ui_customers, ui_customers_profile, ui_state

view = ui.open_page("Customers", question="Which customers stand behind a figure, and what about each?",
                    is_empty=ui_customers.is_empty)  # fmt: skip
if customer := ui_customers.one(view.filter):
    ui_customers_profile.customer_page(view, customer)
else:
    ui_customers.customer_list(view)
ui_state.write_late(view.mart)
