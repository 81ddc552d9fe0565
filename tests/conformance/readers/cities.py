"""City models: cjio with CityJSON's schema, OGR and the schemas of CityGML, LIBKML, ifcopenshell and its validator."""

import gzip
import importlib.util
import json
import re
import shutil
import tempfile
import zipfile
from pathlib import Path

import numpy as np

from readers.found import Found, union

SCHEMAS = Path(__file__).resolve().parents[1] / "schemas"
# Checking tens of thousands of faces by the schema would take half a minute.
CHECKED = 10


def local(points, epsg):
    """Metres round the middle of the box of points in a CRS."""
    import pyproj

    lon, lat = pyproj.Transformer.from_crs(epsg, 4326, always_xy=True).transform(points[:, 0], points[:, 1])
    (west, east), (south, north) = (lon.min(), lon.max()), (lat.min(), lat.max())
    frame = f"+proj=tmerc +lat_0={(south + north) / 2} +lon_0={(west + east) / 2} +datum=WGS84"
    x, y = pyproj.Transformer.from_crs(4326, frame, always_xy=True).transform(lon, lat)
    return (x.min(), y.min(), x.max(), y.max())


def sound(shell, points):
    """A closed shell of plane faces that looks outwards (the rules of val3dity): faces of rings of numbers."""
    edges = [pair for face in shell for ring in face for pair in zip(ring, [*ring[1:], ring[0]])]
    assert len(set(edges)) == len(edges)
    assert set(edges) == {(b, a) for a, b in edges}
    volume = 0.0
    for face in shell:
        area = np.zeros(3)
        for ring in face:
            corners = points[ring] - points[shell[0][0][0]]
            area += np.cross(corners, np.roll(corners, -1, axis=0)).sum(axis=0) / 2
        size = np.linalg.norm(area)
        assert size > 0
        offs = (points[[number for ring in face for number in ring]] - points[face[0][0]]) @ (area / size)
        assert np.abs(offs).max() < 0.02
        volume += (points[face[0][0]] - points[shell[0][0][0]]) @ area / 3
    assert volume > 0


def cityjson_schema():
    import jsonschema

    schema = json.loads(gzip.decompress((SCHEMAS / "cityjson-2.0.2.schema.json.gz").read_bytes()))
    return jsonschema.validators.validator_for(schema)(schema)


def city_of(path: Path):
    """A file as cjio has it, whose import would leave six digits of every number that this process writes as JSON."""
    before = dict(vars(json.encoder))
    from cjio import cityjson as cjio

    for name in [name for name in vars(json.encoder) if vars(json.encoder)[name] is not before.get(name)]:
        if name in before:
            setattr(json.encoder, name, before[name])
        else:
            delattr(json.encoder, name)
    assert json.dumps(0.123456789) == "0.123456789"
    with path.open(encoding="utf-8") as file:
        return cjio.CityJSON(file=file)


def cityjson(path: Path) -> Found:
    model = city_of(path)
    data = model.j
    ids = list(data["CityObjects"])
    whole = {key for key in ids[:CHECKED] if "parents" not in data["CityObjects"][key]}
    part = {**data, "vertices": data["vertices"][:10]}
    part["CityObjects"] = {
        key: one for key, one in data["CityObjects"].items() if key in whole or set(one.get("parents", ())) & whole
    }
    assert [error.message for error in cityjson_schema().iter_errors(part)] == []
    assert model.get_version() == "2.0"
    scale, corner = (np.array(data["transform"][key]) for key in ("scale", "translate"))
    points = np.array(data["vertices"]) * scale + corner
    box = model.calculate_bbox()
    assert (
        box == data["metadata"]["geographicalExtent"]
        or np.abs(np.array(box) - data["metadata"]["geographicalExtent"]).max() < 0.002
    )
    found, used = Found(layers={"buildings": 0}), set()
    for one in data["CityObjects"].values():
        for shape in one.get("geometry", ()):
            (shell,) = shape["boundaries"]
            sound(shell, points)
            used |= {number for face in shell for ring in face for number in ring}
            assert len(shape["semantics"]["values"][0]) == len(shell)
            looks = shape["material"][data["appearance"]["default-theme-material"]]["values"][0]
            assert len(looks) == len(shell)
            assert set(looks) <= set(range(len(data["appearance"]["materials"])))
            found.layers["buildings"] += 1
        assert all(key in data["CityObjects"] for key in one.get("children", ()))
        found.texts.add(one["attributes"].get("name"))
    assert used == set(range(len(points)))
    found.box = local(points, model.get_epsg())
    found.notice = model.get_title()
    return found


def citygml_schema():
    """The schemas of CityGML 2.0 and GML 3.1.1 as the package citysmith has them.

    Read anew for each file: libxml2 2.9 of Debian 13 breaks down where one is used for several.
    """
    from lxml import etree

    base = Path(importlib.util.find_spec("citysmith").origin).parent / "data" / "schemas"

    class Here(etree.Resolver):
        def resolve(self, address, _, context):
            return self.resolve_filename(str(base / address.split("://")[1]), context) if "://" in address else None

    parser = etree.XMLParser()
    parser.resolvers.add(Here())
    imports = "".join(
        f'<xs:import namespace="http://www.opengis.net/citygml/{room}2.0" '
        f'schemaLocation="http://schemas.opengis.net/citygml/{room}2.0/{file}.xsd"/>'
        for room, file in (
            ("", "cityGMLBase"),
            ("appearance/", "appearance"),
            ("building/", "building"),
            ("generics/", "generics"),
        )
    )
    text = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>'
    return etree.XMLSchema(etree.fromstring(text, parser))


def citygml(path: Path) -> Found:
    from lxml import etree
    from osgeo import ogr

    spaces = {"b": "http://www.opengis.net/citygml/building/2.0", "g": "http://www.opengis.net/gml"}
    tree = etree.parse(str(path))
    schema = citygml_schema()
    assert schema.validate(tree), schema.error_log.last_error
    found, every = Found(layers={"buildings": 0}), []
    polygons = {one.get(f"{{{spaces['g']}}}id"): one for one in tree.iterfind(".//g:Polygon", spaces)}
    targets = [one.text[1:] for one in tree.iterfind(".//{*}X3DMaterial/{*}target")]
    assert sorted(targets) == sorted(polygons)
    link = "{http://www.w3.org/1999/xlink}href"
    for solid in tree.iterfind(".//g:Solid", spaces):
        index, shell = {}, []
        for member in solid.iterfind(".//g:surfaceMember", spaces):
            polygon = polygons[member.get(link)[1:]] if member.get(link) else member[0]
            rings = []
            for line in polygon.iterfind(".//g:posList", spaces):
                corners = list(map(tuple, np.array(line.text.split(), float).reshape(-1, 3)))
                assert corners[0] == corners[-1]
                rings.append([index.setdefault(corner, len(index)) for corner in corners[:-1]])
            shell.append(rings)
        points = np.array(list(index))
        sound(shell, points)
        every.append(points)
        found.layers["buildings"] += 1
    with tempfile.TemporaryDirectory() as name:
        # GDAL leaves a file of its own beside it.
        dataset = ogr.Open(shutil.copy(path, name))
        layer = dataset.GetLayerByName("Building")
        assert layer.GetFeatureCount() == len(tree.findall(".//b:Building", spaces))
        epsg = int(layer.GetSpatialRef().GetAuthorityCode(None))
        layer = dataset = None
    found.texts = {one.text for one in tree.iterfind(".//b:Building/g:name", spaces)}
    found.notice = tree.find("g:description", spaces).text
    found.box = local(np.concatenate(every), epsg)
    return found


def kmz_3d(path: Path) -> Found:
    from lxml import etree
    from osgeo import ogr

    dataset = ogr.Open(f"/vsizip/{path}/doc.kml")
    assert dataset.GetDriver().GetName() == "LIBKML"
    layer = dataset.GetLayer(0)
    found, every = Found(layers={layer.GetName(): layer.GetFeatureCount()}), []
    for feature in layer:
        shape = feature.GetGeometryRef()
        assert shape.Is3D()
        values = feature.items()
        points = np.concatenate(
            [
                np.array(shape.GetGeometryRef(number).GetGeometryRef(0).GetPoints())
                for number in range(shape.GetGeometryCount())
            ]
        )
        assert points[:, 2].max() > 0
        assert points[:, 2].max() <= float(values["height"]) + 60
        every.append(points)
        found.texts.add(values["Name"])
    dataset = layer = None
    with zipfile.ZipFile(path) as archive:
        tree = etree.fromstring(archive.read("doc.kml"))
    space = {"k": "http://www.opengis.net/kml/2.2"}
    styles = {f"#{one.get('id')}" for one in tree.iterfind(".//k:Style", space)}
    assert {one.text for one in tree.iterfind(".//k:styleUrl", space)} <= styles
    assert {one.text for one in tree.iterfind(".//k:altitudeMode", space)} == {"relativeToGround"}
    found.notice = tree.find("k:Document/k:description", space).text
    found.box = local(np.concatenate(every), 4326)
    return found


def ifc(path: Path) -> Found:
    """ifcopenshell: its validator has nothing to say, and its kernel makes a body of every third part."""
    import ifcopenshell
    import ifcopenshell.geom
    import ifcopenshell.util.geolocation as places
    import ifcopenshell.validate

    model = ifcopenshell.open(str(path))
    assert model.schema == "IFC4"
    log = ifcopenshell.validate.json_logger()
    ifcopenshell.validate.validate(model, log)
    assert log.statements == []
    parts = model.by_type("IfcBuildingElementProxy")
    made = ifcopenshell.geom.iterator(ifcopenshell.geom.settings(), model, 1, include=parts[::3])
    assert made.initialize()
    count, boxes = 0, []
    while True:
        points = np.array(made.get().geometry.verts).reshape(-1, 3)
        boxes.append((*points[:, :2].min(axis=0), *points[:, :2].max(axis=0)))
        count += 1
        if not made.next():
            break
    assert count == len(parts[::3])
    site = model.by_type("IfcSite")[0]
    # The middle of the frame by the map conversion is where the site says it is.
    import pyproj

    zone = model.by_type("IfcProjectedCRS")[0].Name
    assert re.fullmatch(r"EPSG:32[67]\d\d", zone)
    east, north, _ = places.auto_xyz2enh(model, 0, 0, 0)
    lon, lat = pyproj.Transformer.from_crs(pyproj.CRS.from_user_input(zone), 4326, always_xy=True).transform(
        east, north
    )
    assert abs(lat - places.dms2dd(*site.RefLatitude)) < 1e-6
    assert abs(lon - places.dms2dd(*site.RefLongitude)) < 1e-6
    texts = {one.Name for one in model.by_type("IfcBuilding")}
    notice = "; ".join(model.header.file_description.description)
    return Found({"buildings": len(parts)}, union(boxes), 0, texts, notice)


READERS = {"cityjson": cityjson, "citygml": citygml, "kmz_3d": kmz_3d, "ifc": ifc}
