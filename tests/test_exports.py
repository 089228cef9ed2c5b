"""An export becomes a star: the flat file, AdventureWorks, targets, and one sentence for what cannot be used."""

import json
from pathlib import Path

import duckdb
import pytest

from core import star
from core.exports import account_lines, import_export

DATA = Path(__file__).parents[2] / "shared/data"
ADVENTUREWORKS = DATA / "adventureworks"
RAW = DATA / "adventureworks_raw"
FLAT = """\
order_id,order_date,customer_id,customer_name,product_id,product_name,subcategory,category,quantity,net_amount,\
cost_amount,total_amount,channel,status,country,region,city,reasons
A1,2024-01-05,C1,Ann,P1,Bell,Bells,Parts,2,20.00,12.00,36.00,Shop,shipped,Germany,Hamburg,Hamburg,Price|Quality
A1,2024-01-05,C1,Ann,P2,Chain,Chains,Parts,1,10.00,,36.00,Shop,shipped,Germany,Hamburg,Hamburg,Price
A2,2024-02-01,C2,Bob,P1,Bell,Bells,Parts,1,10.00,6.00,12.00,Online,Cancelled,France,,Lyon,
A3,2024-03-01,,,P1,Bell,Bells,Parts,1,10.00,6.00,12.00,Online,pending,FR,,Lyon,
"""


def load(tmp_path: Path, text: str, **options) -> tuple[dict, Path]:
    """Import a text as a file; returns the account and the star, which keeps the contract."""
    file = tmp_path / "export.csv"
    file.write_text(text, encoding="utf-8")
    account = import_export(file, tmp_path / "star", **options)
    star.refuse_faults(tmp_path / "star")
    return account, tmp_path / "star"


def rows(folder: Path, table: str, columns: str = "*") -> list[tuple]:
    file = folder / f"{table}.parquet"
    group = "group by all" if "count(" in columns else ""
    return duckdb.sql(f"select {columns} from read_parquet('{file}') {group} order by all").fetchall()


def refusal(tmp_path: Path, text: str, **options) -> str:
    with pytest.raises(star.Refused) as refused:
        load(tmp_path, text, **options)
    assert not (tmp_path / "star").exists()
    assert [entry.name for entry in tmp_path.iterdir()] == ["export.csv"]
    return str(refused.value)


def test_flat_file_becomes_every_table(tmp_path):
    account, folder = load(tmp_path, FLAT)
    orders = rows(
        folder, "fact_order", "order_id, order_date::varchar, customer_id, total_amount::varchar, channel, status"
    )
    assert orders == [
        ("A1", "2024-01-05", "C1", "36.0000", "Shop", "sold"),
        ("A2", "2024-02-01", "C2", "12.0000", "Online", "cancelled"),
        ("A3", "2024-03-01", None, "12.0000", "Online", "pending"),
    ]
    lines = rows(
        folder,
        "fact_order_line",
        "order_id, line_number, product_id, quantity, net_amount::varchar, cost_amount::varchar",
    )
    assert lines == [
        ("A1", 1, "P1", 2.0, "20.0000", "12.0000"),
        ("A1", 2, "P2", 1.0, "10.0000", None),
        ("A2", 1, "P1", 1.0, "10.0000", "6.0000"),
        ("A3", 1, "P1", 1.0, "10.0000", "6.0000"),
    ]
    assert rows(folder, "dim_customer", "customer_id, customer_name") == [("C1", "Ann"), ("C2", "Bob")]
    assert rows(folder, "dim_product") == [("P1", "Bell", "Bells", "Parts"), ("P2", "Chain", "Chains", "Parts")]
    assert rows(folder, "bridge_order_reason") == [("A1", "Price"), ("A1", "Quality")]
    assert rows(folder, "dim_location", "continent, country, country_code, region, city, latitude, longitude") == [
        ("Europe", "France", "FR", None, "Lyon", 45.74906, 4.84789),
        ("Europe", "Germany", "DE", "Hamburg", "Hamburg", 53.55073, 9.99302),
    ]
    assert account["statuses"] == [
        {"word": "Cancelled", "status": "cancelled", "known": True, "orders": 1, "amount": "10.0000"},
        {"word": "pending", "status": "pending", "known": True, "orders": 1, "amount": "10.0000"},
        {"word": "shipped", "status": "sold", "known": True, "orders": 1, "amount": "30.0000"},
    ]
    assert account["customers"] == {"orders_without_customer": 1, "in_no_customer_table": []}


def test_account_closes_and_is_kept(tmp_path):
    account, folder = load(tmp_path, FLAT.replace("A2,2024-02-01", "A2,2102-02-01"), targets=None)
    assert account["files"][0]["rows"] == {"read": 5, "loaded": 3, "set_aside": 1, "excluded": 0, "not_data": 1}
    assert account["files"][0]["amounts"] == [
        {
            "column": column,
            "field": column,
            "read": read,
            "loaded": loaded,
            "set_aside": aside,
            "excluded": "0.0000",
            "not_data": "0.0000",
            "unreadable": 0,
        }
        for column, read, loaded, aside in (
            ("total_amount", "96.0000", "84.0000", "12.0000"),
            ("net_amount", "50.0000", "40.0000", "10.0000"),
            ("cost_amount", "24.0000", "18.0000", "6.0000"),
        )
    ]
    assert rows(folder, "set_aside") == [
        (
            "export.csv",
            4,
            "A2,2102-02-01,C2,Bob,P1,Bell,Bells,Parts,1,10.00,6.00,12.00,Online,Cancelled,France,,Lyon,",
            "date in the future",
        )
    ]
    facts = star.read_facts(folder)
    assert facts["account"] == account == json.loads(json.dumps(account))
    assert facts["sources"] == [
        {
            "name": "export.csv",
            "bytes": (tmp_path / "export.csv").stat().st_size,
            "sha256": facts["sources"][0]["sha256"],
        }
    ]
    assert len(facts["sources"][0]["sha256"]) == 64
    assert str(tmp_path) not in (folder / "star.json").read_text()
    assert account_lines(account)[:4] == [
        "2 orders, 3 lines and 1 customers, 2024-01-05 to 2024-03-01; understood as flat.",
        "",
        "rows of file  read  loaded  set aside  excluded  not data",
        "export.csv       5       3          1         0         1",
    ]


def test_purchases_of_a_day_are_one_order_without_an_order_id(tmp_path):
    sales = ("2024-01-05,C1,5", "2024-01-05,C1,7", "2024-01-06,C1,1", "2024-01-06,,2", "2024-01-06,,3")
    text = "\n".join(["order_date,customer_id,net_amount", *sales])
    account, folder = load(tmp_path, text)
    assert rows(folder, "fact_order", "order_id, customer_id") == [
        ("2024-01-06 row 1", None),
        ("2024-01-06 row 2", None),
        ("C1 2024-01-05", "C1"),
        ("C1 2024-01-06", "C1"),
    ]
    assert rows(folder, "fact_order_line", "order_id, line_number, net_amount::double") == [
        ("2024-01-06 row 1", 1, 2.0),
        ("2024-01-06 row 2", 1, 3.0),
        ("C1 2024-01-05", 1, 5.0),
        ("C1 2024-01-05", 2, 7.0),
        ("C1 2024-01-06", 1, 1.0),
    ]
    assert account["decisions"] == ["There is no order id: what one customer bought on one day is one order."]


@pytest.mark.parametrize(
    ("text", "options", "sentence"),
    [
        (
            FLAT.replace("C1,Ann,P2,Chain,Chains,Parts,1,10.00,,36.00", "C1,Ann,P2,Chain,Chains,Parts,1,10.00,,37.00"),
            {},
            "export.csv, column total_amount: order A1 has the totals 36.00 and 37.00 (1 such orders); the total of an "
            "order must be the same in each of its rows, so correct it or leave the column out.",
        ),
        (
            "order_date,customer_id,net_amount\n2024-01-05,C1,many\n2024-01-05,C1,few\n",
            {},
            "export.csv: 2 of 2 rows cannot be used, most for this: unreadable net_amount in 2 rows, such as 'many' in "
            "column net_amount, line 2; correct the file or name the right column with --map FIELD=COLUMN.",
        ),
        (
            "order_date,customer_id,net_amount\n1900-01-05,C1,1\n",
            {},
            "The export has no orders that can be loaded: 1 rows were set aside, reason: date before 1990; correct the "
            "file and try again.",
        ),
        (
            "order_date,customer_id,net_amount\n",
            {},
            "The export has no orders that can be loaded; see that the file is whole and try again.",
        ),
        (
            "order_date,customer_id,net_amount\n03/04/2024,C1,1\n05/06/2024,C1,1\n",
            {},
            "export.csv, column order_date fits both the day first and the month first (03/04/2024 is 2024-04-03 or "
            "2024-03-04; 05/06/2024 is 2024-06-05 or 2024-05-06); say which with --map date_order=dmy or --map "
            "date_order=mdy.",
        ),
        (
            FLAT,
            {"profile": "sap"},
            "There is no profile 'sap'; choose one of adventureworks, amazon, cdnow, flat, northwind, olist, "
            "online_retail, "
            "paypal, shopify, superstore, woocommerce.",
        ),
        (
            FLAT,
            {"profile": "adventureworks"},
            "The export is no adventureworks: there is no file salesorderheader.",
        ),
        (FLAT, {"fiscal_year_start": 13}, "The fiscal year cannot start in month 13; give a month from 1 to 12."),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_sentence(tmp_path, text, options, sentence):
    assert refusal(tmp_path, text, **options) == sentence


def test_folders_that_hold_no_export_are_refused(tmp_path):
    with pytest.raises(star.Refused, match=r"There is no file or folder .*absent; name the export to import\."):
        import_export(tmp_path / "absent", tmp_path / "star")
    (tmp_path / "empty").mkdir()
    with pytest.raises(star.Refused, match=r"The folder .*empty is empty; put the export's files into it\."):
        import_export(tmp_path / "empty", tmp_path / "star")


def test_the_order_of_day_and_month_can_be_said(tmp_path):
    text = "order_date,customer_id,net_amount\n03/04/2024,C1,1\n05/06/2024,C1,1\n"
    _, folder = load(tmp_path, text, mapping={"date_order": "mdy"})
    assert rows(folder, "fact_order", "order_date::varchar") == [("2024-03-04",), ("2024-05-06",)]


def test_a_refused_import_leaves_the_star_before_it(tmp_path):
    load(tmp_path, FLAT)
    before = star.version_of(tmp_path / "star")
    with pytest.raises(star.Refused):
        load(tmp_path, "order_date,customer_id,net_amount\n")
    assert star.version_of(tmp_path / "star") == before


def targets_of(tmp_path: Path, targets: str) -> tuple[list[tuple], list[str]]:
    file = tmp_path / "targets.csv"
    file.write_text(targets)
    sales = "order_date,customer_id,net_amount\n2023-01-05,C1,100\n2023-03-05,C1,300\n2024-01-01,C1,9\n"
    account, folder = load(tmp_path, sales, targets=file)
    return rows(folder, "dim_target", "month::varchar, revenue_target::varchar"), account["decisions"][1:]


def test_monthly_targets_stand_as_they_are(tmp_path):
    found, decisions = targets_of(tmp_path, "month,revenue_target\n2024-02,2000.5\n2024-01-01,1000\n")
    assert found == [("2024-01-01", "1000.0000"), ("2024-02-01", "2000.5000")]
    assert decisions == []


def test_a_year_is_spread_by_the_months_of_the_year_before(tmp_path):
    found, decisions = targets_of(tmp_path, "year,revenue_target\n2024,1000\n")
    assert [target for _, target in found] == ["250.0000", "0.0000", "750.0000"] + ["0.0000"] * 9
    assert decisions == [
        "The target of 2024 is spread over its months as revenue was in 2023.",
        "No revenue in February, April, May, June, July, August, September, October, November, December 2023, so these "
        "months of 2024 have a target of 0.",
    ]


@pytest.mark.skipif(not ADVENTUREWORKS.is_dir(), reason="the AdventureWorks data is not beside the project")
def test_adventureworks_is_recognised_and_ties_out(tmp_path):
    account = import_export(ADVENTUREWORKS, tmp_path / "star")
    star.refuse_faults(tmp_path / "star")
    assert account["profile"] == "adventureworks"
    assert account["totals"] == {
        "orders": 31465,
        "lines": 121317,
        "customers": 19820,
        "first_order_date": "2011-05-31",
        "last_order_date": "2014-06-30",
        "total_amount": "123216786.1159",
        "net_amount": "109846381.3999",
    }
    assert account["set_aside"] == []
    expected = json.loads((ADVENTUREWORKS / "expected.json").read_text())
    folder = tmp_path / "star"
    by_region = duckdb.sql(
        f"""select region, round(sum(total_amount), 2)::double, count(*) from '{folder}/fact_order.parquet'
        join '{folder}/dim_location.parquet' using (location_id) group by region"""
    ).fetchall()
    assert {region: {"revenue": revenue, "orders": orders} for region, revenue, orders in by_region} == {
        region: {key: found[key] for key in ("revenue", "orders")}
        for region, found in expected["revenue_by_territory"].items()
    }
    links = duckdb.sql(
        f"""select reason_name, count(*) from '{folder}/bridge_order_reason.parquet'
        join '{folder}/dim_reason.parquet' using (reason_id) group by reason_name"""
    ).fetchall()
    assert dict(links) == {reason: found["links"] for reason, found in expected["reasons"]["by_reason"].items()}
    categories = duckdb.sql(
        f"""select category, round(sum(net_amount), 2)::double from '{folder}/fact_order_line.parquet'
        join '{folder}/dim_product.parquet' using (product_id) group by category"""
    ).fetchall()
    assert dict(categories) == expected["line_total_by_category"]
    assert rows(folder, "dim_customer", "customer_type, count(*)") == [("person", 18484), ("store", 1336)]
    assert rows(folder, "fact_order", "channel, status, count(*)") == [
        ("Online", "sold", 27659),
        ("Reseller", "sold", 3806),
    ]
    assert rows(folder, "dim_location", "count(*) - count(latitude)") == [(0,)]


@pytest.mark.skipif(not RAW.is_dir(), reason="the raw AdventureWorks files are not beside the project")
def test_raw_adventureworks_gives_what_it_carries_and_says_what_is_missing(tmp_path):
    """Tables without headers, in ASCII, cp1252 and UTF-16, delimited by tabs and +|; order lines are not among them."""
    account = import_export(RAW, tmp_path / "star")
    star.refuse_faults(tmp_path / "star")
    assert account["profile"] == "adventureworks"
    assert account["totals"] == {
        "orders": 31465,
        "lines": 31465,
        "customers": 19820,
        "first_order_date": "2011-05-31",
        "last_order_date": "2014-06-30",
        "total_amount": "123216786.1159",
        "net_amount": "109846381.4039",
    }
    assert {file["file"]: list(file["rows"].values()) for file in account["files"]} == {
        "SalesOrderHeader.csv": [31466, 31465, 0, 0, 1],
        "Customer.csv": [19820, 19820, 0, 0, 0],
        "Address.csv": [19614, 19614, 0, 0, 0],
        "CountryRegion.csv": [238, 238, 0, 0, 0],
        "Person.csv": [19973, 19972, 0, 0, 1],
        "StateProvince.csv": [181, 181, 0, 0, 0],
        "Store.csv": [701, 701, 0, 0, 0],
    }
    assert {file["file"]: file["read_as"].get("delimiter") for file in account["files"]}["Store.csv"].startswith("+|")
    assert [said for said in account["decisions"] if said.startswith("There is no")] == [
        "There is no SalesOrderDetail: what was bought, how many and at what cost is not known.",
        "There is no SalesReason or no SalesOrderHeaderSalesReason: why orders were placed is not known.",
    ]
    names = "customer_type, count(*), count(customer_name)"
    assert rows(tmp_path / "star", "dim_customer", names) == [("person", 18484, 18484), ("store", 1336, 1336)]
    assert rows(tmp_path / "star", "dim_location", "country, count(*)") == [
        ("Australia", 39),
        ("Canada", 48),
        ("France", 35),
        ("Germany", 50),
        ("United Kingdom", 35),
        ("United States", 356),
    ]
