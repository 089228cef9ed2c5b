"""The account of a star: what became of every row and every amount, what was decided, guessed and set aside."""

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pandas as pd
import pyarrow.parquet as parquet
import streamlit as st

from core import star, ui_tables
from core.ui_text import plain

PARTS = ("loaded", "set_aside", "excluded", "not_data")
SET_ASIDE_FILE = "set_aside.parquet"
_EXAMPLES = 100
_ROWS_SHOWN = 7  # of a table of files; more scroll
_LABELS = {
    "read": ("Read", "Everything that stood in the file."),
    "loaded": ("Loaded", "What the pages count."),
    "set_aside": ("Set aside", "Could not be read or cannot be right; kept with its reason."),
    "excluded": ("Excluded", "Left out by a rule that is written down here."),
    "not_data": ("Not data", "Headers, preambles and totals."),
    "unreadable": ("Unreadable", "Cells that are no amount, in rows that are counted above."),
}
_PLACES = {
    "approximate": "Not in the gazetteer, so drawn at the middle of their state's other cities",
    "unknown_cities": "Cities not found, so without a place on the map",
    "unknown_countries": "Countries not found",
}


def account(told: Mapping, folder: Path, *, key: str) -> None:
    """Draw an account: its verdict, rows and money by file, then everything that was decided on the way."""
    files = told.get("files") or []
    if "appended" in told:
        st.caption("The account of what was added last:")
        _appended(told["appended"])
    if files:
        st.markdown(verdict(told))
        _rows(files)
        _money(files)
    else:
        st.caption(verdict(told))
    _notes(told, folder, key)


def verdict(told: Mapping) -> str:
    """In one line, what became of all rows, and whether everything adds up."""
    files = told.get("files") or []
    if not files:
        return "This data was not read from an export, so no row was set aside, excluded or guessed at."
    open_ones = [
        str(entry.get("file") or entry.get("column"))
        for file in files
        for entry in ({"file": file.get("file"), **file.get("rows", {})}, *file.get("amounts", ()))
        if not closes(entry)
    ]
    if open_ones:
        return f":material/error: The account does not close in {plain(', '.join(open_ones))}."
    sums = {name: sum(int(file.get("rows", {}).get(name, 0)) for file in files) for name in ("read", *PARTS)}
    parts = " + ".join(f"{sums[name]:,} {name.replace('_', ' ')}" for name in PARTS)
    return (
        f":material/check_circle: **The account closes:** {counted(sums['read'], 'row')} read = {parts}, "
        "and every amount to the cent."
    )


def rows_of(folder: Path) -> dict[str, int]:
    """How many rows each table of a star has; what cannot be read is left out."""
    counted = {}
    for table in star.TABLES.values():
        file = star.path_of(folder, table.name)
        try:
            counted[table.grain.removeprefix("one row per ")] = parquet.read_metadata(file).num_rows
        except (OSError, ValueError):  # absent, or no Parquet: the page says so where it opens the star
            continue
    return counted


def set_aside_rows(folder: Path) -> pd.DataFrame | None:
    """The rows set aside (file, line, text, reason), None where there are none or they cannot be read."""
    try:
        return parquet.read_table(Path(folder) / SET_ASIDE_FILE).to_pandas()
    except (OSError, ValueError):
        return None


def closes(parts: Mapping) -> bool:
    """Whether read = loaded + set aside + excluded + not data."""
    return _number(parts.get("read")) == sum(_number(parts.get(part)) for part in PARTS)


def _rows(files: Iterable[Mapping]) -> None:
    frame = pd.DataFrame(
        [
            {
                "file": file.get("file", ""),
                "role": str(file.get("role", "")).replace("lines", "order lines"),
                **{name: file["rows"].get(name, 0) for name in ("read", *PARTS)},
            }
            for file in files
            if "rows" in file
        ]
    )
    _table(frame, "%,d", "Rows of each file: read, loaded, set aside, excluded, not data")


def _money(files: Iterable[Mapping]) -> None:
    rows = [
        {
            "file": file.get("file", ""),
            "column": _amount_name(str(amount.get("column")), str(amount.get("field"))),
            **{name: float(_number(amount.get(name))) for name in ("read", *PARTS)},
            "unreadable": amount.get("unreadable", 0),
        }
        for file in files
        for amount in file.get("amounts", ())
    ]
    if rows:
        _table(pd.DataFrame(rows), "%,.2f", "Amounts of each file: read, loaded, set aside, excluded, not data")


def _amount_name(column: str, field: str) -> str:
    return column if column == field else f"{column} ({field.replace('_', ' ')})"


def _table(frame: pd.DataFrame, format: str, alt: str) -> None:
    columns = {
        name: st.column_config.NumberColumn(label, help=said, format="%,d" if name == "unreadable" else format)
        for name, (label, said) in _LABELS.items()
    }
    words = {"file": "File", "role": "What it holds", "column": "Amount"}
    height = 36 * (_ROWS_SHOWN + 1) if len(frame) > _ROWS_SHOWN else "content"
    st.dataframe(frame, hide_index=True, alt=alt, height=height, column_config=words | columns)


def _appended(told: Mapping) -> None:
    st.markdown(
        f"**{told.get('added_orders', 0):,}** orders added, **{told.get('replaced_orders', 0):,}** replaced, "
        f"**{told.get('kept_orders', 0):,}** left as they were."
    )
    changed = told.get("changed_months") or []
    if not changed:
        st.caption("No month that was closed has changed.")
    else:
        st.caption(f"Revenue has changed in {counted(len(changed), 'closed month')}:")
        frame = pd.DataFrame(changed)
        for name in ("revenue_before", "revenue_after"):
            frame[name] = [float(_number(value)) for value in frame[name]]
        money = {
            name: st.column_config.NumberColumn(label, format="%,.2f")
            for name, label in (("revenue_before", "Revenue before"), ("revenue_after", "Revenue now"))
        }
        frame["change"] = frame.revenue_after - frame.revenue_before
        money["change"] = st.column_config.NumberColumn("Change", format="%+,.2f")
        st.dataframe(
            frame, hide_index=True, column_config={"month": "Month", **money}, alt="Closed months that changed"
        )


def _notes(told: Mapping, folder: Path, key: str) -> None:
    """A tab a kind of note, with its count; nothing where there is nothing to tell."""
    guesses = [f"{row['guess']} ({row['confidence']:.0%} sure)" for row in told.get("guesses") or []]
    kinds = {
        "Guesses": guesses,
        "Notes": told.get("notes") or [],
        "Decisions": told.get("decisions") or [],
        "Left out": _left_out(told),
        "Statuses": [_status(row) for row in told.get("statuses") or []],
        "Customers and places": [*_customers(told.get("customers") or {}), *_places(told.get("places") or {})],
    }
    filled = {title: lines for title, lines in kinds.items() if lines}
    aside = told.get("set_aside") or []
    titles = ([f"Set aside ({len(aside)})"] if aside else []) + [f"{title} ({len(filled[title])})" for title in filled]
    if not titles:
        return
    tabs = st.tabs(titles)
    if aside:
        with tabs[0]:
            _set_aside(aside, folder, key)
    for tab, lines in zip(tabs[-len(filled) :] if filled else [], filled.values(), strict=True):
        with tab:
            bullets(lines)


def counted(number: int, word: str) -> str:
    """A count with its word: 1 order, 2,000 orders."""
    return f"{number:,} {word if number == 1 else f'{word}s'}"


def bullets(lines: Iterable[str]) -> None:
    """Sentences, one under the other."""
    st.markdown("\n".join(f"- {plain(' '.join(str(line).split()))}" for line in lines))


def _set_aside(counted: list[Mapping], folder: Path, key: str) -> None:
    frame = pd.DataFrame(counted)
    words = {"file": "File", "reason": "Why", "first_line": "First line", "first_text": "As it stands there"}
    rows = st.column_config.NumberColumn("Rows", format="%,d")
    st.dataframe(frame, hide_index=True, column_config=words | {"rows": rows}, alt="Rows set aside by file and reason")
    kept = set_aside_rows(folder)
    if kept is None:
        return
    words = {"file": "File", "line": "Line", "text": "As it stands there", "reason": "Why"}
    st.caption(f"The rows themselves{f', the first {_EXAMPLES} of {len(kept):,}' if len(kept) > _EXAMPLES else ''}:")
    st.dataframe(kept.head(_EXAMPLES), hide_index=True, column_config=words, alt="Rows set aside",
                 height=215 if len(kept) > 5 else "content")  # fmt: skip
    st.download_button("Download the rows set aside (CSV)", lambda: ui_tables.csv(kept), "set_aside.csv", "text/csv",
                       key=f"{key}_set_aside", icon=":material/download:", on_click="ignore")  # fmt: skip


def _left_out(told: Mapping) -> list[str]:
    lines = []
    for file in told.get("files") or []:
        for name, words in (("private_columns", "personal columns dropped"), ("unused_columns", "columns not used")):
            if file.get(name):
                lines.append(f"{file['file']}: {words}: {', '.join(file[name])}.")
    if told.get("equal_rows"):
        lines.append(f"{told['equal_rows']:,} rows equal another; they are loaded, as purchases of their own.")
    return lines


def _status(row: Mapping) -> str:
    note = "" if row["known"] else " (word not known)"
    return f"{row['word']}: {counted(row['orders'], 'order')}, {row['status']}{note}"


def _customers(told: Mapping) -> list[str]:
    lines = []
    if told.get("orders_without_customer"):
        lines.append(f"{told['orders_without_customer']:,} orders have no known buyer.")
    if strangers := told.get("in_no_customer_table"):
        named = ", ".join(row["customer_id"] for row in strangers[:10])
        lines.append(
            f"{len(strangers):,} customers are in no customer table; their orders have no known buyer: {named}."
        )
    return lines


def _places(told: Mapping) -> list[str]:
    return [
        f"{words}: {'; '.join(told[name][:10])}{' …' if len(told[name]) > 10 else ''}."
        for name, words in _PLACES.items()
        if told.get(name)
    ]


def _number(text: object) -> Decimal:
    try:
        return Decimal(str(text or 0))
    except InvalidOperation:
        return Decimal(0)
