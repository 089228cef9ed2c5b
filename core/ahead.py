"""What may be asked next, made while nobody asks for anything: one thread, one step at a time, the latest plan alone.

Steps fill caches and nothing else, so a plan can be left at any step.
"""

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

REST = 1.0  # seconds without a question, after which nobody is waiting for an answer or for their browser to draw it
_LOOK = 0.05
Steps = Iterator[Callable[[], object]]
_thread = ThreadPoolExecutor(1, "ahead")
_turn = threading.Lock()
_steps: Steps | None = None
_asked_at = 0.0


def asked() -> None:
    """Somebody is being served: no step begins until they have what they asked for."""
    global _asked_at
    _asked_at = time.monotonic()


def plan(steps: Steps) -> None:
    """Make these steps instead of those planned before, once nobody is being served."""
    global _steps
    asked()
    with _turn:
        is_at_work, _steps = _steps is not None, steps
    if not is_at_work:
        _thread.submit(_go_on)


def _go_on() -> None:
    """One step, or a short wait while somebody is being served; each a task of its own, so that a server can stop."""
    global _steps
    steps = _steps
    if time.monotonic() - _asked_at < REST:
        time.sleep(_LOOK)
    elif not _made(steps):
        with _turn:
            if _steps is steps:
                _steps = None
                return
    with contextlib.suppress(RuntimeError):  # the server is stopping
        _thread.submit(_go_on)


def _made(steps: Steps) -> bool:
    """Make one step; whether there was one, and it went well. What fails here is told to whoever asks for it."""
    try:
        step = next(steps, None)
        if step:
            step()
    except Exception:
        logging.getLogger(__name__).debug("A step ahead failed", exc_info=True)
        return False
    return step is not None
