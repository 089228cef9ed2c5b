# ruff: noqa: E501 — the sample exports stand as their systems write them
"""Make the corpus: small exports, one for each difficulty, into tests/exports/files.

    python tests/exports/make.py

The same six order lines (five orders of four customers, 3,795.68 in all) are written in every dialect; shops' own exports
follow. What each must become stands in expected.json.
"""

import datetime
import gzip
import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pyarrow
import pyarrow.parquet
from layouts import layouts

FILES = Path(__file__).with_name("files")
GIVEN = Path(__file__).with_name("given")  # made once, because no library that is well kept writes it any more
HEADER = [
    "order_id",
    "order_date",
    "customer_id",
    "customer_name",
    "product_id",
    "product_name",
    "quantity",
    "net_amount",
    "country",
]
LINES = [
    ("O1", "2024-01-05", "C1", "Anna Müller", "P1", "Bell", "2", "20.00", "Germany"),
    ("O1", "2024-01-05", "C1", "Anna Müller", "P2", "Chain", "1", "15.50", "Germany"),
    ("O2", "2024-01-17", "C2", "José García", "P1", "Bell", "1", "10.00", "Spain"),
    ("O3", "2024-02-28", "C3", "Zoé O'Neil", "P3", "Frame", "1", "1234.56", "Ireland"),
    ("O4", "2024-03-13", "C1", "Anna Müller", "P2", "Chain", "3", "46.50", "Germany"),
    ("O5", "2024-03-31", "C4", "Åse Bjørk", "P3", "Frame", "2", "2469.12", "Norway"),
]


def text(
    delimiter: str = ",",
    end: str = "\n",
    header: list[str] | None = HEADER,
    lines: list[tuple] = LINES,
    date: Callable[[str], str] = str,
    amount: Callable[[str], str] = str,
) -> str:
    """The lines as a text file; a cell that holds the delimiter is quoted."""
    rows = [list(line) for line in lines]
    for row in rows:
        row[1], row[7] = date(row[1]), amount(row[7])
    quoted = [
        [f'"{cell}"' if delimiter in cell else cell for cell in row] for row in ([header] if header else []) + rows
    ]
    return "".join(delimiter.join(row) + end for row in quoted)


def dmy(mark: str) -> Callable[[str], str]:
    return lambda day: mark.join(reversed(day.split("-")))


def mdy(day: str) -> str:
    year, month, date = day.split("-")
    return f"{int(month)}/{int(date)}/{year} 8:26"


def german(amount: str) -> str:
    return grouped(amount, ".", ",")


def grouped(amount: str, group: str, point: str) -> str:
    return f"{float(amount):,.2f}".replace(",", "#").replace(".", point).replace("#", group)


def ascii_only(words: str) -> str:
    return words.translate(str.maketrans("üéíÅø", "ueiAo"))


MONTHS = ["Jan", "Feb", "Mar", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"]
GERMAN = [
    "Bestellnummer",
    "Bestelldatum",
    "Kundennummer",
    "Kundenname",
    "Artikelnummer",
    "Bezeichnung",
    "Menge",
    "Nettobetrag",
    "Land",
]
FRENCH = [
    "N° commande",
    "Date de commande",
    "Code client",
    "Nom du client",
    "Référence produit",
    "Désignation",
    "Quantité",
    "Montant HT",
    "Pays",
]
SPANISH = [
    "Número de pedido",
    "Fecha",
    "Código de cliente",
    "Nombre del cliente",
    "Código producto",
    "Descripción",
    "Cantidad",
    "Importe neto",
    "País",
]
PORTUGUESE = [
    "Número do pedido",
    "Data do pedido",
    "Código do cliente",
    "Nome do cliente",
    "Código do produto",
    "Produto",
    "Quantidade",
    "Valor líquido",
    "País",
]
ITALIAN = [
    "Numero ordine",
    "Data ordine",
    "Codice cliente",
    "Nome cliente",
    "Codice articolo",
    "Descrizione",
    "Quantità",
    "Importo netto",
    "Paese",
]
RUSSIAN = [
    ("A1", "2024-01-05", "K1", "Иванов Пётр", "T1", "Звонок", "2", "20.00", "Russia"),
    ("A2", "2024-02-17", "K2", "Мария Соколова", "T2", "Цепь", "1", "15.50", "Russia"),
]
JAPANESE = [
    ("A1", "2024-01-05", "K1", "山田太郎", "T1", "自転車のベル", "2", "2000", "Japan"),
    ("A2", "2024-02-17", "K2", "鈴木花子", "T2", "チェーン", "1", "1550", "Japan"),
]


def dialects() -> dict[str, bytes]:
    """Delimiters, encodings, line ends, quoting, headers."""
    plain = text()
    return {
        "comma.csv": plain.encode(),
        "semicolon.csv": text(";", amount=german).encode(),
        "tab.tsv": text("\t").encode(),
        "pipe.txt": text("|").encode(),
        "several_characters.txt": text("+|", "&|\r\n").encode("utf-16"),
        "byte_order_mark.csv": plain.encode("utf-8-sig"),
        "utf16_le.csv": plain.encode("utf-16"),
        "utf16_be.csv": b"\xfe\xff" + plain.encode("utf-16-be"),
        "utf16_no_mark.csv": plain.encode("utf-16-le"),
        "cp1252.csv": text(amount=lambda a: "€" + a).encode("cp1252"),
        "latin1.csv": plain.encode("latin-1"),
        "cp850.csv": plain.encode("cp850"),
        "cp1251.csv": text(lines=RUSSIAN).encode("cp1251"),
        "shift_jis.csv": text(lines=JAPANESE).encode("shift_jis"),
        "crlf.csv": text(end="\r\n").encode(),
        "lone_cr.csv": text(end="\r").encode(),
        "late_letters.csv": (
            ascii_only(text())
            + text(header=None, lines=[("O6", "2024-04-01", "C5", "Übel", "P1", "Bell", "1", "10.00", "Austria")])
        ).encode("cp1252"),
        "quoted.csv": plain.replace("Bell", '"Bell, ""loud""\nand clear"').encode(),
        "stray_quote.csv": plain.replace("Frame", 'Frame 26" wide').encode(),
        "open_quote.csv": plain.replace("P1,Bell,1", 'P1,"Bell,1').encode(),
        "no_header.csv": text(header=None).encode(),
        "preamble.csv": ("Sales report\nPrinted on 2024-04-01 by Åse\n\n" + plain).encode(),
        "totals.csv": (plain + "Total,,,,,,10,3795.68,\n").encode(),
        "subtotals.csv": (
            text(";", amount=german) + "\nZwischensumme;;;;;;;1.000,00;\nGesamtsumme;;;;;;10;3.795,68;\n"
        ).encode(),
        "header_again.csv": (
            plain + plain.split("\n")[0] + "\n" + text(header=None, lines=[("O6", *LINES[2][1:])])
        ).encode(),
        "padded_header.csv": plain.replace(plain.split("\n")[0], ",".join(f"    {name} " for name in HEADER)).encode(),
        "empty_rows.csv": plain.replace("\nO3", "\n,,,,,,,,\n\nO3").encode(),
        "trailing_delimiter.csv": "".join(line + ",\n" for line in plain.splitlines()).encode(),
        "double_header.csv": plain.replace("product_name", "product_id").encode(),
        "sep_hint.csv": ("sep=;\n" + text(";")).encode("utf-8-sig"),
        "single_quotes.csv": "".join(
            ",".join(f"'{cell}'" for cell in row) + "\n"
            for row in [HEADER, *[[c.replace("'", "") for c in line] for line in LINES]]
        ).encode(),
        "packed.csv.gz": gzip.compress(plain.encode(), mtime=0),
        "packed.zip": zipped({"export/orders.csv": plain.encode(), "__MACOSX/._orders.csv": b"x"}),
        "nul_bytes.csv": plain.replace("Chain", "Ch\0ain").encode(),
        "mixed_encodings.csv": plain.encode() + "O6,2024-04-01,C5,Björk,P1,Bell,1,10.00,Iceland\n".encode("latin-1"),
    }


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def styles() -> dict[str, bytes]:
    """Numbers, dates and languages."""
    return {
        "german.csv": text(";", header=GERMAN, date=dmy("."), amount=german).encode("cp1252"),
        "french.csv": text(
            ";", header=FRENCH, date=dmy("/"), amount=lambda a: grouped(a, "\u202f", ",") + " €"
        ).encode(),
        "spanish.csv": text(";", header=SPANISH, date=dmy("-"), amount=german).encode("cp1252"),
        "portuguese.csv": text(";", header=PORTUGUESE, date=dmy("/"), amount=lambda a: "R$ " + german(a)).encode(),
        "italian.csv": text(";", header=ITALIAN, date=dmy("/"), amount=german).encode(),
        "swiss_numbers.csv": text(";", amount=lambda a: grouped(a, "'", ".")).encode(),
        "thousands_comma.csv": text(amount=lambda a: grouped(a, ",", ".")).encode(),
        "dollars.csv": text(amount=lambda a: "$" + grouped(a, ",", ".")).encode(),
        "currency_codes.csv": text(amount=lambda a: a + " EUR").encode(),
        "negatives.csv": text(
            lines=[
                *LINES,
                ("O6", "2024-04-02", "C2", "José García", "P1", "Bell", "-1", "(10.00)", "Spain"),
                ("O7", "2024-04-03", "C3", "Zoé O'Neil", "P1", "Bell", "-1", "10.00-", "Ireland"),
            ]
        ).encode(),
        "month_first.csv": text(date=mdy).encode(),
        "day_first.csv": text(date=dmy("/")).encode(),
        "two_digit_years.csv": text(date=lambda d: f"{d[8:]}.{d[5:7]}.{d[2:4]}").encode(),
        "month_names.csv": text(";", date=lambda d: f"{int(d[8:])}. {MONTHS[int(d[5:7]) - 1]} {d[:4]}").encode(),
        "serials.csv": text(
            date=lambda d: str(
                (__import__("datetime").date.fromisoformat(d) - __import__("datetime").date(1899, 12, 30)).days
            )
        ).encode(),
        "compact_dates.csv": text(date=lambda d: d.replace("-", "")).encode(),
        "offsets.csv": text(date=lambda d: d + "T23:30:00+02:00").encode(),
        "ambiguous_dates.csv": text(lines=LINES[:1], date=lambda d: "03/04/2024").encode(),
        "epoch.csv": text(date=lambda d: d)
        .replace("2024-01-05", "1704412800")
        .replace("2024-01-17", "1705449600")
        .replace("2024-02-28", "1709078400")
        .replace("2024-03-13", "1710288000")
        .replace("2024-03-31", "1711843200")
        .encode(),
        "null_words.csv": text(
            lines=[*LINES, ("O6", "2024-04-02", "NULL", "NULL", "P1", "Bell", "1", "10.00", "NA")]
        ).encode(),
    }


def troubles() -> dict[str, bytes]:
    """Rows that cannot be loaded as they are, and files that cannot be used."""
    many = [(f"N{n}", "2024-05-01", "C1", "Anna Müller", "P1", "Bell", "1", "1.00", "Germany") for n in range(20)]

    def with_row(*row: str) -> bytes:
        return text(lines=[*LINES, *many, row]).encode()

    bad = list(LINES[2])
    header = [*HEADER[:2], "line_number", *HEADER[2:]]
    numbered = [(*line[:2], "2" if line[4] == "P2" and line[0] == "O1" else "1", *line[2:]) for line in [*LINES, *many]]
    return {
        "date_unreadable.csv": with_row("X1", "soon", *bad[2:]),
        "date_1900.csv": with_row("X1", "1900-01-01", *bad[2:]),
        "date_2102.csv": with_row("X1", "2102-01-01", *bad[2:]),
        "amount_unreadable.csv": with_row("X1", *bad[1:7], "many", "Spain"),
        "amount_empty.csv": with_row("X1", *bad[1:7], "", "Spain"),
        "too_many_cells.csv": with_row("X1", *bad[1:], "extra", "cells"),
        "line_twice.csv": ",".join(header).encode()
        + b"\n"
        + "".join(",".join(line) + "\n" for line in [*numbered, numbered[3]]).encode(),
        "equal_rows.csv": text(lines=[*LINES, LINES[3]]).encode(),
        "no_customer.csv": text(
            lines=[*LINES, ("O6", "2024-04-02", "", "", "P1", "Bell", "1", "10.00", "Spain")]
        ).encode(),
        "mostly_unreadable.csv": text(amount=lambda a: "n/v").encode(),
        "no_amount.csv": b"order_id,order_date,customer_id\nO1,2024-01-05,C1\n",
        "no_date.csv": b"order_id,customer_id,net_amount\nO1,C1,5.00\n",
        "mixed_currencies.csv": b"order_id,order_date,customer_id,net_amount,currency\nO1,2024-01-05,C1,5.00,EUR\nO2,2024-01-06,C1,6.00,EUR\nO3,2024-01-07,C2,7.00,USD\n",
        "statuses.csv": b"order_id,order_date,customer_id,net_amount,status\nO1,2024-01-05,C1,5.00,Bezahlt\nO2,2024-01-06,C1,6.00,Storniert\nO3,2024-01-07,C2,7.00,En attente\nO4,2024-01-08,C2,8.00,Retourniert\nO5,2024-01-09,C2,9.00,Xyz\n",
        "refund_column.csv": b"Order ID,Order Date,Customer ID,Total,Refunded Amount\n1,2024-01-05,C1,50.00,0\n2,2024-01-06,C2,60.00,15.00\n",
        "line_statuses.csv": b"order id,date,customer,product,amount,status\n1,2024-01-05,C1,Bell,5.00,delivered\n1,2024-01-05,C1,Chain,7.00,cancelled\n2,2024-01-06,C2,Bell,5.00,delivered\n",
        "personal_columns.csv": b"order_id,order_date,email,phone,billing address,net_amount\n1,2024-01-05,Ann@example.com,+49 1,Street 1,5.00\n2,2024-01-06,ann@example.com,+49 1,Street 1,6.00\n3,2024-01-07,bob@example.com,+49 2,Street 2,7.00\n",
        "price_and_quantity.csv": b"Order No;Date;Customer No;Item;Qty;Unit Price;Discount %;Unit Cost\n1;2024-01-05;7;Bell;2;10,00;10;4,00\n2;2024-01-06;8;Chain;1;15,50;0;9,00\n",
        "fill_down.csv": b"Order,Date,Client,Item,Qty,Amount\n1,2024-01-05,Ann,Bell,2,20.00\n,,,Chain,1,15.50\n2,2024-01-06,Bob,Bell,1,10.00\n",
        "picture.csv": b"\x89PNG\r\n\x1a\n" + bytes(64),
        "wrong_ending.xlsx": text().encode(),
        "empty.csv": b"",
        "words.txt": b"Dear colleague,\nthe export follows tomorrow.\n",
    }


def shops() -> dict[str, bytes | dict[str, bytes]]:
    """Exports of known systems, in their own columns; the data is made up."""
    return {
        "shopify.csv": SHOPIFY.encode(),
        "woocommerce.csv": WOOCOMMERCE.encode("utf-8-sig"),
        "woocommerce_report.csv": WOOCOMMERCE_REPORT.encode(),
        "online_retail.csv": ONLINE_RETAIL.encode("latin-1"),
        "superstore.csv": SUPERSTORE.encode("cp1252"),
        "northwind": {name: data.encode() for name, data in NORTHWIND.items()},
        "olist": {name: data.encode() for name, data in OLIST.items()},
        "CDNOW_master.txt": CDNOW.encode(),
        "two_months": {
            "january.csv": text(lines=LINES[:3]).encode(),
            "february.csv": text(lines=LINES[3:]).encode(),
        },
        "related_tables": {name: data.encode() for name, data in RELATED.items()},
    }


SHOPIFY = """\
Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Billing Street,Billing City,Billing Zip,Billing Country,Billing Phone,Shipping Name,Shipping City,Shipping Country,Cancelled at,Payment Method,Refunded Amount,Vendor,Id,Tags,Source,Lineitem discount
#1001,ann@example.com,paid,2024-01-05 10:00:01 -0500,fulfilled,,yes,USD,90.00,5.00,8.00,103.00,TEN,10.00,Standard,2024-01-05 10:00:00 -0500,2,Bell,25.00,,BELL,true,true,fulfilled,Ann Lee,1 Road,Boston,'02101,US,'+1,Ann Lee,Boston,US,,Card,0.00,Ours,111,,web,0.00
#1001,ann@example.com,,,,,,,,,,,,,,,1,Chain,50.00,,CHAIN,true,true,fulfilled,,,,,,,,,,,,,Ours,,,,0.00
#1002,bob@example.com,partially_refunded,2024-01-06 11:00:00 -0500,fulfilled,,no,USD,40.00,0.00,0.00,40.00,,0.00,Standard,2024-01-06 11:00:00 -0500,1,Frame,40.00,,FRAME,true,true,fulfilled,Bob Ray,2 Road,Denver,80014,US,,Bob Ray,Denver,US,,Card,15.00,Ours,112,,pos,0.00
#1003,ANN@example.com,voided,,,,no,USD,25.00,0.00,0.00,25.00,,0.00,Standard,2024-01-07 11:00:00 -0500,1,Bell,25.00,,BELL,true,true,pending,Ann Lee,1 Road,Boston,'02101,US,,Ann Lee,Boston,US,2024-01-07 12:00:00 -0500,Card,0.00,Ours,113,,web,0.00
"""
WOOCOMMERCE = """\
Order Number,Order Status,Order Date,Customer Note,First Name (Billing),Last Name (Billing),Company (Billing),Address 1&2 (Billing),City (Billing),State Code (Billing),Postcode (Billing),Country Code (Billing),Email (Billing),Phone (Billing),Order Subtotal Amount,Order Shipping Amount,Order Refund Amount,Order Total Amount,Order Total Tax Amount,SKU,Item #,Item Name,Quantity,Item Cost
501,Completed,2024-01-05 09:00,,Ann,Lee,,1 Road,Berlin,,10115,DE,ann@example.com,+49,35.50,4.50,0,40.00,0,BELL,1,Bell,2,10.00
501,Completed,2024-01-05 09:00,,Ann,Lee,,1 Road,Berlin,,10115,DE,ann@example.com,+49,35.50,4.50,0,40.00,0,CHAIN,2,Chain,1,15.50
502,Cancelled,2024-01-06 09:00,,Bob,Ray,,2 Road,Paris,,75001,FR,bob@example.com,+33,10.00,0,0,10.00,0,BELL,1,Bell,1,10.00
503,Processing,2024-01-07 09:00,,Bob,Ray,,2 Road,Paris,,75001,FR,bob@example.com,+33,10.00,0,4.00,10.00,0,BELL,1,Bell,1,10.00
"""
WOOCOMMERCE_REPORT = """\
Date,Order #,N. Revenue (formatted),Status,Customer,Customer type,Product(s),Items sold,Coupon(s),N. Revenue
2024-01-05 09:00:00,501,40.00,completed,Ann Lee,returning,"2× Bell, 1× Chain",3,,40
2024-01-06 09:00:00,502,10.00,cancelled,Bob Ray,new,1× Bell,1,,10
"""
ONLINE_RETAIL = """\
InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
536365,85123A,WHITE HANGING HEART T-LIGHT HOLDER,6,12/1/2010 8:26,2.55,17850.0,United Kingdom
536365,POST,POSTAGE,1,12/1/2010 8:26,18,17850.0,United Kingdom
536370,22728,ALARM CLOCK BAKELIKE PINK,24,12/13/2010 8:45,3.75,12583.0,France
536544,21773,DECORATIVE ROSE BATHROOM BOTTLE,1,12/14/2010 14:32,2.51,,United Kingdom
C536379,D,Discount,-1,12/15/2010 9:41,27.50,14527.0,United Kingdom
536414,22139,,56,12/15/2010 11:52,0,,United Kingdom
536592,21485,RETROSPOT HEART HOT WATER BOTTLE \xa3,2,12/16/2010 17:06,4.95,14800.0,EIRE
"""
SUPERSTORE = """\
Row ID,Order ID,Order Date,Ship Date,Ship Mode,Customer ID,Customer Name,Segment,Country,City,State,Postal Code,Region,Product ID,Category,Sub-Category,Product Name,Sales,Quantity,Discount,Profit
1,CA-2016-152156,11/8/2016,11/11/2016,Second Class,CG-12520,Claire Gute,Consumer,United States,Henderson,Kentucky,42420,South,FUR-BO-10001798,Furniture,Bookcases,Bush Somerset Bookcase,261.96,2,0,41.9136
2,CA-2016-152156,11/8/2016,11/11/2016,Second Class,CG-12520,Claire Gute,Consumer,United States,Henderson,Kentucky,42420,South,FUR-CH-10000454,Furniture,Chairs,"Hon Deluxe Chairs, Rounded Back",731.94,3,0,219.582
3,CA-2016-138688,6/12/2016,6/16/2016,Second Class,DV-13045,Darrin Van Huff,Corporate,United States,Los Angeles,California,90036,West,OFF-LA-10000240,Office Supplies,Labels,Self-Adhesive Labels,14.62,2,0,6.8714
4,US-2015-108966,10/18/2015,10/18/2015,Standard Class,SO-20335,Sean O'Donnell,Consumer,United States,Fort Lauderdale,Florida,33311,South,FUR-TA-10000577,Furniture,Tables,Bretford CR4500 Table,957.5775,5,0.45,-383.031
"""
NORTHWIND = {
    "orders.csv": "orderID,customerID,employeeID,orderDate,requiredDate,shippedDate,shipVia,freight,shipName,shipAddress,shipCity,shipRegion,shipPostalCode,shipCountry\n"
    "10248,VINET,5,1996-07-04 00:00:00.000,1996-08-01,1996-07-16,3,32.38,Vins et alcools,59 rue,Reims,NULL,51100,France\n"
    "10249,TOMSP,6,1996-07-05 00:00:00.000,1996-08-16,1996-07-10,1,11.61,Toms,Luisenstr. 48,Münster,NULL,44087,Germany\n"
    "10250,GHOST,4,1996-07-08 00:00:00.000,1996-08-05,1996-07-12,2,65.83,Hanari,Rua,Rio de Janeiro,RJ,05454-876,Brazil\n",
    "order_details.csv": "orderID,productID,unitPrice,quantity,discount\n10248,11,14,12,0\n10248,42,9.8,10,0\n10249,14,18.6,9,0\n10250,41,7.7,10,0.15\n",
    "customers.csv": "customerID,companyName,contactName,city,country,phone\nVINET,Vins et alcools Chevalier,Paul Henriot,Reims,France,26.47\nTOMSP,Toms Spezialitäten,Karin Josephs,Münster,Germany,0251\nALFKI,Alfreds Futterkiste,Maria Anders,Berlin,Germany,030\n",
    "products.csv": "productID,productName,quantityPerUnit,unitPrice,discontinued,categoryID\n11,Queso Cabrales,1 kg,21,0,4\n42,Singaporean Hokkien Fried Mee,32 pkgs,14,1,5\n14,Tofu,40 pkgs,23.25,0,7\n41,Jack's Clam Chowder,12 cans,9.65,0,8\n",
    "categories.csv": "categoryID,categoryName,description\n4,Dairy Products,Cheeses\n5,Grains,Breads\n7,Produce,Dried fruit\n8,Seafood,Fish\n",
}
OLIST = {
    "olist_orders_dataset.csv": '"order_id","customer_id","order_status","order_purchase_timestamp","order_approved_at"\n"o1","c1","delivered","2017-10-02 10:56:33","2017-10-02 11:07:15"\n"o2","c2","canceled","2018-07-24 20:41:37",""\n"o3","c3","delivered","2018-08-08 08:38:49","2018-08-08 08:55:23"\n',
    "olist_order_items_dataset.csv": '"order_id","order_item_id","product_id","seller_id","shipping_limit_date","price","freight_value"\n"o1","1","p1","s1","2017-10-06 11:07:15",29.99,8.72\n"o1","2","p1","s1","2017-10-06 11:07:15",29.99,8.72\n"o3","1","p2","s1","2018-08-13 08:55:23",159.9,19.22\n',
    "olist_customers_dataset.csv": '"customer_id","customer_unique_id","customer_zip_code_prefix","customer_city","customer_state"\n"c1","u1","03149","sao paulo","SP"\n"c2","u2","47813","barreiras","BA"\n"c3","u1","03149","sao paulo","SP"\n',
    "olist_products_dataset.csv": '"product_id","product_category_name","product_name_lenght"\n"p1","utilidades_domesticas",40\n"p2","automotivo",30\n',
    "olist_order_payments_dataset.csv": '"order_id","payment_sequential","payment_type","payment_installments","payment_value"\n"o1",1,"credit_card",1,60.00\n"o1",2,"voucher",1,17.42\n"o2",1,"boleto",1,10.00\n"o3",1,"boleto",1,179.12\n',
    "product_category_name_translation.csv": "product_category_name,product_category_name_english\nutilidades_domesticas,housewares\nautomotivo,auto\n",
}
CDNOW = """\
 00001 19970101  1   11.77
 00002 19970112  1   12.00
 00002 19970112  5   77.00
 00003 19970102  2   20.76
 00003 19970330  2   20.76
"""
RELATED = {
    "clients.csv": "client id;name;email;country;created at\n7;Ann Lee;ann@example.com;France;2020-01-01\n8;Bob Ray;bob@example.com;Spain;2021-01-01\n9;Cid Poe;cid@example.com;Italy;2022-01-01\n",
    "items.csv": "sku;item name;category\nA;Bell;Parts\nB;Frame;Frames\n",
    "positions.csv": "order id;sku;qty;price\n1;A;2;10,00\n1;B;1;99,50\n2;A;1;10,00\n3;Z;1;10,00\n4;A;1;1,00\n",
    "heads.csv": "order id;order date;client id;order total\n1;05.01.2024;7;125,00\n2;17.01.2024;8;12,00\n3;18.01.2024;12;13,00\n",
}


def workbook(sheets: dict[str, list[list]]) -> bytes:
    """A small .xlsx; numbers stay numbers, dates are written as serials with a date format."""

    def cell(value: object, place: str) -> str:
        if isinstance(value, datetime.date):
            return f'<c r="{place}" s="1"><v>{(value - datetime.date(1899, 12, 30)).days}</v></c>'
        if isinstance(value, (int, float)):
            return f'<c r="{place}"><v>{value}</v></c>'
        safe = str(value).replace("&", "&amp;").replace("<", "&lt;")
        return f'<c r="{place}" t="inlineStr"><is><t>{safe}</t></is></c>' if value != "" else ""

    def sheet(rows: list[list]) -> str:
        body = "".join(
            f'<row r="{r}">' + "".join(cell(value, f"{chr(65 + c)}{r}") for c, value in enumerate(row)) + "</row>"
            for r, row in enumerate(rows, start=1)
        )
        return f'{XML}<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'

    names = list(sheets)
    numbers = range(1, len(names) + 1)
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{KIND}.worksheet+xml"/>' for n in numbers
    )
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, start=1))
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATION}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    links += f'<Relationship Id="rId99" Type="{RELATION}/styles" Target="styles.xml"/>'
    parts = {
        "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{KIND}.styles+xml"/>{types}</Types>',
        "_rels/.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{RELATION}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
        "xl/styles.xml": f'{XML}<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
    }
    parts |= {f"xl/worksheets/sheet{n}.xml": sheet(sheets[name]) for n, name in enumerate(names, start=1)}
    return zipped({name: data.encode() for name, data in parts.items()})


def open_document(title: str, rows: list[list]) -> bytes:
    """An OpenDocument workbook of one sheet, numbers and dates typed."""

    def cell(value: object) -> str:
        if isinstance(value, datetime.date):
            kind, shown = f'date" office:date-value="{value.isoformat()}', f"{value:%d.%m.%Y}"
        elif isinstance(value, str):
            kind, shown = "string", value
        else:
            kind, shown = f'float" office:value="{value}', str(value)
        return f'<table:table-cell office:value-type="{kind}"><text:p>{shown}</text:p></table:table-cell>'

    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    spaces = " ".join(f'xmlns:{name}="{OASIS}:{name}:1.0"' for name in ("office", "table", "text"))
    content = f'{XML}<office:document-content {spaces} office:version="1.2"><office:body><office:spreadsheet><table:table table:name="{title}">{body}</table:table></office:spreadsheet></office:body></office:document-content>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{media}"/>'
        for path, media in (("/", kind), ("content.xml", "text/xml"))
    )
    manifest = f'{XML}<manifest:manifest xmlns:manifest="{OASIS}:manifest:1.0" manifest:version="1.2">{entries}</manifest:manifest>'
    return zipped(
        {"mimetype": kind.encode(), "content.xml": content.encode(), "META-INF/manifest.xml": manifest.encode()}
    )


def parquet(columns: dict[str, list]) -> bytes:
    """A Parquet file of typed columns."""
    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(columns), out)
    return out.getvalue()


XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def books() -> dict[str, bytes]:
    """Workbooks: the right sheet among several, a title above the table, a total below it; and Parquet."""
    rows = [
        [line[0], datetime.date.fromisoformat(line[1]), *line[2:6], int(line[6]), float(line[7]), line[8]]
        for line in LINES
    ]
    return {
        "workbook.xlsx": workbook(
            {
                "About": [["Made for tests"]],
                "Sales": [["Sales of spring", *[""] * 8], [""], HEADER, *rows, ["Total", *[""] * 6, 3795.68, ""]],
            }
        ),
        "two_sheets.xlsx": workbook({"January": [HEADER, *rows[:3]], "Later": [HEADER, *rows[3:]]}),
        "workbook.xls": (GIVEN / "workbook.xls").read_bytes(),
        "workbook.ods": open_document("Sales", [HEADER, *rows]),
        "typed.parquet": parquet(
            dict(zip(HEADER, map(list, zip(*rows, strict=True)), strict=True))
            | {"net_amount": [Decimal(line[7]) for line in LINES]}
        ),
        "no_table.xlsx": workbook({"Notes": [["Nothing here"]]}),
    }


def main() -> None:
    FILES.mkdir(exist_ok=True)
    for name, data in (dialects() | styles() | troubles() | shops() | layouts() | books()).items():
        if isinstance(data, dict):
            (FILES / name).mkdir(exist_ok=True)
            for member, content in data.items():
                (FILES / name / member).write_bytes(content)
        else:
            (FILES / name).write_bytes(data)


if __name__ == "__main__":
    main()
