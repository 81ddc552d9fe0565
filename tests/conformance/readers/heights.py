"""Grids of heights: GDAL, and numpy for its numbers."""

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


READERS = {"asc": asc}
