"""Which data is in use, how it was read, and how to bring one's own."""

from core import ui_data

ui_data.open_page()
