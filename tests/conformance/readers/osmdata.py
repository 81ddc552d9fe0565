"""OpenStreetMap's own formats: lxml, osmconvert, json."""

import json
import subprocess
from pathlib import Path

from readers.found import Found

KINDS = ("node", "way", "relation")


def osm(path: Path) -> Found:
    from lxml import etree

    found = Found(crs=4326)
    root = etree.parse(str(path), etree.XMLParser(huge_tree=True)).getroot()
    found.notice = f"{root.get('generator')} {root.get('license')}"
    found.layers = {f"{kind}s": len(root.findall(kind)) for kind in ("node", "way", "relation")}
    found.texts = {tag.get("v") for tag in root.iter("tag") if tag.get("k") == "name"}
    bounds = root.find("bounds")
    found.box = tuple(float(bounds.get(side)) for side in ("minlon", "minlat", "maxlon", "maxlat"))
    return found


def osm_pbf(path: Path) -> Found:
    """By osmconvert, which makes XML of it."""
    converted = path.with_name("by-osmconvert.osm")
    subprocess.run(["osmconvert", str(path), f"-o={converted}"], check=True, capture_output=True)
    found = osm(converted)
    converted.unlink()
    # The generator stands in the header, which osmconvert leaves out.
    found.notice = path.read_bytes()[:300].decode(errors="replace")
    if "OpenStreetMap" not in found.notice:
        found.notice = _packed_header(path)
    return found


def _packed_header(path: Path) -> str:
    """The first blob of a PBF (wiki.openstreetmap.org, PBF Format) as text: what zlib packed of it."""
    import zlib

    data = path.read_bytes()[:4096]
    return zlib.decompressobj().decompress(data[data.index(b"\x78") :]).decode(errors="replace")


def overpass_json(path: Path) -> Found:
    """As clients of Overpass read an answer: what each element has, and that ways are made of what is there."""
    data = json.loads(path.read_text(encoding="utf-8"))
    assert data["version"] == 0.6
    assert "ODbL" in data["osm3s"]["copyright"]
    found = Found(crs=4326, notice=f"{data['generator']} {data['osm3s'].get('timestamp_osm_base')}")
    found.layers = {f"{kind}s": sum(one["type"] == kind for one in data["elements"]) for kind in KINDS}
    found.texts = {one.get("tags", {}).get("name") for one in data["elements"]}
    nodes = {one["id"] for one in data["elements"] if one["type"] == "node" and abs(one["lat"]) + abs(one["lon"]) > 0}
    assert all(set(one["nodes"]) & nodes for one in data["elements"] if one["type"] == "way")
    members = [part for one in data["elements"] if one["type"] == "relation" for part in one["members"]]
    assert {part["type"] for part in members} <= set(KINDS)
    found.box = tuple(data["bounds"][side] for side in ("minlon", "minlat", "maxlon", "maxlat"))
    return found


READERS = {"osm": osm, "osm_pbf": osm_pbf, "overpass_json": overpass_json}
