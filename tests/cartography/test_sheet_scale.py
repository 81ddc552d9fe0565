"""What a sheet shows of the ground: the area in its frame, its scale and its bar, and which pages and scales can be."""

import itertools
import json
import math
import re
from collections import Counter

import numpy as np
import pyproj
import pytest
from sheet_fixtures import BOX, request

from osm2cdr.processing_provider.cartography.sheet.layout import furniture
from osm2cdr.processing_provider.errors import RequestError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request import pages, papers
from osm2cdr.processing_provider.request.plan import make_plan, margin

TRIANGLE = {"type": "Polygon", "coordinates": [[[24.93, 60.16], [24.97, 60.165], [24.94, 60.18], [24.93, 60.16]]]}


@pytest.mark.parametrize("turned", papers.ORIENTATIONS)
@pytest.mark.parametrize("crs", ["", "EPSG:32633", "EPSG:3857"])
@pytest.mark.parametrize("area", [{}, {"geometry": TRIANGLE}], ids=["box", "polygon"])
def test_the_whole_area_is_inside_the_frame_and_the_frame_fills_the_sheet(area, crs, turned):
    asked = request(page="A4", orientation=turned, crs=crs, title="Helsinki", **area)
    page = pages.make_page(asked)
    sheet, box = page.sheet, asked.area
    way = pyproj.Transformer.from_crs(4326, page.crs, always_xy=True)
    lon, lat = np.meshgrid(np.linspace(box.west, box.east, 20), np.linspace(box.south, box.north, 20))
    x, y = way.transform(lon, lat)
    if not area:
        assert page.xmin <= x.min()
        assert x.max() <= page.xmax
        assert page.ymin <= y.min()
        assert y.max() <= page.ymax
    for point in TRIANGLE["coordinates"][0] if area else ():
        px, py = way.transform(*point)
        assert page.xmin <= px <= page.xmax
        assert page.ymin <= py <= page.ymax
    assert sheet.left == sheet.width - sheet.left - sheet.map_width == 12
    assert sheet.top + sheet.map_height > sheet.height - 12 - 10
    # Read as wide as the sheet shows.
    west, south, east, north = make_plan(asked).reach
    corners = way.transform(
        [page.xmin, page.xmax] * 2, [page.ymin, page.ymin, page.ymax, page.ymax], direction="INVERSE"
    )
    assert west < min(corners[0]) < max(corners[0]) < east
    assert south < min(corners[1]) < max(corners[1]) < north


def test_only_a_sheet_is_read_wider():
    assert make_plan(request(page="A0", formats="gpkg")).reach == margin(request().area)
    assert make_plan(request()).reach == margin(request().area)


@pytest.mark.parametrize("crs", ["", "EPSG:3857"])
def test_two_houses_are_as_far_apart_on_paper_as_the_scale_says(qgis, tmp_path, crs):
    from lxml import etree
    from shapely.geometry import shape

    asked = {"page": "A4", "title": "Helsinki", "detail": 5, "layers": "buildings", "crs": crs}
    results = pipeline.run(request(formats="svg_layers", **asked), tmp_path, Feedback())
    results += pipeline.run(request(formats="geojson", detail=5, layers="buildings"), tmp_path, Feedback())
    svg, data = (result.path for result in results)
    west, _, east, north = BOX
    found = [f for f in json.loads(data.read_text(encoding="utf-8"))["features"] if f["properties"]["name"]]
    names = Counter(feature["properties"]["name"] for feature in found)
    houses = {}
    for feature in found:
        edges = shape(feature["geometry"]).bounds
        if names[feature["properties"]["name"]] == 1 and west < edges[0] and edges[2] < east and edges[3] < north:
            houses[feature["properties"]["name"]] = (edges[0] + edges[2]) / 2, (edges[1] + edges[3]) / 2
    drawn_houses = {}
    for path in etree.parse(str(svg), etree.XMLParser(huge_tree=True)).getroot().iter("{*}path"):
        name = path.findtext("{*}title")
        if name in houses:
            points = np.array(re.findall(r"-?[\d.]+", path.get("d")), float).reshape(-1, 2) / 72 * 25.4
            drawn_houses[name] = (points.min(0) + points.max(0)) / 2
    assert len(drawn_houses) > 20
    scales = []
    for one, other in itertools.combinations(drawn_houses, 2):
        paper = float(np.hypot(*(drawn_houses[one] - drawn_houses[other])))
        *_, metres = pyproj.Geod(ellps="WGS84").inv(*houses[one], *houses[other])
        if paper > 80:
            scales.append(metres * 1000 / paper)
    # What has a house's name need not be all of it.
    assert np.median(scales) == pytest.approx(pages.make_page(request(**asked)).scale, rel=1e-3)


@pytest.mark.parametrize("fields", [
    {"page": "A4"}, {"page": "A5", "scale": 12500}, {"page": "A0"}, {"page": "square", "scale": 500000}, {},
], ids=str)  # fmt: skip
def test_the_bar_is_as_long_as_its_label_says(bare, fields):
    view = bare(**fields)
    pieces = furniture(view)
    bar = next(piece for piece in pieces if piece.name == "bar")
    label = [piece for piece in pieces if piece.name == "bar label"][-1].text
    number, unit = label.split()
    metres = float(number) * {"m": 1, "km": 1000}[unit]
    assert bar.box.width() * view.page.scale / 1000 == pytest.approx(metres, rel=1e-6)
    assert view.page.width_mm * 0.08 < bar.box.width() <= view.page.width_mm * 0.25
    gaps = [piece.box for piece in pieces if piece.name == "gap"]
    assert all(bar.box.contains(gap) for gap in gaps)


def test_bars_are_round_at_every_scale():
    from osm2cdr.processing_provider.cartography.sheet.scale_bar import longest_bar

    for scale in [*range(50, 20_000, 37), 10**5, 10**6, 5 * 10**7]:
        bar = longest_bar(scale, 40)
        if scale * 0.04 < 1:
            assert bar is None
            continue
        assert 40 / 2.01 <= bar.length(scale) <= 40
        assert bar.metres / 10 ** math.floor(math.log10(bar.metres)) in (1, 2, 3, 4, 5)


def test_what_cannot_be_is_one_sentence():
    for fields, words in (
        ({"page": "A5", "scale": 1000}, "does not fit the 132 x"),
        ({"page": "A0", "scale": 1_000_000}, "km2 is allowed"),
        ({"page": "A0", "formats": "png", "dpi": 600}, "at most 406 DPI"),
        ({"page": "a44"}, "did you mean 'A4'"),
    ):
        with pytest.raises(RequestError) as caught:
            make_plan(request(**fields))
        assert words in caught.value.text
        assert caught.value.text.endswith(".")


def test_the_largest_scale_that_fits_is_round_and_named():
    with pytest.raises(RequestError, match=r"1:(\d+) does") as caught:
        pages.make_page(request(page="A4", scale=5000))
    best = int(re.search(r"1:(\d+) does", caught.value.text)[1])
    assert pages.make_page(request(page="A4")).scale == best == pages.make_page(request(page="A4", scale=best)).scale


def test_names_of_pages_are_known_however_they_are_spelt():
    assert request(page="a4").page == "A4"
    assert request(page="TABLOID").page == "Tabloid"
    assert request(page="fit").page == request(page="").page == ""


def test_a_page_cut_to_the_map_grows_by_its_title():
    plain, titled = pages.make_page(request()), pages.make_page(request(title="Helsinki"))
    assert plain.sheet.width == titled.sheet.width == plain.width_mm
    assert plain.sheet.height == plain.height_mm == titled.height_mm
    assert 8 < titled.sheet.height - plain.sheet.height < 25
    assert (plain.xmin, plain.ymin, plain.xmax, plain.ymax) == (titled.xmin, titled.ymin, titled.xmax, titled.ymax)


def test_an_overview_on_paper_has_the_detail_that_suits_what_it_shows():
    assert request(page="A4", scale=100_000).detail < request(page="A4").detail == request().detail
