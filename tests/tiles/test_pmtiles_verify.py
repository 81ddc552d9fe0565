"""PMTiles archives held to the specification, byte by byte, and archives with a fault that are not taken."""

import struct

import pytest
from pmtiles_verify import HEADER, place_of, verify

from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.tiles import archive, grid, model, pmtiles


@pytest.mark.parametrize("name", ["pmtiles", "pmtiles_raster"])
def test_archives_are_as_the_specification_has_them(export, name):
    head, said, tiles = verify(export("sample")[name].path.read_bytes())
    assert len(tiles) > 5
    assert "OpenStreetMap" in said["attribution"]
    assert all(head["minzoom"] <= place_of(tile)[0] <= head["maxzoom"] for tile, _, _ in tiles)


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """An archive with leaf directories and runs of equal tiles."""
    chosen = grid.Grid((0.0, 0.0, 40.0, 40.0), 0, 10, 256)
    places = [(zoom, x, y) for zoom in chosen.zooms for part in chosen.blocks(zoom, 3) for x, y in part]
    tiles = [model.Tile(*place, str(place).encode() if sum(place) % 3 else b"sea") for place in places]
    view = model.Tiles(model.PAINTED, chosen, {}, {}, lambda feedback: iter(tiles))
    path = tmp_path_factory.mktemp("large") / "large.pmtiles"
    archive.fill(pmtiles.PmTiles(path), view, archive.about(view, "T", "C"), Feedback())
    return path.read_bytes(), [tile[:3] for tile in tiles]


def test_leaves_and_runs_are_as_well(large):
    data, places = large
    head, _, tiles = verify(data)
    assert head["leaf_length"] > 0
    assert head["contents"] < head["entries"] <= head["addressed"] == len(places)
    assert place_of(tiles[0][0]) == places[0]


@pytest.mark.parametrize("field", [*range(11), 19, 20])
def test_a_number_of_the_header_that_is_wrong_is_found(large, field):
    data, _ = large
    form = "<11Q6B4iB2i"
    values = list(struct.unpack_from(form, data, 8))
    # A box that ends beside its tiles.
    values[field] = values[field] + 1 if field < 11 else -values[field] - 10
    with pytest.raises((AssertionError, OSError, ValueError, EOFError, IndexError, KeyError)):
        verify(data[:8] + struct.pack(form, *values) + data[HEADER:])
