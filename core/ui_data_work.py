"""Something long that runs beside the page: what it is at, how far it is, what became of it."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from core.star import Refused

PAGES_FROM = 0.9  # of an import's bar: from there on the pages are prepared
_AT_ONCE = threading.BoundedSemaphore(2)  # each import may take more than a gigabyte
_log = logging.getLogger(__name__)


@dataclass
class Work:
    """A task in a thread of its own. `result` is what it gave back, `refusal` the sentence where it gave nothing."""

    stage: str = "waiting for its turn"
    share: float = 0.0
    result: object = None
    refusal: str = ""
    cancel: threading.Event = field(default_factory=threading.Event)
    _began: float = field(default_factory=time.monotonic)
    _over: threading.Event = field(default_factory=threading.Event)

    @property
    def is_over(self) -> bool:
        """Whether it has ended, one way or another."""
        return self._over.is_set()

    @property
    def seconds(self) -> float:
        """How long it has been running."""
        return time.monotonic() - self._began

    @property
    def seconds_left(self) -> float | None:
        """How long it will take at the pace so far; None where that is not known yet."""
        return None if self.seconds < 3 or self.share < 0.1 else self.seconds * (1 - self.share) / self.share

    def wait(self, seconds: float) -> bool:
        """Give it this long to end; returns whether it has."""
        return self._over.wait(seconds)

    def hear(self, stage: str, share: float) -> None:
        """Take note of the stage, which says its rows where they are known, and of the share done (0 to 1)."""
        self.stage, self.share = stage, min(max(share, 0.0), 1.0)

    def hear_importing(self, stage: str, share: float) -> None:
        """Take note of an import, after which the pages are prepared."""
        self.hear(stage, share * PAGES_FROM)


def start(task: Callable[[Work], object]) -> Work:
    """Begin a task; it is handed its Work, to say how far it is and to see whether it is to stop."""
    work = Work()
    threading.Thread(target=_run, args=(work, task), daemon=True, name="import").start()
    return work


def _run(work: Work, task: Callable[[Work], object]) -> None:
    while not _AT_ONCE.acquire(timeout=0.2):
        if work.cancel.is_set():
            work._over.set()
            return
    try:
        work._began = time.monotonic()
        work.result = task(work)
    except Refused as refused:
        work.refusal = str(refused)
    except Exception as error:  # the last place where an error of ours can become a sentence
        if not work.cancel.is_set():  # nobody waits for it any more, and its files may be gone
            _log.exception("An import failed in a way that nobody foresaw")
        work.refusal = f"Something went wrong that nobody foresaw ({type(error).__name__}); nothing was changed."
    finally:
        _AT_ONCE.release()
        work._over.set()
