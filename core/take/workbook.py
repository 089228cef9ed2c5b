"""A page as an Excel workbook: a sheet a report with typed cells, and one that says what everything means."""

import datetime
import math
from typing import BinaryIO

import numpy as np
import pandas as pd
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from core import choice_words, reports
from core.formats import Format, exact
from core.metrics import COLUMNS
from core.take import cells, columns, number_formats
from core.take.figure import Figure, Table
from core.take.printout import Printout
from core.warehouse import Mart, Progress

ROWS_AT_MOST = 1_048_575  # of Excel's own, below the header
_DEFINITIONS = "Definitions"
_NARROWEST, _WIDEST, _LOOKED_AT = 9, 60, 300
_LETTERS_ACROSS = 105


class _Styles:
    """The cell formats of one workbook: the app's font and colours."""

    def __init__(self, book: xlsxwriter.Workbook, printout: Printout) -> None:
        theme = printout.theme
        text = {"font_name": theme.font, "font_size": 10, "valign": "top"}
        self.title = book.add_format({**text, "bold": True, "font_size": 16})
        self.strong = book.add_format({**text, "bold": True})
        self.link = book.add_format({**text, "font_color": theme.accent, "underline": 1})
        self.wrapped = book.add_format({**text, "text_wrap": True})
        self.text = book.add_format(text)
        self.quoted = book.add_format({**text, "quote_prefix": True})
        header = {**text, "bold": True, "text_wrap": True, "bg_color": theme.panel, "bottom": 1,
                  "bottom_color": theme.line}  # fmt: skip
        self.header, self.header_right = book.add_format(header), book.add_format({**header, "align": "right"})
        self.of = {kind: book.add_format({**text, "num_format": number_formats.exact(kind)}) for kind in Format}


def write(printout: Printout, to: BinaryIO, progress: Progress) -> None:
    """Write the workbook."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "nan_inf_to_errors": False,
    }
    with xlsxwriter.Workbook(to, options) as book:
        book.set_properties({"title": printout.title, "subject": printout.view, "author": "Quintile"})
        styles = _Styles(book, printout)
        sheets = _sheets(printout)
        _definitions(book.add_worksheet(_DEFINITIONS), printout, sheets, styles)
        for place, (name, (table, figure)) in enumerate(sheets.items()):
            progress(f"Writing {name}", place / len(sheets))
            sheet = book.add_worksheet(name)
            _on_paper(sheet, printout.title, printout.view_of(figure), printout.source)
            _rows(sheet, table, styles)


def sheet_name(report: str) -> str:
    """A report's name as its sheet's: at most 31 characters, as Excel wants it."""
    return report.replace("_", " ").capitalize()[:31]


def _sheets(printout: Printout) -> dict[str, tuple[Table, Figure]]:
    """Every table and report of the page once, with the figure that shows it, by the sheet's name."""
    found: dict[str, tuple[Table, Figure]] = {}
    for figure in printout.figures:
        for table in (*figure.tables, *(_table(report, printout.mart, figure) for report in figure.reports)):
            found.setdefault(table.name, (table, figure))
    return found


def _table(report: str, mart: Mart, figure: Figure) -> Table:
    return Table(sheet_name(report), reports.REPORTS[report].grain, reports.run(report, mart, figure.filter))


def _on_paper(sheet: Worksheet, title: str, view: str, source: str) -> None:
    """Printed across, as wide as a page, with header row, filter, data and page number on each."""
    title, view, source = (choice_words.shortened(text, 100).replace("&", "&&") for text in (title, view, source))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_header(f"&L{title}&R{view}")
    sheet.set_footer(f"&L{source}&R&P / &N")


def _rows(sheet: Worksheet, table: Table, styles: _Styles) -> None:
    """Header, then a row a row: numbers, days and truth values as such, what is absent as an empty cell."""
    frame = _spread(table.frame.head(ROWS_AT_MOST))
    kinds = {name: table.formats.get(name) or columns.format_of(name, frame[name]) for name in frame}
    labels = {name: table.labels.get(name) or columns.label(name) for name in frame}
    for place, name in enumerate(frame):
        sheet.set_column(place, place, _width(labels[name], frame[name], kinds[name]))
    sheet.set_row(0, 30)
    sheet.freeze_panes(1, 1)
    if len(frame):
        sheet.autofilter(0, 0, len(frame), len(frame.columns) - 1)
    for place, name in enumerate(frame):
        right = kinds[name] not in (Format.TEXT, Format.DATE, Format.MONTH)
        sheet.write_string(0, place, labels[name], styles.header_right if right else styles.header)
    listed = [frame[name].tolist() for name in frame]
    for row, values in enumerate(zip(*listed, strict=True), start=1):
        for place, (value, kind) in enumerate(zip(values, kinds.values(), strict=True)):
            _cell(sheet, row, place, value, kind, styles)


def _cell(sheet: Worksheet, row: int, place: int, value: object, kind: Format, styles: _Styles) -> None:
    if pd.isna(value):
        return
    elif isinstance(value, bool):
        sheet.write_boolean(row, place, value, styles.text)
    elif isinstance(value, datetime.datetime):
        sheet.write_datetime(row, place, value.to_pydatetime(), styles.of[kind])
    elif isinstance(value, (int, float)):
        sheet.write_number(row, place, value, styles.of[kind])
    else:
        text = str(value)
        sheet.write_string(row, place, text, styles.quoted if cells.runs(text) else styles.text)


def _spread(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with each list of numbers in columns of its own, and lists of words in one cell."""
    for name in [name for name in frame if frame[name].dtype == object]:
        lists = [list(value) for value in frame[name] if isinstance(value, (list, tuple, np.ndarray))]
        if not lists or len(lists) < len(frame):
            continue
        if all(isinstance(item, str) for items in lists for item in items):
            frame = frame.assign(**{name: ["; ".join(items) for items in lists]})
        else:
            parts = pd.DataFrame(lists, index=frame.index)
            parts.columns = [f"{name}_{place + 1}_of_{len(parts.columns)}" for place in parts]
            frame = pd.concat([frame.drop(columns=name), parts], axis=1)
    return frame


def _width(label: str, values: pd.Series, kind: Format) -> float:
    """Wide enough for the texts of the first rows, and for the header in two lines."""
    longest = max((len(exact(value, kind)) for value in values.head(_LOOKED_AT)), default=0)
    return min(max(longest + 2, len(label) / 2 + 4, _NARROWEST), _WIDEST)


def _definitions(sheet: Worksheet, printout: Printout, sheets: dict, styles: _Styles) -> None:
    """What this is, under which filter, of which data; each sheet's rows; each column's meaning."""
    sheet.set_column(0, 0, 34, styles.strong)
    sheet.set_column(1, 1, 110, styles.wrapped)
    sheet.hide_gridlines(2)
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 26)
    _on_paper(sheet, printout.title, printout.view, printout.source)
    sheet.write_string(0, 0, printout.title, styles.title)
    facts = {
        "Answer": printout.answer,
        "Period and filter": printout.view,
        "As of": printout.mart.as_of.isoformat(),
        "Data": printout.mart.name,
        "Version of the data": printout.mart.version,
        "Currency": printout.mart.currency,
    }
    row = 1
    for label, text in facts.items():
        if text:
            sheet.set_row(row, _height(text))
            sheet.write_string(row, 0, label, styles.strong)
            sheet.write_string(row, 1, text, styles.wrapped)
            row += 1
    if printout.link:
        sheet.write_string(row, 0, "Open this view", styles.strong)
        sheet.write_url(row, 1, printout.link, styles.link)
        row += 1
    row += 1
    for name, (table, figure) in sheets.items():
        sheet.write_url(row, 0, f"internal:'{name}'!A1", styles.link, name)
        text = f"{table.grain} ({printout.view_of(figure)})"
        sheet.set_row(row, _height(text))
        sheet.write_string(row, 1, text, styles.wrapped)
        row += 1
    row += 1
    for column in _named(sheets):
        sheet.set_row(row, _height(COLUMNS[column].definition))
        sheet.write_string(row, 0, COLUMNS[column].label, styles.strong)
        sheet.write_string(row, 1, COLUMNS[column].definition, styles.wrapped)
        row += 1


def _height(text: str) -> float:
    """A row's height, points, for a text that wraps in the column of definitions."""
    return 14.0 * math.ceil(len(text) / _LETTERS_ACROSS)


def _named(sheets: dict[str, tuple[Table, Figure]]) -> list[str]:
    """The metrics of all the sheets, once each."""
    return list(dict.fromkeys(name for table, _ in sheets.values() for name in table.frame if name in COLUMNS))
