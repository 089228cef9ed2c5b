"""What the columns mean, remembered: on the server for analysts, as a small readable file for everyone."""

import json
import tomllib
from collections.abc import Mapping, Sequence

import streamlit as st

from core import exports, uploads
from core.star import Refused
from core.ui_tables import slug
from core.ui_text import plain

ENDING = ".toml"


def remember(proposal: Mapping, answers: Mapping[str, str], title: str) -> None:
    """Offer to keep the columns' meaning for the next export of this kind. `answers` are what was chosen by hand."""
    mapping, columns = settled(proposal, answers), proposal["files"][0]["columns"]
    with st.expander("Remember these columns for next time", icon=":material/bookmark:"):
        st.caption(
            "A small readable file. Upload it together with the next export, and its columns are read in the same way."
        )
        st.download_button("Download the file", text_of(columns, mapping), f"{slug(title)}{ENDING}",
                           key="download_mapping", icon=":material/download:", on_click="ignore")  # fmt: skip
        if uploads.is_analyst():
            name = st.text_input("Or keep it on this server, for everybody who uploads these columns, as", title)
            if st.button("Keep on this server", icon=":material/save:", key="save_mapping"):
                st.markdown(_saved(name, columns, mapping))


def settled(proposal: Mapping, answers: Mapping[str, str]) -> dict[str, str]:
    """The column of each field as far as it stands in the file by itself, and every answer given.

    An e-mail that stands in for a customer's number is not among them: taken by name it would be no hash any more.
    """
    rows = proposal["mapping"]
    one_file = len({row["file"] for row in rows}) == 1
    taken = {
        row["field"]: row["column"]
        for row in rows
        if one_file and row["column"] in {other["column"] for other in row["alternatives"]}
    }
    return taken | dict(answers)


def text_of(columns: Sequence[str], mapping: Mapping[str, str]) -> str:
    """The file: the columns that it is for, and the column of each field."""
    lines = [f"columns = {json.dumps(list(columns), ensure_ascii=False)}", "", "[mapping]"]
    lines += [f"{name} = {json.dumps(column, ensure_ascii=False)}" for name, column in sorted(mapping.items())]
    return "\n".join(lines) + "\n"


def read(name: str, content: bytes) -> dict[str, str]:
    """The column of each field that such a file says. Raises Refused for one that is none."""
    try:
        mapping = tomllib.loads(content.decode())["mapping"]
        return {str(field): column for field, column in mapping.items() if isinstance(column, str)}
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, AttributeError) as error:
        raise Refused(
            f"{name} is no file of remembered columns; leave it out, or take the one downloaded here."
        ) from error


def _saved(name: str, columns: Sequence[str], mapping: Mapping[str, str]) -> str:
    try:
        file = exports.save_mapping(name, columns, mapping)
    except (Refused, OSError) as refusal:
        return f":material/error: {plain(str(refusal))}"
    return (
        f":material/check_circle: Kept as {plain(file.stem)}; the next export with these columns is recognised by it."
    )
