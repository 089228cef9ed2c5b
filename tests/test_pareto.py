"""Tiers and the Pareto curve: cut-offs, equals, refunds, the largest customer."""

import pytest

from core import pareto, reports, warehouse
from core.filters import Filter

TOP, MID, LESS = "Top Clients", "Mid Range Clients", "Less Profitable Clients"


def tiers(mart, **cuts) -> dict[str, str]:
    frame = reports.run("customers", mart, Filter.of(**cuts))
    return dict(zip(frame.customer_id.fillna("nobody"), frame.tier, strict=True))


def bought(**amounts) -> list[tuple]:
    return [(f"o{n}", "2024-05-05", customer, amount) for n, (customer, amount) in enumerate(amounts.items())]


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        # exactly on both cut-offs: 70 and 90 of 100
        ({"a": 70, "b": 20, "c": 10}, {"a": TOP, "b": MID, "c": LESS}),
        # who crosses a cut-off is in the lower tier
        ({"a": 60, "b": 15, "c": 15, "d": 10}, {"a": TOP, "b": MID, "c": MID, "d": LESS}),
        # equals stay together, on the lower side of the cut-off they cross
        ({"a": 40, "b": 20, "c": 20, "d": 20}, {"a": TOP, "b": LESS, "c": LESS, "d": LESS}),
        ({"a": 60, "b": 11, "c": 11, "d": 8, "e": 10}, {"a": TOP, "b": MID, "c": MID, "d": LESS, "e": LESS}),
        # the largest customer, with its equals, is always Top
        ({"a": 95, "b": 5}, {"a": TOP, "b": LESS}),
        ({"a": 10, "b": 10, "c": 10}, {"a": TOP, "b": TOP, "c": TOP}),
        # without revenue one is always Less Profitable, and takes nothing from the curve
        ({"a": 70, "b": 20, "c": 10, "d": -50}, {"a": TOP, "b": MID, "c": LESS, "d": LESS}),
        ({"a": -1, "b": -2}, {"a": LESS, "b": LESS}),
        ({"a": 0}, {"a": LESS}),
        ({"a": 1}, {"a": TOP}),
    ],
)
def test_tiers_at_the_usual_cut_offs(mart_of, amounts, expected):
    assert tiers(mart_of(bought(**amounts))) == expected


def test_who_never_ordered_and_sales_of_nobody_have_rows_of_their_own(mart_of):
    mart = mart_of([*bought(a=70, b=30), ("guest", "2024-05-06", None, 900)], customers=["never"])
    assert tiers(mart) == {"a": TOP, "b": LESS, "never": "Never ordered", "nobody": "Buyer not known"}
    rows = reports.run("tiers", mart, Filter())
    assert dict(zip(rows.tier, rows.revenue, strict=True)) == {TOP: 70, LESS: 30, "Buyer not known": 900}


def test_cut_offs_redraw_the_tiers(mart_of):
    mart = mart_of(bought(a=40, b=30, c=20, d=10))
    assert tiers(mart) == {"a": TOP, "b": TOP, "c": MID, "d": LESS}
    assert tiers(mart, top_cut="0.4", mid_cut="0.7") == {"a": TOP, "b": MID, "c": LESS, "d": LESS}
    assert tiers(mart, top_cut="0", mid_cut="1") == {"a": TOP, "b": MID, "c": MID, "d": MID}
    assert tiers(mart, top_cut="1", mid_cut="1") == {"a": TOP, "b": TOP, "c": TOP, "d": TOP}


def test_other_filters_do_not_move_a_tier(mart_of):
    mart = mart_of([("o1", "2023-05-05", "a", 100), ("o2", "2024-05-05", "b", 5)])
    assert tiers(mart, year="2024") == {"b": LESS}


def test_curve_of_four_buyers(mart_of):
    mart = mart_of([*bought(a=40, b=30, c=20, d=10, e=-7), ("guest", "2024-05-06", None, 900)], customers=["never"])
    curve = reports.run("pareto_curve", mart, Filter.of(year="2024", customer="a"))
    assert curve[["buyer_share", "revenue_share", "buyers", "tier", "is_cut_off"]].values.tolist() == [
        [0.0, 0.0, 0, TOP, False],
        [0.2, 0.4, 1, TOP, False],
        [0.4, 0.7, 2, TOP, True],
        [0.6, 0.9, 3, MID, True],
        [0.8, 1.0, 4, LESS, False],
    ]


def test_curve_puts_equals_into_one_step(mart_of):
    curve = reports.run("pareto_curve", mart_of(bought(a=50, b=25, c=25)), Filter())
    assert curve.buyers.tolist() == [0, 1, 3]
    assert curve.revenue_share.tolist() == [0, 0.5, 1]


def test_curve_has_at_most_500_points_and_lies_on_the_customers(sample):
    mart = warehouse.open_mart(sample)
    curve = reports.run("pareto_curve", mart, Filter.of(top_cut="0.5", mid_cut="0.8"))
    customers = reports.run("customers", mart, Filter())
    buyers = customers[(customers.tier != "Never ordered") & customers.customer_id.notna()]
    shares = buyers.sort_values("monetary", ascending=False).cumulative_share.tolist()
    assert 100 < len(curve) <= 500
    assert curve.buyer_share.is_monotonic_increasing
    assert curve.revenue_share.is_monotonic_increasing
    assert curve.revenue_share.iloc[-1] == 1
    assert curve.is_cut_off.sum() == 2
    for row in curve.iloc[1:].itertuples():
        assert row.revenue_share == shares[row.buyers - 1]
        assert row.buyer_share == pytest.approx(row.buyers / len(buyers), abs=1e-12)
    assert curve[curve.is_cut_off].revenue_share.between([0.49, 0.79], [0.5, 0.8]).all()


def test_names_and_usual_cut_offs():
    assert pareto.tier_names() == (TOP, MID, LESS)
    assert pareto.row_names() == (TOP, MID, LESS, "Never ordered", "Buyer not known")
    assert pareto.default_cut_offs() == pareto.CutOffs(0.7, 0.9)
