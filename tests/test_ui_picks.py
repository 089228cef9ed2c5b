"""Clicks on charts: what a click with and without shift chooses, and what it lifts."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from core import ui_picks
from core.filters import Filter

PLACE = ("continent", "country")
CELL = ("segment", "country")
EUROPE, ITALY = {"continent": "Europe", "country": None}, {"continent": "Europe", "country": "Italy"}
FRANCE = {"continent": "Europe", "country": "France"}
CHANGED = {"dimension": "country", "name": "Italy"}


@pytest.mark.parametrize(
    ("before", "keys", "mark", "after"),
    [
        ({}, ("segment",), {"segment": "Loyal"}, {"segment": ["Loyal"]}),
        ({"segment": "Champions", "tier": "Top Clients"}, ("segment",), {"segment": "Loyal"},
         {"segment": ["Loyal"], "tier": ["Top Clients"]}),
        ({"segment": ["Champions", "Loyal"]}, ("segment",), {"segment": "Loyal"}, {"segment": ["Loyal"]}),
        ({"segment": "Loyal"}, ("segment",), {"segment": "Loyal"}, {}),
        ({"segment": "Loyal", "tier": "Top Clients"}, ("segment",), None, {"tier": ["Top Clients"]}),
        ({}, CELL, {"segment": "Lost", "country": "Italy"}, {"segment": ["Lost"], "country": ["Italy"]}),
        ({"segment": "Lost"}, CELL, {"segment": "Lost", "country": "Italy"},
         {"segment": ["Lost"], "country": ["Italy"]}),
        ({"segment": "Lost", "country": "Italy"}, CELL, {"segment": "Lost", "country": "Italy"}, {}),
        ({"country": "Italy"}, PLACE, EUROPE, {"continent": ["Europe"]}),
        ({"continent": "Europe"}, PLACE, ITALY, {"country": ["Italy"]}),
        ({"segment": "Loyal"}, ("segment", "country"), CHANGED, {"segment": ["Loyal"], "country": ["Italy"]}),
    ],
)  # fmt: skip
def test_a_click_chooses_a_mark_alone_and_once_more_lifts_it(before, keys, mark, after):
    chosen = Filter().choose(**before)
    values = ui_picks.alone([ui_picks.meaning(mark)] if mark else [], keys, chosen)
    assert chosen.choose(**values) == Filter().choose(**after)


@pytest.mark.parametrize(
    ("before", "keys", "mark", "after"),
    [
        ({}, ("segment",), {"segment": "Loyal"}, {"segment": ["Loyal"]}),
        ({"segment": "Champions"}, ("segment",), {"segment": "Loyal"}, {"segment": ["Champions", "Loyal"]}),
        ({"segment": ["Champions", "Loyal", "Lost"]}, ("segment",), {"segment": "Champions"},
         {"segment": ["Loyal", "Lost"]}),
        ({"segment": "Loyal"}, ("segment",), {"segment": "Loyal"}, {}),
        ({"segment": "Loyal"}, CELL, {"segment": "Lost", "country": "Italy"}, {"segment": ["Loyal", "Lost"]}),
        ({"segment": "Lost", "country": "Italy"}, CELL, {"segment": "Lost", "country": "France"},
         {"segment": ["Lost"], "country": ["Italy", "France"]}),
        ({"segment": "Lost", "country": ["Italy", "France"]}, CELL, {"segment": "Lost", "country": "France"},
         {"segment": ["Lost"], "country": ["Italy"]}),
        ({"segment": "Lost", "country": "Italy"}, CELL, {"segment": "Lost", "country": "Italy"}, {}),
        ({"country": "Italy"}, PLACE, FRANCE, {"country": ["Italy", "France"]}),
        ({"continent": "Asia"}, PLACE, FRANCE, {"country": ["France"]}),
        ({"country": "Italy", "segment": "Lost"}, ("segment", "country"), {"dimension": "segment", "name": "Loyal"},
         {"country": ["Italy"], "segment": ["Lost", "Loyal"]}),
        ({"segment": "Loyal"}, ("segment", "country"), CHANGED, {"segment": ["Loyal"], "country": ["Italy"]}),
    ],
)  # fmt: skip
def test_a_click_with_shift_adds_a_mark_or_takes_it_out(before, keys, mark, after):
    chosen = Filter().choose(**before)
    assert chosen.choose(**ui_picks.added(ui_picks.meaning(mark), keys, chosen)) == Filter().choose(**after)


def run(clicks: list[dict]) -> list[list]:
    """After each change of what a chart tells of segments: the Filter, and the turn of its marks."""

    def script(clicks):
        import types

        import streamlit as st

        from core import ui_picks, ui_state
        from core.warehouse import default_star, open_mart

        for told in clicks:
            st.session_state["chart"] = types.SimpleNamespace(selection=told)
            ui_picks.picked("chart", ("segment",), open_mart(default_star()))
            st.json([ui_state.current().query(), ui_picks.turn("chart")])

    app = AppTest.from_function(script, args=(clicks,), default_timeout=60).run()
    assert not app.exception
    return [json.loads(one.value) for one in app.json]


def test_a_chart_that_stays_tells_each_click_once():
    """What it told before stands beside the new click and is not taken for one."""
    loyal, again = {"segment": "Loyal", "turn": 0}, {"segment": "Loyal", "turn": 3}
    lost, elsewhere = {"segment": "Lost", "turn": 1}, {"segment": "3 other segments", "turn": 4}
    assert run([
        {"pick": [loyal]},
        {"pick": [loyal], "add": [lost]},
        {"pick": [], "add": [lost]},
        {"pick": [again], "add": [lost]},
        {"pick": [elsewhere], "add": [lost]},
    ]) == [
        [{"segment": ["Loyal"]}, 1],
        [{"segment": ["Loyal", "Lost"]}, 2],
        [{}, 3],
        [{"segment": ["Loyal"]}, 4],
        [{}, 5],
    ]  # fmt: skip


def test_a_mark_that_says_nothing_is_as_good_as_the_ground():
    loyal, nothing = {"segment": "Loyal", "turn": 0}, {"segment": None, "turn": 1}
    assert run([{"pick": [loyal]}, {"pick": [nothing]}]) == [[{"segment": ["Loyal"]}, 1], [{}, 2]]
    added = [{"pick": [loyal]}, {"pick": [loyal], "add": [nothing]}]
    assert run(added) == [[{"segment": ["Loyal"]}, 1], [{"segment": ["Loyal"]}, 2]]


def test_clicks_that_come_together_are_taken_in_their_order():
    assert run([{"pick": [{"segment": "Loyal", "turn": 0}], "add": [{"segment": "Lost", "turn": 0}]}]) == [
        [{"segment": ["Loyal", "Lost"]}, 1]
    ]
