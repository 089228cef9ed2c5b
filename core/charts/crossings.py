"""Two dimensions at once: heat cells of one name by another, the grid of scores, segments by tier."""

import textwrap
from collections.abc import Iterable, Sequence

import altair as alt
import pandas as pd

from core.charts import style
from core.charts.style import Tip
from core.formats import Format, digits, short
from core.theme import Theme

CELL, ROW, NAMES = 74, 28, 150
_TIER, _STEP = 150, 29.5  # px: the longest name of a tier, a row
_NARROW, _WIDE = 13, 24


def heat(
    frame: pd.DataFrame,
    theme: Theme,
    *,
    row: str,
    column: str,
    value: str,
    format: Format,
    tips: Sequence[Tip] = (),
    size: str | None = None,
    rows: Sequence[str] | None = None,
    columns: Sequence[str] | None = None,
    chosen: Sequence[str] = (),
    chosen_columns: Sequence[str] = (),
    height: int | None = None,
) -> alt.LayerChart:
    """One cell per row and column name, shaded by `value`.

    Rows stand in the order of `rows`, else of the frame; columns in the order of `columns`, else by the sum of `size`
    (default: revenue, else orders), falling. `tips` come after the names, in place of the value. A click yields both
    names. All columns are drawn: where the card is narrower than `usermeta["narrowest"]`, let it scroll.
    """
    size = size or next(name for name in ("revenue", "orders", "buyers", value) if name in frame)
    row_names = _ordered(frame[row], rows)
    by_size = frame.groupby(column, observed=True)[size].sum().sort_values(ascending=False, kind="stable")
    column_names = _ordered(by_size.index, columns)
    top = frame.loc[frame[value].astype(float).idxmax()] if frame[value].notna().any() else frame.iloc[0]
    cells = _crossed(frame, row, column, row_names, column_names)
    titles = [Tip(_title(row), row, Format.TEXT), Tip(_title(column), column, Format.TEXT)]
    return _cells(
        cells,
        theme,
        (row, column),
        value,
        [*titles, *(tips or [Tip(_title(value), value, format)])],
        labels=[short(cell, format) if style.number(cell) else "–" for cell in cells[value]],
        chosen=[
            (not chosen or one in chosen) and (not chosen_columns or other in chosen_columns)
            for one, other in zip(cells[row], cells[column], strict=True)
        ],
        height=height or ROW * len(row_names) + 44,
        description=f"The largest cell is {top[row]} × {top[column]} with {short(top[value], format)}.",
        narrowest=NAMES + CELL * len(column_names),
    )


def rfm_grid(
    frame: pd.DataFrame,
    theme: Theme,
    *,
    recency: Sequence[str] = (),
    frequency: Sequence[str] = (),
    height: int = 300,
) -> alt.LayerChart:
    """Customers by recency score (upwards) and frequency score (to the right), 5 × 5. Takes `rfm_grid`.

    `recency` and `frequency` are the scores that are on. A click yields `recency_score` and `frequency_score`.
    """
    known = frame[frame.recency_score.notna() & frame.frequency_score.notna()]
    keys = ("recency_score", "frequency_score")
    scores = [str(score) for score in range(1, 6)]
    named = known.assign(**{key: known[key].astype(int).astype(str) for key in keys})
    cells = _crossed(named, *keys, scores[::-1], scores)
    cells["customers"] = cells.customers.fillna(0).astype(int)
    top = cells.loc[cells.customers.idxmax()]
    recency, frequency = ([str(score) for score in some] for some in (recency, frequency))
    return _cells(
        cells,
        theme,
        keys,
        "customers",
        [
            Tip("Recency score", keys[0], Format.TEXT),
            Tip("Frequency score", keys[1], Format.TEXT),
            Tip("Customers", "customers", Format.COUNT),
            Tip("Revenue", "revenue", Format.MONEY),
        ],
        labels=[short(cell, Format.COUNT) if cell else "–" for cell in cells.customers],
        chosen=[
            (not recency or one in recency) and (not frequency or other in frequency)
            for one, other in zip(cells[keys[0]], cells[keys[1]], strict=True)
        ],
        height=height,
        description=f"Most customers, {digits(top.customers)}, have recency score {top[keys[0]]} "
        f"and frequency score {top[keys[1]]}.",
        titles=("Recency score", "Frequency score"),
    )


def segments_by_tier(
    frame: pd.DataFrame,
    theme: Theme,
    *,
    chosen: Sequence[str] = (),
    chosen_tiers: Sequence[str] = (),
    height: int | None = None,
) -> alt.LayerChart:
    """Revenue · buyers of each segment in each tier. Takes `segments_by_tier`; a click yields both names."""
    rows, tiers = _ordered(frame.segment, theme.segments), _ordered(frame.tier, theme.tiers)
    cells = _crossed(frame, "segment", "tier", rows, tiers)
    top = frame.loc[frame.revenue.fillna(0).idxmax()]
    return _cells(
        cells,
        theme,
        ("segment", "tier"),
        "revenue",
        [
            Tip("Segment", "segment", Format.TEXT),
            Tip("Tier", "tier", Format.TEXT),
            Tip("Buyers", "buyers", Format.COUNT),
            Tip("Revenue", "revenue", Format.MONEY),
            Tip("Share of the segment's revenue", "revenue_share", Format.SHARE),
        ],
        labels=[
            "–" if not style.number(one.buyers) and not style.number(one.revenue)
            else short(one.revenue, Format.MONEY) + (f" · {digits(one.buyers)}" if style.number(one.buyers) else "")
            for one in cells.itertuples()
        ],
        chosen=[
            (not chosen or one in chosen) and (not chosen_tiers or other in chosen_tiers)
            for one, other in zip(cells.segment, cells.tier, strict=True)
        ],
        height=height or alt.Step(_STEP),  # by the rows there are: a chart that stays has them change
        narrowest=NAMES + _TIER * len(tiers),
        description=f"{top.segment} in {top.tier} bring the most: {short(top.revenue, Format.MONEY)} "
        f"from {_buyers(top.buyers)}.",
    )  # fmt: skip


def _cells(
    cells: pd.DataFrame,
    theme: Theme,
    keys: tuple[str, str],
    value: str,
    tips: Sequence[Tip],
    *,
    labels: Sequence[str],
    chosen: Sequence[bool],
    height: int | alt.Step,
    description: str,
    narrowest: int = style.PHONE,
    titles: tuple[str | None, str | None] = (None, None),
) -> alt.LayerChart:
    written, shown = style.with_tips(cells, tips)
    written = _coloured(written, theme, value, chosen).assign(label=list(labels))
    x, y, written = _cell_axes(written, theme, keys, titles)
    # Nothing is behind these: they say so, and a click on them is one on the ground.
    written.loc[written.label == "–", list(keys)] = None
    pointer = {"expr": "datum.label == '–' ? 'default' : 'pointer'"}
    rects = style.clickable(alt.Chart(written).mark_rect(cornerRadius=3, cursor=pointer), shown, keys, x=x, y=y)
    words = style.text(written[["row_key", "column_key", "label", "text_colour"]], theme, baseline="middle")
    words = words.encode(x=x, y=y, text=alt.Text("label:N"), color=style.column("text_colour", alt.Color))
    layers = style.layered(rects, style.named(words, "labels"))
    return style.finish(layers, theme, description=description, height=height, narrowest=narrowest)


def _coloured(cells: pd.DataFrame, theme: Theme, value: str, chosen: Sequence[bool]) -> pd.DataFrame:
    """The cells with the colours of their amount and of the text on it; below zero is a loss's tint."""
    amounts = [style.number(amount) for amount in cells[value]]
    highest = max(0.0, *amounts)
    parts = [max(0.0, amount) / highest if highest else 0.0 for amount in amounts]
    return cells.assign(
        colour=[
            theme.diverging[3] if amount < 0 else theme.heat(part) for part, amount in zip(parts, amounts, strict=True)
        ],
        text_colour=[theme.on_heat(part) if full else theme.ink for part, full in zip(parts, chosen, strict=True)],
        opacity=[1.0 if full else style.MUTED for full in chosen],
    )


def _cell_axes(
    cells: pd.DataFrame, theme: Theme, keys: tuple[str, str], titles: tuple[str | None, str | None]
) -> tuple[alt.X, alt.Y, pd.DataFrame]:
    """Names of columns on top (below, with a title), wrapped to two lines, and of rows at the left."""
    row, column = keys
    columns, rows = (list(dict.fromkeys(cells[key])) for key in (column, row))
    characters = _NARROW if len(columns) > 4 else _WIDE
    wrapped = {name: _wrapped(name, characters) for name in columns}
    # The place goes before the name: sorted by the alphabet, what an axis says of its order is the same for all rows.
    cells = cells.assign(
        column_key=[f"{columns.index(name):03}\t{wrapped[name]}" for name in cells[column]],
        row_key=[f"{rows.index(name):03}\t{name}" for name in cells[row]],
    )
    axis = alt.Axis(
        orient="bottom" if titles[1] else "top",
        labelAngle=0,
        labelExpr="split(split(datum.label, '\\t')[1], '\\n')",
        labelOverlap=False,
        labelColor=theme.ink,
        labelLimit=7 * characters,
        labelPadding=6 + 14 * max(name.count("\n") for name in wrapped.values()),
        grid=False,
    )
    x = alt.X(
        "column_key:N",
        sort="ascending",
        title=titles[1],
        axis=axis,
        scale=alt.Scale(paddingInner=0.03, paddingOuter=0),
    )
    y = alt.Y(
        "row_key:N",
        sort="ascending",
        title=titles[0],
        axis=alt.Axis(labelExpr="split(datum.label, '\\t')[1]", labelOverlap=False, labelColor=theme.ink, grid=False),
        scale=alt.Scale(paddingInner=0.07, paddingOuter=0),
    )
    return x, y, cells


def _crossed(frame: pd.DataFrame, row: str, column: str, rows: Sequence[str], columns: Sequence[str]) -> pd.DataFrame:
    """Every row with every column, in this order; what the frame does not have is absent."""
    whole = pd.DataFrame([(one, other) for one in rows for other in columns], columns=[row, column])
    return whole.merge(frame, on=[row, column], how="left")


def _ordered(names: Iterable[str], wanted: Iterable[str] | None) -> list[str]:
    present = list(dict.fromkeys(names))
    return [
        *(name for name in wanted or () if name in present),
        *(name for name in present if name not in (wanted or ())),
    ]


def _wrapped(name: str, characters: int) -> str:
    return "\n".join(textwrap.wrap(str(name), characters, max_lines=2, placeholder="…"))


def _buyers(count: object) -> str:
    return f"{digits(style.number(count))} buyer{'' if style.number(count) == 1 else 's'}"


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize()
