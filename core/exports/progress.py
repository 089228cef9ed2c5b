"""How far an import is, told while it runs, and its end where somebody stops it.

Modules say what they are about to do (`stage`, `step`, `rows`); who listens is known for one thread at a time, so that
nothing of it stands in their signatures. Without a listener nothing is told.
"""

import contextlib
import threading
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass

import duckdb

from core.star import Refused

EVERY = 0.25  # seconds between two looks at the statement that runs
Hear = Callable[[str, float], None]


class Cancelled(Refused):
    """The import was stopped on request; nothing was changed."""


@dataclass
class _Course:
    """Where one connection's work stands: its stage's part of the whole (0 to 1), and the step in it."""

    connection: duckdb.DuckDBPyConnection
    hear: Hear
    cancel: threading.Event
    name: str = ""
    start: float = 0.0
    end: float = 0.0
    told: float = 0.0
    step: "_Step | None" = None

    def look(self) -> None:
        """Tell how far the statement is that runs, by what DuckDB says of it."""
        step, percent = self.step, self.connection.query_progress()
        if step and 0 < percent <= 100 and percent != step.stale:
            step.stale = None
            step.done = max(step.done, percent / 100)
            self.tell(step.low + (step.high - step.low) * step.done, step.said())

    def tell(self, share: float, rows: str = "") -> None:
        """Tell the share (0 to 1) of the whole; it never goes back within a stage."""
        self.told = min(max(self.told, share), self.end)
        self.hear(self.name + rows, self.told)


@dataclass
class _Step:
    """One statement's part of the whole, the rows it goes through, and those of the steps before."""

    low: float
    high: float
    rows: int
    before: int
    stale: float | None  # what DuckDB still says of the statement before
    done: float = 0.0

    def said(self) -> str:
        done, count = self.before + int(self.rows * self.done), self.before + self.rows
        return f", {done:,} of about {count:,} rows" if count else ""


_course: ContextVar[_Course | None] = ContextVar("course", default=None)


@contextlib.contextmanager
def followed(
    connection: duckdb.DuckDBPyConnection, cancel: threading.Event | None = None, hear: Hear = lambda stage, share: None
) -> Iterator[None]:
    """While inside, `hear` is told of the work of this thread, and setting `cancel` stops it with Cancelled.

    `hear` is called from a thread of its own while a statement runs. A statement that is stopped raises
    duckdb.InterruptException.
    """
    connection.execute("set enable_progress_bar = true")
    connection.execute("set enable_progress_bar_print = false")
    course = _Course(connection, hear, cancel or threading.Event())
    over = threading.Event()

    def watch() -> None:
        while not over.wait(EVERY):
            if course.cancel.is_set():
                connection.interrupt()
            else:
                course.look()

    watcher = threading.Thread(target=watch, daemon=True, name="progress")
    token = _course.set(course)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()
        _course.reset(token)


def stage(name: str, start: float, end: float) -> None:
    """Begin a stage, which takes the work from one share of the whole to another. Raises Cancelled."""
    if course := _course.get():
        _stop_if_asked(course)
        course.name, course.start, course.end, course.told = name, start, end, start
        course.tell(start)


@contextlib.contextmanager
def step(number: int, count: int, rows: int = 0, before: int = 0) -> Iterator[None]:
    """While inside, statements are step `number` (from 0) of `count` of the stage.

    They go through about so many rows, after those of the steps before. Raises Cancelled.
    """
    course = _course.get()
    if course is None:
        yield
        return
    _stop_if_asked(course)
    width = (course.end - course.start) / count
    low = course.start + width * number
    course.step = _Step(low, low + width, rows, before, course.connection.query_progress())
    try:
        yield
    finally:
        course.step = None
    course.tell(low + width)


def rows(done: int, count: int) -> None:
    """Tell how many rows of how many a loop of our own has done; the count is 0 where it is not known.

    Raises Cancelled.
    """
    if course := _course.get():
        _stop_if_asked(course)
        course.tell(course.told, f", {done:,} of about {count:,} rows" if count > done else f", {done:,} rows")


def _stop_if_asked(course: _Course) -> None:
    if course.cancel.is_set():
        raise Cancelled("The import was stopped; nothing was changed.")
