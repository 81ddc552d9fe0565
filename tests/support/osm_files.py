"""A cafe, a house, a street and a lake with an island, in every form that a file of OpenStreetMap has."""

import bz2
import gzip
import json
import subprocess

from osgeo import ogr

from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request

BOX = (16.368, 48.199, 16.378, 48.206)
TAGS = {
    ("node", 9): {"amenity": "cafe", "name": "Cafe"},
    ("way", 20): {"building": "yes", "name": "House", "height": "9"},
    ("way", 21): {"highway": "residential", "name": "Street"},
    ("relation", 30): {"type": "multipolygon", "natural": "water", "name": "Lake"},
}
SQUARES = {1: (16.370, 48.2000, 0.0003), 11: (16.372, 48.2000, 0.0006), 15: (16.3722, 48.2002, 0.0002)}
PLACES = {9: (16.3745, 48.2044), 5: (16.370, 48.2010), 6: (16.3705, 48.2012), 7: (16.3708, 48.2013)}
for first, (x, y, side) in SQUARES.items():
    corners = [(x, y), (x + side, y), (x + side, y + side), (x, y + side)]
    PLACES.update({first + step: (round(px, 7), round(py, 7)) for step, (px, py) in enumerate(corners)})
WAYS = {20: [1, 2, 3, 4, 1], 21: [5, 6, 7], 22: [11, 12, 13, 14, 11], 23: [15, 16, 17, 18, 15]}
MEMBERS = {30: [("way", 22, "outer"), ("way", 23, "inner")]}
KEYS = [
    *(("node", number) for number in sorted(PLACES)), *(("way", number) for number in WAYS),
    *(("relation", number) for number in MEMBERS),
]  # fmt: skip
# As Overpass gives the commonest query, (out body; >; out skel qt;): what was found first, what it is made of then.
TURBO = sorted(KEYS, key=lambda key: key not in TAGS)
# What is right: each object in its table, the lake with its hole.
WHOLE = {("pois", "Cafe", 9), ("buildings", "House", 20), ("roads", "Street", 21), ("water", "Lake", 30)}


def element(kind, number, attributes="", inline=False, tags=None):
    """An object as OSM XML; `inline` puts the places into the way as `out geom` does."""
    place = ' lon="{}" lat="{}"'.format(*PLACES[number]) if kind == "node" else ""
    inner = ""
    for ref in WAYS.get(number, ()) if kind == "way" else ():
        inner += f'<nd ref="{ref}"' + (' lon="{}" lat="{}"'.format(*PLACES[ref]) if inline else "") + "/>"
    for member, ref, role in MEMBERS.get(number, ()) if kind == "relation" else ():
        inner += f'<member type="{member}" ref="{ref}" role="{role}"/>'
    for key, value in (TAGS.get((kind, number), {}) if tags is None else tags).items():
        inner += f'<tag k="{key}" v="{value}"/>'
    return f'<{kind} id="{number}"{place} {attributes}>{inner}</{kind}>\n'


def document(elements, attributes=""):
    """A file of OSM XML."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6" {attributes}>\n{"".join(elements)}</osm>\n'


def answer(elements):
    """An answer of Overpass as JSON."""
    return json.dumps({"version": 0.6, "osm3s": {"timestamp_osm_base": "2026-01-01T00:00:00Z"}, "elements": elements})


def as_json(kind, number, out=()):
    """An element of Overpass's JSON with what `out` asks for: body is its tags, nodes and members."""
    found = {"type": kind, "id": number}
    spots = [{"lon": x, "lat": y} for x, y in (PLACES[ref] for ref in WAYS.get(number, ()))]
    if kind == "node" and "ids" not in out:
        found.update(lon=PLACES[number][0], lat=PLACES[number][1])
    if kind == "way" and not {"ids", "tags"} & set(out):
        found["nodes"] = WAYS[number]
    if (kind == "relation" and not {"ids", "tags"} & set(out)) or (kind == "relation" and "geom" in out):
        found["members"] = [{"type": type_, "ref": ref, "role": role} for type_, ref, role in MEMBERS[number]]
    if not {"ids", "skel"} & set(out):
        found["tags"] = TAGS.get((kind, number), {})
    if "geom" in out and kind == "way":
        found["geometry"] = spots
    for member in found.get("members", ()) if "geom" in out else ():
        member["geometry"] = [{"lon": x, "lat": y} for x, y in (PLACES[ref] for ref in WAYS[member["ref"]])]
    shape = spots or [{"lon": PLACES[ref][0], "lat": PLACES[ref][1]} for ref in WAYS[22]]
    lons, lats = [spot["lon"] for spot in shape], [spot["lat"] for spot in shape]
    if "center" in out and kind != "node":
        found["center"] = {"lon": (min(lons) + max(lons)) / 2, "lat": (min(lats) + max(lats)) / 2}
    if "bb" in out and kind != "node":
        found["bounds"] = {"minlon": min(lons), "minlat": min(lats), "maxlon": max(lons), "maxlat": max(lats)}
    return found


def put(folder, text, suffix=".osm", options="", command="cat"):
    """The file of OSM XML that holds `text` in another form, made by osmium where it is PBF."""
    plain = folder / "plain of all.osm"
    plain.write_text(text, encoding="utf-8")
    target = folder / f"made of it{suffix}"
    if suffix == ".osm":
        return plain
    if suffix.endswith((".gz", ".bz2")):
        packer = gzip if suffix.endswith(".gz") else bz2
        target.write_bytes(packer.compress(plain.read_bytes()))
        return target
    subprocess.run(
        ["osmium", command, str(plain), "-o", str(target), "-f", f"pbf{options}", "--overwrite"],
        check=True, capture_output=True,
    )  # fmt: skip
    return target


def tables(source, folder, formats="gpkg"):
    """What lands in the tables, as (table, name, number), and how many rings the lake has; and the warnings."""
    warnings = []
    fields = {"bbox": BOX, "formats": formats, "source": str(source), "detail": 6}
    feedback = Feedback(warning=lambda code, text: warnings.append((code, text)))
    results = pipeline.run(make_request(fields), folder, feedback)
    assert [result.error for result in results] == [None] * len(results)
    found, rings = set(), 0
    dataset = ogr.Open(str(results[0].path))
    for layer in dataset:
        for feature in layer:
            if feature.GetFieldIndex("name") >= 0 and feature["name"]:
                found.add((layer.GetName(), feature["name"], feature["osm_id"]))
            if layer.GetName() == "water":
                shape = feature.GetGeometryRef()
                rings = (shape.GetGeometryRef(0) if "MULTI" in shape.GetGeometryName() else shape).GetGeometryCount()
    return found, rings, [text for code, text in warnings if code.startswith("source_")]
