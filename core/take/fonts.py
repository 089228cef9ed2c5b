"""The bundled font as files that renderers read: TrueType, Latin and its extensions in one file a weight."""

import functools
import tempfile
from pathlib import Path

from fontTools.merge import Merger, Options
from fontTools.ttLib import TTFont

_SOURCE = Path(__file__).parents[2] / "static"
# Hints and layout rules of the two halves contradict each other; nothing here needs them.
_LEFT_OUT = ["GSUB", "GPOS", "GDEF", "prep", "fpgm", "cvt ", "gasp"]
NORMAL, STRONG = 400, 600


def width(text: str, weight: int = NORMAL) -> float:
    """How wide a line of text is, in parts of the type's size; letters that the font lacks count as square."""
    advances = _advances(weight)
    return sum(advances.get(ord(letter), 1.0) for letter in text)


def has(letter: str) -> bool:
    """Whether the font has a letter."""
    return ord(letter) in _advances(NORMAL)


def file(weight: int) -> Path:
    """The font of a weight, NORMAL or STRONG."""
    return folder() / f"ibm-plex-sans-{weight}.ttf"


@functools.cache
def _advances(weight: int) -> dict[int, float]:
    found: dict[int, float] = {}
    for part in ("latin-ext", "latin"):
        font = TTFont(_SOURCE / f"ibm-plex-sans-{part}-{weight}-normal.woff2")
        metrics, whole = font["hmtx"].metrics, font["head"].unitsPerEm
        found |= {code: metrics[name][0] / whole for code, name in font.getBestCmap().items()}
    return found


@functools.cache
def folder() -> Path:
    """A folder with a file a weight, kept while the program runs."""
    made = Path(_made().name)
    for weight in (NORMAL, STRONG):
        halves = []
        for part in ("latin", "latin-ext"):
            font = TTFont(_SOURCE / f"ibm-plex-sans-{part}-{weight}-normal.woff2")
            font.flavor = None
            halves.append(made / f"{part}-{weight}.part")
            font.save(halves[-1])
        Merger(options=Options(drop_tables=_LEFT_OUT)).merge([str(half) for half in halves]).save(
            made / f"ibm-plex-sans-{weight}.ttf"
        )
        for half in halves:
            half.unlink()
    return made


@functools.cache
def _made() -> tempfile.TemporaryDirectory:
    return tempfile.TemporaryDirectory(prefix="quintile-fonts-")
