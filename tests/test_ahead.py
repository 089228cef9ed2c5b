"""What is made while nobody asks: in which order, when it waits, and that a click finds it."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core import ahead, reports, ui_charts, ui_maps, ui_picks, ui_view, warehouse
from core.filters import Filter

HOME = Path(__file__).parents[1] / "Home.py"
PAGES = {"Overview": "pages/1_Overview.py", "Monthly": "pages/2_Monthly.py", "Pareto tiers": "pages/3_Pareto_Tiers.py"}
KEPT = (reports._run, ui_charts._kept, ui_maps._deck)


@pytest.fixture(autouse=True)
def _at_rest(monkeypatch) -> Iterator[None]:
    """Rest shortly, and leave nothing behind for the next test."""
    monkeypatch.setattr(ahead, "REST", 0.2)
    yield
    ahead.plan(iter(()))
    stand_still()


@pytest.fixture
def opened(sample, monkeypatch):
    """Open a page with nothing kept, by this many views ahead; more filter keys follow the page."""
    monkeypatch.setenv("QUINTILE_DATA", str(sample))

    def open_page(page: str, at_most: str = "48", **query: str) -> AppTest:
        monkeypatch.setenv("QUINTILE_AHEAD", at_most)
        app = AppTest.from_file(str(HOME), default_timeout=60)
        for key, value in query.items():
            app.query_params[key] = value
        return app.switch_page(PAGES[page]).run()

    for kept in KEPT:
        kept.cache_clear()
    return open_page


def stand_still() -> None:
    for _ in range(1200):
        if ahead._steps is None:
            return
        time.sleep(0.05)
    pytest.fail("What is made ahead is not finished")


def missed() -> list[int]:
    return [kept.cache_info().misses for kept in KEPT]


def test_steps_are_made_in_order_on_one_thread_beside():
    made = []
    ahead.plan(iter([lambda n=n: made.append((n, threading.current_thread().name)) for n in range(5)]))
    stand_still()
    assert made == [(n, "ahead_0") for n in range(5)]


def test_no_step_begins_while_somebody_is_being_served():
    made = []
    ahead.plan(iter([lambda: made.append(time.monotonic())]))
    for _ in range(6):
        time.sleep(0.1)
        ahead.asked()
    last = time.monotonic()
    stand_still()
    assert made[0] >= last + 0.19


def test_a_new_plan_takes_the_place_of_the_one_before():
    made, go = [], threading.Event()
    ahead.plan(iter([go.wait, lambda: made.append("old")]))
    time.sleep(0.5)  # the first step has begun
    ahead.plan(iter([lambda: made.append("new")]))
    go.set()
    stand_still()
    assert made == ["new"]


def test_a_step_that_fails_ends_its_plan_alone():
    made = []
    ahead.plan(iter([lambda: 1 / 0, lambda: made.append("after it")]))
    stand_still()
    ahead.plan(iter([lambda: made.append("next")]))
    stand_still()
    assert made == ["next"]


def test_charts_take_turns_from_both_ends(sample):
    mart = warehouse.open_mart(sample)
    marks = [{"segment": name} for name in ("Champions", "Loyal", "Promising", "Lost")]
    after = ui_picks.one_click_on(
        [*marks, {"segment": "Others"}, {"segment": None}], ("segment",), mart, Filter.of(country="Italy")
    )
    assert after == [
        *(Filter.of(country="Italy", segment=mark["segment"]) for mark in marks),
        Filter.of(country="Italy"),  # what stands for several chooses none
    ]
    assert (
        ui_picks.one_click_on([{"segment": "Lost", "country": "Italy"}], ("segment", "country"), mart, Filter()) == []
    )

    class Marked:
        def __init__(self, key: str, *values: str) -> None:
            self.marks = [{key: value} for value in values]

    view = ui_view.View("Overview", mart, Filter())
    for key, values in {"segment": ("Champions", "Loyal", "Lost"), "country": ("Italy", "Germany")}.items():
        view.offers[key] = ui_view.Offer(print, Marked(key, *values), (key,))
    assert [dict(one.values) for one in ui_view._one_click_on(view, Filter())] == [
        {"segment": ("Champions",)},
        {"country": ("Italy",)},
        {"segment": ("Lost",)},
        {"country": ("Germany",)},
        {"segment": ("Loyal",)},
    ]


@pytest.mark.parametrize(
    ("page", "chosen"),
    [
        ("Overview", {"segment": "Loyal"}),
        ("Overview", {"country": "Italy"}),
        ("Monthly", {"country": "Germany"}),
        ("Monthly", {"reason": "Price"}),
        ("Pareto tiers", {"tier": "Top Clients"}),
    ],
)
def test_a_click_finds_its_page_made(opened, page, chosen):
    app = opened(page)
    stand_still()
    before = missed()
    for key, value in chosen.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    run, drawn, mapped = (after - earlier for after, earlier in zip(missed(), before, strict=True))
    if page == "Pareto tiers":  # its course over the year is a view of its own, which is not made ahead
        assert (run, drawn) <= (3, 1)
    else:
        assert (run, drawn) == (0, 0)
    assert mapped == 0 or "country" in chosen  # a link is no click: it leaves the map's layers as they are numbered


def test_what_is_made_ahead_is_what_the_page_shows(opened):
    app = opened("Overview", segment="Loyal")
    alone = {metric.label: (metric.value, metric.delta) for metric in app.metric}
    for kept in KEPT:
        kept.cache_clear()
    app = opened("Overview")
    stand_still()
    app.query_params["segment"] = "Loyal"
    app.run()
    assert {metric.label: (metric.value, metric.delta) for metric in app.metric} == alone
    assert len(alone) == 6


@pytest.mark.parametrize("at_most", ["0", "2"])
def test_the_number_of_views_made_ahead_is_a_setting(opened, at_most):
    app = opened("Overview", at_most)
    before = missed()
    stand_still()
    assert (missed()[1] - before[1] > 0) == (at_most == "2")
    before = missed()
    app.query_params["reason"] = "Quality"
    app.run()
    assert missed()[0] > before[0]


def test_nothing_is_made_ahead_of_data_whose_queries_take_long(opened, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(warehouse, "_SMALL", 0)
        warehouse._opened.cache_clear()
        opened("Overview")
    before = missed()
    stand_still()
    assert missed() == before
    warehouse._opened.cache_clear()


@pytest.mark.parametrize(("said", "views"), [("", 48), ("0", 0), ("7", 7), ("many", 48), ("-1", 48), ("2.5", 48)])
def test_how_many_views_is_a_number_or_the_log_says_that_it_is_none(caplog, said, views):
    ui_view._at_most.cache_clear()
    assert ui_view._at_most(said) == views
    told = [f"QUINTILE_AHEAD is '{said}', not a whole number from 0: 48 views are made ahead"]
    assert caplog.messages == (told if said in ("many", "-1", "2.5") else [])
