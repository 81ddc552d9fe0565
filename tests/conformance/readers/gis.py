"""GIS formats: sqlite3, shapely, pyshp, lxml, openpyxl, a FlatGeobuf reader in Python, SpatiaLite."""

import csv
import io
import json
import re
import sqlite3
import zipfile
from pathlib import Path

import numpy as np

from readers.found import Found, epsg, union


def gpkg(path: Path) -> Found:
    found = Found()
    database = sqlite3.connect(path)
    assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    tables = database.execute("SELECT table_name, srs_id, min_x, min_y, max_x, max_y FROM gpkg_contents").fetchall()
    for name, *_ in tables:
        found.layers[name] = database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
        found.texts |= {row[0] for row in database.execute(f'SELECT name FROM "{name}"') if row[0]}
    found.box = union([tuple(row[2:]) for row in tables])
    found.crs = tables[0][1]
    found.notice = " ".join(row[0] for row in database.execute("SELECT metadata FROM gpkg_metadata"))
    database.close()
    return found


def geojson(path: Path) -> Found:
    from shapely.geometry import shape

    data = json.loads(path.read_text(encoding="utf-8"))
    assert data["type"] == "FeatureCollection"
    found = Found(crs=4326, notice=f"{data['rights']} {data.get('date')} {data['source']}")
    boxes = []
    for feature in data["features"]:
        table = feature["properties"]["table"]
        found.layers[table] = found.layers.get(table, 0) + 1
        found.texts.add(feature["properties"].get("name"))
        boxes.append(shape(feature["geometry"]).bounds)
    found.box = union(boxes)
    return found


def geojsonl(path: Path) -> Found:
    from shapely.geometry import shape

    found = Found(crs=4326)
    boxes = []
    for line in path.read_text(encoding="utf-8").splitlines():
        feature = json.loads(line)
        table = feature["properties"]["table"]
        found.layers[table] = found.layers.get(table, 0) + 1
        found.texts.add(feature["properties"].get("name"))
        found.notice = feature["properties"]["rights"]
        boxes.append(shape(feature["geometry"]).bounds)
    found.box = union(boxes)
    return found


def shp(path: Path) -> Found:
    import shapefile

    found = Found()
    boxes = []
    with zipfile.ZipFile(path) as archive:
        found.notice = archive.read("README.txt").decode()
        for member in archive.namelist():
            name = member[:-4]
            if not member.endswith(".shp"):
                continue
            parts = {part: io.BytesIO(archive.read(f"{name}.{part}")) for part in ("shp", "shx", "dbf")}
            assert archive.read(f"{name}.cpg").decode() == "UTF-8"
            found.crs = epsg(archive.read(f"{name}.prj").decode())
            with shapefile.Reader(encoding="utf-8", **parts) as reader:
                found.layers[name] = len(reader)
                boxes.append(tuple(reader.bbox))
                found.texts |= {record["name"] for record in reader.records()}
    found.box = union(boxes)
    return found


def kml(path: Path | io.BytesIO) -> Found:
    from lxml import etree

    space = {"k": "http://www.opengis.net/kml/2.2"}
    root = etree.parse(path if isinstance(path, io.BytesIO) else str(path)).getroot()
    found = Found(crs=4326, notice=root.find("k:Document/k:description", space).text)
    folders = root.findall("k:Document/k:Folder", space) or root.findall("k:Document/k:Document", space)
    for folder in folders:
        placemarks = folder.findall("k:Placemark", space)
        found.layers[folder.find("k:name", space).text] = len(placemarks)
        found.texts |= {mark.findtext("k:name", "", space) for mark in placemarks}
    points = [
        pair.split(",")[:2]
        for text in root.iterfind(".//k:Placemark//k:coordinates", space)
        for pair in text.text.split()
    ]
    array = np.array(points, dtype=float)
    found.box = (*array.min(axis=0), *array.max(axis=0))
    return found


def kmz(path: Path) -> Found:
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["doc.kml"]
        return kml(io.BytesIO(archive.read("doc.kml")))


def gpx(path: Path) -> Found:
    from lxml import etree

    space = {"g": "http://www.topografix.com/GPX/1/1"}
    root = etree.parse(str(path)).getroot()
    found = Found(crs=4326, notice=root.findtext("g:metadata/g:desc", "", space))
    for item in [*root.findall("g:wpt", space), *root.findall("g:trk", space)]:
        layer = item.findtext("g:type", "", space)
        found.layers[layer] = found.layers.get(layer, 0) + 1
        found.texts.add(item.findtext("g:name", "", space))
    spots = [*root.findall("g:wpt", space), *root.iterfind(".//g:trkpt", space)]
    array = np.array([(spot.get("lon"), spot.get("lat")) for spot in spots], dtype=float)
    found.box = (*array.min(axis=0), *array.max(axis=0))
    return found


def gml(path: Path) -> Found:
    """GML 3.2.1 (OGC 07-036): envelope and positions in the order of the CRS's axes, latitude first in EPSG:4326."""
    from lxml import etree

    found = Found()
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("map.gml"), etree.XMLParser(huge_tree=True))
        schema = etree.fromstring(archive.read("map.xsd"))
    gml_space, own = "{http://www.opengis.net/gml/3.2}", f"{{{schema.get('targetNamespace')}}}"
    found.notice = root.findtext(f"{gml_space}description", "")
    for member in root.iter(f"{own}featureMember"):
        (feature,) = member
        layer = etree.QName(feature).localname
        found.layers[layer] = found.layers.get(layer, 0) + 1
        found.texts.add(feature.findtext(f"{own}name"))
    elements = {element.get("name") for element in schema.iter("{http://www.w3.org/2001/XMLSchema}element")}
    assert set(found.layers) <= elements, "every feature type stands in the schema"
    envelope = root.find(f"{gml_space}boundedBy/{gml_space}Envelope")
    found.crs = int(re.search(r"urn:ogc:def:crs:EPSG::(\d+)", envelope.get("srsName"))[1])
    lists = [*root.iter(f"{gml_space}posList"), *root.iter(f"{gml_space}Point/{gml_space}pos")]
    pairs = np.array(" ".join(item.text for item in lists).split(), dtype=float).reshape(-1, 2)[:, ::-1]
    found.box = (*pairs.min(axis=0), *pairs.max(axis=0))
    return found


def flatgeobuf(path: Path) -> Found:
    """By a reader in Python that follows flatgeobuf.org's TypeScript."""
    import flatgeobuf as fgb
    from flatgeobuf.FlatGeobuf.Feature import Feature
    from flatgeobuf.geojson.feature import from_feature
    from flatgeobuf.header_meta import from_byte_buffer
    from shapely.geometry import shape

    found = Found()
    boxes = []
    with zipfile.ZipFile(path) as archive:
        found.notice = archive.read("README.txt").decode()
        for member in archive.namelist():
            if not member.endswith(".fgb"):
                continue
            data = archive.read(member)
            length = int.from_bytes(data[8:12], "little")
            header = from_byte_buffer(data[12 : 12 + length])
            assert header.index_node_size == 16, "an index of the usual width"
            found.crs = header.crs.code
            if header.features_count == 1:
                # The reader forgets that the index of one feature has two nodes of 40 bytes, its own and the root.
                alone = Feature.GetRootAsFeature(bytearray(data[12 + length + 80 + 4 :]))
                features = [from_feature(alone, header)]
            else:
                features = fgb.load(io.BytesIO(data))["features"]
            assert len(features) == header.features_count
            found.layers[member[:-4]] = len(features)
            found.texts |= {feature["properties"].get("name") for feature in features}
            boxes += [shape(feature["geometry"]).bounds for feature in features]
    found.box = union(boxes)
    return found


def spatialite(path: Path) -> Found:
    """By SpatiaLite itself, loaded into SQLite."""
    found = Found()
    database = sqlite3.connect(path)
    database.enable_load_extension(True)
    database.load_extension("mod_spatialite")
    assert database.execute("SELECT CheckSpatialMetadata()").fetchone()[0] == 3, "metadata of SpatiaLite 4 or later"
    boxes = []
    rows = database.execute("SELECT f_table_name, f_geometry_column, srid, spatial_index_enabled FROM geometry_columns")
    for name, column, srid, index in rows.fetchall():
        assert index == 1
        count, valid = database.execute(f'SELECT count(*), sum(ST_IsValid({column})) FROM "{name}"').fetchone()
        assert count == valid
        bounds = ", ".join(f"{what}({column})" for what in ("MbrMinX", "MbrMinY", "MbrMaxX", "MbrMaxY"))
        boxes += database.execute(f'SELECT {bounds} FROM "{name}"').fetchall()
        found.layers[name] = count
        found.crs = srid
        found.texts |= {row[0] for row in database.execute(f'SELECT name FROM "{name}"')}
    found.notice = " ".join(row[0] for row in database.execute("SELECT value FROM metadata"))
    database.close()
    found.box = union(boxes)
    return found


def csv_wkt(path: Path) -> Found:
    from shapely import wkt

    csv.field_size_limit(10**8)
    found = Found()
    boxes = []
    with zipfile.ZipFile(path) as archive:
        found.notice = archive.read("README.txt").decode()
        found.crs = int(re.search(r"EPSG:(\d+)", found.notice)[1])
        for member in archive.namelist():
            if member.endswith(".csv"):
                rows = list(csv.DictReader(io.StringIO(archive.read(member).decode("utf-8-sig"))))
                found.layers[member[:-4]] = len(rows)
                found.texts |= {row["name"] for row in rows}
                boxes += [wkt.loads(row["WKT"]).bounds for row in rows]
    found.box = union(boxes)
    return found


def csv_xy(path: Path) -> Found:
    csv.field_size_limit(10**8)
    found = Found()
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        found.layers[row["table"]] = found.layers.get(row["table"], 0) + 1
    found.texts = {row["name"] for row in rows}
    [found.notice] = {row["rights"] for row in rows}
    [crs] = {row["crs"] for row in rows}
    found.crs = int(crs.removeprefix("EPSG:"))
    found.box = union([(float(row["x"]), float(row["y"])) * 2 for row in rows])
    return found


def xlsx(path: Path) -> Found:
    import openpyxl

    found = Found(crs=4326)
    boxes = []
    book = openpyxl.load_workbook(path, read_only=True)
    for name in book.sheetnames:
        rows = list(book[name].values)
        if name == "About":
            found.notice = " ".join(str(value) for row in rows for value in row)
            continue
        found.layers[name] = len(rows) - 1
        found.texts |= {row[rows[0].index("name")] for row in rows[1:]}
        first = rows[0].index("xmin")
        boxes += [tuple(map(float, row[first : first + 4])) for row in rows[1:]]
    found.box = union(boxes)
    return found


READERS = {
    "gpkg": gpkg,
    "geojson": geojson,
    "geojsonl": geojsonl,
    "shp": shp,
    "kml": kml,
    "kmz": kmz,
    "gpx": gpx,
    "gml": gml,
    "flatgeobuf": flatgeobuf,
    "spatialite": spatialite,
    "csv_wkt": csv_wkt,
    "csv_xy": csv_xy,
    "xlsx": xlsx,
}
