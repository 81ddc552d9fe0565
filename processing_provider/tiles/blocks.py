"""The rows of a table cut into the tiles of a square, each whole where it lies inside a tile and its margin."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..osm.ragged import Flags, Floats, Whole, ragged, starts_of
from . import clip, sound
from .chains import Chains, together
from .mvt import LINES, POINTS, POLYGON
from .table import Rows

EXTENT, BUFFER = 4096, 80


@dataclass(frozen=True)
class Pieces:
    """What lies in some tiles: piece `p` is of row `row[p]`, in the tile of number `tile[p]`; they are in the order of
    tiles, and in a tile in that of rows. `chains` count from the corner of the piece's tile, their owners are pieces.
    """

    row: Whole
    tile: Whole
    chains: Chains


def touching(box: Whole, side: int) -> tuple[Whole, Whole, Whole, Whole]:
    """First column and row, last column and row of the squares whose inside, with the margin, boxes (n, 4) touch."""
    low, high = (box[:, :2] - BUFFER) // side, -((-box[:, 2:] - BUFFER) // side) - 1
    return low[:, 0], low[:, 1], high[:, 0], high[:, 1]


def _within(box: Whole, shape: tuple[int, ...]) -> tuple[Whole, Whole, Whole, Whole]:
    """The same of tiles, as far as a square of so many columns and rows goes."""
    x0, y0, x1, y1 = touching(box, EXTENT)
    return np.maximum(x0, 0), np.maximum(y0, 0), np.minimum(x1, shape[0] - 1), np.minimum(y1, shape[1] - 1)


def pairs(spans: tuple[Whole, Whole, Whole, Whole]) -> tuple[Whole, Whole, Whole]:
    """Who, column and row, for each column and row of each span."""
    x0, y0, x1, y1 = spans
    wide, high = np.maximum(x1 - x0 + 1, 0), np.maximum(y1 - y0 + 1, 0)
    count = wide * high
    who = np.repeat(np.arange(len(x0)), count)
    within = ragged(np.zeros_like(count), count)
    down, across = np.divmod(within, np.maximum(wide, 1)[who])
    return who, x0[who] + across, y0[who] + down


def units(values: Floats, zoom: int) -> Whole:
    """Parts of the world as whole units of a zoom."""
    result: Whole = np.rint(values * float(EXTENT << zoom)).astype(np.int64)
    return result


def cut(rows: Rows, some: Whole, zoom: int, corner: tuple[int, int], order: Whole) -> Pieces:
    """Some rows of a table in the tiles of a square.

    `corner` is its first column and row; `order` (columns, rows) says which number each of its tiles has, -1 where it
    is not wanted.
    """
    whole = _near(rows, some, zoom, corner, order.shape)
    # Rows that have nothing left.
    present, whole_owner = np.unique(whole.owner, return_inverse=True)
    whole = Chains(whole_owner, whole.count, whole.outer, whole.points)
    box = _boxes(whole)
    who, column, down = pairs(_within(box, order.shape))
    tile = order[column, down]
    chosen = np.flatnonzero(tile >= 0)
    chosen = chosen[np.argsort(tile[chosen] * (len(present) + 1) + who[chosen], kind="stable")]
    who, tile, at = who[chosen], tile[chosen], np.column_stack((column, down))[chosen] * EXTENT
    low, high = at - BUFFER, at + EXTENT + BUFFER
    inside = ((box[who, :2] >= low) & (box[who, 2:] <= high)).all(axis=1)
    found = _of_shapes(whole, who, np.flatnonzero(inside))
    if not inside.all() and rows.kind != POINTS:
        crossing = np.flatnonzero(~inside)
        if rows.kind == POLYGON:
            part = _of_shapes(whole, who, crossing)
            part = clip.rings(part, low[part.owner], high[part.owner])
        else:
            part = _lines(whole, who, crossing, low, high, order.shape)
        found = together([found, part])
    found = found.moved(-at[found.owner])
    found = sound.polygons(found) if rows.kind == POLYGON else sound.lines(found) if rows.kind == LINES else found
    kept, owner = np.unique(found.owner, return_inverse=True)
    return Pieces(some[present[who[kept]]], tile[kept], Chains(owner, found.count, found.outer, found.points))


def _near(rows: Rows, some: Whole, zoom: int, corner: tuple[int, int], shape: tuple[int, ...]) -> Chains:
    """Some rows, counted from the corner of a square; areas only as far as that goes."""
    chains = ragged(rows.first[some], rows.first[some + 1])
    owner = np.repeat(np.arange(len(some)), rows.first[some + 1] - rows.first[some])
    start = starts_of(rows.count)[chains]
    count = rows.count[chains]
    at = np.array(corner) * EXTENT
    points = units(rows.points[ragged(start, start + count)], zoom) - at
    found = Chains(owner, count, rows.outer[chains], points)
    if rows.kind == LINES:
        return sound.lines(found)
    if rows.kind == POINTS:
        return found
    low, high = np.full(2, -BUFFER), np.array(shape) * EXTENT + BUFFER
    box = units(rows.box[some], zoom) - np.tile(at, 2)
    beyond = ((box[:, :2] < low) | (box[:, 2:] > high)).any(axis=1)[owner]
    if beyond.any():
        part = found.only(beyond)
        edges = np.tile(low, (len(part.owner), 1)), np.tile(high, (len(part.owner), 1))
        found = together([found.only(~beyond), clip.rings(part, *edges)])
    return _filled(found)


def _filled(rings: Chains) -> Chains:
    """Rings of polygons whose outer ring has points; without them it has no holes either."""
    part = np.cumsum(rings.outer)
    alive = np.zeros(int(part.max(initial=0)) + 1, bool)
    alive[part[rings.outer & (rings.count > 0)]] = True
    return rings.only(alive[part] & (rings.count > 0))


def _boxes(whole: Chains) -> Whole:
    if not len(whole.owner):
        return np.zeros((0, 4), np.int64)
    start = whole.start[np.flatnonzero(np.diff(whole.owner, prepend=-1))]
    return np.column_stack((np.minimum.reduceat(whole.points, start), np.maximum.reduceat(whole.points, start)))


def _of_shapes(whole: Chains, who: Whole, pieces: Whole) -> Chains:
    """The chains of the shapes of some pieces, whose numbers become the owners."""
    edges = np.searchsorted(whole.owner, np.arange(int(whole.owner.max(initial=-1)) + 2))
    low, high = edges[who[pieces]], edges[who[pieces] + 1]
    return whole.taken(ragged(low, high), np.repeat(pieces, high - low))


def _lines(whole: Chains, who: Whole, pieces: Whole, low: Whole, high: Whole, shape: tuple[int, ...]) -> Chains:
    """The pieces of lines in tiles that they leave: of each only those stretches are looked at that are near a tile."""
    crossing: Flags = np.zeros(len(whole.owner), bool)
    crossing[np.isin(whole.owner, who[pieces])] = True
    part = whole.only(crossing)
    segment, chain = clip.segments(part)
    a, b = part.points[segment], part.points[segment + 1]
    which, column, down = pairs(_within(np.column_stack((np.minimum(a, b), np.maximum(a, b))), shape))
    # The piece of each stretch in each tile, where there is one.
    at = (low[pieces] + BUFFER) // EXTENT
    known = (who[pieces] * shape[0] + at[:, 0]) * shape[1] + at[:, 1]
    sorter = np.argsort(known)
    asked = (part.owner[chain[which]] * shape[0] + column) * shape[1] + down
    place = sorter[np.minimum(np.searchsorted(known, asked, sorter=sorter), len(known) - 1)]
    hit = known[place] == asked
    piece, which = pieces[place[hit]], which[hit]
    order = np.argsort(piece, kind="stable")
    piece, which = piece[order], which[order]
    return clip.lines(part, segment[which], chain[which], piece, low[piece], high[piece])
