"""Cities by name: what is kept in the cache folder answers as the library's lists do, and is only a convenience."""

import os

from core.exports import gazetteer
from core.exports.gazetteer import LARGE, SMALL, City

WANTED = {("DE", "koln"), ("DE", "cologne"), ("US", "springfield"), ("FR", "saint cirq lapopie"), ("DE", "nowhere")}


def test_kept_cities_are_those_of_the_library(tmp_path, monkeypatch):
    monkeypatch.setenv("QUINTILE_CACHE", str(tmp_path / "cache"))
    kept = {size: gazetteer.cities(size, WANTED) for size in (LARGE, SMALL)}
    (file,) = (tmp_path / "cache").iterdir()
    assert file.name.startswith("gazetteer-")
    made = file.stat().st_mtime_ns
    assert gazetteer.cities(LARGE, WANTED) == kept[LARGE]
    assert file.stat().st_mtime_ns == made
    (tmp_path / "no folder").write_text("")
    monkeypatch.setenv("QUINTILE_CACHE", str(tmp_path / "no folder"))
    assert {size: gazetteer.cities(size, WANTED) for size in (LARGE, SMALL)} == kept


def test_the_largest_city_of_a_name_comes_first():
    springfields = gazetteer.cities(SMALL, {("US", "springfield")})["US", "springfield"]
    assert [city.state for city in springfields[:3]] == ["MO", "MA", "IL"]
    assert gazetteer.cities(LARGE, {("DE", "cologne")})["DE", "cologne"][0] == City("07", 50.93333, 6.95, 1024621)


def test_nothing_wanted_is_nothing_found():
    assert gazetteer.cities(LARGE, set()) == {}


def test_a_file_that_was_damaged_is_made_anew(tmp_path, monkeypatch):
    monkeypatch.setenv("QUINTILE_CACHE", str(tmp_path))
    name = gazetteer.kept_as().name
    (tmp_path / name).write_bytes(b"PAR1")
    assert ("DE", "cologne") in gazetteer.cities(LARGE, WANTED)
    assert ("DE", "cologne") in gazetteer.cities(LARGE, WANTED)
    assert os.listdir(tmp_path) == [name]
    assert (tmp_path / name).stat().st_size > 1_000_000
