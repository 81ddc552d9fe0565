"""Where the sea is: Monaco in ten windows, against faces that shapely makes and points whose side is known."""

import json

import pytest

from areas import AREAS
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request

MONACO = AREAS["monaco"][0]
# Windows (west, south, east, north) and what is in them.
WINDOWS = {
    "whole": (7.4098, 43.7238, 7.4387, 43.7503),
    "harbour": (7.4200, 43.7300, 7.4320, 43.7380),
    "coast through a corner": (7.4150, 43.7300, 7.4260, 43.7420),
    "mostly sea": (7.4280, 43.7250, 7.4380, 43.7340),
    "rock": (7.4160, 43.7270, 7.4280, 43.7340),
    "larvotto": (7.4280, 43.7420, 7.4400, 43.7500),
    "breakwater": (7.4290, 43.7350, 7.4340, 43.7390),
    "all sea": (7.4330, 43.7250, 7.4380, 43.7290),
    "all land": (7.4120, 43.7330, 7.4160, 43.7360),
    "wide, the coast ends in it": (7.4000, 43.7150, 7.4600, 43.7600),
}
SEA_SPOTS = [(7.436, 43.730), (7.434, 43.727), (7.4265, 43.7345), (7.4365, 43.7428), (7.4385, 43.7440)]
LAND_SPOTS = [
    (7.4217, 43.7396),
    (7.4140, 43.7345),
    (7.4250, 43.7310),
    (7.4278, 43.7395),
    (7.4300, 43.7475),
    (7.4330, 43.7480),
]


def exported(source, box, folder):
    fields = {"bbox": box, "formats": "geojson", "detail": 6, "source": str(source)}
    (result,) = pipeline.run(make_request(fields), folder, Feedback())
    if result.error is not None:
        return result.error
    from shapely.geometry import shape

    data = json.loads(result.path.read_text(encoding="utf-8"))
    shapes = {}
    for feature in data["features"]:
        if feature["properties"]["table"] in ("land", "sea"):
            shapes[feature["properties"]["table"]] = shape(feature["geometry"])
    return shapes


def coastlines(source):
    import osmium
    from shapely.geometry import LineString

    return [
        LineString([(node.lon, node.lat) for node in way.nodes])
        for way in osmium.FileProcessor(str(source), osmium.osm.NODE | osmium.osm.WAY).with_locations()
        if way.is_way() and way.tags.get("natural") == "coastline"
    ]


def faces(lines, box):
    """Faces of the window between the coasts, each with whether it is sea: water is on the right of the coast.

    A face that a coast passes with its right side and no coast with its left is sea; the votes are metres of coast.
    """
    from shapely import get_parts, polygonize
    from shapely.geometry import LineString
    from shapely.geometry import box as make_box
    from shapely.ops import unary_union

    frame = make_box(*box)
    pieces = unary_union([*[line.intersection(frame) for line in lines], frame.boundary])
    result = []
    for face in get_parts(polygonize(list(get_parts(pieces)))):
        right = left = 0.0
        near = face.buffer(1e-7)
        for line in lines:
            if not line.intersects(near):
                continue
            for a, b in zip(line.coords, line.coords[1:]):
                part = LineString([a, b]).intersection(near)
                if part.length < 1e-6:
                    continue
                dx, dy = b[0] - a[0], b[1] - a[1]
                size = (dx * dx + dy * dy) ** 0.5
                middle = part.interpolate(0.5, normalized=True)
                for sign in (1, -1):
                    spot = (middle.x + sign * dy / size * 2e-6, middle.y - sign * dx / size * 2e-6)
                    if face.contains(type(middle)(*spot)):
                        if sign == 1:
                            right += part.length
                        else:
                            left += part.length
        result.append((face, right, left))
    return result


@pytest.mark.parametrize("name", list(WINDOWS))
def test_sea_and_land_fill_the_window_on_their_sides(qgis, name, tmp_path):
    from shapely.geometry import Point

    if not MONACO.exists():
        pytest.skip(f"{MONACO} is not there")
    box = WINDOWS[name]
    found = exported(MONACO, box, tmp_path)
    if name == "all sea":
        # There is nothing to export but water: that is said, in a sentence.
        assert found.code == "no_data"
        return
    land, sea = found.get("land"), found.get("sea")
    whole = (box[2] - box[0]) * (box[3] - box[1])
    area = sum(shape.area for shape in (land, sea) if shape is not None)
    assert area == pytest.approx(whole, rel=1e-6)
    if land is not None and sea is not None:
        assert land.intersection(sea).area < 1e-6 * whole
    assert (sea is None) == (name == "all land")
    checked = 0
    for face, right, left in faces(coastlines(MONACO), box):
        if min(right, left) > 0.1 * max(right, left) or right + left < 1e-5:
            # A coast that ends in the window leaves both sides in one face: the spots below tell there.
            continue
        spot = face.representative_point()
        assert (sea if right > left else land).contains(spot), (name, spot.wkt)
        checked += 1
    for spots, shape in ((SEA_SPOTS, sea), (LAND_SPOTS, land)):
        for x, y in spots:
            if box[0] < x < box[2] and box[1] < y < box[3]:
                assert shape.contains(Point(x, y)), (name, x, y)
                checked += 1
    assert checked


@pytest.mark.parametrize("holed", [False, True])
def test_islands_that_a_test_made(qgis, tmp_path, holed):
    """A closed coast in an otherwise empty sea, and one with a lagoon (a coast running the other way)."""
    from shapely.geometry import Point
    from shapely.geometry import box as make_box

    nodes, ways = [], []

    def ring(points, number, tags):
        first = len(nodes) + 1
        nodes.extend(points)
        refs = "".join(f'<nd ref="{first + n}"/>' for n in range(len(points))) + f'<nd ref="{first}"/>'
        keys = "".join(f'<tag k="{k}" v="{v}"/>' for k, v in tags.items())
        ways.append(f'<way id="{number}">{refs}{keys}</way>')

    # Land on the left: counter-clockwise.
    ring([(10.02, 50.02), (10.04, 50.02), (10.04, 50.04), (10.02, 50.04)], 1, {"natural": "coastline"})
    if holed:
        ring([(10.025, 50.025), (10.025, 50.035), (10.035, 50.035), (10.035, 50.025)], 2, {"natural": "coastline"})
    ring([(10.021, 50.021), (10.022, 50.021), (10.022, 50.022), (10.021, 50.022)], 3, {"building": "yes"})
    points = "".join(f'<node id="{n}" lon="{x}" lat="{y}" version="1"/>' for n, (x, y) in enumerate(nodes, 1))
    source = tmp_path / "island.osm"
    source.write_text(f'<osm version="0.6">{points}{"".join(ways)}</osm>', encoding="utf-8")
    box = (10.0, 50.0, 10.06, 50.06)
    found = exported(source, box, tmp_path)
    island = make_box(10.02, 50.02, 10.04, 50.04)
    if holed:
        island = island.difference(make_box(10.025, 50.025, 10.035, 50.035))
    assert found["land"].symmetric_difference(island).area < 1e-9
    assert found["sea"].symmetric_difference(make_box(*box).difference(island)).area < 1e-9
    assert found["sea"].contains(Point(10.03, 50.03)) == holed
