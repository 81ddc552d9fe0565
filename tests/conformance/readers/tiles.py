"""Tiles: the pmtiles library with mapbox-vector-tile, Pillow."""

import io
import json
import zipfile
from collections import Counter
from pathlib import Path

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
    import gzip

    import mapbox_vector_tile
    from pmtiles.reader import MemorySource, Reader, all_tiles

    source = MemorySource(path.read_bytes())
    reader = Reader(source)
    options = {"y_coord_down": True}
    tiles = {place: mapbox_vector_tile.decode(gzip.decompress(data), default_options=options)
             for place, data in all_tiles(source)}  # fmt: skip
    return reader.metadata(), reader.header(), tiles


def pmtiles(path: Path) -> Found:
    """Objects at the highest zoom, each once however many tiles it lies in; names of all zooms."""
    said, header, tiles = vector_tiles(path)
    found, boxes, seen = Found(crs=3857, notice=said["attribution"] + said["description"]), [], set()
    for (zoom, x, y), layers in tiles.items():
        left, top, side = origin(zoom, x, y)
        for name, layer in layers.items():
            assert (layer["version"], layer["extent"]) == (2, EXTENT)
            for item in layer["features"]:
                found.texts |= {item["properties"].get("name") or ""}
                if zoom == header["max_zoom"]:
                    seen.add((name, item["id"]))
                    xs, ys = zip(*points(item["geometry"]))
                    boxes.append((left + min(xs) / EXTENT * side, top - max(ys) / EXTENT * side,
                                  left + max(xs) / EXTENT * side, top - min(ys) / EXTENT * side))  # fmt: skip
    found.layers = dict(Counter(name for name, _ in seen))
    found.box = union(boxes)
    return found


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


def xyz_tiles(path: Path) -> Found:
    """The box is that of all pixels of the highest zoom that are not transparent."""
    texts, tiles = images(path)
    said = json.loads(texts["tiles.json"])
    boxes, colors = [], 0
    for (zoom, x, y), image in tiles.items():
        assert image.size == (256, 256)
        assert said["minzoom"] <= zoom <= said["maxzoom"]
        shown = image.convert("RGBA")
        colors = max(colors, len(shown.getcolors(256 * 256)))
        inside = shown.getchannel("A").getbbox()
        if zoom == said["maxzoom"] and inside:
            left, top, side = origin(zoom, x, y)
            west, north, east, south = (value / 256 * side for value in inside)
            boxes.append((left + west, top - south, left + east, top - north))
    assert colors > 100
    return Found(box=union(boxes), crs=3857, notice=texts["README.txt"] + said["attribution"])


READERS = {"pmtiles": pmtiles, "xyz_tiles": xyz_tiles}
