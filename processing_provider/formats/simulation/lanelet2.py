"""Lanelet2 maps (github.com/fzi-forschungszentrum-informatik/Lanelet2, "LaneletAndAreaTagging") as OSM XML.

A lanelet is a lane from junction to junction, or a way from lane to lane through one. Its bounds are ways, which
lanes beside each other share; lanelets that follow each other share the last nodes of their bounds, so that routes
are found. All is flat.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Mapping, TextIO

import numpy as np
from osgeo import ogr

from ...errors import WriteError
from ...geo.projection import WGS84, transformation
from ...network.carriageways import Carriageways, carriageways
from ...network.junctions import Connections, connections
from ...network.lane_edges import points_of, road_edges, way_edges
from ...network.model import Floats, Network
from ...network.side import keeps_left
from ...text.phrases import readable
from ...text.sentence import say
from ...text.xml_text import escape, quoteattr
from ..contract import Job, Written
from ..proof_helpers import each_element

_CHECK_EVERY = 500
# Radians from which a way through a junction is a turn.
_TURN = 0.6
_BORDER = {"type": "road_border"}
_DASHED = {"type": "line_thin", "subtype": "dashed"}
_UNSEEN = {"type": "virtual"}


def write(view: Network, path: Path, job: Job) -> Written:
    """Nodes, then ways, then the lanelets."""
    metres = _metres(view)
    roads = carriageways(replace(view, edges=replace(view.edges, xy=_moved(view.edges.lonlat, WGS84, metres))))
    left = keeps_left(view, job.options.get("drive_side"))
    met = connections(roads, left)
    made = _Map(roads, met, left)
    made.streets(job)
    made.ways_through()
    with path.open("w", encoding="utf-8", newline="\n") as file:
        made.save(file, metres, job.credit)
    written = Written({"lanelets": made.lanelets, "connections": len(met.nodes)})
    if roads.left_out:
        written.warnings.append(
            say("{0} pieces of paths that are not for cars are left out of {1}.", roads.left_out, say(job.format.name))
        )
    return written


def _metres(view: Network) -> str:
    """Metres round the middle of the area."""
    west, east, south, north = ogr.CreateGeometryFromWkt(view.area_wkt).GetEnvelope()
    lat, lon = (south + north) / 2, (west + east) / 2
    return f"+proj=tmerc +lat_0={lat:.6f} +lon_0={lon:.6f} +k=1 +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs"


def _moved(places: Floats, source: str, target: str) -> Floats:
    way = transformation(source, target)
    if way is None or not len(places):
        return places
    return np.array(way.TransformPoints(places.tolist()))[:, :2]


class _Map:
    """Nodes, ways and lanelets as they come; ids are counted from 1 through all three."""

    def __init__(self, roads: Carriageways, met: Connections, left: bool) -> None:
        self._roads, self._met, self._left = roads, met, left
        self._nodes: list[Floats] = []
        self._count = 0
        self._texts: list[str] = []
        self._relations: list[tuple[int, int, dict[str, str]]] = []
        # The first and last node of each line along each carriageway.
        self._ends: list[list[tuple[int, int]]] = []
        self._number = 0
        self.lanelets = 0

    def _add(self, places: Floats) -> list[int]:
        """New nodes."""
        self._nodes.append(places)
        first = self._count + 1
        self._count += len(places)
        return list(range(first, self._count + 1))

    def _way(self, nodes: list[int], tags: Mapping[str, str]) -> int:
        """A way, whose number is its own among ways."""
        self._number += 1
        inside = "".join(f'<nd ref="{node}"/>' for node in nodes)
        self._texts.append(_object("way", self._number, inside, tags))
        return self._number

    def streets(self, job: Job) -> None:
        """The lanes of all carriageways."""
        roads, points = self._roads, points_of(self._roads.curves)
        for number, way in enumerate(roads.ways):
            if number % _CHECK_EVERY == 0:
                job.feedback.progress(60 * number / len(roads.ways))
            lines = road_edges(roads, points, number, self._left)
            along, against = roads.lanes[number].tolist()
            ways, ends = [], []
            for at, line in enumerate(lines):
                nodes = self._add(line)
                ends.append((nodes[0], nodes[-1]))
                ways.append(self._way(nodes, _BORDER if at in (0, len(lines) - 1) else _DASHED))
            self._ends.append(ends)
            for back, count in ((0, along), (1, against)):
                for lane in range(count):
                    inner, outer = self._edges(number, back, lane)
                    self._lanelet(ways[inner], ways[outer], number, back, name=readable(way.name or way.ref))

    def _edges(self, road: int, back: int, lane: int) -> tuple[int, int]:
        """Which lines of a carriageway are the inner and outer edge of a lane."""
        parted = int(self._roads.lanes[road, 1])
        return (parted - lane, parted - lane - 1) if back else (parted + lane, parted + lane + 1)

    def _lanelet(self, inner: int, outer: int, road: int, back: int, kmh: float = 0.0, **tags: str) -> None:
        roads = self._roads
        way = roads.ways[road]
        users = {"participant:bus": "yes"} if way.highway == "busway" else {"participant:vehicle": "yes"}
        bounds = (outer, inner) if self._left else (inner, outer)
        self._relations.append((*bounds, {
            "type": "lanelet", "subtype": "road", "location": "urban" if roads.town[road] else "nonurban",
            "one_way": "yes", "speed_limit": f"{kmh or roads.kmh[road, back]:.0f} km/h", **users,
            **{key: value for key, value in tags.items() if value},
        }))  # fmt: skip
        self.lanelets += 1

    def ways_through(self) -> None:
        """The ways from lane to lane; the nodes of their ends are those of the lanes."""
        met, points = self._met, points_of(self._met.curves)
        for number in range(len(met.nodes)):
            lines = way_edges(self._roads, met, points, number, self._left)
            (here, there), back, lanes = met.roads[number], met.backward[number], met.lanes[number]
            first, last = self._edges(here, back[0], lanes[0]), self._edges(there, back[1], lanes[1])
            ways: list[int] = []
            for at, line in enumerate(lines):
                begin = self._ends[here][first[at]][0 if back[0] else 1]
                end = self._ends[there][last[at]][1 if back[1] else 0]
                ways.append(self._way([begin, *self._add(line[1:-1]), end], _UNSEEN))
            kmh = min(self._roads.kmh[here, back[0]], self._roads.kmh[there, back[1]])
            self._lanelet(ways[0], ways[1], here, back[0], kmh, turn_direction=_turn(lines[0]))

    def save(self, file: TextIO, metres: str, credit: str) -> None:
        """Write all of it; nodes and ways are counted apart, as OpenStreetMap does."""
        places = _moved(np.concatenate(self._nodes), metres, WGS84)
        file.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6" generator="osm2cdr" upload="false">\n'
            f"<note>{escape(readable(credit))}</note>\n"
        )
        file.writelines(
            f'<node id="{number}" visible="true" version="1" lat="{lat:.9f}" lon="{lon:.9f}">'
            '<tag k="ele" v="0"/></node>\n'
            for number, (lon, lat) in enumerate(places.tolist(), 1)
        )
        file.writelines(self._texts)
        for number, (left, right, tags) in enumerate(self._relations, self._number + 1):
            inside = "".join(
                f'<member type="way" ref="{ref}" role="{role}"/>' for ref, role in ((left, "left"), (right, "right"))
            )
            file.write(_object("relation", number, inside, tags))
        file.write("</osm>\n")


def _object(kind: str, number: int, inside: str, tags: Mapping[str, str]) -> str:
    more = "".join(f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in tags.items())
    return f'<{kind} id="{number}" visible="true" version="1">{inside}{more}</{kind}>\n'


def _turn(line: Floats) -> str:
    """Whether a way through a junction goes left, right or on."""
    first, last = line[1] - line[0], line[-1] - line[-2]
    turned = float(np.arctan2(first[0] * last[1] - first[1] * last[0], first @ last))
    return "straight" if abs(turned) < _TURN else "left" if turned > 0 else "right"


def prove(path: Path, view: Network, written: Written) -> None:
    """Read it again: well-formed, all lanelets there, every node and way that is named exists."""
    there: dict[str, set[str]] = {"node": set(), "way": set(), "relation": set()}
    astray = 0

    def start(tag: str, values: dict[str, str]) -> None:
        nonlocal astray
        if tag in there:
            there[tag].add(values["id"])
        elif tag in ("nd", "member"):
            astray += values["ref"] not in there["node" if tag == "nd" else "way"]

    each_element(path, start, WriteError("not_proven", "The Lanelet2 map is not whole."))
    if astray or len(there["relation"]) != written.layers["lanelets"]:
        raise WriteError("not_proven", "The Lanelet2 map has not all lanelets.")
