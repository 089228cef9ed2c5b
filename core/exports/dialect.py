"""How a text file marks cells and records: delimiter, quote and the end of a record, decided from its first lines."""

import csv
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

CANDIDATES = (
    ",",
    ";",
    "\t",
    "|",
    "^",
    "~",
    "\x1f",
    "\x01",
    ":",
    "||",
    "+|",
    "::",
    "|~|",
    "~|~",
    "##",
    "@@",
    ";;",
    "^|",
)
BLANKS = " "  # any number of them between two cells
NAMES = {BLANKS: "blanks", "\t": "tab", ",": "comma", ";": "semicolon", "|": "pipe"}


@dataclass(frozen=True)
class Dialect:
    """Delimiter (one character or several), quote, whether a backslash escapes, and a mark that ends each record.

    `framed` where the delimiter stands before the first and after the last cell too, as in printed lists; `formulas`
    where cells are written ="00012", so that a spreadsheet program leaves them alone.
    """

    delimiter: str = ","
    quote: str = '"'
    escape: bool = False
    ending: str = ""
    framed: bool = False
    formulas: bool = False

    def __str__(self) -> str:
        return NAMES.get(self.delimiter, repr(self.delimiter)[1:-1])


def detect(text: str) -> Dialect:
    """The dialect of a file from its first lines; a single column where no delimiter makes even rows."""
    lines = [line for line in text.splitlines() if line.strip()]
    if lines and (hint := re.fullmatch(r"sep=(.+)", lines[0].strip())):
        return Dialect(hint[1], formulas='="' in text)
    ending = _ending(lines)
    if ending:
        lines = [line.removesuffix(ending) for line in lines]
    quote = _quote(lines)
    scores = {candidate: _evenness(lines, candidate, quote) for candidate in CANDIDATES if _occurs(lines, candidate)}
    best = max(scores, key=lambda candidate: scores[candidate], default=",")
    escape = any(f"\\{quote}" in line for line in lines) and not any(quote * 2 + best in line for line in lines)
    return Dialect(best, quote, escape, ending, _is_framed(lines, best), '="' in text)


def _is_framed(lines: list[str], delimiter: str) -> bool:
    cut = [line.strip() for line in lines if line.count(delimiter) > 2]
    framed = sum(1 for line in cut if line.startswith(delimiter) and line.endswith(delimiter))
    return delimiter == "|" and len(cut) > 1 and framed > 0.8 * len(cut)


def _ending(lines: list[str]) -> str:
    """A mark such as &| that stands at the end of nearly every line beside a delimiter of several characters."""
    found = Counter(match[0] for line in lines if (match := re.search(r"[^\w\s\"'.,;)\]}]{2,3}$", line)))
    mark, count = found.most_common(1)[0] if found else ("", 0)
    return mark if count > 0.8 * len(lines) and count > 1 else ""


def _occurs(lines: list[str], candidate: str) -> bool:
    return any(candidate in line for line in lines)


def _quote(lines: Iterable[str]) -> str:
    """The single quote only where cells are wrapped in it and none in the double one."""
    text = "\n".join(lines)
    double = len(re.findall(r'(?:^|[,;\t|])"', text, re.MULTILINE))
    single = len(re.findall(r"(?:^|[,;\t|])'[^'\n]*'(?=$|[,;\t|])", text, re.MULTILINE))
    return "'" if single > 3 and not double else '"'


def _evenness(lines: list[str], delimiter: str, quote: str) -> float:
    """How evenly the delimiter cuts the lines: the share of lines of the commonest width, more for wider rows."""
    widths = Counter(len(cells) for cells in split_lines(lines[:300], delimiter, quote))
    width, count = max(((w, n) for w, n in widths.items() if w > 1), key=lambda pair: pair[1] * pair[0], default=(0, 0))
    if not width:
        return 0.0
    share = count / max(sum(widths.values()), 1)
    likely = {":": 0.3, "^": 0.8, "~": 0.8}.get(delimiter, 1.0)
    return share * (2 - 1 / width + 0.02 * min(width, 30) + 0.2 * len(delimiter)) * likely


def split_lines(lines: list[str], delimiter: str, quote: str) -> list[list[str]]:
    """The cells of lines, quoted line ends kept together."""
    if len(delimiter) > 1:
        return [line.split(delimiter) for line in lines]
    try:
        return list(csv.reader((line.replace("\r", " ") for line in lines), delimiter=delimiter, quotechar=quote))
    except csv.Error:
        return [line.split(delimiter) for line in lines]
