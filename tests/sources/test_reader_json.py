"""Answers of Overpass as JSON with every `out`: whole shapes, points in their place, or one sentence."""

import gzip
import json

import pytest
from osm_files import KEYS, TAGS, TURBO, WHOLE, answer, as_json, tables

from osm2cdr.processing_provider.errors import SourceError
from osm2cdr.processing_provider.sources.coverage import BrokenExtractError, box_of

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


BROKEN = [
    [1, None],
    ["way"],
    [{"type": "node", "id": 1, "lon": 24.94, "lat": 60.17, "tags": [1]}],
    [{"type": "node", "id": 1, "lon": 24.94, "lat": 60.17, "tags": "shop"}],
    [{"type": "way", "id": 1, "nodes": 5}],
    [{"type": "way", "id": 1, "nodes": ["x"]}],
    [{"type": "way", "id": 1, "geometry": [1, 2]}],
    [{"type": "way", "id": 1, "bounds": [1, 2]}],
    [{"type": "node", "id": 1, "center": 7}],
    [{"type": "relation", "id": 1, "members": [3]}],
    [{"type": "relation", "id": 1, "members": [{"type": "way"}]}],
    [{"type": "node", "id": 1 << 70, "lon": 24.94, "lat": 60.17}],
    [{"type": "node", "id": -(1 << 63) - 1, "lon": 24.94, "lat": 60.17}],
]


@pytest.mark.parametrize("elements", BROKEN, ids=str)
def test_what_is_no_answer_is_told_as_damaged(qgis, tmp_path, elements):
    path = tmp_path / "an answer.json"
    path.write_text(json.dumps({"elements": elements}))
    with pytest.raises(SourceError, match=r"^The source an answer\.json (is damaged; fetch it again|holds no place)"):
        tables(path, tmp_path / "out")


@pytest.mark.parametrize("text", ["{}", "[]", "3", '"elements"', '{"elements": 3}', '{"elements": null}', ""])
@pytest.mark.parametrize("suffix", [".json", ".json.gz"])
def test_other_json_is_no_source(tmp_path, text, suffix):
    path = tmp_path / f"an answer{suffix}"
    with (gzip.open if suffix.endswith("gz") else open)(path, "wt") as file:
        file.write(text)
    with pytest.raises(BrokenExtractError):
        box_of(path)


def test_what_is_nested_too_deeply_is_told(qgis, tmp_path):
    path = tmp_path / "an answer.json"
    path.write_text("[" * 200_000)
    with pytest.raises(SourceError, match=r"an answer\.json .*nested too deeply"):
        tables(path, tmp_path / "out")
    with pytest.raises(BrokenExtractError, match="damaged"):
        box_of(path)


@pytest.mark.parametrize("elements", BROKEN[:-2], ids=str)
def test_the_box_of_what_is_no_answer_is_not_guessed(tmp_path, elements):
    path = tmp_path / "an answer.json"
    path.write_text(json.dumps({"elements": elements}))
    placed = isinstance(elements[0], dict) and "lon" in elements[0]
    if placed:
        assert box_of(path) == (24.94, 60.17, 24.94, 60.17)
    else:
        with pytest.raises(BrokenExtractError, match=r"holds no place|is damaged; fetch it again"):
            box_of(path)


def test_a_box_holds_places_that_are_texts_and_none_that_are_no_places(tmp_path):
    path = tmp_path / "an answer.json"
    path.write_text(json.dumps({"elements": [
        {"type": "node", "id": 1, "lon": "24.94", "lat": "60.17"},
        {"type": "node", "id": 2, "lon": 524.94, "lat": 60.17},
        {"type": "node", "id": 3, "lon": None, "lat": "here"},
        {"type": "way", "id": 4, "bounds": {"minlon": "24.9", "minlat": 60.1, "maxlon": 24.95, "maxlat": 60.2}},
        {"type": "way", "id": 5, "bounds": {"minlon": 24.0}},
        {"type": "way", "id": 6, "center": {"lon": 24.96, "lat": 60.16}, "geometry": [None, {"lon": 24.8, "lat": 60}]},
    ]}))  # fmt: skip
    assert box_of(path) == (24.8, 60.0, 24.96, 60.2)
