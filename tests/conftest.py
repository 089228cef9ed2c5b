"""What all tests share: marts are kept in a folder of the run's own."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import stars

from core import warehouse

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True, scope="session")
def _cache(tmp_path_factory) -> Iterator[None]:
    """Keep marts out of the user's cache; a folder given by QUINTILE_CACHE is used as it is."""
    given = os.environ.get("QUINTILE_CACHE")
    os.environ["QUINTILE_CACHE"] = given or str(tmp_path_factory.mktemp("marts"))
    yield
    if not given:
        del os.environ["QUINTILE_CACHE"]


@pytest.fixture(autouse=True, scope="session")
def _nothing_ahead() -> None:
    """Have no test share its processor with what is made ahead for a viewer who never comes (tests/test_ahead.py)."""
    os.environ["QUINTILE_AHEAD"] = "0"


@pytest.fixture(scope="session")
def sample() -> Path:
    """The embedded star."""
    return ROOT / "sample_data"


@pytest.fixture
def mart_of(tmp_path) -> Callable[..., warehouse.Mart]:
    """Make a simple star (stars.simple) and open its mart."""

    def make(*given, **tables) -> warehouse.Mart:
        return warehouse.open_mart(stars.simple(tmp_path / "star", *given, **tables))

    return make
