"""The files of docs/samples, which people try first: each is of a format that is written, small, and opens."""

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from areas import ROOT
from osm2cdr.processing_provider.formats.catalogue import FORMATS
from osm2cdr.processing_provider.formats.registry import written_formats
from readers import READERS

pytestmark = pytest.mark.one_system("the files are the same on each")
FOLDER = ROOT / "docs" / "samples"
# Bytes of one, of all, and of the artwork of a few streets.
MOST, ALL, ARTWORK = 120_000, 3_500_000, 350_000
LARGE = {"svg", "svg_layers", "pdf", "geopdf", "ai", "cdr", "png"}
# How many formats have one at least.
LEAST = 85
# What is on all of them that have attributes of areas.
MUSEUM = "Ateneum"


def file_of(item):
    return FOLDER / f"helsinki_{item.id}.{item.extension}"


SAMPLES = [item.id for item in written_formats() if file_of(item).exists()]


def test_they_are_of_formats_and_small():
    files = {path.name: path.stat().st_size for path in FOLDER.glob("helsinki_*")}
    assert set(files) == {file_of(FORMATS[name]).name for name in SAMPLES}
    assert len(SAMPLES) >= LEAST
    assert set(SAMPLES) >= LARGE | {"dxf", "geojson", "kml", "shp", "xlsx", "stl", "docx", "pptx", "pmtiles"}
    assert sum(files.values()) < ALL
    for name in SAMPLES:
        assert 100 < file_of(FORMATS[name]).stat().st_size < (ARTWORK if name in LARGE else MOST), name


def test_what_is_said_of_them():
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert "© OpenStreetMap contributors" in page
    assert "Open Database License" in page
    listed = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    for name in SAMPLES:
        file = file_of(FORMATS[name]).name
        assert f"]({file})" in page
        assert f"](samples/{file})" in listed


def picture(path):
    """By GDAL, which wrote some of them: conformance has another program of each; AVIF by libheif."""
    from osgeo import gdal

    if path.suffix == ".avif":
        subprocess.run(["heif-convert", str(path), f"{path}.png"], check=True, capture_output=True)
        path = Path(f"{path}.png")
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            (name,) = [name for name in archive.namelist() if name.endswith((".png", ".jpg"))]
        path = f"/vsizip/{path}/{name}"
    dataset = gdal.Open(str(path))
    low, high = dataset.GetRasterBand(1).ComputeRasterMinMax(False)
    return high - low > 100


def document(path):
    from docx import Document

    return "Ateneum, Helsinki" in [one.text for one in Document(path).paragraphs]


def graph(path):
    import networkx

    return networkx.read_graphml(path).number_of_edges() > 10


def stitches(path):
    import pyembroidery

    return len(pyembroidery.read(str(path)).stitches) > 1000


# Whose readers in the conformance tests know the resolution, the date and the colours of what they read.
PICTURES = ("png", "jpg", "webp", "tiff", "avif", "png_wld", "jpg_wld", "jp2", "kap")
OTHERS = {**dict.fromkeys(PICTURES, picture), "docx": document, "graphml": graph, "dst": stitches, "pes": stitches}


@pytest.mark.parametrize("name", SAMPLES)
def test_another_program_opens_it(name, qgis, tmp_path):
    """The reader of the format's conformance, and it finds the objects that the format holds."""
    item = FORMATS[name]
    # Some readers unpack a file where it lies.
    path = Path(shutil.copy(file_of(item), tmp_path))
    if name in OTHERS:
        assert OTHERS[name](path)
        return
    found = READERS[name](path)
    assert found.layers or found.size_mm or found.box or set(item.geometries) == {"pixels"}, found
    if item.notice == "inside" and found.notice:
        assert "OpenStreetMap contributors" in found.notice
    if item.attributes == "all" and "areas" in item.geometries:
        assert any(MUSEUM in text for text in found.texts if text), found.texts
