"""The deck's look: 16:9, the app's colours and font as the presentation's own theme, so that a new slide fits in."""

import uuid
from collections.abc import Sequence

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.dml.fill import FillFormat
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.presentation import Presentation as Deck
from pptx.slide import SlideLayout
from pptx.util import Emu, Inches, Pt

from core.take import fonts
from core.theme import Theme

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
LEFT, RIGHT = Inches(0.6), Inches(12.733)
BODY_TOP, BODY_BOTTOM = Inches(1.72), Inches(6.85)
TITLE, TITLE_ONLY = 0, 5
_PRESENTATION = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_SECTIONS = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
# IBM Plex Sans' own numbers: where it is not installed, Office picks a sans of the same build by them.
_PANOSE = "020B0503050203000203"
TEXT, CROWDED = Pt(14), Pt(12)  # of charts
# How much wider than the app's own font the widest usual sans is: normal, bold.
_OTHER_FONTS = (1.15, 1.22)
_ROLES = ("accent", "earlier", "gain", "loss", "quiet")


class Palette:
    """Sets colours: by the presentation's theme where the colour has a role in it, else as it is."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        places = (
            MSO_THEME_COLOR.ACCENT_1,
            MSO_THEME_COLOR.ACCENT_2,
            MSO_THEME_COLOR.ACCENT_3,
            MSO_THEME_COLOR.ACCENT_4,
            MSO_THEME_COLOR.ACCENT_6,
        )
        self._places = {getattr(theme, role): place for role, place in zip(_ROLES, places, strict=True)}
        self._places |= {theme.sequential[4]: MSO_THEME_COLOR.ACCENT_5}
        self._places |= {theme.ink: MSO_THEME_COLOR.TEXT_1, theme.ground: MSO_THEME_COLOR.BACKGROUND_1}

    def fill(self, fill: FillFormat, colour: str) -> None:
        """Fill with a colour."""
        fill.solid()
        self.colour(fill.fore_color, colour)

    def colour(self, format: object, colour: str) -> None:
        """Set a colour format (of a fill, a line or a font)."""
        if colour in self._places:
            format.theme_color = self._places[colour]
        else:
            format.rgb = RGBColor.from_string(colour.lstrip("#"))


def wide(text: str, size: int, *, bold: bool = False) -> float:
    """How wide a line of text is at most, on machines that have to take another font too."""
    return fonts.width(text, fonts.STRONG if bold else fonts.NORMAL) * size * _OTHER_FONTS[bold]


def new_deck(theme: Theme) -> Deck:
    """An empty presentation in the app's look, with a title layout and one for figures."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    _set_theme(deck, theme)
    master = deck.slide_master
    for layout in list(deck.slide_layouts):
        if layout not in (deck.slide_layouts[TITLE], *_kept(deck)):
            deck.slide_layouts.remove(layout)
    for place in master.placeholders:
        _place(place, *_WHERE[place.placeholder_format.type.name])
    _type(master)
    for layout, where in zip(deck.slide_layouts, (_TITLE_SLIDE, _WHERE), strict=True):
        for place in layout.placeholders:
            if place.placeholder_format.type.name in where:
                _place(place, *where[place.placeholder_format.type.name])
            else:
                place._element.getparent().remove(place._element)
    return deck


def name_sections(deck: Deck, sections: Sequence[tuple[str, int]]) -> None:
    """Group the slides in PowerPoint's own sections: each a name and how many slides it has."""
    ids = [slide.get("id") for slide in deck.part._element.sldIdLst]
    listed = etree.Element(f"{_SECTIONS}sectionLst", nsmap={"p14": _SECTIONS[1:-1]})
    for name, count in sections:
        section = etree.SubElement(listed, f"{_SECTIONS}section", name=name, id=f"{{{uuid.uuid4()}}}".upper())
        slides = etree.SubElement(section, f"{_SECTIONS}sldIdLst")
        for number in ids[:count]:
            etree.SubElement(slides, f"{_SECTIONS}sldId", id=number)
        ids = ids[count:]
    extensions = deck.part._element.find(f"{_PRESENTATION}extLst")
    if extensions is None:
        extensions = etree.SubElement(deck.part._element, f"{_PRESENTATION}extLst")
    etree.SubElement(extensions, f"{_PRESENTATION}ext", uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}").append(listed)


def _kept(deck: Deck) -> tuple[SlideLayout, ...]:
    return (deck.slide_layouts.get_by_name("Title Only"),)


def _place(shape: object, left: int, top: int, width: int, height: int) -> None:
    shape.left, shape.top, shape.width, shape.height = (Emu(int(value)) for value in (left, top, width, height))


_ACROSS = RIGHT - LEFT
_WHERE = {
    "TITLE": (LEFT, Inches(0.38), _ACROSS, Inches(0.92)),
    "BODY": (LEFT, BODY_TOP, _ACROSS, BODY_BOTTOM - BODY_TOP),
    "DATE": (LEFT, Inches(8), Inches(1), Inches(0.3)),
    "FOOTER": (LEFT, Inches(7.02), Inches(10.8), Inches(0.3)),
    "SLIDE_NUMBER": (RIGHT - Inches(1.2), Inches(7.02), Inches(1.2), Inches(0.3)),
}
_TITLE_SLIDE = {
    "CENTER_TITLE": (LEFT, Inches(1.5), _ACROSS, Inches(1.0)),
    "SUBTITLE": (LEFT, Inches(2.7), Inches(11.0), Inches(3.4)),
}


def _type(master: object) -> None:
    """Sizes and weights where every slide inherits them: the master's title and body styles."""
    styles = master._element.find(".//{http://schemas.openxmlformats.org/presentationml/2006/main}txStyles")
    title, body = styles[0], styles[1]
    for level in title.iter(f"{_DRAWING}lvl1pPr"):
        level.set("algn", "l")
        for run in level.iter(f"{_DRAWING}defRPr"):
            run.set("sz", "2800")
            run.set("b", "1")
    for place, size in enumerate(("2000", "1800", "1600", "1400", "1400"), start=1):
        for level in body.iter(f"{_DRAWING}lvl{place}pPr"):
            for run in level.iter(f"{_DRAWING}defRPr"):
                run.set("sz", size)
    for shape in master.placeholders:
        name = shape.placeholder_format.type.name
        shape.text_frame.margin_left = shape.text_frame.margin_right = 0
        if name == "TITLE":
            shape.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
            shape.text_frame.margin_bottom = Pt(2)
        if name in ("FOOTER", "SLIDE_NUMBER"):
            for run in shape._element.iter(f"{_DRAWING}defRPr"):
                run.set("sz", "1200")
            for level in shape._element.iter(f"{_DRAWING}lvl1pPr"):
                level.set("algn", "l" if name == "FOOTER" else "r")


def _set_theme(deck: Deck, theme: Theme) -> None:
    """Put the app's colours and font into the presentation's theme part."""
    part = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    root = etree.fromstring(part.blob)
    root.set("name", "Quintile")
    roles = {
        "dk1": theme.ink,
        "lt1": theme.ground,
        "dk2": theme.sequential[8],
        "lt2": theme.panel,
        "accent1": theme.accent,
        "accent2": theme.earlier,
        "accent3": theme.gain,
        "accent4": theme.loss,
        "accent5": theme.sequential[4],
        "accent6": theme.quiet,
        "hlink": theme.accent,
        "folHlink": theme.quiet,
    }
    scheme = root.find(f".//{_DRAWING}clrScheme")
    scheme.set("name", "Quintile")
    for role, colour in roles.items():
        place = scheme.find(f"{_DRAWING}{role}")
        for child in list(place):
            place.remove(child)
        etree.SubElement(place, f"{_DRAWING}srgbClr", val=colour.lstrip("#"))
    fonts = root.find(f".//{_DRAWING}fontScheme")
    fonts.set("name", "Quintile")
    for kind in ("majorFont", "minorFont"):
        latin = fonts.find(f"{_DRAWING}{kind}/{_DRAWING}latin")
        latin.set("typeface", theme.font)
        latin.set("panose", _PANOSE)
        latin.set("pitchFamily", "34")
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
