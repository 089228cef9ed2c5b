"""Plots as native PowerPoint tables, cut into parts that each fit a slide."""

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.table import Table, _Cell
from pptx.util import Emu, Inches, Length, Pt

from core.take import widths
from core.take.deck_style import Palette, wide
from core.take.figure import Grid, Rows

_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_SIZES = tuple(Pt(size) for size in (20, 18, 16, 14, 13, 12))  # what fits is set as large as it may be; 12 is the least
_DENSE = (Pt(11), Pt(10))  # for cells of many columns
_LEAST = (Pt(9), Pt(8))  # for headings of so many columns that their words would be broken
_LINE = 1.25  # of the type's size
_PAD, _SLACK, _LEAST_ROW, _HIGHEST_ROW = Inches(0.08), Pt(2), Inches(0.28), Inches(0.85)
_WIDEST_CELL = Inches(1.9)
Box = tuple[Length, Length, Length, Length]


def grid_parts(plot: Grid, height: int) -> Iterator[Grid]:
    """The grid in parts of equal length that are no higher than `height`."""
    at_most = (height - _header(_SIZES[-1])) // _LEAST_ROW
    count = math.ceil(len(plot.rows) / at_most)
    size = math.ceil(len(plot.rows) / count)
    for start in range(0, len(plot.rows), size):
        part = slice(start, start + size)
        yield replace(plot, rows=plot.rows[part], texts=plot.texts[part], grounds=plot.grounds[part],
                      letters=plot.letters[part])  # fmt: skip


def rows_parts(plot: Rows, width: int, height: int) -> list[Rows]:
    """The rows in parts that are no higher than `height` with their texts wrapped to the columns."""
    cuts = _cuts(plot, width, height, rows_size([plot], width, height))
    return [replace(plot, texts=plot.texts[start:end]) for start, end in itertools.pairwise(cuts)]


def rows_size(plots: Sequence[Rows], width: int, height: int) -> Length:
    """The largest type that breaks no word and no number and takes no more slides than the smallest would."""
    whole = [size for size in (*_SIZES, *_DENSE) if all(_breaks_nothing(plot, width, size) for plot in plots)]
    usual = next((size for size in reversed(whole) if size >= _SIZES[-1]), whole[0] if whole else _DENSE[-1])
    fewest = [len(_cuts(plot, width, height, usual)) for plot in plots]
    for size in whole:
        if [len(_cuts(plot, width, height, size)) for plot in plots] == fewest:
            return size
    return usual


def _cuts(plot: Rows, width: int, height: int, size: Length) -> list[int]:
    """Before which rows a new slide begins, and the number of rows; the last slide is no remnant."""
    columns = _widths(plot, width, size)
    room = height - _header(size)
    needed = [_height(texts, columns, size) for texts in plot.texts]
    even = sum(needed) / math.ceil(sum(needed) / room)
    cuts, taken = [0], 0
    for place, high in enumerate(needed):
        if place > cuts[-1] and (taken + high > room or taken + high / 2 > even):
            cuts.append(place)
            taken = 0
        taken += high
    return [*cuts, len(plot.texts)]


def grid(slide: Slide, plot: Grid, box: Box, palette: Palette, alt: str) -> Table:
    """A cell per row and column name in its colours."""
    left, top, width, height = box
    table = _table(slide, len(plot.rows) + 1, len(plot.columns) + 1, (left, top, width, height), alt)
    size, small, names = _grid_size(plot, width, height)
    across = min((width - names) // len(plot.columns), _WIDEST_CELL)
    for place, column in enumerate(table.columns):
        column.width = Emu(names if place == 0 else across)
    table.rows[0].height = Emu(_header(size))
    for place, text in enumerate((plot.corner, *plot.columns)):
        _write(table.cell(0, place), text, small, palette, palette.theme.quiet, right=False, centre=place > 0)
    for down, name in enumerate(plot.rows, start=1):
        table.rows[down].height = Emu(_row_height(plot, height, size))
        _write(table.cell(down, 0), name, size, palette, palette.theme.ink, right=False)
        for place, text in enumerate(plot.texts[down - 1], start=1):
            cell = table.cell(down, place)
            _write(cell, text, size, palette, plot.letters[down - 1][place - 1], right=False, centre=True)
            palette.fill(cell.fill, plot.grounds[down - 1][place - 1])
            _border(cell, palette.theme.ground, palette)
    return table


def rows(slide: Slide, plot: Rows, box: Box, palette: Palette, alt: str, size: Length) -> Table:
    """Rows of text in a type under a header, numbers to the right."""
    width = box[2]
    table = _table(slide, len(plot.texts) + 1, len(plot.columns), box, alt)
    columns = _widths(plot, width, size)
    for column, part in zip(table.columns, columns, strict=True):
        column.width = Emu(part)
    table.rows[0].height = Emu(_header(size))
    for place, text in enumerate(plot.columns):
        cell = table.cell(0, place)
        _write(cell, text, min(size, _SIZES[-1]), palette, palette.theme.quiet, right=plot.numeric[place])
        palette.fill(cell.fill, palette.theme.panel)
    for down, texts in enumerate(plot.texts, start=1):
        table.rows[down].height = Emu(_height(texts, columns, size))
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
    cell.margin_left = cell.margin_right = _PAD
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


def _breaks_nothing(plot: Rows, width: int, size: Length) -> bool:
    """Whether no number and no word is broken."""
    least = widths.narrowest(plot, *_measures(size))
    return all(part >= int(needed) for part, needed in zip(_widths(plot, width, size), least, strict=True))


def _widths(plot: Rows, width: int, size: Length) -> list[int]:
    return [int(part) for part in widths.of_columns(plot, width, *_measures(size))]


def _measures(size: Length) -> tuple[widths.Measure, widths.Measure, int]:
    """How wide texts of a size and their headings are, and the margins of a cell."""
    small = min(size, _SIZES[-1])
    return lambda text: wide(text, size), lambda text: wide(text, small), 2 * _PAD + _SLACK


def _height(texts: Sequence[str], columns: Sequence[int], size: Length) -> int:
    """How high a row is with its texts wrapped."""
    lines = max(
        sum(max(1, math.ceil(wide(line, size) / (part - 2 * _PAD))) for line in text.split("\n"))
        for text, part in zip(texts, columns, strict=True)
    )
    return max(int(_LEAST_ROW), int(lines * size * _LINE + Inches(0.06)))


def _header(size: Length) -> int:
    """How high a header of two lines is."""
    return int(2 * min(size, _SIZES[-1]) * _LINE + Inches(0.06))


def _grid_size(plot: Grid, width: int, height: int) -> tuple[Length, Length, int]:
    """The largest type in which every cell and name stands in one line, that of headings whose words are whole, and
    how wide the names are then.
    """
    word = max((word for name in plot.columns for word in name.split()), key=len)
    for size in (*_SIZES, *_DENSE):
        names = max(*(wide(name, size) for name in plot.rows), wide(plot.corner, min(size, _SIZES[-1]))) + 2 * _PAD
        across = min((width - names) // len(plot.columns), _WIDEST_CELL) - 2 * _PAD
        cells = max(wide(text, size) for texts in plot.texts for text in texts)
        small = next((one for one in (_SIZES[-1], *_DENSE) if one <= size and wide(word, one) <= across), None)
        if small and cells <= across and size * _LINE + Inches(0.03) <= _row_height(plot, height, size):
            break
    return size, small or next((one for one in _LEAST if wide(word, one) <= across), _LEAST[-1]), int(names)


def _row_height(plot: Grid, height: int, size: Length) -> int:
    return int(min(_HIGHEST_ROW, (height - _header(size)) / len(plot.rows)))


def _is_long(plot: Rows) -> bool:
    return any("\n" in text for texts in plot.texts for text in texts)
