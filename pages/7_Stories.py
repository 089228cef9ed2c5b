"""Which views have we kept, and in which order do we show them?"""

from core import ui_story_list

ui_story_list.open_page()
