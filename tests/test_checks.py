"""The check of figures against each other: it holds on any filter, and it finds what does not add up."""

import dataclasses
import shutil

import pytest
import stars

from core import checks, reports, warehouse
from core.filters import Filter


@pytest.fixture(scope="module")
def mart(tmp_path_factory) -> warehouse.Mart:
    return warehouse.open_mart(stars.odd(tmp_path_factory.mktemp("odd"), seed=8))


def test_figures_agree(mart):
    assert (
        checks.discrepancies(mart, [Filter(), Filter.of(year="2024", country="Germany"), Filter.of(year="1999")]) == []
    )


@pytest.mark.parametrize(
    ("report", "find", "put", "sentence"),
    [
        (
            "revenue_by_country",
            "from sales\n",
            "from sales where country <> 'Germany'\n",
            "revenue_by_country: revenue adds up",
        ),
        ("tiers", "from sales\n", "from sales where customer_key is not null\n", "tiers: orders adds up"),
        (
            "orders_by_reason",
            "else by_set.revenue - part * (size - 1) end",
            "else part end",
            "orders_by_reason: revenue",
        ),
        (
            "year_course",
            "from sales_whole_last_year",
            "from sales_last_year",
            "year_course: revenue_to_date_last_year ends at",
        ),
        ("customers", "or $lists_everyone", "and people.customer_id is not null", "customers: revenue adds up"),
    ],
)
def test_a_report_that_loses_something_is_named(mart, monkeypatch, tmp_path, report, find, put, sentence):
    folder = shutil.copytree(reports._FOLDER, tmp_path / "reports")
    text = (folder / f"{report}.sql").read_text(encoding="utf-8")
    assert text.count(find) == 1, "the place that this test spoils is not there any more"
    (folder / f"{report}.sql").write_text(text.replace(find, put), encoding="utf-8")
    monkeypatch.setattr(reports, "_FOLDER", folder)
    monkeypatch.setitem(reports.REPORTS, report, dataclasses.replace(reports.REPORTS[report]))
    other = dataclasses.replace(mart, version="spoiled" + report)  # so that no answer from before is kept
    found = checks.discrepancies(other)
    assert any(line.startswith(sentence) for line in found), found
    assert all(line.startswith(f"{report}:") for line in found)
