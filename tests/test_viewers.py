"""Many viewers at once on one server, over its own WebSocket: each sees what it has chosen, and nobody else's."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from threading import Barrier
from urllib.parse import urlencode

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from test_browser import address  # noqa: F401  the fixture
from websockets.sync.client import ClientConnection, connect

from core import reports, warehouse
from core.filters import Filter
from core.formats import Format, Style, short, written_in

_CARDS = 6
COUNTRIES = ("France", "Germany", "Italy", "United States", "Canada", "Australia")
SEGMENTS = ("Champions", "Loyal", "At Risk", "Lost")
CHOICES = [{"country": country, "segment": segment} for country in COUNTRIES for segment in SEGMENTS]


@contextmanager
def viewer(address: str) -> Iterator[ClientConnection]:  # noqa: F811
    with connect(f"{address.replace('http', 'ws', 1)}/_stcore/stream", max_size=None, open_timeout=60) as socket:
        yield socket


def seen(socket: ClientConnection, page: str, query: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """What a page says in this session: its chips of what is chosen and its cards, by label; then it may stop."""
    asked = BackMsg()
    asked.rerun_script.query_string = urlencode(query)
    asked.rerun_script.page_name = page
    socket.send(asked.SerializeToString())
    cards, chips = {}, []
    while True:
        told = ForwardMsg.FromString(socket.recv(timeout=300))
        element = told.delta.new_element
        if element.WhichOneof("type") == "metric":
            cards[element.metric.label] = element.metric.body
            if len(cards) == _CARDS:  # the charts below would only take time
                socket.send(BackMsg(stop_script=True).SerializeToString())
        elif element.WhichOneof("type") == "button" and "chip_" in element.button.id and ":" in element.button.label:
            chips.append(element.button.label)
        elif told.WhichOneof("type") == "script_finished":
            return cards, chips


def expected(sample, choices: Sequence[dict[str, str]]) -> list[tuple[str, str]]:
    mart = warehouse.open_mart(sample)
    found = []
    with written_in(Style(currency=mart.currency)):
        for choice in choices:
            row = reports.run("headline", mart, Filter.of(**choice)).iloc[0]
            found.append((short(row.revenue, Format.MONEY), short(row.orders, Format.COUNT)))
    return found


@pytest.mark.parametrize("viewers", [2, 10, 20])
def test_nobody_sees_what_another_has_chosen(address, sample, viewers):  # noqa: F811
    figures = expected(sample, CHOICES)
    assert len(set(figures)) == len(CHOICES)  # or one could be taken for another
    together = Barrier(viewers)
    with ExitStack() as stack:
        sockets = [stack.enter_context(viewer(address)) for _ in range(viewers)]

        def look(number: int) -> list[tuple]:
            found = []
            for turn in range(2):  # then each chooses anew, in the session that it has
                place = (number + 7 * turn) % len(CHOICES)
                together.wait(timeout=300)
                cards, chips = seen(sockets[number], "Overview", CHOICES[place])
                found.append((place, (cards["Revenue"], cards["Orders"]), set(chips)))
            return found

        with ThreadPoolExecutor(viewers) as pool:
            everything = [one for found in pool.map(look, range(viewers)) for one in found]
    assert len(everything) == 2 * viewers
    for place, shown, chips in everything:
        assert shown == figures[place]
        assert chips == {f"Country\\: {CHOICES[place]['country']}",
                         f"Segment\\: {CHOICES[place]['segment']}"}  # fmt: skip
