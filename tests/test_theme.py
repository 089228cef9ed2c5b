"""The theme: colours by role, and the contrasts that make it readable."""

import dataclasses
import tomllib

import pytest

from core import rfm, theme

ROOT = theme.CONFIG_FILE.parents[1]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio of two #RRGGBB colours."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_roles_come_from_the_configuration():
    light, dark = theme.load("light"), theme.load("dark")
    assert (light.ground, light.ink, light.accent) == ("#FFFFFF", "#0B1119", "#2C55C9")
    assert (dark.ground, dark.ink, dark.accent) == ("#111419", "#E7EBF1", "#6585EE")
    assert list(light.tiers.items()) == [
        ("Top Clients", "#243F8F"),
        ("Mid Range Clients", "#6B8BD5"),
        ("Less Profitable Clients", "#66707F"),
    ]


def test_a_theme_is_read_once_and_cannot_be_changed():
    assert theme.load("dark") is theme.load("dark")
    assert theme.load("sepia").mode == "light"
    with pytest.raises(dataclasses.FrozenInstanceError):
        theme.load("light").ink = "red"


def test_segments_have_one_colour_each_in_order_in_both_modes():
    light, dark = theme.load("light"), theme.load("dark")
    assert tuple(light.segments) == rfm.segment_names()
    assert light.segments == dark.segments
    assert len(set(light.segments.values())) == 11
    assert light.segment("Champions") == "#5852D1"
    assert light.segment("Buyer not known") == light.quiet


@pytest.mark.parametrize("mode", theme.MODES)
def test_text_and_marks_can_be_seen(mode):
    shown = theme.load(mode)
    assert contrast(shown.ink, shown.ground) >= 7
    assert contrast(shown.quiet, shown.ground) >= 4.5
    for colour in (
        shown.accent,
        shown.earlier,
        shown.gain,
        shown.loss,
        *shown.segments.values(),
        *shown.tiers.values(),
    ):
        assert contrast(colour, shown.ground) >= 3


@pytest.mark.parametrize("mode", theme.MODES)
def test_text_reads_on_every_step_of_the_heat_ramp(mode):
    shown = theme.load(mode)
    for step in range(10):
        intensity = (step + 0.5) / 10
        assert contrast(shown.on_heat(intensity), shown.heat(intensity)) >= 3.8, step


def test_the_ends_of_the_heat_ramp():
    shown = theme.load("light")
    assert [shown.heat(part) for part in (-1, 0, 0.5, 1, 7)] == ["#F2F5FB", "#F2F5FB", "#6B8BD5", "#182B66", "#182B66"]


def test_every_font_file_named_is_there_with_its_licence():
    faces = tomllib.loads(theme.CONFIG_FILE.read_text(encoding="utf-8"))["theme"]["fontFaces"]
    files = [ROOT / "static" / face["url"].removeprefix("app/static/") for face in faces]
    assert len(files) == 8
    assert all(file.read_bytes()[:4] == b"wOF2" for file in files)
    assert "SIL OPEN FONT LICENSE" in (ROOT / "static" / "ibm-plex-sans-LICENSE.txt").read_text(encoding="utf-8")


def test_the_app_tells_nobody_how_it_is_used():
    config = tomllib.loads(theme.CONFIG_FILE.read_text(encoding="utf-8"))
    assert config["browser"]["gatherUsageStats"] is False
    assert "http" not in theme.CONFIG_FILE.read_text(encoding="utf-8")


def test_what_nobody_foresaw_shows_no_traceback():
    config = tomllib.loads(theme.CONFIG_FILE.read_text(encoding="utf-8"))
    assert config["client"]["showErrorDetails"] == "none"
