"""Maps: places on the plane, colours by revenue, a view that holds everything, nothing fetched."""

import json
import math

import pandas as pd
import pytest
import vl_convert

from core import maps, theme

LIGHT = theme.load("light")
COUNTRIES = pd.DataFrame(
    {"continent": ["Europe", "Oceania", "Other"], "country": ["Germany", "Australia", "Not known"],
     "country_code": ["DE", "AU", None], "revenue": [900.0, 90.0, 10.0], "revenue_share": [0.9, 0.09, 0.01]}
)  # fmt: skip
REGIONS = pd.DataFrame(
    {"continent": ["Oceania", "Europe", "Other"], "country": ["Australia", "Germany", "Not known"],
     "region": ["Victoria", "Bavaria", "Not known"], "revenue": [90.0, 900.0, 10.0], "revenue_share": [0.09, 0.9, 0.01],
     "latitude": [-37.8, 48.8, None], "longitude": [144.9, 11.3, None]}
)  # fmt: skip


def drawn(**options: object) -> dict:
    """The deck as the browser gets it, layers by their id without its version."""
    deck = json.loads(maps.regions(COUNTRIES, REGIONS, LIGHT, **options).to_json())
    return {**deck, "layers": {layer["id"].partition("-")[0]: layer for layer in deck["layers"]}}


@pytest.mark.parametrize(
    ("place", "plane"),
    [
        ((0, 0), (0.0, 0.0)),
        ((180, 0), (155.09, 0.0)),
        ((0, 90), (0.0, 75.49)),
        ((-180, -90), (-155.09 * 0.5924, -75.49)),
    ],
)
def test_equal_earth_has_its_published_proportions(place, plane):
    assert maps.equal_earth(*place) == pytest.approx(plane, abs=0.02)


def test_circles_grow_in_area_with_revenue_and_small_ones_lie_above():
    circles = drawn(width=600)["layers"]["regions"]["data"]
    assert [circle["name"] for circle in circles] == ["Bavaria, Germany", "Victoria, Australia"]
    assert circles[0]["radius"] == 20
    assert circles[1]["radius"] == pytest.approx(20 * math.sqrt(0.1))
    assert circles[0]["said"] == "900.00\n90.00% of revenue"


def test_a_click_yields_region_and_country():
    layers = drawn()["layers"]
    assert [(row["region"], row["country"]) for row in layers["regions"]["data"]] == [
        ("Bavaria", "Germany"), ("Victoria", "Australia"),
    ]  # fmt: skip
    assert [row["country"] for row in layers["countries"]["data"]] == ["Australia", "Germany"]
    assert (layers["regions"]["pickable"], layers["countries"]["pickable"], layers["land"]["pickable"]) == (
        True,
        True,
        False,
    )


def test_countries_are_shaded_by_revenue_on_quiet_land():
    layers = drawn()["layers"]
    shades = {row["country"]: row["fill"] for row in layers["countries"]["data"]}
    assert shades == {"Germany": [139, 166, 223, 255], "Australia": [200, 214, 241, 255]}
    assert layers["land"]["getFillColor"] == [233, 236, 241, 255]


def test_the_land_is_fetched_from_the_app_and_is_that_of_the_countries():
    assert drawn()["layers"]["land"]["data"] == "app/static/land.json"
    assert json.loads(maps.LAND_FILE.read_text(encoding="utf-8")) == maps.land(), "write maps.land() into land.json"
    assert len(maps.land()["geometry"]["coordinates"]) > 150


def test_another_version_makes_other_layers_of_what_can_be_selected_and_leaves_the_land():
    layers = json.loads(maps.regions(COUNTRIES, REGIONS, LIGHT, version=3).to_json())["layers"]
    assert [layer["id"] for layer in layers] == ["land", "countries-3", "regions-3"]


def test_what_is_chosen_stands_out():
    by_region = drawn(chosen_regions=("Victoria",))["layers"]["regions"]["data"]
    assert [(circle["fill"][3], circle["outline_width"]) for circle in by_region] == [(50, 0.8), (190, 2.0)]
    by_country = drawn(chosen_countries=("Germany",))["layers"]
    assert [circle["fill"][3] for circle in by_country["regions"]["data"]] == [190, 50]
    assert [row["fill"][3] for row in by_country["countries"]["data"]] == [110, 255]


@pytest.mark.parametrize(("width", "height"), [(320, 330), (600, 330), (320, 200)])
def test_every_circle_is_whole_within_the_width_the_view_is_fitted_to(width, height):
    deck = drawn(width=width, height=height)
    view = deck["initialViewState"]
    for circle in deck["layers"]["regions"]["data"]:
        for at, middle, size in zip(circle["position"], view["target"], (width, height), strict=False):
            offset = abs(at - middle) * 2 ** view["zoom"]
            assert offset + circle["radius"] <= size / 2


def test_one_region_is_shown_among_its_neighbours():
    deck = json.loads(maps.regions(COUNTRIES.head(1), REGIONS.iloc[1:2], LIGHT, width=600, height=330).to_json())
    degrees_across = 600 / 2 ** deck["initialViewState"]["zoom"]
    assert degrees_across >= 40


def test_nothing_is_fetched():
    text = maps.regions(COUNTRIES, REGIONS, LIGHT).to_json()
    assert "http" not in text
    assert "mapStyle" not in text or '"mapStyle": null' in text
    assert "OrthographicView" in text


def test_no_ring_of_a_shape_crosses_the_map():
    for polygon in maps.land()["geometry"]["coordinates"]:
        across = [point[0] for point in polygon[0]]
        assert len(across) >= 4
        assert max(across) - min(across) < 170


def test_without_places_of_regions_the_view_holds_the_countries():
    nowhere = REGIONS.assign(latitude=None, longitude=None)
    deck = json.loads(maps.regions(COUNTRIES.head(1), nowhere, LIGHT).to_json())
    assert 5 < deck["initialViewState"]["target"][0] < 15
    assert 50 < deck["initialViewState"]["target"][1] < 65


def test_the_finding_names_the_largest_region_and_what_has_no_place():
    deck = maps.regions(COUNTRIES, REGIONS, LIGHT)
    assert deck.description == ("Bavaria in Germany brings most, 900. Regions without coordinates, not drawn: 1.")


@pytest.mark.parametrize("factor", [1, 0, -1, math.nan])
def test_both_maps_draw_whatever_the_revenue(factor):
    countries, regions = (frame.assign(revenue=frame.revenue * factor) for frame in (COUNTRIES, REGIONS))
    assert "NaN" not in maps.regions(countries, regions, LIGHT).to_json()
    chart = maps.regions_for_files(countries, regions, LIGHT)
    picture = vl_convert.vegalite_to_svg(chart.properties(width=400).to_dict())
    assert picture.count("<path") > 150


def test_the_map_for_files_shows_the_same_circles():
    chart = maps.regions_for_files(COUNTRIES, REGIONS, LIGHT)
    circles = chart.layer[1].data
    assert circles.said.tolist() == [
        "Region: Bavaria; Revenue: 900.00; Share of revenue: 90.00%",
        "Region: Victoria; Revenue: 90.00; Share of revenue: 9.00%",
    ]
    assert chart.description == maps.regions(COUNTRIES, REGIONS, LIGHT).description
