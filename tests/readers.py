"""The independent readers of the formats: for each, a program that did not write the file tells what it finds."""

import csv
import io
import json
import re
import sqlite3
import subprocess
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

Box = tuple[float, float, float, float]


@dataclass
class Found:
    """What a reader found. `box` is in the units of `crs` (EPSG code, 0 where the file says none)."""

    layers: dict[str, int] = field(default_factory=dict)
    box: Box | None = None
    crs: int = 0
    texts: set[str] = field(default_factory=set)
    notice: str = ""
    size_mm: tuple[float, float] | None = None
    # All text in the order of the file, without white space, in lower case.
    flow: str = ""


def _union(boxes: list[Box]) -> Box:
    array = np.array([box for box in boxes if box and all(np.isfinite(box))])
    return (*array[:, :2].min(axis=0), *array[:, 2:].max(axis=0))


def _epsg(wkt: str) -> int:
    import pyproj

    return pyproj.CRS.from_wkt(wkt).to_epsg(min_confidence=25) or 0


def _flow(text: str) -> str:
    return "".join(text.split()).casefold()


def gpkg(path: Path) -> Found:
    found = Found()
    database = sqlite3.connect(path)
    assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    tables = database.execute("SELECT table_name, srs_id, min_x, min_y, max_x, max_y FROM gpkg_contents").fetchall()
    for name, *_ in tables:
        found.layers[name] = database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
        found.texts |= {row[0] for row in database.execute(f'SELECT name FROM "{name}"') if row[0]}
    found.box = _union([tuple(row[2:]) for row in tables])
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
    found.box = _union(boxes)
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
    found.box = _union(boxes)
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
            found.crs = _epsg(archive.read(f"{name}.prj").decode())
            with shapefile.Reader(encoding="utf-8", **parts) as reader:
                found.layers[name] = len(reader)
                boxes.append(tuple(reader.bbox))
                found.texts |= {record["name"] for record in reader.records()}
    found.box = _union(boxes)
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
    found.box = _union(boxes)
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
    found.box = _union(boxes)
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
    found.box = _union(boxes)
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
    found.box = _union(boxes)
    return found


def dxf(path: Path) -> Found:
    from osgeo import gdal, ogr

    found = Found()
    boxes = []
    # DXF is UTF-8 from AC1021 on (DXF Reference 2010, "DXF Encoding"); GDAL before 3.8 asks the code page anyway.
    modern = b"AC1024" in path.read_bytes()[:400]
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
    found.box = _union(boxes)
    found.notice = " ".join(text for text in found.texts if text and "OpenStreetMap" in text)
    return found


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


def stl(path: Path) -> Found:
    import trimesh

    mesh = trimesh.load(path, process=False)
    assert mesh.area_faces.min() > 0
    header = path.read_bytes()[:80].decode().replace("(c)", "©")
    return Found({"triangles": len(mesh.faces)}, tuple(mesh.bounds[:, :2].ravel()), 0, set(), header)


def svg(path: Path) -> Found:
    from lxml import etree

    root = etree.parse(str(path), etree.XMLParser(huge_tree=True)).getroot()
    texts = ["".join(text.itertext()).strip() for text in root.iter("{*}text")]
    size = tuple(float(root.get(side).removesuffix("mm")) for side in ("width", "height"))
    assert not list(root.iter("{*}image"))
    notice = path.read_text(encoding="utf-8")[:3000]
    return Found(texts=set(texts), notice=notice, size_mm=size, flow=_flow("".join(texts)))


def pdf(path: Path) -> Found:
    def run(*command: str) -> str:
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    text = run("pdftotext", "-raw", str(path), "-")
    meta = run("pdfinfo", "-meta", str(path))
    width, height = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", run("pdfinfo", str(path))).groups()
    assert len(run("pdfimages", "-list", str(path)).splitlines()) <= 2
    size = tuple(float(side) / 72 * 25.4 for side in (width, height))
    lines = {line.strip() for line in text.splitlines()}
    return Found(texts=lines, notice=text + meta, size_mm=size, flow=_flow(text))


def png(path: Path) -> Found:
    from PIL import Image

    image = Image.open(path)
    image.load()
    size = tuple(side / image.info["dpi"][0] * 25.4 for side in image.size)
    return Found(notice=image.info["Copyright"], size_mm=size)


def photo(path: Path) -> Found:
    """What exiftool tells of the file, and GDAL of its pixels."""
    from osgeo import gdal

    told = subprocess.run(["exiftool", "-j", "-n", str(path)], check=True, capture_output=True, text=True).stdout
    tags = json.loads(told)[0]
    assert "sRGB" in tags["ProfileDescription"]
    assert tags["XResolution"] == tags["YResolution"] == 150
    dataset = gdal.Open(str(path))
    for band in range(1, 4):
        low, high = dataset.GetRasterBand(band).ComputeRasterMinMax(False)
        assert high - low > 100
    size = tuple(side / tags["XResolution"] * 25.4 for side in (dataset.RasterXSize, dataset.RasterYSize))
    return Found(notice=tags["Copyright"].replace("(c)", "©"), size_mm=size)


def cog(path: Path) -> Found:
    """OGC 21-026: tiles, overviews each half as large, directories first."""
    from PIL import Image

    assert b"LAYOUT=IFDS_BEFORE_DATA" in path.read_bytes()[:300]
    Image.MAX_IMAGE_PIXELS = None
    image = Image.open(path)
    widths = []
    for number in range(image.n_frames):
        image.seek(number)
        assert image.tag_v2[322] == image.tag_v2[323] == 512, "tiles"
        widths.append(image.width)
    assert len(widths) > 1
    assert all(abs(large / small - 2) < 0.01 for large, small in zip(widths, widths[1:]))
    return geotiff(path)


def geotiff(path: Path) -> Found:
    """GeoTIFF 1.1 (OGC 19-008r4): tie point, pixel scale and the key of the projected CRS, from the tags."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None
    image = Image.open(path)
    image.load()
    tags = image.tag_v2
    scale_x, scale_y, _ = tags[33550]
    column, row, _, x, y, _ = tags[33922]
    assert (column, row) == (0, 0)
    keys = [tags[34735][number : number + 4] for number in range(4, len(tags[34735]), 4)]
    crs = next(value for key, _, _, value in keys if key == 3072)
    box = (x, y - scale_y * image.height, x + scale_x * image.width, y)
    return Found(box=box, crs=crs, notice=tags[33432])


READERS = {
    "svg": svg,
    "pdf": pdf,
    "png": png,
    "jpg": photo,
    "webp": photo,
    "tiff": photo,
    "cog": cog,
    "geotiff": geotiff,
    "gpkg": gpkg,
    "geojson": geojson,
    "geojsonl": geojsonl,
    "shp": shp,
    "kml": kml,
    "kmz": kmz,
    "gpx": gpx,
    "csv_wkt": csv_wkt,
    "xlsx": xlsx,
    "gml": gml,
    "flatgeobuf": flatgeobuf,
    "spatialite": spatialite,
    "dxf": dxf,
    "dxf_r12": dxf,
    "osm": osm,
    "osm_pbf": osm_pbf,
    "stl": stl,
}
