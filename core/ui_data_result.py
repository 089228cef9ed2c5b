"""What became of an import: its account, the app on it, what is kept of it."""

import datetime
from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from core import formats, ui_data_account, ui_data_desk, ui_data_profile, ui_state, uploads
from core.star import Refused, read_facts
from core.ui_data_desk import Desk
from core.ui_data_refusal import refused
from core.ui_text import plain


def imported(desk: Desk) -> None:
    """Draw the end of an import, whatever it is."""
    work = desk.importing
    if work.result is None:
        stopped = work.cancel.is_set()
        title = "Stopped." if stopped else "Nothing was imported."
        refused(title, "The import was stopped; nothing was changed." if stopped else work.refusal, desk)
        st.button("Back to the choices", icon=":material/arrow_back:", key="back_to_proposal",
                  on_click=ui_data_desk.back_to_proposal, args=(desk,))  # fmt: skip
        return
    if work.refusal:
        refused("The pages cannot show this.", work.refusal, desk)
    stars = dict(work.result)
    if len(stars) == 1:
        _result(desk, *next(iter(stars.items())), key="imported")
    else:
        st.markdown(f":material/call_split: **{len(stars)} currencies, each as data of its own.**")
        for tab, (star, account) in zip(st.tabs([_currency(star) for star in stars]), stars.items(), strict=True):
            with tab:
                _result(desk, star, account, key=_currency(star))
    st.button("Change a choice and import again", key="back_to_proposal", icon=":material/arrow_back:", type="tertiary",
              on_click=ui_data_desk.back_to_proposal, args=(desk,))  # fmt: skip
    ui_data_profile.remember(desk.proposal, desk.mapping, desk.title)


def _result(desk: Desk, star: Path, account: Mapping, key: str) -> None:
    """One star that was made: opened, its account stands at the top of the page; else here."""
    totals = account["appended"]["star"] if "appended" in account else account["totals"]
    orders = ui_data_account.counted(totals["orders"], "order")
    st.markdown(
        f":material/check_circle: **{orders}** {'in all' if desk.appended else 'imported'}, "
        f"{_day(totals['first_order_date'])} to {_day(totals['last_order_date'])}."
    )
    if ui_state.star_in_use() == star:
        st.caption("This data is in use in this tab; its account stands above.")
    if not desk.importing.refusal:
        _open(star, key)
    if ui_state.star_in_use() != star:
        ui_data_account.account(account, star, key=key)
    _keep(desk, star, key)


def _open(star: Path, key: str) -> None:
    if ui_state.star_in_use() == star:
        st.page_link("Home.py", label="See it on Home", icon=":material/arrow_forward:")
    elif st.button("Open the app on this data", type="primary", icon=":material/open_in_new:", key=f"open_{key}"):
        ui_data_desk.use(star)
        st.switch_page("Home.py")


def _keep(desk: Desk, star: Path, key: str) -> None:
    if not uploads.is_analyst() or not uploads.is_private(star) or desk.importing.refusal:
        return
    with st.expander("Keep this data on the server", icon=":material/save:"):
        folders = [str(folder) for folder in uploads.server_folders()]
        if not folders:
            st.caption("Set QUINTILE_FOLDERS to name the folders that data may be kept in.")
            return
        into = st.selectbox("Folder", folders, key=f"keep_into_{key}")
        name = st.text_input("Name of its folder", desk.title, key=f"keep_name_{key}")
        if st.button("Keep it", icon=":material/save:", key=f"keep_{key}"):
            try:
                place = uploads.keep(star, into, name)
            except Refused as refusal:
                refused("It was not kept.", str(refusal))
            else:
                if ui_state.star_in_use() == star:  # from now on on the one that stays
                    ui_data_desk.switch(place)
                st.markdown(
                    f":material/check_circle: Kept as {plain(place.name)}; it stays until you remove it. Next month, "
                    "open it from the server's list, bring the new export, and choose to add it."
                )


def _currency(star: Path) -> str:
    return str(read_facts(star).get("currency") or star.name)


def _day(text: str) -> str:
    return formats.date_text(datetime.date.fromisoformat(text))
