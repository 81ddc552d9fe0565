"""Every format that has a writer, on real data, opened by a program that did not write it."""

import csv
import io
import json
import re
import sqlite3
import subprocess
import zipfile
from pathlib import Path

import numpy as np
import pytest

from osm2cdr.processing_provider.mapdata import NOTICE

AREAS = ["sample", "monaco"]
STREET = {"sample": "Mannerheimintie", "monaco": "Boulevard Princesse Charlotte"}
BOX = {"sample": (24.9368, 60.1652, 24.9516, 60.1775), "monaco": (7.4098, 43.7238, 7.4387, 43.7503)}


def gpkg_counts(path):
    database = sqlite3.connect(path)
    names = [row[0] for row in database.execute("SELECT table_name FROM gpkg_contents")]
    counts = {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
    database.close()
    return counts


@pytest.mark.parametrize("area", AREAS)
def test_geopackage_by_sqlite(export, area):
    counts = gpkg_counts(export(area)["gpkg"].path)
    database = sqlite3.connect(export(area)["gpkg"].path)
    names = {row[0] for row in database.execute("SELECT name FROM roads")}
    west, south, east, north = database.execute(
        "SELECT min(min_x), min(min_y), max(max_x), max(max_y) FROM gpkg_contents"
    ).fetchone()
    metadata = " ".join(row[0] for row in database.execute("SELECT metadata FROM gpkg_metadata"))
    database.close()
    assert sum(counts.values()) == export(area)["gpkg"].features
    assert counts["land"] == 1
    assert counts["sea"] == 1 if area == "monaco" else "sea" in counts
    assert counts["buildings"] > 300
    assert STREET[area] in names
    assert (west, south, east, north) == pytest.approx(BOX[area], abs=2e-6)
    assert NOTICE in metadata


@pytest.mark.parametrize("area", AREAS)
def test_geojson_by_json_and_shapely(export, area):
    from shapely.geometry import box, shape

    data = json.loads(export(area)["geojson"].path.read_text(encoding="utf-8"))
    assert data["type"] == "FeatureCollection"
    assert data["rights"] == NOTICE
    counts = gpkg_counts(export(area)["gpkg"].path)
    found = {}
    frame = box(*BOX[area]).buffer(1e-6)
    for feature in data["features"]:
        table = feature["properties"]["table"]
        found[table] = found.get(table, 0) + 1
        assert frame.covers(shape(feature["geometry"]))
    assert found == counts


@pytest.mark.parametrize("area", AREAS)
def test_shapefiles_by_pyshp(export, area):
    import shapefile

    counts = gpkg_counts(export(area)["gpkg"].path)
    with zipfile.ZipFile(export(area)["shp"].path) as archive:
        assert NOTICE in archive.read("README.txt").decode()
        for name, count in counts.items():
            parts = {part: io.BytesIO(archive.read(f"{name}.{part}")) for part in ("shp", "shx", "dbf")}
            with shapefile.Reader(encoding="utf-8", **parts) as reader:
                assert len(reader) == count, name
                if name == "roads":
                    assert STREET[area] in {record["name"] for record in reader.records()}


@pytest.mark.parametrize("area", AREAS)
def test_kml_by_lxml(export, area):
    from lxml import etree

    root = etree.parse(str(export(area)["kml"].path)).getroot()
    space = {"k": "http://www.opengis.net/kml/2.2"}
    counts = gpkg_counts(export(area)["gpkg"].path)
    folders = root.findall(".//k:Folder", space) or root.findall(".//k:Document/k:Document", space)
    found = {f.find("k:name", space).text: len(f.findall("k:Placemark", space)) for f in folders}
    assert found == counts
    assert STREET[area] in {name.text for name in root.iterfind(".//k:Placemark/k:name", space)}


@pytest.mark.parametrize("area", AREAS)
def test_csv_by_csv_and_shapely(export, area):
    from shapely import wkt

    counts = gpkg_counts(export(area)["gpkg"].path)
    csv.field_size_limit(10**8)
    with zipfile.ZipFile(export(area)["csv_wkt"].path) as archive:
        for name, count in counts.items():
            rows = list(csv.DictReader(io.StringIO(archive.read(f"{name}.csv").decode("utf-8-sig"))))
            assert len(rows) == count
            assert not wkt.loads(rows[0]["WKT"]).is_empty


@pytest.mark.parametrize("area", AREAS)
def test_xlsx_by_openpyxl(export, area):
    import openpyxl

    book = openpyxl.load_workbook(export(area)["xlsx"].path, read_only=True)
    counts = gpkg_counts(export(area)["gpkg"].path)
    assert {name: len(list(book[name].rows)) - 1 for name in book.sheetnames} == counts
    rows = list(book["roads"].values)
    assert STREET[area] in {row[rows[0].index("name")] for row in rows}


@pytest.mark.parametrize("area", AREAS)
def test_dxf_by_gdal(export, area):
    from osgeo import ogr

    dataset = ogr.Open(str(export(area)["dxf_r12"].path))
    layer = dataset.GetLayerByName("entities")
    texts, layers, xs = set(), set(), []
    for feature in layer:
        layers.add(feature["Layer"])
        if feature["Text"]:
            texts.add(feature["Text"])
        xs.append(feature.GetGeometryRef().GetEnvelope()[0])
    assert {"V-BLDG-OTLN-E", "V-ROAD-LOCL-E", "V-ANNO-STRT-E", "V-ANNO-ATTR-E"} <= layers
    assert STREET[area] in texts
    assert NOTICE in texts
    assert 350_000 < min(xs) < max(xs) < 400_000
    import ezdxf

    document = ezdxf.readfile(export(area)["dxf_r12"].path)
    assert not document.audit().errors
    outlines = document.modelspace().query('POLYLINE[layer=="V-BLDG-OTLN-E"]')
    assert len(outlines) > 300
    assert all(line.is_closed for line in outlines)


@pytest.mark.parametrize("area", AREAS)
def test_stl_by_numpy_and_trimesh(export, area):
    import trimesh

    mesh = trimesh.load(export(area)["stl"].path, process=False)
    assert 0 <= mesh.bounds[0][2] < mesh.bounds[1][2] < 250
    assert 700 < mesh.extents[0] < 2500
    assert mesh.area_faces.min() > 0
    corners = mesh.triangles.reshape(-1, 3)
    _, index = np.unique(corners, axis=0, return_inverse=True)
    faces = index.reshape(-1, 3)
    edges = {}
    for a, b in np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]]).tolist():
        edges[a, b] = edges.get((a, b), 0) + 1
    assert all(edges.get((b, a)) == count for (a, b), count in edges.items())


def rendered(command, tmp_path):
    from PIL import Image

    target = tmp_path / "out.png"
    subprocess.run([*command, str(target)], check=True, capture_output=True)
    found = target if target.exists() else next(tmp_path.glob("out*.png"))
    return Image.open(found).convert("RGB")


def difference(one, two):
    size = (400, 600)
    return float(np.abs(np.asarray(one.resize(size), "i4") - np.asarray(two.resize(size), "i4")).mean())


@pytest.mark.parametrize("style", ["default", "minimal"])
@pytest.mark.parametrize("area", AREAS)
def test_pictures_by_other_renderers(export, area, style, tmp_path):
    from PIL import Image

    files = export(area, style)
    png = Image.open(files["png"].path)
    assert png.info["Copyright"] == NOTICE
    assert png.info["dpi"][0] == pytest.approx(150, abs=0.1)
    svg = rendered(["rsvg-convert", str(files["svg"].path), "-w", str(png.width), "-o"], tmp_path)
    (tmp_path / "pdf").mkdir()
    stem = tmp_path / "pdf" / "out"
    subprocess.run(["pdftoppm", "-png", "-singlefile", "-r", "150", str(files["pdf"].path), str(stem)], check=True)
    pdf = Image.open(f"{stem}.png").convert("RGB")
    own = png.convert("RGB")
    # An empty sheet of the commonest colour is what a lost map would look like.
    blank = Image.new("RGB", own.size, max(own.getcolors(10**7))[1])
    assert difference(own, svg) < difference(own, blank) / 2.5
    assert difference(own, pdf) < difference(own, blank) / 2.5


@pytest.mark.parametrize("area", AREAS)
def test_svg_and_pdf_say_whose_data_it_is(export, area):
    svg = export(area)["svg"].path.read_text(encoding="utf-8")
    assert NOTICE in svg
    assert "© OpenStreetMap contributors" in re.findall(r">([^<]+)</text>", svg)
    assert "<image" not in svg
    pdf = export(area)["pdf"].path
    text = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    assert "© OpenStreetMap contributors" in text
    images = subprocess.run(["pdfimages", "-list", str(pdf)], check=True, capture_output=True, text=True).stdout
    assert len(images.splitlines()) <= 2


@pytest.mark.parametrize("area", AREAS)
def test_geotiff_by_gdalinfo(export, area):
    done = subprocess.run(["gdalinfo", "-json", str(export(area)["geotiff"].path)], check=True, capture_output=True)
    info = json.loads(done.stdout)
    assert "UTM zone" in info["coordinateSystem"]["wkt"]
    lons = [point[0] for point in info["wgs84Extent"]["coordinates"][0]]
    assert min(lons) == pytest.approx(BOX[area][0], abs=1e-3)
    assert max(lons) == pytest.approx(BOX[area][2], abs=1e-3)


def test_sea_and_land_lie_where_they_are(export):
    from shapely.geometry import Point, shape

    data = json.loads(Path(export("monaco")["geojson"].path).read_text(encoding="utf-8"))
    grounds = {f["properties"]["table"]: shape(f["geometry"]) for f in data["features"][:2]}
    assert grounds["sea"].contains(Point(7.436, 43.730))
    assert grounds["land"].contains(Point(7.4217, 43.7396))
    whole = (BOX["monaco"][2] - BOX["monaco"][0]) * (BOX["monaco"][3] - BOX["monaco"][1])
    assert grounds["sea"].area + grounds["land"].area == pytest.approx(whole, rel=1e-6)
