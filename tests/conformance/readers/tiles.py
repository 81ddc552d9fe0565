"""Tiles: the pmtiles library with mapbox-vector-tile, SQLite, Pillow, GDAL."""

import gzip
import io
import json
import sqlite3
import zipfile
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from readers.found import Found, union

HALF = 20_037_508.342789244
EXTENT = 4096


def origin(zoom, x, y):
    """The upper left corner of a tile in EPSG:3857, and its side."""
    side = 2 * HALF / 2**zoom
    return x * side - HALF, HALF - y * side, side


def points(geometry):
    """All points of a geometry as GeoJSON has it."""
    coordinates = geometry["coordinates"]
    if geometry["type"] == "Point":
        return [coordinates]
    flat = coordinates
    while flat and isinstance(flat[0][0], (list, tuple)):
        flat = [point for part in flat for point in part]
    return flat


def vector_tiles(path: Path):
    """The metadata and header of a PMTiles file, and its tiles decoded: ((zoom, x, y), layers)."""
    import mapbox_vector_tile
    from pmtiles.reader import MemorySource, Reader, all_tiles

    source = MemorySource(path.read_bytes())
    reader = Reader(source)
    options = {"y_coord_down": True}
    tiles = {place: mapbox_vector_tile.decode(gzip.decompress(data), default_options=options)
             for place, data in all_tiles(source)}  # fmt: skip
    return reader.metadata(), reader.header(), tiles


def objects(tiles, highest, notice) -> Found:
    """Objects at the highest zoom, each once however many tiles it lies in; names of all zooms."""
    found, boxes, seen = Found(crs=3857, notice=notice), [], set()
    for (zoom, x, y), layers in tiles.items():
        left, top, side = origin(zoom, x, y)
        for name, layer in layers.items():
            assert (layer["version"], layer["extent"]) == (2, EXTENT)
            for item in layer["features"]:
                found.texts |= {item["properties"].get("name") or ""}
                # A point for each name of an area is there beside the area.
                if zoom == highest and name != "area_names":
                    seen.add((name, item["id"]))
                    xs, ys = zip(*points(item["geometry"]))
                    boxes.append((left + min(xs) / EXTENT * side, top - max(ys) / EXTENT * side,
                                  left + max(xs) / EXTENT * side, top - min(ys) / EXTENT * side))  # fmt: skip
    found.layers = dict(Counter(name for name, _ in seen))
    found.box = union(boxes)
    return found


def pmtiles(path: Path) -> Found:
    """By the library of the format's makers."""
    said, header, tiles = vector_tiles(path)
    return objects(tiles, header["max_zoom"], said["attribution"] + said["description"])


def database_tiles(path: Path):
    """The metadata of an MBTiles file, and its tiles by (zoom, x, y), rows southwards."""
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA application_id").fetchone() == (0x4D504258,)
        said = dict(database.execute("SELECT name, value FROM metadata"))
        rows = database.execute("SELECT zoom_level, tile_column, tile_row, tile_data FROM tiles").fetchall()
    assert {"name", "format", "bounds", "center", "minzoom", "maxzoom", "attribution", "type"} <= set(said)
    return said, {(zoom, x, 2**zoom - 1 - y): data for zoom, x, y, data in rows}


def mbtiles(path: Path) -> Found:
    """By SQLite and mapbox-vector-tile; its layers by GDAL."""
    import mapbox_vector_tile
    from osgeo import gdal

    said, tiles = database_tiles(path)
    options = {"y_coord_down": True}
    decoded = {at: mapbox_vector_tile.decode(gzip.decompress(data), default_options=options)
               for at, data in tiles.items()}  # fmt: skip
    found = objects(decoded, int(said["maxzoom"]), said["attribution"] + said["description"])
    dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR)
    names = [dataset.GetLayer(place).GetName() for place in range(dataset.GetLayerCount())]
    assert names == [layer["id"] for layer in json.loads(said["json"])["vector_layers"]]
    assert set(found.layers) <= set(names)
    return found


def mvt(path: Path) -> Found:
    """By zipfile and mapbox-vector-tile: no tile is packed, as no server says so."""
    import mapbox_vector_tile

    options, tiles = {"y_coord_down": True}, {}
    with zipfile.ZipFile(path) as archive:
        said = json.loads(archive.read("tiles.json"))
        text = archive.read("README.txt").decode("utf-8")
        for name in archive.namelist():
            if name.endswith(".pbf") and name[0].isdigit():
                at = tuple(int(part) for part in name[:-4].split("/"))
                tiles[at] = mapbox_vector_tile.decode(archive.read(name), default_options=options)
    assert said["tiles"] == ["{z}/{x}/{y}.pbf"]
    return objects(tiles, said["maxzoom"], text + said["attribution"])


def images(path: Path):
    """What lies beside painted tiles, and the tiles by (zoom, x, y) as Pillow's images."""
    from PIL import Image

    with zipfile.ZipFile(path) as archive:
        texts = {name: archive.read(name).decode("utf-8") for name in archive.namelist() if not name.endswith(".png")}
        tiles = {
            tuple(int(part) for part in name[:-4].split("/")): Image.open(io.BytesIO(archive.read(name)))
            for name in archive.namelist() if name.endswith(".png")
        }  # fmt: skip
    return texts, tiles


def painted(tiles, lowest, highest, notice) -> Found:
    """The box is that of all pixels of the highest zoom that are not transparent."""
    boxes, colors = [], 0
    for (zoom, x, y), image in tiles.items():
        assert image.size == (256, 256)
        assert lowest <= zoom <= highest
        shown = image.convert("RGBA")
        colors = max(colors, len(shown.getcolors(256 * 256)))
        inside = shown.getchannel("A").getbbox()
        if zoom == highest and inside:
            left, top, side = origin(zoom, x, y)
            west, north, east, south = (value / 256 * side for value in inside)
            boxes.append((left + west, top - south, left + east, top - north))
    assert colors > 100
    return Found(box=union(boxes), crs=3857, notice=notice)


def opened(tiles):
    """Bytes as Pillow's images."""
    from PIL import Image

    return {at: Image.open(io.BytesIO(data)) for at, data in tiles.items()}


def xyz_tiles(path: Path) -> Found:
    """By zipfile and Pillow."""
    texts, tiles = images(path)
    said = json.loads(texts["tiles.json"])
    return painted(tiles, said["minzoom"], said["maxzoom"], texts["README.txt"] + said["attribution"])


def mbtiles_raster(path: Path) -> Found:
    """By SQLite and Pillow; GDAL finds the same zooms and where it lies."""
    from osgeo import gdal

    said, tiles = database_tiles(path)
    lowest, highest = int(said["minzoom"]), int(said["maxzoom"])
    dataset = gdal.Open(str(path))
    assert dataset.GetGeoTransform()[1] == pytest.approx(2 * HALF / 2**highest / 256)
    return painted(opened(tiles), lowest, highest, said["attribution"])


def pmtiles_raster(path: Path) -> Found:
    """By the library of the format's makers and Pillow."""
    from pmtiles.reader import MemorySource, Reader, all_tiles

    source = MemorySource(path.read_bytes())
    reader = Reader(source)
    header = reader.header()
    assert header["tile_type"].name == "PNG"
    return painted(opened(dict(all_tiles(source))), header["min_zoom"], header["max_zoom"],
                   reader.metadata()["attribution"])  # fmt: skip


def phone_tiles(path: Path):
    """What a database for phones says of itself, and its tiles by (zoom, x, y), as OsmAnd's page has it."""
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        (said,) = database.execute("SELECT * FROM info").fetchall()
        rows = database.execute("SELECT x, y, z, image FROM tiles").fetchall()
    assert (said["tilenumbering"], said["tilesize"], said["ellipsoid"]) == ("BigPlanet", 256, 0)
    return said, {(17 - z, x, y): image for x, y, z, image in map(tuple, rows)}


def sqlitedb(path: Path) -> Found:
    """By SQLite and Pillow."""
    said, tiles = phone_tiles(path)
    return painted(opened(tiles), 17 - said["maxzoom"], 17 - said["minzoom"], said["attribution"])


def page_data(path: Path):
    """What a page holds as JSON, by the names of its elements, and all of its text."""
    from lxml import html

    text = path.read_text(encoding="utf-8")
    tree = html.fromstring(text)
    found = tree.xpath("//script[@type='application/json']")
    return tree, {one.get("id"): json.loads(one.text) for one in found}


def leaflet(path: Path) -> Found:
    """By lxml and JSON; a browser opens it in tests/browser."""
    tree, data = page_data(path)
    tables = {name.partition("-")[2]: value for name, value in data.items() if name.startswith("table-")}
    assert {table["name"] for table in data["tables"]} == set(tables)
    found, boxes = Found(crs=4326, notice=tree.xpath("//meta[@name='rights']/@content")[0]), []
    for name, collection in tables.items():
        found.layers[name] = len(collection["features"])
        for item in collection["features"]:
            found.texts.add(item["properties"].get("name"))
            xs, ys = zip(*(point[:2] for point in points(item["geometry"])))
            boxes.append((min(xs), min(ys), max(xs), max(ys)))
    found.box = union(boxes)
    assert data["about"]["credit"] == found.notice
    return found


READERS = {
    "pmtiles": pmtiles, "mbtiles": mbtiles, "mvt": mvt, "xyz_tiles": xyz_tiles, "mbtiles_raster": mbtiles_raster,
    "pmtiles_raster": pmtiles_raster, "sqlitedb": sqlitedb, "leaflet": leaflet,
}  # fmt: skip
