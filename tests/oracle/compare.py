"""A report of the product beside the oracle's, row by row and column by column."""

import numpy as np
import pandas as pd

from oracle.figures import FIGURES
from oracle.measures import MONEY

EXACT = 0.00005  # half of money's fourth decimal


def differences(name: str, report: pd.DataFrame, expected: pd.DataFrame) -> list[str]:
    """A sentence for each figure of a report that is not the oracle's, of the columns that the oracle has."""
    keys = list(FIGURES[name].keys)
    missing = [column for column in expected if column not in report]
    if missing:
        return [f"{name} has no column {', '.join(missing)}"]
    if len(report) != len(expected):
        named = {tuple(map(str, row)) for row in report[keys].itertuples(index=False)}
        wanted = {tuple(map(str, row)) for row in expected[keys].itertuples(index=False)}
        return [f"{name} has {len(report)} rows, not {len(expected)}: {sorted(named ^ wanted)[:6]}"]
    if keys:
        report, expected = (_sorted(frame, keys) for frame in (report, expected))
    found = []
    for column in expected:
        if _is_number(expected[column]):
            left, right = (
                pd.to_numeric(frame[column], errors="coerce").to_numpy(float, na_value=np.nan)
                for frame in (report, expected)
            )
            exact = EXACT if column in MONEY else 1e-9
            near = np.abs(left - right) < np.maximum(exact, 1e-12 * np.abs(right))
            wrong = ~near & ~(np.isnan(left) & np.isnan(right))
        else:
            left, right = (
                np.array(["" if pd.isna(value) else str(value) for value in frame[column]], object)
                for frame in (report, expected)
            )
            wrong = left != right
        for position in np.flatnonzero(wrong)[:3]:
            at = " ".join(str(expected[key].iloc[position]) for key in keys)
            found.append(f"{name} {at}: {column} {left[position]}, not {right[position]}")
    return found


def _sorted(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    order = frame[keys].apply(lambda values: values if _is_number(values) else values.astype(str))
    return frame.loc[order.sort_values(keys, kind="stable").index].reset_index(drop=True)


def _is_number(values: pd.Series) -> bool:
    known = values.dropna()
    if len(known) == 0:
        return True
    return not isinstance(known.iloc[0], str | pd.Timestamp) and pd.api.types.is_number(known.iloc[0])
