"""Pictures with a place for handhelds, charts and globes: their limits, their texts, and every pixel of theirs."""

import zipfile
from types import SimpleNamespace

import numpy as np
import pytest

from areas import AREAS
from osm2cdr.processing_provider.errors import Cancelled
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats.catalogue import FORMATS
from osm2cdr.processing_provider.formats.contract import Job
from osm2cdr.processing_provider.formats.image import garmin_kmz, kap, kmz_overlay, ozi, pixels
from osm2cdr.processing_provider.geo.projection import plate_carree, utm_crs
from osm2cdr.processing_provider.request.checks import make_request
from osm2cdr.processing_provider.request.pages import make_page

BOX = "24.9430,60.1690,24.9450,60.1700"
HOSTILE = {
    "Cyrillic": ("Карта «Ёж», №1", "cp1251"), "accents": ("Ångström", "cp1252"), "Czech": ("Žďár", "cp1250"),
    "quotes": ('"; DROP <&> \'', "cp1252"), "turned": ("a\u202eb", None), "long": ("x" * 10_000, "cp1252"),
    "none of them": ("地図", None),
}  # fmt: skip


def view(crs, **fields):
    """A page in a CRS, as far as these formats look at it."""
    request = make_request({"bbox": BOX, "formats": "png", "source": str(AREAS["sample"][0]), **fields})
    return SimpleNamespace(page=make_page(request, crs(request.area) if callable(crs) else crs), objects={"Roads": 1})


@pytest.fixture
def painted(monkeypatch):
    """painted(module, pixels): that module gets this picture."""
    from PIL import Image

    def use(module, values):
        monkeypatch.setattr(module, "pillow_image", lambda *_words, **_more: Image.fromarray(values))

    return use


def noise(height, width, colours=100):
    rng = np.random.default_rng(1)
    return rng.integers(0, 256, (colours, 3), np.uint8)[rng.integers(0, colours, (height, width))]


@pytest.mark.parametrize("width", [2, 127, 128, 129, 16_385, 17_000])
def test_a_chart_has_every_pixel_in_runs_of_any_length(painted, tmp_path, width):
    from osgeo import gdal

    values = noise(3, width)
    values[0] = values[0, 0]
    values[1, 1:-1] = values[1, 0]
    painted(kap, values)
    kap.write(view("EPSG:3395"), tmp_path / "a.kap", Job(FORMATS["kap"]))
    dataset = gdal.Open(str(tmp_path / "a.kap"))
    table = dataset.GetRasterBand(1).GetColorTable()
    colours = np.array([table.GetColorEntry(number)[:3] for number in range(table.GetCount())])
    assert np.array_equal(colours[dataset.ReadAsArray()], values)


@pytest.mark.parametrize("title", HOSTILE)
def test_texts_are_in_a_code_page_of_windows_and_break_no_line(painted, tmp_path, title):
    text, page = HOSTILE[title]
    painted(ozi, noise(40, 50))
    painted(kap, noise(40, 50))
    job = Job(FORMATS["ozi"], title=text, name=text[:20] if title == "none of them" else "map")
    seen = view(utm_crs)
    ozi.write(seen, tmp_path / "a.zip", job)
    ozi.prove(tmp_path / "a.zip", seen, None)
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        lines = archive.read("map.map").split(b"\r\n")
    assert lines[2] == b"map.png"
    assert len(lines[1]) <= 60
    if page:
        assert lines[1].decode(page).rstrip("…") == text[: len(lines[1].decode(page).rstrip("…"))]
    seen = view("EPSG:3395")
    kap.write(seen, tmp_path / "a.kap", job)
    kap.prove(tmp_path / "a.kap", seen, None)


def test_a_large_custom_map_has_as_many_dots_as_devices_take(monkeypatch, tmp_path):
    from PIL import Image

    asked = []

    def paint(_view, _job, alone, dpi):
        asked.append((alone, dpi))
        return Image.fromarray(noise(2050, 3000))

    monkeypatch.setattr(garmin_kmz, "pillow_image", paint)
    seen = view(plate_carree, page="A0", scale=200)
    written = garmin_kmz.write(seen, tmp_path / "a.kmz", Job(FORMATS["garmin_kmz"], dpi=1200))
    garmin_kmz.prove(tmp_path / "a.kmz", seen, written)
    ((alone, dpi),) = asked
    sides = [-(-round(side / 25.4 * dpi) // 1024) for side in (seen.page.width_mm, seen.page.height_mm)]
    assert alone
    assert 81 <= sides[0] * sides[1] <= 100
    assert f"{dpi} DPI, not 1200" in str(written.warnings[0])
    with zipfile.ZipFile(tmp_path / "a.kmz") as archive:
        sizes = [Image.open(archive.open(name)).size for name in archive.namelist()[1:]]
    assert sizes == [(1024, 1024), (1024, 1024), (952, 1024), (1024, 1024), (1024, 1024), (952, 1024), (1024, 2),
                     (1024, 2), (952, 2)]  # fmt: skip


@pytest.mark.parametrize("module", [garmin_kmz, kmz_overlay, kap])
def test_packing_stops_where_asked_to(painted, tmp_path, module):
    painted(module, noise(2100, 1100))
    looks = iter(range(100))
    job = Job(FORMATS["kap"], feedback=Feedback(is_cancelled=lambda: next(looks) > 2))
    with pytest.raises(Cancelled):
        module.write(view(plate_carree), tmp_path / "a", job)


def test_a_rectangle_of_degrees_is_one_of_pixels(qgis):
    """The plate carree is linear in longitude and latitude, whatever PROJ makes of it."""
    seen = view(plate_carree)
    shares = [(x / 4, y / 4) for x in range(5) for y in range(5)]
    west, south, east, north = (float(side) for side in BOX.split(","))
    expected = [(west + x * (east - west), north - y * (north - south)) for x, y in shares]
    assert np.allclose(pixels.lonlat(seen, shares), expected, rtol=0, atol=1e-9)
