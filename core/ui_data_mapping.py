"""How an export is understood, to be looked at and corrected: first rows, columns, questions, findings."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from core import ui_data_account, ui_data_desk, ui_data_import, ui_data_profile
from core.ui_data_account import counted
from core.ui_data_desk import Desk
from core.ui_text import plain

NOT_THERE = ""
COLUMNS_SHOWN = 60
_MEANINGS = {
    "order_id": "Tells one order from another.",
    "order_date": "The day of the order.",
    "customer_id": "Tells one customer from another.",
    "customer_type": "Such as person or company.",
    "total_amount": "What the order was charged, tax and freight included.",
    "net_amount": "What the line is worth after discount, before tax and freight.",
    "cost_amount": "What the line cost the seller, all pieces together.",
    "unit_price": "The price of one piece; with the quantity it makes the net amount.",
    "quantity": "How many pieces.",
    "status": "Sold, pending, cancelled, returned, in the export's own words.",
    "reasons": "Why they bought; several are separated by |.",
    "channel": "Such as online or store.",
    "line_number": "Tells the lines of one order apart.",
    "refund_amount": "What was paid back; it becomes a negative line.",
    "currency": "The currency's code in each row; one is imported.",
}
_ESSENTIAL = (
    "order_date",
    "order_id",
    "customer_id",
    "net_amount",
    "total_amount",
    "unit_price",
    "quantity",
    "product_name",
)
_QUESTIONS = {"date_order": "These dates fit both ways of writing a day. Which comes first?"}
_ROLES = {
    "lines": "order lines",
    "orders": "orders",
    "customers": "customers",
    "products": "products",
    "reasons": "reasons",
}
_FATES = {"aside": "would be set aside", "rule": "would be excluded", "not data": "are no data"}


def first_rows(proposal: Mapping) -> None:
    """The first rows of each file as they were read, and how."""
    files = proposal["files"]
    st.markdown("**1 · The files as they were read**" if len(files) > 1 else "**1 · The file as it was read**")
    tabs = st.tabs([plain(file["file"]) for file in files])
    for tab, file in zip(tabs, files, strict=True):
        with tab:
            columns = file["columns"][:COLUMNS_SHOWN]
            rows = [row[:COLUMNS_SHOWN] for row in file["first_rows"]]
            frame = pd.DataFrame(rows, columns=columns, dtype="str")
            height = 250 if len(rows) > 7 else "content"
            st.dataframe(frame, hide_index=True, height=height, alt=f"First rows of {file['file']}")
            first = "The first row" if len(rows) == 1 else f"The first {len(rows)} rows"
            said = [f"{first}, as read", *_read_as(file["read_as"])]
            if len(file["columns"]) > COLUMNS_SHOWN:
                said.append(f"the first {COLUMNS_SHOWN} of {len(file['columns']):,} columns")
            if len(file["not_data"]) > 1:
                said.append(f"{len(file['not_data'])} lines of header, preamble or the like left out")
            st.caption(" · ".join(plain(text) for text in said))


def mapping(desk: Desk, proposal: Mapping) -> None:
    """A drop-down a field: the column that was taken for it, how sure that is, and what else it could be."""
    st.markdown(f"**2 · What the columns mean**{_recognised(proposal['profile'])}")
    st.caption("An order date, a customer and an amount are needed; everything else adds to what the pages can say.")
    rows = proposal["mapping"] if proposal["profile"] else _needed(proposal)
    used = [file for file in proposal["files"] if any(row["file"] == file["file"] for row in rows)]
    for file in used:
        if len(proposal["files"]) > 1:
            st.markdown(f":material/description: {plain(file['file'])} · {_ROLES.get(file['role'] or '', 'not used')}")
        _fields_of(desk, proposal, file, [row for row in rows if row["file"] == file["file"]])
    if unused := [file for file in proposal["files"] if file not in used]:
        _not_used(desk, proposal, unused)
    _remembered(desk)


def _fields_of(desk: Desk, proposal: Mapping, file: Mapping, rows: Sequence[Mapping]) -> None:
    """The fields that have a column, or could have, and on demand all others."""
    _drop_downs(desk, rows, file["columns"])
    named = {row["field"] for row in rows}
    others = [name for name in proposal["fields"][file["role"] or "lines"] if name not in named]
    if not others:
        return
    more = st.expander(f"{counted(len(others), 'more field')} that a column could be", on_change="rerun",
                       key=f"more_{desk.folder.name}_{file['file']}")  # fmt: skip
    if more.open:
        with more:
            _drop_downs(desk, [_absent(file["file"], name) for name in others], file["columns"])


def _not_used(desk: Desk, proposal: Mapping, files: Sequence[Mapping]) -> None:
    """Files in which nothing was recognised, or that a known export only looks names up in."""
    names = ", ".join(plain(file["file"]) for file in files[:6]) + (" …" if len(files) > 6 else "")
    with st.expander(f"{counted(len(files), 'file')} without columns of its own here: {names}"):
        st.caption("They hold nothing that the pages count, or are looked up by the others.")
        chosen = st.selectbox("Map one by hand", [file["file"] for file in files], index=None, placeholder="Choose",
                              key=f"by_hand_{desk.folder.name}")  # fmt: skip
        if file := next((file for file in files if file["file"] == chosen), None):
            _drop_downs(desk, [_absent(file["file"], name) for name in proposal["fields"]["lines"]], file["columns"])


def _remembered(desk: Desk) -> None:
    """Columns that were remembered in a file of the viewer's own."""
    with st.expander("I have a file of remembered columns", icon=":material/bookmark:"):
        key = f"profile_{desk.folder.name}"
        st.file_uploader(
            "The file that was downloaded here last month",
            type=ui_data_profile.ENDING,
            key=key,
            on_change=ui_data_desk.take_profile,
            args=(desk, key),
        )
        if ui_data_desk.refusal():
            st.markdown(f":material/error: {plain(ui_data_desk.refusal())}")
        elif desk.profile:
            st.markdown(f":material/check_circle: The columns are read as {plain(desk.profile.stem)} says.")


def questions(desk: Desk) -> None:
    """What only a person can say, as choices; an answer given can be changed."""
    for question in ui_data_import.questions_of(desk):
        name, words = question["key"], dict(question["choices"])
        key = f"answer_{name}_{desk.folder.name}_{desk.rounds}"
        given = desk.answer(name)
        with st.container(border=True):
            st.radio(
                f":material/help: **{_QUESTIONS.get(name) or plain(question['text'])}**",
                list(words),
                index=list(words).index(given) if given in words else None,
                format_func=lambda value, words=words: plain(words[value]),
                key=key,
                on_change=ui_data_desk.answer,
                args=(desk, name, key),
            )


def findings(proposal: Mapping) -> None:
    """What was found in the rows, most rows first, with examples; and what was decided and guessed."""
    found = sorted(proposal["findings"], key=lambda finding: -finding["rows"])
    understood = not proposal["questions"] and (not proposal["problem"] or proposal["currencies"])
    st.markdown("**3 · What was found in the rows**")
    if not found:
        st.caption(
            ":material/check: Every row that was looked at can be read."
            if understood
            else "The rows are looked at once the point above is settled."
        )
    for finding in found:
        kind, _, reason = finding["text"].partition(": ")
        rows, becomes = counted(finding["rows"], "row"), _FATES.get(kind, plain(kind))
        with st.expander(f"{rows} of {plain(finding['file'])} {becomes}: {plain(reason)}"):
            st.dataframe(pd.DataFrame(finding["examples"]), hide_index=True, alt="Examples",
                         column_config={"line": "Line", "text": "As it stands there"})  # fmt: skip
    guesses = [f"{row['guess']} ({row['confidence']:.0%} sure)" for row in proposal["guesses"]]
    for title, lines in (("Guessed", guesses), ("Decided", proposal["decisions"])):
        if lines:
            st.caption(title)
            ui_data_account.bullets(lines)


def _drop_downs(desk: Desk, rows: Sequence[Mapping], columns: Sequence[str]) -> None:
    with st.grid(3, min_column_width=240):
        for row in rows:
            _drop_down(desk, row, columns)


def _drop_down(desk: Desk, row: Mapping, columns: Sequence[str]) -> None:
    sure = {other["column"]: other["confidence"] for other in row["alternatives"]}
    if row["column"]:
        sure = {row["column"]: row["confidence"]} | {
            name: value for name, value in sure.items() if name != row["column"]
        }
    options = [*sure, *(name for name in columns if name not in sure), NOT_THERE]
    key = f"map_{desk.rounds}_{row['file']}_{row['field']}"

    def said(name: str) -> str:
        if name == NOT_THERE:
            return "– as recognised –" if row["is_made"] else "– not in this file –"
        return f"{name}  ({sure[name]:.0%} sure)" if name in sure else name

    st.selectbox(
        row["field"].replace("_", " ").capitalize(),
        options,
        index=options.index(row["column"] or NOT_THERE),
        format_func=said,
        key=key,
        help=_MEANINGS.get(row["field"]),
        on_change=ui_data_desk.map_field,
        args=(desk, f"{row['file']}:{row['field']}", key),
    )


def _recognised(profile: str | None) -> str:
    """How the columns came to be known, as the end of a title."""
    if profile is None:
        return ""
    known = {"general": "read from names and contents", "flat": "read from their names"}
    return f" · {known.get(profile) or f'recognised as {plain(profile)}'}"


def _needed(proposal: Mapping) -> list[dict]:
    """Where too little was understood: what was, and in the first file the fields without which nothing goes."""
    rows, file = list(proposal["mapping"]), proposal["files"][0]["file"]
    known = {row["field"] for row in rows if row["file"] == file}
    return [_absent(file, name) for name in _ESSENTIAL if name not in known] + rows


def _absent(file: str, name: str) -> dict:
    return {"file": file, "field": name, "column": None, "confidence": 0.0, "alternatives": [], "is_made": False}


def _read_as(facts: Mapping[str, object]) -> list[str]:
    words = []
    for name, value in facts.items():
        if isinstance(value, bool):
            words.append(f"{'with' if value else 'without'} {name.replace('_', ' ')}")
        elif value not in (None, ""):
            words.append(f"{name.replace('_', ' ')} {value}")
    return words
