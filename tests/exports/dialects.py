"""Random valid orders in random dialects, and mutations of them; the same for the same seed."""

import datetime
import gzip
import io
import random
import zipfile
from dataclasses import dataclass
from functools import cache

import pyarrow
import pyarrow.parquet
import xlsxwriter

NAMES = {
    "order_id": [
        "order_id",
        "Order ID",
        "Invoice No",
        "Bestellnummer",
        "N° commande",
        "Número de pedido",
        "Numero ordine",
    ],
    "order_date": [
        "order_date",
        "Order Date",
        "Invoice Date",
        "Bestelldatum",
        "Date de commande",
        "Fecha",
        "Data ordine",
    ],
    "customer_id": [
        "customer_id",
        "Customer ID",
        "Client Number",
        "Kundennummer",
        "Code client",
        "Id cliente",
        "Codice cliente",
    ],
    "product_name": [
        "product_name",
        "Product Name",
        "Item Name",
        "Artikelbezeichnung",
        "Désignation",
        "Descripción",
        "Descrizione",
    ],
    "quantity": ["quantity", "Quantity", "Qty", "Menge", "Quantité", "Cantidad", "Quantità"],
    "net_amount": [
        "net_amount",
        "Net Amount",
        "Line Total",
        "Nettobetrag",
        "Montant HT",
        "Importe neto",
        "Importo netto",
    ],
    "country": ["country", "Country", "Ship Country", "Land", "Pays", "País", "Paese"],
}
WORDS = {
    "utf-8": [
        "Bell",
        "Größe XL",
        "Été à Paris",
        "Ελλάδα",
        "Москва",
        "自転車",
        'A "quoted" thing',
        '5" pipe',
        "tail, comma; semi|pipe",
    ],
    "utf-16": ["Bell", "Größe XL", "Москва", "自転車"],
    "cp1252": ["Bell", "Größe XL", "Été à Paris", "Señal", "Prix 5 €"],
    "cp1251": ["Москва", "Звонок медный", "Цепь", "Рама стальная"],
    "shift_jis": ["自転車のベル", "チェーン", "フレーム"],
    "cp850": ["Größe XL", "Für Köln", "Bell"],
}
COUNTRIES = ["Germany", "France", "Spain", "Italy", "Japan"]
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
BOMB = 300 << 20  # bytes that unpack from a few thousand
Line = tuple[str, str, str, str, int, int, str]  # order, day, customer, product, quantity, cents, country


@dataclass(frozen=True)
class Case:
    """A file's bytes, and the lines that it holds."""

    data: bytes
    lines: list[Line]
    dialect: dict[str, object]


def case(seed: int) -> Case:
    """One random file."""
    rng = random.Random(seed)
    encoding = rng.choice([*WORDS, "utf-8", "cp1252"])
    lines = _lines(rng, WORDS[encoding])
    language = rng.randrange(7) if encoding in ("utf-8", "utf-16", "cp1252", "cp850") else rng.randrange(4)
    dialect = {
        "encoding": encoding,
        "delimiter": rng.choice([",", ";", "\t", "|"]),
        "end": rng.choice(["\n", "\r\n", "\n", "\r"]) if encoding != "utf-16" else "\r\n",
        "mark": encoding == "utf-8" and rng.random() < 0.3,
        "date": rng.choice(["iso", "dmy.", "dmy/", "mdy/", "words", "compact", "time"]),
        "number": rng.choice(["plain", "german", "english", "french", "swiss", "signed"]),
        "quote_all": rng.random() < 0.3,
        "preamble": rng.random() < 0.2,
        "total": rng.random() < 0.2,
    }
    return Case(_written(rng, lines, dialect, language), lines, dialect)


def _lines(rng: random.Random, words: list[str]) -> list[Line]:
    lines = []
    first = datetime.date(2023, 1, 1) + datetime.timedelta(days=rng.randrange(300))
    for order in range(rng.randint(8, 25)):
        day = first + datetime.timedelta(days=3 * order + rng.randrange(3))
        customer, country = f"C{rng.randrange(9)}", rng.choice(COUNTRIES)
        for _ in range(rng.randint(1, 4)):
            cents = rng.choice([-1, 1, 1, 1, 1, 1]) * rng.randint(1, 500_000)
            lines.append(
                (f"{1000 + order}", day.isoformat(), customer, rng.choice(words), rng.randint(1, 9), cents, country)
            )
    return lines


def _written(rng: random.Random, lines: list[Line], dialect: dict, language: int) -> bytes:
    columns = list(NAMES)
    rng.shuffle(columns)
    if dialect["total"] and columns[0] in ("net_amount", "quantity"):
        columns.append(columns.pop(0))
    names = [NAMES[column][language] for column in columns]
    table = [names]
    for order, day, customer, product, quantity, cents, country in lines:
        cells = {
            "order_id": order,
            "order_date": _date(day, dialect["date"]),
            "customer_id": customer,
            "product_name": product,
            "quantity": str(quantity),
            "net_amount": _number(cents, dialect["number"]),
            "country": country,
        }
        table.append([cells[column] for column in columns])
    if dialect["total"]:
        total = _number(sum(line[5] for line in lines), dialect["number"])
        table.append(
            ["Total" if n == 0 else total if column == "net_amount" else "" for n, column in enumerate(columns)]
        )
    delimiter, end = dialect["delimiter"], dialect["end"]
    text = end.join(delimiter.join(_cell(cell, delimiter, dialect["quote_all"]) for cell in row) for row in table) + end
    if dialect["preamble"]:
        text = f"Sales report{end}{end}" + text
    return (b"\xef\xbb\xbf" if dialect["mark"] else b"") + text.encode(dialect["encoding"])


def _cell(cell: str, delimiter: str, quote_all: bool) -> str:
    if quote_all or any(sign in cell for sign in (delimiter, '"', "\n", "\r")):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _date(day: str, style: str) -> str:
    year, month, date = day.split("-")
    return {
        "iso": day,
        "dmy.": f"{date}.{month}.{year}",
        "dmy/": f"{date}/{month}/{year}",
        "mdy/": f"{int(month)}/{int(date)}/{year}",
        "words": f"{int(date)} {MONTHS[int(month) - 1]} {year}",
        "compact": f"{year}{month}{date}",
        "time": f"{day} 08:26:00",
    }[style]


def _number(cents: int, style: str) -> str:
    sign, whole = "-" if cents < 0 else "", f"{abs(cents) / 100:,.2f}"
    return {
        "plain": sign + whole.replace(",", ""),
        "german": sign + whole.translate(str.maketrans(",.", ".,")),
        "english": sign + whole,
        "french": sign + whole.replace(",", " ").replace(".", ","),
        "swiss": sign + whole.replace(",", "'"),
        "signed": f"(${whole})" if cents < 0 else f"${whole}",
    }[style]


def mutated(seed: int) -> tuple[str, bytes]:
    """A file's name and bytes: a random file with one or two things done to it that no export should have."""
    rng = random.Random(seed)
    made = case(seed)
    if rng.random() < 0.3:
        return WHOLE[rng.randrange(len(WHOLE))](rng, made)
    data = bytearray(made.data)
    for _ in range(rng.randint(1, 2)):
        data = MUTATIONS[rng.randrange(len(MUTATIONS))](rng, data)
    return "export.csv", bytes(data)


def _cut(rng: random.Random, data: bytearray) -> bytearray:
    return data[: rng.randrange(len(data) + 1)]


def _flip(rng: random.Random, data: bytearray) -> bytearray:
    for _ in range(min(rng.randint(1, 40), len(data))):
        data[rng.randrange(len(data))] = rng.randrange(256)
    return data


def _noughts(rng: random.Random, data: bytearray) -> bytearray:
    place = rng.randrange(len(data) + 1)
    return data[:place] + bytes(rng.randint(1, 500)) + data[place:]


def _mix(rng: random.Random, data: bytearray) -> bytearray:
    return data + bytearray(case(rng.randrange(1000)).data)


def _quotes(rng: random.Random, data: bytearray) -> bytearray:
    for _ in range(rng.randint(1, 5)):
        place = rng.randrange(len(data) + 1)
        data = data[:place] + b'"' + data[place:]
    return data


def _wide(rng: random.Random, data: bytearray) -> bytearray:
    return data + b"," * rng.choice([50, 5000]) + b"\n"


def _long(rng: random.Random, data: bytearray) -> bytearray:
    place = rng.randrange(len(data) + 1)
    return data[:place] + b"x" * rng.choice([1000, 100_000, 10_000_000]) + data[place:]


def _doubled_head(rng: random.Random, data: bytearray) -> bytearray:
    line, _, rest = bytes(data).partition(b"\n")
    return bytearray(line + b"," + line + b"\n" + rest)


def _formulas(rng: random.Random, data: bytearray) -> bytearray:
    return bytearray(bytes(data).replace(b"1", b"=1+1", rng.randint(1, 20)))


def _half_pair(rng: random.Random, data: bytearray) -> bytearray:
    return bytearray(b"\xff\xfe") + bytes(data).decode("latin-1").encode("utf-16-le") + b"\x3d"


def _shuffled(rng: random.Random, data: bytearray) -> bytearray:
    lines = bytes(data).split(b"\n")
    rng.shuffle(lines)
    return bytearray(b"\n".join(lines))


def _no_ends(rng: random.Random, data: bytearray) -> bytearray:
    return bytearray(bytes(data).replace(b"\n", b" "))


MUTATIONS = (
    _cut, _flip, _noughts, _mix, _quotes, _wide, _long, _doubled_head, _formulas, _half_pair, _shuffled, _no_ends,
)  # fmt: skip


def _named_otherwise(rng: random.Random, made: Case) -> tuple[str, bytes]:
    return "export" + rng.choice([".xlsx", ".xls", ".ods", ".parquet", ".zip", ".gz", ".txt"]), made.data


def _picture(rng: random.Random, made: Case) -> tuple[str, bytes]:
    mark = rng.choice(
        [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"%PDF-1.7\n", b"MZ\x90\x00", b"PAR1", b"PK\x03\x04", b""]
    )
    return "export.csv", mark + rng.randbytes(rng.choice([20, 3000]))


def _gzipped(rng: random.Random, made: Case) -> tuple[str, bytes]:
    return "export.csv.gz", _maybe_damaged(rng, gzip.compress(made.data, mtime=0))


def _zipped(rng: random.Random, made: Case) -> tuple[str, bytes]:
    data = made.data
    for _ in range(rng.choice([1, 1, 2, 5])):
        data = _zip({"export.csv": data, rng.choice(["readme.txt", "../up.csv", "__MACOSX/._export.csv"]): b"\0\1"})
    return "export.zip", _maybe_damaged(rng, data)


def _bomb(rng: random.Random, made: Case) -> tuple[str, bytes]:
    return rng.choice([("export.zip", _zip_bomb()), ("export.csv.gz", _gzip_bomb()), ("export.xlsx", _book_bomb())])


@cache
def _zip_bomb() -> bytes:
    return _zip({"export.csv": bytes(BOMB)})


@cache
def _gzip_bomb() -> bytes:
    return gzip.compress(bytes(BOMB), mtime=0)


@cache
def _book_bomb() -> bytes:
    """A workbook whose one sheet unpacks to 300 MB of nothing."""
    parts = {name: data for name, data in _members(_book([["order_id"], ["1"]])).items() if "sheet1" not in name}
    return _zip(parts | {"xl/worksheets/sheet1.xml": bytes(BOMB)})


def _workbook(rng: random.Random, made: Case) -> tuple[str, bytes]:
    """A workbook whose bytes, or the bytes of one part of it, are damaged."""
    data = _book([list(NAMES), *([*line[:5], line[5] / 100, line[6]] for line in made.lines)])
    if rng.random() < 0.5:
        return "export.xlsx", _maybe_damaged(rng, data)
    parts = _members(data)
    name = rng.choice(sorted(parts))
    parts[name] = _maybe_damaged(rng, parts[name])
    return "export.xlsx", _zip(parts)


def _parquet(rng: random.Random, made: Case) -> tuple[str, bytes]:
    columns = list(zip(*made.lines, strict=True))
    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table([list(map(str, column)) for column in columns], names=list(NAMES)), out)
    return "export.parquet", _maybe_damaged(rng, out.getvalue())


def _maybe_damaged(rng: random.Random, data: bytes) -> bytes:
    if rng.random() < 0.3:
        return data
    return bytes(rng.choice([_cut, _flip, _noughts])(rng, bytearray(data)))


def _book(rows: list[list]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
        sheet.write_formula(len(rows), 5, f"=SUM(F2:F{len(rows)})", None, "#REF!")
    return out.getvalue()


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


WHOLE = (
    _named_otherwise,
    _picture,
    _gzipped,
    _zipped,
    _zipped,
    _workbook,
    _workbook,
    _workbook,
    _parquet,
    _parquet,
    _bomb,
)
