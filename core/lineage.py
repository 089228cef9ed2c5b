"""Which view reads which, from the SQL text itself: from the star's tables to the tables that reports read."""

import functools
import re
from dataclasses import dataclass

from core import rfm, star, warehouse

RULES = (*rfm.rules(), "settings")


@dataclass(frozen=True)
class View:
    """A view of sql/staging or sql/marts: what a row is, what it reads, whether the mart keeps its rows, its SQL."""

    name: str
    grain: str
    reads: tuple[str, ...]
    is_kept: bool
    text: str


@functools.cache
def views() -> dict[str, View]:
    """Every view by name, each after those it reads."""
    found, texts = {}, warehouse.views()
    for name, text in texts.items():
        read = re.findall(r"\b(?:from|join)\s+(\w+)", re.sub(r"--.*", "", text))
        known = [other for other in dict.fromkeys(read) if other in (*texts, *star.TABLES, *RULES)]
        found[name] = View(name, comment(text), tuple(known), name in warehouse.KEPT, text)
    return found


def comment(text: str) -> str:
    """What a SQL text says of itself: the comment it begins with, in one line."""
    said = re.match(r"(?:--.*\n?)*", text)
    return " ".join(line.removeprefix("--").strip() for line in said[0].splitlines())


def graph() -> str:
    """The views as a Mermaid flowchart, left to right: tables of the star and tables that are kept are cylinders."""
    found = views()
    tables = [name for name in (*star.TABLES, *RULES) if any(name in view.reads for view in found.values())]
    lines = ["flowchart LR", *(f"{name}[({name})]" for name in tables)]
    for view in found.values():
        lines.append(f"{view.name}[({view.name})]" if view.is_kept else f"{view.name}[{view.name}]")
        lines += [f"{read} --> {view.name}" for read in view.reads]
    return "\n".join(lines)
