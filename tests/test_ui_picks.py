"""Clicks on charts: what a chart starts with selected, what a click with and without shift chooses."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from core import ui_picks
from core.filters import Filter

CELLS = [
    {"segment": segment, "country": country} for segment in ("Loyal", "Lost") for country in ("Italy", "France")
]  # fmt: skip
PLACES = [{"continent": "Europe", "country": None}, {"continent": "Europe", "country": "Italy"}]
MOVES = [{"dimension": "segment", "name": "Loyal"}, {"dimension": "country", "name": "Italy"}]


def chart(rows: list[dict]) -> dict:
    pick = {"name": "pick", "select": {"type": "point", "fields": list(rows[0])}, "views": ["marks"]}
    return {"params": [pick], "data": {"name": "rows"}, "layer": [{"name": "marks"}], "datasets": {"rows": rows * 2}}


@pytest.mark.parametrize(
    ("rows", "chosen", "keys", "selected"),
    [
        (CELLS, {}, ("segment", "country"), []),
        (CELLS, {"segment": "Loyal"}, ("segment", "country"), CELLS[:2]),
        (CELLS, {"segment": "Loyal", "country": "France"}, ("segment", "country"), CELLS[1:2]),
        (PLACES, {"country": "Italy"}, ("continent", "country"), PLACES[1:]),
        (PLACES, {"continent": "Europe"}, ("continent", "country"), PLACES[:1]),
        (MOVES, {"country": "Italy", "segment": "Lost"}, ("segment", "country", "subcategory"), MOVES[1:]),
    ],
)
def test_a_chart_starts_with_what_is_chosen(rows, chosen, keys, selected):
    spec = chart(rows)
    found = ui_picks.preselected(spec, Filter().choose(**chosen), keys)
    assert ui_picks.selection(found) == selected
    assert ui_picks.selection(spec) == [], "the chart that is kept for others was written into"


def run(before: dict, keys: tuple, started: list, selected: list) -> dict:
    """What the Filter is after the chart's selection has changed."""

    def script(before, keys, started, selected):
        import types

        import streamlit as st

        from core import ui_picks, ui_state
        from core.filters import Filter
        from core.warehouse import default_star, open_mart

        st.session_state["filter"] = Filter().choose(**before)
        st.session_state["chart"] = types.SimpleNamespace(selection={"pick": selected})
        ui_picks.picked("chart", keys, open_mart(default_star()), started)
        st.json(ui_state.current().query())

    app = AppTest.from_function(script, args=(before, keys, started, selected), default_timeout=60).run()
    assert not app.exception
    return json.loads(app.json[0].value)


SEGMENTS = [{"segment": name} for name in ("Champions", "Loyal", "Lost")]


@pytest.mark.parametrize(
    ("before", "keys", "started", "selected", "after"),
    [
        ({}, ("segment",), [], SEGMENTS[:1], {"segment": ["Champions"]}),
        ({"segment": "Champions"}, ("segment",), SEGMENTS[:1], SEGMENTS[:2], {"segment": ["Champions", "Loyal"]}),
        ({"segment": "Champions"}, ("segment",), SEGMENTS[:1], SEGMENTS[1:2], {"segment": ["Loyal"]}),
        ({"segment": ["Champions", "Loyal", "Lost"]}, ("segment",), SEGMENTS, SEGMENTS[1:],
         {"segment": ["Loyal", "Lost"]}),
        ({"segment": "Champions", "tier": "Top Clients"}, ("segment",), SEGMENTS[:1], [], {"tier": ["Top Clients"]}),
        ({}, ("segment", "country"), [], [{"segment": "Lost", "country": "Italy"}],
         {"segment": ["Lost"], "country": ["Italy"]}),
        ({"segment": "Loyal"}, ("segment", "country"), CELLS[:2], CELLS[:3], {"segment": ["Loyal", "Lost"]}),
        ({"country": "Italy"}, ("continent", "country"), PLACES[1:],
         [*PLACES[1:], {"continent": "Europe", "country": "France"}], {"country": ["Italy", "France"]}),
        ({"country": "Italy"}, ("continent", "country"), PLACES[1:], PLACES[:1], {"continent": ["Europe"]}),
        ({"country": "Italy", "segment": "Lost"}, ("segment", "country", "subcategory"), MOVES[1:], MOVES,
         {"segment": ["Lost", "Loyal"], "country": ["Italy"]}),
        ({"segment": "Loyal"}, ("segment", "country", "subcategory"), MOVES[:1], MOVES,
         {"segment": ["Loyal"], "country": ["Italy"]}),
        ({}, ("segment",), [], [{"segment": "3 other segments"}], {}),
    ],
)  # fmt: skip
def test_what_a_click_chooses(before, keys, started, selected, after):
    assert run(before, keys, started, selected) == after
