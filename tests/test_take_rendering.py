"""Files opened by an office suite of its own and turned into pages: each opens, has its pages, and none is blank."""

import shutil
import subprocess
from pathlib import Path

import pytest
from pptx import Presentation
from pypdf import PdfReader

from core import take, warehouse
from core.filters import Filter

OFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(not OFFICE, reason="soffice is not installed (apt-get install libreoffice-impress)")


def pages_of(file: Path, folder: Path) -> list[str]:
    """The text of each page that the office suite makes of the file."""
    command = [OFFICE, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", folder, file], check=True, capture_output=True, timeout=180)
    return [page.extract_text() for page in PdfReader(folder / f"{file.stem}.pdf").pages]


def test_a_deck_opens_with_all_its_slides(sample, tmp_path):
    file = tmp_path / "monthly.pptx"
    take.write("Monthly", warehouse.open_mart(sample), Filter.of(month="2026-08"), file)
    shown = pages_of(file, tmp_path)
    slides = Presentation(file).slides
    assert len(shown) == len(slides)
    for text, slide in zip(shown, slides, strict=True):
        assert slide.shapes.title.text.split()[0] in text
    assert "598.6\N{NO-BREAK SPACE}K" in "".join(shown)  # a label that the chart makes of its own workbook


def test_a_workbook_opens_with_its_cells_in_their_formats(sample, tmp_path):
    file = tmp_path / "monthly.xlsx"
    take.write("Monthly", warehouse.open_mart(sample), Filter.of(month="2026-08"), file)
    said = "\n".join(pages_of(file, tmp_path))
    for written in ("Monthly: August 2026", "75,462.68", "2026-08-01", "18.61%"):
        assert written in said
