"""The period: a popover with ranges, years, months and days; a month slicer; every way a period is said in words."""

import datetime
from functools import partial

import streamlit as st

from core import choice_words, formats, periods, ui_state
from core.filters import KEYS, Filter, Level
from core.ui_state import show
from core.warehouse import Mart

PILLS_AT_MOST = 12  # more options than that are searched for, not laid out
_PERIOD_KEYS = tuple(name for name, key in KEYS.items() if key.level is Level.PERIOD)


def period_label(mart: Mart, filter: Filter) -> str:
    """The period in words: May 2014, 2014 to date, all data."""
    said = [value_label(key, value, mart) for key in ("year", "quarter", "month") for value in filter.get(key)]
    first, last = filter.one("from"), filter.one("to")
    if first or last:
        said.append(
            " – ".join(
                formats.date_text(datetime.date.fromisoformat(text)) if text else "" for text in (first, last)
            ).strip()
        )
    return ", ".join(said[:2]) + (f" and {len(said) - 2} more" if len(said) > 2 else "") or "all data"


def value_label(key: str, value: str, mart: Mart | None = None) -> str:
    """A filter's value as a reader says it: May 2014 for 2014-05, 2014 to date for the year that is not over."""
    if key == "month":
        return datetime.date.fromisoformat(f"{value}-01").strftime("%b %Y")
    if key in ("from", "to", "as_of"):
        return formats.date_text(datetime.date.fromisoformat(value))
    if key in ("year", "quarter") and mart:
        return periods.label(mart, key, value)
    return choice_words.written(key, value)


def period_popover(mart: Mart, shown: Filter) -> None:
    """What the period is, and what it can be once the popover is open."""
    label = f"Period: {period_label(mart, shown)}"
    with st.popover(label, icon=":material/calendar_month:", key="open_period", on_change="rerun") as popover:
        if popover.open:
            _periods(mart, shown)


def _periods(mart: Mart, shown: Filter) -> None:
    ranges = _ranges(mart)
    now = dict(shown.values)
    here = next(
        (name for name, keys in ranges.items() if keys == {key: now[key] for key in _PERIOD_KEYS if key in now}),
        None,
    )
    show("period_range", here)
    st.pills("Range", list(ranges), key="period_range", on_change=_range_picked, args=(ranges,))
    months = [month.strftime("%Y-%m") for month in reversed(periods.months_of(mart).month)]
    years = sorted(
        {str(periods.year_of(datetime.date.fromisoformat(f"{month}-01"), mart.fiscal_year_start)) for month in months}
    )
    for key, label, options in (("year", "Years", years), ("month", "Months", months)):
        show(f"period_{key}", [value for value in shown.get(key) if value in options])
        widget = st.pills if len(options) <= PILLS_AT_MOST else st.multiselect
        extra = {"selection_mode": "multi"} if widget is st.pills else {"placeholder": "Choose"}
        widget(label, options, key=f"period_{key}", format_func=partial(value_label, key),
               on_change=_period_picked, args=(key,), **extra)  # fmt: skip
    with st.container(horizontal=True):
        for key in ("from", "to"):
            text = shown.one(key)
            day = datetime.date.fromisoformat(text) if text else None
            inside = day is None or mart.first_day <= day <= mart.as_of
            show(f"period_{key}", day if inside else None)
            st.date_input(KEYS[key].label, None, mart.first_day, mart.as_of, key=f"period_{key}", width=140,
                          format="YYYY-MM-DD", on_change=_day_picked)  # fmt: skip


def month_slicer(mart: Mart, shown: Filter) -> None:
    """The month in view with a step back and forth, marked where it is not over or looks incomplete."""
    frame = periods.months_of(mart)
    months = [month.strftime("%Y-%m") for month in frame.month]
    here = periods.month_in_view(mart, shown).strftime("%Y-%m")
    place = months.index(here) if here in months else len(months) - 1
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="month_slicer"):
        _step("chevron_left", "Month before", months, place - 1)
        show("month_slicer_choice", months[place])
        st.selectbox(
            "Month",
            months[::-1],
            key="month_slicer_choice",
            label_visibility="collapsed",
            width=160,
            format_func=partial(value_label, "month"),
            on_change=_month_picked,
        )
        _step("chevron_right", "Next month", months, place + 1)
        if frame.is_thin.iloc[place]:
            st.badge("Looks incomplete", icon=":material/warning:", color="orange",
                     help="Under a fifth of the median of the twelve months before.")  # fmt: skip
        elif not frame.is_whole.iloc[place]:
            st.badge("Not over yet", color="gray", help=f"The data ends on {formats.date_text(mart.as_of)}.")


def _step(icon: str, label: str, months: list[str], to: int) -> None:
    inside = 0 <= to < len(months)
    st.button("", key=icon, icon=f":material/{icon}:", type="tertiary", help=label, disabled=not inside,
              on_click=_take_period, kwargs={"month": months[to] if inside else None})  # fmt: skip


def _ranges(mart: Mart) -> dict[str, dict[str, tuple[str, ...]]]:
    """The quick ranges: the latest whole month and quarter, the year so far, the year before, all."""
    start = mart.fiscal_year_start
    year = periods.year_of(mart.as_of, start)
    month = periods.month_in_view(mart, Filter())
    return {
        "Month": {"month": (month.strftime("%Y-%m"),)},
        "Quarter": {"quarter": (periods.quarter_of(mart.as_of, start),)},
        "Year to date": {"year": (str(year),)},
        "Last year": {"year": (str(year - 1),)},
        "All": {"from": (mart.first_day.isoformat(),), "to": (mart.as_of.isoformat(),)},
    }


def _range_picked(ranges: dict[str, dict[str, tuple[str, ...]]]) -> None:
    _take_period(**ranges.get(st.session_state["period_range"], {}))


def _period_picked(key: str) -> None:
    _take_period(**{key: st.session_state[f"period_{key}"]})


def _month_picked() -> None:
    _take_period(month=st.session_state["month_slicer_choice"])


def _day_picked() -> None:
    days = {key: st.session_state[f"period_{key}"] for key in ("from", "to")}
    _take_period(**{key: day.isoformat() for key, day in days.items() if day})


def _take_period(**values: object) -> None:
    """One way of saying the period at a time: the others are lifted."""
    ui_state.choose(**{**dict.fromkeys(_PERIOD_KEYS), **values})
