"""What a filter's choice stands for in SQL: the relations that reports read, and their parameters.

sales                     the facts picked, one row an order, or a line where the filter picks lines
lines                     the same, always one row a line; lines_last_month likewise
whole, whole_lines        with the filter on the report's own keys lifted: what shares are shares of
totals                    one row: revenue, profit, orders and buyers of the whole
sales_last_year, …_month  the same calendar span one year or month earlier, cut at the same day
sales_whole_last_year     the same, whole
sales_twelve_months       the twelve months up to the as-of date instead of the period, and …_before the twelve before
sales_always              whatever the day
people, whole_people      customers, whatever they bought
period                    the spans picked: first_day, last_day (to the as-of date), whole_last_day
target                    one row: revenue_target, revenue_target_to_date, and target_from, what they rest on: months,
                          growth (on last year), nothing (none is set), whole business (set, but not for what is picked)
"""

import functools
from collections.abc import Callable, Sequence

from core import pareto, periods, rfm
from core.filters import Filter, Level, conditions
from core.periods import Period, Span
from core.warehouse import Mart

_PICKS = (Level.PEOPLE, Level.ORDERS, Level.LINES)
_TIER = (
    "case when customer_key is null then $buyer_not_known when customer_key <= $top_key then $top_tier"
    " when customer_key <= $mid_key then $mid_tier else $last_tier end"
)
_PERSON_TIER = f"case when not is_buyer then $never_ordered else {_TIER} end"

# Targets are for the whole business, by month; a month that a span covers in part counts by days.
_TARGET_OF_MONTHS = """select
        round(sum(revenue_target * whole_days / month_days) filter (where whole_days > 0), 4) as revenue_target,
        round(sum(revenue_target * days_to_date / month_days) filter (where whole_days > 0), 4)
            as revenue_target_to_date,
        'months' as target_from
    from (
        select
            revenue_target,
            day(last_day(month)) as month_days,
            greatest(0, datediff('day', greatest(month, first_day), least(last_day(month), whole_last_day)) + 1)
                as whole_days,
            greatest(
                0, datediff('day', greatest(month, first_day), least(last_day(month), whole_last_day, $as_of)) + 1
            )   as days_to_date
        from targets
        cross join whole_period
    )"""
# Where the data has no target, growth over last year's same span stands in under the same filter, if asked for.
_TARGET_OF_GROWTH = """select
        (select sum(revenue) from sales_whole_last_year) * (1 + $target_growth) as revenue_target,
        (select sum(revenue) from sales_last_year) * (1 + $target_growth) as revenue_target_to_date,
        'growth' as target_from"""
_NO_TARGET = """select
        cast(null as double) as revenue_target, cast(null as double) as revenue_target_to_date, '{}' as target_from"""


def relations(
    mart: Mart, filter: Filter, own: Sequence[str], period: Period, *, tiered: bool
) -> dict[str, Callable[[], str]]:
    """What writes each relation's text under a filter and a period; `own` keys are lifted for what shares are of.

    Rows carry their tier where the report reads it (`tiered`) or the filter picks by it.
    """
    lifted = filter.without(*own)
    year_ago = periods.add_months(mart.as_of, -12)

    def facts(table: str, chosen: Filter, spans: Sequence[Span]) -> str:
        source = _with_tier(table, _TIER) if tiered or filter.get("tier") else table
        return f"select * from {source}\n    where {conditions(chosen, *_PICKS)[0]} and ({_days(mart, spans)})"

    def people(chosen: Filter) -> str:
        source = _with_tier("customers", _PERSON_TIER) if tiered or filter.get("tier") else "customers"
        return f"select * from {source}\n    where {conditions(chosen, Level.PEOPLE)[0]}"

    def sales(spans: Callable[[], Sequence[Span]]) -> Callable[[], str]:
        return lambda: facts(_grain(filter), filter, spans())

    return {
        "sales": sales(lambda: period.spans),
        "sales_last_year": sales(lambda: period.shifted(-12)),
        "sales_last_month": sales(lambda: period.shifted(-1)),
        "sales_whole_last_year": sales(lambda: period.whole_shifted(-12)),
        "sales_months_last_year": sales(lambda: period.months_shifted(-12)),
        "sales_twelve_months": sales(lambda: [Span(year_ago + periods.DAY, mart.as_of)]),
        "sales_twelve_months_before": sales(lambda: [Span(periods.add_months(year_ago, -12) + periods.DAY, year_ago)]),
        "sales_always": sales(lambda: [Span(mart.first_day, mart.as_of)]),
        "lines": lambda: facts("sales_lines", filter, period.spans),
        "lines_last_month": lambda: facts("sales_lines", filter, period.shifted(-1)),
        "whole": lambda: facts(_grain(lifted), lifted, period.spans),
        "totals": lambda: (
            "select sum(revenue) as revenue, sum(profit) as profit,"
            " {count_orders} as orders, {count_buyers} as buyers from whole"
        ),
        "whole_lines": lambda: facts("sales_lines", lifted, period.spans),
        "people": lambda: people(filter),
        "whole_people": lambda: people(lifted),
        "period": lambda: _span_rows("first_day, last_day", [(span.first, span.last) for span in period.spans]),
        "whole_period": lambda: _span_rows(
            "first_day, whole_last_day", [(span.first, span.last) for span in period.whole]
        ),
        "target": lambda: _target(mart, filter),
    }


def parameters(mart: Mart, filter: Filter, period: Period) -> dict:
    """Every value a report's SQL may name: the filter's own, the rules' and the period's."""
    top_key, mid_key = _last_keys(mart, filter.cut_offs)
    last_day = period.spans[-1].last if period.spans else mart.as_of
    month = periods.month_in_view(mart, filter)
    year = periods.year_of(last_day, mart.fiscal_year_start)
    return {
        "as_of": mart.as_of,
        "period_first_day": period.spans[0].first if period.spans else mart.as_of,
        "month": month,
        "last_month": periods.add_months(month, -1),
        "year": year,
        "year_first_day": periods.year_span(year, mart.fiscal_year_start).first,
        "year_last_day": periods.year_span(year, mart.fiscal_year_start).last,
        "basis_last_day": periods.basis_last_day(mart, period),
        "top_key": top_key,
        "mid_key": mid_key,
        "target_growth": float(filter.one("target_growth") or 0),
        **dict(zip(("top_tier", "mid_tier", "last_tier"), pareto.tier_names(), strict=True)),
        "tier_rows": list(pareto.row_names()),
        "segment_rows": list(rfm.row_names()),
        "at_risk": list(rfm.at_risk_names()),
        "lists_everyone": not filter.has(Level.PERIOD, Level.ORDERS, Level.LINES),
        "never_ordered": rfm.NEVER_ORDERED,
        "buyer_not_known": rfm.BUYER_NOT_KNOWN,
    } | conditions(filter, *_PICKS)[1]


def _grain(filter: Filter) -> str:
    return "sales_lines" if filter.has(Level.LINES) else "sales_orders"


def _with_tier(table: str, tier: str) -> str:
    return f"(select *, {tier} as tier from {table}) as tiered"


def _days(mart: Mart, spans: Sequence[Span]) -> str:
    if any(span.first <= mart.first_day and mart.as_of <= span.last for span in spans):
        return "true"
    return " or ".join(f"order_date between date '{span.first}' and date '{span.last}'" for span in spans) or "false"


def _span_rows(names: str, rows: Sequence[tuple]) -> str:
    first, last = names.split(", ")
    listed = " union all ".join(f"select date '{a}' as {first}, date '{b}' as {last}" for a, b in rows)
    return listed or f"select cast(null as date) as {first}, cast(null as date) as {last} where false"


def _target(mart: Mart, filter: Filter) -> str:
    if mart.summary["has_targets"]:
        return _NO_TARGET.format("whole business") if filter.has(*_PICKS) else _TARGET_OF_MONTHS
    return _TARGET_OF_GROWTH if filter.one("target_growth") else _NO_TARGET.format("nothing")


@functools.lru_cache(maxsize=256)
def _last_keys(mart: Mart, cuts: pareto.CutOffs) -> tuple[int, int]:
    row = mart.query(pareto.LAST_KEYS, {"top_cut": cuts.top, "mid_cut": cuts.mid}).iloc[0]
    return int(row.top_key), int(row.mid_key)
