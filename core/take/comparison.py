"""The page that compares, to take along: the figures of both sides, their course, what each consists of."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from core import compare
from core.charts import comparisons as charts
from core.compare import Breakdown, Comparison
from core.formats import Format, short, unit
from core.insights import comparisons
from core.metrics import COLUMNS
from core.star import Refused
from core.take import words
from core.take.figure import Bars, Figure, Lines, Plot, Rows, Sentences, Series, Table
from core.take.pages import Contents, Scope, defined
from core.theme import Theme
from core.warehouse import Progress

_SIDES = ("first", "second")


def contents(scope: Scope, progress: Progress) -> Contents:
    """Both sides that the filter names, or that the page would choose. Raises Refused where there are no two."""
    comparison = compare.of_filter(scope.mart, scope.filter)
    if comparison is None:
        raise Refused("The data has nothing to hold against what is chosen; compare segments, or another kind.")
    if not any(frame.orders.iloc[0] or frame.revenue.iloc[0] for frame in comparison.run("headline")):
        raise Refused(f"Nothing was sold by either side ({view(comparison)}); choose others, or lift a filter.")
    figures = [_both(comparison), *_differences(comparison), _course(comparison, scope.theme)]
    found = [one for one in compare.breakdowns(comparison) if not one.needs or scope.has(one.needs)]
    for place, breakdown in enumerate(found):
        progress(f"Drawing {title(breakdown, comparison)}", place / len(found))
        figures.append(_parts(comparison, breakdown, scope.theme))
    return Contents(_named(comparison), view(comparison), _choice(comparison),
                    [figure for figure in figures if figure])  # fmt: skip


def title(breakdown: Breakdown, comparison: Comparison) -> str:
    """What a breakdown is called: by amount, for two periods of the same length, or in percent of each side."""
    text = breakdown.title
    return text[:1].upper() + text[1:] if comparison.is_by_amount else f"% {text}"


def _both(comparison: Comparison) -> Figure:
    """Every figure of both sides and the difference between them, in words."""
    frame = compare.figures(comparison)
    has_costs = bool(comparison.mart.summary["has_costs"])
    frame = frame[[has_costs or name not in ("profit", "margin") for name in frame.figure]]
    texts = []
    for row in frame.itertuples():
        format = COLUMNS[row.figure].format
        values = (short(value, format) for value in (row.first, row.second))
        texts.append([COLUMNS[row.figure].label, *values, *charts.difference(row, format)])
    heads = ["Figure", *_signed(comparison), "Difference", "in percent"]
    said = comparisons.differences(comparison)
    return _figure(
        comparison,
        "Figures of both sides",
        said[0].text if said else "",
        [Rows(heads, texts, [False, True, True, True, True])],
        ["The difference is the first side's value less the second's.", *map(defined, frame.figure)],
        note=comparisons.unequal(comparison),
        tables=[_figures_table(comparison, frame)],
    )


def _figures_table(comparison: Comparison, frame: pd.DataFrame) -> Table:
    """A row a side, then their difference: so that each column is of one kind."""
    turned = frame.set_index("figure")[["first", "second", "difference"]].T
    turned.insert(0, "side", [*comparison.names, "Difference"])
    return Table("Figures of both sides", "One row per side, and the first less the second.",
                 turned.reset_index(drop=True).rename_axis(columns=None))  # fmt: skip


def _differences(comparison: Comparison) -> list[Figure]:
    lines = [(one.finding, one.rest) for one in comparisons.differences(comparison)[1:]]
    about = "The differences with the most money behind them, and the most unusual."
    return [_figure(comparison, "What differs most", "", [Sentences(lines)], [about])] if lines else []


def _course(comparison: Comparison, theme: Theme) -> Figure | None:
    """Revenue of both sides over time, on one axis."""
    frame = compare.course(comparison)
    if frame.empty:
        return None
    by_day = comparison.kind == "month"
    drawing = charts.side_courses(frame, theme, sides=comparison.names)
    what = "Revenue, month to date" if by_day else "Revenue by month"
    place = "day" if by_day else "month"
    labels = {"place": place.capitalize()}
    for side, name in zip(_SIDES, comparison.names, strict=True):
        labels |= {side: f"{name}, revenue", f"{side}_day": f"{name}, {place}", f"{side}_note": f"{name}, note"}
    formats = dict.fromkeys(_SIDES, Format.MONEY)
    if not by_day:
        formats |= {f"{side}_day": Format.MONTH for side in _SIDES}
        formats |= {"place": Format.MONTH} if pd.api.types.is_datetime64_any_dtype(frame.place) else {}
    grain = f"One row per {place} that either side reaches: revenue of each."
    return _drawn(comparison, what, drawing, _lines(frame, comparison, theme), [grain, defined("revenue")],
                  Table(what, grain, frame, labels, formats))  # fmt: skip


def _lines(frame: pd.DataFrame, comparison: Comparison, theme: Theme) -> list[Plot]:
    if pd.api.types.is_datetime64_any_dtype(frame.place):
        places = [day.date() for day in frame.place]
    elif comparison.kind == "month":
        places = [int(place) for place in frame.place]
    else:
        places = [charts.place_name(row) for row in frame.itertuples()]
    return [
        Lines(
            places,
            [
                Series(name, _values(frame[side]), Format.MONEY, [theme.ink], dashed=side == "second")
                for side, name in zip(_SIDES, comparison.names, strict=True)
            ],
            heading=unit("Revenue"),
        )
    ]


def _parts(comparison: Comparison, breakdown: Breakdown, theme: Theme) -> Figure | None:
    """What each side consists of, in shares or, where periods can be held against each other, by amount."""
    frame = compare.parts(comparison, breakdown)
    if frame.empty:
        return None
    by_amount, measure = comparison.is_by_amount, breakdown.measure
    format = COLUMNS[measure].format
    drawing = charts.side_parts(frame, theme, sides=comparison.names, name=breakdown.key, what=measure, format=format,
                                by_amount=by_amount)  # fmt: skip
    shown = charts.drawn_parts(frame, by_amount=by_amount)
    names = charts.COLUMNS_BY_AMOUNT if by_amount else charts.COLUMNS_BY_SHARE
    series = [
        Series(side, _values(shown[column]), format if by_amount else Format.SHARE, [colour], labelled=True)
        for side, column, colour in zip(comparison.names, names[:2], (theme.ink, theme.quiet), strict=True)
    ]
    differs = charts.part_differences(shown, format, by_amount=by_amount)
    written = [f"{name}  {said}".strip() for name, said in zip(shown[breakdown.key], differs, strict=True)]
    grain = f"One row per {breakdown.key} that either side has: its {measure}, and its share of the side's {measure}."
    labels = {"difference": "Difference", "share_difference": "Difference of shares"}
    for side, name in zip(_SIDES, comparison.names, strict=True):
        labels |= {side: f"{name}, {measure}", f"{side}_share": f"{name}, share"}
    formats = dict.fromkeys(charts.COLUMNS_BY_AMOUNT, format) | dict.fromkeys(charts.COLUMNS_BY_SHARE, Format.SHARE)
    table = Table(breakdown.title.capitalize(), grain, frame, labels, formats)
    return _drawn(comparison, title(breakdown, comparison), drawing, [Bars(written, series)],
                  [grain, "The difference stands beside each name.", defined(measure)], table)  # fmt: skip


def _drawn(
    comparison: Comparison,
    what: str,
    drawing: alt.LayerChart,
    plots: Sequence[Plot],
    definition: Sequence[str],
    table: Table,
) -> Figure:
    note = drawing.usermeta.get("note", "").replace("the rows behind the chart have", "the workbook has")
    return _figure(comparison, what, drawing.description.strip(), plots, definition, note=note, drawing=drawing,
                   tables=[table])  # fmt: skip


def _figure(
    comparison: Comparison,
    what: str,
    finding: str,
    plots: Sequence[Plot],
    definition: Sequence[str],
    **also: object,
) -> Figure:
    return Figure(what, finding, (), plots, definition, _period(comparison), comparison.filter, **also)


def _signed(comparison: Comparison) -> list[str]:
    return [f"{sign} {name}" for sign, name in zip((charts.FULL, charts.RING), comparison.names, strict=True)]


def _named(comparison: Comparison) -> str:
    return " against ".join(comparison.names)


def _period(comparison: Comparison) -> str:
    """Both sides and, where they are no periods themselves, the period of both."""
    named = _named(comparison)
    return named if comparison.is_of_periods else f"{named}, {words.period(comparison.mart, comparison.filter)}"


def view(comparison: Comparison) -> str:
    """Both sides, the period of both and the filter in force on both, in one line."""
    return f"{_period(comparison)} · {_choice(comparison) or 'no filter'}"


def _choice(comparison: Comparison) -> str:
    return words.choice(comparison.mart, comparison.filter)


def _values(values: pd.Series) -> list[float | None]:
    return [None if pd.isna(value) else float(value) for value in values]
