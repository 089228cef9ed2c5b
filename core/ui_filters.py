"""The filter bar: one popover a question, a chip for what is on, the day and the data at the right."""

import datetime
from collections.abc import Sequence
from functools import partial

import streamlit as st

from core import formats, pareto, periods, reports, ui_state
from core.filters import KEYS, Filter, Level
from core.ui_text import plain
from core.warehouse import Mart

PILLS_AT_MOST = 12  # more options than that are searched for, not laid out
_PERIOD_KEYS = tuple(name for name, key in KEYS.items() if key.level is Level.PERIOD)
_ICONS = {
    "segment": ":material/groups:",
    "tier": ":material/leaderboard:",
    "country": ":material/public:",
    "category": ":material/category:",
}
_MORE = ("continent", "region", "channel", "subcategory", "product", "reason")
_SCORES = ("recency_score", "frequency_score", "monetary_score")


def filter_bar(mart: Mart, shown: Filter) -> None:
    """Draw the bar. `shown` is the Filter with the page's own period, which the period's label names."""
    choices = reports.choices(mart)
    chosen = ui_state.current()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _period(mart, shown)
        for key, icon in _ICONS.items():
            if _worth_choosing(key, choices):
                with st.popover(KEYS[key].label, icon=icon, key=f"open_{key}"):
                    _options(key, choices[key])
        with st.popover("More", icon=":material/tune:", key="open_more"):
            _more(mart, choices)
        _chips(chosen)
        st.space("stretch")
        st.caption(" · ".join(_data(mart)), width="content")


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
    if key in ("top_cut", "mid_cut", "target_growth"):
        return f"{float(value):.4g}" if key != "target_growth" else f"{float(value):+.1%}"
    if key in ("year", "quarter") and mart:
        fiscal = "FY " if mart.fiscal_year_start != 1 else ""
        span = (periods.year_span(int(value), mart.fiscal_year_start) if key == "year"
                else periods.quarter_span(value, mart.fiscal_year_start))  # fmt: skip
        said = value if key == "year" else f"Q{value[-1]} {value[:4]}"
        return f"{fiscal}{said}{' to date' if span.first <= mart.as_of < span.last else ''}"
    return value


def clear_button(label: str = "Clear all filters", key: str = "clear_empty") -> None:
    """A button that lifts every filter."""
    st.button(label, icon=":material/filter_alt_off:", key=key, on_click=ui_state.replace, args=(Filter(),))


def tier_switch() -> None:
    """One tier for the whole app, or all of them."""
    everyone = "All tiers"
    names = [everyone, *pareto.tier_names()]
    chosen = ui_state.current().get("tier")
    _set("tier_switch", chosen[0] if len(chosen) == 1 and chosen[0] in names else None if chosen else everyone)
    st.segmented_control(
        "Tier", names, key="tier_switch", label_visibility="collapsed", on_change=_tier_picked, args=(everyone,)
    )


def month_slicer(mart: Mart, shown: Filter) -> None:
    """The month in view, with a step back and forth."""
    months = [month.strftime("%Y-%m") for month in periods.months_of(mart).month]
    here = periods.month_in_view(mart, shown).strftime("%Y-%m")
    place = months.index(here) if here in months else len(months) - 1
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="month_slicer"):
        for label, icon, to in (
            ("Month before", "chevron_left", place - 1),
            ("Next month", "chevron_right", place + 1),
        ):
            if icon == "chevron_right":
                _set("month_slicer_choice", months[place])
                st.selectbox("Month", months[::-1], key="month_slicer_choice", label_visibility="collapsed", width=160,
                             format_func=partial(value_label, "month"), on_change=_month_picked)  # fmt: skip
            inside = 0 <= to < len(months)
            st.button("", key=icon, icon=f":material/{icon}:", type="tertiary", help=label, disabled=not inside,
                      on_click=_take_period, kwargs={"month": months[to] if inside else None})  # fmt: skip


def _period(mart: Mart, shown: Filter) -> None:
    ranges = _ranges(mart)
    with st.popover(f"Period: {period_label(mart, shown)}", icon=":material/calendar_month:", key="open_period"):
        now = dict(shown.values)
        here = next(
            (name for name, keys in ranges.items() if keys == {key: now[key] for key in _PERIOD_KEYS if key in now}),
            None,
        )
        _set("period_range", here)
        st.pills("Range", list(ranges), key="period_range", on_change=_range_picked, args=(ranges,))
        months = [month.strftime("%Y-%m") for month in reversed(periods.months_of(mart).month)]
        years = sorted(
            {
                str(periods.year_of(datetime.date.fromisoformat(f"{month}-01"), mart.fiscal_year_start))
                for month in months
            }
        )
        for key, label, options in (("year", "Years", years), ("month", "Months", months)):
            _set(f"period_{key}", [value for value in shown.get(key) if value in options])
            widget = st.pills if len(options) <= PILLS_AT_MOST else st.multiselect
            extra = {"selection_mode": "multi"} if widget is st.pills else {"placeholder": "Choose"}
            widget(label, options, key=f"period_{key}", format_func=partial(value_label, key),
                   on_change=_period_picked, args=(key,), **extra)  # fmt: skip
        with st.container(horizontal=True):
            for key in ("from", "to"):
                text = shown.one(key)
                day = datetime.date.fromisoformat(text) if text else None
                inside = day is None or mart.first_day <= day <= mart.as_of
                _set(f"period_{key}", day if inside else None)
                st.date_input(KEYS[key].label, None, mart.first_day, mart.as_of, key=f"period_{key}", width=140,
                              format="YYYY-MM-DD", on_change=_day_picked)  # fmt: skip


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


def _more(mart: Mart, choices: dict[str, list[str]]) -> None:
    for key in _MORE:
        if _worth_choosing(key, choices):
            _options(key, choices[key], label_visibility="visible")
    for key in _SCORES:
        _options(key, ["5", "4", "3", "2", "1"], label_visibility="visible")
    _set("pick_as_of", ui_state.current().as_of)
    st.date_input(
        "As of",
        None,
        mart.first_day,
        None,
        key="pick_as_of",
        format="YYYY-MM-DD",
        on_change=_picked,
        args=("as_of",),
        help="Hides every later order, everywhere.",
    )
    cuts = ui_state.current().cut_offs
    with st.container(horizontal=True):
        for key, share in (("top_cut", cuts.top), ("mid_cut", cuts.mid)):
            _percent(key, share, help="The cumulative share of revenue at which the tier ends.", width=200)
    if not mart.summary["has_targets"]:
        growth = ui_state.current().one("target_growth")
        _percent(
            "target_growth",
            float(growth) if growth else None,
            help="Growth on last year, which stands in for the target that this data does not have.",
        )


def _percent(key: str, share: float | None, **settings: object) -> None:
    """A number in percent that says a key's share (0-1) and sets it."""
    _set(f"pick_{key}", None if share is None else round(share * 100, 2))
    lowest = 0.0 if key.endswith("_cut") else None
    highest = 100.0 if key.endswith("_cut") else None
    st.number_input(
        f"{KEYS[key].label}, %",
        lowest,
        highest,
        value=None,
        step=1.0,
        key=f"pick_{key}",
        on_change=_share_picked,
        args=(key,),
        **settings,
    )


def _options(key: str, options: Sequence[str], label_visibility: str = "collapsed") -> None:
    """Pills, or a searchable list where there are many, that say the Filter and set it."""
    widget = f"pick_{key}"
    _set(widget, [value for value in ui_state.current().get(key) if value in options])
    common = {"key": widget, "on_change": _picked, "args": (key,), "label_visibility": label_visibility}
    if len(options) <= PILLS_AT_MOST:
        st.pills(KEYS[key].label, options, selection_mode="multi", **common)
    else:
        st.multiselect(KEYS[key].label, options, placeholder=f"Any {KEYS[key].label.lower()}", **common)


def _chips(chosen: Filter) -> None:
    for key, values in chosen.values:
        said = [value_label(key, value) for value in values]
        label = f"{KEYS[key].label}: {', '.join(said[:2])}{f' +{len(said) - 2}' if len(said) > 2 else ''}"
        st.button(
            plain(label),
            key=f"chip_{key}",
            type="primary",
            icon=":material/close:",
            icon_position="right",
            help=f"Clear {plain(', '.join(said[:20]))}",
            on_click=ui_state.choose,
            kwargs={key: None},
        )
    if len(chosen.values) > 1:
        st.button("Clear all", key="chip_all", type="tertiary", on_click=ui_state.replace, args=(Filter(),))


def _data(mart: Mart) -> list[str]:
    said = [f"As of {formats.date_text(mart.as_of)}", plain(mart.name), mart.currency]
    return [text for text in said if text]


def _worth_choosing(key: str, choices: dict[str, list[str]]) -> bool:
    return len(choices[key]) > 1 or bool(ui_state.current().get(key))


def _set(widget: str, value: object) -> None:
    """Let a widget say the Filter: it is drawn with this value."""
    if widget not in st.session_state or st.session_state[widget] != value:
        st.session_state[widget] = value


def _picked(key: str) -> None:
    value = st.session_state[f"pick_{key}"]
    ui_state.choose(**{key: value.isoformat() if isinstance(value, datetime.date) else value})


def _share_picked(key: str) -> None:
    value = st.session_state[f"pick_{key}"]
    ui_state.choose(**{key: f"{value / 100:.6g}" if value is not None else None})


def _range_picked(ranges: dict[str, dict[str, tuple[str, ...]]]) -> None:
    _take_period(**ranges.get(st.session_state["period_range"], {}))


def _period_picked(key: str) -> None:
    _take_period(**{key: st.session_state[f"period_{key}"]})


def _month_picked() -> None:
    _take_period(month=st.session_state["month_slicer_choice"])


def _tier_picked(everyone: str) -> None:
    chosen = st.session_state["tier_switch"]
    ui_state.choose(tier=None if chosen in (None, everyone) else chosen)


def _day_picked() -> None:
    days = {key: st.session_state[f"period_{key}"] for key in ("from", "to")}
    _take_period(**{key: day.isoformat() for key, day in days.items() if day})


def _take_period(**values: object) -> None:
    """One way of saying the period at a time: the others are lifted."""
    ui_state.choose(**{**dict.fromkeys(_PERIOD_KEYS), **values})
