"""A map card: country shapes and region circles, whose clicks choose."""

import functools
from functools import partial

import altair as alt
import pydeck
import streamlit as st

from core import formats, maps, reports, theme, ui_state
from core.filters import Filter
from core.ui_charts import card, missing, wide_enough
from core.ui_method import Subject
from core.ui_view import Offer, View
from core.warehouse import Mart

_REPORTS = ("revenue_by_region", "revenue_by_country")
_PICKS = ("country", "region")
_PRESENTED = 1.3  # charts grow with the presenter's type, and the card of the map with its neighbours


def map_card(view: View, title: str, *, width: int, height: int = maps.HEIGHT) -> None:
    """Draw revenue by country and region. A click on a circle chooses its region, on a shape its country, beside those
    chosen before; on a chosen one it lifts it again.

    `width` is the card's on a laptop, px; on a phone the map is fitted to the phone.
    """
    if view.has("places"):
        high = round(height * _PRESENTED) if ui_state.is_presenting() else height
        size = (maps.PHONE_WIDTH, maps.PHONE_HEIGHT) if _is_phone() else (width, high)
        subject = Subject(title, _REPORTS, draw=partial(_drawn, view.mart, view.filter))
        card(view, subject, partial(_map, view, subject.key, *size), drawn=view.without(*_PICKS))
    else:
        missing("places", title)


def _map(view: View, key: str, width: int, height: int) -> None:
    # The map stays in the browser as it is, only the layers change; their version leaves an earlier click behind.
    version = ui_state.version_of(*_PICKS)
    deck = _deck(view.mart, view.filter, (ui_state.theme_mode(), formats.style()), width, height, version)
    view.offer(key, Offer(partial(_make, view.filter, width, height, version)))
    widget = f"map_{key}"
    with wide_enough(width if width > maps.PHONE_WIDTH else 0):
        st.pydeck_chart(
            deck,
            height=height,
            key=widget,
            on_select=partial(_picked, widget),
            selection_mode="single-object",
            alt=deck.description,
        )


def _make(before: Filter, width: int, height: int, version: int, view: View, chosen: Filter, mode: str) -> None:
    """Have the deck at hand in another view than the one on the page, where the Filter was `before`."""
    version += sum(before.get(key) != chosen.get(key) for key in _PICKS)
    _deck(view.mart, view.filter, (mode, formats.style()), width, height, version)


@functools.lru_cache(maxsize=256)
def _deck(
    mart: Mart, filter: Filter, reader: tuple[str, formats.Style], width: int, height: int, version: int
) -> pydeck.Deck:
    """The deck, kept because writing the shapes takes longer than the reports."""
    regions, countries = (reports.run(name, mart, filter.without(*_PICKS)) for name in _REPORTS)
    with formats.written_in(reader[1]):
        deck = maps.regions(
            countries,
            regions,
            theme.load(reader[0]),
            chosen_countries=filter.get("country"),
            chosen_regions=filter.get("region"),
            width=width,
            height=height,
            version=version,
        )
    written = deck.to_json()
    deck.to_json = lambda: written
    return deck


def _drawn(mart: Mart, filter: Filter) -> alt.LayerChart:
    """The map for a file, fitted to the world."""
    regions, countries = (reports.run(name, mart, filter.without(*_PICKS)) for name in _REPORTS)
    return maps.regions_for_files(countries, regions, theme.load("light"))


def _picked(widget: str) -> None:
    """Choose the region or country clicked on beside others; land without sales and the sea are no choice."""
    objects = st.session_state[widget].selection.get("objects", {})
    version = ui_state.version_of(*_PICKS)
    for layer, key in ((maps.REGIONS, "region"), (maps.COUNTRIES, "country")):
        clicked = {row[key] for row in objects.get(f"{layer}-{version}", []) if row.get(key)}
        if clicked:
            before = set(ui_state.current().get(key))
            ui_state.choose(**{key: sorted(before ^ clicked)})
            return


def _is_phone() -> bool:
    """Whether the viewer's browser says that it is a phone's."""
    return "Mobi" in st.context.headers.get("User-Agent", "")
