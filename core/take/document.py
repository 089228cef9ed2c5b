"""A page as a PDF: its figures as vectors with selectable text, the filter on every page, pages numbered."""

import io
from collections.abc import Sequence
from typing import BinaryIO

from fpdf.enums import Align, TableBordersLayout, TableCellFillMode, XPos, YPos
from fpdf.fonts import FontFace
from pypdf import PdfReader, PdfWriter, Transformation

from core.formats import NOTHING
from core.take import drawings, widths
from core.take.document_sheet import FOOT, HEAD, MARGIN, Sheet, rgb
from core.take.figure import Card, Cards, Figure, Plot, Rows, Sentences
from core.take.printout import Printout
from core.warehouse import Progress

_GAP = 14.0
_DRAWN, _SCALE = 1030, 0.74  # charts are drawn this wide, then made smaller: their type is of a page's size then
_MAP = 400
_ABOVE = 50.0  # what stands over a drawing
_NAMED = 12  # signs that a remark lists
_TYPES, _PAD = (8.5, 8.0, 7.5, 7.0, 6.5), 9.0  # of tables: sizes, and what stands around a cell's text
_SHRINKS = 0.85  # a drawing may be made this much smaller to fit what is left of a page


def write(printout: Printout, to: BinaryIO, progress: Progress) -> None:
    """Write the document of a page."""
    write_story(printout.title, [printout], to, progress)


def write_story(title: str, chapters: Sequence[Printout], to: BinaryIO, progress: Progress) -> None:
    """Write the document of a story: each chapter begins a page."""
    sheet = Sheet(chapters[0], title + "".join(map(_text_of, chapters)))
    sheet.set_title(title)
    count = sum(len(chapter.shown) for chapter in chapters)
    done = 0
    for chapter in chapters:
        sheet.printout = chapter
        sheet.add_page()
        sheet.type(22, chapter.theme.ink, bold=True)
        sheet.multi_cell(0, 28, chapter.title, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        if chapter.choice:
            sheet.type(14, chapter.theme.accent, bold=True)
            sheet.multi_cell(0, 20, chapter.choice, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
            sheet.set_y(sheet.get_y() + 4)
        for figure in chapter.shown:
            progress(f"Writing {figure.title}", done / count)
            _figure(sheet, figure, chapter)
            done += 1
    _definitions(sheet, chapters)
    _with_drawings(sheet, to)


def _figure(sheet: Sheet, figure: Figure, printout: Printout) -> None:
    if figure.drawing is not None:
        drawn = drawings.pdf(figure.drawing, width=_DRAWN, height=None if figure.plots else _MAP)
        box = PdfReader(io.BytesIO(drawn)).pages[0].mediabox
        scale = min(_SCALE, sheet.epw / float(box.width), (sheet.h - HEAD - FOOT - _ABOVE) / float(box.height))
        room = (sheet.room() - _ABOVE) / float(box.height)
        if room < scale * _SHRINKS:
            sheet.add_page()
        else:
            scale = min(scale, room)
        wide, high = float(box.width) * scale, float(box.height) * scale
        _heading(sheet, figure, printout)
        sheet.laid.append((sheet.page_no() - 1, MARGIN, sheet.h - sheet.get_y() - high, wide, high, drawn))
        sheet.set_y(sheet.get_y() + high + _GAP)
        return
    if sheet.room() < 150:
        sheet.add_page()
    _heading(sheet, figure, printout)
    for plot in figure.plots:
        _plot(sheet, plot)
    sheet.set_y(sheet.get_y() + _GAP)


def _heading(sheet: Sheet, figure: Figure, printout: Printout) -> None:
    """The finding, and below it what the figure is, with its own period where that is not the page's."""
    sheet.type(13, sheet.theme.ink, bold=True)
    sheet.multi_cell(0, 17, figure.headline, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    said = [figure.title if figure.title != figure.headline else "", printout.view_of(figure), figure.rest,
            *dict.fromkeys(plot.note for plot in figure.plots if isinstance(plot, Rows))]  # fmt: skip
    sheet.type(9, sheet.theme.quiet)
    sheet.multi_cell(0, 12, " · ".join(text for text in said if text), align=Align.L, new_x=XPos.LMARGIN,
                     new_y=YPos.NEXT)  # fmt: skip
    sheet.set_y(sheet.get_y() + 6)


def _plot(sheet: Sheet, plot: Plot) -> None:
    match plot:
        case Cards():
            _cards(sheet, plot.cards)
        case Sentences():
            for finding, rest in plot.lines:
                sheet.type(11, sheet.theme.ink, bold=True)
                sheet.write(16, finding)
                sheet.type(11, sheet.theme.ink)
                sheet.write(16, rest)
                sheet.ln(22)
        case Rows():
            _rows(sheet, plot)
        case _:
            pass


def _cards(sheet: Sheet, cards: Sequence[Card]) -> None:
    """Cards side by side."""
    moods = {1: sheet.theme.gain, -1: sheet.theme.loss, 0: sheet.theme.quiet}
    width, top = (sheet.epw - 8 * (len(cards) - 1)) / len(cards), sheet.get_y()
    for place, card in enumerate(cards):
        left = MARGIN + place * (width + 8)
        sheet.set_fill_color(*rgb(sheet.theme.panel))
        sheet.rect(left, top, width, 66, style="F")
        for text, size, colour, down, bold in (
            (card.label, 8.5, sheet.theme.quiet, 9, False),
            (card.value, 17, sheet.theme.ink, 23, True),
            (" ".join(part for part in (card.change, card.note) if part), 8.5, moods[card.moved], 46, False),
        ):
            sheet.type(size, colour, bold=bold)
            sheet.set_xy(left + 8, top + down)
            sheet.cell(width - 16, size * 1.3, sheet.fitted(text, width - 16))
    sheet.set_xy(MARGIN, top + 74)


def _rows(sheet: Sheet, plot: Rows) -> None:
    """A table whose header stands on each page that it runs over."""
    columns = _columns(sheet, plot)
    sheet.set_draw_color(*rgb(sheet.theme.line))
    header = FontFace(color=rgb(sheet.theme.quiet), fill_color=rgb(sheet.theme.panel))
    aligned = tuple(Align.R if right else Align.L for right in plot.numeric)
    with sheet.table(
        col_widths=columns, text_align=aligned, line_height=11, padding=(2.5, 3), headings_style=header,
        borders_layout=TableBordersLayout.HORIZONTAL_LINES, first_row_as_headings=True,
        cell_fill_color=rgb(sheet.theme.ground), cell_fill_mode=TableCellFillMode.ALL,
    ) as table:  # fmt: skip
        for texts in (plot.columns, *plot.texts):
            row = table.row()
            for text in texts:
                row.cell(text or NOTHING)
    sheet.set_y(sheet.get_y() + 8)


def _columns(sheet: Sheet, plot: Rows) -> tuple[float, ...]:
    """How wide the columns are, in the largest type that breaks no number and no word."""
    for size in _TYPES:
        sheet.type(size, sheet.theme.ink)
        measures = (sheet.get_string_width, sheet.get_string_width, _PAD)
        if sum(widths.narrowest(plot, *measures)) <= sheet.epw:
            break
    return tuple(widths.of_columns(plot, sheet.epw, *measures))


def _definitions(sheet: Sheet, chapters: Sequence[Printout]) -> None:
    """What every figure and metric is, once each."""
    sheet.add_page()
    sheet.type(13, sheet.theme.ink, bold=True)
    sheet.multi_cell(0, 20, "Definitions", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    sheet.type(8.5, sheet.theme.ink)
    said = dict.fromkeys(
        f"{figure.title}: {text}" if place == 0 and figure.reports else text
        for chapter in chapters
        for figure in chapter.shown
        for place, text in enumerate(figure.definition)
    )
    for text in (*said, *dict.fromkeys(text for chapter in chapters for text in chapter.left_out)):
        sheet.multi_cell(0, 12, text, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        sheet.set_y(sheet.get_y() + 2)

    if sheet.undrawn:
        some = " ".join(f"U+{ord(letter):04X}" for letter in sorted(sheet.undrawn)[:_NAMED])
        sheet.multi_cell(0, 12, f"{len(sheet.undrawn)} of the signs used are not drawn, for no font of this machine "
                         f"has them ({some}{' …' if len(sheet.undrawn) > _NAMED else ''}); install one that has, such "
                         "as Noto Sans.", align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)  # fmt: skip


def _text_of(printout: Printout) -> str:
    """Every text of a printout, one after the other; drawings hold the same names."""
    return " ".join((printout.title, printout.answer, printout.view, printout.source, repr(printout.figures)))


def _with_drawings(sheet: Sheet, to: BinaryIO) -> None:
    """Lay the drawings, each a page of PDF of its own, where room was left for them."""
    laid = PdfWriter(clone_from=PdfReader(io.BytesIO(bytes(sheet.output()))))
    for page, left, bottom, width, _high, drawn in sheet.laid:
        drawing = PdfReader(io.BytesIO(drawn)).pages[0]
        scale = width / float(drawing.mediabox.width)
        laid.pages[page].merge_transformed_page(drawing, Transformation().scale(scale).translate(left, bottom))
    for page in laid.pages:
        page.compress_content_streams()
    laid.write(to)
