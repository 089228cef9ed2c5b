"""Plots as native PowerPoint charts: editable, their numbers in the workbook that each chart carries."""

import datetime
from collections.abc import Sequence

from pptx.chart.chart import Chart
from pptx.chart.data import BubbleChartData, CategoryChartData, XyChartData
from pptx.chart.series import _BaseSeries
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.slide import Slide
from pptx.util import Length, Pt

from core.formats import Format
from core.take import number_formats
from core.take.deck_style import Palette
from core.take.figure import Bars, Lines, Points, Series

_SMALL, _TEXT = Pt(9), Pt(11)
_MANY = 26
Box = tuple[Length, Length, Length, Length]


def bars(slide: Slide, plot: Bars, box: Box, palette: Palette, alt: str) -> Chart:
    """A bar or column chart; a single series has no legend, labelled series write their values."""
    data = CategoryChartData()
    data.categories = list(plot.categories)
    for series in plot.series:
        data.add_series(
            series.name, series.values, number_formats.short(series.format, series.values, signed=series.signed)
        )
    chart = _added(slide, _bar_kind(plot), box, data, palette, alt)
    shape = chart.plots[0]
    shape.gap_width = 45 if plot.standing else 40
    shape.overlap = -5
    shape.vary_by_categories = False
    for series, drawn in zip(plot.series, shape.series, strict=True):
        _coloured(drawn, series, palette)
        if series.labelled:
            _label(drawn, series)
    for series in shape.series:
        series.invert_if_negative = False
    _bar_axes(chart, plot, palette)
    _finish(chart, plot.heading, len(plot.series), palette)
    return chart


def lines(slide: Slide, plot: Lines, box: Box, palette: Palette, alt: str) -> Chart:
    """A line chart over days or numbers; gaps between two values are bridged."""
    data = CategoryChartData(number_format="d mmm" if _are_days(plot) else "General")
    data.categories = list(plot.categories)
    values = [value for series in plot.series for value in series.values]
    number_format = number_formats.short(plot.series[0].format, values)
    for series in plot.series:
        data.add_series(series.name, series.values, number_format)
    chart = _added(slide, XL_CHART_TYPE.LINE, box, data, palette, alt)
    for series, drawn in zip(plot.series, chart.plots[0].series, strict=True):
        drawn.smooth = False
        drawn.marker.style = XL_MARKER_STYLE.NONE
        drawn.format.line.width = Pt(1 if series.thin else 1.75 if series.dashed else 2.5)
        palette.colour(drawn.format.line.color, series.colours[0])
        if series.dashed:
            drawn.format.line.dash_style = MSO_LINE.DASH
        _label_end(drawn, series, _is_highest(series, plot.series), palette)
    _bridge(chart)
    _axis(chart.value_axis, palette, number_format, grid=True)
    _axis(chart.category_axis, palette)
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if _are_days(plot):
        _month_ticks(chart, len(plot.categories))
    else:
        _tick_every(chart.category_axis, 5 if len(plot.categories) > 12 else 1)
    _finish(chart, plot.heading, len(plot.series), palette)
    return chart


def points(slide: Slide, plot: Points, box: Box, palette: Palette, alt: str) -> Chart:
    """A scatter chart, its points joined by lines where the plot says so, or a bubble chart where they have a size."""
    bubbles = len(plot.series[0].points[0]) == 3
    # LibreOffice draws a series only as far as the first one is long.
    clouds = sorted(plot.series, key=lambda cloud: len(cloud.points), reverse=True)
    data = BubbleChartData() if bubbles else XyChartData()
    for cloud in clouds:
        series = data.add_series(cloud.name)
        for point in cloud.points:
            series.add_data_point(*point)
    kind = XL_CHART_TYPE.BUBBLE if bubbles else XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS
    chart = _added(slide, kind, box, data, palette, alt)
    if bubbles:
        chart.plots[0].bubble_scale = 40
    for cloud, drawn in zip(clouds, chart.plots[0].series, strict=True):
        if bubbles:
            palette.fill(drawn.format.fill, cloud.colour)
            _see_through(drawn)
            palette.colour(drawn.format.line.color, palette.theme.ground)
        else:
            _curve(drawn, cloud.colour, palette, dots=cloud.dots)
        for place, label in enumerate(cloud.labels):
            if label:
                _name(drawn, place, label, XL_LABEL_POSITION.RIGHT)
    for axis, (title, format), place in (
        (chart.category_axis, plot.across, 0),
        (chart.value_axis, plot.upwards, 1),
    ):
        values = [point[place] for cloud in clouds for point in cloud.points]
        written = "0%" if format is Format.SHARE else number_formats.LOGARITHMIC
        _axis(axis, palette, written, grid=place == 1)
        _titled(axis, title, palette)
        if plot.logarithmic:
            _logarithmic(axis, min(values), max(values))
        elif format is Format.SHARE:
            axis.minimum_scale, axis.maximum_scale, axis.major_unit = 0, 1, 0.25
    _finish(chart, "", len(plot.series), palette)
    return chart


def _added(slide: Slide, kind: object, box: Box, data: object, palette: Palette, alt: str) -> Chart:
    frame = slide.shapes.add_chart(kind, *box, data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    chart = frame.chart
    chart.font.size = _TEXT
    palette.colour(chart.font.color, palette.theme.ink)
    return chart


def _finish(chart: Chart, heading: str, series: int, palette: Palette) -> None:
    """The heading of one chart of several, and a legend where there is more than one series."""
    chart.has_title = bool(heading)
    if heading:
        chart.chart_title.include_in_layout = False
        frame = chart.chart_title.text_frame
        frame.text = heading
        font = frame.paragraphs[0].runs[0].font
        font.size, font.bold = _TEXT, True
        palette.colour(font.color, palette.theme.ink)
    chart.has_legend = series > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
        chart.legend.font.size = _TEXT


def _bar_kind(plot: Bars) -> object:
    if plot.standing:
        return XL_CHART_TYPE.COLUMN_CLUSTERED
    return XL_CHART_TYPE.BAR_CLUSTERED


def _bar_axes(chart: Chart, plot: Bars, palette: Palette) -> None:
    first = plot.series[0]
    labelled = all(series.labelled for series in plot.series)
    values = [value for series in plot.series for value in series.values]
    _axis(chart.value_axis, palette, number_formats.short(first.format, values), grid=not labelled)
    if labelled:
        chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
        chart.value_axis.visible = False
        _make_room(chart.value_axis, [value for value in values if value is not None])
    _axis(chart.category_axis, palette)
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if plot.standing:
        _tick_every(chart.category_axis, 5 if len(plot.categories) > _MANY and plot.categories[0].isdigit() else 1)
        if len(plot.categories) > 12:
            chart.category_axis.tick_labels.font.size = _SMALL
    else:
        chart.category_axis.reverse_order = True
        chart.category_axis.tick_labels.font.size = _SMALL if len(plot.categories) > 16 else _TEXT


def _make_room(axis: object, values: Sequence[float]) -> None:
    """Leave room for labels beyond the longest bars."""
    low, high = min(values, default=0.0), max(values, default=0.0)
    room = 0.12 * (max(high, 0.0) - min(low, 0.0))
    if room:
        axis.minimum_scale = low - room if low < 0 else 0
        axis.maximum_scale = high + room if high > 0 else 0


def _coloured(drawn: _BaseSeries, series: Series, palette: Palette) -> None:
    """One colour for the series, or one a point."""
    palette.fill(drawn.format.fill, series.colours[0])
    if len(set(series.colours)) > 1:
        for place, colour in enumerate(series.colours):
            palette.fill(drawn.points[place].format.fill, colour)


def _label(drawn: _BaseSeries, series: Series) -> None:
    labels = drawn.data_labels
    labels.show_value = True
    labels.number_format = number_formats.short(series.format, series.values, signed=series.signed)
    labels.number_format_is_linked = False
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    labels.font.size = _SMALL if len(series.values) > 16 else _TEXT


def _is_highest(series: Series, others: Sequence[Series]) -> bool:
    """Whether a line ends above all others that end where it does."""

    def end(one: Series) -> tuple[int, float]:
        return max(((place, value) for place, value in enumerate(one.values) if value is not None), default=(-1, 0.0))

    place, value = end(series)
    return all(end(other)[0] != place or end(other)[1] <= value for other in others)


def _label_end(drawn: _BaseSeries, series: Series, above: bool, palette: Palette) -> None:
    """The last value of a line, written beside its end."""
    known = [place for place, value in enumerate(series.values) if value is not None]
    if known:
        label = drawn.points[known[-1]].data_label
        label.position = XL_LABEL_POSITION.ABOVE if above else XL_LABEL_POSITION.BELOW
        label.font.size, label.font.bold = _TEXT, True
        palette.colour(label.font.color, series.colours[0])


def _name(drawn: _BaseSeries, place: int, text: str, position: object) -> None:
    label = drawn.points[place].data_label
    label.text_frame.text = text
    label.text_frame.paragraphs[0].runs[0].font.size = _TEXT
    label.position = position


def _curve(drawn: _BaseSeries, colour: str, palette: Palette, *, dots: bool) -> None:
    drawn.smooth = False
    if dots:
        drawn.format.line.fill.background()
        drawn.marker.style, drawn.marker.size = XL_MARKER_STYLE.CIRCLE, 9
        palette.fill(drawn.marker.format.fill, colour)
    else:
        drawn.marker.style = XL_MARKER_STYLE.NONE
        drawn.format.line.width = Pt(3)
        palette.colour(drawn.format.line.color, colour)


def _axis(axis: object, palette: Palette, number_format: str = "", *, grid: bool = False) -> None:
    axis.has_major_gridlines = grid
    axis.has_minor_gridlines = False
    if grid:
        palette.colour(axis.major_gridlines.format.line.color, palette.theme.line)
    palette.colour(axis.format.line.color, palette.theme.line)
    axis.tick_labels.font.size = _TEXT
    palette.colour(axis.tick_labels.font.color, palette.theme.ink)
    if number_format:
        axis.tick_labels.number_format = number_format
        axis.tick_labels.number_format_is_linked = False


def _titled(axis: object, title: str, palette: Palette) -> None:
    axis.has_title = True
    axis.axis_title.text_frame.text = title
    font = axis.axis_title.text_frame.paragraphs[0].runs[0].font
    font.size, font.bold = _TEXT, False
    palette.colour(font.color, palette.theme.quiet)


def _logarithmic(axis: object, low: float, high: float) -> None:
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


def _see_through(drawn: _BaseSeries) -> None:
    """Bubbles that lie upon each other are seen through each other."""
    solid = drawn._element.find(f"{qn('c:spPr')}/{qn('a:solidFill')}")
    alpha = OxmlElement("a:alpha")
    alpha.set("val", "70000")
    solid[0].append(alpha)


def _bridge(chart: Chart) -> None:
    """A line goes on over what is absent between two values."""
    blanks = chart._chartSpace.chart.find(qn("c:dispBlanksAs"))
    if blanks is None:
        blanks = OxmlElement("c:dispBlanksAs")
        chart._chartSpace.chart.find(qn("c:plotVisOnly")).addnext(blanks)
    blanks.set("val", "span")


def _are_days(plot: Lines) -> bool:
    return isinstance(plot.categories[0], datetime.date)


def _month_ticks(chart: Chart, days: int) -> None:
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


def _tick_every(axis: object, step: int) -> None:
    for tag in ("c:tickLblSkip", "c:tickMarkSkip"):
        found = axis._element.find(qn(tag))
        if found is None:
            found = OxmlElement(tag)
            axis._element.find(qn("c:noMultiLvlLbl")).addprevious(found)
        found.set("val", str(step))
