"""Cells that a spreadsheet would run: what they look like, and how they are made to stay text."""

import re

# What a spreadsheet takes for the start of a formula or a command, also in full width.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?[\d\s().,/-]*\d[\d\s().,/-]*")  # an amount or a telephone number runs nothing


def runs(text: str) -> bool:
    """Whether a spreadsheet would take the text for a formula."""
    return text.startswith(_STARTS) and not _NUMBER.fullmatch(text)


def disarmed(text: str) -> str:
    """The text as a CSV may hold it: with an apostrophe before what would be run."""
    return f"'{text}" if runs(text) else text
