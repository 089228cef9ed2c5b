"""Frames to maps: country shapes shaded by revenue, regions as circles, readable with no network.

Places are projected (Equal Earth) here and drawn on a plain plane: no base map, nothing fetched. The view is fitted to
the data for a given width, and a viewer can zoom and pan from there.
"""

import functools
import json
import math
from collections.abc import Sequence
from pathlib import Path

import altair as alt
import pandas as pd
import pydeck
from pydeck.bindings.json_tools import default_serialize

from core.charts import style
from core.charts.style import Tip
from core.formats import Format, exact, short
from core.theme import Theme

SHAPES_FILE = Path(__file__).parents[1] / "static" / "countries.geojson"
LAND_FILE = SHAPES_FILE.with_name("land.json")
LAND, COUNTRIES, REGIONS = "land", "countries", "regions"
HEIGHT = 330
PHONE_WIDTH, PHONE_HEIGHT = 320, 230
_FILE_WIDTH = 560
_LEAST_EXTENT = (40.0, 24.0)  # degrees: a single country or region is shown among its neighbours
_SMALLEST, _SHADES = 2.5, (2, 3, 4)
_SENT = ("country", "region", "name", "said", "position", "radius", "fill", "outline", "outline_width")
_TIPS = (Tip("Revenue", "revenue", Format.MONEY), Tip("Share of revenue", "revenue_share", Format.SHARE))


def regions(
    countries: pd.DataFrame,
    regions: pd.DataFrame,
    theme: Theme,
    *,
    chosen_countries: Sequence[str] = (),
    chosen_regions: Sequence[str] = (),
    width: int = PHONE_WIDTH,
    height: int = HEIGHT,
    version: int = 0,
) -> pydeck.Deck:
    """A deck of country shapes and region circles. Takes revenue_by_country and revenue_by_region.

    A click yields a row under "countries-0" (with `country`) or "regions-0" (with `country` and `region`); another
    `version` than 0 makes layers in which nothing is selected. What is chosen is outlined, all else muted. `width` is
    the narrowest width, px, at which every circle is in view; `deck.description` is the finding.
    """
    circles = _circles(regions, theme, chosen_countries, chosen_regions, _largest_radius(width))
    shapes = _shapes(countries, theme, chosen_countries)
    deck = pydeck.Deck(
        layers=[_land_layer(theme), _country_layer(shapes, theme, version), _circle_layer(circles, version)],
        views=[pydeck.View("OrthographicView", controller=True, flip_y=False)],
        initial_view_state=_fitted(circles, countries, width, height),
        map_provider=None,
        map_style=None,
        tooltip={
            "text": "{name}\n{said}",
            "style": {
                "backgroundColor": theme.panel,
                "color": theme.ink,
                "fontSize": "12px",
                "fontFamily": theme.font,
                "whiteSpace": "pre",
                # Fixed where it would stand by itself: the card's edge does not cut it.
                "position": "fixed",
                "top": "auto",
                "left": "auto",
                "marginLeft": "-70px",
            },
        },
        parameters={"clearColor": [0, 0, 0, 0]},
    )
    deck.description = _finding(countries, regions)
    # pydeck's own way of writing is a line a number: six times as long, and ten times as slow.
    deck.to_json = lambda: json.dumps(deck, default=default_serialize, separators=(",", ":"))
    return deck


def regions_for_files(
    countries: pd.DataFrame, regions: pd.DataFrame, theme: Theme, *, height: int = HEIGHT
) -> alt.LayerChart:
    """The same map as an Altair chart, fitted to the world at any width. Takes the same two reports."""
    circles = _circles(regions, theme, (), (), _largest_radius(_FILE_WIDTH))
    shapes = _shapes(countries, theme, (), projected=False)
    features = [
        {**shape["feature"], "properties": {"colour": shape["hex"], "name": shape["name"], "said": shape["said"]}}
        for shape in shapes
    ]
    land = (
        alt.Chart(alt.Data(values=features))
        .mark_geoshape(stroke=theme.ground, strokeWidth=0.6)
        .encode(
            color=alt.Color("properties.colour:N", scale=None, legend=None),
            tooltip=[
                alt.Tooltip("properties.name:N", title="Country"),
                alt.Tooltip("properties.said:N", title="Revenue"),
            ],
        )
    )
    layers = [land]
    if len(circles):
        written, shown = style.with_tips(circles, [Tip("Region", "region", Format.TEXT), *_TIPS])
        written["area"] = [math.pi * radius**2 for radius in written.radius]
        columns = ["longitude", "latitude", "area", "said", *(f"tip_{place}" for place in range(len(shown)))]
        layers.append(
            alt.Chart(written[columns])
            .mark_circle(color=theme.accent, opacity=0.75, stroke=theme.ground, strokeWidth=0.6)
            .encode(
                longitude="longitude:Q",
                latitude="latitude:Q",
                size=alt.Size("area:Q", scale=None, legend=None),
                tooltip=shown,
                description="said:N",
            )
        )
    return style.finish(
        style.layered(*layers).project("equalEarth"),
        theme,
        description=_finding(countries, regions),
        height=height,
    )


def equal_earth(longitude: float, latitude: float) -> tuple[float, float]:
    """Where a place lies on the plane, in degrees of the middle of the map (Šavrič, Patterson and Jenny, 2018)."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    angle = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    sixth = angle**6
    x = 2 * math.sqrt(3) * math.cos(angle) / (3 * (9 * a4 * angle**8 + 7 * a3 * sixth + 3 * a2 * angle**2 + a1))
    y = angle * (a1 + a2 * angle**2 + sixth * (a3 + a4 * angle**2))
    return round(longitude * x, 2), round(math.degrees(y), 2)


def land() -> dict:
    """The land of the whole world on the plane, one GeoJSON feature: what LAND_FILE holds."""
    polygons = [polygon for feature in _features(True) for polygon in feature["geometry"]["coordinates"]]
    return {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": polygons}}


def _land_layer(theme: Theme) -> pydeck.Layer:
    """The quiet land, which nothing can be asked of. The browser fetches it from the app once, and never draws it anew
    for a choice.
    """
    return pydeck.Layer(
        "GeoJsonLayer", f"app/static/{LAND_FILE.name}", id=LAND, get_fill_color=_rgb(theme.land), stroked=False,
        pickable=False,
    )  # fmt: skip


def _country_layer(shapes: list[dict], theme: Theme, version: int) -> pydeck.Layer:
    """The countries with sales."""
    sold = [
        {**shape["feature"], **{key: shape[key] for key in ("country", "name", "said", "fill")}}
        for shape in shapes
        if shape["country"] is not None
    ]
    return pydeck.Layer(
        "GeoJsonLayer",
        sold,
        id=f"{COUNTRIES}-{version}",
        get_fill_color="fill",
        get_line_color=_rgb(theme.ground),
        get_line_width=0.6,
        line_width_units="'pixels'",
        pickable=True,
    )


def _circle_layer(circles: pd.DataFrame, version: int) -> pydeck.Layer:
    return pydeck.Layer(
        "ScatterplotLayer",
        circles[list(_SENT)].to_dict("records"),
        id=f"{REGIONS}-{version}",
        get_position="position",
        get_radius="radius",
        get_fill_color="fill",
        get_line_color="outline",
        get_line_width="outline_width",
        radius_units="'pixels'",
        line_width_units="'pixels'",
        stroked=True,
        pickable=True,
    )


def _circles(
    frame: pd.DataFrame, theme: Theme, countries: Sequence[str], regions: Sequence[str], largest: float
) -> pd.DataFrame:
    """One row per region with a place on the map, largest first so that small circles lie above."""
    known = frame[frame.latitude.notna() & frame.longitude.notna()].sort_values("revenue", ascending=False)
    known = known.reset_index(drop=True)
    amounts = [style.number(value) for value in known.revenue]
    highest = max(0.0, *amounts, 0.0) or 1.0
    on = [
        (not regions and not countries) or row.region in regions or (not regions and row.country in countries)
        for row in known.itertuples()
    ]
    return known.assign(
        latitude=known.latitude.astype(float),
        longitude=known.longitude.astype(float),
        name=[f"{row.region}, {row.country}" for row in known.itertuples()],
        said=[_said(row) for row in known.itertuples()],
        position=[list(equal_earth(row.longitude, row.latitude)) for row in known.itertuples()],
        radius=[max(_SMALLEST, largest * math.sqrt(max(0.0, value) / highest)) for value in amounts],
        fill=[
            _rgb(theme.loss if value < 0 else theme.accent, 190 if full else 50)
            for full, value in zip(on, amounts, strict=True)
        ],
        outline=[_rgb(theme.ink if row.region in regions else theme.ground) for row in known.itertuples()],
        outline_width=[2.0 if row.region in regions else 0.8 for row in known.itertuples()],
    )


def _shapes(frame: pd.DataFrame, theme: Theme, chosen: Sequence[str], *, projected: bool = True) -> list[dict]:
    """One row per country shape: its colour by revenue, quiet land where nothing was sold."""
    sold = {row.country_code: row for row in frame.itertuples() if isinstance(row.country_code, str)}
    ranked = sorted(sold.values(), key=lambda row: style.number(row.revenue), reverse=True)
    highest = max([style.number(row.revenue) for row in ranked], default=0.0) or 1.0
    shapes = []
    for feature in _features(projected):
        row = sold.get(feature["properties"]["country_code"])
        colour = theme.land
        if row is not None:
            part = math.sqrt(max(0.0, style.number(row.revenue)) / highest)
            colour = theme.sequential[_SHADES[min(len(_SHADES) - 1, int(part * len(_SHADES)))]]
        muted = bool(chosen) and (row is None or row.country not in chosen)
        shapes.append({
            "feature": {"type": "Feature", "geometry": feature["geometry"]},
            "country": row.country if row is not None else None,
            "name": row.country if row is not None else feature["properties"]["name"],
            "said": _said(row) if row is not None else "No sales",
            "hex": colour,
            "fill": _rgb(colour, 110 if muted else 255),
        })  # fmt: skip
    return shapes


def _largest_radius(width: int) -> float:
    """The largest circle's radius, px: small enough that neighbours can be told apart at this width."""
    return min(20.0, max(11.0, width / 30))


def _said(row: object) -> str:
    return f"{exact(row.revenue, Format.MONEY)}\n{exact(row.revenue_share, Format.SHARE)} of revenue"


def _fitted(circles: pd.DataFrame, countries: pd.DataFrame, width: int, height: int) -> pydeck.ViewState:
    """The view that holds every circle whole, or every country with sales where no region has a place."""
    if len(circles):
        points = circles.position.tolist()
    else:
        codes = set(countries.country_code)
        points = [
            point
            for feature in _features(True)
            if feature["properties"]["country_code"] in codes
            for polygon in feature["geometry"]["coordinates"]
            for point in polygon[0]
        ] or [[-160.0, -60.0], [160.0, 75.0]]
    left, right = min(point[0] for point in points), max(point[0] for point in points)
    low, high = min(point[1] for point in points), max(point[1] for point in points)
    room = 2 * (_largest_radius(width) + 4)
    across = (width - room) / max(right - left, _LEAST_EXTENT[0])
    upwards = (height - room) / max(high - low, _LEAST_EXTENT[1])
    zoom = math.log2(min(across, upwards))
    return pydeck.ViewState(
        target=[(left + right) / 2, (low + high) / 2, 0], zoom=zoom, min_zoom=min(zoom, -0.5), max_zoom=8
    )


@functools.cache
def _features(projected: bool) -> tuple[dict, ...]:
    features = json.loads(SHAPES_FILE.read_text(encoding="utf-8"))["features"]
    if not projected:
        return tuple(features)
    return tuple(
        {
            **feature,
            "geometry": {
                "type": "MultiPolygon",
                "coordinates": [
                    [[list(equal_earth(*point)) for point in ring] for ring in polygon]
                    for polygon in feature["geometry"]["coordinates"]
                ],
            },
        }
        for feature in features
    )


def _finding(countries: pd.DataFrame, regions: pd.DataFrame) -> str:
    placed = int(regions.latitude.notna().sum())
    if not len(regions):
        return f"Revenue by country, {len(countries)} countries."
    first = regions.sort_values("revenue", ascending=False).iloc[0]
    text = f"{first.region} in {first.country} brings most, {short(first.revenue, Format.MONEY)}."
    missing = len(regions) - placed
    return text + (f" Regions without coordinates, not drawn: {missing}." if missing else "")


def _rgb(colour: str, alpha: int = 255) -> list[int]:
    return [*(int(colour[place : place + 2], 16) for place in (1, 3, 5)), alpha]
