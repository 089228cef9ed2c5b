"""What every chart shares: type, grid, tooltips, how a chosen row stands out, the text alternative.

A chart is finished with `finish`. Its `description` says the finding in words and is the text alternative; `usermeta`
says the width under which it cannot be read (`narrowest`, px) and what the caption must add (`note`).
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd
import pyarrow as pa
from altair.utils.schemapi import debug_mode

from core.formats import Format, exact
from core.theme import Theme

PICK, ADD = "pick", "add"  # what a click tells, without and with shift
TURN = "turn"  # the column that tells one click from the next on the same mark
TEXT_SIZE = 12
LABEL_LIMIT = 140
MUTED = 0.3
DASH = [5, 3]
PHONE = 300


@dataclass(frozen=True)
class Tip:
    """One line of a tooltip: its title, the column, how it is written."""

    title: str
    column: str
    format: Format


def with_tips(frame: pd.DataFrame, tips: Iterable[Tip]) -> tuple[pd.DataFrame, list[alt.Tooltip]]:
    """The frame with each tip's exact text in a column of its own, and the tooltip that shows them.

    `said` holds the same in one line, for screen readers.
    """
    written = frame.copy()
    tips = list(tips)
    for place, tip in enumerate(tips):
        written[f"tip_{place}"] = [exact(value, tip.format) for value in frame[tip.column]]
    written["said"] = [
        "; ".join(f"{tip.title}: {text}" for tip, text in zip(tips, texts, strict=True))
        for texts in zip(*(written[f"tip_{place}"] for place in range(len(tips))), strict=True)
    ]
    shown = [alt.Tooltip(f"tip_{place}:N", title=tip.title) for place, tip in enumerate(tips)]
    return written, shown


def _rows(data: object) -> dict:
    """A frame of text and numbers as Vega-Lite takes it; what is absent is null. Altair's own way takes ten times as
    long.
    """
    if not isinstance(data, pd.DataFrame):
        return data
    columns = {name: [None if value != value else value for value in _values(data[name])] for name in data}
    return {"values": [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]}


def _values(column: pd.Series) -> list:
    days = pd.api.types.is_datetime64_any_dtype(column)
    return (column.dt.strftime("%Y-%m-%dT%H:%M:%S") if days else column).tolist()


alt.data_transformers.register("rows", _rows)
alt.data_transformers.enable("rows")


def opacities(values: Iterable[object], chosen: Sequence[object]) -> list[float]:
    """Full for what is chosen, and for everything where nothing is."""
    return [1.0 if not chosen or value in chosen else MUTED for value in values]


def clickable(chart: alt.Chart, tips: Sequence[alt.Tooltip], fields: Sequence[str], **channels: object) -> alt.Chart:
    """Marks in the frame's colours, with a tooltip that screen readers get too, that yield `fields` on a click."""
    look = {"color": column("colour", alt.Color), "opacity": column("opacity", alt.Opacity)}
    marks = chart.encode(tooltip=list(tips), description=alt.Description("said:N"), **look, **channels)
    return named(marks, "marks").add_params(*pickers(fields))


class Layers(alt.LayerChart):
    """Layers as they are given. Altair's own constructor copies each of them several times over, again whenever the
    chart is written; that takes longer than everything else about a chart.
    """

    def __init__(self, data: object = alt.Undefined, layer: Sequence[alt.Chart] = (), **keywords: object) -> None:
        super(alt.LayerChart, self).__init__(data=data, layer=list(layer), **keywords)


def layered(*layers: alt.Chart, rows: pd.DataFrame | None = None) -> Layers:
    """The layers as one chart, the first at the bottom. A click on a layer with `pickers` belongs to the chart.

    Layers without rows of their own draw `rows`.
    """
    params = []
    for layer in layers:
        if layer.params is not alt.Undefined:
            params += [{"name": one.name, "select": one.select, "views": [layer.name]} for one in layer.params]
            layer.params = alt.Undefined
    shared = {} if rows is None else {"data": rows}
    return Layers(layer=layers, **shared, **({"params": params} if params else {}))


def named(chart: alt.Chart, name: str) -> alt.Chart:
    """The layer with a name. Without one, Altair writes out its whole frame to tell it from others."""
    chart.name = name
    return chart


def pickers(fields: Sequence[str]) -> list[alt.Parameter]:
    """Clicks without and with shift that yield these fields of the mark, and its turn."""
    return [
        alt.selection_point(name=name, fields=[*fields, TURN], on=click, toggle=False, clear=False)
        for name, click in ((PICK, "click[!event.shiftKey]"), (ADD, "click[event.shiftKey]"))
    ]


def column(name: str, channel: type) -> alt.SchemaBase:
    """A channel that takes a colour or an opacity from the frame as it stands."""
    return channel(f"{name}:{'Q' if channel is alt.Opacity else 'N'}", scale=None, legend=None)


def tick_labels(ticks: Sequence[float], labels: Sequence[str]) -> str:
    """An axis expression that writes each tick as its label."""
    return f"{json.dumps(list(labels), ensure_ascii=False)}[indexof({json.dumps(list(ticks))}, datum.value)]"


def finish(
    chart: alt.LayerChart | alt.Chart,
    theme: Theme,
    *,
    description: str,
    height: int | alt.Step,
    narrowest: int = PHONE,
    note: str = "",
) -> alt.LayerChart | alt.Chart:
    """The chart in the house's style, ready for a page or a file."""
    label = {"labelFont": theme.font, "titleFont": theme.font, "labelFontSize": TEXT_SIZE, "titleFontSize": TEXT_SIZE}
    # Set in place: each of Altair's own methods for these copies the whole chart.
    chart.height = height
    chart.description = description
    chart.padding = {"left": 5, "top": 5, "right": 12, "bottom": 5}
    chart.usermeta = {"narrowest": narrowest, "note": note}
    chart.config = {
        "background": theme.ground,
        "font": theme.font,
        "view": {"stroke": None},
        "axis": {
            **label,
            "domain": False,
            "ticks": False,
            "labelColor": theme.quiet,
            "titleColor": theme.quiet,
            "titleFontWeight": 400,
            "gridColor": theme.line,
            "labelPadding": 6,
            "labelLimit": LABEL_LIMIT,
            "labelFlush": False,
        },
        "text": {"font": theme.font, "fontSize": TEXT_SIZE, "color": theme.ink},
    }
    return chart


@dataclass(frozen=True)
class Drawn:
    """A chart as a page shows it: Vega-Lite apart from all that changes with the data.

    `rows` are its tables by name, `finding` is the text alternative, `note` what the caption must add, `narrowest` the
    width, px, under which it cannot be read.
    """

    spec: dict
    rows: Mapping[str, pa.Table]
    finding: str
    note: str
    narrowest: int

    @property
    def clicked(self) -> str:
        """The name of the rows that a click tells, empty where it tells none."""
        views = {view for one in self.spec.get("params", ()) for view in one["views"]}
        return next((layer["data"]["name"] for layer in self.spec["layer"] if layer.get("name") in views), "")

    @property
    def marks(self) -> list[dict]:
        """What each mark tells when it is clicked on, in the order they are drawn; nothing where no click counts."""
        if not self.clicked:
            return []
        rows, told = self.rows[self.clicked], self.spec["params"][0]["select"]["fields"]
        return rows.select([name for name in told if name in rows.column_names]).to_pylist()


def drawn(draw: Callable[[], alt.LayerChart]) -> Drawn:
    """What `draw` draws, unchecked: checks take longer than drawing, and the tests check every chart.

    Tables are named by their places, so that a chart of other rows is the same and the browser only changes the rows.
    """
    with debug_mode(False):
        spec = draw().to_dict(validate=False)
    names = {name: f"rows_{place}" for place, name in enumerate(spec["datasets"])}
    rows = {names[name]: pa.Table.from_pylist(rows) for name, rows in spec.pop("datasets").items()}
    shared = spec.pop("data", None)
    for layer in spec["layer"]:
        layer["data"] = {"name": names[layer.get("data", shared)["name"]]}
    said = spec.pop("usermeta")
    return Drawn(spec, rows, spec.pop("description"), said["note"], said["narrowest"])


def text(frame: pd.DataFrame, theme: Theme, **mark: object) -> alt.Chart:
    """A layer of direct labels; it lets clicks through to the marks below it."""
    return alt.Chart(frame).mark_text(
        **{"font": theme.font, "color": theme.ink, "aria": False, "tooltip": None, **mark}
    )


def number(value: object) -> float:
    """A value to draw by: what is absent draws as nothing."""
    return 0.0 if value is None or value is pd.NA or value != value else float(value)
