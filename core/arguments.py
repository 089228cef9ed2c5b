"""The commands and options of the command line."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from core import warehouse
from core.exports.rules import EXCLUSIONS


def _pair(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text!r} must look like KEY=VALUE")
    return key.strip(), value


def _month(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 12:
        raise argparse.ArgumentTypeError(f"{text!r} must be a month from 1 to 12")
    return int(text)


def parser(run: Mapping[str, Callable]) -> argparse.ArgumentParser:
    """The parser of the command line; `run` has what each command does, by its name."""
    found = argparse.ArgumentParser(prog="python -m core", description="Quintile on the command line.")
    commands = found.add_subparsers(required=True, metavar="COMMAND")
    data = argparse.ArgumentParser(add_help=False)
    data.add_argument(
        "--data",
        type=Path,
        default=warehouse.default_star(),
        help="the star (default: QUINTILE_DATA, else sample_data/)",
    )

    _import(commands.add_parser("import", help="an export becomes a star; prints the account"))
    command = commands.add_parser("build", parents=[data], help="a star becomes a mart")
    command.add_argument("--engine", choices=["duckdb", "spark"], default="duckdb")

    command = commands.add_parser(
        "report", parents=[data], help="what a page shows, as data; without NAME, all that there are"
    )
    command.add_argument("name", nargs="?", metavar="NAME")
    command.add_argument("--filter", type=_pair, action="append", default=[], metavar="KEY=VALUE")
    command.add_argument("--format", choices=["table", "csv", "json"], default="table")

    _export(commands.add_parser("export", parents=[data], help="a page or a story to take along"))
    _customers(commands.add_parser("customers", parents=[data], help="customers as a CSV that a CRM tool imports"))
    commands.add_parser("check", parents=[data], help="the star against its contract, figures against each other")
    for name, command in commands.choices.items():
        command.set_defaults(run=run[name])
    return found


def _import(command: argparse.ArgumentParser) -> None:
    command.add_argument("path", type=Path, metavar="PATH")
    command.add_argument("--to", type=Path, required=True, metavar="STAR")
    command.add_argument("--profile", help="how to read the export, where it is not recognised")
    command.add_argument("--map", type=_pair, action="append", default=[], metavar="FIELD=COLUMN")
    command.add_argument(
        "--targets", type=Path, metavar="FILE", help="month and revenue_target, or year and revenue_target"
    )
    command.add_argument("--fiscal-start", type=_month, metavar="MONTH", help="the fiscal year's first month, 1 to 12")
    command.add_argument("--name", help="what the data is called")
    command.add_argument("--currency", help="the reporting currency's ISO code, or split: a star of each")
    command.add_argument(
        "--append", action="store_true", help="add to the star: same orders are replaced, new ones added"
    )
    command.add_argument(
        "--keep", action="append", default=[], choices=["email", "phone"], help="load a personal column"
    )
    command.add_argument(
        "--exclude", action="append", default=[], choices=sorted(EXCLUSIONS), help="leave orders out by a rule"
    )
    command.add_argument(
        "--unknown-customers", choices=["load", "set_aside"], default="load", help="sales without a customer"
    )
    command.add_argument("--json", action="store_true", help="print the account as JSON")


def _export(command: argparse.ArgumentParser) -> None:
    command.add_argument("page", nargs="?", metavar="PAGE")
    command.add_argument("--story", metavar="STORY", help="a story by its id, in place of a page")
    command.add_argument("--app", metavar="ADDRESS", help="where the app is, for the link back")
    command.add_argument("--to", type=Path, required=True, metavar="FILE", help="FILE.pptx, FILE.pdf or FILE.xlsx")
    command.add_argument("--filter", type=_pair, action="append", default=[], metavar="KEY=VALUE")


def _customers(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--for", dest="tool", required=True, metavar="TOOL", help="mailchimp, hubspot, klaviyo or salesforce"
    )
    command.add_argument("--to", type=Path, required=True, metavar="FILE", help="FILE.csv")
    command.add_argument("--filter", type=_pair, action="append", default=[], metavar="KEY=VALUE")
