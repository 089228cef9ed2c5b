"""What a viewer chose, in words and as the name of a file; what is long is shortened with a count, never in a word."""

import re
import unicodedata
from collections.abc import Sequence

from core import formats, reports
from core.filters import KEYS, Filter, Level, side_of
from core.formats import Format
from core.warehouse import Mart

_SHARES = ("top_cut", "mid_cut", "target_growth")
_LISTED, _CHOSEN = 70, 110  # letters: of the values of one key, of a whole filter
_TITLED, _NAMED = 40, 32  # letters of a file's name: of what it holds, of the filter
_TITLED_BYTES = 88  # of what it holds, where letters take several
_READ = 20  # values that are looked at: more never fit


def choice(mart: Mart, filter: Filter) -> str:
    """Everything chosen but the period, in words; nothing where nothing is. What is long is shortened with a count."""
    said = [
        f"{KEYS[key].label}: {listed(called(mart, key, values), ' or ', len(values))}"
        for key, values in filter.values
        if KEYS[key].level not in (Level.PERIOD, Level.AS_OF, Level.COMPARE)
    ]
    shown = _fitting(said, "; ", _CHOSEN)
    more = len(said) - len(shown)
    return "; ".join(shown) + (f"; and {more} more {'filter' if more == 1 else 'filters'}" if more else "")


def called(mart: Mart, key: str, values: Sequence[str]) -> list[str]:
    """What the first values of a key are called: customers by their names, shares in percent."""
    values = tuple(values[:_READ])
    if key == "customer":
        names = reports.customer_names(mart, values)
        return [names.get(value) or value for value in values]
    return [written(key, value) for value in values]


def written(key: str, value: str) -> str:
    """A value of a key as a reader says it: a share in percent, any other as it stands."""
    return formats.exact(float(value), Format.SHARE) if key in _SHARES else value


def file_name(title: str, mart: Mart, filter: Filter, kind: str) -> str:
    """The name of a file of a page, story, chart or report under a filter: monthly_champions_as-of-2014-06-30.pptx.

    Safe on every file system: letters and digits of any script, hyphens, points, at most 255 bytes.
    """
    chosen = [*filter.without_level(Level.PERIOD).values, *filter.values]
    said = [text for key, values in dict(chosen).items() if key != "as_of" for text in _for_file(mart, key, values)]
    said = [text for text in said if text]
    shown = _fitting(said, "_", _NAMED)
    more = len(said) - len(shown)
    titled = slug(shortened(title, _TITLED)).encode()[:_TITLED_BYTES]
    parts = [titled.decode(errors="ignore"), *shown, *([f"and-{more}-more"] if more else []), f"as-of-{mart.as_of}"]
    return f"{'_'.join(parts)}.{kind}"


def shortened(text: str, at_most: int) -> str:
    """The text cut at a word to so many letters, with an ellipsis where some are left out."""
    if len(text) <= at_most:
        return text
    whole = text[:at_most].rpartition(" ")[0]
    return f"{whole or text[: at_most - 2]} …"


def listed(said: Sequence[str], between: str, count: int = 0) -> str:
    """The texts as far as they fit, and how many there are beyond."""
    count = max(count, len(said))
    shown = [shortened(text, _LISTED) for text in _fitting(said, between, _LISTED)]
    return between.join(shown) + (f" and {count - len(shown)} more" if count > len(shown) else "")


def slug(text: str) -> str:
    """The text as part of a file's name or of a key: small letters and digits of any script, hyphens, points inside."""
    return re.sub(r"[^\w.]+", "-", unicodedata.normalize("NFC", text).lower()).strip("-.")


def _fitting(texts: Sequence[str], between: str, at_most: int) -> list[str]:
    """As many of the first texts as fit into so many letters, and one at least."""
    count = 0
    while count < len(texts) and (not count or len(between.join(texts[: count + 1])) <= at_most):
        count += 1
    return list(texts[:count])


def _for_file(mart: Mart, key: str, values: Sequence[str]) -> list[str]:
    """Each value of a key as part of a file's name, with the key before it where the value alone says nothing."""
    if key == "compare":
        return ["-against-".join(slug(side_of(value)[1]) for value in values)]
    speaks = KEYS[key].level is not Level.RULE and not key.endswith("_score") and key not in ("from", "to")
    texts = values if key in _SHARES else [*called(mart, key, values), *values[_READ:]]
    return [slug(shortened(text if speaks else f"{key} {text}", _NAMED)) for text in texts]
