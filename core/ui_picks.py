"""Clicks on charts: what a click on a mark chooses.

The Filter is the truth; a chart tells clicks, each with the mark it was on. A chart stays in the browser while its rows
change, and tells nothing where the same mark is clicked once more; so the marks carry a turn, which every click raises.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from core import reports, ui_state
from core.charts.style import ADD, PICK
from core.filters import Filter
from core.warehouse import Mart

Mark = Mapping[str, object]
_TOLD = "told_{}"


@dataclass(frozen=True)
class _Told:
    """What a chart has told so far: how often, and on which mark the latest click was, without and with shift."""

    turn: int = 0
    alone: Sequence[Mark] = ()
    added: Sequence[Mark] = ()


def turn(widget: str) -> int:
    """What the marks of a chart carry for it to tell the next click."""
    return _told(widget).turn


def picked(widget: str, keys: Sequence[str], mart: Mart, beside: Mapping[str, Iterable[str]] | None = None) -> None:
    """Choose what was clicked on: a mark alone, with shift beside what is chosen; once more lifts it, as a click on
    the ground does. `beside` are keys to choose with it.
    """
    before, selection = _told(widget), st.session_state[widget].selection
    told = _Told(before.turn + 1, selection.get(PICK, []), selection.get(ADD, []))
    st.session_state[_TOLD.format(widget)] = told
    values = {}
    if told.alone != before.alone:
        values |= alone(_marks(told.alone, keys), keys, ui_state.current())
    if told.added != before.added:
        for mark in _marks(told.added, keys):
            values |= added(mark, keys, ui_state.current().choose(**values))
    ui_state.choose(**_known(values, mart), **(beside or {}))


def one_click_on(told: Sequence[Mark], keys: Sequence[str], mart: Mart, chosen: Filter) -> list[Filter]:
    """What is chosen after a click on each of these marks that says one thing alone."""
    marks = [mark for mark in _marks(told, keys) if sum(mark.get(key) is not None for key in keys) == 1]
    return [chosen.choose(**_known(alone([mark], keys, chosen), mart)) for mark in marks]


def meaning(mark: Mark) -> Mark:
    """A mark as filter keys and values: some name their own key; a country says its continent already."""
    if "dimension" in mark:
        return {str(mark["dimension"]): mark.get("name")}
    return {**mark, "continent": None} if mark.get("country") and "continent" in mark else mark


def alone(marks: Sequence[Mark], keys: Sequence[str], chosen: Filter) -> dict[str, list[str]]:
    """The keys anew after a click on a mark, or on the ground where there is none."""
    said = [key for key in keys if not marks or key in marks[0]]
    values = {key: [str(mark[key]) for mark in marks if mark.get(key) is not None] for key in said}
    return {key: [] for key in said} if all(chosen.get(key) == tuple(values[key]) for key in said) else values


def added(mark: Mark, keys: Sequence[str], chosen: Filter) -> dict[str, list[str]]:
    """The keys anew after a click with shift: the mark's values are added, or taken out where all were chosen.

    A key that is on says the values and others are left alone, so that a cell added to a row adds its row. Of a cell
    that is taken out goes what it does not share with all others. A country is no part of another continent: it stands
    alone.
    """
    if any(key in mark and mark[key] is None and chosen.get(key) for key in keys):
        return alone([mark], keys, chosen)
    named = {key: str(mark[key]) for key in keys if mark.get(key) is not None}
    on = {key: value for key, value in named.items() if chosen.get(key)} or named
    if not all(value in chosen.get(key) for key, value in on.items()):
        return {key: [*chosen.get(key), value] for key, value in on.items()}
    several = [key for key in on if len(chosen.get(key)) > 1] or list(on)
    return {key: [value for value in chosen.get(key) if value != on[key]] for key in several}


def _marks(told: Sequence[Mark], keys: Sequence[str]) -> list[Mark]:
    """The marks that say something; the others are as good as the ground."""
    said = map(meaning, told)
    return [mark for mark in said if any(mark.get(key) is not None for key in keys)]


def _told(widget: str) -> _Told:
    return st.session_state.get(_TOLD.format(widget), _Told())


def _known(values: Mapping[str, Sequence[str]], mart: Mart) -> dict[str, list[str]]:
    """The values that the data has; what stands for several is none."""
    known = reports.choices(mart)
    return {key: [value for value in chosen if value in known.get(key, chosen)] for key, chosen in values.items()}
