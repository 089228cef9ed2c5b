"""Files that are there whole or not at all."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from core.star import Refused


@contextlib.contextmanager
def opened(to: Path | BinaryIO) -> Iterator[BinaryIO]:
    """A stream to write into; a file takes its place when all of it is written.

    Raises Refused where the file cannot be written.
    """
    if not isinstance(to, (str, Path)):
        yield to
        return
    to = Path(to)
    draft = None
    try:
        with tempfile.NamedTemporaryFile(dir=to.parent, prefix=f".{to.name}-", delete=False) as stream:
            draft = Path(stream.name)
            yield stream
        os.chmod(draft, 0o644)
        os.replace(draft, to)
    except OSError as error:
        raise Refused(f"{to} cannot be written ({error.strerror or error}); name another place.") from error
    finally:
        if draft:
            draft.unlink(missing_ok=True)
