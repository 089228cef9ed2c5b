"""The page that compares: what is held against what, the figures of both sides, what differs most."""

from dataclasses import dataclass, field, replace
from functools import partial

import altair as alt
import pandas as pd
import streamlit as st

from core import compare, formats, theme, ui, ui_method, ui_state
from core.charts import comparisons as charts
from core.compare import Breakdown, Comparison
from core.filters import COMPARED, KEYS, Filter
from core.formats import Format
from core.insights import comparisons
from core.metrics import COLUMNS
from core.ui_charts import card, kept, missing, show
from core.ui_method import Subject
from core.ui_period import value_label
from core.ui_text import plain
from core.ui_view import View
from core.warehouse import Mart

_SIGNS = (charts.FULL, charts.RING)


@dataclass(frozen=True)
class Drawing:
    """A chart of both sides: of a breakdown, in shares or by amount, else of the course of revenue."""

    comparison: Comparison
    breakdown: Breakdown | None = None
    by_amount: bool = False
    chosen: tuple[str, ...] = ()

    def frame(self) -> pd.DataFrame:
        """The rows of both sides."""
        return compare.parts(self.comparison, self.breakdown) if self.breakdown else compare.course(self.comparison)

    def drawn(self) -> pd.DataFrame:
        """The rows that are drawn: what is chosen of them among all others, which stay to be chosen as well."""
        if self.comparison.is_of_periods and not self.breakdown:
            return self.frame()
        key = self.breakdown.key if self.breakdown else "month"
        return replace(self, comparison=self.comparison.without(key)).frame()

    def draw(self, mode: str) -> alt.LayerChart:
        """The chart in a theme's mode."""
        if not self.breakdown:
            colours, names = theme.load(mode), self.comparison.names
            return charts.side_courses(self.drawn(), colours, sides=names, chosen=self.chosen)
        return charts.side_parts(
            self.drawn(),
            theme.load(mode),
            sides=self.comparison.names,
            name=self.breakdown.key,
            what=self.breakdown.measure,
            format=COLUMNS[self.breakdown.measure].format,
            by_amount=self.by_amount,
            chosen=self.chosen,
        )


@dataclass(frozen=True)
class ComparedView(View):
    """A view whose report has both sides in its rows. Its filter is the first side's."""

    rows: pd.DataFrame = field(hash=False, compare=False, kw_only=True)

    def run(self, name: str, **changes: object) -> pd.DataFrame:
        """The rows of both sides."""
        return self.rows


def sold_nothing(view: View) -> bool:
    """Whether neither side has sold anything."""
    comparison = compare.of_filter(view.mart, view.filter)
    return comparison is not None and not any(
        (frame.orders.iloc[0] or frame.revenue.iloc[0]) for frame in comparison.run("headline")
    )


def sides(view: View) -> Comparison:
    """Draw what chooses both sides, and return them. Stops where there is only one."""
    comparison = compare.of_filter(view.mart, view.filter)
    chosen = view.filter.get("compare")
    kind = comparison.kind if comparison else compare.Side.of(chosen[0]).kind if chosen else "segment"
    values = [side.value for side in comparison.sides] if comparison else []
    options = compare.options(view.mart, kind)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="sides"):
        ui_state.show("compare_kind", kind)
        kinds = [key for key in COMPARED if len(compare.options(view.mart, key)) > 1 or key == kind]
        st.selectbox("Compare", kinds, key="compare_kind", width=150, on_change=_kind_picked,
                     args=(view.mart, view.filter), format_func=lambda key: KEYS[key].label)  # fmt: skip
        for place, value in enumerate(values):
            ui_state.show(f"compare_{place}", value)
            st.selectbox(f"{_SIGNS[place]} {('First', 'Second')[place]}", list(dict.fromkeys([*options, value])),
                         key=f"compare_{place}", width=230, format_func=partial(value_label, kind, mart=view.mart),
                         on_change=_side_picked, args=(place, tuple(values)))  # fmt: skip
        if values:
            st.button("Swap", icon=":material/swap_horiz:", key="compare_swap", on_click=_take,
                      args=(values[::-1],))  # fmt: skip
    if comparison is None:
        st.info(f"The data has nothing else to compare under {KEYS[kind].label}; choose another kind.")
        st.stop()
    if said := comparisons.unequal(comparison):
        st.caption(f":material/info: {plain(said)}")
    if lifted := [key for key, _ in view.filter.values if key not in ("compare", *dict(comparison.filter.values))]:
        said = " and ".join(KEYS[key].label.lower() for key in lifted)
        st.caption(f":material/info: The filter on {said} gives way to the two sides; all others are in force on both.")
    return comparison


def findings(comparison: Comparison) -> None:
    """The largest differences in sentences."""
    with st.container(border=True, height="stretch", key="card_differences"):
        st.markdown("**What differs most**", help="By the money behind the difference, and by how unusual it is.")
        found = comparisons.differences(comparison)[1:]
        if not found:
            st.caption("Nothing stands out: too few orders, or both sides are alike.")
        for insight in found:
            st.markdown(f"- {ui.insight_text(insight)}")


@st.fragment
def figure_cards(view: View, comparison: Comparison) -> None:
    """A card a figure: both values, and the difference between them in its unit and in percent."""
    rows, asked = compare.figures(comparison), None
    with st.grid(4, min_column_width=230):
        for row in rows.itertuples():
            metric = COLUMNS[row.figure]
            with st.container(border=True, height="stretch", gap="xsmall", key=f"compared_{row.figure}"):
                exact = " and ".join(formats.exact(value, metric.format) for value in (row.first, row.second))
                said = f"{metric.definition}  \nExactly {plain(exact)}."
                if ui_method.name(metric.label, row.figure, help=said):
                    asked = metric, exact
                with st.container(horizontal=True, gap="small"):
                    for sign, name, value in zip(_SIGNS, comparison.names, (row.first, row.second), strict=True):
                        st.metric(f"{sign} {plain(name)}", formats.short(value, metric.format))
                absent = metric.name in ("profit", "margin") and not view.has("costs")
                st.caption("No costs in this data." if absent else _difference(row, metric.format))
    if asked:
        metric, exact = asked
        report = "customers" if metric.name == "avg_recency_days" else "headline"
        compared = ComparedView(metric.label, view.mart, comparison.filters[0], rows=rows)
        subject = Subject(metric.label, (report,), (metric.name,), f"{metric.label}: {exact}",
                          sides=_named(comparison), held=comparison.in_link)  # fmt: skip
        ui_method.explain(compared, subject)


def course(view: View, comparison: Comparison) -> None:
    """Revenue of both sides over time, on one axis."""
    by_day = comparison.kind == "month"
    title, report = ("Revenue, month to date", "month_days") if by_day else ("Revenue by month", "monthly_growth")
    _card(view, title, report, Drawing(comparison, chosen=comparison.filter.get("month")), "month")


def parts(view: View, comparison: Comparison) -> None:
    """A card a breakdown: what each side consists of. Two abreast."""
    found = compare.breakdowns(comparison)
    by_amount = comparison.is_by_amount
    for place in range(0, len(found), 2):
        for column, one in zip(st.columns(2), found[place : place + 2], strict=False):
            title = one.title[:1].upper() + one.title[1:] if by_amount else f"% {one.title}"
            with column:
                if one.needs and not view.has(one.needs):
                    missing(one.needs, title)
                else:
                    chosen = comparison.filter.get(one.key)
                    _card(view, title, one.report, Drawing(comparison, one, by_amount, chosen), one.key)


def _card(view: View, title: str, report: str, drawing: Drawing, *picks: str) -> None:
    """A card of a chart of both sides, whose rows are both sides' too. A click chooses its `picks`."""
    compared = ComparedView(title, view.mart, drawing.comparison.filters[0], rows=drawing.frame())
    draw, held = partial(drawing.draw, "light"), drawing.comparison.in_link
    subject = Subject(title, (report,), draw=draw, sides=_named(drawing.comparison), held=held)
    card(compared, subject, partial(_chart, drawing, subject, picks))


def _named(comparison: Comparison) -> tuple[tuple[str, Filter], ...]:
    """What each side is called, and its filter."""
    return tuple(zip(comparison.names, comparison.filters, strict=True))


def _chart(drawing: Drawing, subject: Subject, picks: tuple[str, ...]) -> None:
    # The sides may come from the page itself: what a click adds to the link must not make it choose others.
    beside = {"compare": [side.text for side in drawing.comparison.sides]}
    show(kept(Drawing.draw, drawing), subject, picks, drawing.comparison.mart, beside)


def _difference(row: object, format: Format) -> str:
    """The difference in its unit and in percent: +12.3 M · +45.1%."""
    size, relative = charts.difference(row, format)
    if not size:
        return "No difference: one side has none."
    return f"Difference **{plain(size)}**" + (f" · **{relative}**" if relative else "")


def _kind_picked(mart: Mart, filter: Filter) -> None:
    """Of another kind, the two that are most likely held against each other."""
    comparison = compare.of_kind(mart, filter, st.session_state["compare_kind"])
    ui_state.choose(compare=[side.text for side in comparison.sides] if comparison else None)


def _side_picked(place: int, values: tuple[str, ...]) -> None:
    """One side anew; where it is what the other side is, the two change places."""
    picked = st.session_state[f"compare_{place}"]
    chosen = list(values)
    if picked == chosen[1 - place]:
        chosen[1 - place] = chosen[place]
    chosen[place] = picked
    _take(chosen)


def _take(values: list[str]) -> None:
    kind = st.session_state["compare_kind"]
    ui_state.choose(compare=[f"{kind}:{value}" for value in values])
