"""What an import is told besides the columns: name, currency, fiscal year, targets, what to leave out, where to."""

import datetime
import math
import re
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import streamlit as st

from core import ui_data_desk, ui_state, uploads
from core.exports.rules import EXCLUSIONS
from core.star import Refused, read_facts
from core.ui_data_desk import Desk
from core.ui_tables import csv
from core.ui_text import plain

_MONTHS = [datetime.date(2000, month, 1).strftime("%B") for month in range(1, 13)]
_EMPTY_ROWS = 4  # for typing targets into; more can be added
_PERSONAL = ("email", "phone")
_UNKNOWN = {"load": "Load them, of a buyer not known, so that revenue adds up", "set_aside": "Set them aside"}


def settings(desk: Desk, proposal: Mapping) -> None:
    """Draw the choices, and the button that starts the import with them."""
    append_to = _where(desk)
    asked: dict[str, object] = {}
    if append_to is None:
        asked = _names(desk)
    with st.expander("Revenue targets", icon=":material/flag:"):
        rows, file = _targets(desk)
    with st.container(horizontal=True):
        with st.popover("What to leave out", icon=":material/filter_alt:"):
            asked |= _leave_out()
        if uploads.is_analyst():
            with st.popover("Personal columns", icon=":material/badge:"):
                _personal(desk)
    # A chosen currency may be just what the problem asks for: then the import itself decides.
    blocked = not desk.is_answered or (bool(proposal["problem"]) and not asked.get("currency"))
    wrong = wrong_choice(asked, rows)
    if not desk.is_answered:
        st.caption("Answer the question above first.")
    elif wrong:
        st.caption(f":material/error: {plain(wrong)}")
    if st.button("Import", type="primary", icon=":material/play_arrow:", key="import", disabled=blocked or bool(wrong)):
        targets = file_of_targets(desk, rows, file)
        ui_data_desk.start_import(desk, append_to, targets, asked)
        st.rerun()


def _where(desk: Desk) -> Path | None:
    """The star to add to, or None for one of its own."""
    if not ui_data_desk.may_append():
        return None
    star = ui_state.star_in_use()
    try:
        name = read_facts(star).get("name") or "the data in use"
    except Refused:
        return None
    choices = {"new": "Data of its own", "append": f"Add to {name}: same orders are replaced, new ones added"}
    chosen = st.radio("What to make of it", list(choices), format_func=lambda key: plain(choices[key]),
                      key=f"where_{desk.folder.name}", persist_state="session")  # fmt: skip
    return star if chosen == "append" else None


def _names(desk: Desk) -> dict[str, object]:
    keep = {"persist_state": "session"}
    mark = desk.folder.name
    with st.grid(3, min_column_width=240):
        name = st.text_input("What the data is called", desk.title, max_chars=80, key=f"name_{mark}", **keep)
        currency = st.text_input(
            "Currency",
            placeholder="Such as EUR; empty: as the file says",
            max_chars=3,
            key=f"currency_{mark}",
            help="The ISO code of the one currency of all amounts.",
            **keep,
        )
        month = st.selectbox("The fiscal year starts in", _MONTHS, key=f"fiscal_{mark}", **keep)
    return {
        "name": name.strip() or desk.title,
        "currency": currency.strip().upper() or None,
        "fiscal_year_start": _MONTHS.index(month) + 1,
    }


def _targets(desk: Desk):
    """Targets typed (a frame) and as a file, either of them empty."""
    st.caption("Revenue targets of months (2026-05) or of years (2026), which are spread as the year before was.")
    empty = pd.DataFrame({"month": pd.array([None] * _EMPTY_ROWS, "str"), "revenue_target": [math.nan] * _EMPTY_ROWS})
    month = st.column_config.TextColumn("Month or year")
    number = st.column_config.NumberColumn("Target", min_value=0, format="%,.2f")
    rows = st.data_editor(empty, num_rows="dynamic", hide_index=True, key=f"targets_{desk.folder.name}",
                          column_config={"month": month, "revenue_target": number})  # fmt: skip
    file = st.file_uploader("Or a file of month and revenue_target", key=f"targets_file_{desk.folder.name}")
    return rows.dropna(how="all"), file


def _leave_out() -> dict[str, object]:
    rules = [name for name, words in EXCLUSIONS.items() if st.checkbox(f"Leave out {words}", key=f"exclude_{name}")]
    unknown = st.radio("Sales without a customer", list(_UNKNOWN), format_func=_UNKNOWN.get, key="unknown_customers")
    return {"exclude": rules, "unknown_customers": unknown}


def _personal(desk: Desk) -> None:
    st.caption("Personal columns are dropped unless chosen here; who exports customers can then reach them.")
    key = f"keep_{desk.folder.name}"
    st.pills("Keep", _PERSONAL, default=desk.keep, selection_mode="multi", key=key,
             on_change=ui_data_desk.keep_columns, args=(desk, key))  # fmt: skip


def wrong_choice(asked: Mapping[str, object], rows: pd.DataFrame) -> str:
    """What of the choices cannot be, in one sentence."""
    currency = asked.get("currency")
    if currency and not re.fullmatch(r"[A-Z]{3}", str(currency)):
        return f"{currency} is no currency's code; write three letters such as EUR."
    if rows.isna().any(axis=None):
        return "A target needs both a month (or year) and an amount; complete or remove the row."
    return ""


def file_of_targets(desk: Desk, rows: pd.DataFrame, file) -> Path | None:
    """The targets as a file: the one given, else the rows typed, else none."""
    if file is not None:
        return ui_data_desk.put_targets(desk, file.name, file.getvalue())
    return ui_data_desk.put_targets(desk, "targets.csv", csv(rows)) if len(rows) else None
