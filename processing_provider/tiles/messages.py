"""The pieces of a table in some tiles as the layers of these tiles.

Facts: Mapbox Vector Tile 2.1 and its vector_tile.proto: a layer has a name (1), features (2), keys (3), values (4), an
extent (5) and a version (15); a feature an id (1), tags (2), a type (3) and a geometry (4).
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Iterator

import numpy as np

from ..osm.ragged import Whole, ragged, starts_of
from . import varints
from .blocks import EXTENT, Pieces
from .chains import Chains
from .mvt import CLOSE, LINE, MOVE, POINTS, POLYGON, entry, varint
from .table import Rows

_BYTES = 2
_NAME, _FEATURE, _KEY, _EXTENT, _VERSION = 1, 2, 3, 5, 15
_ID, _TAGS, _TYPE, _GEOMETRY = (1 << 3, 2 << 3 | _BYTES, 3 << 3, 4 << 3 | _BYTES)
_LAYER = 3
# A move to one point, and the end of a ring.
_ONE, _END = 1 << 3 | MOVE, 1 << 3 | CLOSE


def layers(rows: Rows, pieces: Pieces) -> Iterator[tuple[int, bytes]]:
    """The number of each tile that has any of the pieces, and the layer in it."""
    if not len(pieces.row):
        return
    edges = np.append(np.flatnonzero(np.diff(pieces.tile, prepend=-1)), len(pieces.tile))
    group = np.repeat(np.arange(len(edges) - 1), np.diff(edges))
    keys, values, tags, tag_count = _tags(rows, pieces.row, group, len(edges) - 1)
    data, ends = _features(rows.kind, pieces, tags, tag_count)
    head = entry(_NAME, rows.name.encode("utf-8"))
    tail = bytes([_EXTENT << 3]) + varint(EXTENT) + bytes([_VERSION << 3, 2])
    ends = np.concatenate(([0], ends))[edges].tolist()
    for number, tile in enumerate(pieces.tile[edges[:-1]].tolist()):
        body = b"".join((head, data[ends[number] : ends[number + 1]], keys[number], values[number], tail))
        yield tile, entry(_LAYER, body)


def _tags(rows: Rows, row: Whole, group: Whole, groups: int) -> tuple[list[bytes], list[bytes], Whole, Whole]:
    """Keys and values of each group of pieces, the tags of all pieces, and how many numbers each has of them."""
    said = rows.attributes
    codes = said.codes[row]
    piece, column = np.nonzero(codes >= 0)
    code, owner = codes[piece, column], group[piece]
    used = np.zeros((groups, len(said.names)), bool)
    used[owner, column] = True
    key = (np.cumsum(used, axis=1) - 1)[owner, column]
    names = [entry(_KEY, name.encode("utf-8")) for name in said.names]
    keys = [b"".join(names[place] for place in np.flatnonzero(some)) for some in used]
    count = len(said.begin) - 1
    distinct, which = np.unique(owner * max(count, 1) + code, return_inverse=True)
    of_group, value = np.divmod(distinct, max(count, 1))
    edges = np.searchsorted(of_group, np.arange(groups + 1))
    low, high = said.begin[value], said.begin[value + 1]
    ends = np.concatenate(([0], np.cumsum(high - low)))[edges].tolist()
    data = said.data[ragged(low, high)].tobytes()
    values = [data[start:end] for start, end in zip(ends, ends[1:])]
    tags = np.column_stack((key, which.reshape(-1) - edges[owner])).ravel()
    return keys, values, tags, 2 * np.bincount(piece, minlength=len(row)).astype(np.int64)


def _features(kind: int, pieces: Pieces, tags: Whole, tag_count: Whole) -> tuple[bytes, Whole]:
    """All features one behind the other, and where each ends."""
    shape, shape_count = _commands(kind, pieces.chains, len(pieces.row))
    number = pieces.row + 1
    tag_bytes, shape_bytes = _sums(tags, tag_count), _sums(shape, shape_count)
    body = 1 + varints.sizes(number) + 2 + 1 + varints.sizes(shape_bytes) + shape_bytes
    tagged = tag_count > 0
    body += np.where(tagged, 1 + varints.sizes(tag_bytes) + tag_bytes, 0)
    count = np.full(len(number), len(number))
    fixed = (
        (np.full_like(count, _FEATURE << 3 | _BYTES), body, np.full_like(count, _ID), number),
        (np.full_like(count, _TAGS), tag_bytes),
        (np.full_like(count, _TYPE), np.full_like(count, kind), np.full_like(count, _GEOMETRY), shape_bytes),
    )
    # Heads, tags, heads, geometry: each where it goes in the stream of all numbers.
    sizes = 4 + 2 * tagged + tag_count + 4 + shape_count
    at = starts_of(sizes)
    stream = np.empty(int(sizes.sum()), np.int64)
    for place, values in enumerate(fixed[0]):
        stream[at + place] = values
    at = at + 4
    for place, values in enumerate(fixed[1]):
        stream[at[tagged] + place] = values[tagged]
    at = at + 2 * tagged
    stream[ragged(at, at + tag_count)] = tags
    at = at + tag_count
    for place, values in enumerate(fixed[2]):
        stream[at + place] = values
    at = at + 4
    stream[ragged(at, at + shape_count)] = shape
    lengths = varints.sizes(stream)
    ends: Whole = np.cumsum(lengths)[np.cumsum(sizes) - 1]
    return varints.packed(stream, lengths).tobytes(), ends


def _sums(values: Whole, count: Whole) -> Whole:
    """How many bytes each list of numbers takes."""
    total = np.concatenate(([0], np.cumsum(varints.sizes(values))))
    end = np.cumsum(count)
    result: Whole = total[end] - total[end - count]
    return result


def _commands(kind: int, chains: Chains, pieces: int) -> tuple[Whole, Whole]:
    """The geometries of all pieces as numbers, and how many each has."""
    before = np.zeros_like(chains.points)
    before[1:] = chains.points[:-1]
    start = chains.start
    # The first point of a piece is told from the tile's corner.
    before[start[np.diff(chains.owner, prepend=-1) != 0]] = 0
    steps = varints.folded(chains.points - before).ravel()
    sizes = 2 * chains.count + {POINTS: 1, POLYGON: 3}.get(kind, 2)
    at = starts_of(sizes)
    stream = np.empty(int(sizes.sum()), np.int64)
    # The command of the first point, two numbers of it; that of the others, and these.
    stream[at] = _ONE
    stream[at + 1], stream[at + 2] = steps[2 * start], steps[2 * start + 1]
    if kind != POINTS:
        stream[at + 3] = (chains.count - 1) << 3 | LINE
        rest = ragged(2 * start + 2, 2 * (start + chains.count))
        stream[ragged(at + 4, at + 2 + 2 * chains.count)] = steps[rest]
    if kind == POLYGON:
        stream[at + sizes - 1] = _END
    return stream, np.bincount(chains.owner, weights=sizes, minlength=pieces).astype(np.int64)
