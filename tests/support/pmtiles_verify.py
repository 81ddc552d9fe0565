"""What `pmtiles verify` looks at, and more, from the specification of PMTiles 3: no library has a check of its own.

Section numbers are those of github.com/protomaps/PMTiles, spec/v3.
"""

import gzip
import json
import math
import struct

HEADER, ROOT = 127, 16_384
_NAMES = (
    "root_offset",
    "root_length",
    "metadata_offset",
    "metadata_length",
    "leaf_offset",
    "leaf_length",
    "data_offset",
    "data_length",
    "addressed",
    "entries",
    "contents",
    "clustered",
    "internal",
    "packing",
    "kind",
    "minzoom",
    "maxzoom",
    "west",
    "south",
    "east",
    "north",
    "zoom",
    "lon",
    "lat",
)
NONE, GZIP, MVT, PNG = 1, 2, 1, 2


def verify(data):
    """Hold an archive to the specification; its header, its metadata, and the ids, offsets, lengths of its tiles."""
    assert data[:8] == b"PMTiles\x03"
    values = struct.unpack_from("<11Q6B4iB2i", data, 8)
    head = dict(zip(_NAMES, values))
    assert struct.calcsize("<11Q6B4iB2i") + 8 == HEADER
    # 3: sections do not overlap, and nothing is left over; the root is read with the header.
    parts = sorted((head[f"{part}_offset"], head[f"{part}_length"]) for part in ("root", "metadata", "leaf", "data"))
    at = HEADER
    for offset, length in parts:
        assert offset == at
        at += length
    assert at == len(data)
    assert head["root_offset"] + head["root_length"] <= ROOT
    assert head["internal"] == GZIP
    said = json.loads(gzip.decompress(_part(data, head["metadata_offset"], head["metadata_length"])))
    assert isinstance(said, dict)
    assert (head["kind"], head["packing"]) in ((MVT, GZIP), (PNG, NONE))
    if head["kind"] == MVT:
        layers = said["vector_layers"]
        assert all({"id", "fields"} <= set(layer) for layer in layers)
        assert len({layer["id"] for layer in layers}) == len(layers)
    tiles = list(_tiles(data, head))
    _counts(head, tiles)
    _places(head, tiles)
    return head, said, [(first, offset, length) for first, _, offset, length in tiles]


def _part(data, offset, length):
    assert offset + length <= len(data)
    return data[offset : offset + length]


def _numbers(data):
    """All numbers of a directory (4.2)."""
    value = shift = 0
    for byte in data:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            yield value
            value = shift = 0
    assert shift == 0


def _entries(packed):
    """The entries of a directory: tile id, run, offset, length (4.2)."""
    numbers = list(_numbers(gzip.decompress(packed)))
    count = numbers[0]
    assert count > 0
    assert len(numbers) == 1 + 4 * count
    steps, runs, lengths, offsets = (numbers[1 + count * column : 1 + count * (column + 1)] for column in range(4))
    tile = end = 0
    for place, (step, run, length, offset) in enumerate(zip(steps, runs, lengths, offsets)):
        tile += step
        # Ids rise; an entry that lies right behind the one before it is told by a nought.
        assert place == 0 or step > 0
        assert length > 0
        assert place > 0 or offset > 0
        start = end if offset == 0 else offset - 1
        end = start + length
        yield tile, run, start, length


def _tiles(data, head):
    """The entries of tiles, whichever directory they are in; leaves are no deeper than one (4.1)."""
    leaves = []
    for tile, run, offset, length in _entries(_part(data, head["root_offset"], head["root_length"])):
        if run:
            yield tile, run, offset, length
            continue
        assert offset + length <= head["leaf_length"]
        leaves.append((offset, length))
        inner = list(_entries(_part(data, head["leaf_offset"] + offset, length)))
        assert inner[0][0] == tile
        assert all(run for _, run, _, _ in inner)
        yield from inner
    assert sum(length for _, length in leaves) == head["leaf_length"]


def _counts(head, tiles):
    """The numbers of the header (3.1); contents lie in the order of tiles, each once and without gaps (3.5)."""
    assert head["entries"] == len(tiles)
    assert head["addressed"] == sum(run for _, run, _, _ in tiles)
    assert head["contents"] == len({offset for _, _, offset, _ in tiles})
    assert head["clustered"] == 1
    end, sizes = 0, {}
    for place, (first, _, offset, length) in enumerate(tiles):
        assert place == 0 or first >= tiles[place - 1][0] + tiles[place - 1][1]
        if offset == end:
            end += length
            sizes[offset] = length
        else:
            assert sizes[offset] == length
    assert end == head["data_length"]


def _places(head, tiles):
    """Zooms, bounds and centre (3.1)."""
    zooms = [zoom_of(tile) for tile in (tiles[0][0], tiles[-1][0] + tiles[-1][1] - 1)]
    assert zooms == [head["minzoom"], head["maxzoom"]]
    west, south, east, north, lon, lat = (head[name] / 1e7 for name in ("west", "south", "east", "north", "lon", "lat"))
    assert -180 <= west < east <= 180
    assert -90 <= south < north <= 90
    assert west <= lon <= east
    assert south <= lat <= north
    assert head["minzoom"] <= head["zoom"] <= head["maxzoom"]
    for first, run, _, _ in tiles:
        for tile in range(first, first + min(run, 50)):
            zoom, x, y = place_of(tile)
            left, right = (column / 2**zoom * 360 - 180 for column in (x, x + 1))
            top, bottom = (math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * row / 2**zoom)))) for row in (y, y + 1))
            hair = 1e-6
            assert left <= east + hair
            assert right >= west - hair
            assert bottom <= north + hair
            assert top >= south - hair


def zoom_of(tile):
    """The zoom of an id (4.1): all lower ones come first."""
    zoom = 0
    while (4 ** (zoom + 1) - 1) // 3 <= tile:
        zoom += 1
    return zoom


def place_of(tile):
    """Zoom, column and row of an id: along Hilbert's curve."""
    zoom = zoom_of(tile)
    rest = tile - (4**zoom - 1) // 3
    x = y = 0
    for level in range(zoom):
        side = 1 << level
        right, down = 1 & (rest // 2), 1 & (rest ^ (rest // 2))
        if down == 0:
            if right:
                x, y = side - 1 - x, side - 1 - y
            x, y = y, x
        x, y = x + side * right, y + side * down
        rest //= 4
    return zoom, x, y
