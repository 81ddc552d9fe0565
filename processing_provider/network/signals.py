"""Which junctions have traffic lights: a light stands at the junction itself, or at the lines before it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from contextlib import closing
from pathlib import Path

import numpy as np
from osgeo import ogr

from ..geo.geometry import from_blob
from ..sources.extract import connect
from .model import Flags, Floats, Nodes

_QUERY = "SELECT geom FROM points_file.points WHERE highway = 'traffic_signals'"
# Metres from a line before a junction to its node, at most.
_REACH = 40.0
_METRES_A_DEGREE = 111_320.0
# Rows of distances that are worked out at once.
_BATCH = 256


def signalled(raw: Path, nodes: Nodes, crossings: Flags) -> Flags:
    """The nodes with lights among the `crossings`, for each light the nearest one."""
    found = np.zeros(len(nodes.ids), bool)
    places, numbers = _lights(raw), np.flatnonzero(crossings)
    if not len(places) or not len(numbers):
        return found
    metres = np.array([np.cos(np.radians(places[:, 1].mean())), 1.0]) * _METRES_A_DEGREE
    there, lights = nodes.lonlat[numbers] * metres, places * metres
    order = np.argsort(there[:, 1], kind="stable")
    there, numbers = there[order], numbers[order]
    for start in range(0, len(lights), _BATCH):
        some = lights[start : start + _BATCH]
        first, last = np.searchsorted(there[:, 1], (some[:, 1].min() - _REACH, some[:, 1].max() + _REACH))
        if first == last:
            continue
        apart = np.linalg.norm(some[:, None] - there[None, first:last], axis=2)
        nearest = apart.argmin(axis=1)
        found[numbers[first + nearest[apart.min(axis=1) <= _REACH]]] = True
    return found


def _lights(raw: Path) -> Floats:
    """The places of all lights that were read, in lon/lat, the southern ones first."""
    with closing(connect(raw)) as database:
        points = [from_blob(blob) for (blob,) in database.execute(_QUERY) if blob]
    places = [(point.GetX(), point.GetY()) for point in points if isinstance(point, ogr.Geometry)]
    return np.array(sorted(places, key=lambda place: place[1]), "f8").reshape(-1, 2)
