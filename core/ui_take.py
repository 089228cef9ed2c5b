"""A page to take along: its files, made when they are asked for."""

import io
from collections.abc import Callable
from urllib.parse import urlencode

import streamlit as st

from core import formats, ui_state
from core.filters import Filter
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


def _writer(page: str, mart: Mart, filter: Filter, kind: str, link: str) -> Callable[[], bytes]:
    def write() -> bytes:
        from core import take  # what makes files is loaded when the first one is asked for, not at the app's start

        stream = io.BytesIO()
        take.write(page, mart, filter, stream, kind, link)
        return stream.getvalue()

    return write
