"""Private folders are private and go after a day; nothing leads out of the folders that analysts may use."""

import os
import stat
import time
from pathlib import Path

import pytest
import stars

from core import exports, uploads, warehouse
from core.star import Refused, read_facts


@pytest.fixture(autouse=True)
def _cache(monkeypatch, tmp_path):
    monkeypatch.setenv("QUINTILE_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("QUINTILE_ANALYST", raising=False)
    monkeypatch.delenv("QUINTILE_FOLDERS", raising=False)


@pytest.fixture
def shared(monkeypatch, tmp_path) -> Path:
    """A folder of the server that analysts may use."""
    folder = tmp_path / "shared"
    folder.mkdir()
    monkeypatch.setenv("QUINTILE_ANALYST", "1")
    monkeypatch.setenv("QUINTILE_FOLDERS", str(folder))
    return folder


def permissions(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_an_upload_is_readable_by_its_owner_alone_under_a_name_that_nobody_guesses():
    folder, other = uploads.new_folder(), uploads.new_folder()
    file = uploads.put(folder, "orders.csv", b"a,b\n")
    assert file.read_bytes() == b"a,b\n"
    assert [permissions(path) for path in (folder.parent, folder, file.parent, file)] == [0o700, 0o700, 0o700, 0o600]
    assert folder != other
    assert len(folder.name) >= 32


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("orders.csv", "orders.csv"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\orders.csv", "orders.csv"),
        ("..", "upload"),
        ("", "upload"),
        (".hidden.csv", "hidden.csv"),
        ("a\nb\x00c.csv", "a_b_c.csv"),
        ("<b>*what?*.csv", "_b__what__.csv"),
        ("Umsätze März.csv", "Umsätze März.csv"),
        ("x" * 300 + ".csv", "x" * 100 + ".csv"),
    ],
)
def test_a_name_from_outside_is_only_ever_a_name(given, kept):
    folder = uploads.new_folder()
    assert uploads.put(folder, given, b"").relative_to(folder / "files") == Path(kept)


def test_two_files_of_one_name_are_both_there():
    folder = uploads.new_folder()
    names = [uploads.put(folder, "orders.csv", text).name for text in (b"1", b"2")]
    assert names == ["orders.csv", "orders (2).csv"]


def test_an_upload_goes_after_a_day_with_all_that_was_made_of_it():
    old, young = uploads.new_folder(), uploads.new_folder()
    for folder in (old, young):
        uploads.put(folder, "orders.csv", b"a,b\n")
    stars.simple(old / "star", [("o1", "2025-03-05", "c1", "10")])
    mart = warehouse.open_mart(old / "star")
    os.utime(old / "files", (time.time() - uploads.DAY - 60,) * 2)
    uploads.forget_old(time.time() - 120)
    assert old.exists()
    uploads.forget_old()
    assert not old.exists()
    assert not mart.path.exists()
    assert young.exists()


def test_an_upload_goes_soon_after_its_viewer_unless_they_come_back():
    gone, back = uploads.new_folder(), uploads.new_folder()
    for folder in (gone, back):
        uploads.leave(folder)
    uploads.stay(back)
    uploads.forget_old(time.time() + uploads.GONE - 60)
    assert gone.exists()
    uploads.forget_old(time.time() + uploads.GONE + 60)
    assert not gone.exists()
    assert back.exists()


def test_a_discarded_upload_leaves_no_secret_behind(monkeypatch, tmp_path):
    monkeypatch.setenv("QUINTILE_SALTS", str(tmp_path / "salts"))
    folder = uploads.new_folder()
    text = b"order_id,order_date,email,net_amount\nA1,2024-01-05,ann@example.com,10\n"
    exports.import_export(uploads.put(folder, "orders.csv", text), folder / "star")
    assert len(list((tmp_path / "salts").iterdir())) == 1
    uploads.discard(folder)
    assert list((tmp_path / "salts").iterdir()) == []


def test_an_upload_is_no_younger_for_losing_its_files():
    folder = uploads.new_folder()
    uploads.put(folder, "orders.csv", b"a,b\n")
    os.utime(folder / "files", (1_000_000, 1_000_000))
    uploads.discard_files(folder)
    assert list((folder / "files").iterdir()) == []
    uploads.forget_old()
    assert not folder.exists()


def test_only_private_folders_are_ever_removed(tmp_path):
    with pytest.raises(ValueError, match="no private folder"):
        uploads.discard(tmp_path)
    assert tmp_path.exists()


def test_without_analysts_no_folder_of_the_server_is_open(monkeypatch, tmp_path):
    monkeypatch.setenv("QUINTILE_FOLDERS", str(tmp_path))
    assert uploads.server_folders() == []
    assert list(uploads.entries()) == []
    with pytest.raises(Refused, match="reads no folders of its server"):
        uploads.inside(tmp_path)


def test_paths_inside_are_opened_and_listed(shared):
    (shared / "june").mkdir()
    (shared / "june" / "orders.csv").write_text("a\n")
    (shared / ".secret").write_text("a\n")
    assert uploads.inside("june/orders.csv") == shared / "june" / "orders.csv"
    assert uploads.inside(shared / "june") == shared / "june"
    assert list(uploads.entries()) == [shared / "june", shared / "june" / "orders.csv"]


@pytest.mark.parametrize("path", ["..", "../outside", "/etc", "june/../../outside", "june/../..", "~root", "a\0b"])
def test_no_path_leads_outside(shared, tmp_path, path):
    (shared / "june").mkdir()
    (tmp_path / "outside").mkdir()
    if path == "~root":  # a name like every other, never a home folder
        assert uploads.inside(path) == shared / "~root"
        return
    with pytest.raises(Refused):
        uploads.inside(path)


def test_no_link_leads_outside(shared, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.csv").write_text("a\n")
    (shared / "folder").symlink_to(outside)
    (shared / "file.csv").symlink_to(outside / "secret.csv")
    (shared / "export").mkdir()
    (shared / "export" / "orders.csv").symlink_to(outside / "secret.csv")
    for path in ("folder", "folder/secret.csv", "file.csv", "export", "export/orders.csv"):
        with pytest.raises(Refused, match="leads out of the folders"):
            uploads.inside(path)
    assert list(uploads.entries()) == []


def test_a_star_is_kept_in_a_folder_of_the_server_under_a_new_name(shared, tmp_path):
    star = stars.simple(uploads.new_folder() / "star", [("o1", "2025-03-05", "c1", "10")])
    kept = uploads.keep(star, shared, "June 2025")
    assert kept == shared / "June 2025"
    assert read_facts(kept) == read_facts(star)
    assert uploads.is_private(star)
    assert not uploads.is_private(kept)
    with pytest.raises(Refused, match="There is a June 2025 already"):
        uploads.keep(star, shared, "June 2025")
    for name in ("../june", "", "a/b"):
        with pytest.raises(Refused, match="choose another"):
            uploads.keep(star, shared, name)
    with pytest.raises(Refused, match="leads out"):
        uploads.keep(star, tmp_path, "june")
