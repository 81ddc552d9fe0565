"""Grids of heights: GDAL, Pillow, and numpy for the numbers."""

from pathlib import Path

import numpy as np
import pytest

from readers.found import Found


def asc(path: Path) -> Found:
    """GDAL's reading, which numpy's agrees with: all cells, and those with a building."""
    from osgeo import gdal

    dataset = gdal.Open(str(path))
    assert dataset.GetDriver().ShortName == "AAIGrid"
    values = dataset.ReadAsArray()
    plain = np.loadtxt(path, skiprows=6, ndmin=2)
    assert np.allclose(values, plain, rtol=0, atol=1e-4)
    band = dataset.GetRasterBand(1)
    nothing = plain == band.GetNoDataValue()
    assert band.GetNoDataValue() == -9999
    west, width, _, north, _, height = dataset.GetGeoTransform()
    assert width == -height
    box = west, north + height * dataset.RasterYSize, west + width * dataset.RasterXSize, north
    layers = {"cells": int((~nothing).sum()), "buildings": int((plain > 0).sum())}
    return Found(layers, box)


def heights_tif(path: Path) -> Found:
    """By Pillow: the numbers, and the place from GeoTIFF's own tags."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None
    image = Image.open(path)
    values, tags = np.array(image), image.tag_v2
    assert (image.mode, float(tags[42113])) == ("F", -9999)
    width, height, _ = tags[33550]
    _, _, _, west, north, _ = tags[33922]
    keys = [tags[34735][number : number + 4] for number in range(4, len(tags[34735]), 4)]
    crs = next(value for key, _, _, value in keys if key == 3072)
    box = west, north - height * values.shape[0], west + width * values.shape[1], north
    layers = {"cells": int((values != -9999).sum()), "buildings": int((values > 0).sum())}
    return Found(layers, box, crs, notice=tags[33432])


def heightmap(path: Path) -> Found:
    """The greys by Pillow, what they mean by the image's own words, the JSON file and GDAL, which agree."""
    import io
    import json
    import zipfile

    import pyproj
    from osgeo import gdal
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        files = {Path(name).suffix: archive.read(name) for name in names}
    image = Image.open(io.BytesIO(files[".png"]))
    assert image.mode in ("I;16", "I")
    grey, told, texts = np.array(image), json.loads(files[".json"]), image.text
    step, zero = float(texts["Scale"]), float(texts["Offset"])
    assert (step, zero, int(texts["Nodata"])) == (told["scale"], told["offset"], told["nodata"])
    metres = grey * step + zero
    assert metres[grey > 0].min() == 0
    assert metres.max() == pytest.approx(told["highest"], abs=step)
    assert grey.max() > 20_000, "most of the 16 bits are used"
    dataset = gdal.Open(f"/vsizip/{path}/{next(name for name in names if name.endswith('.png'))}")
    band = dataset.GetRasterBand(1)
    assert (band.GetNoDataValue(), band.GetScale(), band.GetOffset(), band.GetUnitType()) == (0, step, zero, "m")
    width, _, _, height, x, y = (float(line) for line in files[".pgw"].decode("ascii").split())
    west, north = x - width / 2, y - height / 2
    assert (west, width, 0, north, 0, height) == pytest.approx(dataset.GetGeoTransform())
    box = west, north + height * image.height, west + width * image.width, north
    crs = pyproj.CRS.from_wkt(files[".prj"].decode()).to_epsg(min_confidence=25)
    layers = {"cells": int((grey > 0).sum()), "buildings": int((metres > step / 2).sum())}
    return Found(layers, box, crs, notice=texts["Copyright"])


READERS = {"asc": asc, "heights_tif": heights_tif, "heightmap_png": heightmap}
