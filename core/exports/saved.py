"""A mapping that was once settled, kept as a small readable file, and taken again for files of the same columns."""

import json
import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.exports.plan import RawTable
from core.star import Refused


@dataclass(frozen=True)
class SavedMapping:
    """A name, the columns by which its files are known, and the column of each field (and date_order)."""

    name: str
    columns: tuple[str, ...]
    mapping: Mapping[str, str]


def folder() -> Path:
    """Where mappings are kept: QUINTILE_PROFILES, else the user's own configuration folder."""
    if given := os.environ.get("QUINTILE_PROFILES"):
        return Path(given)
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "quintile" / "profiles"


def save_mapping(name: str, columns: Sequence[str], mapping: Mapping[str, str]) -> Path:
    """Keep a mapping under a name; returns its file. Raises Refused for a name that cannot be a file's."""
    if not re.fullmatch(r"[\w][\w -]{0,60}", name):
        raise Refused(f"A profile's name is letters, figures, blanks and dashes, not {name!r}.")
    lines = [f"columns = {json.dumps(list(columns), ensure_ascii=False)}", "", "[mapping]"]
    lines += [f"{field} = {json.dumps(column, ensure_ascii=False)}" for field, column in sorted(mapping.items())]
    file = folder() / f"{name}.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def find(tables: Sequence[RawTable], name: str | None = None) -> SavedMapping | None:
    """The kept mapping of this name, or the first whose columns one of the tables has, all of them.

    Raises Refused where a kept file cannot be read.
    """
    for file in sorted(folder().glob("*.toml")) if folder().is_dir() else []:
        if name is not None and file.stem != name:
            continue
        try:
            kept = tomllib.loads(file.read_text(encoding="utf-8"))
            found = SavedMapping(file.stem, tuple(kept["columns"]), dict(kept["mapping"]))
        except (tomllib.TOMLDecodeError, KeyError, UnicodeDecodeError, TypeError) as error:
            raise Refused(f"The profile {file.name} cannot be read ({error}); mend or remove it.") from error
        if name is not None or any(set(found.columns) == set(table.columns) for table in tables):
            return found
    return None
