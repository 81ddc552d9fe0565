"""The places of a source by name: pieces of one street are one place, and each is told apart by where it lies."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any, Iterable, Iterator

import numpy as np
import shapely

from ...processing_provider.osm.store import keeper
from ...processing_provider.osm.store.layout import Blocks, Header
from ..domain.places import Place
from ..store.opening import has_places, keep_places
from .place_rows import KINDS, NUMBERS, Named, read

# Pieces of one name that are nearer than this (degrees of longitude and latitude) are one place.
_GAP = (0.008, 0.005)
# A square is drawn with the street that crosses it, and a street goes on as a path: one place, like its largest piece.
_SAME = ("square", "street", "path")
# What a place is told apart by, the larger first.
_SETTLEMENTS = (("city", "town"), ("city", "town", "suburb", "village", "quarter"))
# A segment's coordinates are moved beyond those of the one before: more than the world is wide.
_APART = 1000.0


def ensure(source: Path, state: str, folder: Path) -> None:
    """Make the places of a source that has a store, unless they are there; OSError, StoreError, BrokenStoreError."""
    if has_places(folder, state):
        return
    store = keeper.find(source)
    if store is None:
        return
    with closing(store):
        keep_places(folder, state, places_of(store.header, store.blocks))


def places_of(header: Header, blocks: Blocks) -> Iterator[tuple[Place, tuple[str, ...]]]:
    """What people look for in a store, what matters most first, each with all its names."""
    found = read(header, blocks)
    if not found.names:
        return
    name, kind, boxes, people = _merged(found)
    keep = ~_doubled(name, kind, boxes)
    name, kind, boxes, people = name[keep], kind[keep], boxes[keep], people[keep]
    sizes = (boxes[:, 1] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 2])
    insides = _insides(found, name, kind, boxes)
    for at in np.lexsort((-sizes, -people, kind)).tolist():
        number = int(name[at])
        west, east, south, north = (round(float(side), 6) for side in boxes[at])
        spoken = found.spoken.get(number, {})
        place = Place(found.names[number], KINDS[int(kind[at])][0], insides[at], spoken, (west, south, east, north))
        yield place, (found.names[number], *found.others.get(number, ()))


def _merged(found: Named) -> tuple[Any, Any, Any, Any]:
    """Name, kind, box and people of each place: rows of one name and kind that lie near each other are one."""
    name, kind = np.array(found.name), np.array(found.kind)
    boxes, people = np.array(found.boxes, float).reshape(-1, 4), np.array(found.people)
    families = np.arange(len(KINDS))
    families[_numbers(_SAME)] = NUMBERS[_SAME[0]]
    groups = np.unique(name * len(KINDS) + families[kind], return_inverse=True)[1]
    # Where a street turns a corner, one axis parts what another has together.
    for axis in (0, 1, 0, 1):
        groups = _parted(groups, boxes[:, 2 * axis], boxes[:, 2 * axis + 1], _GAP[axis])
    extents = np.maximum(boxes[:, 1] - boxes[:, 0], boxes[:, 3] - boxes[:, 2])
    order = np.lexsort((-extents, groups))
    starts = np.flatnonzero(np.diff(groups[order], prepend=-1))
    low = np.minimum.reduceat(boxes[order], starts)
    high = np.maximum.reduceat(boxes[order], starts)
    sides = np.stack([low[:, 0], high[:, 1], low[:, 2], high[:, 3]], axis=1)
    first = order[starts]
    return name[first], kind[first], sides, np.maximum.reduceat(people[order], starts)


def _parted(groups: Any, low: Any, high: Any, gap: float) -> Any:
    """Groups once more parted where nothing of one reaches over `gap` along an axis; numbered from 0."""
    order = np.lexsort((low, groups))
    shift = groups[order] * _APART
    starts, reached = low[order] + shift, np.maximum.accumulate(high[order] + shift)
    begins = np.ones(len(order), bool)
    begins[1:] = (starts[1:] > reached[:-1] + gap) | (np.diff(groups[order]) > 0)
    parted = np.empty(len(order), np.int64)
    parted[order] = np.cumsum(begins) - 1
    return parted


def _doubled(name: Any, kind: Any, boxes: Any) -> Any:
    """Which administrative areas are there as a settlement of the same name already, that lies in them."""
    areas = np.flatnonzero(kind == NUMBERS["area"])
    settled = np.flatnonzero(np.isin(kind, _numbers(_SETTLEMENTS[1])))
    by_name: dict[int, list[int]] = {}
    for at in settled.tolist():
        by_name.setdefault(int(name[at]), []).append(at)
    doubled = np.zeros(len(name), bool)
    for at in areas.tolist():
        west, east, south, north = boxes[at]
        doubled[at] = any(
            west <= boxes[other, 0] <= east and south <= boxes[other, 2] <= north
            for other in by_name.get(int(name[at]), ())
        )
    return doubled


def _numbers(words: Iterable[str]) -> list[int]:
    return [NUMBERS[word] for word in words]


def _insides(found: Named, name: Any, kind: Any, boxes: Any) -> list[str]:
    """The settlement that each lies in or near: of a part of a town the town, of what lies there the part and the town;
    empty where there is none, or where it is one itself."""
    points = np.stack([boxes[:, :2].mean(axis=1), boxes[:, 2:].mean(axis=1)], axis=1)
    # As far as one degree of longitude is wide there.
    points[:, 0] *= np.cos(np.radians(points[:, 1].mean()))
    large, small = (_nearest(points, np.flatnonzero(np.isin(kind, _numbers(words)))) for words in _SETTLEMENTS)
    towns, settled = (np.isin(kind, _numbers(words)) for words in _SETTLEMENTS)
    texts = []
    for at in range(len(name)):
        chosen = [] if towns[at] else [large[at]] if settled[at] else [small[at], large[at]]
        names = (found.names[int(name[other])] for other in chosen if other >= 0)
        texts.append(", ".join(text for text in dict.fromkeys(names) if text != found.names[int(name[at])]))
    return texts


def _nearest(points: Any, chosen: Any) -> Any:
    """The nearest of the chosen to each of the points, -1 where there are none."""
    if not len(chosen):
        return np.full(len(points), -1)
    tree = shapely.STRtree(shapely.points(points[chosen]))
    return chosen[tree.nearest(shapely.points(points))]
