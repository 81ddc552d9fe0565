"""Painted tiles, and what goes with tiles of both kinds: titles, cancel, the layers of a project."""

import json
import sqlite3
import zipfile
from contextlib import closing

import pytest
from tile_exports import FEW, WELLS, own_layers, run

from areas import AREAS, SAMPLE
from osm2cdr.processing_provider.errors import Cancelled
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.request.checks import make_request
from osm2cdr.processing_provider.tiles import archive, grid, model
from osm2cdr.processing_provider.tiles.spool import Spool
from readers import tiles as readers

BOX = AREAS["sample"][1]


def test_no_name_is_cut_at_the_edge_of_a_tile(qgis, tmp_path, monkeypatch):
    """Painted in other squares, the tiles show the same."""
    import numpy as np

    from osm2cdr.processing_provider.tiles import painted

    box = (24.9396, 60.1685, 24.9450, 60.1705)
    (large,) = run(tmp_path / "large", "xyz_tiles", bbox=box)
    monkeypatch.setattr(painted, "SQUARE", 256)
    (small,) = run(tmp_path / "small", "xyz_tiles", bbox=box)
    _, wanted = readers.images(large.path)
    _, tiles = readers.images(small.path)
    assert set(tiles) == set(wanted)
    assert len(tiles) >= 10
    for place, image in tiles.items():
        one, other = (np.asarray(each.convert("RGBA"), int) for each in (image, wanted[place]))
        assert (np.abs(one - other).max(axis=2) > 48).sum() < 20, place


def test_painted_tiles_are_in_the_style_and_end_where_the_area_ends(qgis, tmp_path):
    from osm2cdr.processing_provider.cartography.themes.loading import load_theme

    (result,) = run(tmp_path, "xyz_tiles", style="blueprint")
    texts, tiles = readers.images(result.path)
    land = load_theme("blueprint").color["land"].lstrip("#")
    wanted = tuple(int(land[place : place + 2], 16) for place in (0, 2, 4))
    colors = {}
    for image in tiles.values():
        for count, color in image.convert("RGBA").getcolors(256 * 256):
            colors[color] = colors.get(color, 0) + count
    painted = {color: count for color, count in colors.items() if color[3] == 255}
    assert painted[(*wanted, 255)] > 0.02 * sum(painted.values())
    # Outside there is nothing, not even white.
    assert colors[(0, 0, 0, 0)] > 0
    said = json.loads(texts["tiles.json"])
    assert (said["tilejson"], said["tiles"], said["format"]) == ("3.0.0", ["{z}/{x}/{y}.png"], "png")
    assert said["bounds"] == pytest.approx(FEW)


def test_more_tiles_than_are_painted_are_told(qgis, tmp_path, monkeypatch):
    from osm2cdr.processing_provider.tiles import painted

    told = []
    monkeypatch.setattr(painted, "MOST_PIXELS", 2 * 256 * 256)
    (result,) = run(tmp_path, "xyz_tiles", told)
    texts, _ = readers.images(result.path)
    (text,) = [text for code, text in told if code == "fewer_zooms"]
    assert f"end at zoom {json.loads(texts['tiles.json'])['maxzoom']} " in text


def test_large_tiles_of_a_polygon_show_the_same_and_end_where_it_ends(qgis, tmp_path):
    """Beside it they are transparent, not white, nor the map of what lies there."""
    ring = [[24.9416, 60.1690], [24.9440, 60.1690], [24.9428, 60.1705], [24.9416, 60.1690]]
    options = {"tile_size": 512, "min_zoom": 15, "max_zoom": 16}
    fields = {"bbox": None, "geometry": {"type": "Polygon", "coordinates": [ring]}, "options": options}
    (result,) = run(tmp_path, "mbtiles_raster", **fields)
    said, data = readers.database_tiles(result.path)
    assert (said["minzoom"], said["maxzoom"]) == ("15", "16")
    corners = [((lon + 180) / 360, grid._metres(0, lat)[1]) for lon, lat in ring]
    side = 2**16
    (x0, _), (x1, y0), (_, y1) = corners[0], corners[1], corners[2]
    tiles = {place: image.convert("RGBA") for place, image in readers.opened(data).items() if place[0] == 16}
    assert {image.size for image in tiles.values()} == {(512, 512)}

    def alpha(share, lat):
        column, row = (x0 + share * (x1 - x0)) * side, (grid.HALF - lat) / 2 / grid.HALF * side
        image = tiles[16, int(column), int(row)]
        return image.getpixel((int(column % 1 * 512), int(row % 1 * 512)))[3]

    low, high = y0 + 0.1 * (y1 - y0), y0 + 0.9 * (y1 - y0)
    assert [alpha(share, low) for share in (0.2, 0.5, 0.8)] == [255] * 3
    assert [alpha(share, high) for share in (0.2, 0.5, 0.8)] == [0, 255, 0]
    assert max(len(image.getcolors(2**18)) for image in tiles.values()) > 30


def test_a_hostile_title_is_text(qgis, tmp_path):
    title = '</script><img src=x onerror=alert(1)> "a" & \u202eb'.replace("\u202e", "")
    for result in run(tmp_path, "pmtiles,xyz_tiles,mbtiles,mvt,mbtiles_raster,sqlitedb", title=title):
        if result.format == "pmtiles":
            said = readers.vector_tiles(result.path)[0]
        elif result.format == "sqlitedb":
            with closing(sqlite3.connect(result.path)) as database:
                said = dict(
                    zip(("name", "attribution"), database.execute("SELECT name, attribution FROM info").fetchone())
                )
        elif result.path.suffix == ".mbtiles":
            said = readers.database_tiles(result.path)[0]
        else:
            with zipfile.ZipFile(result.path) as archive:
                said = json.loads(archive.read("tiles.json"))
        assert said["name"] == title
        assert "<" not in said["attribution"]


def test_tiles_of_several_formats_are_painted_once_and_are_the_same(qgis, tmp_path, monkeypatch):
    from osm2cdr.processing_provider.tiles import painted

    squares = []
    real = painted._square
    monkeypatch.setattr(painted, "_square", lambda *words: squares.append(words[1:3]) or real(*words))
    names = ("xyz_tiles", "mbtiles_raster", "pmtiles_raster", "sqlitedb")
    made = {result.format: result.path for result in run(tmp_path, ",".join(names))}
    assert len(squares) == len({(zoom, tuple(tiles)) for zoom, tiles in squares})
    with zipfile.ZipFile(made["xyz_tiles"]) as archive:
        wanted = {
            tuple(int(part) for part in name[:-4].split("/")): archive.read(name)
            for name in archive.namelist() if name.endswith(".png")
        }  # fmt: skip
    assert readers.database_tiles(made["mbtiles_raster"])[1] == wanted
    assert readers.phone_tiles(made["sqlitedb"])[1] == wanted
    from pmtiles.reader import MemorySource, all_tiles

    assert dict(all_tiles(MemorySource(made["pmtiles_raster"].read_bytes()))) == wanted


def test_a_spool_that_was_left_in_the_middle_begins_anew(tmp_path):
    tiles = [model.Tile(1, x, 0, bytes([x]) * x) for x in range(2)]
    spool = Spool(lambda feedback: iter(tiles), tmp_path / "spool")
    next(spool(Feedback()))
    for _ in range(3):
        assert list(spool(Feedback())) == tiles


def test_a_source_that_is_called_like_markup_is_no_markup():
    view = model.Tiles(model.PAINTED, grid.grid_of(BOX, 256, 3), {}, {}, lambda feedback: iter(()))
    assert archive.about(view, "T", "source: <b>&.pbf")["attribution"] == "source: &lt;b&gt;&amp;.pbf"


@pytest.mark.parametrize("name", ["pmtiles", "xyz_tiles"])
def test_cancel_is_heard_while_tiles_are_made(qgis, tmp_path, name):
    from osm2cdr.processing_provider.pipeline import run as pipeline

    words = {"pmtiles": "packing tiles", "xyz_tiles": "painting zoom"}[name]
    stopped = []

    def progress(_percent, _step, text):
        if text.startswith(words):
            stopped.append(text)

    fields = {"bbox": FEW, "formats": name, "detail": 5, "source": str(SAMPLE)}
    with pytest.raises(Cancelled):
        pipeline.run(make_request(fields), tmp_path, Feedback(progress, None, lambda: bool(stopped)))
    assert stopped
    assert not list(tmp_path.iterdir())


def test_layers_of_a_project_become_tiles(qgis, tmp_path):
    """With their own names and columns, at one detail; each is at every zoom."""
    own_layers(tmp_path, "pmtiles", "xyz_tiles")
    said, header, tiles = readers.vector_tiles(next(tmp_path.glob("*.pmtiles")))
    assert {layer["id"] for layer in said["vector_layers"]} == {"Колодцы_x", "Pipes"}
    zooms = {zoom for (zoom, _, _), layers in tiles.items() if "Колодцы_x" in layers}
    assert zooms == set(range(header["min_zoom"], header["max_zoom"] + 1))
    found = {
        item["id"]: item["properties"]
        for (zoom, _, _), layers in tiles.items() if zoom == header["max_zoom"]
        for item in layers.get("Колодцы_x", {"features": []})["features"]
    }  # fmt: skip
    wanted = [{"id": number, "a name": text} for number, text in WELLS]
    assert sorted(found.values(), key=lambda values: values["id"]) == wanted
    _, images = readers.images(next(tmp_path.glob("*.zip")))
    assert max(len(image.convert("RGBA").getcolors(256 * 256)) for image in images.values()) > 5
