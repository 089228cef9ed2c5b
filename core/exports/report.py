"""The account as lines for a terminal."""

from decimal import Decimal

_ROWS = ("read", "loaded", "set_aside", "excluded", "not_data")


def account_lines(account: dict) -> list[str]:
    """The account, one line a fact: files and amounts as tables, then what was decided, guessed and set aside."""
    totals = account["totals"]
    lines = [
        f"{totals['orders']:,} orders, {totals['lines']:,} lines and {totals['customers']:,} customers, "
        f"{totals['first_order_date']} to {totals['last_order_date']}; understood as {account['profile']}.",
        "",
        *_table(
            ["rows of file", *(_ROWS)],
            [[file["file"], *(f"{file['rows'][name]:,}" for name in _ROWS)] for file in account["files"]],
        ),
    ]
    amounts = [
        [
            f"{amount['column']} ({amount['field']})",
            *(_money(amount[name]) for name in _ROWS),
            f"{amount['unreadable']:,}",
        ]
        for file in account["files"]
        for amount in file["amounts"]
    ]
    if amounts:
        lines += ["", *_table(["amounts", *_ROWS, "unreadable"], amounts)]
    lines += _section(
        "Set aside",
        [
            f"{row['file']}: {row['rows']:,} rows, {row['reason']} (first in line {row['first_line']:,})"
            for row in account["set_aside"]
        ],
    )
    lines += _section("Decided", account["decisions"])
    lines += _section("Guessed", [f"{row['guess']} ({row['confidence']:.0%} sure)" for row in account["guesses"]])
    lines += _section("Columns and rows", _left_out(account))
    lines += _section("Statuses", [_status(row) for row in account["statuses"]])
    lines += _section("Customers", _customers(account["customers"]))
    lines += _section("Places", _places(account["places"]))
    return [line.rstrip() for line in lines]


def _left_out(account: dict) -> list[str]:
    lines = []
    for file in account["files"]:
        if file.get("private_columns"):
            lines.append(f"{file['file']}: personal columns dropped: {', '.join(file['private_columns'])}.")
        if file.get("unused_columns"):
            lines.append(f"{file['file']}: columns not used: {', '.join(file['unused_columns'])}.")
    if account["equal_rows"]:
        lines.append(f"{account['equal_rows']:,} rows equal another; they are loaded, as purchases of their own.")
    return lines


def _money(text: str) -> str:
    return f"{Decimal(text):,.4f}"


def _status(row: dict) -> str:
    note = "" if row["known"] else " (word not known)"
    return f"{row['word']}: {row['orders']:,} orders, {row['status']}{note}"


def _customers(told: dict) -> list[str]:
    lines = []
    if told["orders_without_customer"]:
        lines.append(f"{told['orders_without_customer']:,} orders have no known buyer.")
    strangers = told["in_no_customer_table"]
    if strangers:
        named = ", ".join(row["customer_id"] for row in strangers[:10])
        lines.append(
            f"{len(strangers):,} customers are in no customer table, their orders have no known buyer: {named}."
        )
    return lines


def _places(told: dict) -> list[str]:
    if not told["places"]:
        return []
    lines = [f"{told['places']:,} places."]
    for key, words in (
        ("approximate", "cities not in the gazetteer stand at the middle of their state's other cities"),
        ("unknown_cities", "cities were not found and have no coordinates"),
        ("unknown_countries", "countries were not found"),
    ):
        if told[key]:
            lines.append(f"{len(told[key]):,} {words}: {'; '.join(told[key][:5])}{' …' if len(told[key]) > 5 else ''}.")
    return lines


def _section(title: str, lines: list[str]) -> list[str]:
    return ["", f"{title}:", *(f"  {line}" for line in lines)] if lines else []


def _table(head: list[str], body: list[list[str]]) -> list[str]:
    head = [name.replace("_", " ") for name in head]
    widths = [max(len(row[column]) for row in [head, *body]) for column in range(len(head))]
    return [
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        )
        for row in [head, *body]
    ]
