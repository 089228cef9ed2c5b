"""Words of the data, safe to stand in Markdown."""

import re

_MARKS = re.compile(r"([\\`*_{}\[\]<>()#+!|$~:])")


def plain(text: str) -> str:
    """The text with everything escaped that Markdown, or Streamlit's additions to it, would read as a mark."""
    return _MARKS.sub(r"\\\1", str(text))
