"""Kept views and stories: what was acknowledged stays, no change is lost without a word, nothing can be filled."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from threading import Barrier, Thread

import pytest
import stars

from core import stories, story_file, uploads
from core.filters import Filter
from core.star import Refused
from core.stories import Step

ROOT = Path(__file__).parents[1]
FRANCE = Step("France in May", "Monthly", Filter.of(month="2014-05", country="France"), "Down by a *third*.")


@pytest.fixture
def star(tmp_path) -> Path:
    """A star in a folder of its own; nothing need be in it."""
    folder = tmp_path / "data" / "star"
    folder.mkdir(parents=True)
    return folder


def texts(star: Path) -> list[tuple[str, list[str]]]:
    return [(story.title, [step.title for step in story.steps]) for story in stories.all_stories(star)]


def test_a_view_is_kept_as_it_is(star):
    stories.keep(star, replace(FRANCE, data="AdventureWorks", version="0123456789ab"))
    (kept,) = stories.loose_views(star)
    assert (kept.title, kept.page, kept.filter, kept.note) == (FRANCE.title, "Monthly", FRANCE.filter, FRANCE.note)
    assert (kept.data, kept.version, kept.revision) == ("AdventureWorks", "0123456789ab", 1)
    assert kept.created == kept.changed
    assert kept.created.endswith("+00:00")


def test_nothing_kept_makes_no_file(star):
    assert stories.all_stories(star) == stories.loose_views(star) == []
    assert stories.find(star, "q3") is None
    assert list(star.parent.iterdir()) == [star]


def test_a_story_is_a_walk_in_its_own_order(star):
    story = stories.begin(star, "Q3 Review")
    for title in ("one", "two", "three"):
        stories.keep(star, replace(FRANCE, title=title), story)
    found = stories.find(star, " Q3-REVIEW ")
    assert [step.title for step in found.steps] == ["one", "two", "three"]
    stories.move(star, found, found.steps[2], -1)
    found = stories.find(star, story)
    stories.move(star, found, found.steps[0], -1)
    assert texts(star) == [("Q3 Review", ["one", "three", "two"])]


def test_a_view_moves_from_one_story_to_another_and_out(star):
    first, second = stories.begin(star, "First"), stories.begin(star, "Second")
    stories.keep(star, FRANCE, first)
    stories.edit(star, stories.find(star, first).steps[0], "New title", "", second)
    assert texts(star) == [("First", []), ("Second", ["New title"])]
    stories.edit(star, stories.find(star, second).steps[0], "New title", "A note", None)
    assert texts(star) == [("First", []), ("Second", [])]
    assert [(view.title, view.note) for view in stories.loose_views(star)] == [("New title", "A note")]


def test_deleting_a_story_deletes_its_views_and_no_others(star):
    story = stories.begin(star, "Gone")
    stories.keep(star, FRANCE, story)
    stories.keep(star, FRANCE)
    stories.delete_story(star, stories.find(star, story))
    assert texts(star) == []
    (left,) = stories.loose_views(star)
    stories.delete_view(star, left)
    assert stories.loose_views(star) == []


@pytest.mark.parametrize(
    ("titles", "ids"),
    [
        (["Q3 Review", "Q3 review"], ["q3-review", "q3-review-2"]),
        (["Übersicht für Köln"], ["ubersicht-fur-koln"]),
        (["Third quarter, for the board"], ["third-quarter-for-the"]),
        (["🚀", "売上"], ["story", "story-2"]),
        (["a" * 80, "a" * 80], ["a" * 24, "a" * 24 + "-2"]),
    ],
)
def test_an_id_is_short_and_says_the_title(star, titles, ids):
    assert [stories.begin(star, title) for title in titles] == ids


def test_a_new_title_leaves_the_link_as_it_is(star):
    id = stories.begin(star, "Draft")
    stories.rename(star, stories.find(star, id), "Final")
    assert stories.find(star, id).title == "Final"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  two\n words ", "two words"),
        ("emoji 👩‍💻 stay", "emoji 👩‍💻 stay"),
        ("<script>*x*</script> [a](b)", "<script>*x*</script> [a](b)"),
        ("turned\u202eround\x00\x1b\ud800", "turnedround"),
        ("'; drop table views; --", "'; drop table views; --"),
        ("e\u0301", "é"),
    ],
)
def test_titles_keep_their_signs_and_lose_what_is_none(star, given, kept):
    stories.keep(star, replace(FRANCE, title=given))
    assert stories.loose_views(star)[0].title == kept


def test_a_note_keeps_its_lines(star):
    stories.keep(star, replace(FRANCE, note=" first \r\n\n  second  "))
    assert stories.loose_views(star)[0].note == "first\n\nsecond"


@pytest.mark.parametrize(
    ("view", "sentence"),
    [
        (replace(FRANCE, title=" \u202e "), "A name is missing; write a few words."),
        (replace(FRANCE, title="x" * 81), "The name has 81 characters; 80 is the most."),
        (replace(FRANCE, note="x" * 601), "The note has 601 characters; 600 is the most."),
        (replace(FRANCE, filter=Filter.of(customer=[str(n) for n in range(1000)])),
         "This view picks too many values to be kept; choose fewer."),
    ],
    ids=["none", "long title", "long note", "many values"],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused(star, view, sentence):
    with pytest.raises(Refused, match=f"^{sentence}$"):
        stories.keep(star, view)
    assert stories.loose_views(star) == []


def test_nobody_fills_the_host(star, monkeypatch):
    for name, most in (("STORIES_AT_MOST", 2), ("STEPS_AT_MOST", 3), ("VIEWS_AT_MOST", 5)):
        monkeypatch.setattr(stories, name, most)
    first, second = stories.begin(star, "First"), stories.begin(star, "Second")
    with pytest.raises(Refused, match="There are 2 stories, which is the most"):
        stories.begin(star, "Third")
    for _ in range(3):
        stories.keep(star, FRANCE, first)
    with pytest.raises(Refused, match="This story has 3 views"):
        stories.keep(star, FRANCE, first)
    stories.keep(star, FRANCE, second)
    stories.keep(star, FRANCE)
    with pytest.raises(Refused, match="5 views are kept"):
        stories.keep(star, FRANCE)
    assert texts(star) == [("First", [FRANCE.title] * 3), ("Second", [FRANCE.title])]


def test_the_last_to_save_does_not_overwrite_the_first(star):
    story = stories.begin(star, "Shared")
    for title in ("one", "two"):
        stories.keep(star, replace(FRANCE, title=title), story)
    seen = stories.find(star, story)  # by both
    stories.edit(star, seen.steps[0], "one, mine", "first note", story)
    with pytest.raises(Refused, match="“one” was changed by somebody else meanwhile"):
        stories.edit(star, seen.steps[0], "one, yours", "second note", story)
    with pytest.raises(Refused, match="meanwhile"):
        stories.delete_view(star, seen.steps[0])
    with pytest.raises(Refused, match="“Shared” was changed by somebody else meanwhile"):
        stories.delete_story(star, seen)
    stories.edit(star, seen.steps[1], "two, yours", "", story)  # another view of the same story is nobody's conflict
    assert texts(star) == [("Shared", ["one, mine", "two, yours"])]


def test_an_order_made_meanwhile_is_not_undone(star):
    story = stories.begin(star, "Shared")
    for title in ("one", "two", "three"):
        stories.keep(star, replace(FRANCE, title=title), story)
    seen = stories.find(star, story)
    stories.move(star, seen, seen.steps[0], 1)
    with pytest.raises(Refused, match="meanwhile"):
        stories.move(star, seen, seen.steps[0], 1)
    with pytest.raises(Refused, match="meanwhile"):
        stories.rename(star, seen, "Other")
    assert texts(star) == [("Shared", ["two", "one", "three"])]


def test_what_is_gone_is_said_to_be_gone(star):
    story = stories.begin(star, "Short-lived")
    stories.keep(star, FRANCE, story)
    seen = stories.find(star, story)
    stories.delete_story(star, seen)
    for change in (
        lambda: stories.keep(star, FRANCE, story),
        lambda: stories.edit(star, seen.steps[0], "x", "", None),
        lambda: stories.delete_view(star, seen.steps[0]),
        lambda: stories.rename(star, seen, "x"),
    ):
        with pytest.raises(Refused, match="is no longer there; somebody has deleted it"):
            change()
    assert stories.loose_views(star) == []


def test_twenty_at_once_lose_nothing(star):
    story = stories.begin(star, "Crowd")
    start, failed = Barrier(20), []

    def keep(number: int) -> None:
        start.wait()
        try:
            stories.keep(star, replace(FRANCE, title=f"view {number}"), story)
        except Refused as refusal:
            failed.append(refusal)

    threads = [Thread(target=keep, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert {step.title for step in stories.find(star, story).steps} == {f"view {number}" for number in range(20)}


_WRITER = """
import sys
from pathlib import Path
from core import stories
from core.filters import Filter
star = Path(sys.argv[1])
story = next((story.id for story in stories.all_stories(star)), None) or stories.begin(star, "Kept under fire")
print("ready", flush=True)
for number in range(10_000):
    if number % 7 == 6:
        stories.delete_story(star, stories.find(star, stories.begin(star, "Passing")))
    title = f"{sys.argv[2]}/{number}"
    stories.keep(star, stories.Step(title, "Monthly", Filter.of(country="France"), "n" * 500))
    print(title, flush=True)
"""


def test_what_was_acknowledged_survives_a_kill_at_any_moment(star, monkeypatch):
    monkeypatch.setattr(stories, "VIEWS_AT_MOST", 10**6)
    chance, acknowledged = random.Random(5), []
    writer = _WRITER.replace("star = ", "stories.VIEWS_AT_MOST = 10**6; star = ")
    for round in range(8):
        started = subprocess.Popen([sys.executable, "-c", writer, str(star), str(round)], cwd=ROOT,
                                   stdout=subprocess.PIPE, text=True)  # fmt: skip
        assert started.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.02, 0.4))
        started.send_signal(signal.SIGKILL)
        lines = started.stdout.read().splitlines(keepends=True)
        started.wait()
        acknowledged += [line.strip() for line in lines if line.endswith("\n")]
        kept = {view.title for view in stories.loose_views(star)}
        assert set(acknowledged) <= kept
        assert len(kept) <= len(acknowledged) + round + 1  # one a round was kept and not yet acknowledged
    assert len(acknowledged) > 50
    with sqlite3.connect(story_file.found(star)) as file:
        assert file.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert file.execute("pragma foreign_key_check").fetchall() == []
        assert file.execute("pragma journal_mode").fetchone() == ("wal",)


def test_a_kill_before_the_tables_were_made_leaves_a_file_that_works(star):
    (star.parent / "star.stories.sqlite").touch()
    assert stories.all_stories(star) == []
    stories.keep(star, FRANCE)
    assert len(stories.loose_views(star)) == 1


def test_kept_views_survive_an_import_over_the_star(tmp_path):
    orders = [("o1", "2025-03-05", "c1", "10")]
    folder = stars.simple(tmp_path / "star", orders)
    stories.keep(folder, FRANCE)
    from core.star import writing

    with writing(folder) as draft:
        shutil.copytree(stars.simple(tmp_path / "next", orders), draft, dirs_exist_ok=True)
    assert [view.title for view in stories.loose_views(folder)] == [FRANCE.title]
    assert not list(folder.glob("*.sqlite*"))


def test_the_embedded_sample_keeps_its_views_in_the_cache(sample, tmp_path, monkeypatch):
    monkeypatch.setenv("QUINTILE_CACHE", str(tmp_path))
    stories.keep(sample, FRANCE)
    assert story_file.found(sample).parent == tmp_path / "stories"
    assert not list(ROOT.glob("*.sqlite*"))


def test_a_folder_can_be_named_for_them(star, tmp_path, monkeypatch):
    monkeypatch.setenv("QUINTILE_STORIES", str(tmp_path / "kept" / "views"))
    stories.keep(star, FRANCE)
    assert (tmp_path / "kept/views/star.stories.sqlite").is_file()
    assert list(star.parent.iterdir()) == [star]


def test_what_is_kept_of_a_private_upload_stays_private(tmp_path, monkeypatch):
    monkeypatch.setenv("QUINTILE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("QUINTILE_STORIES", str(tmp_path / "shared"))
    private = uploads.new_folder()
    (private / "star").mkdir()
    stories.keep(private / "star", FRANCE)
    assert story_file.found(private / "star").parent == private
    uploads.discard(private)
    assert stories.loose_views(private / "star") == []


def no_folder(path: Path) -> Path:
    """A path that no folder can be made at, for anyone: it leads through a file."""
    path.touch()
    return path / "folder"


def test_where_the_first_place_cannot_be_written_the_cache_takes_them(star, tmp_path, monkeypatch):
    monkeypatch.setenv("QUINTILE_STORIES", str(no_folder(tmp_path / "file")))
    monkeypatch.setenv("QUINTILE_CACHE", str(tmp_path / "cache"))
    stories.keep(star, FRANCE)
    assert story_file.found(star).parent == tmp_path / "cache/stories"
    assert len(stories.loose_views(star)) == 1


def test_where_nothing_can_be_written_it_says_so(star, tmp_path, monkeypatch):
    monkeypatch.setenv("QUINTILE_STORIES", str(no_folder(tmp_path / "file")))
    monkeypatch.setenv("QUINTILE_CACHE", str(no_folder(tmp_path / "other")))
    with pytest.raises(Refused, match="Views cannot be kept here: this app may write no file for them"):
        stories.keep(star, FRANCE)
    assert stories.all_stories(star) == []


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a user who is not allowed everything")
def test_what_came_with_a_read_only_host_can_be_read(star):
    stories.keep(star, FRANCE)
    file = story_file.found(star)
    file.chmod(0o444)
    star.parent.chmod(0o555)
    try:
        assert len(stories.loose_views(star)) == 1
        with pytest.raises(Refused):
            stories.keep(star, FRANCE)
    finally:
        star.parent.chmod(0o755)


@pytest.mark.parametrize("spoil", [lambda bytes: b"no database at all" * 999, lambda bytes: bytes[:5000]])
def test_a_damaged_file_is_refused_and_left_as_it_is(star, spoil):
    for _ in range(30):
        stories.keep(star, FRANCE)
    file = story_file.found(star)
    file.write_bytes(spoil(file.read_bytes()))
    before = file.read_bytes()
    for use in (lambda: stories.loose_views(star), lambda: stories.keep(star, FRANCE)):
        with pytest.raises(Refused, match="The file of kept views is damaged"):
            use()
    assert file.read_bytes() == before


def test_a_file_of_a_newer_version_is_refused(star):
    stories.keep(star, FRANCE)
    with sqlite3.connect(story_file.found(star)) as file:
        file.execute("pragma user_version = 99")
    for use in (lambda: stories.loose_views(star), lambda: stories.keep(star, FRANCE)):
        with pytest.raises(Refused, match="newer Quintile"):
            use()
