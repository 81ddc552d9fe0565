"""Pictures with a place for handhelds, charts and globes: GDAL's readers, lxml, Pillow."""

import zipfile
from pathlib import Path

import pytest

from readers.found import Box, Found, union


def placed(path: str, driver: str) -> tuple:
    """A picture by one of GDAL's readers: the dataset, and its box; it has more than one colour."""
    from osgeo import gdal

    dataset = gdal.OpenEx(path, gdal.OF_RASTER, allowed_drivers=[driver])
    left, width, _, top, _, height = dataset.GetGeoTransform()
    low, high = dataset.GetRasterBand(1).ComputeRasterMinMax(False)
    assert high - low > 100
    return dataset, (left, top + height * dataset.RasterYSize, left + width * dataset.RasterXSize, top)


def moved(box: Box, source: str, target: int) -> Box:
    """A box in another CRS that has the same directions."""
    import pyproj

    way = pyproj.Transformer.from_crs(pyproj.CRS.from_wkt(source), target, always_xy=True)
    return (*way.transform(*box[:2]), *way.transform(*box[2:]))


def kap(path: Path) -> Found:
    """By GDAL's reader of BSB, whose Mercator has a meridian of its own; the header by its words."""
    dataset, box = placed(str(path), "BSB")
    assert dataset.GetRasterBand(1).GetColorTable().GetCount() <= 128
    head = path.read_bytes().split(b"\x1a")[0].decode()
    lines = dict(line.split("/", 1) for line in head.splitlines() if "/" in line[:4])
    assert "NOT FOR NAVIGATION" in head
    assert "PR=MERCATOR" in lines["KNP"]
    assert f"RA={dataset.RasterXSize},{dataset.RasterYSize},DU=150" in lines["BSB"]
    return Found(box=moved(box, dataset.GetProjection(), 3395), crs=3395, notice=lines["CRR"])


def ozi(path: Path) -> Found:
    """By GDAL's reader of OziExplorer's maps, which knows the zone; texts in the code page of Windows."""
    with zipfile.ZipFile(path) as archive:
        (name,) = [one for one in archive.namelist() if one.endswith(".map")]
        lines, readme = archive.read(name).decode("cp1252").split("\r\n"), archive.read("README.txt").decode()
    dataset, box = placed(f"/vsizip/{path}/{name}", "MAP")
    assert f"IWH,Map Image Width/Height,{dataset.RasterXSize},{dataset.RasterYSize}" in lines
    assert lines[2] == name.replace(".map", ".png")
    code = 32600 + dataset.GetSpatialRef().GetUTMZone()
    return Found(box=box, crs=code, notice=readme)


def _sides(element) -> Box:
    names = {child.tag.rpartition("}")[2]: float(child.text) for child in element}
    return tuple(names[side] for side in ("west", "south", "east", "north"))


def garmin_kmz(path: Path) -> Found:
    """The document by lxml, the tiles by Pillow: within the limits of the devices, side by side without a gap."""
    from lxml import etree
    from PIL import Image

    space = "{http://www.opengis.net/kml/2.2}"
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist()[0] == "doc.kml"
        root = etree.fromstring(archive.read("doc.kml"))
        overlays = list(root.iter(f"{space}GroundOverlay"))
        boxes = [_sides(one.find(f"{space}LatLonBox")) for one in overlays]
        hrefs = [one.findtext(f"{space}Icon/{space}href") for one in overlays]
        tiles = [Image.open(archive.open(href)) for href in hrefs]
        for tile in tiles:
            assert tile.format == "JPEG"
            assert max(tile.size) <= 1024
            assert "progressive" not in tile.info
        assert 1 <= len(tiles) <= 100
        assert sorted(archive.namelist()) == sorted(["doc.kml", *hrefs])
        assert max(tile.convert("L").getextrema()[1] - tile.convert("L").getextrema()[0] for tile in tiles) > 100
    whole = union(boxes)
    areas = [(east - west) * (north - south) for west, south, east, north in boxes]
    assert sum(areas) == pytest.approx((whole[2] - whole[0]) * (whole[3] - whole[1]), rel=1e-6), "no gap"
    pixels = sum(tile.width * tile.height for tile in tiles)
    assert [area / sum(areas) for area in areas] == pytest.approx(
        [tile.width * tile.height / pixels for tile in tiles], rel=1e-6
    )
    assert all(int(one.findtext(f"{space}drawOrder")) >= 50 for one in overlays)
    return Found(box=whole, crs=4326, notice=root.findtext(f".//{space}description"))


def kmz_overlay(path: Path) -> Found:
    """By GDAL's reader of super overlays, which follows the links; by lxml each level covers the whole of it."""
    from lxml import etree

    dataset, box = placed(str(path), "KMLSUPEROVERLAY")
    assert dataset.GetRasterBand(1).GetOverviewCount() >= 1
    assert dataset.GetRasterBand(4).ComputeRasterMinMax(False) == (255, 255), "no tile is missing"
    space, levels = "{http://www.opengis.net/kml/2.2}", {}
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        for name in names:
            if name.endswith(".kml"):
                root = etree.fromstring(archive.read(name))
                for link in root.iter(f"{space}NetworkLink"):
                    href = link.findtext(f"{space}Link/{space}href")
                    assert str(Path("/", name).parent.joinpath(href).resolve())[1:] in names
                for one in root.iter(f"{space}GroundOverlay"):
                    levels.setdefault(name.split("/")[0], []).append(_sides(one.find(f"{space}LatLonBox")))
        notice = etree.fromstring(archive.read("doc.kml")).findtext(f".//{space}description")
    for boxes in levels.values():
        assert union(boxes) == pytest.approx(box, abs=1e-7)
    assert len(levels) == dataset.GetRasterBand(1).GetOverviewCount() + 1
    return Found(box=box, crs=4326, notice=notice)


READERS = {"kap": kap, "ozi": ozi, "garmin_kmz": garmin_kmz, "kmz_overlay": kmz_overlay}
