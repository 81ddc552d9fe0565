"""TopoJSON beyond its objects: borders kept once, a grid as fine as asked, rings as D3 fills them, the schema."""

import json
import sqlite3
from contextlib import closing

import numpy as np
import pytest
import shapely
from hardtexts import BOX, TEXTS, key_of, write

from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats.gis import topology_grid
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request
from readers.topology import arc_numbers, arcs

# Two houses side by side, a courtyard in one of them, and a road along their border.
NODES = {1: (1, 1), 2: (2, 1), 3: (2, 2), 4: (1, 2), 5: (3, 1), 6: (3, 2), 7: (1.3, 1.3), 8: (1.6, 1.3), 9: (1.6, 1.6)}
TOWN = """<osm version="0.6">%s
<way id="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="4"/><nd ref="1"/><tag k="building" v="yes"/></way>
<way id="2"><nd ref="2"/><nd ref="3"/><nd ref="6"/><nd ref="5"/><nd ref="2"/><tag k="building" v="yes"/></way>
<way id="3"><nd ref="7"/><nd ref="8"/><nd ref="9"/><nd ref="7"/></way>
<way id="4"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="residential"/></way>
<relation id="5"><member type="way" ref="1" role="outer"/><member type="way" ref="3" role="inner"/>
<tag k="type" v="multipolygon"/><tag k="building" v="yes"/></relation></osm>"""
POSITION = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
INDEXES = {"type": "array", "items": {"type": "integer"}, "minItems": 1}
# What sections 2 and 3 of the specification demand.
GEOMETRY = {
    "oneOf": [
        {"required": ["type", one], "properties": {"type": {"const": kind}, one: how, "properties": {"type": "object"}}}
        for kind, one, how in (
            ("Point", "coordinates", POSITION),
            ("LineString", "arcs", INDEXES),
            ("MultiLineString", "arcs", {"type": "array", "items": INDEXES}),
            ("Polygon", "arcs", {"type": "array", "items": INDEXES}),
            ("MultiPolygon", "arcs", {"type": "array", "items": {"type": "array", "items": INDEXES}}),
            ("GeometryCollection", "geometries", {"type": "array", "items": {"$ref": "#/$defs/geometry"}}),
        )
    ]
}
SCHEMA = {
    "$defs": {"geometry": GEOMETRY},
    "type": "object",
    "required": ["type", "objects", "arcs"],
    "properties": {
        "type": {"const": "Topology"},
        "objects": {"type": "object", "additionalProperties": {"$ref": "#/$defs/geometry"}},
        "arcs": {"type": "array", "items": {"type": "array", "items": POSITION, "minItems": 2}},
        "bbox": {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4},
        "transform": {"required": ["scale", "translate"], "properties": {"scale": POSITION, "translate": POSITION}},
    },
}


@pytest.fixture(scope="module")
def town(qgis, tmp_path_factory):
    """town(**options): two houses and a road."""
    folder = tmp_path_factory.mktemp("town")
    nodes = [f'<node id="{n}" lon="{x * 1e-3:.7f}" lat="{y * 1e-3:.7f}"/>' for n, (x, y) in NODES.items()]
    (folder / "town.osm").write_text(TOWN % "\n".join(nodes))

    def make(**options):
        fields = {"bbox": (0, 0, 0.004, 0.003), "formats": "topojson,gpkg", "detail": 6, "options": json.dumps(options)}
        results = pipeline.run(make_request({**fields, "source": str(folder / "town.osm")}), folder, Feedback())
        assert [result.error for result in results] == [None] * 2
        return json.loads(results[0].path.read_text(encoding="utf-8")), results[1].path

    return make


def rings(data, item):
    """The rings of an object, put together of its arcs."""
    made = arcs(data)
    for ring in item["arcs"]:
        pieces = [made[number] if number >= 0 else made[~number][::-1] for number in ring]
        assert all(np.allclose(a[-1], b[0]) for a, b in zip(pieces, pieces[1:] + pieces[:1]))
        yield np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])


def test_a_border_is_kept_once_for_all_who_share_it(town):
    data, _ = town()
    houses = data["objects"]["buildings"]["geometries"]
    (road,) = data["objects"]["roads"]["geometries"]
    used = [{n if n >= 0 else ~n for n in arc_numbers(item["arcs"])} for item in [*houses, road]]
    assert len(used[0] & used[1] & used[2]) == 1, "the houses' border, on which the road runs"
    assert len(used[0] & used[2]) == 2, "the road runs on along the first house"
    assert len(set.union(*used)) == 5, "and there are the rest of each house, and the courtyard"


def test_outer_rings_run_clockwise_and_holes_against_it(town):
    data, _ = town()
    courtyards = 0
    for item in data["objects"]["buildings"]["geometries"]:
        outer, *holes = (shapely.LinearRing(ring) for ring in rings(data, item))
        assert not outer.is_ccw
        assert all(hole.is_ccw for hole in holes)
        courtyards += len(holes)
    assert courtyards == 1


def test_the_grid_is_as_fine_as_the_data_or_as_asked(town):
    data, table = town()
    assert data["transform"]["scale"] == [1e-7, 1e-7]
    with closing(sqlite3.connect(table)) as database:
        (count,) = database.execute("SELECT count(*) FROM buildings").fetchone()
    assert len(data["objects"]["buildings"]["geometries"]) == count == 2
    coarse, _ = town(quantization="1e4")
    assert coarse["transform"]["scale"] == pytest.approx([0.004 / 9999, 0.003 / 9999])
    assert max(abs(value) for arc in coarse["arcs"] for place in arc for value in place) <= 9999


def test_what_is_smaller_than_the_grid_stays_an_object(town):
    """Rings that fall on one place keep the points that a ring must have."""
    ring = shapely.Polygon([(0, 0), (1e-9, 0), (0, 1e-9)])
    blobs = [b"GP\0\3" + bytes(36) + shapely.to_wkb(shapely.MultiPolygon([one])) for one in (ring, ring.buffer(1))]
    topology, first = topology_grid.arcs(blobs, topology_grid.grid((-1, -1, 1, 1), 1e-7, 100))
    assert first.tolist() == [0, 1, 2]
    assert (topology.end - topology.first >= 2).all()


def test_the_schema_and_hostile_texts(qgis, tmp_path):
    import jsonschema

    fields = {"bbox": BOX, "formats": "topojson", "detail": 6, "source": str(write(tmp_path / "hard.osm"))}
    (result,) = pipeline.run(make_request({**fields, "tags": "all"}), tmp_path / "out", Feedback())
    data = json.loads(result.path.read_text(encoding="utf-8"))
    jsonschema.validate(data, SCHEMA)
    for name in ("pois", "buildings", "roads"):
        rows = [item["properties"] for item in data["objects"][name]["geometries"]]
        assert {key_of(row["osm_id"]): row["name"] for row in rows} == TEXTS
        assert all(json.loads(row["tags"])["name"] == row["name"] for row in rows)
