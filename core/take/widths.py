"""How wide a table's columns must be, so that no number, no unit and no word of a heading is broken."""

from collections.abc import Callable

from core.take.figure import Rows

_WRAPS = 28  # letters from which a column of text may be broken into lines
Measure = Callable[[str], float]


def narrowest(plot: Rows, wide: Measure, wide_in_heading: Measure, pad: float) -> list[float]:
    """How wide each column is at least: its longest number, or word, and its heading's longest word."""
    needed = []
    for place, heading in enumerate(plot.columns):
        texts = [texts[place] for texts in plot.texts]
        words = texts if plot.numeric[place] else [word for text in texts for word in text.split()]
        inside = max((wide(word) for word in words), default=0.0)
        needed.append(max(inside, *(wide_in_heading(word) for word in heading.split())) + pad)
    return needed


def of_columns(plot: Rows, width: float, wide: Measure, wide_in_heading: Measure, pad: float) -> list[float]:
    """Each column as wide as its widest text, and its part of what is over; long texts share what is left.

    Where even the narrowest columns have no room, all are narrower by the same part.
    """
    least = narrowest(plot, wide, wide_in_heading, pad)
    wanted = [
        max(needed, *(wide(line) + pad for text in texts for line in text.split("\n")))
        for texts, needed in zip(zip(*plot.texts, strict=True), least, strict=True)
    ]
    over = width - sum(wanted)
    if over >= 0:
        return [part + over * part / sum(wanted) for part in wanted]
    long = [place for place, texts in enumerate(zip(*plot.texts, strict=True)) if _is_long(texts)]
    left = width - sum(part for place, part in enumerate(wanted) if place not in long)
    if not long or left < sum(least[place] for place in long):
        long = list(range(len(wanted)))
        left = width
    spare = left - sum(least[place] for place in long)
    if spare < 0:
        return [part * width / sum(least) for part in least]
    asked = sum(wanted[place] - least[place] for place in long)
    return [
        least[place] + spare * (part - least[place]) / asked if place in long else part
        for place, part in enumerate(wanted)
    ]


def _is_long(texts: tuple[str, ...]) -> bool:
    return max(len(line) for text in texts for line in text.split("\n")) > _WRAPS
