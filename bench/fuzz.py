"""More of what CI does in small: 1,000 random dialects read back, 2,000 damaged files refused or accounted for.

python bench/fuzz.py [DIALECTS] [DAMAGED]        prints each seed that fails; exit code 1 where any does
"""

import resource
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

TESTS = Path(__file__).parents[1] / "tests"
sys.path[:0] = [str(TESTS.parent), str(TESTS)]
from test_exports_dialects import test_damage_is_refused_or_accounted_for, test_orders_are_read_back  # noqa: E402

MOST_MEMORY = 2 << 30  # bytes of the process at its peak
RUNAWAY = 8 << 30  # bytes reserved, used or not, from which on the process gets no more


def run(check: Callable[[int, Path], None], seeds: int) -> int:
    """Run a check over its seeds; returns how many failed."""
    failed = 0
    before = _peak()
    for seed in range(seeds):
        with tempfile.TemporaryDirectory() as room:
            try:
                check(seed, Path(room))
            except Exception:  # whatever it is, it is what we look for
                failed += 1
                print(f"{check.__name__}, seed {seed}:\n{traceback.format_exc(limit=-3)}", flush=True)
            if before < MOST_MEMORY < (before := _peak()):
                failed += 1
                print(f"{check.__name__}, seed {seed}: {before / 1e6:,.0f} MB of memory", flush=True)
    print(f"{check.__name__}: {seeds - failed:,} of {seeds:,} seeds pass, peak memory {before / 1e6:,.0f} MB")
    return failed


def _peak() -> int:
    """The most bytes of memory that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main() -> int:
    resource.setrlimit(resource.RLIMIT_DATA, (RUNAWAY, RUNAWAY))
    counts = [int(given) for given in sys.argv[1:]] + [1000, 2000][len(sys.argv) - 1 :]
    checks = (test_orders_are_read_back, test_damage_is_refused_or_accounted_for)
    return int(sum(run(check, seeds) for check, seeds in zip(checks, counts, strict=False)) > 0)


if __name__ == "__main__":
    sys.exit(main())
