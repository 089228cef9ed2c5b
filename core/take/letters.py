"""Letters that the bundled font lacks (Greek, Cyrillic, Arabic, Chinese, …): which fonts of the machine have them."""

import functools
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont, TTLibError

from core.take import fonts

_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "C:/Windows/Fonts",
)
_STYLED = (
    "bold",
    "italic",
    "oblique",
    "mono",
    "serif",
    "condensed",
    "narrow",
    "light",
    "thin",
    "black",
    "emoji",
    "math",
)
_WIDE_RANGING = ("noto", "dejavu", "droid", "unicode", "wqy", "gothic")
_RIGHT_TO_LEFT = ("R", "AL")
Font = tuple[Path, int]  # a file, and which of the fonts in it


def lacking(text: str) -> frozenset[str]:
    """The letters and signs of a text that the bundled font lacks."""
    return frozenset(
        letter
        for letter in set(text)
        if not fonts.has(letter) and unicodedata.category(letter)[0] not in "CZ" and letter != "\ufe0f"
    )


def is_joined(letters: frozenset[str]) -> bool:
    """Whether some of them are written from right to left or joined, so that their shapes depend on each other."""
    return any(
        unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT or "\u0900" <= letter <= "\u109f" for letter in letters
    )


@functools.lru_cache(maxsize=64)
def found(letters: frozenset[str]) -> tuple[tuple[Font, ...], frozenset[str]]:
    """Fonts of the machine that have these letters between them, as few as it takes, and the letters that none has."""
    taken, left = [], set(letters)
    for file in _files():
        if not left:
            break
        for number, codes in enumerate(_codes(file)):
            if had := {letter for letter in left if ord(letter) in codes}:
                taken.append((file, number))
                left -= had
    return tuple(taken), frozenset(left)


def _files() -> list[Path]:
    """The fonts of the machine: upright ones of normal weight first, among them those with many scripts."""

    def rank(file: Path) -> tuple:
        name = file.stem.casefold()
        return any(word in name for word in _STYLED), not any(word in name for word in _WIDE_RANGING), name

    return sorted(_installed(), key=rank)


def _installed() -> Iterator[Path]:
    for folder in _FOLDERS:
        for file in Path(folder).expanduser().rglob("*"):
            if file.suffix.casefold() in (".ttf", ".otf", ".ttc", ".otc"):
                yield file


@functools.cache
def _codes(file: Path) -> tuple[frozenset[int], ...]:
    """The code points of each font in a file; none where it cannot be read."""
    try:
        if file.suffix.casefold() in (".ttc", ".otc"):
            return tuple(frozenset(font.getBestCmap() or ()) for font in TTCollection(file, lazy=True).fonts)
        return (frozenset(TTFont(file, lazy=True).getBestCmap() or ()),)
    except (TTLibError, OSError, ValueError, AssertionError):
        return ()
