"""Images: Pillow, exiftool, GDAL where Pillow wrote."""

import io
import json
import re
import subprocess
import zipfile
from pathlib import Path

import numpy as np
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


def gif(path: Path) -> Found:
    """GIF89a by Pillow; the pixels of a dot at 150 DPI, which the format does not hold."""
    from PIL import Image

    image = Image.open(path)
    image.load()
    assert (image.info["version"], image.mode) == (b"GIF89a", "P")
    assert len(image.getcolors()) > 100
    return Found(notice=image.info["comment"].decode(), size_mm=tuple(side / 150 * 25.4 for side in image.size))


def world(path: Path) -> Found:
    """The picture by Pillow, its place by the six lines of the world file, its CRS by pyproj."""
    import pyproj
    from PIL import Image

    with zipfile.ZipFile(path) as archive:
        files = {Path(name).suffix: archive.read(name) for name in archive.namelist()}
        assert len({name.split(".")[0] for name in archive.namelist()}) == 2, "one name, and README"
    suffix, lines = next((name, data) for name, data in files.items() if name in (".pgw", ".jgw"))
    image = Image.open(io.BytesIO(files[{".pgw": ".png", ".jgw": ".jpg"}[suffix]]))
    image.load()
    assert all(low < 100 < 200 < high for low, high in image.convert("RGB").getextrema())
    width, _, _, height, x, y = (float(line) for line in lines.decode("ascii").split())
    left, top = x - width / 2, y - height / 2
    box = left, top + height * image.height, left + width * image.width, top
    crs = pyproj.CRS.from_wkt(files[".prj"].decode()).to_epsg(min_confidence=25)
    return Found(box=box, crs=crs, notice=files[".txt"].decode())


def jp2(path: Path) -> Found:
    """By Pillow's OpenJPEG and exiftool; GMLJP2 by its own words."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None
    image = Image.open(path)
    image.load()
    assert all(low < 100 < 200 < high for low, high in image.getextrema())
    done = subprocess.run(["exiftool", "-j", "-n", str(path)], check=True, capture_output=True, text=True)
    tags = json.loads(done.stdout)[0]
    assert tags["Title"]
    text = path.read_bytes().decode("latin-1")
    grid = re.search(r"<gml:RectifiedGrid .*?</gml:RectifiedGrid>", text, re.DOTALL)[0]
    crs = int(re.search(r"crs/EPSG/0/(\d+)|crs:EPSG::(\d+)", grid)[0].rsplit("/")[-1].rsplit(":")[-1])
    x, y = (float(word) for word in re.search(r"<gml:pos>(.*?)</gml:pos>", grid)[1].split())
    steps = [word.split() for word in re.findall(r"<gml:offsetVector[^>]*>(.*?)</gml:offsetVector>", grid)]
    width, height = float(steps[0][0]), float(steps[1][1])
    # A grid's origin is the middle of its first cell.
    left, top = x - width / 2, y - height / 2
    box = left, top + height * image.height, left + width * image.width, top
    return Found(box=box, crs=crs, notice=tags["Rights"])


def avif(path: Path) -> Found:
    """The tags by exiftool, the pixels by libheif, which decodes AV1 with dav1d."""
    from PIL import Image

    tags = told(path)
    assert tags["XResolution"] == tags["YResolution"] == 150
    assert (tags["Rights"], tags["Title"]) == (tags["Copyright"], tags["ImageDescription"])
    shown = path.with_suffix(".seen.png")
    subprocess.run(["heif-convert", str(path), str(shown)], check=True, capture_output=True)
    image = Image.open(shown)
    assert all(low < 100 < 200 < high for low, high in image.convert("RGB").getextrema())
    return Found(notice=tags["Rights"], size_mm=tuple(side / 150 * 25.4 for side in image.size))


def tiff_cmyk(path: Path) -> Found:
    """The inks by GDAL, as they are in the file; the profile and the tags by exiftool."""
    from osgeo import gdal

    done = subprocess.run(["exiftool", "-j", "-n", str(path)], check=True, capture_output=True, text=True)
    tags = json.loads(done.stdout)[0]
    assert tags["ColorSpaceData"].strip() == "CMYK"
    assert tags["PhotometricInterpretation"] == 5
    assert tags["XResolution"] == tags["YResolution"] == 150
    assert (tags["Rights"], tags["Title"]) == (tags["Copyright"], tags["ImageDescription"])
    dataset = gdal.Open(f"GTIFF_RAW:{path}")
    inks = dataset.ReadAsArray().astype(int)
    assert inks.shape[0] == 4
    assert inks.sum(axis=0).max() <= 3.2 * 255, "no more ink than paper holds"
    assert all(np.ptp(ink) > 50 for ink in inks)
    size = tuple(side / tags["XResolution"] * 25.4 for side in (dataset.RasterXSize, dataset.RasterYSize))
    return Found(notice=tags["Rights"], size_mm=size)


READERS = {
    "avif": avif, "tiff_cmyk": tiff_cmyk,
    "png": png, "bmp": bmp, "gif": gif, "jpg": photo, "webp": photo, "tiff": photo, "cog": cog, "geotiff": geotiff,
    "png_wld": world, "jpg_wld": world, "jp2": jp2,
}  # fmt: skip
