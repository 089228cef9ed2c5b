"""Charts: frames in, what a reader sees out. Texts are read off the drawn SVG."""

import html
import itertools
import re
from functools import partial

import altair as alt
import pandas as pd
import pytest
import vl_convert

from core import charts, theme
from core.charts import style, trend
from core.charts.style import Tip
from core.formats import Format

LIGHT = theme.load("light")
LONG = "A name of more than sixty characters that nobody would care to shorten at all"

CONTINENTS = pd.DataFrame(
    {"continent": ["Europe", "Oceania"], "revenue": [750.0, 250.0], "revenue_share": [0.75, 0.25],
     "buyers": [3, 1], "orders": [6, 2]}
)  # fmt: skip
COUNTRIES = pd.DataFrame(
    {"continent": ["Europe", "Europe", "Oceania"], "country": ["Italy", "Germany", "Australia"],
     "country_code": ["IT", "DE", "AU"], "revenue": [250.0, 500.0, 250.0], "revenue_share": [0.25, 0.5, 0.25],
     "buyers": [1, 2, 1], "orders": [2, 4, 2]}
)  # fmt: skip
SEGMENTS = pd.DataFrame(
    {"segment": ["Champions", "Lost", "Buyer not known"], "customers": [1, 3, 0], "customer_share": [0.25, 0.75, 0.0],
     "orders": [9, 1, 1], "revenue": [900.0, 0.5, 99.5], "revenue_share": [0.9, 0.0004, 0.0996],
     "avg_recency_days": [1.0, 400.0, None], "avg_frequency": [9.0, 1.0, None], "avg_monetary": [12_345.0, 0.5, None]}
)  # fmt: skip
REASONS = pd.DataFrame(
    {"reason": ["No reason given", "Price", "Quality"], "reason_type": [None, "Offer", "Product"],
     "orders": [8453, 10, 30], "order_share": [None, 0.25, 0.75], "revenue": [5.0, 2.0, 3.0]}
)  # fmt: skip
CODES = pd.DataFrame({"segment": ["Champions", "Champions", "Lost"], "code": ["555", "554", "111"]})
CROSSING = pd.DataFrame(
    {"segment": ["Champions", "Champions", "Lost"], "country": ["Italy", "Germany", "Germany"],
     "revenue": [100.0, 300.0, 50.0], "revenue_share": [0.25, 0.75, 1.0]}
)  # fmt: skip
GRID = pd.DataFrame(
    {"recency_score": pd.array([5, 1, None], dtype="Int32"), "frequency_score": pd.array([5, 1, None], dtype="Int32"),
     "customers": [7, 1200, 40], "revenue": [10.0, 20.0, 0.0]}
)  # fmt: skip
TIERED = pd.DataFrame(
    {"segment": ["Lost", "Champions"], "tier": ["Less Profitable Clients", "Top Clients"], "buyers": [3, 1],
     "revenue": [20.0, 1_500_000.0], "revenue_share": [1.0, 1.0]}
)  # fmt: skip
YEAR = pd.DataFrame(
    {"date": pd.to_datetime(["2026-01-01", "2026-01-02"]), "revenue_to_date": [10.0, 30.0],
     "revenue_to_date_last_year": [5.0, 20.0], "profit_to_date": [1.0, -3.0], "profit_to_date_last_year": [None, None]}
)  # fmt: skip
COURSE = pd.DataFrame(
    {"date": pd.to_datetime(["2026-01-01", "2026-01-02", "2026-12-30", "2026-12-31"]),
     "revenue_to_date": [10.0, 30.0, None, None], "revenue_to_date_last_year": [5.0, 20.0, 20.0, 4000.0]}
)  # fmt: skip
RATE = pd.DataFrame(
    {"year": [2026], "first_day": pd.to_datetime(["2026-01-01"]), "last_day": pd.to_datetime(["2026-01-02"]),
     "revenue_to_date": [30.0], "revenue_to_date_last_year": [20.0], "revenue_last_year": [4000.0],
     "days_in_year": [365], "revenue_expected": [5475.0], "revenue_target": [5400.0], "revenue_target_to_date": [29.0]}
)  # fmt: skip
MONTHS = pd.DataFrame(
    {"month": pd.to_datetime(["2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01"]),
     "revenue": [100.0, 50.0, 700.0, 1.0], "revenue_last_year": [0.0, 100.0, 100.0, 100.0],
     "difference": [100.0, -50.0, 600.0, -99.0], "growth": [None, -0.5, 6.0, -0.99], "profit": [1.0, 2.0, 3.0, None],
     "is_thin": [False, False, False, True], "is_whole": [True, True, True, True]}
)  # fmt: skip
DAYS = pd.DataFrame(
    {"day": [1, 2, 3], "date": pd.to_datetime(["2026-02-01", "2026-02-02", None]), "revenue": [1000.0, 500.0, None],
     "revenue_last_month": [100.0, 200.0, 300.0], "revenue_month_to_date": [1000.0, 1500.0, None],
     "revenue_month_to_date_last_month": [100.0, 300.0, 600.0]}
)  # fmt: skip
ORDERS = pd.DataFrame(
    {"month": pd.to_datetime(["2026-01-01", "2026-02-01", "2026-03-01"]), "revenue": [100.0, 0.0, -20.0],
     "orders": [2, 0, 0]}
)  # fmt: skip
CHANGES = pd.DataFrame(
    {"dimension": ["segment", "country", "country"], "name": ["Lost", "Italy", "Germany"],
     "revenue": [10.0, 900.0, 5.0],
     "revenue_last_month": [20.0, 2900.0, 0.0], "difference": [-10.0, -2000.0, 5.0], "growth": [-0.5, -0.6897, None],
     "month": pd.to_datetime(["2026-02-01"] * 3)}
)  # fmt: skip
CURVE = pd.DataFrame(
    {"buyer_share": [0.0, 0.1, 0.3, 0.9], "revenue_share": [0.0, 0.7, 0.9, 1.0], "buyers": [0, 10, 30, 90],
     "tier": ["Top Clients", "Top Clients", "Mid Range Clients", "Less Profitable Clients"],
     "is_cut_off": [False, True, True, False]}
)  # fmt: skip
PRODUCTS = pd.DataFrame(
    {"product": ["Road", "Helmet", "Bell", "Returned"], "subcategory": ["Bikes", "Gear", "Gear", "Gear"],
     "category": ["Bikes", "Gear", "Gear", "Gear"], "items": [10.0, 500.0, 90.0, -1.0],
     "revenue": [90_000.0, 9_000.0, 50.0, -20.0], "profit": [5_000.0, -900.0, None, -2.0]}
)  # fmt: skip
TOP = pd.DataFrame({"subcategory": ["Bells", "Bikes"], "revenue": [500.0, 2500.0], "revenue_share": [0.125, 0.625]})


def heat(frame: pd.DataFrame, **options: object) -> alt.LayerChart:
    return charts.heat(
        frame, LIGHT, row="segment", column="country", value="revenue_share", format=Format.SHARE, **options
    )


DRAWN = {
    "shares_by_place": (lambda one, two: charts.shares_by_place(one, two, LIGHT), (CONTINENTS, COUNTRIES)),
    "segments": (lambda frame: charts.segments(frame, LIGHT), (SEGMENTS,)),
    "rfm_averages": (lambda frame: charts.rfm_averages(frame, LIGHT), (SEGMENTS,)),
    "orders_by_reason": (lambda frame: charts.orders_by_reason(frame, LIGHT), (REASONS,)),
    "top_subcategories": (lambda frame: charts.top_subcategories(frame, LIGHT), (TOP,)),
    "heat": (heat, (CROSSING,)),
    "rfm_grid": (lambda frame: charts.rfm_grid(frame, LIGHT), (GRID,)),
    "segments_by_tier": (lambda frame: charts.segments_by_tier(frame, LIGHT), (TIERED,)),
    "revenue_against_target": (lambda one, two: charts.revenue_against_target(one, two, LIGHT), (COURSE, RATE)),
    "cumulative_revenue": (lambda frame: charts.cumulative_revenue(frame, LIGHT), (YEAR,)),
    "daily_revenue": (lambda frame: charts.daily_revenue(frame, LIGHT), (DAYS,)),
    "monthly_growth": (lambda frame: charts.monthly_growth(frame, LIGHT), (MONTHS,)),
    "orders_by_month": (lambda frame: charts.orders_by_month(frame, LIGHT), (ORDERS,)),
    "changes": (lambda frame: charts.changes(frame, LIGHT), (CHANGES,)),
    "pareto_curve": (lambda frame: charts.pareto_curve(frame, LIGHT), (CURVE,)),
    "product_bubbles": (lambda frame: charts.product_bubbles(frame, LIGHT), (PRODUCTS,)),
    "segment_codes": (lambda frame: charts.segment_codes(frame, LIGHT), (CODES,)),
}
_SCALES = {"day", "days_in_year", "year", "recency_score", "frequency_score"}
_AMOUNTS = {
    "revenue", "revenue_share", "difference", "growth", "profit", "avg_monetary",
    "revenue_to_date", "revenue_month_to_date",
}  # fmt: skip


def svg(chart: alt.LayerChart) -> str:
    return vl_convert.vegalite_to_svg(chart.properties(width=600).to_dict())


def texts(chart: alt.LayerChart) -> list[str]:
    """All texts of the drawing, in the order drawn; lines of one text are joined by a space."""
    found = re.findall(r"<text[^>]*>(.*?)</text>", svg(chart))
    return [html.unescape(re.sub(r"<[^>]+>", " ", text)).strip() for text in found]


def marks(chart: alt.LayerChart) -> pd.DataFrame:
    """The rows the first layer with a tooltip draws."""
    layer = next(layer for layer in chart.layer if "tooltip" in layer.encoding.to_dict())
    return chart.data if layer.data is alt.Undefined else layer.data


def pick_fields(chart: alt.LayerChart) -> list[str]:
    fields = {one["name"]: one["select"]["fields"] for one in chart.to_dict()["params"]}
    assert fields["pick"] == fields["add"], "a click and one with shift tell different things"
    assert fields["pick"][-1] == "turn"
    return fields["pick"][:-1]


def altered(frame: pd.DataFrame, change: str) -> pd.DataFrame:
    """The frame as an odd business would have it."""
    numbers = [name for name in frame.select_dtypes("number") if name not in _SCALES]
    match change:
        case "one row":
            return frame.head(1)
        case "all zero":
            return frame.assign(**{name: 0 * frame[name] for name in numbers})
        case "losses":
            return frame.assign(**{name: -frame[name] for name in _AMOUNTS & set(frame)})
        case "nothing known":
            return frame.assign(**{name: frame[name].astype(float) * float("nan") for name in numbers})
        case _:
            named = frame.select_dtypes(["object", "str"]).columns
            return frame.assign(**{name: [f"{LONG} {place}" for place in range(len(frame))] for name in named})


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("change", ["one row", "all zero", "losses", "nothing known", "long names"])
def test_every_chart_draws_whatever_the_business(name, change):
    draw, frames = DRAWN[name]
    drawn = svg(draw(*(altered(frame, change) for frame in frames)))
    assert drawn.startswith("<svg")
    assert "NaN" not in re.sub(r'aria-label="[^"]*"', "", drawn)


@pytest.mark.parametrize("name", charts.__all__)
def test_every_chart_says_its_finding_and_its_narrowest_width(name):
    draw, frames = DRAWN[name]
    chart = draw(*frames)
    assert chart.description.endswith(".")
    assert "  " not in chart.description
    assert chart.usermeta["narrowest"] >= 80


def test_no_chart_changes_the_frame_it_is_given():
    before = {name: [frame.copy() for frame in frames] for name, (_, frames) in DRAWN.items()}
    for name, (draw, frames) in DRAWN.items():
        draw(*frames)
        for kept, frame in zip(before[name], frames, strict=True):
            pd.testing.assert_frame_equal(kept, frame)


def test_countries_stand_below_their_continent_largest_first():
    chart = charts.shares_by_place(CONTINENTS, COUNTRIES, LIGHT)
    assert [text for text in texts(chart) if text] == [
        "Europe", "Germany", "Italy", "Oceania", "Australia", "75.0%", "50.0%", "25.0%", "25.0%", "25.0%",
    ]  # fmt: skip
    assert chart.description == "Europe brings 75.0% of revenue, more than any other continent."
    assert pick_fields(chart) == ["continent", "country"]
    assert marks(chart)[["continent", "country"]].fillna("").values.tolist()[:2] == [
        ["Europe", ""],
        ["Europe", "Germany"],
    ]


def test_the_smallest_of_many_countries_are_one_bar_and_still_add_up():
    many = pd.DataFrame(
        {"continent": "Europe", "country": [f"Country {place:02}" for place in range(30)], "revenue": 1.0,
         "revenue_share": 1 / 30, "orders": 1, "buyers": 1}
    )  # fmt: skip
    rows = marks(charts.shares_by_place(CONTINENTS.head(1), many, LIGHT))
    countries = rows[rows.said.str.startswith("Place: Country") | rows.said.str.contains("other countries")]
    assert len(countries) == 21
    assert countries.iloc[-1].said == (
        "Place: 10 other countries; Revenue: 10.00; Share of revenue: 33.33%; Orders: 10; Buyers: 10"
    )
    assert countries.iloc[-1].country is None


def test_segments_show_both_shares_on_one_scale_in_their_own_colours():
    chart = charts.segments(SEGMENTS, LIGHT)
    assert texts(chart)[-6:] == ["90.0%", "<0.1%", "10.0%", "25.0%", "75.0%", "0.0%"]
    rows = marks(chart)
    lengths = (rows.end - rows.start).round(4).tolist()
    assert lengths[0] / lengths[4] == pytest.approx(0.9 / 0.75, abs=0.001)
    assert rows.colour.tolist() == ["#5852D1", "#666666", "#66707F", "#66707F", "#66707F", "#66707F"]
    assert rows.said[0] == (
        "Segment: Champions; Revenue: 900.00; Share of revenue: 90.00%; Customers: 1; Share of customers: 25.00%; "
        "Orders: 9"
    )


def test_chosen_bars_keep_their_colour_and_others_are_muted():
    assert marks(charts.segments(SEGMENTS, LIGHT)).opacity.tolist() == [1.0] * 6
    assert marks(charts.segments(SEGMENTS, LIGHT, chosen=("Lost",))).opacity.tolist() == [0.3, 1.0, 0.3] * 2


def test_averages_leave_out_who_has_no_score_and_name_their_units():
    chart = charts.rfm_averages(SEGMENTS, LIGHT)
    shown = texts(chart)
    assert {"Recency, days", "Frequency, orders", "Monetary", "400", "9.0", "12.3 K"} <= set(shown)
    assert "Buyer not known" not in shown
    assert chart.description == "Champions bought last, 1 day ago on average; Champions brought the most, 12.3 K each."


def test_orders_without_a_reason_have_a_number_and_no_share():
    chart = charts.orders_by_reason(REASONS, LIGHT)
    assert [text for text in texts(chart) if text] == [
        "Quality", "Price", "No reason given", "75.0%", "25.0%", "8,453 orders",
    ]  # fmt: skip
    assert pick_fields(chart) == ["reason"]


def test_subcategories_say_amount_and_share():
    chart = charts.top_subcategories(TOP, LIGHT)
    assert [text for text in texts(chart) if text] == ["Bikes", "Bells", "2.5 K · 62.5%", "500 · 12.5%"]
    assert chart.description == "Bikes sold most: 2.5 K, 62.5% of revenue."


def test_heat_orders_columns_by_size_and_says_where_nothing_was_sold():
    chart = heat(CROSSING, tips=[Tip("Revenue", "revenue", Format.MONEY)], rows=["Lost", "Champions"])
    assert texts(chart) == ["100.0%", "–", "75.0%", "25.0%", "Germany", "Italy", "Lost", "Champions"]
    assert pick_fields(chart) == ["segment", "country"]
    assert marks(chart).said.tolist()[:2] == [
        "Segment: Lost; Country: Germany; Revenue: 50.00", "Segment: Lost; Country: Italy; Revenue: –",
    ]  # fmt: skip


def test_heat_darkens_with_the_value_and_tints_losses():
    rows = marks(heat(CROSSING.assign(revenue_share=[-0.1, 0.55, 1.0])))
    assert dict(zip(rows.row_key + " × " + rows.column_key, rows.colour, strict=True)) == {
        "000\tChampions × 000\tGermany": LIGHT.sequential[5],
        "000\tChampions × 001\tItaly": LIGHT.diverging[3],
        "001\tLost × 000\tGermany": LIGHT.sequential[9],
        "001\tLost × 001\tItaly": LIGHT.sequential[0],
    }
    assert [pd.isna(name) for name in rows.segment] == [False, False, False, True], "a click would empty the page"


def test_heat_mutes_what_neither_choice_holds():
    rows = marks(heat(CROSSING, chosen=("Champions",), chosen_columns=("Italy",)))
    assert rows[rows.opacity == 1][["segment", "country"]].values.tolist() == [["Champions", "Italy"]]


def test_the_grid_has_25_cells_best_at_the_upper_right():
    chart = charts.rfm_grid(GRID, LIGHT, recency=("5",))
    rows = marks(chart)
    assert len(rows) == 25
    known = rows[rows.recency_score.notna() & rows.frequency_score.notna()]
    assert known.label.tolist() == ["7", "1,200"]  # a click on another cell would empty the page
    assert rows[["recency_score", "frequency_score"]].iloc[4].tolist() == ["5", "5"]
    assert rows.label.tolist() == ["–", "–", "–", "–", "7", *["–"] * 15, "1,200", *["–"] * 4]
    assert rows.opacity.tolist() == [1.0] * 5 + [0.3] * 20
    assert chart.description == "Most customers, 1,200, have recency score 1 and frequency score 1."


def test_segments_by_tier_follow_the_order_of_both():
    chart = charts.segments_by_tier(TIERED, LIGHT)
    assert texts(chart)[:4] == ["1.5 M · 1", "–", "–", "20 · 3"]
    assert texts(chart)[4:] == ["Top Clients", "Less Profitable Clients", "Champions", "Lost"]
    assert chart.description == "Champions in Top Clients bring the most: 1.5 M from 1 buyer."


def test_the_year_against_its_target():
    chart = charts.revenue_against_target(COURSE, RATE, LIGHT)
    assert {"2026: 30", "Target: 5.4 K", "Run rate: 5.5 K", "2025: 4.0 K", "Jan", "Nov"} <= set(texts(chart))
    assert chart.description == (
        "Revenue of 2026 is 30 by 2 Jan 2026, a year before it was 20; the target to date is 29."
    )
    without = charts.revenue_against_target(
        COURSE, RATE.assign(revenue_target=None, revenue_target_to_date=None), LIGHT
    )
    assert not any("arget" in text for text in [*texts(without), without.description])


def test_last_year_follows_its_own_course_to_its_end():
    chart = charts.revenue_against_target(COURSE, RATE, LIGHT)
    rows = marks(chart)
    days = [(x - pd.Timestamp("2026-01-01").timestamp() * 1000) / 86_400_000 for x in rows.x]
    assert days == [0, 1, 2, 364, 365]
    assert rows.revenue_to_date_last_year.tolist() == [0, 5, 20, 20, 4000]
    assert rows.now.tolist()[:3] == [0, 10, 30]
    assert rows.now.isna().tolist() == [False, False, False, True, True]
    assert pick_fields(chart) == ["month"]
    assert rows.left.isna().tolist() == [True, False, False, False, False]
    assert rows.month.fillna("").tolist() == ["", "2026-01", "2026-01", "", ""]
    assert rows.said.iloc[3] == "Day: 30 December 2026; 2026 so far: –; 2025 to the same day: 20.00"


def test_labels_at_the_ends_of_lines_never_cover_each_other():
    close = RATE.assign(revenue_last_year=[5400.0], revenue_expected=[5400.0])
    levels = charts.revenue_against_target(COURSE, close, LIGHT).layer[-1].data.level.dropna().sort_values().tolist()
    pixels = [level / (5400 * 1.06) * 250 for level in levels]
    assert all(after - before > 14.9 for before, after in itertools.pairwise(pixels))


def test_cumulative_sales_mark_the_month_that_looks_incomplete():
    chart = charts.cumulative_revenue(YEAR, LIGHT, thin=[pd.Timestamp("2026-01-01")])
    assert {"2026: 30", "2025: 20", "January 2026 looks incomplete"} <= set(texts(chart))
    assert "null" not in texts(chart)
    assert "December" not in svg(charts.cumulative_revenue(YEAR, LIGHT, thin=[pd.Timestamp("2025-12-01")]))


def test_cumulative_profit_without_a_year_before_has_one_line():
    chart = charts.cumulative_revenue(YEAR, LIGHT, measure="profit")
    assert [text for text in texts(chart) if text.startswith("20")] == ["2026: −3"]
    assert chart.description == "Profit runs up to −3 by 2 Jan 2026; a year before it was –."


def test_days_stand_below_the_month_to_date():
    chart = charts.daily_revenue(DAYS, LIGHT)
    assert {"Feb 2026: 1.5 K", "Jan 2026: 600", "1.0 K"} <= set(texts(chart))
    assert chart.description == "Feb 2026 brought 1.5 K, against 600 in Jan 2026. The best day was day 1 with 1.0 K."


def test_growth_says_new_and_caps_bars_but_not_labels():
    chart = charts.monthly_growth(MONTHS, LIGHT, chosen=("2026-02",))
    rows = marks(chart)
    assert rows.label.tolist() == ["new", "−50%", "+600%", "−99%"]
    assert rows.drawn.tolist() == [0.0, -0.5, 2.0, -0.99]
    assert rows.colour.tolist() == [LIGHT.gain, LIGHT.loss, LIGHT.gain, LIGHT.quiet]
    assert rows.month.tolist() == ["2026-01", "2026-02", "2026-03", "2026-04"]
    assert [value == 1 for value in rows.opacity] == [False, True, False, False]
    assert chart.usermeta["note"] == "April 2026 looks incomplete."


def test_orders_by_month_are_bars_that_choose_their_month():
    chart = charts.orders_by_month(ORDERS, LIGHT, chosen=("2026-01",))
    rows = marks(chart)
    assert rows.y.tolist() == [100.0, 0.0, -20.0]
    assert rows.month.tolist() == ["2026-01", "2026-02", "2026-03"]
    assert rows.colour.tolist() == [LIGHT.accent, LIGHT.accent, LIGHT.loss]
    assert [value == 1 for value in rows.opacity] == [True, False, False]
    assert pick_fields(chart) == ["month"]
    assert chart.description == (
        "1 of 3 months have orders, the latest January 2026; the largest is January 2026 with 100."
    )


def test_changes_are_ordered_by_size_whichever_the_sign():
    chart = charts.changes(CHANGES, LIGHT)
    assert [text for text in texts(chart) if text] == [
        "Italy", "Lost", "Germany", "−2.0 K (−69.0%)", "−10 (−50.0%)", "+5 (new)",
    ]  # fmt: skip
    assert pick_fields(chart) == ["dimension", "name"]
    assert [text for text in texts(charts.changes(CHANGES, LIGHT, dimension="segment")) if text] == [
        "Lost",
        "−10 (−50.0%)",
    ]


def test_a_page_gets_the_same_chart_apart_from_its_rows_and_words():
    chart = charts.pareto_curve(CURVE, LIGHT)
    whole = chart.to_dict()
    drawn = style.drawn(lambda: charts.pareto_curve(CURVE, LIGHT))
    assert (drawn.finding, drawn.note) == (chart.description, chart.usermeta["note"])
    assert [drawn.rows[layer["data"]["name"]].to_pylist() for layer in drawn.spec["layer"]] == [
        whole["datasets"][layer.get("data", whole.get("data"))["name"]] for layer in whole["layer"]
    ]
    without = [{key: value for key, value in layer.items() if key != "data"} for layer in whole["layer"]]
    assert [{key: value for key, value in layer.items() if key != "data"} for layer in drawn.spec["layer"]] == without
    rest = {key: value for key, value in whole.items() if key not in ("data", "datasets", "description", "usermeta")}
    assert {**drawn.spec, "layer": whole["layer"]} == rest
    assert drawn.rows[drawn.clicked].column("tier").to_pylist(), "a click tells no tier"


def test_other_rows_change_nothing_else_in_a_chart():
    """So the browser changes the rows of a chart that stays, instead of drawing it anew."""
    first = pd.DataFrame(
        {"segment": ["Loyal", "Lost"], "country": "Italy", "revenue_share": [0.6, 0.4], "revenue": 1.0}
    )
    other = first.assign(revenue_share=[0.4, None], revenue=[0.4, None], country="Italy")

    def heat(frame: pd.DataFrame, chosen: tuple) -> style.Drawn:
        options = {"row": "segment", "column": "country", "value": "revenue_share", "format": Format.SHARE}
        return style.drawn(lambda: charts.heat(frame, LIGHT, chosen=chosen, **options))

    assert heat(first, ()).spec == heat(other, ("Lost",)).spec
    assert heat(first, ()).rows != heat(other, ("Lost",)).rows
    falling = REASONS.assign(orders=REASONS.orders[::-1].tolist(), order_share=REASONS.order_share[::-1].tolist())
    one, two = (style.drawn(partial(charts.orders_by_reason, frame, LIGHT)) for frame in (REASONS, falling))
    assert one.spec == two.spec
    assert one.rows != two.rows


STAYING = {
    "revenue_against_target": (
        charts.revenue_against_target,
        (COURSE, RATE),
        (COURSE.head(2).assign(revenue_to_date_last_year=0.0), RATE.assign(revenue_target=None, days_in_year=366)),
    ),
    "cumulative_revenue": (
        partial(charts.cumulative_revenue, thin=[pd.Timestamp("2026-01-01")]),
        (YEAR,),
        (YEAR.head(1).assign(revenue_to_date=-1e9, revenue_to_date_last_year=0.0, date=pd.Timestamp("2025-02-03")),),
    ),
    "monthly_growth": (charts.monthly_growth, (MONTHS,), (MONTHS.head(2).assign(growth=[0.1, 0.2]),)),
    "product_bubbles": (
        charts.product_bubbles,
        (PRODUCTS,),
        (PRODUCTS.head(1).assign(profit=1.0, revenue=1e9),),
    ),
    "segments_by_tier": (charts.segments_by_tier, (TIERED,), (TIERED.head(1),)),
    "daily_revenue": (charts.daily_revenue, (DAYS,), (DAYS.head(1).assign(revenue=-7.0, revenue_month_to_date=None),)),
}


@pytest.mark.parametrize("name", STAYING)
def test_axes_follow_the_rows_of_a_chart_that_stays(name):
    """What an axis spans and says is told by rows: the browser draws nothing anew, whatever the filter."""
    draw, rows, others = STAYING[name]
    one, other = (style.drawn(partial(draw, *frames, LIGHT)) for frames in (rows, others))
    assert one.rows != other.rows
    assert one.spec == other.spec


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        ("2026-01-01", "2026-01-31", ["1 Jan", "8 Jan", "15 Jan", "22 Jan", "29 Jan"]),
        ("2025-12-10", "2026-02-01", ["10 Dec", "23 Dec", "5 Jan", "18 Jan", "31 Jan"]),
        ("2026-01-01", "2026-12-31", ["Jan", "Mar", "May", "Jul", "Sep", "Nov"]),
        ("2023-05-31", "2026-06-30", ["Jul 23", "Jan 24", "Jul 24", "Jan 25", "Jul 25", "Jan 26"]),
        ("2013-06-15", "2026-06-30", ["Jan 14", "Jan 16", "Jan 18", "Jan 20", "Jan 22", "Jan 24", "Jan 26"]),
    ],
)
def test_an_axis_of_days_names_months_or_days_by_its_length(first, last, labels):
    days = pd.DataFrame(
        {"date": pd.to_datetime([first, last]), "revenue_to_date": 1.0, "revenue_to_date_last_year": 0.0}
    )
    assert texts(charts.cumulative_revenue(days, LIGHT))[: len(labels)] == labels


def test_days_and_what_is_absent_reach_the_browser_as_text_and_null():
    frame = pd.DataFrame({"day": [pd.Timestamp("2014-06-30"), pd.NaT], "revenue": [1.5, None]})
    sent = alt.Chart(frame).mark_point().to_dict()["datasets"]
    assert list(sent.values()) == [[{"day": "2014-06-30T00:00:00", "revenue": 1.5}, {"day": None, "revenue": None}]]


def test_the_curve_names_each_tier_and_counts_who_stands_after_its_end():
    chart = charts.pareto_curve(CURVE, LIGHT)
    assert chart.description == (
        "Top Clients, 10 buyers, the first 70.0%; Mid Range Clients, 20 buyers, to 90.0%; "
        "Less Profitable Clients, 70 buyers, the rest."
    )
    assert pick_fields(chart) == ["tier"]
    assert set(marks(chart).colour) == set(LIGHT.tiers.values())


def test_bubbles_show_loss_and_count_what_cannot_stand_on_a_logarithm():
    chart = charts.product_bubbles(PRODUCTS, LIGHT)
    rows = marks(chart)
    assert dict(zip(rows["product"], rows.colour, strict=True)) == {
        "Road": LIGHT.gain, "Helmet": LIGHT.loss, "Bell": LIGHT.accent,
    }  # fmt: skip
    assert rows["shape"].tolist() == ["circle", "triangle-down", "circle"]
    assert {"Road", "Helmet", "Bell", "Revenue (log)", "Area: profit, ▼ a loss"} <= set(texts(chart))
    assert "Area: profit" in texts(charts.product_bubbles(PRODUCTS.assign(profit=1.0), LIGHT))
    assert not any("profit" in text for text in texts(charts.product_bubbles(PRODUCTS.drop(columns="profit"), LIGHT)))
    assert chart.usermeta["note"] == "1 without positive units and revenue is not drawn."
    assert chart.description == (
        "Road sold most: 90.0 K from 10 units; 1 of 3 are sold at a loss. "
        "1 without positive units and revenue is not drawn."
    )


def test_crowded_bubbles_name_only_what_has_room():
    crowd = pd.DataFrame(
        {"product": [f"Product {place}" for place in range(40)], "items": 10.0 + 0.01 * pd.Series(range(40)),
         "revenue": 100.0, "profit": 1.0}
    )  # fmt: skip
    labelled = (marks(charts.product_bubbles(crowd, LIGHT)).label != "").sum()
    assert 1 <= labelled < 10


def test_layers_are_written_as_altair_would_write_them():
    frame = pd.DataFrame({"x": [1.0, 2.0], "name": ["a", "b"]})
    bars = style.named(alt.Chart(frame).mark_bar().encode(x="x:Q", y="name:N"), "marks")
    words = alt.Chart(frame).mark_text().encode(x="x:Q", y="name:N", text="name:N")
    ours = style.layered(bars.add_params(*style.pickers(["name"])), words).to_dict()
    theirs = alt.layer(bars.add_params(*style.pickers(["name"])), words).to_dict()
    data = theirs.pop("data")  # Altair says once for all layers what each of ours says
    assert ours == theirs | {"layer": [{**layer, "data": data} for layer in theirs["layer"]]}


def test_the_line_of_a_card_lies_above_zero_and_reaches_its_largest_value():
    drawing = trend.picture([0, 5.0, None, 10.0], LIGHT)
    assert 'points="0.0,42.0 60.0,22.0 120.0,42.0 180.0,2.0"' in drawing
    below = trend.picture([10.0, -10.0], LIGHT)
    assert '<polygon points="0,22.0 0.0,2.0 180.0,42.0 180,22.0"' in below
