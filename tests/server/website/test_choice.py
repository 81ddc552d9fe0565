"""A link that carries a choice, and the sheet that it would have."""

import json
from urllib.parse import parse_qsl, urlsplit

import pytest

from osm2cdr.server.website.choice import link_of, word_of

SMALL = {"min_lon": 24.9440, "min_lat": 60.1725, "max_lon": 24.9516, "max_lat": 60.1775}
OUTER = [[24.944, 60.1725], [24.9516, 60.1725], [24.948, 60.1775], [24.944, 60.1725]]
HOLE = [[24.947, 60.1735], [24.949, 60.1735], [24.948, 60.175], [24.947, 60.1735]]
FAR = [[-70.5, -33.4], [-70.49, -33.4], [-70.49, -33.41], [-70.5, -33.4]]


def spec(**request):
    area = {"west": 24.944, "south": 60.1725, "east": 24.9516, "north": 60.1775, "rings": []}
    return {"formats": ["svg", "dxf"], "parameters": {"REQUEST": json.dumps({"area": area, **request})}}


def words(link):
    return dict(parse_qsl(urlsplit(link).query))


def test_a_link_carries_polygons_layers_and_the_rest():
    area = {"west": -70.5, "south": -33.41, "east": 24.9516, "north": 60.1775, "rings": [[OUTER, HOLE], [FAR]]}
    link = words(link_of(spec(area=area, style="dark", detail=4, page="A3", language="ru", layers=["roads", "water"])))
    assert link == {
        "area": word_of([[OUTER, HOLE], [FAR]]), "formats": "svg,dxf", "style": "dark", "detail": "4", "page": "A3",
        "language": "ru", "layers": "roads,water",
    }  # fmt: skip
    assert link["area"].count("~") == 1
    assert link["area"].count(".") == 1


def test_what_is_too_long_for_a_link_comes_as_its_box():
    ring = [[24.944 + n * 1e-6, 60.1725 + (n % 7) / 1e3] for n in range(5000)]
    area = {"west": 24.944, "south": 60.1725, "east": 24.9516, "north": 60.1775, "rings": [[[*ring, ring[0]]]]}
    assert words(link_of(spec(area=area)))["bbox"] == "24.944,60.1725,24.9516,60.1775"
    assert link_of({"parameters": {"REQUEST": "{"}}) == "/export"
    assert link_of({}) == "/export"


def test_a_sheet_is_told_before_it_is_made(server):
    visitor = server.visitor()
    visitor.get("/export")
    body = {"bbox": SMALL, "formats": ["svg"], "config": {"page": "A3", "orientation": "landscape", "title": "Town"}}
    status, sheet = visitor.call("POST", "/site/sheet", body)
    assert status == 200, sheet
    assert (sheet["width"], sheet["height"]) == (420, 297)
    left, top, width, height = sheet["map"]
    assert sheet["head"][1] < top
    assert left + width < 420
    assert top + height < 297
    # The area is 421 m by 557 m; it fits at this scale, and at no larger round one.
    assert 557_000 / sheet["scale"] <= height < 557_000 / sheet["scale"] * 1.5
    fitted = visitor.call("POST", "/site/sheet", {"geometry": {"type": "Polygon", "coordinates": [OUTER]},
                                                  "formats": ["svg"]})[1]  # fmt: skip
    assert fitted["head"] is None
    assert fitted["map"][2:] == pytest.approx([fitted["width"], fitted["height"]], abs=0.1)
    status, fault = visitor.call("POST", "/site/sheet", {**body, "config": {"page": "A5", "scale": 500}})
    assert (status, fault["code"]) == (400, "scale_too_large")
    assert visitor.call("POST", "/site/sheet", {"bbox": SMALL})[0] == 400
    assert visitor.call("POST", "/site/sheet", body, X_CSRF_Token="")[0] == 403
