"""Frames to native charts: the same reports, order and colours as the page's own charts."""

import math
from collections.abc import Sequence

import pandas as pd

from core.charts import panels
from core.charts.style import number
from core.formats import Format, short, unit
from core.take.figure import Bars, Cloud, Lines, Plot, Points, Series
from core.theme import Theme

_PLACES, _REASONS, _MOVES, _MONTHS, _NAMED = 20, 15, 10, 12, 4
_LETTER, _LINE = 0.011, 0.13  # of a plot's width and height: how much room a name takes


def picture(*frames: pd.DataFrame, theme: Theme) -> list[Plot]:
    """Nothing native: the figure's drawing stands for it."""
    return []


def shares_by_place(continents: pd.DataFrame, countries: pd.DataFrame, theme: Theme) -> list[Plot]:
    """Share of revenue: each continent, its countries below it, the smallest countries in one bar."""
    names, values, colours = [], [], []
    shown = panels.largest(countries, "country", _PLACES, "revenue", "countries")
    own = set(countries.country)
    for continent in continents.sort_values("revenue", ascending=False).itertuples():
        within = shown[(shown.continent == continent.continent) & shown.country.isin(own)]
        names += [continent.continent, *(f"   {name}" for name in within.country)]
        values += [continent.revenue_share, *within.revenue_share]
        colours += [theme.accent, *[theme.sequential[4]] * len(within)]
    rest = shown[~shown.country.isin(own)]
    names += list(rest.country)
    values += list(rest.revenue_share)
    colours += [theme.quiet] * len(rest)
    return [Bars(names, [_bars("Share of revenue", values, Format.SHARE, colours)])]


def orders_by_reason(frame: pd.DataFrame, theme: Theme) -> list[Plot]:
    """Share of order-reason links, falling; orders without a reason stand last by their number."""
    given = panels.largest(frame[frame.order_share.notna()], "reason", _REASONS, "order_share", "reasons")
    silent = frame[frame.order_share.isna()]
    names = [*given.reason, *(f"{row.reason} ({row.orders:,} orders)" for row in silent.itertuples())]
    values = [*given.order_share, *[None] * len(silent)]
    return [Bars(names, [_bars("Share of reasons given", values, Format.SHARE, [theme.accent])])]


def segments(frame: pd.DataFrame, theme: Theme) -> list[Plot]:
    """Share of revenue beside share of customers."""
    colours = [theme.segment(name) for name in frame.segment]
    return [
        Bars(
            list(frame.segment),
            [
                _bars("% of revenue", frame.revenue_share, Format.SHARE, colours),
                _bars("% of customers", frame.customer_share, Format.SHARE, [theme.quiet]),
            ],
        )
    ]


def rfm_averages(frame: pd.DataFrame, theme: Theme) -> list[Plot]:
    """Three charts side by side: average recency, frequency and monetary of the segments with a score."""
    scored = frame[frame.avg_recency_days.notna()]
    colours = [theme.segment(name) for name in scored.segment]
    money = unit("Monetary")
    return [
        Bars(list(scored.segment), [_bars(heading, scored[column], format, colours)], heading=heading)
        for column, format, heading in (
            ("avg_recency_days", Format.COUNT, "Recency, days"),
            ("avg_frequency", Format.NUMBER, "Frequency, orders"),
            ("avg_monetary", Format.MONEY, money),
        )
        if len(scored)
    ]


def top_subcategories(frame: pd.DataFrame, theme: Theme) -> list[Plot]:
    """Revenue of the top subcategories, falling."""
    rows = frame.sort_values("revenue", ascending=False)
    return [Bars(list(rows.subcategory), [_bars(unit("Revenue"), rows.revenue, Format.MONEY, [theme.accent])])]


def changes(frame: pd.DataFrame, theme: Theme) -> list[Plot]:
    """The ten largest moves since the month before, gains and losses in their colours."""
    rows = frame.sort_values(["difference", "name"], key=lambda part: part.abs() if part.name == "difference" else part,
                             ascending=[False, True]).head(_MOVES)  # fmt: skip
    colours = [theme.loss if value < 0 else theme.gain for value in rows.difference]
    return [Bars(list(rows["name"]), [_bars(unit("Difference"), rows.difference, Format.MONEY, colours,
                                            signed=True)])]  # fmt: skip


def monthly_growth(frame: pd.DataFrame, theme: Theme) -> list[Plot]:
    """Growth of the last twelve months on the same month a year before; months that look incomplete are gray."""
    rows = frame.tail(_MONTHS)
    colours = [
        theme.quiet if row.is_thin or not row.is_whole else theme.loss if number(row.growth) < 0 else theme.gain
        for row in rows.itertuples()
    ]
    names = [f"{day:%b %Y}" for day in rows.month]
    return [Bars(names, [_bars("Growth", rows.growth, Format.GROWTH, colours)], standing=True)]


def orders_by_month(frame: pd.DataFrame, theme: Theme) -> list[Plot]:
    """One customer's revenue month by month; returns in the colour of a loss."""
    colours = [theme.loss if value < 0 else theme.accent for value in frame.revenue]
    series = Series("Revenue", _numbers(frame.revenue), Format.MONEY, colours)
    return [Bars([f"{month:%b %Y}" for month in frame.month], [series], heading=unit("Revenue"), standing=True)]


def daily_revenue(frame: pd.DataFrame, theme: Theme) -> list[Plot]:
    """Two charts, one above the other: the month to date against last month, and revenue by day."""
    days = [int(day) for day in frame.day]
    first = frame.date.dropna().iloc[0].replace(day=1)
    this, last = f"{first:%b %Y}", f"{first - pd.DateOffset(months=1):%b %Y}"
    return [
        Lines(
            days,
            [
                _line(f"{this} to date", frame.revenue_month_to_date, theme.accent, filled=True),
                _line(f"{last} to date", frame.revenue_month_to_date_last_month, theme.earlier, dashed=True),
            ],
            heading=unit("Month to date"),
        ),
        Bars(
            [str(day) for day in days],
            [Series(f"{this} by day", _numbers(frame.revenue), Format.MONEY, [theme.accent])],
            heading=unit("Revenue by day of the month"),
            standing=True,
        ),
    ]


def cumulative_revenue(frame: pd.DataFrame, theme: Theme, thin: Sequence[object] = ()) -> list[Plot]:
    """Revenue since the period's start, against the same span a year before."""
    first, last = frame.date.iloc[0], frame.date.iloc[-1]
    names = (str(last.year), str(last.year - 1)) if first.year == last.year else ("This span", "Year before")
    series = [_line(names[0], frame.revenue_to_date, theme.accent, filled=True)]
    if frame.revenue_to_date_last_year.abs().sum() > 0:
        series.append(_line(names[1], frame.revenue_to_date_last_year, theme.earlier, dashed=True))
    return [Lines([day.date() for day in frame.date], series, heading=unit("Cumulative revenue"))]


def revenue_against_target(course: pd.DataFrame, run_rate: pd.DataFrame, theme: Theme) -> list[Plot]:
    """The year to date and the whole of last year day by day, and straight to where the run rate and the target end."""
    rate = run_rate.iloc[0]
    first, last, days = rate.first_day.date(), rate.last_day.date(), int(rate.days_in_year)
    dates = [day.date() for day in pd.date_range(first, periods=days)]
    by_day = course.set_index("date").reindex(pd.DatetimeIndex(dates))

    def ends(**at: float) -> list[float | None]:
        places = {"first": first, "now": last, "end": dates[-1]}
        wanted = {places[name]: value for name, value in at.items() if value == value}
        return [wanted.get(day) for day in dates]

    year = int(rate.year)
    series = [
        _line(f"{year} to date", by_day.revenue_to_date, theme.accent, filled=True),
        _line(f"{year - 1}", by_day.revenue_to_date_last_year, theme.earlier, dashed=True),
        _line("Run rate", ends(now=rate.revenue_to_date, end=rate.revenue_expected), theme.sequential[4], dashed=True),
    ]
    if not pd.isna(rate.revenue_target):
        to_date = ends(first=0.0, now=rate.revenue_target_to_date, end=rate.revenue_target)
        series.append(_line("Target", to_date, theme.ink, thin=True))
    return [Lines(dates, series, heading=unit("Cumulative revenue"))]


def pareto_curve(frame: pd.DataFrame, theme: Theme) -> list[Plot]:
    """Cumulative share of revenue over buyers, a line a tier, the cut-offs as named dots."""
    clouds, ends, before = [], [], None
    for tier in dict.fromkeys(name for name in (*theme.tiers, *frame.tier) if name in set(frame.tier)):
        part = frame[frame.tier == tier]
        points = [(float(row.buyer_share), float(row.revenue_share)) for row in part.itertuples()]
        clouds.append(Cloud(tier, [before, *points] if before else points, theme.tier(tier)))
        before = points[-1]
        ends.append((before, f"{tier}: {short(before[1], Format.SHARE)}"))
    cuts = ends[:-1]
    clouds.append(Cloud("Cut-offs", [end for end, _ in cuts], theme.ink, [text for _, text in cuts], dots=True))
    across, upwards = "Share of buyers, largest first", "Share of known buyers' revenue"
    return [Points(clouds, (across, Format.SHARE), (upwards, Format.SHARE), joined=True)]


def product_bubbles(frame: pd.DataFrame, theme: Theme) -> list[Plot]:
    """Units against revenue, a bubble a product sized by profit; losses are a series of their own."""
    rows = frame[(frame["items"] > 0) & (frame.revenue > 0)].sort_values("revenue", ascending=False)
    profits = [number(value) for value in rows.profit]
    largest = max((abs(value) for value in profits), default=0.0)
    clouds = []
    kinds = (
        ("Profit", theme.gain, lambda value: value > 0),
        ("Loss", theme.loss, lambda value: value < 0),
        ("No profit known", theme.accent, lambda value: value == 0),
    )
    named = _apart(rows)
    for name, colour, belongs in kinds:
        part = [(row, profit) for row, profit in zip(rows.itertuples(), profits, strict=True) if belongs(profit)]
        points = [(float(row.items), float(row.revenue), abs(profit) or largest / 20 or 1.0) for row, profit in part]
        labels = [row.product if row.product in named else None for row, _ in part]
        if points:
            clouds.append(Cloud(name, points, colour, labels))
    money = unit("Revenue")
    return [Points(clouds, ("Units sold", Format.COUNT), (money, Format.MONEY), logarithmic=True)] if clouds else []


def _apart(rows: pd.DataFrame) -> set[str]:
    """Some of the products with the most revenue, such that their names lie beside each other on logarithmic axes."""
    spans = [max(math.log(values.max() / values.min()), 0.1) for values in (rows["items"], rows.revenue)]
    taken: list[tuple[float, float, float]] = []
    named: set[str] = set()
    for row in rows.head(5 * _NAMED).itertuples():
        left = math.log(row.items / rows["items"].min()) / spans[0]
        up = math.log(row.revenue / rows.revenue.min()) / spans[1]
        right = left + _LETTER * (len(row.product) + 4)
        if row.items > rows["items"].max() / 4:  # there the name stands on the left
            left, right = 2 * left - right, left
        free = all(abs(up - other) > _LINE or left > end or right < start for start, end, other in taken)
        if free and right < 1.05 and len(named) < _NAMED:
            taken.append((left, right, up))
            named.add(row.product)
    return named


def _bars(name: str, values: object, format: Format, colours: Sequence[str], *, signed: bool = False) -> Series:
    return Series(name, _numbers(values), format, list(colours), labelled=True, signed=signed)


def _line(name: str, values: object, colour: str, **look: bool) -> Series:
    return Series(name, _numbers(values), Format.MONEY, [colour], **look)


def _numbers(values: object) -> list[float | None]:
    return [None if value is None or pd.isna(value) else float(value) for value in values]
