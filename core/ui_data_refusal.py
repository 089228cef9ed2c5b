"""A refusal on the Data page: in the words of the page, with what was found beside what is needed."""

import re

import streamlit as st

from core import uploads
from core.ui_data_desk import Desk
from core.ui_text import plain

# The importer speaks to a command line; here the same choices stand on the page.
_COLUMNS = "under What the columns mean"
_IN_PAGE = (
    (r";? say which with --map date_order=dmy or --map date_order=mdy", "; say which under the question"),
    (r"name the (right )?column with --map FIELD=COLUMN", rf"choose the \1column {_COLUMNS}"),
    (r"; on the command line, --currency split makes a star of each", ", or make data of its own of each"),
    (r"name the column with --map currency=COLUMN, or leave --currency split away", f"choose its column {_COLUMNS}"),
    (r"with --currency \w+", "under the question"),
    (r"with --currency, or leave the column of currencies out with --map currency=",
     f"under Currency, or no column of currencies {_COLUMNS}"),
    (r"with --map (\w+)=\S*", rf"{_COLUMNS}"),
)  # fmt: skip


def in_page_words(sentence: str, desk: Desk | None = None) -> str:
    """A refusal in the words of this page: its choices instead of options, no path of the server."""
    for pattern, words in _IN_PAGE:
        sentence = re.sub(pattern, words, sentence)
    if desk:
        for folder in (desk.folder / uploads.FILES, desk.folder):
            sentence = sentence.replace(f"{folder}/", "").replace(str(folder), "the upload")
    return sentence


def refused(title: str, sentence: str, desk: Desk | None = None) -> None:
    """A refusal: what cannot be done, why, what was found, and what to do."""
    said, found, columns = in_page_words(sentence, desk).partition(" Found: ")
    with st.container(border=True, key=f"refused_{title[:12]}"):
        st.markdown(f":material/error: **{title}**")
        st.markdown(plain(said))
        if found:
            st.caption(f"Found: {plain(columns)}")
