"""Lines over days or numbers as native PowerPoint charts, with native areas below them."""

import copy
import datetime
from collections.abc import Sequence

from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.chart.series import _BaseSeries
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.slide import Slide
from pptx.util import Pt

from core.take import deck_axes, deck_frames, number_formats
from core.take.deck_frames import Box
from core.take.deck_style import TEXT, Palette
from core.take.figure import Lines, Series


def lines(slide: Slide, plot: Lines, box: Box, palette: Palette, alt: str) -> Chart:
    """A line chart over days or numbers; gaps between two values are bridged."""
    data = CategoryChartData(number_format="d mmm" if _are_days(plot) else "General")
    data.categories = list(plot.categories)
    values = [value for series in plot.series for value in series.values]
    number_format = number_formats.short(plot.series[0].format, values)
    for series in plot.series:
        data.add_series(series.name, series.values, number_format)
    chart = deck_frames.added(slide, XL_CHART_TYPE.LINE, box, data, palette, alt)
    for series, drawn in zip(plot.series, chart.plots[0].series, strict=True):
        drawn.smooth = False
        drawn.marker.style = XL_MARKER_STYLE.NONE
        drawn.format.line.width = Pt(1 if series.thin else 1.75 if series.dashed else 2.5)
        palette.colour(drawn.format.line.color, series.colours[0])
        if series.dashed:
            drawn.format.line.dash_style = MSO_LINE.DASH
        _label_end(drawn, series, _is_highest(series, plot.series), palette)
    _bridge(chart)
    deck_axes.plain(chart.value_axis, palette, number_format, grid=True)
    deck_axes.plain(chart.category_axis, palette)
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if _are_days(plot):
        deck_axes.month_ticks(chart, (plot.categories[-1] - plot.categories[0]).days + 1)
    else:
        deck_axes.tick_every(chart.category_axis, 5 if len(plot.categories) > 12 else 1)
    deck_frames.finish(chart, plot.heading, len(plot.series), palette)
    _shade(chart, plot, palette)
    return chart


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
        label.font.size, label.font.bold = TEXT, True
        palette.colour(label.font.color, series.colours[0])
        deck_frames.in_one_line(label._get_or_add_dLbl())


def _shade(chart: Chart, plot: Lines, palette: Palette) -> None:
    """Native areas below the lines that are filled: of the same cells, on the same axes, not in the legend."""
    filled = [place for place, series in enumerate(plot.series) if series.filled]
    if not filled:
        return
    line_chart = chart._chartSpace.chart.plotArea.find(qn("c:lineChart"))
    area_chart = OxmlElement("c:areaChart")
    _with_value(area_chart, "c:grouping", "standard")
    lines = line_chart.findall(qn("c:ser"))
    areas = [copy.deepcopy(lines[place]) for place in filled]
    for area in areas:
        for tag in ("c:spPr", "c:marker", "c:dLbls", "c:smooth"):
            for found in area.findall(qn(tag)):
                area.remove(found)
        area_chart.append(area)
    for number, series in enumerate((*areas, *lines)):  # a legend counts what is drawn first, first
        for tag in ("c:idx", "c:order"):
            series.find(qn(tag)).set("val", str(number))
    for axis in line_chart.findall(qn("c:axId")):
        area_chart.append(copy.deepcopy(axis))
    line_chart.addprevious(area_chart)  # so that the lines lie upon it
    for place, drawn in zip(filled, chart.plots[0].series, strict=True):
        palette.fill(drawn.format.fill, plot.series[place].colours[0])
        deck_frames.see_through(drawn, 0.88)
    if chart.has_legend:
        for number in reversed(range(len(areas))):
            entry = OxmlElement("c:legendEntry")
            _with_value(entry, "c:idx", str(number))
            _with_value(entry, "c:delete", "1")
            chart.legend._element.find(qn("c:legendPos")).addnext(entry)


def _with_value(parent: object, tag: str, value: str) -> None:
    child = OxmlElement(tag)
    child.set("val", value)
    parent.append(child)


def _bridge(chart: Chart) -> None:
    """A line goes on over what is absent between two values."""
    blanks = chart._chartSpace.chart.find(qn("c:dispBlanksAs"))
    if blanks is None:
        blanks = OxmlElement("c:dispBlanksAs")
        chart._chartSpace.chart.find(qn("c:plotVisOnly")).addnext(blanks)
    blanks.set("val", "span")


def _are_days(plot: Lines) -> bool:
    return isinstance(plot.categories[0], datetime.date)
