"""The Pareto curve with its tiers, and products as bubbles."""

import math
from collections.abc import Sequence

import altair as alt
import pandas as pd

from core.charts import style
from core.charts.style import Tip
from core.formats import Format, axis, short
from core.theme import Theme

_BUBBLES, _WIDTH, _HEIGHT = 720, 620, 300


def pareto_curve(
    frame: pd.DataFrame,
    theme: Theme,
    *,
    chosen: Sequence[str] = (),
    currency: str = "",
    height: int = 330,
) -> alt.LayerChart:
    """Cumulative share of revenue over buyers, largest first, shaded by tier, the cut-offs as labelled points.

    Takes pareto_curve. A click on a tier's area yields `tier`.
    """
    tiers = [name for name in (*theme.tiers, *frame.tier.unique()) if name in set(frame.tier)]
    tiers = list(dict.fromkeys(tiers))
    areas, previous = [], None
    for tier in tiers:
        part = frame[frame.tier == tier]
        joined = part if previous is None else pd.concat([previous.to_frame().T.assign(tier=tier), part])
        areas.append(joined)
        previous = part.iloc[-1]
    points = pd.concat(areas, ignore_index=True).astype({"buyer_share": float, "revenue_share": float, "buyers": float})
    points = points.assign(
        colour=[theme.tier(tier) for tier in points.tier], opacity=style.opacities(points.tier, chosen), base=0.0
    )
    written, shown = style.with_tips(
        points,
        [
            Tip("Tier", "tier", Format.TEXT),
            Tip("Largest buyers", "buyers", Format.COUNT),
            Tip("Share of buyers", "buyer_share", Format.SHARE),
            Tip("Share of revenue", "revenue_share", Format.SHARE),
        ],
        currency,
    )
    written["shade"] = written.opacity * 0.16
    percent = alt.Axis(labelExpr=axis(Format.SHARE), tickCount=5, grid=False, title="Share of buyers, largest first")
    x = alt.X("buyer_share:Q", axis=percent, scale=alt.Scale(domain=[0, 1], nice=False))
    y = alt.Y(
        "revenue_share:Q",
        axis=alt.Axis(labelExpr=axis(Format.SHARE), values=[0, 0.25, 0.5, 0.75, 1], title=None),
        scale=alt.Scale(domain=[0, 1.03], nice=False),
    )
    colour = style.column("colour", alt.Color)
    shades = (
        alt.Chart(written)
        .mark_area(cursor="pointer")
        .encode(
            tooltip=alt.Tooltip("tier:N", title="Tier"),
            description="tier:N",
            x=x,
            y=y,
            y2="base:Q",
            color=colour,
            opacity=style.column("shade", alt.Opacity),
            detail="tier:N",
        )
        .add_params(style.picker(["tier"]))
    )
    line = (
        alt.Chart(written)
        .mark_line(strokeWidth=2.5, aria=False, tooltip=None)
        .encode(x=x, y=y, color=colour, opacity=style.column("opacity", alt.Opacity), detail="tier:N")
    )
    hover = (
        alt.Chart(written)
        .mark_point(opacity=0, size=90, filled=True)
        .encode(x=x, y=y, tooltip=shown, description="said:N")
    )
    ends = _cut_offs(frame, tiers)
    dots = alt.Chart(ends[ends.is_cut_off]).mark_point(
        filled=True, size=60, color=theme.ink, opacity=1, aria=False, tooltip=None
    )
    layers = [shades, line, hover, dots.encode(x=x, y=y)]
    for align, shift in (("left", 9), ("right", -9)):
        part = ends[ends["align"] == align]
        if len(part):
            words = style.text(
                part, theme, align=align, dx=shift, dy=13, baseline="middle", lineBreak="\n", lineHeight=15
            )
            layers.append(words.encode(x=x, y=y, text="label:N"))
    first = ends.iloc[0]
    return style.finish(
        alt.layer(*layers),
        theme,
        description="; ".join(row.label.replace("\n", ", ") for row in ends.itertuples()) + "."
        if len(ends) > 1 else f"{first.label}.".replace("\n", ", "),
        height=height,
    )  # fmt: skip


def product_bubbles(
    frame: pd.DataFrame,
    theme: Theme,
    *,
    name: str = "product",
    chosen: Sequence[str] = (),
    currency: str = "",
    height: int = 340,
) -> alt.LayerChart:
    """Units against revenue, both logarithmic, one bubble a product (or `name`), its area the profit or loss.

    Takes products. Rows without positive units and revenue cannot stand on the axes: `usermeta["note"]` counts them. Without a
    profit all bubbles have one size and the accent. A click yields `product` (or `name`).
    """
    positive = (frame["items"] > 0) & (frame.revenue > 0)
    left_out = int((~positive).sum())
    rows = frame[positive].sort_values("revenue", ascending=False).reset_index(drop=True)
    note = (
        f"{left_out} without positive units and revenue {'is' if left_out == 1 else 'are'} not drawn."
        if left_out
        else ""
    )
    profits = [style.number(value) for value in rows.profit] if "profit" in rows else [0.0] * len(rows)
    largest = max([abs(value) for value in profits], default=0.0) or 1.0
    rows = rows.assign(
        items=rows["items"].astype(float),
        revenue=rows.revenue.astype(float),
        area=[30 + 1500 * abs(value) / largest for value in profits],
        colour=[theme.accent if not value else theme.loss if value < 0 else theme.gain for value in profits],
        opacity=[0.8 * part for part in style.opacities(rows[name], chosen)],
    )
    wide, high = _padded(rows["items"]), _padded(rows.revenue)
    rows = _labelled(rows, name, wide, high)
    written, shown = style.with_tips(
        rows,
        [
            Tip(name.capitalize(), name, Format.TEXT),
            *([Tip("Category", "category", Format.TEXT)] if "category" in rows else []),
            Tip("Units", "items", Format.COUNT),
            Tip("Revenue", "revenue", Format.MONEY),
            *([Tip("Profit", "profit", Format.MONEY)] if "profit" in rows else []),
        ],
        currency,
    )
    x = alt.X(
        "items:Q",
        axis=_log_axis("Units sold (log)", wide, Format.COUNT),
        scale=alt.Scale(type="log", domain=wide, nice=False),
    )
    title = f"Revenue{f', {currency}' if currency else ''} (log)"
    y = alt.Y(
        "revenue:Q", axis=_log_axis(title, high, Format.MONEY), scale=alt.Scale(type="log", domain=high, nice=False)
    )
    bubbles = (
        alt.Chart(written)
        .mark_point(filled=True, stroke=theme.ground, strokeWidth=1, cursor="pointer")
        .encode(
            x=x,
            y=y,
            size=alt.Size("area:Q", scale=None, legend=None),
            color=style.column("colour", alt.Color),
            opacity=style.column("opacity", alt.Opacity),
            order=alt.Order("area:Q", sort="descending"),
            tooltip=shown,
            description="said:N",
        )
        .add_params(style.picker([name]))
    )
    layers = [bubbles]
    for align in ("left", "right", "center"):
        part = written[(written["label"] != "") & (written["align"] == align)]
        if len(part):
            words = style.text(part, theme, align=align, baseline="middle")
            layers.append(words.encode(x=alt.X("label_x:Q"), y=alt.Y("label_y:Q"), text="label:N"))
    return style.finish(
        alt.layer(*layers),
        theme,
        description=_bubble_finding(rows, name, currency, note),
        height=height,
        narrowest=_BUBBLES,
        note=note,
    )


def _cut_offs(frame: pd.DataFrame, tiers: Sequence[str]) -> pd.DataFrame:
    """One row per tier that has buyers: where it ends on the curve, and what is written there."""
    rows, before = [], 0
    for tier in tiers:
        end = frame[frame.tier == tier].iloc[-1]
        last = tier == tiers[-1]
        upto_here = (
            round(end.buyers / end.buyer_share) if last and end.buyer_share else end.buyers
        )  # who stands after the curve's end
        count = int(upto_here - before)
        upto = "the rest" if last and len(tiers) > 1 else f"{short(end.revenue_share, Format.SHARE)} of revenue"
        far = last or end.buyer_share > 0.55
        rows.append({
            "tier": tier,
            "buyer_share": 1.0 if last else float(end.buyer_share),
            "revenue_share": 0.18 if last else float(end.revenue_share),
            "label": f"{tier}\n{count:,} buyer{'' if count == 1 else 's'}, {'to ' if before and not last else ''}{upto}",
            "align": "right" if far else "left",
            "is_cut_off": not last,
        })  # fmt: skip
        before = end.buyers
    return pd.DataFrame(rows)


def _padded(values: pd.Series) -> list[float]:
    if not len(values):
        return [1.0, 10.0]
    low, high = float(values.min()), float(values.max())
    room = max(1.8, (high / low) ** 0.07)
    return [low / room, high * room]


def _log_axis(title: str, domain: Sequence[float], format: Format) -> alt.Axis:
    first, last = math.floor(math.log10(domain[0])), math.ceil(math.log10(domain[1]))
    steps = (1, 3) if last - first <= 3 else (1,)
    ticks = [step * 10.0**power for power in range(first, last + 1) for step in steps]
    ticks = [tick for tick in ticks if domain[0] <= tick <= domain[1]]
    return alt.Axis(title=title, values=ticks, labelExpr=axis(format), labelOverlap=True)


def _labelled(rows: pd.DataFrame, name: str, wide: Sequence[float], high: Sequence[float]) -> pd.DataFrame:
    """A label for the largest bubbles wherever it covers neither a bubble nor another label, at the narrowest width."""

    def part(value: float, domain: Sequence[float]) -> float:
        return math.log(value / domain[0]) / math.log(domain[1] / domain[0])

    def value(at: float, domain: Sequence[float]) -> float:
        return domain[0] * (domain[1] / domain[0]) ** at

    centres = [(part(row["items"], wide) * _WIDTH, part(row["revenue"], high) * _HEIGHT, math.sqrt(row["area"] / math.pi))
               for row in rows.to_dict("records")]  # fmt: skip
    taken = [(x - r, y - r, x + r, y + r) for x, y, r in centres]
    placed = []
    for text, (x, y, r) in zip(rows[name], centres, strict=True):
        text = text if len(text) <= 24 else f"{text[:23]}…"
        width = 6.4 * len(text)
        options = (
            ("left", x + r + 4, y), ("center", x, y + r + 9), ("center", x, y - r - 9), ("right", x - r - 4, y),
        )  # fmt: skip
        found = ("", "left", x, y)
        for align, at, level in options:
            left = at - {"left": 0, "center": width / 2, "right": width}[align]
            box = (left, level - 7, left + width, level + 7)
            inside = box[0] >= 0 and box[2] <= _WIDTH and box[1] >= 0 and box[3] <= _HEIGHT
            if inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                found = (text, align, at, level)
                break
        placed.append(found)
    return rows.assign(
        label=[text for text, _, _, _ in placed],
        align=[align for _, align, _, _ in placed],
        label_x=[value(at / _WIDTH, wide) for _, _, at, _ in placed],
        label_y=[value(level / _HEIGHT, high) for _, _, _, level in placed],
    )


def _overlap(one: Sequence[float], other: Sequence[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _bubble_finding(rows: pd.DataFrame, name: str, currency: str, note: str) -> str:
    if not len(rows):
        return f"No {name} has positive units and revenue. {note}".strip()
    first = rows.iloc[0]
    text = f"{first[name]} sold most: {short(first.revenue, Format.MONEY)} {currency} from {first['items']:,.0f} units"
    losses = int((rows.profit < 0).sum()) if "profit" in rows else 0
    return f"{text}; {losses} of {len(rows)} are sold at a loss. {note}".strip()
