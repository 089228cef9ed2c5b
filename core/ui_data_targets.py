"""Revenue targets, typed or as a file: with an import, or for the data in use."""

from pathlib import Path

import pandas as pd
import streamlit as st

from core import exports, ui_data_desk, ui_presence, ui_state, uploads
from core.star import Refused, path_of
from core.ui_tables import csv
from core.ui_text import plain

_EMPTY_ROWS = 4  # for typing into; more can be added
_HALF = "A target needs both a month (or year) and an amount; complete or remove the row."


def entry(mark: str, known: pd.DataFrame | None = None):
    """Draw a table to type targets into and a place for a file; returns the rows typed and the file, or None."""
    st.caption("A target of a month (2026-05) or of a year (2026), which is spread as revenue was the year before.")
    if known is None or known.empty:
        known = pd.DataFrame({"month": [None] * _EMPTY_ROWS, "revenue_target": [None] * _EMPTY_ROWS})
    known = known.astype({"month": "str", "revenue_target": "float64"})
    month = st.column_config.TextColumn("Month or year")
    number = st.column_config.NumberColumn("Target", min_value=0, format="%,.2f")
    rows = st.data_editor(known, num_rows="dynamic", hide_index=True, key=f"targets_{mark}", height=215, placeholder="",
                          column_config={"month": month, "revenue_target": number})  # fmt: skip
    file = st.file_uploader("Or a file with the columns month (or year) and revenue_target", key=f"targets_file_{mark}")
    return rows.replace("", None).dropna(how="all"), file


def fault(rows: pd.DataFrame) -> str:
    """What of the rows typed cannot be, in one sentence."""
    return _HALF if rows.isna().any(axis=None) else ""


def put(folder: Path, rows: pd.DataFrame, file) -> Path | None:
    """Store the file given, else the rows typed, in a private folder, never among its orders; None where neither is."""
    if file is None and rows.empty:
        return None
    name, content = (file.name, file.getvalue()) if file is not None else ("targets.csv", csv(rows))
    place = folder / "targets"
    place.mkdir(mode=0o700, exist_ok=True)
    stored = place / uploads.file_name(name)
    stored.write_bytes(content)
    return stored


def in_use() -> None:
    """The targets of the data in use, to be typed anew: for this tab, or, where the viewer may, in the data itself."""
    star = ui_state.star_in_use()
    known = _known(star)
    count = f"{len(known):,} month{'' if len(known) == 1 else 's'}" if len(known) else "none set"
    place = st.expander(f"Revenue targets · {count}", icon=":material/flag:", on_change="rerun", key="targets_in_use")
    if said := st.session_state.pop("targets_said", ""):
        st.markdown(said)
    if not place.open:
        return
    with place:
        rows, file = entry(f"in_use_{st.session_state.get('targets_set', 0)}", known)
        wrong = "" if file is not None else fault(rows)
        if wrong:
            st.caption(f":material/error: {wrong}")
        own = uploads.is_private(star)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button("Use these targets", key="use_targets", icon=":material/check:", disabled=bool(wrong),
                      on_click=_use, args=(rows, file, own))  # fmt: skip
            if not own and ui_data_desk.may_append():
                st.button("Keep them in the data, for everybody", key="keep_targets", icon=":material/save:",
                          disabled=bool(wrong), on_click=_use, args=(rows, file, True))  # fmt: skip
            elif not own:
                st.caption("In this tab alone; nobody else's view changes.", width="content")


def _use(rows: pd.DataFrame, file, in_place: bool) -> None:
    """Set the targets, in the star in use or in a private copy of it that this session then uses."""
    star = ui_state.star_in_use()
    folder = ui_presence.new_folder()
    to = star if in_place else folder / "star"
    try:
        exports.set_targets(star, to, put(folder, rows, file))
    except Refused as refusal:
        uploads.discard(folder)
        st.session_state["targets_said"] = f":material/error: {plain(str(refusal))}"
        return
    if in_place:
        uploads.discard(folder)
    ui_data_desk.switch(to)
    st.session_state["targets_set"] = st.session_state.get("targets_set", 0) + 1
    st.session_state["targets_said"] = ":material/check_circle: These targets are in use."


def _known(star: Path) -> pd.DataFrame:
    """The targets that a star has: month as 2026-05, revenue_target."""
    try:
        rows = pd.read_parquet(path_of(star, "dim_target"))
    except (OSError, ValueError):
        return pd.DataFrame({"month": [], "revenue_target": []})
    months = pd.to_datetime(rows.month)
    return pd.DataFrame({"month": months.dt.strftime("%Y-%m"), "revenue_target": rows.revenue_target.astype("float64")})
