"""Tiles: zooms by the area, each at the detail level that suits it, vector and painted, in their archives."""

import gzip
import random

import pytest
from tile_exports import FEW, run

from areas import AREAS
from osm2cdr.processing_provider.errors import WriteError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.tiles import archive, budget, grid, model, mvt, pmtiles
from readers import tiles as readers

BOX = AREAS["sample"][1]


@pytest.fixture(scope="module")
def vector(export):
    """The sample as vector tiles: what is said of them, and the tiles."""
    said, _, tiles = readers.vector_tiles(export("sample")["pmtiles"].path)
    return said, tiles


def test_the_name_of_an_area_is_one_point_however_many_tiles_it_lies_in(vector):
    """And in it; the table's own pieces keep the name for those who look at them."""
    said, tiles = vector
    assert "area_names" in [layer["id"] for layer in said["vector_layers"]]
    top = max(zoom for zoom, _, _ in tiles)
    at, pieces = {}, {}
    for (zoom, x, y), layers in tiles.items():
        for item in layers.get("area_names", {"features": []})["features"] if zoom == top else ():
            column, row = item["geometry"]["coordinates"]
            assert item["geometry"]["type"] == "Point"
            # What stands in a tile's margin is its neighbour's.
            if 0 <= column < 4096 and 0 <= row < 4096:
                at.setdefault((item["properties"]["of"], item["properties"]["name"]), []).append((x, y))
        for item in layers.get("green", {"features": []})["features"] if zoom == top else ():
            pieces.setdefault(("green", item["properties"].get("name")), {})[item["id"], x, y] = item
    parks = {key: {number for number, _, _ in some} for key, some in pieces.items() if key[1]}
    assert any(len(some) > len(parks[key]) for key, some in pieces.items() if key in parks)
    assert {key: len(numbers) for key, numbers in parks.items()} == {
        key: len(places) for key, places in at.items() if key[0] == "green"
    }


def test_the_numbers_of_tiles_are_those_of_pmtiles():
    from pmtiles.tile import zxy_to_tileid

    chance = random.Random(1)
    for zoom in [*range(20)] * 50:
        x, y = chance.randrange(2**zoom), chance.randrange(2**zoom)
        assert grid.tile_id(zoom, x, y) == zxy_to_tileid(zoom, x, y)


@pytest.mark.parametrize(
    ("box", "size", "detail", "zooms"),
    [
        # A quarter of a town, a county, the largest area; tiles of 512 pixels and of 256.
        (BOX, 512, 5, (12, 15)), (BOX, 256, 5, (13, 16)), (BOX, 512, 3, (11, 13)), (BOX, 512, 1, (11, 13)),
        (BOX, 512, 6, (12, 16)), ((9.47, 47.04, 9.64, 47.27), 512, 4, (9, 14)), ((13, 52, 15, 53), 512, 2, (6, 11)),
        ((-180, -90, 180, 90), 512, 1, (0, 9)), ((24.94, 60.17, 24.94001, 60.17001), 256, 3, (15, 17)),
    ],
)  # fmt: skip
def test_zooms_follow_from_the_area_and_the_detail_level(box, size, detail, zooms):
    chosen = grid.grid_of(box, size, detail)
    assert (chosen.minzoom, chosen.maxzoom) == zooms
    levels = [grid.suited(zoom, size, detail) for zoom in chosen.zooms]
    assert levels == sorted(levels)
    assert levels[-1] == detail
    # The area is seen whole at first.
    assert chosen.count(chosen.minzoom) <= 4


def test_a_limit_of_tiles_takes_the_highest_zooms():
    whole, held = grid.grid_of(BOX, 256, 5), grid.grid_of(BOX, 256, 5, most=5)
    assert whole.count(whole.maxzoom) > 5
    assert held.maxzoom < whole.maxzoom
    assert held.count(held.maxzoom) <= 5 < whole.count(held.maxzoom + 1)


@pytest.mark.parametrize(
    ("asked", "zooms"),
    [((0, 0), (12, 15)), ((10, 0), (10, 15)), ((0, 13), (11, 13)), ((14, 18), (14, 18)), ((17, 0), (17, 17)),
     ((0, 3), (1, 3))],
)  # fmt: skip
def test_zooms_that_are_asked_for(asked, zooms):
    chosen = grid.grid_of(BOX, 512, 5, asked=asked)
    assert (chosen.minzoom, chosen.maxzoom) == zooms
    assert [grid.suited(zoom, 512, 5) for zoom in chosen.zooms][-1] <= 5


def test_more_tiles_than_there_may_be_are_not_made_whatever_is_asked_for():
    chosen = grid.grid_of(BOX, 512, 5, most=100, asked=(20, 20))
    assert chosen.minzoom == chosen.maxzoom
    assert chosen.count(chosen.maxzoom) <= 100 < grid.Grid(BOX, 0, 30, 512).count(chosen.maxzoom + 1)


def test_a_viewer_begins_with_the_area_whole():
    for size in (256, 512):
        view = model.Tiles(model.PAINTED, grid.grid_of(BOX, size, 5, asked=(3, 0)), {}, {}, lambda feedback: iter(()))
        _, _, zoom = view.centre
        xmin, _, xmax, _ = view.grid.mercator
        assert 256 < (xmax - xmin) / view.grid.unit(zoom) <= 1024


@pytest.mark.parametrize("power", [0, 1, 2, 3])
def test_squares_come_along_the_curve_and_have_every_tile_once(power):
    chosen = grid.grid_of((9.47, 47.04, 9.64, 47.27), 256, 3)
    seen = [
        grid.tile_id(zoom, *tile) for zoom in chosen.zooms for square in chosen.blocks(zoom, power) for tile in square
    ]
    assert seen == sorted(set(seen))
    assert len(seen) == sum(chosen.count(zoom) for zoom in chosen.zooms)


def test_each_zoom_has_the_detail_level_that_suits_it(vector, export):
    """Tables by zoom are those of the levels' own data; nothing is finer than the zoom can show."""
    from osm2cdr.processing_provider.tiles.grid import CRS, suited

    _, tiles = vector
    stages = export("sample").stages
    zooms = sorted({zoom for zoom, _, _ in tiles})
    assert zooms == [12, 13, 14, 15]
    for zoom in zooms:
        seen = {}
        for (at, _, _), layers in tiles.items():
            for name, layer in layers.items() if at == zoom else ():
                seen.setdefault(name, set()).update(item["id"] for item in layer["features"])
        data = stages.data(CRS, Feedback(), level=suited(zoom, 512, 5))
        wanted = {table.name: table.features for table in data.tables}
        # Rounded to the tile's units some of the smallest fall to nothing, on the highest zoom none.
        assert set(seen) <= {*wanted, "area_names"}
        for name, count in wanted.items():
            assert count * (1 if zoom == 15 else 0.95) <= len(seen[name]) <= count, (zoom, name)
    trees = {zoom for (zoom, _, _), layers in tiles.items() if "trees" in layers}
    assert trees == {15}


def test_what_is_said_of_layers_is_what_they_are(vector):
    said, tiles = vector
    listed = {layer["id"]: layer for layer in said["vector_layers"]}
    for (zoom, _, _), layers in tiles.items():
        for name, layer in layers.items():
            assert listed[name]["minzoom"] <= zoom <= listed[name]["maxzoom"], name
            for item in layer["features"]:
                assert set(item["properties"]) <= set(listed[name]["fields"])
                for key, value in item["properties"].items():
                    kind = listed[name]["fields"][key]
                    assert isinstance(value, str) == (kind == "String"), (name, key)
    # In drawing order, the bottom one first.
    order = list(listed)
    assert order.index("land") < order.index("buildings") < order.index("roads") < order.index("places")
    assert listed["buildings"]["description"] == "Buildings"


def test_attributes_and_texts_are_whole(vector, export):
    """Against the GeoPackage, by the objects' own numbers."""
    import sqlite3

    _, tiles = vector
    database = sqlite3.connect(export("sample")["gpkg"].path)
    database.row_factory = sqlite3.Row
    compared = 0
    for name in ("roads", "pois", "buildings"):
        rows = {(row["osm_type"], row["osm_id"]): row for row in database.execute(f'SELECT * FROM "{name}"')}
        for (zoom, _, _), layers in tiles.items():
            for item in layers.get(name, {"features": []})["features"] if zoom == 15 else ():
                said = item["properties"]
                row = rows[said["osm_type"], said["osm_id"]]
                wanted = {
                    key: row[key] for key in tuple(row.keys()) if key not in ("fid", "geom") and row[key] is not None
                }
                assert said == pytest.approx(wanted)
                compared += 1
    assert compared > 500


def test_a_tile_is_the_same_taken_apart_and_put_together(export):
    import mapbox_vector_tile
    from pmtiles.reader import MemorySource, all_tiles

    for _, data in all_tiles(MemorySource(export("sample")["pmtiles"].path.read_bytes())):
        whole = gzip.decompress(data)
        again = mvt.tile(mvt.layers(whole))
        assert mapbox_vector_tile.decode(again) == mapbox_vector_tile.decode(whole)
        assert mvt.names(whole) == {part.name for part in mvt.layers(whole)}


def test_a_tile_that_is_too_large_loses_small_things_first_and_tells(qgis, tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr(budget, "MOST", 3000)
    result, same, tables = run(tmp_path, "pmtiles,mvt,gpkg", told)
    assert (result.error, same.error) == (None, None)
    (text,) = [text for code, text in told if code == "tiles_too_large"]
    # It is so of all formats of these tiles, though they were made once.
    assert (text in result.told, text in same.told, text in tables.told) == (True, True, False)
    _, _, tiles = readers.vector_tiles(result.path)
    from pmtiles.reader import MemorySource, all_tiles

    assert max(len(data) for _, data in all_tiles(MemorySource(result.path.read_bytes()))) <= 3000
    names = {name for layers in tiles.values() for name in layers}
    assert {"land", "places"} & names
    # What is told is what is gone.
    lost = int(text.split("without ")[1].split()[0])
    monkeypatch.undo()
    (whole,) = run(tmp_path / "whole", "pmtiles")
    before = sum(
        len(layer["features"]) for layers in readers.vector_tiles(whole.path)[2].values() for layer in layers.values()
    )
    after = sum(len(layer["features"]) for layers in tiles.values() for layer in layers.values())
    assert before - after == lost > 0


def test_a_large_number_of_tiles_has_leaf_directories(tmp_path):
    from pmtiles.reader import MmapSource, Reader, all_tiles

    chosen = grid.Grid((0.0, 0.0, 40.0, 40.0), 0, 10, 256)
    places = [(zoom, x, y) for zoom in chosen.zooms for part in chosen.blocks(zoom, 3) for x, y in part]
    tiles = [model.Tile(*place, str(place).encode() if sum(place) % 3 else b"sea") for place in places]
    view = model.Tiles(model.PAINTED, chosen, {}, {}, lambda feedback: iter(tiles))
    path = tmp_path / "large.pmtiles"
    archive.fill(pmtiles.PmTiles(path), view, archive.about(view, "T", "C"), Feedback())
    assert len(tiles) > 10_000
    with path.open("rb") as file:
        source = MmapSource(file)
        reader = Reader(source)
        header = reader.header()
        assert header["leaf_directory_length"] > 0
        assert header["root_offset"] + header["root_length"] <= 16_384
        assert header["addressed_tiles_count"] == len(tiles)
        assert header["tile_contents_count"] == len({tile.data for tile in tiles})
        assert dict(all_tiles(source)) == {tile[:3]: tile.data for tile in tiles}
        assert reader.get(10, tiles[-1].x, tiles[-1].y) == tiles[-1].data
    assert sum(1 for _ in pmtiles.contents(path, 10)) > 1000


@pytest.mark.parametrize("cut", [60, 500, -1])
def test_a_cut_off_file_of_tiles_is_not_taken(export, tmp_path, cut):
    whole = export("sample")["pmtiles"].path.read_bytes()
    path = tmp_path / "cut.pmtiles"
    path.write_bytes(whole[:cut])
    with pytest.raises(WriteError, match="PMTiles"):
        list(pmtiles.contents(path, 15))


def test_areas_that_are_polygons_have_tiles_inside_alone(qgis, tmp_path):
    ring = [[24.9416, 60.1690], [24.9440, 60.1690], [24.9428, 60.1705], [24.9416, 60.1690]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    (result,) = run(tmp_path, "pmtiles", bbox=None, geometry=geometry)
    _, header, tiles = readers.vector_tiles(result.path)
    west, south, east, north = FEW
    middle = (north + south) / 2
    for (zoom, x, y), layers in tiles.items():
        left, top, side = readers.origin(zoom, x, y)
        for layer in layers.values() if zoom == header["max_zoom"] else ():
            for item in layer["features"]:
                for px, py in readers.points(item["geometry"]):
                    lon = (left + px / 4096 * side) / readers.HALF * 180
                    lat = top - py / 4096 * side
                    # Above the middle the triangle is less than half as wide.
                    if lat > grid._metres(0, middle)[1] + 1:
                        assert west + 0.25 * (east - west) - 1e-5 <= lon <= east - 0.25 * (east - west) + 1e-5
