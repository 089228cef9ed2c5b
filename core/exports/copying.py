"""A star written once more: whole, to be kept elsewhere, or with other revenue targets."""

import os
import shutil
import tempfile
from pathlib import Path

import duckdb

from core.exports import privacy
from core.exports import targets as target_file
from core.star import FACTS_FILE, path_of, read_facts, write_facts, writing


def copy_star(star: Path, to: Path) -> None:
    """Write the star into the folder `to`, with a secret of its own where it has one. Raises Refused."""
    facts = read_facts(star)
    with writing(to) as draft:
        _take_files(star, draft)
        write_facts(draft, facts | _secret(star))


def set_targets(star: Path, to: Path, targets: Path | None) -> list[str]:
    """Write the star into `to` (itself, or another folder) with the revenue targets of a file, or with none.

    Returns what was decided, which its account then says too. Raises Refused for a file that cannot be used.
    """
    star, to = Path(star), Path(to)
    facts = read_facts(star)
    account = dict(facts.get("account") or {})
    decisions = [line for line in account.get("decisions") or [] if not line.startswith(target_file.DECIDED)]
    with writing(to) as draft:
        _take_files(star, draft)
        path_of(draft, "dim_target").unlink(missing_ok=True)
        decided = _written(targets, draft) if targets else []
        if account or decided:
            facts["account"] = account | {"decisions": decisions + decided}
        write_facts(draft, facts | ({} if to.absolute() == star.absolute() else _secret(star)))
    return decided


def _written(targets: Path, draft: Path) -> list[str]:
    with tempfile.TemporaryDirectory() as room, duckdb.connect() as connection:
        return target_file.write(connection, targets, draft, Path(room))


def _take_files(star: Path, draft: Path) -> None:
    """Files of a star are replaced, never written to: a second name does where the disk allows it."""
    for file in Path(star).iterdir():
        if file.is_file() and file.name != FACTS_FILE and not file.name.startswith("."):
            try:
                os.link(file.resolve(), draft / file.name)
            except OSError:
                shutil.copyfile(file, draft / file.name)


def _secret(star: Path) -> dict[str, str]:
    name = privacy.copied(star)
    return {"salt_id": name} if name else {}
