"""Frames to Altair charts: one function a chart, a report's frame and a theme in, a chart out.

All take `chosen`, the values of the filter key they show that are on (those in full colour, all others muted; none: all
full). What can be clicked yields the selection named "pick". Widths are left to the page; amounts are written in the
style in force (core/formats.py). `chart.description` is the text alternative; `chart.usermeta` holds `narrowest`, the
px under which the chart cannot be read, and `note`, for the caption.
"""

from core.charts.breakdowns import orders_by_reason, rfm_averages, segments, shares_by_place, top_subcategories
from core.charts.bubbles import product_bubbles
from core.charts.changes import changes, monthly_growth
from core.charts.codes import segment_codes
from core.charts.crossings import heat, rfm_grid, segments_by_tier
from core.charts.curve import pareto_curve
from core.charts.days import daily_revenue
from core.charts.orders import orders_by_month
from core.charts.progress import cumulative_revenue, revenue_against_target

__all__ = [
    "changes",
    "cumulative_revenue",
    "daily_revenue",
    "heat",
    "monthly_growth",
    "orders_by_month",
    "orders_by_reason",
    "pareto_curve",
    "product_bubbles",
    "revenue_against_target",
    "rfm_averages",
    "rfm_grid",
    "segment_codes",
    "segments",
    "segments_by_tier",
    "shares_by_place",
    "top_subcategories",
]
