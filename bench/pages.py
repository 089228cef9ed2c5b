"""How fast a company's orders become pages, measured in one run and printed as a table; nothing is asserted.

    .venv/bin/python bench/pages.py [EXPORT]     default: ../shared/data/adventureworks, else the sample star

Beside the import stands plain DuckDB reading the same CSV files and writing Parquet, in the same run. Times are the
median of several runs, with the fastest and the slowest; a page runs in process as a server runs it, without a browser.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
RUNS = 7


def main() -> None:
    """Print the table."""
    export = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared/data/adventureworks"
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["QUINTILE_CACHE"] = f"{scratch}/cache"
        data = Path(scratch) / "star"
        print(f"{'':44}{'median':>10}{'fastest':>10}{'slowest':>10}")
        if export.is_dir():
            import_and_build(export, data, Path(scratch))
        else:
            data = ROOT / "sample_data"
            print(f"{export} is not there: the embedded sample instead, without an import")
        os.environ["QUINTILE_DATA"] = str(data)
        pages()
        show("first page in a new process, mart built", timed(cold_start, 3))


def import_and_build(export: Path, data: Path, scratch: Path) -> None:
    """Time the import, the build, and plain DuckDB copying the same files."""
    import duckdb

    from core import exports, warehouse

    def copy() -> None:
        with duckdb.connect() as connection:
            for file in sorted(export.glob("*.csv")):
                connection.execute(
                    f"copy (select * from read_csv('{file}', header = true)) to '{scratch}/{file.stem}.parquet'"
                )

    def build() -> None:
        for file in warehouse.cache_folder().glob("mart-*"):
            file.unlink()
        warehouse._opened.cache_clear()
        warehouse.open_mart(data)

    show("plain DuckDB, the same CSVs to Parquet", timed(copy, 3))
    show("import of the export to a star", timed(lambda: exports.import_export(export, data), 3))
    show("build of the mart", timed(build, 3))


def pages() -> None:
    """Time each page: its reports alone, its rerun with every report known, and with a filter nobody has chosen yet."""
    from streamlit.testing.v1 import AppTest

    from core import reports

    asked: set[tuple] = set()
    run = reports.run

    def listened(name, mart, filter):
        asked.add((name, mart, filter))
        return run(name, mart, filter)

    for file in [ROOT / "Home.py", *sorted((ROOT / "pages").glob("*.py"))]:
        app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=60).run()
        asked.clear()
        reports.run = listened
        if file.parent.name == "pages":
            app.switch_page(str(file.relative_to(ROOT)))
        app.run()
        reports.run = run
        assert not app.exception, app.exception
        known = sorted(asked, key=lambda item: item[0])

        def answer(known=known) -> None:
            reports._run.cache_clear()
            for item in known:
                reports.run(*item)

        def rerun_anew(app=app) -> None:
            reports._run.cache_clear()
            app.run()

        title = file.stem.partition("_")[2].replace("_", " ") or file.stem
        show(f"{title}: its {len(known)} reports together", timed(answer))
        show(f"{title}: rerun, reports known", timed(app.run))
        show(f"{title}: rerun, every report anew", timed(rerun_anew))


def cold_start() -> None:
    """Run Home in a new Python process."""
    script = "from streamlit.testing.v1 import AppTest; AppTest.from_file('Home.py', default_timeout=60).run()"
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True)


def timed(work: Callable[[], object], runs: int = RUNS) -> list[float]:
    """Seconds of each of several runs."""
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return taken


def show(label: str, seconds: list[float]) -> None:
    """One row of the table, in milliseconds."""
    figures = (statistics.median(seconds), min(seconds), max(seconds))
    print(f"{label:44}" + "".join(f"{1000 * figure:7,.0f} ms" for figure in figures), flush=True)


if __name__ == "__main__":
    main()
