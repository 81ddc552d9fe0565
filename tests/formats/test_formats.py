"""What is particular to a format: closed polylines, solids, pictures by other renderers, where the sea is."""

import json
import subprocess
from pathlib import Path

import numpy as np
import pytest

from areas import AREAS
from names import HOUSE

NAMES = list(AREAS)


@pytest.mark.parametrize("area", NAMES)
def test_dxf_is_sound_and_its_buildings_are_closed(export, area):
    import ezdxf

    document = ezdxf.readfile(export(area)["dxf_r12"].path)
    assert document.dxfversion == "AC1009"
    assert not document.audit().errors
    outlines = document.modelspace().query('POLYLINE[layer=="V-BLDG-OTLN-E"]')
    assert len(outlines) > 300
    assert all(line.is_closed for line in outlines)
    colors = {layer.dxf.name: layer.dxf.color for layer in document.layers}
    assert len(set(colors.values())) > 5


def read_stl(path):
    """The triangles (n, 3, 3) of a binary STL."""
    record = np.dtype([("normal", "<f4", 3), ("vertices", "<f4", (3, 3)), ("attribute", "<u2")])
    return np.frombuffer(path.read_bytes()[84:], record)["vertices"].astype(float)


def solids(triangles):
    """Consecutive triangles whose edges all meet one that runs back: the solids of the file in its order."""
    start, open_edges, result = 0, set(), []
    for number, triangle in enumerate([tuple(p) for p in t] for t in triangles.tolist()):
        for a, b in zip(triangle, triangle[1:] + triangle[:1]):
            if (b, a) in open_edges:
                open_edges.remove((b, a))
            else:
                open_edges.add((a, b))
        if not open_edges:
            result.append(triangles[start : number + 1])
            start = number + 1
    assert not open_edges
    return result


@pytest.mark.parametrize("area", NAMES)
def test_all_buildings_are_watertight_solids(export, area):
    import trimesh

    found = solids(read_stl(export(area)["stl"].path))
    # Houses that touch are one.
    assert 0.3 * export(area)["stl"].features < len(found) < export(area)["stl"].features
    for triangles in found:
        mesh = trimesh.Trimesh(triangles.reshape(-1, 3), np.arange(len(triangles) * 3).reshape(-1, 3), process=True)
        assert mesh.is_watertight
        assert mesh.volume > 0
        assert mesh.bounds[0][2] >= 0
        assert mesh.bounds[1][2] < 250


def local(area):
    """From lon/lat to the metres of the model, and the true area of a lon/lat polygon."""
    import pyproj

    west, south, east, north = AREAS[area][1]
    text = f"+proj=tmerc +lat_0={(south + north) / 2:.6f} +lon_0={(west + east) / 2:.6f} +k=1 +datum=WGS84"
    return pyproj.Transformer.from_crs(4326, text, always_xy=True).transform


@pytest.mark.parametrize("area", NAMES)
def test_heights_come_from_the_tags(export, area):
    from shapely.geometry import shape

    data = json.loads(export(area)["geojson"].path.read_text(encoding="utf-8"))
    house = next(f for f in data["features"] if f["properties"].get("name") == HOUSE)
    to_metres = local(area)
    x, y = to_metres(*shape(house["geometry"]).centroid.coords[0])
    triangles = read_stl(export(area)["stl"].path)
    high = triangles[(np.abs(triangles[..., 2] - 33.5) < 0.01).all(axis=1)]
    assert np.hypot(*(high[..., :2].mean(axis=1) - (x, y)).T).min() < 25


@pytest.mark.parametrize("area", NAMES)
def test_courtyards_are_open(export, area):
    from shapely import get_parts
    from shapely.geometry import Point, Polygon, shape
    from shapely.ops import transform, unary_union

    data = json.loads(export(area)["geojson"].path.read_text(encoding="utf-8"))
    houses = [shape(f["geometry"]) for f in data["features"] if f["properties"]["table"] == "buildings"]
    whole = unary_union(houses)
    # A courtyard may have a house of its own in it.
    holes = [Polygon(ring).difference(whole) for part in get_parts(whole) for ring in part.interiors]
    courtyards = sorted(holes, key=lambda hole: -hole.area)[:5]
    assert len(courtyards) == 5
    triangles = read_stl(export(area)["stl"].path)
    flat = [Polygon(t[:, :2]) for t in triangles if np.ptp(t[:, 2]) == 0]
    roofs = unary_union([p for p in flat if p.area > 0])
    for courtyard in courtyards:
        assert not roofs.contains(transform(local(area), courtyard.representative_point()))
    inside = houses[0].representative_point()
    assert roofs.contains(Point(local(area)(inside.x, inside.y)))


@pytest.mark.parametrize("area", NAMES)
def test_pdf_carries_our_fonts(export, area):
    done = subprocess.run(["pdffonts", str(export(area)["pdf"].path)], check=True, capture_output=True, text=True)
    rows = [line.split() for line in done.stdout.splitlines()[2:]]
    assert rows
    assert {row[0].split("+")[-1].split("-")[0] for row in rows} <= {"NotoSans", "NotoSerif", "Inter"}
    assert all("yes" in row for row in rows)


def test_sea_and_land_lie_where_they_are(export):
    from shapely.geometry import Point, shape

    data = json.loads(Path(export("monaco")["geojson"].path).read_text(encoding="utf-8"))
    grounds = {f["properties"]["table"]: shape(f["geometry"]) for f in data["features"][:2]}
    assert grounds["sea"].contains(Point(7.436, 43.730))
    assert grounds["land"].contains(Point(7.4217, 43.7396))
    west, south, east, north = AREAS["monaco"][1]
    assert grounds["sea"].area + grounds["land"].area == pytest.approx((east - west) * (north - south), rel=1e-6)


@pytest.mark.parametrize("dpi", [96, 300, 600])
def test_spaced_letters_are_as_wide_as_their_halos(qgis, tmp_path, monkeypatch, dpi):
    """Qt multiplies the space between letters by a device's resolution, and QGIS's halos are outlines without one."""
    from PIL import Image
    from qgis.core import QgsCoordinateReferenceSystem
    from qgis.PyQt.QtGui import QFont, QPainterPath

    from osm2cdr.processing_provider.cartography.rendering import paint
    from osm2cdr.processing_provider.cartography.rendering.picture import Picture
    from osm2cdr.processing_provider.cartography.themes.loading import load_theme
    from osm2cdr.processing_provider.formats.catalogue import FORMATS
    from osm2cdr.processing_provider.formats.contract import Job
    from osm2cdr.processing_provider.formats.image import png
    from osm2cdr.processing_provider.request.pages import Page
    from osm2cdr.processing_provider.request.papers import fitted_sheet

    share = []

    def lettered(settings, painter, *_):
        unit = settings.outputSize().width() / 100
        font = QFont("DejaVu Sans")
        font.setPixelSize(round(10 * unit))
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 5 * unit)
        outline = QPainterPath()
        outline.addText(0, 0, font, "HHHH")
        share.append(outline.boundingRect().width() / (100 * unit))
        painter.setFont(font)
        painter.drawText(round(5 * unit), round(30 * unit), "HHHH")

    monkeypatch.setattr(paint, "paint", lettered)
    page = Page("EPSG:3857", 0, 0, 100, 50, 1000, fitted_sheet(100, 50, False))
    view = Picture([], page, QgsCoordinateReferenceSystem(), "#FFFFFF", load_theme("default"), notice="")
    # Nothing but the letters.
    monkeypatch.setattr(paint, "furniture", lambda *_: [])
    png.write(view, tmp_path / "map.png", Job(FORMATS["png"], dpi=dpi))
    image = Image.open(tmp_path / "map.png").convert("L")
    dark = np.flatnonzero((np.asarray(image) < 128).any(axis=0))
    assert np.ptp(dark) / image.width == pytest.approx(share[0], rel=0.03)


TITLE, TITLED = "Дом & <Łódź> 地图", ("jpg", "webp", "tiff", "png", "pdf", "eps")


@pytest.fixture(scope="module")
def titled(qgis, tmp_path_factory):
    """A map with a title by format."""
    from osm2cdr.processing_provider.feedback import Feedback
    from osm2cdr.processing_provider.pipeline import run as pipeline
    from osm2cdr.processing_provider.request.checks import make_request

    fields = {"bbox": (24.942, 60.169, 24.945, 60.171), "formats": TITLED, "source": str(AREAS["sample"][0]), "dpi": 72}
    results = pipeline.run(make_request({**fields, "title": TITLE}), tmp_path_factory.mktemp("titled"), Feedback())
    return {result.format: result.path for result in results}


@pytest.mark.parametrize("name", TITLED)
def test_a_title_of_any_script_is_read_by_others(titled, tmp_path, name):
    path = titled[name]
    if name == "eps":
        path = tmp_path / "distilled.pdf"
        command = ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pdfwrite", f"-sOutputFile={path}", str(titled[name])]
        subprocess.run(command, check=True)
    # As information of a document there may be a plainer one beside it.
    told = subprocess.run(["exiftool", "-j", "-a", "-G1", str(path)], check=True, capture_output=True, text=True).stdout
    tags = json.loads(told)[0]
    assert TITLE in {value for key, value in tags.items() if ":Title" in key}
    if name in ("jpg", "webp", "tiff"):
        from osgeo import gdal

        assert (tags["IFD0:ImageDescription"], tags["IFD0:Copyright"][:1]) == (TITLE, "©")
        metadata = gdal.Open(str(path)).GetMetadata()
        # GDAL reads no Exif of WebP.
        assert name == "webp" or TITLE in map(metadata.get, ("EXIF_ImageDescription", "TIFFTAG_IMAGEDESCRIPTION"))
