"""What a page takes along, before it is a slide, a sheet or a printed page: figures made of plots, tables and cards."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import altair as alt
import pandas as pd

from core.filters import Filter
from core.formats import Format


@dataclass(frozen=True)
class Series:
    """One row of numbers in a chart: absent values are None; `colours` are one a value, or one for all.

    `labelled` writes each value beside its mark, `signed` with a plus above zero; `filled` shades what is below a line.
    """

    name: str
    values: Sequence[float | None]
    format: Format
    colours: Sequence[str]
    dashed: bool = False
    thin: bool = False
    labelled: bool = False
    filled: bool = False
    signed: bool = False


@dataclass(frozen=True)
class Bars:
    """A bar a category and series: lying, first category on top, or standing."""

    categories: Sequence[str]
    series: Sequence[Series]
    heading: str = ""
    standing: bool = False


@dataclass(frozen=True)
class Lines:
    """A line a series over days or numbers; what is absent between two values is bridged."""

    categories: Sequence[object]
    series: Sequence[Series]
    heading: str = ""
    across: str = ""


@dataclass(frozen=True)
class Points:
    """Series of (x, y) or, as bubbles, (x, y, size) with an axis title each; `joined` draws lines through them."""

    series: Sequence["Cloud"]
    across: tuple[str, Format]
    upwards: tuple[str, Format]
    joined: bool = False
    logarithmic: bool = False


@dataclass(frozen=True)
class Cloud:
    """A series of points in one colour; `labels` name some of them."""

    name: str
    points: Sequence[tuple[float, ...]]
    colour: str
    labels: Sequence[str | None] = ()
    dots: bool = False


@dataclass(frozen=True)
class Grid:
    """Cells of names by names: the text of each, and its ground's and letters' colours."""

    rows: Sequence[str]
    columns: Sequence[str]
    texts: Sequence[Sequence[str]]
    grounds: Sequence[Sequence[str]]
    letters: Sequence[Sequence[str]]
    corner: str = ""
    across: str = ""


@dataclass(frozen=True)
class Rows:
    """A table of texts; `numeric` says which columns stand right."""

    columns: Sequence[str]
    texts: Sequence[Sequence[str]]
    numeric: Sequence[bool]
    note: str = ""


@dataclass(frozen=True)
class Card:
    """A figure of a page's card row in words: its label, value, movement, what that is against, its definition.

    `moved` is 1 for good, -1 for bad, 0 for neither.
    """

    name: str
    label: str
    value: str
    change: str = ""
    note: str = ""
    moved: int = 0


@dataclass(frozen=True)
class Cards:
    """The card row of a page."""

    cards: Sequence[Card]


@dataclass(frozen=True)
class Sentences:
    """Findings, each its bold part and the rest."""

    lines: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Picture:
    """What has no native form: a chart that is drawn."""

    drawing: alt.LayerChart


Plot = Bars | Lines | Points | Grid | Rows | Cards | Sentences | Picture


@dataclass(frozen=True)
class Table:
    """Rows for a sheet of their own: the sheet's name, at most 31 characters; what a row is; labels and formats of the
    columns where those of core/metrics.py do not fit.
    """

    name: str
    grain: str
    frame: pd.DataFrame
    labels: Mapping[str, str] = field(default_factory=dict)
    formats: Mapping[str, Format] = field(default_factory=dict)


@dataclass(frozen=True)
class Figure:
    """One figure of a page: its title there, the finding it states, the reports behind it, and its plots.

    `drawing` is the page's own chart, where it has one; `definition` says in words what is shown; `filter` is what its
    reports were run under, `period` its period in words; `tables` are rows behind it that are no report's.
    `silent` says why it has nothing to say under the filter: then it stands in the workbook alone.
    """

    title: str
    finding: str
    reports: Sequence[str]
    plots: Sequence[Plot]
    definition: Sequence[str]
    period: str
    filter: Filter
    note: str = ""
    drawing: alt.LayerChart | None = field(default=None, repr=False)
    tables: Sequence[Table] = ()
    silent: str = ""

    @property
    def headline(self) -> str:
        """The first sentence of the finding without its full stop; the figure's title where there is none."""
        return sentences(self.finding)[0].rstrip(".") if self.finding else self.title

    @property
    def rest(self) -> str:
        """What the finding says after its first sentence, and the note."""
        said = " ".join(sentences(self.finding)[1:])
        return " ".join(part for part in (said, self.note if self.note not in said else "") if part)


def sentences(text: str) -> list[str]:
    """The text cut after each full stop that a capital letter or a digit follows, but for that of an initial."""
    found, start = [], 0
    for stop in re.finditer(r"\. (?=[A-Z\d])", text):
        if len(text[start : stop.start()].split()) > 2:
            found.append(text[start : stop.start() + 1])
            start = stop.end()
    return [*found, text[start:]]
