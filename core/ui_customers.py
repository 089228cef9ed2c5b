"""The customers behind a figure: found by a name, sorted by any column, each opening its own page."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from core import customers, formats, ui_state, ui_tables
from core.customers import Listing
from core.filters import Filter
from core.formats import Format
from core.metrics import COLUMNS
from core.ui import View
from core.ui_cards import Card, cards

PAGE = "pages/5_Customers.py"
_LISTING, _SEARCH, _SORT, _WAY = "listing", "list_search", "list_sort", "list_descending"
_COLUMNS = (
    *("customer_name", "segment", "tier", "revenue", "orders", "profit", "last_order_date", "recency_days"),
    *("recency_score", "frequency_score", "monetary_score", "revenue_at_risk"),
)
_ROW_HEIGHT, _ROWS_IN_SIGHT = 32, 20
_WAYS = {True: "Largest first", False: "Smallest first"}


def order_words(asked: Listing) -> str:
    """How the list is sorted, in words: by revenue, largest first."""
    return f"by {_label(asked.sort).lower()}, {_WAYS[asked.descending].lower()}"


def is_empty(view: View) -> bool:
    """Whether the filter leaves no customer and no sale to speak of."""
    if view.filter.get("customer"):
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


def open_one(customer: str, *, sort: str | None = None, **changes: str | None) -> None:
    """Choose one customer, from a callback; `sort` says which list it is a step in."""
    if sort:
        st.session_state[_LISTING] = Listing(sort=sort)
    ui_state.choose(customer=customer, **changes)


def names_open(ids: pd.Series, key: str, open_: Callable[[str], None]) -> object:
    """The column of names as buttons, each of which opens a customer; `ids` are the rows' identifiers."""

    def clicked() -> None:
        row = st.session_state[key].row
        if row < len(identifiers) and identifiers[row] is not None:
            open_(identifiers[row])

    identifiers = [None if pd.isna(value) else str(value) for value in ids]
    said = COLUMNS["customer_name"]
    return st.column_config.ButtonColumn(
        said.label, help="Open the customer.", type="tertiary", alignment="left", pinned=True, key=key, on_click=clicked
    )


def customer_list(view: View) -> None:
    """The list: what it adds up to, the search, a page of rows."""
    found = customers.totals(view.mart, view.filter)
    cards(view, [Card(name, found[name]) for name in ("customers", "buyers", "orders", "revenue")], columns=4)
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
        matching = customers.totals(view.mart, view.filter, asked.search)
        if not matching.customers:
            st.caption("No customer's name or identifier holds what you have typed." if asked.search else
                       "No known customer is left under this filter.")  # fmt: skip
            return
        pages = -(-int(matching.customers) // customers.ROWS_A_PAGE)
        number = min(st.session_state.get(_pager(view, asked), 1), pages)
        frame = customers.page(view.mart, view.filter, asked, number)
        _table(frame, asked)
        _foot(view, asked, int(matching.customers), pages, number)


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
    return COLUMNS[name].label if name in COLUMNS else name.capitalize()


def _asked() -> None:
    state = st.session_state
    state[_LISTING] = Listing(state[_SEARCH] or "", state[_SORT], state[_WAY])


def _pager(view: View, asked: Listing) -> str:
    """The key of the page's number: another list begins at its first page."""
    return f"list_page_{hash((view.mart.version, view.filter, asked))}"


def _table(frame: pd.DataFrame, asked: Listing) -> None:
    names = [name for name in _COLUMNS if frame[name].notna().any() or name not in ("profit",)]
    config = {name: ui_tables.column(name, frame[name]) for name in names}
    config["customer_name"] = names_open(frame.customer_id, "open_customer", open_one)
    st.dataframe(
        frame[names],
        hide_index=True,
        column_config=config,
        row_height=_ROW_HEIGHT,
        height=(_ROWS_IN_SIGHT + 1) * _ROW_HEIGHT + 3 if len(frame) > _ROWS_IN_SIGHT else "content",
        placeholder=formats.NOTHING,
        alt=f"Customers, sorted by {_label(asked.sort).lower()}",
    )


def _foot(view: View, asked: Listing, rows: int, pages: int, number: int) -> None:
    first = (number - 1) * customers.ROWS_A_PAGE + 1
    with st.container(horizontal=True, vertical_alignment="center"):
        last = min(first + customers.ROWS_A_PAGE - 1, rows)
        st.caption(f"{first:,} to {last:,} of {rows:,}", width="content")
        if pages > 1:
            st.pagination(pages, key=_pager(view, asked), persist_state="session")
        st.download_button("CSV", lambda: ui_tables.csv(customers.everyone(view.mart, view.filter, asked)),
                           ui_tables.file_name("customers", view.mart, view.filter), "text/csv", key="download_list",
                           icon=":material/download:", type="tertiary", on_click="ignore")  # fmt: skip
