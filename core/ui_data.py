"""The Data page: the star in use (its name, its age, what it holds, its account), and the way to bring one's own."""

import datetime

import streamlit as st

from core import (
    formats,
    ui,
    ui_data_account,
    ui_data_bring,
    ui_data_desk,
    ui_data_targets,
    ui_state,
    uploads,
    warehouse,
)
from core.formats import Format
from core.star import Refused
from core.ui_text import plain
from core.warehouse import Mart

_QUESTION = "Which data is this, how was it read, and how do I bring my own?"
_HELD = {
    "order": "orders",
    "order line": "order lines",
    "customer, buyers or not": "customers",
    "product": "products",
    "place": "places",
}


def open_page() -> None:
    """Draw the whole page. It opens even where the star in use does not."""
    navigation = ui.begin("Data")
    mart, refusal = None, ""
    try:
        mart = _mart()
    except Refused as refused:
        refusal = str(refused)
    notes = _settled(mart) if mart else []
    ui.navigate(navigation, ui_state.query(mart) if mart else {}, "Data")
    st.title("Data", anchor=False, help=_QUESTION)
    if mart:
        _headline(mart, notes)
    if ui_data_desk.current() is None:
        left, right = st.columns([5, 7])
        with left:
            ui_data_bring.bring()
        with right:
            _in_use(mart) if mart else _not_opened(refusal)
        return
    _in_use(mart) if mart else _not_opened(refusal)
    ui_data_bring.bring()


def _settled(mart: Mart) -> list[str]:
    notes = ui_state.settle(mart)
    ui_state.write_link(mart)
    return notes


def _mart() -> Mart:
    """The mart of the star in use, whole: the page speaks of all the data, whatever is chosen elsewhere."""
    place = st.empty()

    def show(stage: str, share: float) -> None:
        place.progress(share, f"Preparing the data: {stage.lower()}")

    try:
        return warehouse.open_mart(ui_state.star_in_use(), progress=show)
    finally:
        place.empty()


def _headline(mart: Mart, notes: list[str]) -> None:
    st.markdown(
        f"**{plain(mart.name)}** holds {ui_data_account.counted(mart.summary['orders'], 'order')} in its figures, "
        f"{formats.date_text(mart.first_day)} to {formats.date_text(mart.as_of)}{_made(mart.facts.get('created_at'))}."
    )
    for note in notes:
        st.caption(f":material/info: {plain(note)}")


def _in_use(mart: Mart) -> None:
    """The star in use: what it holds and its account; in short while another export is on the desk."""
    told, folder = mart.facts.get("account") or {}, ui_state.star_in_use()
    desk = ui_data_desk.current()
    in_short = desk is not None and folder not in desk.stars
    with st.container(border=True, key="star_in_use"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown("**The data in use, and its account**", width="content")
            st.space("stretch")
            _way_back()
        if not in_short:
            st.caption(" · ".join(_facts(mart)))
            ui_data_account.account(told, folder, key="in_use")
            ui_data_targets.in_use()
            return
        st.caption(ui_data_account.verdict(told))
        place = st.expander("The whole account", on_change="rerun", key="whole_account")
        if place.open:
            with place:
                st.caption(" · ".join(_facts(mart)))
                ui_data_account.account(told, folder, key="in_use")


def _facts(mart: Mart) -> list[str]:
    """What the star holds and what it is, a few words each."""
    folder = ui_state.star_in_use()
    rows = ui_data_account.rows_of(folder)
    said = [
        f"{rows[grain]:,} {words if rows[grain] != 1 else grain}" for grain, words in _HELD.items() if grain in rows
    ]
    waiting = int(mart.summary["pending_orders"] + mart.summary["cancelled_orders"])
    if waiting:
        said[0] += f" ({waiting:,} of them pending or cancelled, so in no figure)"
    said.append(f"amounts in {plain(mart.currency)}" if mart.currency else "no currency named")
    if mart.fiscal_year_start != 1:
        said.append(f"fiscal year from {datetime.date(2000, mart.fiscal_year_start, 1):%B}")
    files = [plain(source.get("name", "")) for source in mart.facts.get("sources") or []]
    if files:
        said.append(f"from {', '.join(files[:3])}{f' and {len(files) - 3} more' if len(files) > 3 else ''}")
    if uploads.is_private(folder):
        said.append("yours alone: open in this tab only, deleted when you close it, at the latest after a day")
    return said


def _made(text: object) -> str:
    """When the star was made and how long ago, as the end of a sentence; nothing where it does not say."""
    try:
        day = datetime.datetime.fromisoformat(str(text)).date()
    except ValueError:
        return ""
    days = (datetime.datetime.now(datetime.UTC).date() - day).days
    ago = "today" if days == 0 else f"{formats.short(days, Format.DAYS)} ago" if days > 0 else "a day that is to come"
    return f", made on {formats.date_text(day)} ({ago})"


def _way_back() -> None:
    if ui_state.star_in_use() != warehouse.default_star():
        st.button("Back to the app's own data", icon=":material/undo:", key="use_default",
                  on_click=ui_data_desk.use_default)  # fmt: skip


def _not_opened(refusal: str) -> None:
    """Where the star in use cannot be read: why, and the ways out."""
    folder = ui_state.star_in_use()
    gone = uploads.is_private(folder) and not folder.exists()
    with st.container(border=True, horizontal_alignment="center", key="refused"):
        st.space("small")
        st.markdown("**The data in use could not be opened.**", width="content")
        said = "The upload that was open here is gone: uploads are deleted after a day." if gone else refusal
        st.markdown(plain(said), width="content")
        _way_back()
        st.caption("Or bring other data.", width="content")
        st.space("small")
