"""What the columns mean, once it was settled: a small readable file, taken again for files of the same columns."""

import json
import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from core.exports import profiles
from core.exports.plan import ALL_FILES, RawTable
from core.star import Refused

ENDING = ".toml"


@dataclass(frozen=True)
class SavedMapping:
    """A name, a known shop's profile where one reads these files, and what was settled.

    `mapping` holds for all files (date_order); `files` are the columns by which each file is known, and the column of
    each of its fields.
    """

    name: str
    files: tuple[tuple[tuple[str, ...], Mapping[str, str]], ...]
    mapping: Mapping[str, str] = field(default_factory=dict)
    profile: str | None = None

    def knows(self, tables: Sequence[RawTable]) -> bool:
        """Whether each of its files is among the tables, by all of its columns."""
        return all(any(set(columns) == set(table.columns) for table in tables) for columns, _ in self.files)

    def of(self, tables: Sequence[RawTable]) -> dict[str, str]:
        """The mapping for these tables: FILE:FIELD where a file is known, else FIELD."""
        mapping = dict(self.mapping)
        for columns, fields in self.files:
            known = [table for table in tables if set(columns) == set(table.columns)]
            for table in known:
                mapping |= {f"{table.file}:{name}": column for name, column in fields.items()}
            if not known:
                mapping |= fields
        return mapping


def folder() -> Path:
    """Where mappings are kept: QUINTILE_PROFILES, else the user's own configuration folder."""
    if given := os.environ.get("QUINTILE_PROFILES"):
        return Path(given)
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "quintile" / "profiles"


def settled(proposal: Mapping, answers: Mapping[str, str]) -> SavedMapping:
    """What a proposal (of `preview`) and the answers given to it say of its files' columns.

    Of a known shop the answers alone count. Of others every column is held fast that stands in the file by itself: not
    an e-mail that stands in for a customer's number, because taken by name it would be no hash any more.
    """
    shop = proposal["base"] if proposal["base"] in profiles.PROFILES else None
    taken: dict[str, dict[str, str]] = {file["file"]: {} for file in proposal["files"]}
    for row in proposal["mapping"] if shop is None else ():
        if row["column"] in {other["column"] for other in row["alternatives"]}:
            taken[row["file"]][row["field"]] = row["column"]
    for key, column in answers.items():
        file, _, name = key.rpartition(":")
        for one in (file,) if file else taken if name not in ALL_FILES else ():
            taken[one][name] = column
    files: dict[tuple[str, ...], dict[str, str]] = {}  # files of one kind are told once
    for file in proposal["files"]:
        files.setdefault(tuple(file["columns"]), taken[file["file"]])
    everywhere = {name: column for name, column in answers.items() if name in ALL_FILES}
    return SavedMapping("", tuple(files.items()), everywhere, shop)


def text_of(kept: SavedMapping) -> str:
    """The file that says it: one file's columns at the top, those of several each under [[file]]."""
    lines = [f"profile = {_quoted(kept.profile)}"] if kept.profile else []
    if len(kept.files) == 1:
        columns, fields = kept.files[0]
        lines += [f"columns = {_quoted(columns)}", "", "[mapping]", *_pairs({**fields, **kept.mapping})]
        return "\n".join(lines) + "\n"
    lines += ["", "[mapping]", *_pairs(kept.mapping)] if kept.mapping else []
    for columns, fields in kept.files:
        lines += ["", "[[file]]", f"columns = {_quoted(columns)}", "[file.mapping]", *_pairs(fields)]
    return "\n".join(lines).lstrip() + "\n"


def read(file: Path) -> SavedMapping:
    """What such a file says. Raises Refused for one that cannot be read."""
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        everywhere = _texts(told.get("mapping", {}))
        files = [(tuple(map(str, one["columns"])), _texts(one["mapping"])) for one in told.get("file", ())]
        if not files:
            own = {name: column for name, column in everywhere.items() if name not in ALL_FILES}
            files = [(tuple(map(str, told["columns"])), own)]
        for_all = {name: column for name, column in everywhere.items() if name in ALL_FILES}
        shop = told.get("profile")
        return SavedMapping(file.stem, tuple(files), for_all, str(shop) if shop is not None else None)
    except (OSError, tomllib.TOMLDecodeError, KeyError, UnicodeDecodeError, TypeError, AttributeError) as error:
        raise Refused(
            f"The profile {file.name} cannot be read as remembered columns ({error}); mend it or leave it out."
        ) from error


def save_mapping(name: str, kept: SavedMapping) -> Path:
    """Keep what was settled under a name; returns its file. Raises Refused for a name that cannot be a file's."""
    if not re.fullmatch(r"[\w][\w -]{0,60}", name):
        raise Refused(f"A profile's name is letters, figures, blanks and dashes, not {name!r}.")
    file = folder() / f"{name}{ENDING}"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text_of(kept), encoding="utf-8")
    return file


def find(tables: Sequence[RawTable], name: str | None = None) -> SavedMapping | None:
    """The kept mapping of this name or in this file, else the first whose files are all among the tables.

    Raises Refused where a kept file cannot be read.
    """
    if name is not None and name.endswith(ENDING):
        return read(Path(name))
    for file in sorted(folder().glob(f"*{ENDING}")) if folder().is_dir() else []:
        if name is None or file.stem == name:
            found = read(file)
            if name is not None or found.knows(tables):
                return found
    return None


def _texts(told: Mapping[str, object]) -> dict[str, str]:
    return {str(name): column for name, column in told.items() if isinstance(column, str)}


def _pairs(mapping: Mapping[str, str]) -> list[str]:
    return [f"{name} = {_quoted(column)}" for name, column in sorted(mapping.items())]


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
