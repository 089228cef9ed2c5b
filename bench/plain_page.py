"""What Streamlit itself takes for a click: six numbers and eight plain charts, nothing asked of any data.

The charts stay in the browser and take other rows, as the app's do.
"""

import altair as alt
import pandas as pd
import streamlit as st


def _clicked() -> None:
    st.session_state.clicks = st.session_state.get("clicks", 0) + 1


st.set_page_config(layout="wide")
clicks = st.session_state.get("clicks", 0)
st.title("Plain")
for column in st.columns(6):
    column.metric("Clicks", clicks)
rows = pd.DataFrame({"name": list("abcdefghijk"), "size": [clicks + place for place in range(1, 12)]})
bars = alt.Chart(alt.NamedData("rows")).mark_bar().encode(x="size:Q", y="name:N")
spec = bars.add_params(alt.selection_point(name="pick")).to_dict()
for place in range(4):
    for side, column in enumerate(st.columns(2)):
        with column, st.container(border=True, key=f"card_{place}{side}"):
            st.vega_lite_chart(spec | {"datasets": {"rows": rows}}, on_select=_clicked, key=f"chart_{place}{side}")
