"""Clicks on charts: which marks stand selected, and what a click on one of them chooses.

The Filter is the truth. A chart starts with the marks selected that the Filter has chosen, so that a click with shift
adds a mark to them, or takes one out; a click without chooses the mark alone.
"""

from collections.abc import Mapping, Sequence

import streamlit as st

from core import reports, ui_state
from core.charts.style import PICK
from core.filters import Filter
from core.warehouse import Mart

Mark = Mapping[str, object]


def preselected(spec: dict, chosen: Filter, keys: Sequence[str]) -> dict:
    """A chart, given as Vega-Lite, with the marks selected that stand for chosen values of the filter keys."""
    return {**spec, "params": [_preselected(one, spec, chosen, keys) for one in spec.get("params", ())]}


def selection(spec: dict) -> list[Mark]:
    """The marks that a chart starts with selected."""
    return next((one.get("value", []) for one in spec.get("params", ()) if one["name"] == PICK), [])


def picked(
    widget: str,
    keys: Sequence[str],
    mart: Mart,
    before: Sequence[Mark],
    beside: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """Choose what the selected marks stand for; nothing where the click was on the ground.

    `before` are the marks that stood selected, `beside` keys to choose with them. Of several marks a key that is on
    says the values, and other keys are left alone, so that a cell added to a row adds its row.
    """
    marks = [meaning(mark) for mark in st.session_state[widget].selection.get(PICK, [])]
    values = _of_several(marks, keys, list(map(meaning, before))) if len(marks) > 1 else _of_one(marks, keys)
    known = reports.choices(mart)
    ui_state.choose(
        **{key: [value for value in listed if value in known.get(key, listed)] for key, listed in values.items()},
        **(beside or {}),
    )


def meaning(mark: Mark) -> Mark:
    """A mark as filter keys and values: some name their own key; a country says its continent already."""
    if "dimension" in mark:
        return {str(mark["dimension"]): mark.get("name")}
    return {**mark, "continent": None} if mark.get("country") and "continent" in mark else mark


def _preselected(parameter: dict, spec: dict, chosen: Filter, keys: Sequence[str]) -> dict:
    if parameter["name"] != PICK:
        return parameter
    fields = parameter["select"]["fields"]
    marks = dict.fromkeys(tuple(row.get(field) for field in fields) for row in _rows(spec, parameter["views"]))
    found = [dict(zip(fields, mark, strict=True)) for mark in marks]
    found = [mark for mark in found if _is_chosen(meaning(mark), chosen, keys)]
    return {**parameter, "value": found} if found else parameter


def _rows(spec: dict, views: Sequence[str]) -> list[dict]:
    """The rows that the marks of a layer are drawn from."""
    layer = next(one for one in spec["layer"] if one.get("name") in views)
    return spec["datasets"][layer.get("data", spec.get("data"))["name"]]


def _is_chosen(said: Mark, chosen: Filter, keys: Sequence[str]) -> bool:
    named = [key for key in keys if chosen.get(key) and said.get(key) is not None]
    return bool(named) and all(str(said[key]) in chosen.get(key) for key in named)


def _of_one(marks: Sequence[Mark], keys: Sequence[str]) -> dict[str, list[str]]:
    said = [key for key in keys if not marks or key in marks[0]]
    return {key: [str(mark[key]) for mark in marks if mark.get(key) is not None] for key in said}


def _of_several(marks: Sequence[Mark], keys: Sequence[str], before: Sequence[Mark]) -> dict[str, list[str]]:
    """What the marks say of the keys that are on; a mark that says nothing of those turns its own on."""
    current = ui_state.current()
    on = [key for key in keys if current.get(key)]
    shown = {key: {str(mark[key]) for mark in before if mark.get(key) is not None} for key in on}
    values = {key: [value for value in current.get(key) if value not in shown[key]] for key in on}
    for mark in marks:
        named = [key for key in keys if mark.get(key) is not None]
        for key in [key for key in named if key in on] or named:
            values.setdefault(key, []).append(str(mark[key]))
    return values
