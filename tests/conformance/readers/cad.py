"""CAD: GDAL's DXF driver, where ezdxf or our own code wrote."""

import re
from pathlib import Path

from readers.found import Found, union


def dxf(path: Path) -> Found:
    from osgeo import gdal, ogr

    found = Found()
    boxes = []
    # DXF is UTF-8 from AC1021 on (DXF Reference 2010, "DXF Encoding"); GDAL before 3.8 asks the code page anyway.
    with path.open("rb") as file:
        modern = file.read(400).split(b"$ACADVER", 1)[1].split()[1] > b"AC1018"
    gdal.SetConfigOption("DXF_ENCODING", "UTF-8" if modern else None)
    dataset = ogr.Open(str(path))
    for feature in dataset.GetLayerByName("entities"):
        layer = feature["Layer"]
        # An attribute is part of the block that carries it.
        if "AcDbAttribute" not in (feature["SubClasses"] or ""):
            found.layers[layer] = found.layers.get(layer, 0) + 1
        # DXF Reference, "Text": what the code page has not is written \\U+XXXX; every CAD program reads it back.
        found.texts.add(re.sub(r"\\U\+([0-9A-Fa-f]{4})", lambda code: chr(int(code[1], 16)), feature["Text"] or ""))
        xmin, xmax, ymin, ymax = feature.GetGeometryRef().GetEnvelope()
        if not feature["Text"]:
            boxes.append((xmin, ymin, xmax, ymax))
    found.box = union(boxes)
    found.notice = " ".join(text for text in found.texts if text and "OpenStreetMap" in text)
    return found


def dwg(path: Path) -> Found:
    from ezdwg import raw

    name = str(path)
    found = Found()
    layers = dict(raw.decode_layer_names(name))
    kinds = {row[0]: row[4] for row in raw.list_object_headers_with_type(name)}
    on = {row[0]: layers[row[3]] for row in raw.decode_entity_styles(name)}
    # What is in paper space (1) or modelspace (2), and not in a block (0).
    for handle, space, _ in raw.decode_entity_placements(name):
        if space and kinds[handle] in ("LWPOLYLINE", "HATCH", "INSERT", "TEXT"):
            found.layers[on[handle]] = found.layers.get(on[handle], 0) + 1
    found.texts = {row[1] for row in (*raw.decode_text_entities(name), *raw.decode_attrib_entities(name))}
    # The block of towers is round the origin.
    outlines = [row[2] for row in raw.decode_lwpolyline_entities(name) if on[row[0]] != "0"]
    boxes = [(min(xs), min(ys), max(xs), max(ys)) for xs, ys in (zip(*points) for points in outlines)]
    found.box = union(boxes)
    found.notice = " ".join(text for text in found.texts if text and "OpenStreetMap" in text)
    return found


def triangles(geometry) -> int:
    """Of faces of three corners and of four."""
    rings = [geometry.GetGeometryRef(at).GetGeometryRef(0) for at in range(geometry.GetGeometryCount())]
    return sum(ring.GetPointCount() - 3 for ring in rings)


def dxf_3d(path: Path) -> Found:
    from osgeo import ogr

    found = Found()
    boxes = []
    dataset = ogr.Open(str(path))
    for feature in dataset.GetLayerByName("entities"):
        geometry, text = feature.GetGeometryRef(), feature["Text"]
        if text:
            found.texts.add(text)
            continue
        # Closed bodies whose height is told.
        assert geometry.GetGeometryName() == "POLYHEDRALSURFACE"
        found.layers[feature["Layer"]] = found.layers.get(feature["Layer"], 0) + triangles(geometry)
        xmin, xmax, ymin, ymax, zmin, zmax = geometry.GetEnvelope3D()
        assert zmax > zmin
        boxes.append((xmin, ymin, xmax, ymax))
    found.box = union(boxes)
    found.notice = " ".join(text for text in found.texts if "OpenStreetMap" in text)
    return found


READERS = dict.fromkeys(("dxf", "dxf_r12", "dxf_r2004", "dxf_r2007", "dxf_r2010", "dxf_r2013", "dxf_r2018"), dxf)
READERS |= {"dwg": dwg, "dxf_3d": dxf_3d}
