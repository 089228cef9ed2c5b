"""Tables that come as a web page or as XML under a workbook's name, as many shops and ERPs write their .xls."""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree, html

from core.exports import encoding, layout
from core.exports.records import Record
from core.star import Refused

MOST = 256 << 20  # bytes
_BEGINNINGS = (b"html", b"!doctype", b"table", b"?xml", b"meta", b"head", b"style", b"body")
_SPREADSHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"


def is_markup(head: bytes) -> bool:
    """Whether a file's first bytes are those of a web page or of XML."""
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").replace(b"\0", b"").lower()
    return start.startswith(tuple(b"<" + name for name in _BEGINNINGS))


def tables(file: Path, name: str) -> Iterator[tuple[str, list[Record], layout.Layout]]:
    """Each table of two columns or more: its name, records (numbered by row) and layout.

    Raises Refused where there is none, or where the file is too large to be read whole.
    """
    if file.stat().st_size > MOST:
        raise Refused(f"{name} is markup of more than {MOST >> 20} MB; save it as .xlsx or CSV.")
    data = file.read_bytes()
    found = False
    for number, rows in enumerate(_worksheets(data) or _pages(data, encoding.detect(file)), start=1):
        records = [(line, cells) for line, cells in enumerate(rows, start=1) if any(cells)]
        arranged = layout.find(records)
        if arranged and len(arranged.names) > 1 and len(records) > arranged.first:
            found = True
            yield str(number), records, arranged
    if not found:
        raise Refused(f"{name} is a web page or XML without a table of orders; export them as CSV, Excel or Parquet.")


def _worksheets(data: bytes) -> list[list[list[str]]]:
    """The rows of each worksheet of an XML spreadsheet; none where it is no such."""
    if b"schemas-microsoft-com:office:spreadsheet" not in data[:4096].replace(b"\0", b""):
        return []
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=True)
    root = etree.fromstring(data, parser)
    sheets = root.iter(f"{_SPREADSHEET}Worksheet") if root is not None else ()
    return [[_cells_of(row) for row in sheet.iter(f"{_SPREADSHEET}Row")] for sheet in sheets]


def _cells_of(row: etree._Element) -> list[str]:
    """A row's cells; one that names its place leaves those before it empty."""
    cells: list[str] = []
    for cell in row.iter(f"{_SPREADSHEET}Cell"):
        place = cell.get(f"{_SPREADSHEET}Index", "")
        if place.isdecimal() and len(cells) < int(place) - 1 < 20_000:
            cells += [""] * (int(place) - 1 - len(cells))
        text = "".join(cell.itertext()).strip()
        kind = next((data.get(f"{_SPREADSHEET}Type") for data in cell.iter(f"{_SPREADSHEET}Data")), None)
        cells.append(text.split("T", 1)[0] if kind == "DateTime" and text.endswith("T00:00:00.000") else text)
    return cells


def _pages(data: bytes, found: encoding.Encoding) -> list[list[list[str]]]:
    """The rows of each table of a web page that holds no other table."""
    told = b"charset" in data[:4096].lower() or data.lstrip().startswith(b"<?xml")
    try:
        root = html.document_fromstring(data if told else data[found.mark :].decode(found.name, "replace"))
    except (etree.ParserError, ValueError):
        return []
    inner = [table for table in root.iter("table") if not any(other is not table for other in table.iter("table"))]
    return [[_texts(row) for row in table.iter("tr")] for table in inner]


def _texts(row: html.HtmlElement) -> list[str]:
    cells: list[str] = []
    for cell in row.iter("td", "th"):
        cells.append(" ".join(cell.text_content().replace("\xa0", " ").split()))
        span = cell.get("colspan", "1")
        cells += [""] * (min(int(span), 1000) - 1 if span.isdecimal() else 0)
    return cells
