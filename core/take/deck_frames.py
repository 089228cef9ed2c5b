"""What all native charts have: their place and text alternative, heading, legend."""

from pptx.chart.chart import Chart
from pptx.chart.datalabel import DataLabel
from pptx.chart.series import _BaseSeries
from pptx.enum.chart import XL_LEGEND_POSITION
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.slide import Slide
from pptx.util import Length

from core.take.deck_style import TEXT, Palette

Box = tuple[Length, Length, Length, Length]


def added(slide: Slide, kind: object, box: Box, data: object, palette: Palette, alt: str) -> Chart:
    """A chart on the slide with its text alternative, in type that is read from the back of a room."""
    frame = slide.shapes.add_chart(kind, *box, data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    chart = frame.chart
    chart.font.size = TEXT
    palette.colour(chart.font.color, palette.theme.ink)
    return chart


def finish(chart: Chart, heading: str, series: int, palette: Palette) -> None:
    """The heading of one chart of several, and a legend where there is more than one series."""
    chart.has_title = bool(heading)
    if heading:
        chart.chart_title.include_in_layout = False
        frame = chart.chart_title.text_frame
        frame.text = heading
        font = frame.paragraphs[0].runs[0].font
        font.size, font.bold = TEXT, True
        palette.colour(font.color, palette.theme.ink)
    chart.has_legend = series > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
        chart.legend.font.size = TEXT


def in_one_line(labels: object) -> None:
    """A chart's labels are as wide as their texts: PowerPoint and others break them within a number otherwise."""
    labels.get_or_add_txPr().find(qn("a:bodyPr")).set("wrap", "none")


def lowered(label: DataLabel, part: float) -> None:
    """Draw a point's label lower than its position says, by a part of the chart's height."""
    layout, manual = OxmlElement("c:layout"), OxmlElement("c:manualLayout")
    for side, offset in (("c:x", 0.0), ("c:y", part)):
        manual.append(OxmlElement(side))
        manual[-1].set("val", str(offset))
    layout.append(manual)
    label._get_or_add_dLbl().find(qn("c:idx")).addnext(layout)


def see_through(drawn: _BaseSeries, part: float) -> None:
    """What lies below a filled mark is seen through it, to a part (0-1)."""
    solid = drawn._element.find(f"{qn('c:spPr')}/{qn('a:solidFill')}")
    alpha = OxmlElement("a:alpha")
    alpha.set("val", f"{(1 - part) * 100_000:.0f}")
    solid[0].append(alpha)
