"""A page as a PowerPoint deck: a slide a figure, its finding as the title, its definition in the notes."""

import copy
import io
import math
from collections.abc import Sequence
from typing import BinaryIO

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Emu, Inches, Pt

from core.take import deck_charts, deck_lines, deck_tables, drawings, words
from core.take.deck_style import BODY_BOTTOM, BODY_TOP, HEIGHT, LEFT, RIGHT, Palette, name_sections, new_deck, wide
from core.take.figure import Bars, Card, Cards, Figure, Grid, Lines, Plot, Points, Rows, Sentences
from core.take.printout import Printout
from core.theme import Theme
from core.warehouse import Progress

_GAP = Inches(0.25)
_BAR = Inches(0.85)  # as high as a lying bar may be, with its gap
_TITLES, _SAID, _BELOW = tuple(Pt(size) for size in (28, 26, 24, 22, 20, 18, 16)), Pt(24), Pt(14)
_VALUES, _INDENT = tuple(Pt(size) for size in (44, 40, 36, 32, 28)), Inches(0.25)
_WIDTH = RIGHT - LEFT
Box = tuple[int, int, int, int]


def write(printout: Printout, to: BinaryIO, progress: Progress) -> None:
    """Write the deck of a page."""
    deck, palette = _begun(printout.title, printout.view, printout.theme)
    said = (printout.choice, printout.answer, printout.span, printout.source)
    _title_slide(deck, printout.title, said, printout.link, palette)
    deck.slides[0].notes_slide.notes_text_frame.text = "\n".join(printout.notes())
    _figures(deck, printout, palette, progress)
    _keep_together(deck)
    deck.save(to)


def write_story(title: str, chapters: Sequence[Printout], to: BinaryIO, progress: Progress) -> None:
    """Write the deck of a story: a section a chapter."""
    deck, palette = _begun(title, "", chapters[0].theme)
    listed = " · ".join(f"{number}. {chapter.title}" for number, chapter in enumerate(chapters, start=1))
    _title_slide(deck, title, ("", "", listed, chapters[0].source), chapters[0].link, palette)
    sections = [(title, len(deck.slides))]
    for place, chapter in enumerate(chapters):
        progress(f"Writing {chapter.title}", place / len(chapters))
        before = len(deck.slides)
        _figures(deck, chapter, palette, lambda stage, share: None)
        sections.append((chapter.title, len(deck.slides) - before))
    name_sections(deck, sections)
    _keep_together(deck)
    deck.save(to)


def _keep_together(deck: Deck) -> None:
    """No number of a slide is parted from its unit."""
    for slide in deck.slides:
        for text in slide._element.iter(qn("a:t")):
            text.text = words.together(text.text or "")


def _begun(title: str, subject: str, theme: Theme) -> tuple[Deck, Palette]:
    deck = new_deck(theme)
    deck.core_properties.title = title
    deck.core_properties.subject = subject
    deck.core_properties.author = "Quintile"
    return deck, Palette(theme)


def _figures(deck: Deck, printout: Printout, palette: Palette, progress: Progress) -> None:
    """A slide a figure, or several where a table is long."""
    for place, figure in enumerate(printout.shown):
        progress(f"Writing {figure.title}", place / len(printout.shown))
        parts = _parts(figure)
        for number, plots in enumerate(parts, start=1):
            slide = deck.slides.add_slide(deck.slide_layouts[1])
            _head(slide, figure, f" ({number} of {len(parts)})" if len(parts) > 1 else "", printout, palette)
            _body(slide, figure, plots, palette)
            slide.notes_slide.notes_text_frame.text = "\n".join(printout.notes(figure))


def _title_slide(deck: Deck, title: str, said: Sequence[str], link: str | None, palette: Palette) -> None:
    """The title over what is said: the filter, the finding, the period, the data; and the way back."""
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    bar = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, Inches(0.22), HEIGHT)
    bar.name, bar.shadow.inherit = "Decoration", False
    palette.fill(bar.fill, palette.theme.accent)
    bar.line.fill.background()
    slide.shapes.title.text = title
    slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size = Pt(44)
    frame = slide.placeholders[1].text_frame
    sizes = (Pt(24), Pt(28), Pt(18), Pt(18))
    colours = (palette.theme.accent, palette.theme.ink, palette.theme.quiet, palette.theme.quiet)
    lines = [line for line in zip(said, sizes, colours, strict=True) if line[0]]
    for place, (text, size, colour) in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        _paragraph(paragraph, text, size, colour, palette, bold=colour == palette.theme.accent)
        paragraph.space_after = Pt(10)
    if link:
        paragraph = frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        run = paragraph.add_run()
        run.text, run.font.size = "Open this view", Pt(18)
        run.hyperlink.address = link


def _head(slide: Slide, figure: Figure, part: str, printout: Printout, palette: Palette) -> None:
    """The finding, the line below it, and the footer with the link."""
    title = slide.shapes.title
    title.text = figure.headline + part
    title.text_frame.paragraphs[0].runs[0].font.size = _title_size(title.text)
    box = slide.shapes.add_textbox(LEFT, Inches(1.36), _WIDTH, Inches(0.36))
    frame = box.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = 0
    frame.word_wrap = True
    said = [figure.title if figure.title != figure.headline else "", printout.view_of(figure), figure.rest,
            *dict.fromkeys(plot.note for plot in figure.plots if isinstance(plot, Rows))]  # fmt: skip
    line = _shortened(" · ".join(text for text in said if text))
    _paragraph(frame.paragraphs[0], line, _BELOW, palette.theme.quiet, palette)
    for place in slide.slide_layout.placeholders:
        if place.placeholder_format.type.name in ("FOOTER", "SLIDE_NUMBER"):
            slide.shapes._spTree.append(copy.deepcopy(place._element))
    footer = next(shape for shape in slide.placeholders if shape.placeholder_format.type.name == "FOOTER")
    footer.text_frame.text = printout.source
    if printout.link:
        run = footer.text_frame.paragraphs[0].add_run()
        run.text = " · open this view"
        run.hyperlink.address = printout.link


def _title_size(text: str) -> int:
    """The largest type in which the title has two lines at most; the break may leave a tenth of a line empty."""
    return next((size for size in _TITLES if wide(text, size, bold=True) < 1.9 * _WIDTH), _TITLES[-1])


def _shortened(text: str) -> str:
    """The text below a title cut at a word to one line; the notes have all of it."""
    while wide(text, _BELOW) > _WIDTH and " " in text:
        text = text.removesuffix(" …").rpartition(" ")[0] + " …"
    return text


def _parts(figure: Figure) -> list[list[Plot]]:
    """The plots of each slide: one slide, or several where a table is too long for one."""
    height = BODY_BOTTOM - BODY_TOP
    if len(figure.plots) == 1 and isinstance(figure.plots[0], Grid):
        return [[part] for part in deck_tables.grid_parts(figure.plots[0], height)]
    if len(figure.plots) == 1 and isinstance(figure.plots[0], Rows):
        return [[part] for part in deck_tables.rows_parts(figure.plots[0], _WIDTH, height)]
    return [list(figure.plots)]


def _body(slide: Slide, figure: Figure, plots: Sequence[Plot], palette: Palette) -> None:
    """The plots, side by side, or one above the other where one is a line chart; else the picture."""
    alt = figure.finding or figure.title
    if not plots:
        _picture(slide, figure, alt)
    for plot, box in zip(plots, _boxes(plots), strict=True):
        match plot:
            case Bars():
                deck_charts.bars(slide, plot, box, palette, alt)
            case Lines():
                deck_lines.lines(slide, plot, box, palette, alt)
            case Points():
                deck_charts.points(slide, plot, box, palette, alt)
            case Grid():
                deck_tables.grid(slide, plot, box, palette, alt)
            case Rows():
                size = deck_tables.rows_size(figure.plots, box[2], box[3])
                deck_tables.rows(slide, plot, box, palette, alt, size)
            case Cards():
                _cards(slide, plot.cards, box, palette)
            case Sentences():
                _sentences(slide, plot.lines, box, palette)


def _boxes(plots: Sequence[Plot]) -> list[Box]:
    count, height = max(len(plots), 1), BODY_BOTTOM - BODY_TOP
    if count > 1 and isinstance(plots[0], Sentences):
        lines = sum(math.ceil(wide("".join(line), _SAID) / _WIDTH) + 0.5 for line in plots[0].lines)
        upper = min(int(lines * _SAID * 1.2), height // 2)
        return [(LEFT, BODY_TOP, _WIDTH, upper), (LEFT, BODY_TOP + upper, _WIDTH, height - upper)]
    if count > 1 and isinstance(plots[0], Lines):
        upper = int(height * 0.56)
        return [(LEFT, BODY_TOP, _WIDTH, upper), (LEFT, BODY_TOP + upper, _WIDTH, height - upper)]
    width = (_WIDTH - _GAP * (count - 1)) // count
    if all(isinstance(plot, Bars) and not plot.standing for plot in plots) and plots:
        height = min(height, int(_BAR * (len(plots[0].categories) * len(plots[0].series) ** 0.5 + 0.5)))
    return [(Emu(LEFT + place * (width + _GAP)), BODY_TOP, Emu(width), Emu(height)) for place in range(len(plots))]


def _picture(slide: Slide, figure: Figure, alt: str) -> None:
    """The drawing, as large as the body allows, in the middle."""
    height = BODY_BOTTOM - BODY_TOP
    image = io.BytesIO(drawings.png(figure.drawing, width=1160, height=490))
    picture = slide.shapes.add_picture(image, LEFT, BODY_TOP, height=height)
    if picture.width > _WIDTH:
        picture.height, picture.width = Emu(int(picture.height * _WIDTH / picture.width)), Emu(_WIDTH)
    picture.left = Emu(LEFT + (_WIDTH - picture.width) // 2)
    picture._element.nvPicPr.cNvPr.set("descr", alt)


def _cards(slide: Slide, cards: Sequence[Card], box: Box, palette: Palette) -> None:
    """Cards in rows of three, or of two where there are four."""
    across = 2 if len(cards) == 4 else min(3, len(cards))
    down = math.ceil(len(cards) / across)
    width = (_WIDTH - _GAP * (across - 1)) // across
    height = min(Inches(2.2), (box[3] - Inches(0.15) - _GAP * (down - 1)) // down)
    inside = width - 2 * _INDENT
    widest = max(wide(card.value, Pt(1), bold=True) for card in cards)
    size = next((size for size in _VALUES if size < height * 0.32 and widest * size / Pt(1) < inside), _VALUES[-1])
    moods = {1: palette.theme.gain, -1: palette.theme.loss, 0: palette.theme.quiet}
    for place, card in enumerate(cards):
        left = LEFT + place % across * (width + _GAP)
        top = box[1] + Inches(0.15) + place // across * (height + _GAP)
        shape = slide.shapes.add_textbox(left, top, width, height)
        shape.name = card.label
        palette.fill(shape.fill, palette.theme.panel)
        frame = shape.text_frame
        frame.margin_left = frame.margin_right = _INDENT
        frame.word_wrap = True
        frame.auto_size = MSO_AUTO_SIZE.NONE
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        _paragraph(frame.paragraphs[0], card.label, Pt(18), palette.theme.quiet, palette)
        _paragraph(frame.add_paragraph(), card.value, size, palette.theme.ink, palette, bold=True)
        if said := " ".join(part for part in (card.change, card.note) if part):
            _paragraph(frame.add_paragraph(), said, Pt(18), moods[card.moved], palette)


def _sentences(slide: Slide, lines: Sequence[tuple[str, str]], box: Box, palette: Palette) -> None:
    frame = slide.shapes.add_textbox(*box).text_frame
    frame.word_wrap = True
    frame.margin_left = 0
    for place, (finding, rest) in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        _paragraph(paragraph, finding, _SAID, palette.theme.ink, palette, bold=True)
        _paragraph(paragraph, rest, _SAID, palette.theme.ink, palette)
        paragraph.space_after = _SAID // 2


def _paragraph(paragraph: object, text: str, size: int, colour: str, palette: Palette, *, bold: bool = False) -> None:
    paragraph.alignment = PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold = size, bold
    palette.colour(run.font.color, colour)
