"""The customers behind a figure: found by a name, sorted by any column, each opening its own page."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from core import choice_words, customers, formats, ui_method, ui_state, ui_tables, ui_take
from core.customers import Listing
from core.filters import Filter
from core.formats import Format
from core.metrics import COLUMNS
from core.ui_cards import Card, cards
from core.ui_method import Subject
from core.ui_view import View

PAGE = "pages/5_Customers.py"
_LISTING, _SEARCH, _SORT, _WAY = "listing", "list_search", "list_sort", "list_descending"
_COLUMNS = (
    *("customer_name", "segment", "tier", "revenue", "orders", "profit", "last_order_date", "recency_days"),
    *("recency_score", "frequency_score", "monetary_score", "revenue_at_risk"),
)
_WIDTHS = {"segment": 130, "tier": 155}
# Headings as narrow as their columns, so that the list fits a desk's screen; the definition is on hover.
_HEADINGS = {"recency_days": "Days ago", "recency_score": "Recency", "frequency_score": "Frequency",
             "monetary_score": "Monetary"}  # fmt: skip
_CLICKED = "list_clicked"
_ROW_HEIGHT, _ROWS_IN_SIGHT = 32, 20
_WAYS = {True: "Largest first", False: "Smallest first"}


def order_words(asked: Listing) -> str:
    """How the list is sorted, in words: by revenue, largest first."""
    return f"by {_label(asked.sort).lower()}, {_WAYS[asked.descending].lower()}"


def is_empty(view: View) -> bool:
    """Whether the filter leaves no customer and no sale to speak of."""
    if one(view.filter):
        return False
    found = customers.totals(view.mart, view.filter)
    return not found.customers and not found.orders and not found.revenue


def one(filter: Filter) -> str | None:
    """The customer whose own page the filter opens, where it picks exactly one."""
    chosen = filter.get("customer")
    return chosen[0] if len(chosen) == 1 else None


def listing() -> Listing:
    """How this session's viewer has searched and sorted the list."""
    return st.session_state.get(_LISTING, Listing())


def open_one(customer: str) -> None:
    """Choose one customer, from a callback: the page becomes its own."""
    ui_state.choose(customer=customer)


def table(
    view: View,
    frame: pd.DataFrame,
    *,
    alt: str,
    columns: Sequence[str],
    rows: int = 12,
    sort: str = "revenue",
    **changes: str,
) -> None:
    """Customers as a table on any page; a click on a name opens the customer's page under the filter and `changes`."""
    key = f"open_{choice_words.slug(alt)}"
    ui_tables.table(frame, alt=alt, columns=columns, rows=rows, special={"customer_name": _names(key)})
    clicked = st.session_state.get(key)
    customer = frame.customer_id.iloc[clicked.row] if clicked and clicked.row < len(frame) else None
    if isinstance(customer, str):
        st.session_state[_LISTING] = Listing(sort=sort)
        ui_state.carry(ui_state.current().choose(customer=customer, **changes))
        st.switch_page(PAGE, query_params={name: st.query_params.get_all(name) for name in st.query_params})


def _names(key: str, **settings: object) -> object:
    """The column of names as buttons that open a customer; the row clicked is under `key`."""
    return st.column_config.ButtonColumn(
        COLUMNS["customer_name"].label,
        help="A click opens the customer's page.",
        type="tertiary",
        alignment="left",
        pinned=True,
        key=key,
        **settings,
    )


def customer_list(view: View) -> None:
    """The list: what it adds up to, the search, a page of rows."""
    found = customers.totals(view.mart, view.filter)
    cards(view, [Card(name, found[name], reports=("customers",)) for name in
                 ("customers", "buyers", "orders", "revenue")], columns=4)  # fmt: skip
    if found.orders_buyer_not_known or found.revenue_buyer_not_known:
        st.caption(
            f"Buyer not known: {formats.short(found.revenue_buyer_not_known, Format.MONEY)} of this revenue, in "
            f"{formats.short(found.orders_buyer_not_known, Format.COUNT)} orders."
        )
    _rows(view)


@st.fragment
def _rows(view: View) -> None:
    """What a search or another order redraws alone."""
    if ui_state.has_changed():
        st.rerun()
    with st.container(border=True, key="card_customer_list"):
        _controls()
        asked = listing()
        number = st.session_state.get(_pager(view, asked), 1)
        frame = customers.page(view.mart, view.filter, asked, number)
        if frame.empty:
            st.caption("No customer's name or identifier holds what you have typed." if asked.search else
                       "No known customer is left under this filter.")  # fmt: skip
            return
        _table(frame, asked)
        _foot(view, asked, int(frame.listed.iloc[0]), number)


def _controls() -> None:
    asked = listing()
    ui_state.show(_SEARCH, asked.search)
    ui_state.show(_SORT, asked.sort)
    ui_state.show(_WAY, asked.descending)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Find a customer", key=_SEARCH, type="search", live=True, width=320, on_change=_asked,
                      placeholder="Part of a name or identifier")  # fmt: skip
        st.selectbox("Sorted by", customers.SORTS, key=_SORT, format_func=_label, width=220, on_change=_asked)
        st.segmented_control("Order", list(_WAYS), key=_WAY, format_func=_WAYS.get, required=True, on_change=_asked,
                             label_visibility="collapsed")  # fmt: skip


def _label(name: str) -> str:
    if name == "revenue_at_risk":
        return "Last 12 months"  # of any customer, whether it counts as at risk or not
    return COLUMNS[name].label if name in COLUMNS else name.capitalize()


def _asked() -> None:
    state = st.session_state
    state[_LISTING] = Listing(state[_SEARCH] or "", state[_SORT], state[_WAY])


def _clicked(identifiers: tuple[str, ...]) -> None:
    row = st.session_state[_CLICKED].row
    if row < len(identifiers):
        open_one(identifiers[row])


def _headed(widget: str) -> None:
    """Sort all rows by the column whose heading was clicked, the other way round where they are already."""
    for name in st.session_state[widget].selection.columns:
        asked = listing()
        falling = not asked.descending if name == asked.sort else name not in customers.TEXTS
        st.session_state[_LISTING] = replace(asked, sort=name, descending=falling)


def _pager(view: View, asked: Listing) -> str:
    """The key of the page's number: another list begins at its first page."""
    return f"list_page_{hash((view.mart.version, view.filter, asked))}"


def _table(frame: pd.DataFrame, asked: Listing) -> None:
    names = [name for name in _COLUMNS if frame[name].notna().any() or name not in ("profit",)]
    headings = {name: _HEADINGS.get(name, _label(name)) for name in names}
    config = {name: ui_tables.column(name, frame[name]) | {"label": headings[name]} for name in names}
    for name, width in _WIDTHS.items():
        config[name] |= {"width": width}
    if asked.sort in config:
        config[asked.sort] |= {"label": f"{headings[asked.sort]} {'↓' if asked.descending else '↑'}"}
    config["customer_name"] = _names(_CLICKED, width=180, on_click=_clicked, args=(tuple(frame.customer_id),))
    widget = f"list_table_{hash(asked)}"  # another order begins without a column selected
    st.dataframe(
        frame[names],
        hide_index=True,
        column_config=config,
        row_height=_ROW_HEIGHT,
        height=(_ROWS_IN_SIGHT + 1) * _ROW_HEIGHT + 3 if len(frame) > _ROWS_IN_SIGHT else "content",
        placeholder=formats.NOTHING,
        alt=f"Customers, {order_words(asked)}",
        key=widget,
        on_select=partial(_headed, widget),
        selection_mode="single-column",
    )


def _foot(view: View, asked: Listing, rows: int, number: int) -> None:
    pages = -(-rows // customers.ROWS_A_PAGE)
    first = (number - 1) * customers.ROWS_A_PAGE + 1
    with st.container(horizontal=True, vertical_alignment="center"):
        last = min(first + customers.ROWS_A_PAGE - 1, rows)
        said = [formats.exact(count, Format.COUNT) for count in (first, last, rows)]
        st.caption("{} to {} of {}".format(*said), width="content")
        if pages > 1:
            st.pagination(pages, key=_pager(view, asked), persist_state="session")
        st.download_button("CSV", lambda: ui_tables.csv(customers.everyone(view.mart, view.filter, asked)),
                           choice_words.file_name("customers", view.mart, view.filter, "csv"), "text/csv",
                           key="download_list", icon=":material/download:", type="tertiary",
                           on_click="ignore")  # fmt: skip
        if st.button(ui_method.QUESTION, icon=":material/info:", type="tertiary", key="how_customer_list"):
            ui_method.explain(view, Subject("Customers", ("customers",)))
        ui_take.customer_lists(view.mart, view.filter, key="list_crm")
