"""The private folders of a session: they stay as long as its viewer is there, and go soon after."""

from pathlib import Path

import streamlit as st

from core import uploads

_FOLDERS = "private_folders"


def new_folder() -> Path:
    """A new private folder of this session. Raises Refused as uploads does."""
    folder = uploads.new_folder()
    st.session_state.setdefault(_FOLDERS, []).append(folder)
    return folder


def here() -> None:
    """Note on every page that the viewer of this session's folders is there, or there again after a lost connection."""
    uploads.watch()
    for folder in st.session_state.get(_FOLDERS, ()):
        _held(folder)


@st.cache_resource(scope="session", on_release=uploads.leave, show_spinner=False)
def _held(folder: Path) -> Path:
    """Released where the session loses its connection."""
    uploads.stay(folder)
    return folder
