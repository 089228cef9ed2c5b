"""Plots as native PowerPoint tables, cut into parts that each fit a slide."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.table import Table, _Cell
from pptx.util import Emu, Inches, Length, Pt

from core.take.deck_style import Palette
from core.take.figure import Grid, Rows

_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_ROW, _HEADER = Inches(0.27), Inches(0.46)
_CHARACTER = 0.52  # of the type's size: how wide a letter is on average
Box = tuple[Length, Length, Length, Length]


def grid_parts(plot: Grid, height: int) -> Iterator[Grid]:
    """The grid in parts of equal length that are no higher than `height`."""
    at_most = (height - _HEADER) // _ROW
    count = math.ceil(len(plot.rows) / at_most)
    size = math.ceil(len(plot.rows) / count)
    for start in range(0, len(plot.rows), size):
        part = slice(start, start + size)
        yield replace(plot, rows=plot.rows[part], texts=plot.texts[part], grounds=plot.grounds[part],
                      letters=plot.letters[part])  # fmt: skip


def rows_parts(plot: Rows, width: int, height: int) -> Iterator[Rows]:
    """The rows in parts that are no higher than `height` with their texts wrapped to the columns."""
    taken, start = _HEADER, 0
    needed = [_height(texts, plot, width) for texts in plot.texts]
    for place, high in enumerate(needed):
        if taken + high > height and place > start:
            yield replace(plot, texts=plot.texts[start:place])
            taken, start = _HEADER, place
        taken += high
    yield replace(plot, texts=plot.texts[start:])


def grid(slide: Slide, plot: Grid, box: Box, palette: Palette, alt: str) -> Table:
    """A cell per row and column name in its colours."""
    left, top, width, height = box
    names = Inches(2.0) if len(plot.columns) < 14 else Inches(1.5)
    table = _table(slide, len(plot.rows) + 1, len(plot.columns) + 1, (left, top, width, height), alt)
    across = min((width - names) // len(plot.columns), Inches(1.7))
    for place, column in enumerate(table.columns):
        column.width = Emu(names if place == 0 else across)
    row_height = min(Inches(0.62), (height - _HEADER) // len(plot.rows))
    size = Pt(11) if row_height > Inches(0.3) and len(plot.columns) < 11 else Pt(9)
    table.rows[0].height = _HEADER
    for place, text in enumerate((plot.corner, *plot.columns)):
        _write(table.cell(0, place), text, Pt(9), palette, palette.theme.quiet, right=False, centre=place > 0)
    for down, name in enumerate(plot.rows, start=1):
        table.rows[down].height = Emu(int(row_height))
        _write(table.cell(down, 0), name, size, palette, palette.theme.ink, right=False)
        for place, text in enumerate(plot.texts[down - 1], start=1):
            cell = table.cell(down, place)
            _write(cell, text, size, palette, plot.letters[down - 1][place - 1], right=False, centre=True)
            palette.fill(cell.fill, plot.grounds[down - 1][place - 1])
            _border(cell, palette.theme.ground, palette)
    return table


def rows(slide: Slide, plot: Rows, box: Box, palette: Palette, alt: str) -> Table:
    """Rows of text under a header, numbers to the right."""
    width = box[2]
    table = _table(slide, len(plot.texts) + 1, len(plot.columns), box, alt)
    for column, part in zip(table.columns, _widths(plot, width), strict=True):
        column.width = Emu(part)
    table.rows[0].height = _HEADER
    size = _size(plot)
    for place, text in enumerate(plot.columns):
        cell = table.cell(0, place)
        _write(cell, text, Pt(9), palette, palette.theme.quiet, right=plot.numeric[place])
        palette.fill(cell.fill, palette.theme.panel)
    for down, texts in enumerate(plot.texts, start=1):
        table.rows[down].height = Emu(_height(texts, plot, width))
        for place, text in enumerate(texts):
            cell = table.cell(down, place)
            _write(cell, text, size, palette, palette.theme.ink, right=plot.numeric[place])
            cell.vertical_anchor = MSO_ANCHOR.TOP if _is_long(plot) else MSO_ANCHOR.MIDDLE
            _border(cell, palette.theme.line, palette, only_below=True)
    return table


def _table(slide: Slide, rows: int, columns: int, box: Box, alt: str) -> Table:
    frame = slide.shapes.add_table(rows, columns, *box)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    table = frame.table
    table._tbl.tblPr.find(qn("a:tableStyleId")).text = _NO_STYLE
    table.horz_banding = False
    return table


def _write(
    cell: _Cell, text: str, size: Length, palette: Palette, colour: str, *, right: bool, centre: bool = False
) -> None:
    cell.margin_left = cell.margin_right = Inches(0.05)
    cell.margin_top = cell.margin_bottom = Inches(0.015)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.text = text
    for paragraph in cell.text_frame.paragraphs:
        paragraph.alignment = PP_ALIGN.CENTER if centre else PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
        for run in paragraph.runs:
            run.font.size = size
            run.font.bold = False
            palette.colour(run.font.color, colour)


def _border(cell: _Cell, colour: str, palette: Palette, *, only_below: bool = False) -> None:
    """Thin lines around a cell, or below it; they must stand before the cell's fill."""
    properties = cell._tc.get_or_add_tcPr()
    for place, side in enumerate(("a:lnB",) if only_below else ("a:lnL", "a:lnR", "a:lnT", "a:lnB")):
        line = properties.makeelement(qn(side), {"w": "9525"})
        solid = line.makeelement(qn("a:solidFill"), {})
        solid.append(solid.makeelement(qn("a:srgbClr"), {"val": colour.lstrip("#")}))
        line.append(solid)
        properties.insert(place, line)


def _widths(plot: Rows, width: int) -> list[int]:
    whole = sum(plot.widths)
    return [int(width * part / whole) for part in plot.widths]


def _height(texts: Sequence[str], plot: Rows, width: int) -> int:
    """How high a row is with its texts wrapped."""
    size = _size(plot)
    high = max(
        sum(max(1, math.ceil(len(line) * size * _CHARACTER / (part - Inches(0.1)))) for line in text.split("\n"))
        for text, part in zip(texts, _widths(plot, width), strict=True)
    )
    return max(int(_ROW), int(high * size * 1.22 + Inches(0.06)))


def _size(plot: Rows) -> Length:
    return Pt(10) if len(plot.columns) < 9 else Pt(9)


def _is_long(plot: Rows) -> bool:
    return any("\n" in text for texts in plot.texts for text in texts)
