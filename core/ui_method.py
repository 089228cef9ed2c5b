"""How is this made? A card's title, and the drawer it opens: how a figure, chart or table is made, and its files."""

from collections.abc import Callable
from dataclasses import dataclass

import altair as alt
import pandas as pd
import streamlit as st

from core import choice_words, compare, formats, method, reports, ui, ui_tables
from core.filters import Filter
from core.metrics import formula
from core.ui_text import plain
from core.ui_view import View

QUESTION = "How is this made?"
_PICTURES = {"png": "image/png", "svg": "image/svg+xml"}


@dataclass(frozen=True)
class Subject:
    """What a card shows: its title, the reports it is made of, the metrics in it (by default all its reports have).

    `value` is a single figure in full; `draw` draws a chart for a file; `sides` are names and filters where it shows
    several views beside each other, `held` the filter that says which. `lasting` is the title without what the filter
    changes in it.
    """

    title: str
    reports: tuple[str, ...]
    figures: tuple[str, ...] = ()
    value: str = ""
    draw: Callable[[], alt.LayerChart | alt.Chart] | None = None
    sides: tuple[tuple[str, Filter], ...] = ()
    held: Filter | None = None
    lasting: str = ""

    @property
    def key(self) -> str:
        """What its widgets' keys end in."""
        return choice_words.slug(self.lasting or self.title)


@st.fragment
def title(view: View, subject: Subject, *, switch: str = "") -> None:
    """The card's title, which opens the drawer. `switch` is the state that says whether the card shows its rows; empty
    where there is nothing to switch.
    """
    grain = " ".join(reports.REPORTS[name].grain for name in subject.reports)
    if name(f"**{subject.title}**", subject.key, help=plain(grain)):
        explain(view, subject, switch=switch)


def name(label: str, key: str, *, help: str, wrap: bool | None = True) -> bool:
    """The name of what is shown, a button that asks how it is made, with `help` on hover. Whether it was clicked."""
    return st.button(label, key=f"how_{key}", type="tertiary", icon=":material/info:", icon_position="right",
                     help=help, wrap=wrap)  # fmt: skip


def explain(view: View, subject: Subject, *, switch: str | None = None) -> None:
    """Open the drawer that says how the subject is made. Of a single figure, and of a card with its `switch`, it offers
    the customers behind it, the rows and the files.
    """
    drawer = st.dialog(plain(subject.title), width="medium", position="right", icon=":material/info:")
    drawer(_explained)(view, subject, switch)


def _files(view: View, subject: Subject, frame: pd.DataFrame) -> None:
    """The rows, and the chart as a picture with its title, filter and day in it; made when clicked."""
    report, filter = subject.reports[0], subject.held or view.filter
    ui_tables.download(frame, report, view.mart, filter, key=f"download_{subject.key}", label="CSV")
    if subject.draw:
        for kind, mime in _PICTURES.items():
            st.download_button(
                kind.upper(),
                _picture(view, subject, kind),
                choice_words.file_name(subject.title, view.mart, filter, kind),
                mime,
                key=f"{kind}_{subject.key}",
                type="tertiary",
                icon=":material/image:",
                help=f"Download the chart ({kind.upper()})",
                on_click="ignore",
            )


def _picture(view: View, subject: Subject, kind: str) -> Callable[[], bytes]:
    style = formats.style()

    def draw() -> bytes:
        from core.take import comparison, drawings, words  # what makes files is loaded when the first one is asked for

        with formats.written_in(style):
            sides = compare.of_filter(view.mart, subject.held) if subject.held else None
            said = comparison.view(sides) if sides else words.view(view.mart, view.filter)
            return drawings.picture(subject.draw(), kind, subject.title, (said, words.source(view.mart)))

    return draw


def _explained(view: View, subject: Subject, switch: str | None) -> None:
    sides = subject.sides or (("", view.filter),)
    made = [method.of(subject.title, subject.reports, view.mart, filter, subject.figures) for _, filter in sides]
    if subject.value or switch is not None:
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            if switch:
                _turn(switch)
            if made[0].queries:
                _files(view, subject, view.run(subject.reports[0]))
            for side, filter in sides:
                ui.link_to("Customers", f"Customers behind {plain(side) or 'it'}", view, filter)
    st.caption(QUESTION)
    if subject.value:
        st.markdown(f"**{plain(subject.value)}**")
    for figure in made[0].figures:
        written = f"  \n:gray[{plain(figure.label)} = {plain(formula(figure))}]" if formula(figure) else ""
        st.markdown(f"**{plain(figure.label)}** – {plain(figure.definition)}{written}")
    for (side, _), one in zip(sides, made, strict=True):
        if side:
            st.subheader(plain(side), anchor=False, divider="gray")
        _told(one)
    ui.link_to("Methodology", "How every figure is made", view, view.filter)


def _turn(switch: str) -> None:
    """What turns a card from its chart to its rows and back, and closes the drawer over it."""
    as_rows = st.session_state.get(switch, False)
    label, icon = ("Show the chart", "bar_chart") if as_rows else ("Show the rows", "table")
    if st.button(label, icon=f":material/{icon}:", key=f"turn_{switch}", type="tertiary"):
        st.session_state[switch] = not as_rows
        st.rerun()


def _told(made: method.Method) -> None:
    """What one view rests on, and all of it as a text that runs."""
    for name, said in made.facts:
        st.markdown(f"**{name}** – {plain(said)}")
    if made.queries:
        st.caption(f"All of it as one text, which DuckDB runs as it stands against {plain(made.file)}:")
    st.code(made.script, language="sql", height=420 if made.queries else "content")
