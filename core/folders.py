"""Where the product keeps files of its own."""

import os
from pathlib import Path


def cache_folder() -> Path:
    """What can be made anew (marts, the gazetteer) and uploads: QUINTILE_CACHE, else the user's own cache folder."""
    if chosen := os.environ.get("QUINTILE_CACHE"):
        return Path(chosen)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "quintile"
