"""The codes of each segment, in its colour beside its name."""

import altair as alt
import pandas as pd

from core.charts import style
from core.theme import Theme

_ROW, _CODE, _NAMES = 34, 38, 130


def segment_codes(frame: pd.DataFrame, theme: Theme) -> alt.LayerChart:
    """One row per segment, its codes from the best on. Takes rows of `segment` and `code`, in reading order."""
    rows = frame.assign(
        place=frame.groupby("segment", sort=False).cumcount(),
        colour=[theme.segment(name) for name in frame.segment],
        said=[f"{code}: {name}" for code, name in zip(frame.code, frame.segment, strict=True)],
    )
    names = list(dict.fromkeys(rows.segment))
    longest = int(rows.place.max()) + 1
    x = alt.X("place:O", axis=None, sort=list(range(longest)))
    y = alt.Y("segment:N", sort=names, title=None, axis=alt.Axis(labelColor=theme.ink, grid=False))
    base = alt.Chart(rows)
    # The colour is a line below the code, which keeps its contrast on the ground.
    line = base.mark_rect(height=4, yOffset=10, width=_CODE - 6).encode(
        x=x, y=y, color=style.column("colour", alt.Color), description="said:N"
    )
    code = style.text(rows, theme, dy=-4).encode(x=x, y=y, text="code:N")
    counts = rows.segment.value_counts(sort=False)
    return style.finish(
        style.layered(style.named(line, "marks"), code),
        theme,
        description=f"Of {len(rows)} codes most, {counts.max()}, stand for {counts.idxmax()}.",
        height=_ROW * len(names),
        narrowest=_NAMES + _CODE * longest,
    )
