"""A page to take along: its files, made when they are asked for."""

import io
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import BinaryIO
from urllib.parse import urlencode

import streamlit as st

from core import choice_words, compare, formats, ui_state, uploads
from core.filters import Filter
from core.star import Refused
from core.stories import Story
from core.ui_text import plain
from core.warehouse import Mart, Progress

_MIMES = {
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_KINDS = (
    ("pptx", "PowerPoint", "Slides with charts and tables that can be edited.", ":material/slideshow:"),
    ("pdf", "PDF", "The figures, the filter printed on every page.", ":material/picture_as_pdf:"),
    ("xlsx", "Excel", "Every report of the page, a sheet each, with its definitions.", ":material/table:"),
)
_CANCELLED = "Cancelled; nothing was written."
GOODBYE = 3.0  # seconds, in which the button that waits for a cancelled file is replaced


@dataclass
class _Making:
    """A file that is being made, in a thread of its own: what it is at, how far it is, since when.

    `number` counts those that were cancelled before it; `made` is the last file that was finished:
    its name, kind and content, until the popover closes.
    """

    stage: str = ""
    share: float = 0.0
    began: float = 0.0
    is_wanted: bool = True
    refusal: str = ""
    number: int = 0
    made: tuple[str, str, bytes] | None = None

    def begin(self) -> None:
        self.stage, self.share, self.began, self.is_wanted, self.refusal = "Beginning", 0.0, time.monotonic(), True, ""
        self.made = None

    def hear(self, stage: str, share: float) -> None:
        """Take note of the stage and the share done. Raises Refused where the file is no longer wanted."""
        if not self.is_wanted:
            raise Refused(_CANCELLED)
        self.stage, self.share = stage, min(max(share, 0.0), 1.0)

    def end(self, refusal: str = "") -> None:
        self.stage, self.refusal = "", refusal


def take_along(page: str, mart: Mart, filter: Filter) -> None:
    """Offer a page under a filter as slides, as a document and as a workbook; no comparison of one side alone."""
    if page == "Compare" and compare.of_filter(mart, filter) is None:
        return
    link = f"{st.context.url}?{urlencode(ui_state.query(mart), doseq=True)}"
    with st.container(width="content"):
        _offer(page, mart, ui_state.current(), "take", _KINDS, lambda stream, kind, hear: _take().write(
            page, mart, filter, stream, kind, link, hear))  # fmt: skip


def story_along(story: Story, star: Path, mart: Mart, links: Sequence[str]) -> None:
    """Offer a story as slides and as a document; `links` lead to its views in order."""
    with st.container(width="content"):
        _offer(story.title, mart, Filter(), f"take_{story.id}", _KINDS[:2],
               lambda stream, kind, hear: _take().write_story(story, star, stream, kind,
                                                              lambda number: links[number - 1], hear))  # fmt: skip


@st.fragment
def _offer(
    name: str,
    mart: Mart,
    chosen: Filter,
    key: str,
    kinds: Sequence[tuple],
    write: Callable[[BinaryIO, str, Progress], None],
) -> None:
    """A button a kind of file that makes it when it is clicked, and what the one in the making is at.

    `chosen` is what the viewer has chosen, for the file's name.
    """
    with st.popover("Take along", icon=":material/download:", on_change="rerun", key=key) as popover:
        making = st.session_state.setdefault(f"{key}_making", _Making())
        if not popover.open:
            making.made = None
            return
        names = {kind: choice_words.file_name(name, mart, chosen, kind) for kind, *_ in kinds}
        for kind, label, said, icon in kinds:
            st.download_button(
                label,
                data=_maker(kind, making, write, formats.style(), names[kind]),
                file_name=names[kind],
                mime=_MIMES[kind],
                icon=icon,
                help=said,
                key=f"{key}_{kind}_{making.number}",
                on_click="ignore",
                width="stretch",
            )
        _progress(making, frozenset(names.values()), key)


@st.fragment(run_every=0.5)
def _progress(making: _Making, names: frozenset[str], key: str) -> None:
    """How far the file in the making is, and a way to stop it; then the finished file once more."""
    if st.session_state[f"{key}_making"] is not making:  # cancelled: its buttons give way to new ones
        st.rerun()
    if making.stage:
        st.progress(making.share, f"{plain(making.stage)} · {time.monotonic() - making.began:.0f} s")
        st.button("Cancel", key=f"{key}_cancel", type="tertiary", on_click=_cancel, args=(making, key))
    else:
        st.caption(plain(making.refusal) or "A file takes some seconds to make.")
    if making.made and making.made[0] in names:
        _again(*making.made, key)


def _again(name: str, kind: str, content: bytes, key: str) -> None:
    """The finished file as a plain download, for a browser that did not take it.

    It also keeps the file: Streamlit drops one that no button shows at the second end of any viewer's run, which may be
    before the browser has fetched it. The browser then saves the error page, under the last part of the address.
    """
    st.download_button("Save it again", content, name, _MIMES[kind], key=f"{key}_again", type="tertiary",
                       icon=":material/save:", on_click="ignore")  # fmt: skip


def _cancel(making: _Making, key: str) -> None:
    """Give up a file in the making, from a callback.

    The button that waits for it gives way to a new one: it would say, in Streamlit's words, that something failed.
    """
    making.is_wanted = False
    st.session_state[f"{key}_making"] = _Making(number=making.number + 1, refusal=_CANCELLED)


def _maker(kind: str, making: _Making, write: Callable, style: formats.Style, name: str = "") -> Callable[[], bytes]:
    """What makes the file of a name in a thread that knows nothing of the viewer: hence the viewer's style."""

    def make() -> bytes:
        making.begin()
        stream = io.BytesIO()
        try:
            with formats.written_in(style):
                write(stream, kind, making.hear)
        except Refused as refused:
            making.end(str(refused))
            if not making.is_wanted:
                time.sleep(GOODBYE)
            raise
        except Exception:
            making.end("Something went wrong that nobody foresaw; no file was made.")
            raise
        making.made = name, kind, stream.getvalue()
        making.end()
        return stream.getvalue()

    return make


def _without_traceback(record: logging.LogRecord) -> bool:
    """A file that was cancelled or refused is no fault of the server: one line in its log says so."""
    error = record.exc_info[1] if record.exc_info else None
    if error is not None and isinstance(error.__cause__, Refused):
        record.exc_info, record.levelno, record.levelname = None, logging.INFO, "INFO"
        record.msg, record.args = "No file was made: %s", (error.__cause__,)
    return True


# Streamlit logs with its traceback whatever keeps it from making a download.
logging.getLogger("streamlit.runtime.backend_operation_handler").addFilter(_without_traceback)


def _take() -> ModuleType:
    from core import take  # what makes files is loaded when the first one is asked for, not at the app's start

    return take


def customer_lists(mart: Mart, filter: Filter, *, key: str) -> None:
    """Offer the customers of a filter as a CSV for each CRM tool; nothing where the app is not run for analysts."""
    if uploads.is_analyst():
        with st.container(width="content"):
            _lists_offer(mart, filter, key)


@st.fragment
def _lists_offer(mart: Mart, filter: Filter, key: str) -> None:
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
                file_name=choice_words.file_name(f"customers-{tool}", mart, filter, "csv"),
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
