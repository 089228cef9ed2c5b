"""The line of the last months in a card: a picture of its own, because a chart in each card takes as long as a page."""

from collections.abc import Sequence

from core.charts import style
from core.theme import Theme

_WIDE, _HIGH, _ROOM = 180.0, 44.0, 2.0  # px of the drawing, which is as wide as its card


def picture(values: Sequence[object], theme: Theme) -> str:
    """A line over its area from zero, without axes, as SVG. Takes two values or more."""
    heights = [style.number(value) for value in values]
    low, high = min(0.0, *heights), max(0.0, *heights)
    unit = (_HIGH - 2 * _ROOM) / ((high - low) or 1.0)
    step = _WIDE / (len(heights) - 1)
    ground = _HIGH - _ROOM + low * unit
    points = " ".join(f"{place * step:.1f},{ground - height * unit:.1f}" for place, height in enumerate(heights))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE:g} {_HIGH:g}">'
        f'<polygon points="0,{ground:.1f} {points} {_WIDE:g},{ground:.1f}" fill="{theme.accent}" fill-opacity=".12"/>'
        f'<polyline points="{points}" fill="none" stroke="{theme.accent}" stroke-width="1.5" stroke-linejoin="round"'
        "/></svg>"
    )
