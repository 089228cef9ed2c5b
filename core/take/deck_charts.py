"""Plots as native PowerPoint charts: editable, their numbers in the workbook that each chart carries."""

from collections.abc import Sequence

from pptx.chart.chart import Chart
from pptx.chart.data import BubbleChartData, CategoryChartData, XyChartData
from pptx.chart.series import _BaseSeries
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_MARKER_STYLE,
)
from pptx.slide import Slide
from pptx.util import Pt

from core.formats import Format
from core.take import deck_axes, deck_frames, number_formats
from core.take.deck_frames import Box
from core.take.deck_style import CROWDED, TEXT, Palette
from core.take.figure import Bars, Cloud, Points, Series

_LOWER = 0.04  # of a chart's height: how far names stand below their points, clear of a curve that rises to the right


def bars(slide: Slide, plot: Bars, box: Box, palette: Palette, alt: str) -> Chart:
    """A bar or column chart; a single series has no legend, labelled series write their values."""
    data = CategoryChartData()
    data.categories = list(plot.categories)
    for series in plot.series:
        data.add_series(
            series.name, series.values, number_formats.short(series.format, series.values, signed=series.signed)
        )
    chart = deck_frames.added(slide, _bar_kind(plot), box, data, palette, alt)
    shape = chart.plots[0]
    shape.gap_width = 45 if plot.standing else 40
    shape.overlap = -5
    shape.vary_by_categories = False
    for series, drawn in zip(plot.series, shape.series, strict=True):
        _coloured(drawn, series, palette)
        if series.labelled:
            _label(drawn, series, crowded=deck_axes.is_crowded(plot))
    for series in shape.series:
        series.invert_if_negative = False
    deck_axes.of_bars(chart, plot, palette)
    deck_frames.finish(chart, plot.heading, len(plot.series), palette)
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
    chart = deck_frames.added(slide, kind, box, data, palette, alt)
    if bubbles:
        chart.plots[0].bubble_scale = 30
    for cloud, drawn in zip(clouds, chart.plots[0].series, strict=True):
        if bubbles:
            palette.fill(drawn.format.fill, cloud.colour)
            deck_frames.see_through(drawn, 0.5)
            palette.colour(drawn.format.line.color, palette.theme.ground)
        else:
            _curve(drawn, cloud.colour, palette, dots=cloud.dots)
        for place, label in enumerate(cloud.labels):
            if label:
                _name(drawn, place, label, _beside(cloud.points[place][0], clouds), lower=plot.joined)
    for axis, (title, format), place in (
        (chart.category_axis, plot.across, 0),
        (chart.value_axis, plot.upwards, 1),
    ):
        values = [point[place] for cloud in clouds for point in cloud.points]
        written = "0%" if format is Format.SHARE else number_formats.powers(format)
        deck_axes.plain(axis, palette, written, grid=place == 1)
        deck_axes.titled(axis, title, palette)
        if plot.logarithmic:
            deck_axes.logarithmic(axis, min(values), max(values))
        elif format is Format.SHARE:
            axis.minimum_scale, axis.maximum_scale, axis.major_unit = 0, 1, 0.25
    deck_frames.finish(chart, "", len(plot.series), palette)
    return chart


def _bar_kind(plot: Bars) -> object:
    if plot.standing:
        return XL_CHART_TYPE.COLUMN_CLUSTERED
    return XL_CHART_TYPE.BAR_CLUSTERED


def _coloured(drawn: _BaseSeries, series: Series, palette: Palette) -> None:
    """One colour for the series, or one a point."""
    palette.fill(drawn.format.fill, series.colours[0])
    if len(set(series.colours)) > 1:
        for place, colour in enumerate(series.colours):
            palette.fill(drawn.points[place].format.fill, colour)


def _label(drawn: _BaseSeries, series: Series, *, crowded: bool) -> None:
    labels = drawn.data_labels
    labels.show_value = True
    labels.number_format = number_formats.short(series.format, series.values, signed=series.signed)
    labels.number_format_is_linked = False
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    labels.font.size = CROWDED if crowded else TEXT
    deck_frames.in_one_line(labels._element)


def _name(drawn: _BaseSeries, place: int, text: str, position: object, *, lower: bool) -> None:
    """Name a point, `lower` than beside it where a curve goes on there."""
    label = drawn.points[place].data_label
    label.text_frame.text = text
    label.text_frame.paragraphs[0].runs[0].font.size = TEXT
    label.text_frame.word_wrap = False
    label.position = position
    if lower:
        deck_frames.lowered(label, _LOWER)


def _beside(across: float, clouds: Sequence[Cloud]) -> object:
    """Where a point's name stands: to its right, but to its left where the chart ends."""
    furthest = max(point[0] for cloud in clouds for point in cloud.points)
    return (
        XL_LABEL_POSITION.LEFT if across > furthest / 4 and len(clouds[0].points[0]) == 3 else XL_LABEL_POSITION.RIGHT
    )


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
