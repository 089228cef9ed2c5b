"""A map card: country shapes and region circles, whose clicks choose."""

import functools
import json
from functools import partial

import pydeck
import streamlit as st

from core import maps, reports, theme, ui_state, ui_tables
from core.filters import Filter
from core.ui import View
from core.ui_charts import card, missing
from core.warehouse import Mart

_REPORTS = ("revenue_by_region", "revenue_by_country")


def map_card(view: View, title: str, *, height: int = maps.HEIGHT) -> None:
    """Draw revenue by country and region. A click on a circle chooses its region, on a shape its country."""
    if view.has("places"):
        card(view, title, _REPORTS, partial(_map, view, ui_tables.slug(title), height))
    else:
        missing("places", title)


def _map(view: View, key: str, height: int) -> None:
    deck = _deck(view.mart, view.filter, ui_state.theme_mode(), height)
    widget = f"map_{key}_{ui_state.version_of('country', 'region')}"
    st.pydeck_chart(
        deck,
        height=height,
        key=widget,
        on_select=partial(_picked, widget),
        selection_mode="single-object",
        alt=deck.description,
    )


@functools.lru_cache(maxsize=128)
def _deck(mart: Mart, filter: Filter, mode: str, height: int) -> pydeck.Deck:
    """The deck, kept because projecting and writing the shapes takes longer than the reports."""
    regions, countries = (reports.run(name, mart, filter) for name in _REPORTS)
    deck = maps.regions(
        countries,
        regions,
        theme.load(mode),
        chosen_countries=filter.get("country"),
        chosen_regions=filter.get("region"),
        currency=mart.currency,
        height=height,
    )
    # pydeck writes a line a number: without its indents a map is a sixth as long to send.
    written = json.dumps(json.loads(deck.to_json()), separators=(",", ":"))
    deck.to_json = lambda: written
    return deck


def _picked(widget: str) -> None:
    """Choose the region or country clicked on; land without sales and the sea are no choice."""
    objects = st.session_state[widget].selection.get("objects", {})
    regions = [row["region"] for row in objects.get(maps.REGIONS, [])]
    countries = [row["country"] for row in objects.get(maps.COUNTRIES, []) if row.get("country")]
    if regions:
        ui_state.choose(region=regions)
    elif countries:
        ui_state.choose(country=countries)
