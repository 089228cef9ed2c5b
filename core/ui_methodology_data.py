"""The Methodology page's last section: the star's tables, what became of the export, the views and who reads whom."""

from functools import partial

import pyarrow.parquet as parquet
import streamlit as st

from core import lineage, method, reports, star, ui, ui_data_account, ui_state
from core.formats import Format, exact
from core.ui_methodology import section, table
from core.ui_text import plain
from core.ui_view import View


def data(view: View) -> None:
    """What the data holds, what was left out of it, and how it becomes figures."""
    section("data", f"{view.mart.name}, version {view.mart.version}.")
    table("The star's tables", [_table_row(described) for described in star.TABLES.values()])
    st.markdown(ui_data_account.verdict(view.mart.facts.get("account") or {}))
    ui.link_to("Data", "The whole account", view, view.filter)
    st.markdown("**From the star's tables to the tables that reports read** (cylinders are kept)")
    st.mermaid_chart(lineage.graph(), alt=_flow())
    _views(view)


@st.fragment
def _views(view: View) -> None:
    found = lineage.views()
    table(
        "Every view",
        [
            {
                "View": f"`{name}`",
                "What a row is": plain(node.grain),
                "Reads": ", ".join(f"`{read}`" for read in node.reads),
                "Kept": "yes" if node.is_kept else "",
            }
            for name, node in found.items()
        ],
    )
    texts = {f"View {name}": partial(getattr, found[name], "text") for name in found}
    texts |= {f"Report {name}": partial(method.sql, name, view.mart, view.filter) for name in reports.REPORTS}
    chosen = st.selectbox("SQL of a view or report", list(texts), key="sql_of", index=None, placeholder="Choose one")
    if chosen:
        st.code(texts[chosen](), language="sql")


def _table_row(described: star.Table) -> dict[str, str]:
    file = star.path_of(ui_state.star_in_use(), described.name)
    rows = columns = ""
    if file.is_file():
        held = parquet.ParquetFile(file)
        rows = exact(held.metadata.num_rows, Format.COUNT)
        columns = ", ".join(f"`{name}`" for name in held.schema_arrow.names if name in described.columns)
    return {
        "Table": f"`{described.name}`",
        "What a row is": described.grain,
        "Rows here": rows or "not in this data",
        "Columns here": columns,
    }


def _flow() -> str:
    kept = [view.name for view in lineage.views().values() if view.is_kept]
    return f"{len(lineage.views())} views lead from the star's tables to {len(kept)} that are kept: {', '.join(kept)}."
