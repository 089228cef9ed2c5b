"""Frames to native tables: cells shaded by amount, and plain rows."""

from collections.abc import Mapping, Sequence

import pandas as pd

from core.charts.style import number
from core.formats import Format, date_text, exact, short, style
from core.take import columns as headings
from core.take.figure import Grid, Plot, Rows
from core.theme import Theme

_REGIONS, _OTHERS, _DAYS_AT_MOST = 6, "Other regions", 62


def heat(frame: pd.DataFrame, theme: Theme, *, row: str, column: str, value: str, format: Format) -> list[Plot]:
    """One cell per row and column name, shaded by `value`; columns stand by their sum of revenue or orders, falling."""
    size = next(name for name in ("revenue", "orders", value) if name in frame)
    names = list(dict.fromkeys(frame[row]))
    across = list(frame.groupby(column, observed=True)[size].sum().sort_values(ascending=False, kind="stable").index)
    amounts = {(one, other): amount for one, other, amount in zip(frame[row], frame[column], frame[value], strict=True)}
    cells = [[amounts.get((one, other)) for other in across] for one in names]
    texts = [[short(cell, format) if number(cell) else "–" for cell in cells_of] for cells_of in cells]
    return [_shaded(names, across, cells, texts, theme, corner=headings.label(row))]


def rfm_grid(frame: pd.DataFrame, theme: Theme) -> list[Plot]:
    """Customers by recency score (upwards) and frequency score (to the right)."""
    known = frame[frame.recency_score.notna() & frame.frequency_score.notna()]
    counts = {(int(row.recency_score), int(row.frequency_score)): int(row.customers) for row in known.itertuples()}
    cells = [[counts.get((recency, frequency), 0) for frequency in range(1, 6)] for recency in range(5, 0, -1)]
    texts = [[short(cell, Format.COUNT) if cell else "–" for cell in cells_of] for cells_of in cells]
    names, across = [f"Recency {score}" for score in range(5, 0, -1)], [f"Frequency {score}" for score in range(1, 6)]
    return [_shaded(names, across, cells, texts, theme, corner="Score, 5 is best")]


def segments_by_tier(frame: pd.DataFrame, theme: Theme) -> list[Plot]:
    """Revenue and number of buyers of each segment in each tier, shaded by revenue."""
    present = set(frame.segment), set(frame.tier)
    names = [name for name in dict.fromkeys((*theme.segments, *frame.segment)) if name in present[0]]
    across = [name for name in dict.fromkeys((*theme.tiers, *frame.tier)) if name in present[1]]
    found = {(row.segment, row.tier): row for row in frame.itertuples()}
    cells = [[getattr(found.get((one, other)), "revenue", None) for other in across] for one in names]

    def said(row: object) -> str:
        if row is None or not (number(row.buyers) or number(row.revenue)):
            return "–"
        return short(row.revenue, Format.MONEY) + (f" · {row.buyers:,.0f}" if number(row.buyers) else "")

    texts = [[said(found.get((one, other))) for other in across] for one in names]
    return [_shaded(names, across, cells, texts, theme, corner="Revenue · buyers")]


def table(
    frame: pd.DataFrame,
    theme: Theme,
    *,
    columns: Sequence[str],
    rows: int | None = None,
    short_money: bool = False,
    labels: Mapping[str, str] | None = None,
) -> list[Plot]:
    """The first rows of a report with labels and formats; the note says how many there are where some are left out."""
    shown = frame.head(rows) if rows else frame
    names = [name for name in columns if name in frame and shown[name].notna().any()]
    formats = {name: headings.format_of(name, frame[name]) for name in names}
    texts = [
        [_written(value, formats[name], short_money) for name, value in zip(names, values, strict=True)]
        for values in zip(*(shown[name].tolist() for name in names), strict=True)
    ]
    numeric = [formats[name] is not Format.TEXT for name in names]
    has_amounts = not short_money and Format.MONEY in formats.values()
    left_out = len(frame) - len(shown)
    return [
        Rows(
            [(labels or {}).get(name) or headings.label(name) for name in names],
            texts,
            numeric,
            _noted(
                _in_currency() if has_amounts else "",
                f"The first {len(shown):,} of {len(frame):,} rows; the workbook has them all." if left_out > 0 else "",
            ),
        )
    ]


def day_by_region(frame: pd.DataFrame, theme: Theme) -> list[Plot]:
    """Revenue by day of the regions with the most, of all others together, and of all; nothing over many days."""
    totals = frame.groupby("region").revenue.sum().sort_values(ascending=False, kind="stable")
    named = list(totals.index[:_REGIONS])
    if frame.date.nunique() > _DAYS_AT_MOST:
        return []
    rows = frame.assign(region=frame.region.where(frame.region.isin(named), _OTHERS))
    summed = rows.pivot_table(index="date", columns="region", values="revenue", aggfunc="sum")
    summed = summed[[name for name in (*named, _OTHERS) if name in summed]].assign(
        **{"All regions": summed.sum(axis=1)}
    )
    texts = [
        [date_text(day), *(_written(value, Format.MONEY, short_money=False) for value in values)]
        for day, values in zip(summed.index, summed.to_numpy().tolist(), strict=True)
    ]
    columns = ["Day", *summed.columns]
    return [Rows(columns, texts, [False, *[True] * len(summed.columns)], _in_currency())]


def _in_currency() -> str:
    """What the amounts of a table are in, said once instead of in each cell."""
    return f"Amounts in {style().currency}." if style().currency else ""


def _noted(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


def _written(value: object, format: Format, short_money: bool) -> str:
    """A cell's text: money short where asked, days short always."""
    if format is Format.DATE and not pd.isna(value):
        return date_text(value)
    if format is Format.MONEY:
        return short(value, format) if short_money else exact(value, Format.NUMBER)
    return exact(value, format)


def _shaded(
    names: Sequence[str],
    across: Sequence[str],
    cells: Sequence[Sequence[float | None]],
    texts: Sequence[Sequence[str]],
    theme: Theme,
    *,
    corner: str,
) -> Grid:
    """The cells in the ramp's colours by their part of the largest; below zero in a loss's tint."""
    highest = max((number(cell) for cells_of in cells for cell in cells_of), default=0.0)

    def part(cell: float | None) -> float:
        return max(0.0, number(cell)) / highest if highest > 0 else 0.0

    grounds = [
        [theme.diverging[3] if number(cell) < 0 else theme.heat(part(cell)) for cell in cells_of] for cells_of in cells
    ]
    letters = [[theme.on_heat(part(cell)) for cell in cells_of] for cells_of in cells]
    return Grid(list(map(str, names)), list(map(str, across)), texts, grounds, letters, corner)
