"""Overpass JSON beside the same objects as OSM XML, and read again as the answer that it is like."""

import json

import pytest
from lxml import etree

from areas import SAMPLE
from osm2cdr.processing_provider.errors import WriteError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats.contract import Written
from osm2cdr.processing_provider.formats.gis import overpass_json
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request

BOX = (24.9400, 60.1690, 24.9460, 60.1720)
KINDS = ("node", "way", "relation")


def export(folder, formats, source):
    fields = {"bbox": BOX, "formats": formats, "detail": 6, "source": str(source), "tags": "all"}
    results = pipeline.run(make_request(fields), folder, Feedback())
    assert [result.error for result in results] == [None] * len(results)
    return [result.path for result in results]


def by_xml(root):
    """What each object has, by its kind and number."""
    found = {}
    for item in root:
        if item.tag in KINDS:
            place = (float(item.get("lat")), float(item.get("lon"))) if item.tag == "node" else None
            parts = [int(one.get("ref")) for one in item.iter("nd")]
            parts += [(one.get("type"), int(one.get("ref")), one.get("role")) for one in item.iter("member")]
            tags = {tag.get("k"): tag.get("v") for tag in item.iter("tag")}
            found[item.tag, int(item.get("id"))] = (place, parts, tags, item.get("version"), item.get("timestamp"))
    return found


def by_json(data):
    found = {}
    for item in data["elements"]:
        place = (item["lat"], item["lon"]) if item["type"] == "node" else None
        parts = [*item.get("nodes", []), *((one["type"], one["ref"], one["role"]) for one in item.get("members", []))]
        version = str(item["version"]) if "version" in item else None
        found[item["type"], item["id"]] = (place, parts, item.get("tags", {}), version, item.get("timestamp"))
    return found


def objects(path):
    """The objects of a GeoJSON by table and number, with all their tags."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return sorted(
        (one["properties"]["table"], one["properties"].get("osm_id") or 0, one["properties"].get("tags") or "")
        for one in features
    )


def test_it_holds_what_the_source_has_and_is_a_source_itself(qgis, tmp_path):
    xml, answer, ours = export(tmp_path / "one", "osm,overpass_json,geojson", SAMPLE)
    data = json.loads(answer.read_text(encoding="utf-8"))
    assert by_json(data) == by_xml(etree.parse(str(xml)).getroot())
    kinds = [item["type"] for item in data["elements"]]
    assert kinds == sorted(kinds, key=KINDS.index)
    (again,) = export(tmp_path / "two", "geojson", answer)
    assert objects(again) == objects(ours)


def test_a_file_that_is_cut_or_lacks_an_object_is_not_proven(qgis, tmp_path):
    (path,) = export(tmp_path / "one", "overpass_json", SAMPLE)
    text = path.read_text(encoding="utf-8")
    kinds = [item["type"] for item in json.loads(text)["elements"]]
    written = Written({f"{kind}s": kinds.count(kind) for kind in KINDS})
    overpass_json.prove(path, None, written)
    lines = text.split("\n")
    for wrong in (lines[:-2], [*lines[:5], *lines[6:]], [*lines[:-3], lines[-3][:-5], *lines[-2:]], [*lines, "x"]):
        path.write_text("\n".join(wrong), encoding="utf-8")
        with pytest.raises(WriteError):
            overpass_json.prove(path, None, written)
