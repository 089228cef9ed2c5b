"""The paper of a PDF: A4 across, its fonts, what stands on every page."""

from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos

from core.take import fonts, letters, words
from core.take.printout import Printout

_FONT = "plex"
MARGIN, HEAD, FOOT = 40.0, 62.0, 40.0  # points, as everything here


class Sheet(FPDF):
    """A4 across; head and foot stand on every page."""

    def __init__(self, printout: Printout, text: str) -> None:
        super().__init__(orientation="landscape", unit="pt", format="A4")
        self.printout, self.theme = printout, printout.theme
        self.add_font(_FONT, "", fonts.file(fonts.NORMAL))
        self.add_font(_FONT, "B", fonts.file(fonts.STRONG))
        self._take_fonts_for(letters.lacking(text))
        self.set_margins(MARGIN, HEAD, MARGIN)
        self.set_auto_page_break(True, FOOT)
        self.set_title(printout.title)
        self.set_subject(printout.view)
        self.set_creator("Quintile")
        self.set_lang("en")
        self.laid: list[tuple[int, float, float, float, float, bytes]] = []

    def _take_fonts_for(self, foreign: frozenset[str]) -> None:
        """Have the machine's fonts at hand for letters that ours lacks; `undrawn` are those that no font has."""
        found, self.undrawn = letters.found(foreign)
        for place, (file, number) in enumerate(found):
            self.add_font(f"other{place}", "", file, collection_font_number=number)
        self.set_fallback_fonts([f"other{place}" for place in range(len(found))], exact_match=False)
        if letters.is_joined(foreign - self.undrawn):
            self.set_text_shaping(True)

    def header(self) -> None:
        """The page's title, and the filter in words."""
        self.set_y(24)
        self.type(9, self.theme.quiet, bold=True)
        self.cell(0, 12, self.printout.title, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.type(9, self.theme.quiet)
        self.cell(0, 12, self.fitted(self.printout.view, self.epw), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_y(HEAD)

    def footer(self) -> None:
        """The data and its day, the link back, the page's number."""
        self.set_y(-28)
        self.type(8, self.theme.quiet)
        self.cell(0, 10, f"{self.printout.source} · version {self.printout.mart.version}")
        if self.printout.link:
            self.set_x(MARGIN)
            self.cell(0, 10, "Open this view", align=Align.C, link=self.printout.link)
        self.set_x(MARGIN)
        self.cell(0, 10, f"{self.page_no()} of {{nb}}", align=Align.R)

    def normalize_text(self, text: str) -> str:
        """Every text that is written: no number is parted from its unit."""
        return super().normalize_text(words.together(text))

    def type(self, size: float, colour: str, *, bold: bool = False) -> None:
        """Set size, colour and weight of what is written next."""
        self.set_font(_FONT, "B" if bold else "", size)
        self.set_text_color(*rgb(colour))

    def fitted(self, text: str, width: float) -> str:
        """The text, cut at a word where it is wider than `width`."""
        while self.get_string_width(text) > width and len(text) > 2:
            whole = text.removesuffix(" …").rpartition(" ")[0]
            text = f"{whole} …" if whole else f"{text[:-2]}…"
        return text

    def room(self) -> float:
        """How much of the page is left."""
        return self.h - FOOT - self.get_y()


def rgb(colour: str) -> tuple[int, int, int]:
    """The parts of a colour written as #rrggbb."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return red, green, blue
