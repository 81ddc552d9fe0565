"""Grids of heights: GDAL, Pillow, and numpy for the numbers."""

from pathlib import Path

import numpy as np

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


READERS = {"asc": asc, "heights_tif": heights_tif}
