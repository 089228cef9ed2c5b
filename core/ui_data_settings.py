"""What an import is told besides the columns: name, currency, fiscal year, targets, what to leave out, where to."""

import datetime
import re
from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from core import ui_data_desk, ui_data_import, ui_data_targets, ui_state, uploads
from core.exports.currencies import SPLIT
from core.exports.rules import EXCLUSIONS
from core.star import Refused, read_facts
from core.ui_data_desk import Desk
from core.ui_text import plain

_MONTHS = [datetime.date(2000, month, 1).strftime("%B") for month in range(1, 13)]
_PERSONAL = ("email", "phone")
_UNKNOWN = {"load": "Load them, of a buyer not known, so that revenue adds up", "set_aside": "Set them aside"}


def settings(desk: Desk, proposal: Mapping) -> None:
    """Draw the choices, and the button that starts the import with them."""
    st.markdown("**4 · How to import it**")
    append_to = _where(desk)
    asked: dict[str, object] = _names(desk, proposal) if append_to is None else {}
    if "currency" in desk.questions:
        asked["currency"] = desk.currency or None
    with st.container(horizontal=True, gap="small"):
        with st.popover("Revenue targets", icon=":material/flag:"):
            rows, file = ui_data_targets.entry(desk.folder.name)
        with st.popover("What to leave out", icon=":material/filter_alt:"):
            asked |= _leave_out(desk)
        if uploads.is_analyst():
            with st.popover("Personal columns", icon=":material/badge:"):
                _personal(desk)
    wrong = "" if file is not None else ui_data_targets.fault(rows)
    wrong = wrong or wrong_choice(asked, append_to is not None)
    if not desk.is_answered:
        st.caption(":material/help: Answer the question above first.")
    elif wrong:
        st.caption(f":material/error: {plain(wrong)}")
    blocked = not desk.is_answered or bool(wrong) or (bool(proposal["problem"]) and not proposal["currencies"][1:])
    label = "Import" if append_to is None else "Add to the data"
    if st.button(label, type="primary", icon=":material/play_arrow:", key="import", disabled=blocked):
        targets = ui_data_targets.put(desk.folder, rows, file)
        ui_data_import.start_import(desk, append_to, targets, asked)
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


def _names(desk: Desk, proposal: Mapping) -> dict[str, object]:
    keep = {"persist_state": "session"}
    mark = desk.folder.name
    asked = "currency" in desk.questions  # then it is chosen there
    known = "".join(f"{code}, as the file says" for code, _ in proposal["currencies"][:1])
    with st.grid(2 if asked else 3, min_column_width=240):
        name = st.text_input("What the data is called", desk.title, max_chars=80, key=f"name_{mark}", **keep)
        currency = "" if asked else st.text_input(
            "Currency",
            placeholder=known or "Such as EUR; empty: not named",
            max_chars=3,
            key=f"currency_{mark}",
            help="The ISO code of the one currency of all amounts.",
            **keep,
        )  # fmt: skip
        month = st.selectbox("The fiscal year starts in", _MONTHS, key=f"fiscal_{mark}", **keep)
    return {
        "name": name.strip() or desk.title,
        "currency": currency.strip().upper() or None,
        "fiscal_year_start": _MONTHS.index(month) + 1,
    }


def _leave_out(desk: Desk) -> dict[str, object]:
    st.caption("What is left out is counted and valued in the account, with its rule.")
    keep, mark = {"persist_state": "session"}, desk.folder.name
    rules = [
        name
        for name, words in EXCLUSIONS.items()
        if st.checkbox(f"Leave out {words}", key=f"exclude_{name}_{mark}", **keep)
    ]
    unknown = st.radio("Sales without a customer", list(_UNKNOWN), format_func=_UNKNOWN.get,
                       key=f"unknown_customers_{mark}", **keep)  # fmt: skip
    return {"exclude": rules, "unknown_customers": unknown}


def _personal(desk: Desk) -> None:
    st.caption("Personal columns are dropped unless chosen here; who exports customers can then reach them.")
    key = f"keep_{desk.folder.name}"
    st.pills("Keep", _PERSONAL, default=desk.keep, selection_mode="multi", key=key,
             on_change=ui_data_desk.keep_columns, args=(desk, key))  # fmt: skip


def wrong_choice(asked: Mapping[str, object], appends: bool = False) -> str:
    """What of the choices cannot be, in one sentence."""
    currency = asked.get("currency")
    if currency == SPLIT:
        return "Orders are added in one currency; choose one above, or make data of its own." if appends else ""
    if currency and not re.fullmatch(r"[A-Z]{3}", str(currency)):
        return f"{currency} is no currency's code; write three letters such as EUR."
    return ""
