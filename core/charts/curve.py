"""The Pareto curve, shaded by tier."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from core.charts import style
from core.charts.style import Tip
from core.formats import Format, axis, digits, short
from core.theme import Theme

_SHADE = 0.16
_SPOTS = 120  # as many as the pointer can tell apart
_NOTE = "Of the positive revenue of known buyers; a tier's share of all revenue differs a little."
_TIPS = (
    Tip("Tier", "tier", Format.TEXT),
    Tip("Largest buyers", "buyers", Format.COUNT),
    Tip("Share of buyers", "buyer_share", Format.SHARE),
    Tip("Share of known buyers' revenue", "revenue_share", Format.SHARE),
)


def pareto_curve(
    frame: pd.DataFrame,
    theme: Theme,
    *,
    chosen: Sequence[str] = (),
    height: int = 330,
) -> alt.LayerChart:
    """Cumulative share of revenue over buyers, largest first, shaded by tier, the cut-offs as labelled points.

    Takes pareto_curve. A click on a tier's area yields `tier`.
    """
    present = dict.fromkeys(frame.tier)
    tiers = [*(name for name in theme.tiers if name in present), *(name for name in present if name not in theme.tiers)]
    points = _points(frame, theme, tiers, chosen)
    written, shown = style.with_tips(points.iloc[:: 1 + len(points) // _SPOTS], _TIPS)
    shares = [0, 0.25, 0.5, 0.75, 1]
    across = alt.Axis(labelExpr=axis(Format.SHARE), tickCount=5, grid=False, title="Share of buyers, largest first")
    upwards = alt.Axis(labelExpr=axis(Format.SHARE), values=shares, title="Share of known buyers' revenue")
    x = alt.X("buyer_share:Q", axis=across, scale=alt.Scale(domain=[0, 1], nice=False))
    y = alt.Y("revenue_share:Q", axis=upwards, scale=alt.Scale(domain=[0, 1.03], nice=False))
    curve = alt.Chart(points).encode(x=x, y=y)
    coloured = {"color": style.column("colour", alt.Color), "detail": alt.Detail("tier:N")}
    shade = style.column("shade", alt.Opacity)
    tier = {"tooltip": alt.Tooltip("tier:N", title="Tier"), "description": alt.Description("tier:N")}
    areas = curve.mark_area(cursor="pointer").encode(y2=alt.Y2("base:Q"), opacity=shade, **tier, **coloured)
    line = curve.mark_line(strokeWidth=2.5, aria=False, tooltip=None)
    hover = (
        alt.Chart(written)
        .mark_point(opacity=0, size=90, filled=True)
        .encode(x=x, y=y, tooltip=shown, description=alt.Description("said:N"))
    )
    ends = _ends(frame, tiers)
    layers = [
        style.named(areas, "areas").add_params(*style.pickers(["tier"])),
        line.encode(opacity=style.column("opacity", alt.Opacity), **coloured),
        hover,
        *_labels(ends, theme, x, y),
    ]
    return style.finish(
        style.layered(*layers),
        theme,
        description="; ".join(label.replace("\n", ", ") for label in ends.label) + ".",
        height=height,
        note=_NOTE,
    )


def _points(frame: pd.DataFrame, theme: Theme, tiers: Sequence[str], chosen: Sequence[str]) -> pd.DataFrame:
    """The curve with each tier's last point repeated as the next one's first, so that the areas touch."""
    areas = []
    for tier in tiers:
        start = [areas[-1].tail(1).assign(tier=tier)] if areas else []
        areas.append(pd.concat([*start, frame[frame.tier == tier]]))
    points = pd.concat(areas, ignore_index=True).astype({"buyer_share": float, "revenue_share": float})
    opacities = style.opacities(points.tier, chosen)
    return points.assign(
        colour=[theme.tier(tier) for tier in points.tier],
        opacity=opacities,
        shade=[_SHADE * opacity for opacity in opacities],
        base=0.0,
    )


def _ends(frame: pd.DataFrame, tiers: Sequence[str]) -> pd.DataFrame:
    """One row per tier: where it ends on the curve, what is written there, on which side."""
    rows, before = [], 0.0
    for tier in tiers:
        end = frame[frame.tier == tier].iloc[-1]
        last = tier == tiers[-1]
        reached, part = style.number(end.buyers), style.number(end.buyer_share)
        if last and part:
            reached = round(reached / part)  # with those who stand after the curve's end
        count = int(reached - before)
        share = short(end.revenue_share, Format.SHARE)
        upto = "the rest" if last and before else f"to {share}" if before else f"the first {share}"
        rows.append(
            {
                "buyer_share": 1.0 if last else part,
                "revenue_share": 0.18 if last else style.number(end.revenue_share),
                "label": f"{tier}\n{digits(count)} buyer{'' if count == 1 else 's'}, {upto}",
                "side": "right" if last or part > 0.55 else "left",
                "is_cut_off": not last,
            }
        )
        before = reached
    return pd.DataFrame(rows)


def _labels(ends: pd.DataFrame, theme: Theme, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """A dot at each cut-off, and each tier's name and size below it, inside the plot."""
    dots = alt.Chart(ends[ends.is_cut_off]).mark_point(
        filled=True, size=60, color=theme.ink, opacity=1, aria=False, tooltip=None
    )
    layers = [dots.encode(x=x, y=y)]
    for side, shift in (("left", 9), ("right", -9)):
        words = style.text(
            ends[ends.side == side],
            theme,
            align=side,
            dx=shift,
            dy=13,
            baseline="middle",
            lineBreak="\n",
            lineHeight=15,
        )
        if (ends.side == side).any():
            layers.append(words.encode(x=x, y=y, text=alt.Text("label:N")))
    return layers
