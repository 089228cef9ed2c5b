"""Who may import what, where colours and SQL may stand, and that nothing lies about unused."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from core import metrics, reports, warehouse

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "Home.py", *sorted((ROOT / "pages").glob("*.py"))]
CORE = sorted((ROOT / "core").rglob("*.py"))
SQL = sorted((ROOT / "sql").rglob("*.sql"))


def imports(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{name.name}" for name in node.names} | {node.module}
    return found


def name_of(file: Path) -> str:
    return str(file.relative_to(ROOT))


@pytest.mark.parametrize("file", CORE, ids=name_of)
def test_only_the_user_interface_imports_streamlit(file):
    uses = any(name.partition(".")[0] == "streamlit" for name in imports(file))
    assert not uses or file.name.startswith("ui") or "ui" in file.parent.name


@pytest.mark.parametrize("file", CORE, ids=name_of)
def test_the_core_does_not_know_the_pages(file):
    assert not any(name.startswith(("pages", "Home")) for name in imports(file))


@pytest.mark.parametrize("file", PAGES, ids=name_of)
def test_pages_touch_neither_star_nor_export_nor_database(file):
    forbidden = ("core.star", "core.warehouse", "core.exports", "duckdb", "core.relations")
    assert not [name for name in imports(file) if name.startswith(forbidden)]
    assert not re.search(r"\b(select|execute)\b\s*[( ]", file.read_text(encoding="utf-8"), re.IGNORECASE)


@pytest.mark.parametrize("file", [file for file in CORE if file.parent.name == "exports"], ids=name_of)
def test_exports_know_nothing_of_marts(file):
    forbidden = ("core.warehouse", "core.reports", "core.relations", "core.filters")
    assert not [name for name in imports(file) if name.startswith(forbidden)]


@pytest.mark.parametrize("file", [*PAGES, *CORE], ids=name_of)
def test_no_html_and_no_colour_in_python(file):
    text = file.read_text(encoding="utf-8")
    assert "unsafe_allow_html" not in text
    assert not re.search(r"[\"']#[0-9a-fA-F]{3,8}[\"']", text)
    assert not re.search(r"</?(div|span|style|br|p|b|i)\b[^>]*>", text)


def test_views_read_only_what_stands_before_them():
    texts = warehouse.views()
    known = set(reports_of("staging")) | set(reports_of("marts"))
    assert set(texts) == known
    for name in reports_of("staging"):
        read = set(re.findall(r"\b(?:from|join)\s+(\w+)", without_comments(texts[name])))
        assert not read & known, f"{name} reads {read & known}"
    for name in reports_of("marts"):
        read = set(re.findall(r"\b(?:from|join)\s+(\w+)", without_comments(texts[name])))
        assert not [table for table in read if table.startswith(("fact_", "bridge_"))], name


def test_every_view_is_used():
    everything = "\n".join(without_comments(file.read_text()) for file in SQL) + "\n".join(
        file.read_text(encoding="utf-8") for file in CORE
    )
    for name in warehouse.views():
        assert len(re.findall(rf"\b{name}\b", everything)) >= 1, name
        reads = re.findall(rf"\b(?:from|join)\s+{name}\b", everything)
        assert reads or name in warehouse.KEPT, f"nobody reads {name}"


def test_every_metric_is_used_by_a_report():
    texts = "\n".join(report.text for report in reports.REPORTS.values())
    for name in metrics.METRICS:
        assert f"{{{name}}}" in texts, name


def test_every_report_file_is_a_report_and_every_report_is_shown():
    files = {file.stem for file in (ROOT / "sql/reports").glob("*.sql")}
    assert files == set(reports.REPORTS)
    shown = "\n".join(file.read_text() for file in [*PAGES, *CORE] if file.name not in ("reports.py", "checks.py"))
    for name in files:
        assert re.search(rf"[\"']{name}[\"']", shown), f"no page shows {name}"


def test_every_sql_file_says_its_grain_first():
    for file in SQL:
        assert re.match(r"-- One row", file.read_text(encoding="utf-8")), name_of(file)


def test_dependencies_are_used():
    names = {
        "fonttools": "fontTools",
        "fpdf2": "fpdf",
        "python-calamine": "python_calamine",
        "python-pptx": "pptx",
        "vl-convert-python": "vl_convert",
    }
    packed = {"brotli", "uharfbuzz"}  # fonttools reads woff2 files, fpdf2 joins letters with it
    used = set().union(*(imports(file) for file in [*PAGES, *CORE, *(ROOT / "sample_data").glob("*.py")]))
    roots = {name.partition(".")[0] for name in used}
    for line in (ROOT / "requirements.txt").read_text().splitlines():
        if line and not line.startswith("#") and (package := line.partition("==")[0]) not in packed:
            assert names.get(package, package.replace("-", "_")) in roots, f"{package} is not imported"


def test_the_project_is_what_it_says():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["name"] == "quintile"
    assert project["license"] == "MIT"
    assert (ROOT / "LICENSE").read_text().startswith("MIT License")


def reports_of(folder: str) -> list[str]:
    return [file.stem for file in sorted((ROOT / "sql" / folder).glob("*.sql"))]


def without_comments(text: str) -> str:
    return re.sub(r"--.*", "", text)
