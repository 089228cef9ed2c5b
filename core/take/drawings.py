"""Charts as files, drawn without a browser: PNG, SVG, PDF with selectable text."""

import functools
import tempfile
from pathlib import Path

import altair as alt
import vl_convert
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parents[2] / "static"
_SCALE = 2.0  # pixels a unit: crisp on a projector


def png(drawing: alt.LayerChart, *, width: int | None = None, height: int | None = None) -> bytes:
    """The chart as a picture, two pixels a unit."""
    return vl_convert.vegalite_to_png(_spec(drawing, width, height), scale=_SCALE)


def svg(drawing: alt.LayerChart, *, width: int | None = None, height: int | None = None) -> str:
    """The chart as SVG."""
    return vl_convert.vegalite_to_svg(_spec(drawing, width, height))


def pdf(drawing: alt.LayerChart, *, width: int | None = None, height: int | None = None) -> bytes:
    """The chart as one page of PDF, as large as the chart, a point a unit."""
    return vl_convert.vegalite_to_pdf(_spec(drawing, width, height))


def _spec(drawing: alt.LayerChart, width: int | None, height: int | None) -> dict:
    """The chart's Vega-Lite with a size; what only a screen needs, clicks among it, does no harm."""
    _register_fonts()
    size = {key: value for key, value in (("width", width), ("height", height)) if value}
    return drawing.to_dict() | size


@functools.cache
def _register_fonts() -> tempfile.TemporaryDirectory:
    """Hand the bundled fonts to the renderer, as TrueType; they are kept while the program runs."""
    folder = tempfile.TemporaryDirectory(prefix="quintile-fonts-")
    for file in sorted(FONTS.glob("ibm-plex-sans-*.woff2")):
        font = TTFont(file)
        font.flavor = None
        font.save(Path(folder.name) / f"{file.stem}.ttf")
    vl_convert.register_font_directory(folder.name)
    return folder
