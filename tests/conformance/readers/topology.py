"""TopoJSON: GDAL's driver for its objects, and our own look at its arcs, each once and all of them used."""

import json
from pathlib import Path

import numpy as np

from readers.found import Found, union


def arc_numbers(nested):
    """The numbers of arcs in the lists of a geometry."""
    return [number for one in nested for number in (arc_numbers(one) if isinstance(one, list) else [one])]


def arcs(data):
    """The arcs in the units of the file, as one array of points each."""
    scale, translate = (np.array(data["transform"][key]) for key in ("scale", "translate"))
    return [np.cumsum(arc, axis=0) * scale + translate for arc in data["arcs"]]


def topojson(path: Path) -> Found:
    from osgeo import ogr

    data = json.loads(path.read_text(encoding="utf-8"))
    found = Found(crs=4326, notice=f"{data['rights']} {data.get('date')} {data['source']}")
    items = [item for one in data["objects"].values() for item in one["geometries"]]
    used = [number for item in items for number in arc_numbers(item.get("arcs", []))]
    assert {number if number >= 0 else ~number for number in used} == set(range(len(data["arcs"])))
    seen = [tuple(map(tuple, arc)) for arc in (np.cumsum(arc, axis=0).tolist() for arc in data["arcs"])]
    assert len({min(arc, arc[::-1]) for arc in seen}) == len(seen), "no border is kept twice"
    dataset = ogr.Open(str(path))
    assert dataset.GetDriver().GetName() == "TopoJSON"
    boxes = []
    for layer in dataset:
        found.layers[layer.GetName()] = layer.GetFeatureCount()
        for feature in layer:
            found.texts.add(feature["name"] if layer.FindFieldIndex("name", True) >= 0 else None)
            xmin, xmax, ymin, ymax = feature.GetGeometryRef().GetEnvelope()
            boxes.append((xmin, ymin, xmax, ymax))
    found.box = union(boxes)
    assert np.allclose(found.box, data["bbox"], atol=1e-6)
    return found


READERS = {"topojson": topojson}
