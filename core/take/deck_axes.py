"""The axes of native charts: their ticks, type, lines and scales."""

from collections.abc import Sequence

from pptx.chart.chart import Chart
from pptx.enum.chart import XL_TICK_LABEL_POSITION
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement

from core.take import number_formats
from core.take.deck_style import CROWDED, TEXT, Palette
from core.take.figure import Bars

_MANY = 26


def of_bars(chart: Chart, plot: Bars, palette: Palette) -> None:
    """Names on one axis; amounts on the other where the bars do not write their own."""
    first = plot.series[0]
    labelled = all(series.labelled for series in plot.series)
    values = [value for series in plot.series for value in series.values]
    plain(chart.value_axis, palette, number_formats.short(first.format, values), grid=not labelled)
    if labelled:
        chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
        chart.value_axis.visible = False
        _make_room(chart.value_axis, [value for value in values if value is not None])
    plain(chart.category_axis, palette)
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if plot.standing:
        tick_every(chart.category_axis, _step(plot.categories))
    else:
        chart.category_axis.reverse_order = True
    if is_crowded(plot):
        chart.category_axis.tick_labels.font.size = CROWDED


def _step(names: Sequence[str]) -> int:
    """Every so many names have room: all but where they are many; of days every fifth, of months those of a year."""
    if len(names) <= _MANY:
        return 1
    return 5 if names[0].isdigit() else 12 * -(-len(names) // 144) if len(names) > 72 else 6


def is_crowded(plot: Bars) -> bool:
    """Whether the bars are too many for names of full size."""
    return len(plot.categories) * len(plot.series) ** 0.5 > (11 if plot.standing else 15)


def _make_room(axis: object, values: Sequence[float]) -> None:
    """Leave room for labels beyond the longest bars."""
    low, high = min(values, default=0.0), max(values, default=0.0)
    room = 0.16 * (max(high, 0.0) - min(low, 0.0))
    if room:
        axis.minimum_scale = low - room if low < 0 else 0
        axis.maximum_scale = high + room if high > 0 else 0


def plain(axis: object, palette: Palette, number_format: str = "", *, grid: bool = False) -> None:
    """Thin lines, quiet grid, type that is read from the back of a room."""
    axis.has_major_gridlines = grid
    axis.has_minor_gridlines = False
    if grid:
        palette.colour(axis.major_gridlines.format.line.color, palette.theme.line)
    palette.colour(axis.format.line.color, palette.theme.line)
    axis.tick_labels.font.size = TEXT
    palette.colour(axis.tick_labels.font.color, palette.theme.ink)
    if number_format:
        axis.tick_labels.number_format = number_format
        axis.tick_labels.number_format_is_linked = False


def titled(axis: object, title: str, palette: Palette) -> None:
    """Say below or beside an axis what it measures."""
    axis.has_title = True
    axis.axis_title.text_frame.text = title
    font = axis.axis_title.text_frame.paragraphs[0].runs[0].font
    font.size, font.bold = TEXT, False
    palette.colour(font.color, palette.theme.quiet)


def logarithmic(axis: object, low: float, high: float) -> None:
    """A logarithmic scale of whole powers of ten, crossing at its lowest."""
    axis.minimum_scale = 10.0 ** _power(low)
    axis.maximum_scale = 10.0 ** (_power(high) + 1)
    base = OxmlElement("c:logBase")
    base.set("val", "10")
    axis._element.find(qn("c:scaling")).insert(0, base)
    for crossing in axis._element.findall(qn("c:crosses")):
        crossing.set("val", "min")


def _power(value: float) -> int:
    return len(str(int(value))) - 1 if value >= 1 else -1


def month_ticks(chart: Chart, days: int) -> None:
    """Ticks a whole number of months apart, at most thirteen."""
    axis = chart.category_axis
    axis.tick_labels.number_format = "mmm" if days <= 370 else "mmm yyyy"
    axis.tick_labels.number_format_is_linked = False
    step = max(1, -(-days // 30 // 13)) if days > 62 else 7
    for tag, value in (
        ("c:baseTimeUnit", "days"),
        ("c:majorUnit", str(step)),
        ("c:majorTimeUnit", "months" if days > 62 else "days"),
    ):
        found = axis._element.find(qn(tag))
        if found is not None:
            axis._element.remove(found)
        added = OxmlElement(tag)
        added.set("val", value)
        axis._element.append(added)


def tick_every(axis: object, step: int) -> None:
    """Write every so many names."""
    for tag in ("c:tickLblSkip", "c:tickMarkSkip"):
        found = axis._element.find(qn(tag))
        if found is None:
            found = OxmlElement(tag)
            axis._element.find(qn("c:noMultiLvlLbl")).addprevious(found)
        found.set("val", str(step))
