"""Each view of sql/staging and sql/marts on a star small enough to work out by hand: whole rows in, whole rows out."""

import datetime
from decimal import Decimal

import duckdb
import pytest
import stars

from core import rfm, star, warehouse

GERMANY = {"continent": "Europe", "country": "Germany", "country_code": "DE", "region": "North"}
STAR = {
    "fact_order": [
        {"order_id": "o1", "order_date": "2024-01-30", "customer_id": "a", "location_id": "p1", "total_amount": 36,
         "channel": "Shop", "status": "sold"},
        {"order_id": "o2", "order_date": "2024-02-01", "customer_id": "a", "location_id": "p2"},
        {"order_id": "o3", "order_date": "2024-02-02", "location_id": "p9", "total_amount": 5},
        {"order_id": "o4", "order_date": "2024-02-03", "customer_id": "b", "total_amount": 1},
        {"order_id": "o5", "order_date": "2024-02-04", "customer_id": "b", "status": "returned"},
        {"order_id": "o6", "order_date": "2024-02-05", "customer_id": "b", "total_amount": 100, "status": "pending"},
        {"order_id": "o7", "order_date": "2024-02-06", "customer_id": "b", "status": "cancelled"},
        {"order_id": "o8", "order_date": "2024-02-03", "customer_id": "x"},
    ],
    "fact_order_line": [
        {"order_id": "o1", "line_number": 1, "product_id": "bell", "quantity": 2, "net_amount": 20, "cost_amount": 12},
        {"order_id": "o1", "line_number": 2, "product_id": "chain", "quantity": 1, "net_amount": 10},
        {"order_id": "o2", "line_number": 1, "product_id": "bell", "quantity": 1, "net_amount": 10, "cost_amount": 6},
        {"order_id": "o4", "line_number": 1, "net_amount": 0},
        {"order_id": "o4", "line_number": 2, "net_amount": 0},
        {"order_id": "o4", "line_number": 3, "net_amount": 0},
        {"order_id": "o5", "line_number": 1, "product_id": "bell", "quantity": -1, "net_amount": -4, "cost_amount": -3},
        {"order_id": "o7", "line_number": 1, "net_amount": 7},
        {"order_id": "o8", "line_number": 1, "net_amount": 2},
    ],
    "bridge_order_reason": [
        {"order_id": "o1", "reason_id": "r2"},
        {"order_id": "o1", "reason_id": "r1"},
        {"order_id": "o1", "reason_id": "r1"},
        {"order_id": "o2", "reason_id": "rumour"},
        {"order_id": "o6", "reason_id": "r1"},
    ],
    "dim_customer": [
        {"customer_id": "a", "customer_name": "Ann", "customer_type": "person"},
        {"customer_id": "b"},
        {"customer_id": "c", "customer_name": "Cyd"},
    ],
    "dim_product": [{"product_id": "bell", "product_name": "Bell", "subcategory": "Bells", "category": "Parts"},
                    {"product_id": "unsold", "product_name": "Unsold"}],
    "dim_location": [{"location_id": "p1", **GERMANY, "latitude": 53.0, "longitude": 10.0},
                     {"location_id": "p2", **GERMANY, "latitude": 55.0, "longitude": 8.0}],
    "dim_reason": [{"reason_id": "r1", "reason_name": "Price", "reason_type": "Offer"},
                   {"reason_id": "r2", "reason_name": "Advice"}],
    "dim_target": [{"month": "2024-02-01", "revenue_target": 50}],
}  # fmt: skip

EXPECTED = {
    "calendar_span": ("first_day, as_of", [("2024-01-30", "2024-02-04")]),
    "stg_order": ("order_id, total_amount, channel, status", [
        ("o1", 36, "Shop", "sold"), ("o2", None, None, "sold"), ("o3", 5, None, "sold"), ("o4", 1, None, "sold"),
        ("o5", None, None, "returned"), ("o6", 100, None, "pending"), ("o7", None, None, "cancelled"),
        ("o8", None, None, "sold"),
    ]),
    "stg_order_line": ("count(*), sum(net_amount), sum(cost_amount)", [(9, 45, 15)]),
    "stg_order_reason": ("*", [("o1", "r1"), ("o1", "r2"), ("o2", "rumour"), ("o6", "r1")]),
    "stg_customer": ("*", [("a", "Ann", "person"), ("b", "b", None), ("c", "Cyd", None)]),
    "stg_product": ("*", [("bell", "Bell", "Bells", "Parts"), ("unsold", "Unsold", None, None)]),
    "stg_location": ("location_id, region, city", [("p1", "North", None), ("p2", "North", None)]),
    "stg_reason": ("*", [("r1", "Price", "Offer"), ("r2", "Advice", None)]),
    "stg_target": ("*", [("2024-02-01", 50)]),
    "order_amounts": ("order_id, net_amount, net_weight, line_count, last_line_number, items, costed_sales, profit", [
        ("o1", 30, 30, 2, 2, 3, 20, 8), ("o2", 10, 10, 1, 1, 1, 10, 4), ("o4", 0, 0, 3, 3, None, None, None),
        ("o5", -4, 4, 1, 1, -1, -4, -1), ("o7", 7, 7, 1, 1, None, None, None), ("o8", 2, 2, 1, 1, None, None, None),
    ]),
    # pending and cancelled stay out; no total: the sum of the lines; no lines: the total; an unknown customer: nobody
    "orders": ("order_id, customer_id, channel, revenue, is_sale, net_sales, items, costed_sales, profit", [
        ("o1", "a", "Shop", 36, True, 30, 3, 20, 8),
        ("o2", "a", "Channel not known", 10, True, 10, 1, 10, 4),
        ("o3", None, "Channel not known", 5, True, 5, 0, 0, None),
        ("o4", "b", "Channel not known", 1, True, 0, 0, 0, None),
        ("o5", "b", "Channel not known", -4, False, -4, -1, -4, -1),
        ("o8", None, "Channel not known", 2, True, 2, 0, 0, None),
    ]),
    # tax is spread by |net|, equally where all is 0, the rest on the last line; an order without lines gets one
    "order_lines": ("order_id, line_number, product_id, items, net_sales, costed_sales, profit, revenue", [
        ("o1", 1, "bell", 2, 20, 20, 8, 24), ("o1", 2, "chain", 1, 10, 0, None, 12),
        ("o2", 1, "bell", 1, 10, 10, 4, 10),
        ("o3", 0, None, 0, 5, 0, None, 5),
        ("o4", 1, None, 0, 0, 0, None, "0.3333"), ("o4", 2, None, 0, 0, 0, None, "0.3333"),
        ("o4", 3, None, 0, 0, 0, None, "0.3334"),
        ("o5", 1, "bell", -1, -4, -4, -1, -4),
        ("o8", 1, None, 0, 2, 0, None, 2),
    ]),
    "order_reasons": ("*", [
        ("o1", "Advice", "No type"), ("o1", "Price", "Offer"), ("o2", "rumour", "No type"),
    ]),
    "order_reason_sets": ("*", [("o1", "Advice|Price"), ("o2", "rumour")]),
    "reason_sets": ("*", [
        (0, "", "No reason given", "No reason given", 1, 1), (1, "Advice|Price", "Advice", "No type", 1, 2),
        (1, "Advice|Price", "Price", "Offer", 2, 2), (2, "rumour", "rumour", "No type", 1, 1),
    ]),
    # returns do not count as orders, and are taken off the revenue
    "customer_sales": ("customer_id, first_order_date, last_order_date, order_count, revenue", [
        ("a", "2024-01-30", "2024-02-01", 2, 46), ("b", "2024-02-03", "2024-02-03", 1, -3),
    ]),
    "customer_measures": ("*", [
        ("a", "frequency", 2), ("a", "monetary", 46), ("a", "recency", 3),
        ("b", "frequency", 1), ("b", "monetary", -3), ("b", "recency", 1),
    ]),
    "score_cuts": ("measure, position, cut_point", [
        ("frequency", 1, "1.2"), ("frequency", 2, "1.4"), ("frequency", 3, "1.6"), ("frequency", 4, "1.8"),
        ("monetary", 1, "6.8"), ("monetary", 2, "16.6"), ("monetary", 3, "26.4"), ("monetary", 4, "36.2"),
        ("recency", 1, "1.4"), ("recency", 2, "1.8"), ("recency", 3, "2.2"), ("recency", 4, "2.6"),
    ]),
    "customer_scores": ("*", [
        ("a", 3, 2, 46, 1, 5, 5, "Cannot Lose Them"), ("b", 1, 1, -3, 5, 1, 1, "New Customers"),
    ]),
    "customer_tiers": ("*", [("a", 46, 1, 46, 1), ("b", -3, 2, 43, None)]),
    "customers": (
        "customer_key, customer_id, customer_name, is_buyer, recency_days, frequency, monetary, segment, "
        "cumulative_share",
        [(1, "a", "Ann", True, 3, 2, 46, "Cannot Lose Them", 1), (2, "b", "b", True, 1, 1, -3, "New Customers", None),
         (3, "c", "Cyd", False, None, 0, 0, "Never ordered", None)],
    ),
    "products": ("*", [
        (1, "bell", "Bell", "Bells", "Parts"), (2, "chain", "chain", "No subcategory", "No category"),
        (3, "unsold", "Unsold", "No subcategory", "No category"),
    ]),
    "regions": ("*", [("Europe", "Germany", "DE", "North", 54, 9)]),
    "dim_date": ("count(*), min(date), max(date), count(distinct month)", [(60, "2024-01-01", "2024-02-29", 2)]),
    "months": ("*", [("2024-01-01", 36, True, False), ("2024-02-01", 14, False, False)]),
    "targets": ("*", [("2024-02-01", 50)]),
    "sales_orders": ("order_key, order_id, customer_key, segment, country, channel, reason_set_key, is_sale, revenue", [
        (1, "o1", 1, "Cannot Lose Them", "Germany", "Shop", 1, True, 36),
        (2, "o2", 1, "Cannot Lose Them", "Germany", "Channel not known", 2, True, 10),
        (3, "o3", None, "Buyer not known", "Place not known", "Channel not known", 0, True, 5),
        (4, "o4", 2, "New Customers", "Place not known", "Channel not known", 0, True, 1),
        (5, "o8", None, "Buyer not known", "Place not known", "Channel not known", 0, True, 2),
        (6, "o5", 2, "New Customers", "Place not known", "Channel not known", 0, False, -4),
    ]),
    "sales_lines": ("order_key, line_number, product_key, product, subcategory, category, revenue, net_sales, profit", [
        (1, 1, 1, "Bell", "Bells", "Parts", 24, 20, 8),
        (1, 2, 2, "chain", "No subcategory", "No category", 12, 10, None),
        (2, 1, 1, "Bell", "Bells", "Parts", 10, 10, 4),
        (3, 0, 0, "Not itemised", "Not itemised", "Not itemised", 5, 5, None),
        (4, 1, 0, "Not itemised", "Not itemised", "Not itemised", "0.3333", 0, None),
        (4, 2, 0, "Not itemised", "Not itemised", "Not itemised", "0.3333", 0, None),
        (4, 3, 0, "Not itemised", "Not itemised", "Not itemised", "0.3334", 0, None),
        (5, 1, 0, "Not itemised", "Not itemised", "Not itemised", 2, 2, None),
        (6, 1, 1, "Bell", "Bells", "Parts", -4, -4, -1),
    ]),
    "star_summary": (
        "orders, orders_buyer_not_known, pending_orders, pending_amount, cancelled_orders, cancelled_amount, "
        "has_targets",
        [(6, 2, 1, 100, 1, 7, True)],
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def connection(tmp_path_factory):
    """All views over the star, none of them kept apart."""
    folder = stars.write(tmp_path_factory.mktemp("star"), **STAR)
    with duckdb.connect() as connection:
        built(connection, folder)
        yield connection


def built(connection: duckdb.DuckDBPyConnection, folder, as_of: str | None = None) -> None:
    star.register(connection, folder)
    for name, frame in rfm.rules().items():
        connection.register(name, frame)
    connection.execute("create temp table settings as select cast(? as date) as as_of", [as_of])
    for name, text in warehouse.views().items():
        connection.execute(f"create temp table {name} as {text}")


def plain(value: object) -> object:
    """A value as it is written above: days as text, amounts as numbers that compare exactly."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    return Decimal(str(value)) if isinstance(value, float | Decimal) else value


def test_every_view_has_its_rows_here():
    assert set(EXPECTED) == set(warehouse.views())


@pytest.mark.parametrize("name", EXPECTED)
def test_view(connection, name):
    columns, rows = EXPECTED[name]
    order = "" if "count(*)" in columns else "order by all"
    found = connection.execute(f"select {columns} from {name} {order}").fetchall()
    numbers = [
        tuple(Decimal(v) if isinstance(v, str) and v.replace(".", "", 1).isdigit() else v for v in row) for row in rows
    ]
    assert [tuple(map(plain, row)) for row in found] == numbers


# Charged beyond the lines, the lines' net amounts, and what each line then comes to.
@pytest.mark.parametrize(
    ("total", "net", "revenue"),
    [
        ("33", ["20", "10"], ["22", "11"]),
        ("10", ["3", "3", "3"], ["3.3333", "3.3333", "3.3334"]),
        ("0.0001", ["0", "0"], ["0.0001", "0"]),  # half of it is rounded up, the rest falls on the last
        ("9", ["6", "6"], ["4.5", "4.5"]),
        ("-11", ["-6", "-4"], ["-6.6", "-4.4"]),
        ("5", ["10", "-4"], ["9.2857", "-4.2857"]),  # by |net|: 10 - 10/14, -4 - 4/14
        ("0", ["10", "-10"], ["10", "-10"]),
        ("1", ["10", "-10"], ["10.5", "-9.5"]),
        (None, ["10", "-4"], ["10", "-4"]),
        ("7", [], ["7"]),
        (None, [], ["0"]),
    ],
)
def test_what_was_charged_is_spread_over_the_lines(tmp_path, total, net, revenue):
    order = {"order_id": "o", "order_date": "2024-01-01", "total_amount": total}
    lines = [{"order_id": "o", "line_number": n, "net_amount": amount} for n, amount in enumerate(net, 1)]
    folder = stars.write(tmp_path, fact_order=[order], fact_order_line=lines, dim_customer=[{"customer_id": "a"}])
    with duckdb.connect() as connection:
        built(connection, folder)
        found = connection.execute("select revenue from order_lines order by line_number").fetchall()
        assert [row[0] for row in found] == [Decimal(amount) for amount in revenue]
        assert connection.execute("select sum(revenue) from orders").fetchone()[0] == sum(map(Decimal, revenue))


def test_as_of_hides_later_orders_and_counts_days_to_it(tmp_path):
    folder = stars.simple(tmp_path, [("o1", "2024-01-01", "a", 1), ("o2", "2024-03-01", "a", 2)])
    with duckdb.connect() as connection:
        built(connection, folder, "2024-02-01")
        assert connection.execute("select order_id from orders").fetchall() == [("o1",)]
        assert connection.execute("select recency_days from customer_scores").fetchall() == [(31,)]
        assert connection.execute("select max(date) from dim_date").fetchone()[0] == datetime.date(2024, 2, 29)
