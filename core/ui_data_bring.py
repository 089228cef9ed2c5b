"""Bring your own data, a step at a time: files, how they are understood, the import, its account."""

import math
from pathlib import Path

import streamlit as st

from core import ui_data_desk, ui_data_mapping, ui_data_result, ui_data_settings, uploads
from core.ui_data_desk import Desk
from core.ui_data_refusal import refused
from core.ui_data_work import PAGES_FROM, Work
from core.ui_text import plain

_TEMPLATE = Path(__file__).parents[1] / "docs/template.csv"
_ACCEPTED = "CSV, TSV, text, Excel, OpenDocument or Parquet, zipped or not; several files if they belong together"
_STEPS = (
    ":material/upload_file: **Drop** an export of your orders as it came out of the shop, the ERP or a spreadsheet.",
    ":material/fact_check: **Check** how its columns were read, and what would be set aside. Nothing changes yet.",
    ":material/monitoring: **Open** the app on it, in this tab alone, with an account of every row and cent.",
)


def bring() -> None:
    """Draw the step that this session has come to."""
    desk = ui_data_desk.current()
    with st.container(border=True, key="bring"):
        st.markdown("**Bring your own data**")
        if desk is None:
            _choose_files()
            return
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f":material/description: {plain(_names(desk.names))}", width="content")
            st.space("stretch")
            if not desk.is_running:
                st.button("Take other files", icon=":material/restart_alt:", key="clear_desk",
                          on_click=ui_data_desk.clear)  # fmt: skip
        if desk.importing:
            _progress(desk, "Importing") if desk.is_running else ui_data_result.imported(desk)
        elif not desk.reading.is_over:
            _progress(desk, "Reading")
        elif desk.reading.refusal:
            refused("These files cannot be read.", desk.reading.refusal, desk)
        else:
            _proposal(desk)


def _choose_files() -> None:
    st.markdown("\n".join(f"{number}. {step}" for number, step in enumerate(_STEPS, start=1)))
    st.file_uploader(
        _ACCEPTED,
        accept_multiple_files=True,
        key=ui_data_desk.upload_key("upload"),
        on_change=ui_data_desk.take_uploads,
    )
    if uploads.is_analyst():
        _choose_on_server()
    if ui_data_desk.refusal():
        refused("This cannot be opened.", ui_data_desk.refusal())
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption("Needed: an order date, a customer, an amount. All else is welcome.", width="content")
        st.download_button("An example to fill in", _TEMPLATE.read_bytes, "orders.csv", "text/csv", key="template",
                           icon=":material/download:", type="tertiary", on_click="ignore",
                           help="Three order lines with every column that can be used (CSV).")  # fmt: skip
    st.caption(
        ":material/lock: Files go to a private folder that only this tab knows. They are deleted when you close it, at "
        "the latest after a day. E-mail, phone, address and payment columns are left out. Nobody else's view changes."
    )


def _choose_on_server() -> None:
    if not uploads.server_folders():
        st.caption("Set QUINTILE_FOLDERS to open folders of this server here.")
        return
    st.selectbox("Or a file, a folder or kept data on this server", [str(path) for path in uploads.entries()],
                 index=None, placeholder="Choose, or type a path", accept_new_options=True, key="server_path",
                 on_change=ui_data_desk.take_server_path, args=("server_path",))  # fmt: skip


@st.fragment(run_every=0.7)
def _progress(desk: Desk, doing: str) -> None:
    """How far it is, drawn again by itself; the whole page when it is over."""
    work = desk.importing or desk.reading
    if work.is_over or ui_data_desk.current() is not desk:
        st.rerun()
    stopping = work.cancel.is_set()
    st.progress(work.share, f"{doing}: {'stopping' if stopping else _how_far(work)}")
    written = desk.appended and work.share >= PAGES_FROM
    st.button("Cancel", icon=":material/close:", key="cancel_work", disabled=stopping or written,
              help="The orders are added; only the pages are being prepared." if written else None,
              on_click=ui_data_desk.cancel, args=(desk,))  # fmt: skip
    st.caption(
        "You may look at other pages and come back; it goes on by itself. To bring something else, cancel this first."
    )


def _how_far(work: Work) -> str:
    said = [plain(work.stage), f"{work.share:.0%}" if work.share else f"{work.seconds:.0f} s so far"]
    if work.seconds_left is not None:
        said.append(_left(work.seconds_left))
    return " · ".join(said)


def _left(seconds: float) -> str:
    if seconds < 55:
        return f"about {max(math.ceil(seconds / 5) * 5, 5)} seconds left"
    minutes = round(seconds / 60)
    return f"about {minutes} minute{'' if minutes == 1 else 's'} left"


def _proposal(desk: Desk) -> None:
    proposal = desk.proposal
    ui_data_mapping.questions(desk)
    if proposal["problem"] and "currency" not in desk.questions:
        refused("This cannot be imported as it is.", proposal["problem"], desk)
    ui_data_mapping.first_rows(proposal)
    ui_data_mapping.mapping(desk, proposal)
    ui_data_mapping.findings(proposal)
    ui_data_settings.settings(desk, proposal)


def _names(names: list[str]) -> str:
    """The first few names, and how many more."""
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
