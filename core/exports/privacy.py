"""Personal columns are left out unless asked for by name; an e-mail that is the only identity becomes a salted hash."""

import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from core.exports import vocabulary
from core.exports.columns import PRIVATE
from core.exports.plan import FIELDS, Plan
from core.exports.quoting import identifier, literal
from core.star import Refused

KEEPABLE = ("email", "phone")
SALT_FILE = ".salt"  # in the star's folder, readable by its owner alone; in no export and no hash of the star


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
        plan.decisions.append("Customers are told apart by their e-mail, which is kept as a salted hash only.")


def hashed(expression: str, salt: str) -> str:
    """SQL of an e-mail's hash: 20 hex digits, equal for equal addresses whatever their case, null for none."""
    address = f"lower(trim({expression}))"
    return f"case when {address} <> '' then left(sha256({literal(salt)} || {address}), 20) end"


def salt_of(star: Path) -> str:
    """The secret of a star that is there, or a new one."""
    file = Path(star) / SALT_FILE
    return file.read_text(encoding="ascii").strip() if file.is_file() else secrets.token_hex(16)


def keep_salt(draft: Path, salt: str) -> None:
    """Put the secret beside the star's tables, for the next import into it."""
    file = Path(draft) / SALT_FILE
    file.write_text(salt + "\n", encoding="ascii")
    os.chmod(file, 0o600)
