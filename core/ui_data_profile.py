"""What the columns mean, remembered: on the server for analysts, as a small readable file for everyone."""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from core import exports, uploads
from core.choice_words import slug
from core.exports import saved
from core.star import Refused
from core.ui_text import plain

ENDING = saved.ENDING


def remember(proposal: Mapping, answers: Mapping[str, str], title: str) -> None:
    """Offer to keep the columns' meaning for the next export of this kind. `answers` are what was chosen by hand."""
    kept = exports.settled(proposal, answers)
    with st.expander("Remember these columns for next month", icon=":material/bookmark:"):
        st.caption(
            "A small readable file. Drop it together with the next export, and its columns are read in the same way."
        )
        st.download_button("Download the file", exports.text_of(kept), f"{slug(title)}{ENDING}",
                           key="download_mapping", icon=":material/download:", on_click="ignore")  # fmt: skip
        if uploads.is_analyst():
            name = st.text_input("Or keep it on this server, for everybody who uploads these columns, as", title)
            if st.button("Keep on this server", icon=":material/save:", key="save_mapping"):
                st.markdown(_saved(name, kept))


def check(file: Path) -> None:
    """Raises Refused for a file that is none of remembered columns."""
    try:
        saved.read(file)
    except Refused as refusal:
        raise Refused(
            f"{file.name} is no file of remembered columns; leave it out, or take the one downloaded here."
        ) from refusal


def _saved(name: str, kept: saved.SavedMapping) -> str:
    try:
        file = exports.save_mapping(name, kept)
    except (Refused, OSError) as refusal:
        return f":material/error: {plain(str(refusal))}"
    return (
        f":material/check_circle: Kept as {plain(file.stem)}; the next export with these columns is recognised by it."
    )
