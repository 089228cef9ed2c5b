"""Personal columns are left out unless asked for by name; an e-mail that is the only identity becomes a salted hash."""

import contextlib
import dataclasses
import functools
import os
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.exports import vocabulary
from core.exports.columns import PRIVATE
from core.exports.plan import FIELDS, Plan
from core.exports.quoting import identifier, literal
from core.star import FACTS_FILE, Refused, read_facts

KEEPABLE = ("email", "phone")
_INSIDE = ".salt"  # where the first stars had their secret; the next import into one takes it out of the star


def guard(plan: Plan, keep: Sequence[str]) -> None:
    """Take personal columns out of the plan and name them in its parts, but for those asked for.

    Raises Refused for a name that cannot be kept.
    """
    for name in keep:
        if name not in KEEPABLE:
            raise Refused(f"{name!r} cannot be kept; choose of {', '.join(KEEPABLE)}.")
    for part in plan.parts:
        for column in part.table.columns:
            meant = next((field for field in vocabulary.fields_of(column) if field in PRIVATE), None)
            if meant in keep and meant in FIELDS[part.role]:
                if meant not in part.fields:
                    part.fields[meant] = f"t.{identifier(column)}"
                    part.columns[meant] = column
                part.private = [name for name in part.private if name != column]
            elif meant and meant != "postal_code" and column not in part.private:
                part.private.append(column)
        for name in KEEPABLE:
            if name not in keep and part.fields.pop(name, None):
                part.private.append(part.columns.pop(name))
        part.private = sorted(set(part.private), key=part.private.index)
    if any(part.hashed for part in plan.parts):
        if plan.salt is None:
            raise Refused(
                "The star tells customers apart by hashed e-mails, and the secret they were hashed with is not in "
                f"{folder()}; put the file from there on the machine that made the star into it, or import everything "
                "into a new star."
            )
        plan.decisions.append("Customers are told apart by their e-mail, which is kept as a salted hash only.")


def hashed(expression: str, salt: str | None) -> str:
    """SQL of an e-mail's hash: 20 hex digits, equal for equal addresses whatever their case, null for none."""
    address = f"lower(trim({expression}))"
    return f"case when {address} <> '' then left(sha256({literal(salt or '')} || {address}), 20) end"


@dataclass(frozen=True)
class Secret:
    """A star's salt under the name that star.json knows it by; None where it is not on this machine."""

    name: str
    salt: str | None
    is_kept: bool


def secret_of(star: Path, renew: bool = False) -> Secret:
    """The secret of a star that is there, or a new one; `renew` makes a new one for one that is lost, too.

    Raises Refused where it cannot be read.
    """
    known = read_facts(star).get("salt_id") if (Path(star) / FACTS_FILE).is_file() else None
    new = Secret(secrets.token_hex(16), secrets.token_hex(16), False)
    inside = Path(star) / _INSIDE
    if known is None and inside.is_file():
        return dataclasses.replace(new, salt=_read(inside), is_kept=True)
    if not isinstance(known, str) or not re.fullmatch("[0-9a-f]{32}", known):
        return new
    file = folder() / known
    if file.is_file():
        return Secret(known, _read(file), True)
    return new if renew else Secret(known, None, True)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii").strip()
    except OSError as error:
        raise Refused(f"{file} cannot be read ({error.strerror}); it holds what e-mails are hashed with.") from error


def folder() -> Path:
    """Where secrets are kept, outside of every star: QUINTILE_SALTS, else the user's own configuration folder."""
    if given := os.environ.get("QUINTILE_SALTS"):
        return Path(given)
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "quintile" / "salts"


def keep(secret: Secret) -> None:
    """Keep a secret for the next import into its star, readable by its owner alone. Raises Refused where it can't."""
    if secret.salt is None:
        return
    file = folder() / secret.name
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(file, "w", encoding="ascii", opener=functools.partial(os.open, mode=0o600)) as out:
            out.write(secret.salt + "\n")
    except OSError as error:
        raise Refused(
            f"{file.parent} cannot be written to ({error.strerror}), and e-mails are hashed with a secret kept there; "
            "set QUINTILE_SALTS to a folder that can."
        ) from error


def forget(star: Path) -> None:
    """Remove the secret of a star that is about to go. What cannot be read or removed stays."""
    with contextlib.suppress(Refused, OSError):
        secret = secret_of(star)
        if secret.is_kept:
            (folder() / secret.name).unlink(missing_ok=True)


def copied(star: Path) -> str | None:
    """Keep the secret of a star once more, for its copy; returns the salt_id of that, None where it has no secret."""
    secret = secret_of(star)
    if not secret.is_kept:
        return None
    if secret.salt is None:  # it is lost: the copy names it too, so that nothing hashed otherwise is ever added
        return secret.name
    again = Secret(secrets.token_hex(16), secret.salt, True)
    keep(again)
    return again.name
