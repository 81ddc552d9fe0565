"""A network: the streets of an area as a graph that routes can be found in."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from ..osm.tables.map_data import NOTICE
from ..sources.restrictions import Restriction

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class Direction(Enum):
    """Which way vehicles may go along a way, as its nodes are listed; a changing one is open either way by turns."""

    BOTH = "both"
    FORWARD = "forward"
    BACKWARD = "backward"
    CHANGING = "changing"


@dataclass(frozen=True)
class Way:
    """What OpenStreetMap says of a way, which one or more edges are pieces of; texts are empty where it says nothing.

    `kind` is that of the layer table, `spoken` the name in the language asked for. `speeds` are the limits in km/h
    forward and backward, None where there is none or where it follows from the country's law; `limit` is the tag
    itself. `lanes_each` are the lanes forward and backward where they are told apart.
    """

    id: int
    highway: str
    kind: str
    name: str
    spoken: str
    ref: str
    direction: Direction
    speeds: tuple[float | None, float | None]
    lanes: int | None
    bridge: bool
    tunnel: bool
    layer: int
    junction: str
    service: str
    surface: str
    access: str
    motor_vehicle: str
    vehicle: str = ""
    bicycle: str = ""
    foot: str = ""
    limit: str = ""
    lanes_each: tuple[int | None, int | None] = (None, None)


@dataclass(frozen=True, eq=False)
class Nodes:
    """Where edges meet or end.

    `ids` follow from the place alone, so that a node has the same one in every network. `xy` is in the network's CRS.
    `outside` are those beyond the area, where other streets may meet that are not in the network. `degrees` count
    the ends of edges, `parts` number the parts that are joined, 0 the longest; `lights` are those with traffic lights.
    """

    ids: Integers
    lonlat: Floats
    xy: Floats
    outside: Flags
    degrees: Integers
    parts: Integers
    lights: Flags


@dataclass(frozen=True, eq=False)
class Edges:
    """Pieces of ways from node to node, each once, whichever way it may be gone.

    `sources`, `targets` number nodes and `ways` the network's ways; `lengths` are metres on the ellipsoid. The points
    of edge i, both ends among them, are rows `starts[i]` to `starts[i + 1]` of `lonlat` and of `xy` (in the network's
    CRS).
    """

    sources: Integers
    targets: Integers
    ways: Integers
    lengths: Floats
    starts: Integers
    lonlat: Floats
    xy: Floats


@dataclass(frozen=True, eq=False)
class Network:
    """The streets that touch an area, whole up to the next node beyond its edge.

    `part_lengths` are the metres of each part that is joined, the longest first. `crs` is an authority code or a
    definition, `area_wkt` the exact area in it. `date` is the date of the data (ISO 8601) or empty, `source` a human
    name of where they came from, `language` that of the spoken names or empty. `restrictions` are those of turns from
    and to ways that are in the network (see turns.py).
    """

    nodes: Nodes
    edges: Edges
    ways: tuple[Way, ...]
    part_lengths: tuple[float, ...]
    crs: str
    area_wkt: str
    date: str = ""
    source: str = ""
    language: str = ""
    notice: str = NOTICE
    restrictions: tuple[Restriction, ...] = ()
