"""An export becomes a star: recognised, mapped, cleaned, with an account of every row and every amount.

`preview` shows how a file would be understood, `import_export` makes a star of it, `account_lines` shows its account;
`copy_star` and `set_targets` write a star once more.
"""

from core.exports.copying import copy_star, set_targets
from core.exports.importing import Cancelled, import_each_currency, import_export
from core.exports.proposing import preview
from core.exports.report import account_lines
from core.exports.saved import save_mapping, settled, text_of

__all__ = [
    "Cancelled",
    "account_lines",
    "copy_star",
    "import_each_currency",
    "import_export",
    "preview",
    "save_mapping",
    "set_targets",
    "settled",
    "text_of",
]
