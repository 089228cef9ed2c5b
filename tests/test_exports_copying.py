"""A star written once more: the same to the byte, with a secret of its own, or with other revenue targets."""

from pathlib import Path

import pandas as pd
import pytest
import stars

from core import exports, uploads
from core.star import Refused, read_facts, version_of

EXPORT = "order_id,order_date,email,net_amount\nA1,2024-01-05,ann@example.com,10.00\nA2,2024-02-06,bob@example.com,30\n"


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("QUINTILE_SALTS", str(tmp_path / "salts"))
    monkeypatch.setenv("QUINTILE_CACHE", str(tmp_path / "cache"))


def targets(star: Path) -> list[tuple[str, float]]:
    rows = pd.read_parquet(star / "dim_target.parquet")
    return [(str(row.month)[:7], float(row.revenue_target)) for row in rows.itertuples()]


def customers(star: Path) -> list[str]:
    return sorted(pd.read_parquet(star / "dim_customer.parquet").customer_id)


def test_a_copy_is_the_star_itself(tmp_path):
    star = stars.simple(tmp_path / "star", [("o1", "2025-03-05", "c1", "10")])
    exports.copy_star(star, tmp_path / "copy")
    assert read_facts(tmp_path / "copy") == read_facts(star)
    for file in star.glob("*.parquet"):
        assert (tmp_path / "copy" / file.name).read_bytes() == file.read_bytes()


def test_a_copy_has_a_secret_of_its_own_that_outlives_the_first(tmp_path):
    (tmp_path / "january.csv").write_text(EXPORT)
    (tmp_path / "february.csv").write_text(EXPORT.replace("A2,2024-02-06", "A3,2024-02-16"))
    first = uploads.new_folder() / "star"
    exports.import_export(tmp_path / "january.csv", first)
    exports.copy_star(first, tmp_path / "kept")
    assert read_facts(tmp_path / "kept")["salt_id"] != read_facts(first)["salt_id"]
    assert len(list((tmp_path / "salts").iterdir())) == 2
    known = customers(first)
    uploads.discard(first.parent)
    assert [file.name for file in (tmp_path / "salts").iterdir()] == [read_facts(tmp_path / "kept")["salt_id"]]
    exports.import_export(tmp_path / "february.csv", tmp_path / "kept", append=True)
    assert customers(tmp_path / "kept") == known


def test_a_copy_whose_secret_is_lost_takes_no_more_orders(tmp_path):
    (tmp_path / "january.csv").write_text(EXPORT)
    exports.import_export(tmp_path / "january.csv", tmp_path / "star")
    for file in (tmp_path / "salts").iterdir():
        file.unlink()
    exports.copy_star(tmp_path / "star", tmp_path / "copy")
    with pytest.raises(Refused, match="the secret they were hashed with is not in"):
        exports.import_export(tmp_path / "january.csv", tmp_path / "copy", append=True)


def test_targets_are_set_in_a_copy_and_in_the_star_itself(tmp_path):
    star = stars.simple(tmp_path / "star", [("o1", "2025-03-05", "c1", "10")])
    before = version_of(star)
    file = tmp_path / "targets.csv"
    file.write_text("month,revenue_target\n2025-03,50\n")
    assert exports.set_targets(star, tmp_path / "copy", file) == []
    assert (targets(tmp_path / "copy"), version_of(star)) == ([("2025-03", 50.0)], before)
    file.write_text("month,revenue_target\n2026,120\n")
    said = ["The target of 2026 is spread over its months as revenue was in 2025."]
    assert exports.set_targets(star, star, file)[:1] == said
    assert ("2026-03", 120.0) in targets(star)
    assert read_facts(star)["account"]["decisions"][:1] == said
    exports.set_targets(star, star, None)
    assert not (star / "dim_target.parquet").exists()
    assert read_facts(star)["account"]["decisions"] == []


def test_targets_that_cannot_be_used_change_nothing(tmp_path):
    star = stars.simple(tmp_path / "star", [("o1", "2025-03-05", "c1", "10")])
    before = version_of(star)
    (tmp_path / "targets.csv").write_text("month,revenue_target\n2025-03,much\n")
    with pytest.raises(Refused, match="'much' is no amount"):
        exports.set_targets(star, star, tmp_path / "targets.csv")
    assert version_of(star) == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
