"""Charts as files, drawn without a browser: PNG, SVG, PDF with selectable text."""

import functools

import altair as alt
import vl_convert

from core.take import fonts

_POINTED_AT = ("tooltip", "description")
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
