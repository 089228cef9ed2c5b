"""`python -m core export`: a file a page, or one sentence and the exit code 1."""

import pytest

from core import __main__ as command_line


@pytest.mark.parametrize(("name", "starts"), [("deck.pptx", b"PK"), ("BOOK.XLSX", b"PK"), ("page.pdf", b"%PDF")])
def test_a_page_becomes_a_file(sample, tmp_path, capsys, name, starts):
    file = tmp_path / name
    given = ["export", "recommendations", "--to", str(file), "--data", str(sample), "--filter", "country=Germany"]
    assert command_line.main(given) == 0
    assert file.read_bytes().startswith(starts)
    assert capsys.readouterr().out == f"{file}: recommendations, Lorvane Cycles (sample) as of 2026-09-17\n"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    ("page", "name", "said"),
    [
        ("Weekly", "a.pdf", "There is no page 'Weekly'; the pages are Home, Overview, Monthly, Pareto tiers, "
         "Recommendations, Customers, Compare.\n"),
        ("Home", "a.doc", "A page cannot be written as 'doc'; name a file that ends in .pptx, .pdf, .xlsx.\n"),
        ("Home", "a", "A page cannot be written as 'nothing'; name a file that ends in .pptx, .pdf, .xlsx.\n"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_refused(sample, tmp_path, capsys, page, name, said):
    assert command_line.main(["export", page, "--to", str(tmp_path / name), "--data", str(sample)]) == 1
    assert capsys.readouterr().err == said
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_to_is_refused(sample, tmp_path, capsys):
    given = ["export", "Recommendations", "--to", str(tmp_path / "none" / "a.pdf"), "--data", str(sample)]
    assert command_line.main(given) == 1
    assert capsys.readouterr().err.endswith(
        "a.pdf cannot be written (No such file or directory); name another place.\n"
    )


def test_customers_become_a_list_for_a_tool(sample, tmp_path, capsys):
    file = tmp_path / "at-risk.csv"
    given = ["customers", "--for", "HubSpot", "--to", str(file), "--data", str(sample), "--filter", "segment=At Risk"]
    assert command_line.main(given) == 0
    assert capsys.readouterr().out == (
        f"{file}: 685 customers for HubSpot: the data has no e-mail addresses, so they stand by the customer id, as "
        "External ID.\n"
    )
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    assert lines[1] == "D0010,Zweirad Lindenmann,At Risk,Top Clients,2,5,5,2026-01-01,75,2700014.74,247295.19"
    assert len(lines) == 1 + 685


@pytest.mark.parametrize(
    ("tool", "chosen", "said"),
    [
        ("sap", "segment=Loyal", "There is no list for 'sap'; choose of mailchimp, hubspot, klaviyo, salesforce.\n"),
        ("hubspot", "segment=At Risc", "Nothing was written. The data has no segment 'At Risc'.\n"),
        ("hubspot", "sgment=At Risk", "Nothing was written. There is no filter 'sgment'.\n"),
        ("hubspot", "customer=D0010&month=2020-01", "Nothing was written. The data has no customer"),
    ],
)
def test_a_list_of_other_people_than_asked_for_is_not_written(sample, tmp_path, capsys, tool, chosen, said):
    given = ["customers", "--for", tool, "--to", str(tmp_path / "a.csv"), "--data", str(sample), "--filter", chosen]
    assert command_line.main(given) == 1
    assert capsys.readouterr().err.startswith(said)
    assert list(tmp_path.iterdir()) == []
