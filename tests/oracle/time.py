"""The figures that look at the calendar: months, days, last year, last month, targets, the run rate."""

from collections.abc import Iterable

import pandas as pd

from oracle.choice import EVERY_DAY, LINES, ORDERS, PEOPLE, Choice, Span, earlier, to_date
from oracle.measures import NAN, total

ONE_DAY = pd.Timedelta(days=1)


def twelve_months(choice: Choice, key: str, segments: Iterable[str] | None = None) -> pd.Series:
    """Revenue of the last twelve months by key under the filter, whatever its period; of some segments, if named."""
    last = choice.world.as_of
    sales = choice.sales([(last - pd.DateOffset(years=1) + ONE_DAY, last)])
    if segments is not None:
        sales = sales[sales.segment.isin(segments)]
    return sales.groupby(key).revenue.sum()


def targets(choice: Choice, wanted: list[Span]) -> tuple[float, float]:
    """The target of a period, whole and to date: a month that is cut counts by its days."""
    table = choice.world.tables["dim_target"]
    if len(table) == 0:
        if not choice.has("target_growth"):
            return NAN, NAN
        growth = 1 + float(choice.query["target_growth"][0])
        cut = earlier(wanted, 12, choice.world.as_of)
        is_open = bool(wanted) and wanted[-1][1] == EVERY_DAY[-1]  # without an end there is no whole to compare with
        whole = cut if is_open else earlier(wanted, 12, EVERY_DAY[-1])
        return tuple(choice.sales(spans).revenue.sum(min_count=1) * growth for spans in (whole, cut))
    if choice.has(*PEOPLE, *ORDERS, *LINES):
        return NAN, NAN
    answers = []
    for spans in (wanted, to_date(wanted, choice.world.as_of)):
        amount = covered = 0.0
        for row in table.itertuples():
            days = pd.date_range(row.month, periods=pd.Timestamp(row.month).days_in_month)
            inside = sum(int(((days >= first) & (days <= last)).sum()) for first, last in spans)
            covered += inside
            amount += float(row.revenue_target) * 10000 * inside / len(days)
        answers.append((amount, covered))
    (whole, days), (so_far, _) = answers
    return (whole, so_far) if days else (NAN, NAN)


def month_in_view(choice: Choice) -> pd.Timestamp:
    """The month chosen; else the latest of the period that is whole and not thin."""
    if choice.has("month"):
        return pd.Timestamp(max(choice.query["month"]) + "-01")
    months, days = choice.world.months, choice.days
    if days:
        inside = months[(months.month >= days[0][0].replace(day=1)) & (months.month <= days[-1][1])]
        if len(inside) == 0:
            return days[-1][1].replace(day=1)
        months = inside
    good = months[months.whole & ~months.thin]
    good = good if len(good) else months[~months.thin]
    return (good if len(good) else months).month.iloc[-1]


def month_spans(choice: Choice) -> list[Span]:
    """The days of the month in view, as far as the period reaches into it."""
    month = month_in_view(choice)
    end = month + pd.offsets.MonthEnd(1)
    return [(max(a, month), min(b, end)) for a, b in choice.wanted if a <= end and b >= month]


def month_cards(choice: Choice) -> pd.DataFrame:
    wanted, as_of = month_spans(choice), choice.world.as_of
    sales = choice.sales(to_date(wanted, as_of))
    month = month_in_view(choice)
    found = {"month": month} | {name: total(sales)[name] for name in ("revenue", "orders", "buyers")}
    for name, months in (("revenue_last_month", 1), ("revenue_last_year", 12)):
        found[name] = choice.sales(earlier(wanted, months, as_of)).revenue.sum()
    found["revenue_target"], _ = targets(choice, wanted)
    first_orders = sales.customer_id.map(choice.customers.set_index("customer_id").first_order)
    new = first_orders.map(lambda day: any(first <= day <= last for first, last in wanted))
    found["new_buyers"] = sales[new.astype(bool)].customer_id.nunique()
    thin = choice.world.months.set_index("month").thin
    found["is_thin"] = thin.get(month)
    return pd.DataFrame([found])


def month_days(choice: Choice) -> pd.DataFrame:
    wanted, as_of = month_spans(choice), choice.world.as_of
    month = month_in_view(choice)
    before = month - pd.DateOffset(months=1)
    now, then = (
        sales.groupby(sales.day.dt.day).revenue.sum().reindex(range(1, 32), fill_value=0)
        for sales in (choice.sales(to_date(wanted, as_of)), choice.sales(earlier(wanted, 1, as_of)))
    )
    rows = []
    reached = as_of.day if as_of < month + pd.offsets.MonthEnd(1) else 31
    for day in range(1, max(month.days_in_month, before.days_in_month) + 1):
        here, there = (day <= min(reached, some.days_in_month) for some in (month, before))
        rows.append({
            "day": day,
            "revenue_month_to_date": now.loc[:day].sum(),
            "revenue_month_to_date_last_month": then.loc[:day].sum(),
            "revenue": now[day] if here else NAN,
            "revenue_last_month": then[day] if there else NAN,
        })  # fmt: skip
    return pd.DataFrame(rows)


def changes(choice: Choice) -> pd.DataFrame:
    wanted, as_of = month_spans(choice), choice.world.as_of
    now, then = choice.sales(to_date(wanted, as_of)), choice.sales(earlier(wanted, 1, as_of))
    rows = []
    for dimension in ("segment", "country", "subcategory"):
        a, b = now.groupby(dimension).revenue.sum(), then.groupby(dimension).revenue.sum()
        for name in sorted({*a.index, *b.index}):
            rows.append((dimension, name, a.get(name, 0), b.get(name, 0), a.get(name, 0) - b.get(name, 0)))
    return pd.DataFrame(rows, columns=["dimension", "name", "revenue", "revenue_last_month", "difference"])


def cumulative_revenue(choice: Choice) -> pd.DataFrame:
    """Sums since the period's first day, beside the same span of last year; no profit before the first cost."""
    start = choice.world.first_day.replace(day=1)  # the calendar begins with the data
    each = [day for first, last in choice.days for day in pd.date_range(max(first, start), last)]
    found = pd.DataFrame({"date": each})
    for suffix, sales, years in (("", choice.sales(), 0), ("_last_year", choice.sales(choice.earlier(12)), 1)):
        daily = sales.groupby("day")[["revenue", "profit", "has_cost"]].sum()
        daily.index = [day + pd.DateOffset(years=years) for day in daily.index]  # 29 February stands beside the 28th
        running = daily.groupby(level=0).sum().reindex(each, fill_value=0).cumsum().reset_index(drop=True)
        found[f"revenue_to_date{suffix}"] = running.revenue
        found[f"profit_to_date{suffix}"] = running.profit.where(running.has_cost > 0)
    return found


def year_course(choice: Choice) -> pd.DataFrame:
    """The year's sums as far as the data goes, beside last year's to the same day and on to its end."""
    start, end = year_of(choice)
    year = pd.DateOffset(years=1)
    now = choice.sales([(start, min(end, choice.world.as_of))]).groupby("day").revenue.sum().cumsum()
    before = choice.sales([(start - year, start - ONE_DAY)]).groupby("day").revenue.sum().cumsum()
    rows = []
    for day in pd.date_range(max(start, choice.world.first_day.replace(day=1)), end):
        same_day = start - ONE_DAY if day == end else day - year
        reached = day <= choice.world.as_of
        rows.append({
            "date": day,
            "revenue_to_date": now[:day].iloc[-1:].sum() if reached else NAN,
            "revenue_to_date_last_year": before[:same_day].iloc[-1:].sum(),
        })  # fmt: skip
    return pd.DataFrame(rows or {"date": []})


def monthly_growth(choice: Choice) -> pd.DataFrame:
    """Each month of the period, as far as the data goes, against the same days a year before."""
    as_of, rows = choice.world.as_of, []
    data = set(choice.world.months.month)
    months = sorted({m for first, last in choice.days for m in pd.period_range(first, last, freq="M")
                     if m.start_time in data})  # fmt: skip
    for month in months:
        wanted = [(max(a, month.start_time), min(b, month.end_time.normalize())) for a, b in choice.wanted
                  if a <= month.end_time and b >= month.start_time]  # fmt: skip
        now, then = total(choice.sales(to_date(wanted, as_of))), total(choice.sales(earlier(wanted, 12, as_of)))
        rows.append({
            "month": month.start_time,
            "revenue": now["revenue"],
            "revenue_last_year": then["revenue"],
            "difference": now["revenue"] - then["revenue"],
            "growth": (now["revenue"] - then["revenue"]) / then["revenue"] if then["revenue"] > 0 else NAN,
            "profit": now["profit"],
            "profit_last_year": then["profit"],
            "margin": now["margin"],
        })  # fmt: skip
    return pd.DataFrame(rows or {"month": []})


def year_of(choice: Choice) -> Span:
    """The (fiscal) year that holds the period's last day."""
    world, days = choice.world, choice.days
    last = days[-1][1] if days else world.as_of
    start = pd.Timestamp(last.year - (last.month < world.fiscal_start), world.fiscal_start, 1)
    return start, start + pd.DateOffset(years=1) - ONE_DAY


def run_rate(choice: Choice) -> pd.DataFrame:
    """The (fiscal) year that holds the period's last day: to date, and the end it is heading for."""
    world, (start, end) = choice.world, year_of(choice)
    year = [(start, end)]
    reached = min(year[0][1], world.as_of)
    basis = reached
    thin = set(world.months[world.months.thin].month)
    while basis.replace(day=1) in thin:
        basis = basis.replace(day=1) - ONE_DAY
    sold = choice.sales([(start, basis)]).revenue.sum()
    elapsed, length = (basis - start).days + 1, (year[0][1] - start).days + 1
    found = {
        "revenue_to_date": choice.sales(to_date(year, world.as_of)).revenue.sum(),
        "revenue_of_basis": sold,
        "revenue_expected": sold / elapsed * length if elapsed > 0 else NAN,
    }
    before = choice.sales(earlier([(start, basis)] if basis < world.as_of else year, 12, world.as_of)).revenue.sum()
    whole = choice.sales(earlier(year, 12, EVERY_DAY[-1])).revenue.sum()
    thin = elapsed <= 0 or before < 0.1 * whole * elapsed / length
    found["revenue_last_year"] = whole
    found["revenue_of_basis_last_year"] = NAN if thin else before
    found["revenue_expected_seasonal"] = NAN if thin or before == 0 else float(sold) * float(whole) / float(before)
    found["revenue_target"], found["revenue_target_to_date"] = targets(choice, year)
    return pd.DataFrame([found])
