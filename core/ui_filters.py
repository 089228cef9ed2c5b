"""The filter bar: one popover a question, a chip for what is on, the day and the data at the right."""

import datetime
from collections.abc import Sequence
from urllib.parse import urlsplit

import streamlit as st

from core import ahead, choice_words, compare, formats, pareto, reports, ui_state
from core.filters import KEYS, Filter, Level
from core.ui_period import PILLS_AT_MOST, period_label, period_popover, value_label
from core.ui_text import plain
from core.warehouse import Mart

_ICONS = {
    "segment": ":material/groups:",
    "tier": ":material/leaderboard:",
    "country": ":material/public:",
    "category": ":material/category:",
}
_MORE = ("continent", "region", "channel", "subcategory", "product", "reason")
_SCORES = ("recency_score", "frequency_score", "monetary_score")


@st.fragment
def filter_bar(mart: Mart, shown: Filter) -> None:
    """Draw the bar. `shown` is the Filter with the page's own period, which the period's label names.

    What a popover offers is drawn when it opens, and the bar alone is drawn again for it. A choice redraws the page.
    """
    ahead.asked()
    if ui_state.has_changed():
        st.rerun()
    choices = reports.choices(mart)
    chosen = ui_state.current()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        period_popover(mart, shown)
        for key, icon in _ICONS.items():
            if _worth_choosing(key, choices):
                with st.popover(KEYS[key].label, icon=icon, key=f"open_{key}", on_change="rerun") as popover:
                    if popover.open:
                        _options(key, choices[key])
        with st.popover("More", icon=":material/tune:", key="open_more", on_change="rerun") as popover:
            if popover.open:
                _more(mart, choices)
        _chips(mart, chosen)
        _compare_link(mart, chosen)
        st.space("stretch")
        st.caption(" · ".join(_data(mart)), width="content")


def presented_bar(mart: Mart, shown: Filter) -> None:
    """What is chosen, the day and the data, for an audience: nothing to choose from, but a chip still clears."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="presented_bar"):
        period = period_label(mart, shown)
        st.markdown(f"**{plain(period[:1].upper() + period[1:])}**", width="content")
        _chips(mart, ui_state.current().without_level(Level.PERIOD))
        st.space("stretch")
        st.caption(" · ".join(_data(mart)), width="content")


def clear_button(label: str = "Clear all filters", key: str = "clear_empty") -> None:
    """A button that lifts every filter."""
    st.button(label, icon=":material/filter_alt_off:", key=key, on_click=ui_state.replace, args=(Filter(),))


def tier_switch() -> None:
    """One tier for the whole app, or all of them."""
    everyone = "All tiers"
    names = [everyone, *pareto.tier_names()]
    chosen = ui_state.current().get("tier")
    ui_state.show("tier_switch", chosen[0] if len(chosen) == 1 and chosen[0] in names else None if chosen else everyone)
    st.segmented_control(
        "Tier", names, key="tier_switch", label_visibility="collapsed", on_change=_tier_picked, args=(everyone,)
    )


def _more(mart: Mart, choices: dict[str, list[str]]) -> None:
    for key in _MORE:
        if _worth_choosing(key, choices):
            _options(key, choices[key], label_visibility="visible")
    for key in _SCORES:
        _options(key, ["5", "4", "3", "2", "1"], label_visibility="visible")
    ui_state.show("pick_as_of", ui_state.current().as_of)
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
    ui_state.show(f"pick_{key}", None if share is None else round(share * 100, 2))
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
    ui_state.show(widget, [value for value in ui_state.current().get(key) if value in options])
    common = {"key": widget, "on_change": _picked, "args": (key,), "label_visibility": label_visibility}
    if len(options) <= PILLS_AT_MOST:
        st.pills(KEYS[key].label, options, selection_mode="multi", **common)
    else:
        st.multiselect(KEYS[key].label, options, placeholder=f"Any {KEYS[key].label.lower()}", **common)


def _chips(mart: Mart, chosen: Filter) -> None:
    for key, values in chosen.without_level(Level.COMPARE).values:
        said = _called(mart, key, values[:20])
        more = f" +{len(values) - 2}" if len(values) > 2 else ""
        st.button(
            plain(f"{KEYS[key].label}: {', '.join(label for label, _ in said[:2])}{more}"),
            key=f"chip_{key}",
            type="primary",
            icon=":material/close:",
            icon_position="right",
            help=f"Clear {plain(', '.join(full for _, full in said))}",
            on_click=ui_state.choose,
            kwargs={key: None},
        )
    if len(chosen.values) > 1:
        st.button("Clear all", key="chip_all", type="tertiary", on_click=ui_state.replace, args=(Filter(),))


def _called(mart: Mart, key: str, values: tuple[str, ...]) -> list[tuple[str, str]]:
    """What each value of a key is called, and the same in full: a customer by its name, and by identifier as well."""
    if key != "customer":
        return [(value_label(key, value),) * 2 for value in values]
    named = zip(choice_words.called(mart, key, values), values, strict=False)
    return [(name, name if name == value else f"{name} ({value})") for name, value in named]


def _compare_link(mart: Mart, chosen: Filter) -> None:
    """A way to hold against each other the two values chosen of one key, or the only one against another."""
    sides = [side.text for side in compare.picked(chosen)]
    if not sides or set(sides) <= set(chosen.get("compare")):
        return
    label, icon = "Compare the two" if len(sides) == 2 else "Compare with…", ":material/compare_arrows:"
    if urlsplit(st.context.url or "").path.endswith("/Compare"):  # a link to the page that it stands on leads nowhere
        st.button(label, icon=icon, type="tertiary", key="compare_picked", on_click=ui_state.choose,
                  kwargs={"compare": sides})  # fmt: skip
    else:
        query = ui_state.query(mart, chosen.choose(compare=sides))
        st.page_link("pages/6_Compare.py", label=label, icon=icon, query_params=query)


def _data(mart: Mart) -> list[str]:
    said = [f"As of {formats.date_text(mart.as_of)}", plain(mart.name), mart.currency]
    return [text for text in said if text]


def _worth_choosing(key: str, choices: dict[str, list[str]]) -> bool:
    return len(choices[key]) > 1 or bool(ui_state.current().get(key))


def _picked(key: str) -> None:
    value = st.session_state[f"pick_{key}"]
    ui_state.choose(**{key: value.isoformat() if isinstance(value, datetime.date) else value})


def _share_picked(key: str) -> None:
    value = st.session_state[f"pick_{key}"]
    ui_state.choose(**{key: f"{value / 100:.6g}" if value is not None else None})


def _tier_picked(everyone: str) -> None:
    chosen = st.session_state["tier_switch"]
    ui_state.choose(tier=None if chosen in (None, everyone) else chosen)
