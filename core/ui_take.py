"""A page to take along: its files, made when they are asked for."""

import io
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from core import formats, ui_state, ui_tables, uploads
from core.filters import Filter
from core.ui_text import plain
from core.warehouse import Mart

_KINDS = (
    ("pptx", "PowerPoint", "Slides with charts and tables that can be edited.", ":material/slideshow:"),
    ("pdf", "PDF", "The page's figures, the filter printed on every page.", ":material/picture_as_pdf:"),
    ("xlsx", "Excel", "Every report of the page, a sheet each, with its definitions.", ":material/table:"),
)


def take_along(page: str, mart: Mart, filter: Filter) -> None:
    """Offer a page under a filter as slides, as a document and as a workbook."""
    link = f"{st.context.url}?{urlencode(ui_state.query(mart), doseq=True)}"
    with st.popover("Take along", icon=":material/download:", width="content"):
        for kind, label, said, icon in _KINDS:
            st.download_button(
                label,
                data=_writer(page, mart, filter, kind, link),
                file_name=f"{page} {formats.exact(mart.as_of, formats.Format.DATE)}.{kind}",
                icon=icon,
                help=said,
                key=f"take_{kind}",
                on_click="ignore",
                width="stretch",
            )
        st.caption("A file takes some seconds to make.")


@st.fragment
def customer_lists(mart: Mart, filter: Filter, *, key: str) -> None:
    """Offer the customers of a filter as a CSV for each CRM tool; nothing where the app is not run for analysts."""
    if not uploads.is_analyst():
        return
    with st.popover(
        "For CRM tools", type="tertiary", icon=":material/contact_mail:", on_change="rerun", key=f"{key}_popover"
    ) as popover:
        if not popover.open:
            return
        from core.take import customer_lists as lists

        star = ui_state.star_in_use()
        st.caption(plain(lists.reach(star, mart, filter)))
        for tool, known in lists.TOOLS.items():
            st.download_button(
                known.name,
                data=_list_writer(tool, star, mart, filter),
                file_name=ui_tables.file_name(f"customers-{tool}", mart, filter),
                mime="text/csv",
                icon=":material/download:",
                key=f"{key}_{tool}",
                on_click="ignore",
                width="stretch",
            )


def _list_writer(tool: str, star: Path, mart: Mart, filter: Filter) -> Callable[[], bytes]:
    def write() -> bytes:
        from core.take import customer_lists as lists

        stream = io.BytesIO()
        lists.write(tool, star, mart, filter, stream)
        return stream.getvalue()

    return write


def _writer(page: str, mart: Mart, filter: Filter, kind: str, link: str) -> Callable[[], bytes]:
    def write() -> bytes:
        from core import take  # what makes files is loaded when the first one is asked for, not at the app's start

        stream = io.BytesIO()
        take.write(page, mart, filter, stream, kind, link)
        return stream.getvalue()

    return write
