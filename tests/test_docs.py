"""What the documents say works: the README's commands as they stand, the links, the tables."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from core import filters, reports, star
from core.__main__ import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


def command_after(marker: str) -> str:
    found = re.search(rf"<!-- {marker} -->\n```sh\n(.+)\n```", README)
    assert found, f"the README has no command marked {marker}"
    return found[1]


@pytest.mark.parametrize("marker", ["run", "tests"])
def test_the_two_commands_are_one_line_that_makes_its_own_environment(marker):
    command = command_after(marker)
    assert command.startswith("python3 -m venv .venv && .venv/bin/pip install -q -r requirements")
    for file in re.findall(r"-r (\S+)", command):
        assert (ROOT / file).is_file()


def test_the_tests_command_ends_in_the_tests_and_ci_takes_it_from_here():
    assert command_after("tests").endswith(".venv/bin/python -m pytest")
    assert "<!-- tests -->" in (ROOT / ".ci/run").read_text()


def shell_lines() -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", "\n".join(file.read_text() for file in DOCUMENTS), re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.startswith(".venv/bin/python -m core")]


@pytest.mark.parametrize("line", [line for line in shell_lines() if " import " not in line])
def test_every_command_of_the_documents_works(line, tmp_path):
    made = (".pptx", ".pdf", ".xlsx", ".csv")
    words = [str(tmp_path / word) if word.endswith(made) else word for word in shlex.split(line)[1:]]
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, cwd=ROOT, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() or list(tmp_path.iterdir())


def test_the_import_command_of_the_readme_works_on_the_flat_file_it_describes(tmp_path):
    (line,) = [line for line in shell_lines() if " import " in line]
    export = tmp_path / "export.csv"
    export.write_text("order_date,customer_id,net_amount\n2024-03-01,C1,10.50\n2024-03-02,C2,20.00\n")
    words = line.replace("path/to/export", str(export)).replace("my_star", str(tmp_path / "my_star")).split()[1:]
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, cwd=ROOT, timeout=120)
    assert done.returncode == 0, done.stderr
    assert star.read_facts(tmp_path / "my_star")["contract_version"] == star.CONTRACT_VERSION


IMPORTING = (ROOT / "docs/importing.md").read_text(encoding="utf-8")


def test_the_import_commands_work_in_turn_on_files_such_as_they_name(tmp_path):
    head = "order_id,order_date,customer_id,net_amount\n"
    (tmp_path / "shop.csv").write_text(f"{head}A1,2026-06-01,C1,10.50\n")
    (tmp_path / "july.csv").write_text(f"{head}A2,2026-07-02,C2,20.00\n")
    (tmp_path / "till.csv").write_text("Day,Card,Paid\n03/04/2026,C1,10.50\n04/05/2026,C2,20.00\n")
    (tmp_path / "targets.csv").write_text("month,revenue_target\n2026-05,100\n")
    lines = re.findall(r"^python -m core import .+$", IMPORTING, re.MULTILINE)
    assert len(lines) == 3
    for line in lines:
        command = [sys.executable, *line.split()[1:]]
        environment = os.environ | {"PYTHONPATH": str(ROOT), "QUINTILE_PROFILES": str(tmp_path)}
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=120, env=environment)
        assert (done.returncode, done.stderr) == (0, ""), line
    assert star.read_facts(tmp_path / "my_star")["account"]["appended"]["added_orders"] == 1
    assert star.read_facts(tmp_path / "till_star")["fiscal_year_start"] == 7


def test_importing_names_every_option_of_the_command(capsys):
    with pytest.raises(SystemExit):
        main(["import", "--help"])
    options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help"}
    assert options == set(re.findall(r"^\| `(--[a-z-]+)", IMPORTING, re.MULTILINE))


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: file.name)
def test_every_link_leads_somewhere(file):
    for target in re.findall(r"\]\(([^)#]+)\)", file.read_text(encoding="utf-8")):
        assert (file.parent / target).exists(), f"{file.name} links to {target}"


def test_the_readme_names_every_filter_key_and_every_package():
    for key in filters.KEYS:
        assert f"`{key}`" in README
    for line in (ROOT / "requirements.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            name, _, version = line.partition("==")
            assert version, f"{line} is not pinned"
            assert f"| {name} |" in README


def test_the_star_page_names_every_table_and_column():
    text = (ROOT / "docs/star.md").read_text(encoding="utf-8")
    for table in star.TABLES.values():
        row = next(line for line in text.splitlines() if line.startswith(f"| `{table.name}`"))
        for column in table.columns:
            assert f"`{column}`" + ("*" if column in table.starred else "") in row


def test_every_page_has_its_question_in_the_readme():
    for page in sorted((ROOT / "pages").glob("*.py")):
        title = page.stem.partition("_")[2].replace("_", " ")
        assert re.search(rf"\| {title} \|", README), title


def test_every_report_says_its_grain():
    for report in reports.REPORTS.values():
        assert report.grain.startswith("One row"), report.name
