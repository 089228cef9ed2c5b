"""Bring your own data, a step at a time: files, how they are understood, the import, its account."""

import math

import streamlit as st

from core import ui_data_account, ui_data_desk, ui_data_mapping, ui_data_profile, ui_data_settings, ui_state, uploads
from core.star import Refused
from core.ui_data_desk import Desk
from core.ui_data_work import Work
from core.ui_text import plain

_ACCEPTED = "CSV, TSV, text, Excel, OpenDocument, Parquet, also zipped: one file, or several that belong together"


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
            if not (desk.importing and not desk.importing.is_over):
                st.button("Take other files", icon=":material/restart_alt:", key="clear_desk",
                          on_click=ui_data_desk.clear)  # fmt: skip
        if desk.importing:
            _imported(desk) if desk.importing.is_over else _progress(desk, "Importing")
        elif not desk.reading.is_over:
            _progress(desk, "Reading")
        elif desk.reading.refusal:
            refused("These files cannot be read.", desk.reading.refusal, desk)
        else:
            _proposal(desk)


def refused(title: str, sentence: str, desk: Desk | None = None) -> None:
    """A refusal: what cannot be done, and the one sentence that says why and what to do."""
    with st.container(border=True, horizontal_alignment="center", key=f"refused_{title[:12]}"):
        st.markdown(f":material/error: **{title}**", width="content")
        st.markdown(plain(ui_data_mapping.in_page_words(sentence, desk)), width="content")


def _choose_files() -> None:
    st.file_uploader(
        _ACCEPTED,
        accept_multiple_files=True,
        key=ui_data_desk.upload_key("upload"),
        on_change=ui_data_desk.take_uploads,
    )
    st.caption(
        ":material/lock: Files go to a private folder that only this tab knows, and are deleted after a day. E-mail, "
        "phone, address and payment columns are left out. Nobody else's view changes."
    )
    if uploads.is_analyst():
        _choose_on_server()
    if ui_data_desk.refusal():
        refused("This cannot be opened.", ui_data_desk.refusal())


def _choose_on_server() -> None:
    if not uploads.server_folders():
        st.caption("Set QUINTILE_FOLDERS to open folders of this server here.")
        return
    st.selectbox("Or a file, a folder or a star on this server", [str(path) for path in uploads.entries()], index=None,
                 placeholder="Choose, or type a path", accept_new_options=True, key="server_path",
                 on_change=ui_data_desk.take_server_path, args=("server_path",))  # fmt: skip


@st.fragment(run_every=0.7)
def _progress(desk: Desk, doing: str) -> None:
    """How far it is, drawn again by itself; the whole page when it is over."""
    work = desk.importing or desk.reading
    if work.is_over or ui_data_desk.current() is not desk:
        st.rerun()
    stopping = work.cancel.is_set()
    st.progress(work.share, f"{doing}: {'stopping' if stopping else _how_far(work)}")
    st.button("Cancel", icon=":material/close:", key="cancel_work", disabled=stopping,
              on_click=ui_data_desk.cancel, args=(desk,))  # fmt: skip
    st.caption("You may leave this page and come back; it goes on by itself.")


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
    ui_data_mapping.first_rows(proposal)
    ui_data_mapping.mapping(desk, proposal)
    ui_data_mapping.questions(desk, proposal)
    if proposal["problem"]:
        refused("This cannot be imported as it is.", proposal["problem"], desk)
    ui_data_mapping.findings(proposal)
    ui_data_settings.settings(desk, proposal)


def _imported(desk: Desk) -> None:
    work = desk.importing
    if work.result is None:
        stopped = work.cancel.is_set()
        title = "Stopped." if stopped else "Nothing was imported."
        refused(title, "The import was stopped; nothing was changed." if stopped else work.refusal, desk)
        st.button("Back to the choices", icon=":material/arrow_back:", key="back_to_proposal",
                  on_click=ui_data_desk.back_to_proposal, args=(desk,))  # fmt: skip
        return
    account = work.result
    totals = account["appended"]["star"] if "appended" in account else account["totals"]
    if ui_state.star_in_use() == desk.star and not desk.appended and not work.refusal:
        st.markdown(":material/check_circle: **This data is in use in this tab.** Its account stands above.")
        st.page_link("pages/1_Overview.py", label="See it on Overview", icon=":material/arrow_forward:")
        ui_data_profile.remember(desk.proposal, desk.mapping, desk.title)
        _keep(desk)
        return
    orders = ui_data_account.counted(totals["orders"], "order")
    st.markdown(
        f":material/check_circle: **{orders}** {'in all' if desk.appended else 'imported'}, "
        f"{totals['first_order_date']} to {totals['last_order_date']}. The account:"
    )
    ui_data_account.account(account, desk.star, key="imported")
    if work.refusal:
        refused("The pages cannot show this.", work.refusal, desk)
    with st.container(horizontal=True):
        if not work.refusal:
            _open(desk)
        st.button("Change a choice and import again", key="back_to_proposal", icon=":material/arrow_back:",
                  on_click=ui_data_desk.back_to_proposal, args=(desk,))  # fmt: skip
    ui_data_profile.remember(desk.proposal, desk.mapping, desk.title)
    _keep(desk)


def _open(desk: Desk) -> None:
    if ui_state.star_in_use() == desk.star:
        st.page_link("pages/1_Overview.py", label="See it on Overview", icon=":material/arrow_forward:")
    elif st.button("Open the app on this data", type="primary", icon=":material/open_in_new:", key="open_star"):
        ui_data_desk.use(desk.star)
        st.switch_page("Home.py")


def _keep(desk: Desk) -> None:
    if not uploads.is_analyst() or not uploads.is_private(desk.star) or desk.importing.refusal:
        return
    with st.expander("Keep this data on the server"):
        folders = [str(folder) for folder in uploads.server_folders()]
        if not folders:
            st.caption("Set QUINTILE_FOLDERS to name the folders that stars may be kept in.")
            return
        into = st.selectbox("Folder", folders, key="keep_into")
        name = st.text_input("Name of its folder", desk.title, key="keep_name")
        if st.button("Keep it", icon=":material/save:", key="keep_star"):
            try:
                place = uploads.keep(desk.star, into, name)
            except Refused as refusal:
                refused("It was not kept.", str(refusal))
            else:
                st.markdown(f":material/check_circle: Kept as {plain(place.name)}; it stays until you remove it.")


def _names(names: list[str]) -> str:
    """The first few names, and how many more."""
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
