"""What people may edit without Python: segment codes, strategies and suggestions, tier cut-offs.

The files beside this one are read once and checked; a mistake in them is refused with the file and the name.
"""

import csv
import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path

from core.star import Refused

_FOLDER = Path(__file__).parent
CODES_FILE, SEGMENTS_FILE, TIERS_FILE = (
    _FOLDER / name for name in ("segment_codes.csv", "segments.toml", "tiers.toml")
)


@dataclass(frozen=True)
class Segment:
    """One of the eleven segments: its place from best to gone, and what to do for it."""

    name: str
    strategy: str
    suggestions: tuple[str, ...]
    at_risk: bool


@dataclass(frozen=True)
class Tier:
    """One of the three Pareto tiers; `up_to` is its cumulative revenue share (0-1), 1 for the last."""

    name: str
    up_to: float
    strategy: str
    suggestions: tuple[str, ...]


@functools.cache
def segments() -> tuple[Segment, ...]:
    """The segments in order, from Champions to Lost."""
    rows = tuple(
        Segment(row["name"], row["strategy"], tuple(row["suggestions"]), row.get("at_risk", False))
        for row in _read(SEGMENTS_FILE, "segment")
    )
    unknown = set(codes().values()) - {row.name for row in rows}
    if unknown:
        raise Refused(f"{SEGMENTS_FILE.name} has no segment {sorted(unknown)[0]!r}, but {CODES_FILE.name} uses it.")
    return rows


@functools.cache
def tiers() -> tuple[Tier, ...]:
    """The tiers in order, from the largest customers to the smallest."""
    rows = tuple(
        Tier(row["name"], float(row.get("up_to", 1)), row["strategy"], tuple(row["suggestions"]))
        for row in _read(TIERS_FILE, "tier")
    )
    if len(rows) != 3 or not 0 < rows[0].up_to <= rows[1].up_to <= 1:
        raise Refused(f"{TIERS_FILE.name} must hold three tiers with rising `up_to` between 0 and 1.")
    return rows


@functools.cache
def codes() -> dict[tuple[int, int, int], str]:
    """The segment of each of the 125 (recency, frequency, monetary) score triples."""
    with CODES_FILE.open(encoding="utf-8", newline="") as stream:
        found = {tuple(map(int, row["code"])): row["segment"] for row in csv.DictReader(stream)}
    wanted = {(r, f, m) for r in range(1, 6) for f in range(1, 6) for m in range(1, 6)}
    if set(found) != wanted:
        odd = sorted(set(found) ^ wanted)[0]
        raise Refused(f"{CODES_FILE.name} must name each of the 125 codes once; look at {''.join(map(str, odd))}.")
    return found


def _read(file: Path, kind: str) -> list[dict]:
    try:
        rows = tomllib.loads(file.read_text(encoding="utf-8"))[kind]
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise Refused(f"{file.name} cannot be read ({error}); compare it with the file as it came.") from error
    for row in rows:
        for field in ("name", "strategy", "suggestions"):
            if field not in row:
                raise Refused(f"{file.name}: {kind} {row.get('name', '?')!r} has no {field}.")
    return rows
