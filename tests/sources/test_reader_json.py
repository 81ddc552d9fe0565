"""Answers of Overpass as JSON with every `out`: whole shapes, points in their place, or one sentence."""

import pytest
from osm_files import KEYS, TAGS, TURBO, WHOLE, answer, as_json, tables

from osm2cdr.processing_provider.errors import SourceError

SHOWN = [key for key in KEYS if key in TAGS]


def put(folder, keys, out):
    path = folder / "answer of all.json"
    path.write_text(answer([as_json(*key, out) for key in keys]), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("keys", "out"),
    [(KEYS, ()), (TURBO, ()), (SHOWN, ("geom",)), (SHOWN, ("tags", "geom")), (SHOWN, ("geom", "bb", "center")),
     (KEYS, ("center",)), (KEYS, ("bb",))],
)  # fmt: skip
def test_shapes_are_whole(qgis, tmp_path, keys, out):
    assert tables(put(tmp_path, keys, out), tmp_path / "out", "gpkg,osm") == (WHOLE, 2, [])


@pytest.mark.parametrize("out", [("center",), ("bb",), ("tags", "center"), ("tags", "bb")])
def test_what_has_its_middle_alone_is_a_point(qgis, tmp_path, monkeypatch, out):
    for key in SHOWN[1:]:
        monkeypatch.setitem(TAGS, key, {**TAGS[key], "amenity": "restaurant"})
    found, _, warnings = tables(put(tmp_path, SHOWN, out), tmp_path / "out")
    assert found == {("pois", "Cafe", 9), ("pois", "House", -40), ("pois", "Street", -42), ("pois", "Lake", -61)}
    assert len(warnings) == 1
    assert "are points: way 20, way 21, relation 30;" in warnings[0]
    assert "out geom" in warnings[0]


@pytest.mark.parametrize("out", [("ids",), ("ids", "bb")])
def test_what_has_no_place_is_refused_with_the_way_out(qgis, tmp_path, out):
    with pytest.raises(SourceError, match=r"holds no place.*out geom"):
        tables(put(tmp_path, KEYS, out), tmp_path / "out")
