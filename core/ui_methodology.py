"""The Methodology page: what every figure means, and every rule worked through on the viewer's own data.

Its words are those of the code: definitions of core/metrics.py, comments of the SQL, descriptions of the modules that
hold the rules. Its numbers are those of the reports.
"""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from core import (
    charts,
    customer_words,
    filters,
    formats,
    lineage,
    pareto,
    periods,
    playbook,
    rfm,
    theme,
    ui_state,
    worked,
)
from core.filters import KEYS
from core.formats import Format
from core.metrics import COLUMNS
from core.periods import Span
from core.ui_charts import wide_enough
from core.ui_text import plain
from core.ui_view import View

SECTIONS = {
    "scores": "Scores and segments",
    "tiers": "Pareto tiers",
    "revenue": "Revenue of a line",
    "shares": "Shares",
    "time": "Time and targets",
    "figures": "Figures",
    "filters": "Filters",
    "data": "Data and views",
}
_MEASURES = {"recency": "recency_days", "frequency": "frequency", "monetary": "monetary"}


def contents() -> None:
    """Links to the sections."""
    st.markdown(" · ".join(f"[{title}](#{anchor})" for anchor, title in SECTIONS.items()))


def scores(view: View) -> None:
    """One customer from its values to its segment; the codes of every segment."""
    section("scores", rfm.__doc__, "score_cuts", "customer_scores")
    found = worked.scores(view.mart, view.filter)
    if found is None:
        st.caption("No customer under this filter has a score.")
    else:
        st.markdown(f"**{plain(found.customer_name)}** has the code **{found.code}**: **{plain(found.segment)}**.")
        table("From values to scores", [_score_row(row) for row in found.rows.to_dict("records")])
    rows = [(name, code) for name, codes in worked.codes().items() for code in codes]
    chart = charts.segment_codes(pd.DataFrame(rows, columns=["segment", "code"]), theme.load(ui_state.theme_mode()))
    with wide_enough(chart.usermeta["narrowest"]):
        st.vega_lite_chart(chart.to_dict(), theme=None, key="segment_codes")
    counted = view.run("segments").set_index("segment")
    table(
        "The segments",
        [
            {
                "Segment": f"**{plain(segment.name)}**",
                "Strategy": plain(segment.strategy),
                "At risk": "yes" if segment.at_risk else "",
                "Codes": str(len(worked.codes()[segment.name])),
                "Customers here": _written(counted.customers.get(segment.name, 0), Format.COUNT),
            }
            for segment in playbook.segments()
        ],
    )


def _score_row(row: Mapping) -> dict[str, str]:
    column = COLUMNS[_MEASURES[row["measure"]]]
    return {
        "Measure": f"**{plain(column.label)}**",
        "Value": _written(row["value"], column.format),
        **{f"{name[4:]} % point": plain(customer_words.cut_point(row[name], row["measure"])) for name in worked.CUTS},
        "Cut points below": str(row["cuts_below"]),
        "Rule": plain(row["rule"]),
        "Score": f"**{row['score']}**",
    }


def tiers(view: View) -> None:
    """The customers beside the cut-offs."""
    section("tiers", pareto.__doc__, "customer_tiers")
    cuts, names = view.filter.cut_offs, pareto.tier_names()
    ends = zip(names, (cuts.top, cuts.mid), strict=False)
    st.markdown(", ".join(f"{plain(name)} end at **{_written(cut, Format.SHARE)}**" for name, cut in ends) + ".")
    rows = [
        {
            "Place": str(row.revenue_rank),
            "Customer": plain(row.customer_name),
            COLUMNS["monetary"].label: _written(row.monetary, Format.MONEY),
            COLUMNS["cumulative_share"].label: plain(formats.percent(row.cumulative_share, 3)),
            "Tier": f"**{plain(row.tier)}**",
        }
        for row in view.run("example_tiers").itertuples()
    ]
    table("Customers beside the cut-offs", rows)


def revenue(view: View) -> None:
    """One order, its charge spread over its lines."""
    section("revenue", COLUMNS["revenue"].definition, "order_lines")
    rows = view.run("example_order")
    if rows.empty:
        st.caption("No order under this filter has lines.")
        return
    first = rows.iloc[0]
    charged, net = rows.revenue.sum(), rows.net_sales.sum()
    st.markdown(
        f"Order **{plain(first.order_id)}** of {formats.date_text(first.order_date)} was charged "
        f"**{_written(charged, Format.MONEY)}**; its lines add up to {_written(net, Format.MONEY)}. "
        f"The difference of **{_written(charged - net, Format.MONEY)}** is spread by their size:"
    )
    lines = [
        {
            "Line": str(row.line_number),
            "Product": plain(row.product),
            "Net amount": _written(row.net_sales, Format.MONEY),
            "Part by size": _written(row.weight_share, Format.SHARE),
            "Part of the difference": _written(row.part_of_difference, Format.MONEY),
            "Revenue": f"**{_written(row.revenue, Format.MONEY)}**",
        }
        for row in rows.itertuples()
    ]
    table("One order, line by line", lines)


def shares(view: View) -> None:
    """One share: a part, the whole it is of."""
    section("shares", COLUMNS["revenue_share"].definition)
    found = worked.share(view.mart, view.filter)
    if found is None:
        st.caption("Nothing was charged under this filter.")
        return
    st.markdown(
        f"{plain(found.name)}: {_written(found.revenue, Format.MONEY)} ÷ {_written(found.whole, Format.MONEY)} = "
        f"**{_written(found.share, Format.SHARE)}** of revenue, with the filter on segments lifted from the whole."
    )


def time(view: View) -> None:
    """What the period is held against, the target to date, and the month that looks most incomplete."""
    section("time", periods.__doc__, "calendar_span", "months")
    found = worked.earlier(view.mart, view.filter)
    if found.spans:
        st.markdown(f"**Last year**: {_against_last_year(found)}")
    st.markdown(f"**Last month**: {_spans(found.month)} is held against {_spans(found.last_month)}.")
    month = worked.thinnest_month(view.mart, view.filter)
    if month is not None:
        part, median = _written(month.usual_share, Format.SHARE), _written(month.usual_revenue, Format.MONEY)
        st.markdown(
            f"**Incomplete months**: smallest beside the months before it is {_written(month.month, Format.MONTH)} "
            f"with {_written(month.revenue, Format.MONEY)}, {part} of their median ({median}): "
            f"it {'looks incomplete' if month.is_thin else 'counts as complete'}."
        )
    _target(view)


def _against_last_year(found: worked.Earlier) -> str:
    said = f"{_spans(found.spans)} with {_written(found.revenue, Format.MONEY)} is held against "
    if found.revenue_last_year is None:
        said += f"nothing: by {formats.date_text(found.last_year[-1].last)} last year had hardly begun."
    else:
        said += f"{_spans(found.last_year)} with {_written(found.revenue_last_year, Format.MONEY)}: "
        said += "new." if found.growth is None else f"**{plain(formats.short(found.growth, Format.GROWTH))}**."
    return f"{said} {_spans(found.left_out)} looks incomplete and is left out." if found.left_out else said


def _target(view: View) -> None:
    rows = view.run("example_target")
    if rows.empty:
        st.caption("No target is set for this year.")
        return
    st.markdown(
        f"**Target to date**: {_written(rows.revenue_target_to_date.sum(), Format.MONEY)} of "
        f"{_written(rows.revenue_target.sum(), Format.MONEY)} for the year. "
        f"{COLUMNS['revenue_target_to_date'].definition}"
    )
    months = [
        {
            "Month": _written(row.month, Format.MONTH),
            "Target": _written(row.revenue_target, Format.MONEY),
            "Days so far": f"{row.days_so_far} of {row.days}",
            "Target to date": _written(row.revenue_target_to_date, Format.MONEY),
        }
        for row in rows[rows.days_so_far > 0].itertuples()
    ]
    table("Target to date by month", months)


def keys(view: View) -> None:
    """Every filter key, what it picks, and what of it is on."""
    section("filters", filters.__doc__)
    rows = [
        {
            "Filter": f"**{plain(key.label)}**",
            "In the link": f"`{key.name}`",
            "Picks": key.level.value,
            "Chosen": plain(", ".join(view.filter.get(key.name))),
        }
        for key in KEYS.values()
    ]
    table("Every filter", rows)


def section(anchor: str, rule: str = "", *views: str) -> None:
    """The section's heading, the rule as the module that holds it says it, and what the views say that apply it."""
    st.header(SECTIONS[anchor], anchor=anchor)
    known = lineage.views()
    said = [plain(" ".join(paragraph.split())) for paragraph in rule.strip().split("\n\n")]
    st.markdown("  \n".join([*said, *(f"`{name}`: {plain(known[name].grain)}" for name in views)]))


def table(alt: str, rows: Sequence[Mapping[str, str]]) -> None:
    """A table of Markdown texts."""
    st.table(pd.DataFrame(rows), border="horizontal", hide_index=True, alt=alt)


def _written(value: object, format: Format) -> str:
    return plain(formats.exact(value, format))


def _spans(spans: Sequence[Span]) -> str:
    return ", ".join(f"{formats.date_text(span.first)} – {formats.date_text(span.last)}" for span in spans) or "no days"
