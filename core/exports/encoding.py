"""Which encoding a text file is in: its mark, its bytes, and where several fit, which text looks like writing."""

import codecs
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import numpy as np

CHUNK = 1 << 20
EVIDENCE = 1 << 17  # bytes of lines with letters beyond ASCII, taken from the whole file
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# In order of how often shops meet them; of two that fit alike the first is taken.
CANDIDATES = (
    "cp1252", "cp1251", "cp932", "cp850", "cp1250", "gb18030", "cp949", "big5", "cp437", "koi8-r", "cp866", "mac-roman",
    "cp1253", "cp1254", "cp1255", "cp1256", "latin-1",
)  # fmt: skip
NAMES = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "cp932": "Shift-JIS",
    "latin-1": "Latin-1",
}
_COMMON = set("äöüßéèêëàâçîïôûùñáíóúãõåøæœÄÖÜÉÈÀÇÑÁÍÓÚÃÕÅØÆžščřćůěýąęłńśźżőűğışŞĞİ")
_SIGNS = set("€£§°«»–—’‘“”…•·®©™²³¿¡½¼×¥¢ºª\u00a0µ±´")

_LONE = set("àéèóíÀÉÈ")  # words of one letter


@dataclass(frozen=True)
class Encoding:
    """A Python codec's name, the bytes of its mark, and what the file's bytes showed on the way."""

    name: str
    mark: int = 0
    ascii_only: bool = False
    strict: bool = True
    line_feeds: int = 0
    carriage_returns: int = 0
    long_lines: bool = False  # some of a megabyte or more, on which DuckDB's reader stands still

    def __str__(self) -> str:
        shown = "ASCII" if self.ascii_only else NAMES.get(self.name, self.name)
        return shown + (" with byte order mark" if self.mark else "")


def detect(file: Path) -> Encoding:
    """The file's encoding, from all its bytes. `strict` is false where a few lines are not in it."""
    with file.open("rb") as stream:
        head = stream.read(1 << 16)
    for mark, name in MARKS:
        if head.startswith(mark):
            return _with_counts(file, Encoding(name, len(mark)))
    if wide := _wide(head):
        return Encoding(wide)
    return _with_counts(file, None)


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: nearly every other byte is nought."""
    even, odd = head[0:2000:2], head[1:2000:2]
    if len(odd) < 8:
        return None
    if odd.count(0) > 0.4 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.4 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return None


def _with_counts(file: Path, known: Encoding | None) -> Encoding:
    """Count line ends in one pass; where nothing is known, see on the same way whether it is UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    feeds = returns = 0
    plain, valid, long_lines, evidence = True, True, False, bytearray()
    with file.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            signs = np.frombuffer(chunk, np.uint8)  # three times as fast as bytes.count where lines are short
            feeds += np.count_nonzero(signs == 10)
            returns += np.count_nonzero(signs == 13)
            long_lines |= len(chunk) == CHUNK and b"\n" not in chunk
            if known or (plain and chunk.isascii()):
                continue
            plain = False
            if len(evidence) < EVIDENCE:
                evidence += b"\n".join(line for line in chunk.splitlines() if not line.isascii())[:EVIDENCE]
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                valid = False
                decoder.reset()
    if known:
        return Encoding(known.name, known.mark, False, True, feeds, returns, long_lines)
    if plain or valid:
        return Encoding("utf-8", 0, plain, True, feeds, returns, long_lines)
    name, strict = _best(bytes(evidence))
    return Encoding(name, 0, False, strict, feeds, returns, long_lines)


def _best(evidence: bytes) -> tuple[str, bool]:
    if _mostly_utf8(evidence):
        return "utf-8", False
    scores = {name: _likeness(evidence, name) for name in CANDIDATES}
    name = max(CANDIDATES, key=lambda candidate: scores[candidate])
    return name, True


def _mostly_utf8(evidence: bytes) -> bool:
    """Whether nearly all lines with letters beyond ASCII are UTF-8, and only some come from elsewhere."""
    lines = evidence.splitlines()
    good = 0
    for line in lines:
        try:
            line.decode("utf-8")
            good += 1
        except UnicodeDecodeError:
            continue
    return good > 0.5 * len(lines)


def _likeness(evidence: bytes, codec: str) -> float:
    """How much the bytes look like writing in this codec, per byte beyond ASCII; -100 where they do not decode."""
    try:
        text = evidence.decode(codec)
    except UnicodeDecodeError:
        return -100.0
    if codec == "cp1254" and set(text) & set("áíóúéæøåñãõ"):  # letters that Turkish has not
        return -100.0
    points, before = 0.0, " "
    for sign, after in zip(text, text[1:] + " ", strict=True):
        if sign > "\x7f":
            points += _points(sign, before, after)
        before = sign
    rare = 0.2 if codec in ("mac-roman", "cp437", "koi8-r", "cp866") else 0.0
    return points / sum(byte > 127 for byte in evidence) - rare


def _points(sign: str, before: str, after: str) -> float:
    kind = unicodedata.category(sign)
    if kind in ("Cc", "Co", "Cn") or "\u2500" <= sign <= "\u259f":
        return -4.0
    if not kind.startswith("L"):
        beside_letter = before.isalpha() and after.isalpha() and sign not in "’'´-–"
        return (0.3 if sign in _SIGNS else -1.0) - (1.5 if beside_letter else 0.0)
    script = _script(sign)
    neighbours = [_script(other) for other in (before, after) if other.isalpha()]
    if not neighbours and script not in ("CJK", "HANGUL", "HIRAGANA", "KATAKANA") and sign not in _LONE:
        return 0.2
    foreign = sum(other != script for other in neighbours)
    points = -3.0 * (sign.isupper() and (before.islower() or (before.isupper() and after.islower()))) - (
        1.0 * foreign if script != "CJK" else 0.3 * foreign
    )
    if script == "LATIN":
        crowded = sum(other > "\x7f" for other in (before, after) if other.isalpha())
        return points + (1.5 if sign in _COMMON else -0.5) - 0.8 * crowded
    if script in ("CYRILLIC", "GREEK"):
        return points + (1.3 if sign.lower() in "оеаинтсрвлкмдпуαοιετσνρςάήίόύέ" else 0.6)
    if script in ("HIRAGANA", "KATAKANA"):
        return points + (2.4 if sign < "\uff00" else -0.5)
    if script == "CJK":
        return points + 1.6
    if script == "HANGUL":
        return points + (1.9 if _is_common_hangul(sign) else -1.0)
    return points + 0.6


def _is_common_hangul(sign: str) -> bool:
    try:
        return len(sign.encode("euc-kr")) == 2
    except UnicodeEncodeError:
        return False


def _script(sign: str) -> str:
    return unicodedata.name(sign, "OTHER").split(" ", 1)[0].split("-", 1)[0]
