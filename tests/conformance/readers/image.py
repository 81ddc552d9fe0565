"""Images: Pillow, exiftool, GDAL where Pillow wrote."""

import json
import subprocess
from pathlib import Path

import pytest

from readers.found import Found


def told(path: Path) -> dict[str, str]:
    """What exiftool tells of the file; that its profile is sRGB."""
    done = subprocess.run(["exiftool", "-j", "-n", str(path)], check=True, capture_output=True, text=True)
    tags = json.loads(done.stdout)[0]
    assert "sRGB" in tags["ProfileDescription"]
    return tags


def png(path: Path) -> Found:
    from PIL import Image

    image = Image.open(path)
    image.load()
    tags = told(path)
    assert (tags["PixelsPerUnitX"], tags["PixelsPerUnitY"], tags["PixelUnits"]) == (5906, 5906, 1), "150 DPI in metres"
    assert tags["Title"]
    size = tuple(side / image.info["dpi"][0] * 25.4 for side in image.size)
    return Found(notice=image.info["Copyright"], size_mm=size)


def bmp(path: Path) -> Found:
    from PIL import Image

    image = Image.open(path)
    image.load()
    assert image.mode == "RGB"
    assert all(low < 100 < 200 < high for low, high in image.getextrema())
    assert image.info["dpi"] == pytest.approx((150, 150), abs=0.1)
    return Found(size_mm=tuple(side / dpi * 25.4 for side, dpi in zip(image.size, image.info["dpi"])))


def photo(path: Path) -> Found:
    """What exiftool tells of the file, and GDAL of its pixels."""
    from osgeo import gdal

    tags = told(path)
    assert tags["XResolution"] == tags["YResolution"] == 150
    dataset = gdal.Open(str(path))
    for band in range(1, 4):
        low, high = dataset.GetRasterBand(band).ComputeRasterMinMax(False)
        assert high - low > 100
    size = tuple(side / tags["XResolution"] * 25.4 for side in (dataset.RasterXSize, dataset.RasterYSize))
    assert tags["Rights"] == tags["Copyright"], "XMP says what Exif says"
    assert tags["Title"] == tags["ImageDescription"]
    return Found(notice=tags["Rights"], size_mm=size)


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


READERS = {"png": png, "bmp": bmp, "jpg": photo, "webp": photo, "tiff": photo, "cog": cog, "geotiff": geotiff}
