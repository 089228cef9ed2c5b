"""The command line: an export becomes a star, a star a mart; what a page shows, as data; the star against its contract.

Exit codes: 0 done, 1 the input was refused (one sentence on standard error), 2 wrong usage.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from core import exports, filters, reports, star, stories, warehouse
from core.arguments import parser
from core.checks import discrepancies
from core.exports.currencies import SPLIT
from core.filters import Filter
from core.star import Refused
from core.warehouse import Mart


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code."""
    options = parser(_COMMANDS).parse_args(arguments)
    try:
        return options.run(options)
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of our output has closed it: `report customers | head`
        sys.stderr.close()
        return 0


def _import(options: argparse.Namespace) -> int:
    asked = {
        "profile": options.profile,
        "mapping": dict(options.map),
        "targets": options.targets,
        "fiscal_year_start": options.fiscal_start,
        "name": options.name,
        "exclude": options.exclude,
        "keep": options.keep,
        "unknown_customers": options.unknown_customers,
        "append": options.append,
        "progress": _with_time_left(_show_progress),
    }
    if options.currency == SPLIT:
        accounts = exports.import_each_currency(options.path, options.to, **asked)
        shown = {star.name: account for star, account in accounts.items()}
        written = [line for name, account in shown.items() for line in (f"{name}:", *exports.account_lines(account))]
    else:
        shown = exports.import_export(options.path, options.to, currency=options.currency, **asked)
        written = exports.account_lines(shown)
    print(json.dumps(shown, indent=1, ensure_ascii=False) if options.json else "\n".join(written))
    return 0


def _build(options: argparse.Namespace) -> int:
    mart = warehouse.open_mart(options.data, progress=_show_progress, engine=options.engine)
    print(f"{mart.name}: {mart.summary['orders']:,} orders up to {mart.as_of}, ready in {mart.path}")
    return 0


def _report(options: argparse.Namespace) -> int:
    if not options.name:
        width = max(map(len, reports.REPORTS))
        print("\n".join(f"{name:{width}}  {report.grain}" for name, report in reports.REPORTS.items()))
        return 0
    if options.name not in reports.REPORTS:
        print(f"There is no report {options.name!r}; `python -m core report` lists them.", file=sys.stderr)
        return 2
    mart, chosen = opened(options.data, options.filter)
    frame = reports.run(options.name, mart, chosen)
    if options.format == "json":
        answer = {"report": options.name, "as_of": mart.as_of.isoformat(), "filter": chosen.query()}
        print(json.dumps(answer | {"rows": records(frame)}, ensure_ascii=False, allow_nan=False))
    elif options.format == "csv":
        print(dated(frame).to_csv(index=False), end="")
    else:
        print(dated(frame).to_string(index=False, na_rep="–"))
    return 0


def _export(options: argparse.Namespace) -> int:
    from core import take  # the libraries that write files take a second to load; no other command needs them

    if bool(options.page) == bool(options.story):
        print("Name a page, or a story by --story.", file=sys.stderr)
        return 2
    if options.story:
        story = stories.find(options.data, options.story)
        if not story:
            raise Refused(f"There is no story {options.story!r} of this data; the Stories page lists them.")
        take.write_story(story, options.data, options.to, progress=_show_progress)
        count = len(story.steps)
        print(f"{options.to}: {story.title}, {count} view{'' if count == 1 else 's'}")
        return 0
    mart, chosen = opened(options.data, options.filter)
    link = options.app and f"{options.app.rstrip('/')}/{take.address(options.page, mart, chosen)}"
    take.write(options.page, mart, chosen, options.to, link=link, progress=_show_progress)
    print(f"{options.to}: {options.page}, {mart.name} as of {mart.as_of}")
    return 0


def _customers(options: argparse.Namespace) -> int:
    from core.take import customer_lists

    mart, chosen = opened(options.data, options.filter, strict=True)
    said = customer_lists.write(options.tool.casefold(), options.data, mart, chosen, options.to)
    print(f"{options.to}: {said}")
    return 0


def _check(options: argparse.Namespace) -> int:
    star.refuse_faults(options.data)
    mart = warehouse.open_mart(options.data, progress=_show_progress)
    found = discrepancies(mart)
    if strangers := mart.summary["orders_of_unknown_customers"]:
        print(f"{strangers:,} orders name a customer who is in no customer table; they count as buyer not known.")
    print("\n".join(found) or f"{mart.name} keeps its contract, and every figure agrees with every other.")
    return 1 if found else 0


def opened(data: Path, given: Sequence[tuple[str, str]], *, strict: bool = False) -> tuple[Mart, Filter]:
    """The mart of a star as of the day that the filter names, and the filter; what is ignored goes to standard error.

    Raises Refused where two choices exclude each other and, if `strict`, where one would be ignored.
    """
    query: dict[str, list[str]] = {}
    for key, value in given:
        query.setdefault(key, []).append(value)
    chosen, notes = filters.read(query)
    if found := filters.contradiction(chosen):
        raise Refused(found[0])
    mart = warehouse.open_mart(data, chosen.as_of, progress=_show_progress)
    chosen, unknown = filters.known(chosen, reports.choices(mart))
    if strict and notes + unknown:
        ignored = (notes + unknown)[0].replace("; it was ignored", "").replace(" was ignored", "")
        raise Refused(f"Nothing was written. {ignored}")
    for note in notes + unknown:
        print(note, file=sys.stderr)
    return mart, chosen


def dated(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with days as calendar dates."""
    return frame.assign(**{column: frame[column].dt.date for column in frame.select_dtypes("datetime")})


def records(frame: pd.DataFrame) -> list[dict]:
    """The rows with plain numbers: what is absent is null, days are YYYY-MM-DD."""
    columns = {name: frame[name].tolist() for name in frame}
    return [{name: _plain(values[row]) for name, values in columns.items()} for row in range(len(frame))]


def _plain(value: object) -> object:
    if isinstance(value, (list, tuple, np.ndarray)):
        return [_plain(item) for item in (value.tolist() if isinstance(value, np.ndarray) else value)]
    if pd.isna(value):
        return None
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else value


def _show_progress(stage: str, share: float | None) -> None:
    """One line that is written over, and only where somebody looks."""
    if sys.stderr.isatty():
        print(
            f"\r{stage:<70}{'' if share is None else f'{share:4.0%}'}",
            end="\r" if share != 1 else "\n",
            file=sys.stderr,
        )


def _with_time_left(show: Callable[[str, float], None]) -> Callable[[str, float], None]:
    """Say as well how long it will take at the pace so far, once there is a pace."""
    began = time.monotonic()

    def told(stage: str, share: float) -> None:
        seconds = time.monotonic() - began
        known = seconds > 3 and 0.1 < share < 1
        show(f"{stage}, {seconds * (1 - share) / share:,.0f} s left" if known else stage, share)

    return told


_COMMANDS = {
    "import": _import,
    "build": _build,
    "report": _report,
    "export": _export,
    "customers": _customers,
    "check": _check,
}

if __name__ == "__main__":
    sys.exit(main())
