"""Charts as files, drawn without a browser: PNG, SVG, PDF with selectable text."""

import functools
from collections.abc import Sequence

import altair as alt
import vl_convert

from core.take import fonts

_POINTED_AT = ("tooltip", "description")
_SCALE = 2.0  # pixels a unit: crisp on a projector
_WIDTH, _MARGIN = 900, 20


def png(drawing: alt.LayerChart, *, width: int | None = None, height: int | None = None) -> bytes:
    """The chart as a picture, two pixels a unit."""
    return vl_convert.vegalite_to_png(_spec(drawing, width, height), scale=_SCALE)


def svg(drawing: alt.LayerChart, *, width: int | None = None, height: int | None = None) -> str:
    """The chart as SVG."""
    return vl_convert.vegalite_to_svg(_spec(drawing, width, height))


def pdf(drawing: alt.LayerChart, *, width: int | None = None, height: int | None = None) -> bytes:
    """The chart as one page of PDF, as large as the chart, a point a unit."""
    return vl_convert.vegalite_to_pdf(_spec(drawing, width, height))


def picture(drawing: alt.LayerChart, kind: str, title: str, said: Sequence[str], *, width: int = _WIDTH) -> bytes:
    """One chart as a file of its own, "png" or "svg": its title and, in smaller type, what is said line by line."""
    spec = _spec(drawing, max(width, drawing.usermeta["narrowest"]), None)
    axis = spec["config"]["axis"]
    spec["padding"] = _MARGIN
    spec["title"] = {
        "text": title,
        "subtitle": list(said),
        "anchor": "start",
        "frame": "bounds",
        "offset": 14,
        "font": axis["labelFont"],
        "fontSize": 17,
        "fontWeight": 600,
        "color": spec["config"]["text"]["color"],
        "subtitleFont": axis["labelFont"],
        "subtitleFontSize": 12,
        "subtitleColor": axis["labelColor"],
        "subtitlePadding": 5,
    }
    if kind == "png":
        return vl_convert.vegalite_to_png(spec, scale=_SCALE)
    return vl_convert.vegalite_to_svg(spec).encode("utf-8")


def _spec(drawing: alt.LayerChart, width: int | None, height: int | None) -> dict:
    """The chart's Vega-Lite on paper: as wide as asked with axes and all, without what only a pointer finds."""
    _register_fonts()
    spec = _on_paper(drawing.to_dict())
    spec.pop("params", None)
    if width:
        spec |= {"width": width, "autosize": {"type": "fit-x", "contains": "padding"}}
    return spec | ({"height": height} if height else {})


def _on_paper(spec: dict) -> dict:
    """The chart without tooltips and unseen layers, which would be written into the file a mark each."""
    kept = dict(spec)
    if "layer" in spec:
        kept["layer"] = [_on_paper(layer) for layer in spec["layer"] if not _is_unseen(layer)]
    if "encoding" in spec:
        kept["encoding"] = {name: channel for name, channel in spec["encoding"].items() if name not in _POINTED_AT}
    return kept


def _is_unseen(layer: dict) -> bool:
    mark = layer.get("mark")
    return isinstance(mark, dict) and mark.get("opacity") == 0


@functools.cache
def _register_fonts() -> None:
    vl_convert.register_font_directory(str(fonts.folder()))
