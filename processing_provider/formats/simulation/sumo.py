"""SUMO's plain XML (sumo.dlr.de, "PlainXML"): nodes, edges, types and signals, of which netconvert makes one net.

Nodes and shapes are in metres of the UTM zone, less an offset that the nodes file tells: where netconvert 1.18, Debian
13's, projects them itself, it stops at an assertion of its own about their angles. It builds the junctions. An edge is
a direction of a street, called by the number of its way and a running one (`-` before it against the order of its
nodes). Nodes where more streets may follow that are not in the network have `fringe="outer"`.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import tempfile
import xml.parsers.expat
import zipfile
from collections import Counter
from pathlib import Path
from typing import Iterable, Iterator

import numpy as np

from ...errors import WriteError
from ...geo.projection import spatial_reference
from ...network.driving import (
    BIKE,
    BUS,
    FOOT,
    KINDS,
    MOTOR,
    OTHER,
    Kind,
    Users,
    in_town,
    is_for_cars,
    kmh,
    lanes,
    users,
)
from ...network.loops import without_loops
from ...network.model import Direction, Floats, Network, Way
from ...network.side import keeps_left
from ...text.phrases import readable
from ...text.sentence import say
from ...text.xml_text import quoteattr
from ..archive import pack, prove_members
from ..contract import Job, Written

_NODES = ".nod.xml"
# SUMO's classes of vehicles for each group of users, and for who alone uses a private street.
_CLASSES = {
    MOTOR: "private emergency authority army vip passenger hov taxi delivery truck trailer motorcycle moped evehicle "
    "custom1 custom2",
    BUS: "bus coach", BIKE: "bicycle", FOOT: "pedestrian",
}  # fmt: skip
_PRIVATE = "private emergency authority army delivery"
_OTHER = "other"
_DEGREES, _METRES = 8, 2
# The offset is a round number of metres.
_ROUND = 1000
_CHECK_EVERY = 2000


def write(view: Network, path: Path, job: Job) -> Written:
    """The files of the network, and the configuration that makes one net of them."""
    view, name = without_loops(view), job.name
    streets = _Streets(view)
    with tempfile.TemporaryDirectory(dir=path.parent) as work:
        folder = Path(work)
        _save(
            folder / f"{name}.typ.xml", "types", job, (_type(kind, KINDS.get(kind, OTHER)) for kind in (*KINDS, _OTHER))
        )
        _save(folder / f"{name}.nod.xml", "nodes", job, _nodes(view))
        count = _save(folder / f"{name}.edg.xml", "edges", job, streets.edges(job))
        (folder / f"{name}.netccfg").write_text(
            _configuration(name, keeps_left(view, job.options.get("drive_side"))), encoding="utf-8"
        )
        told = say(
            "A network for SUMO as plain XML. {0} makes {1} of it, which sumo, sumo-gui and duarouter open.",
            f"netconvert -c {name}.netccfg",
            f"{name}.net.xml",
        )
        pack(folder, path, view, job, told)
    return Written({"nodes": len(view.nodes.ids), "edges": count})


def _save(path: Path, root: str, job: Job, lines: Iterable[str]) -> int:
    """A file of the elements; how many these are."""
    credit, count = readable(job.credit).replace("--", "- -"), 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- {credit} -->\n<{root}>\n')
        for line in lines:
            file.write(line)
            count += 1
        file.write(f"</{root}>\n")
    return count


def _allowed(groups: Users) -> str:
    """SUMO's classes of vehicles for groups of users; of a street that is nobody's, those that have business there."""
    return " ".join(_CLASSES[group] for group in _CLASSES if group in groups) or _PRIVATE


def _type(name: str, kind: Kind) -> str:
    return _element(
        "type", id=name, priority=kind.priority, numLanes=kind.lanes, speed=_speed(kind.town), width=kind.width,
        allow=_allowed(kind.users),
    )  # fmt: skip


def _speed(kmh: float) -> float:
    return round(kmh / 3.6, _METRES)


def _offset(view: Network) -> Floats:
    """What places are counted from, in metres."""
    corner: Floats = np.floor(view.nodes.xy.min(axis=0) / _ROUND) * _ROUND
    return corner


def _nodes(view: Network) -> Iterator[str]:
    """Where the net lies in the world, then the nodes."""
    nodes, offset = view.nodes, _offset(view)
    places, degrees = nodes.xy - offset, nodes.lonlat
    yield _element(
        "location", netOffset=_pair(-offset), convBoundary=_pair(*places.min(axis=0), *places.max(axis=0)),
        origBoundary=_pair(*degrees.min(axis=0), *degrees.max(axis=0), digits=_DEGREES),
        projParameter=spatial_reference(view.crs).ExportToProj4(),
    )  # fmt: skip
    columns = np.round(places, _METRES).tolist(), nodes.lights.tolist(), nodes.outside.tolist()
    for number, ((x, y), lit, outside) in enumerate(zip(*columns)):
        more = {"type": "traffic_light"} if lit else {}
        yield _element("node", id=number, x=x, y=y, **more, **({"fringe": "outer"} if outside else {}))


def _pair(*values: Floats | float, digits: int = _METRES) -> str:
    return ",".join(f"{value:.{digits}f}" for value in np.ravel(np.hstack(values)).tolist())


class _Streets:
    """The edges, an element for each way that each may be gone."""

    def __init__(self, view: Network) -> None:
        cars = np.array([is_for_cars(way) for way in view.ways])[view.edges.ways]
        self._view, self._town = view, in_town(view.nodes, view.edges, cars)
        self._count: Counter[int] = Counter()

    def edges(self, job: Job) -> Iterator[str]:
        edges, offset = self._view.edges, _offset(self._view)
        columns = zip(edges.sources.tolist(), edges.targets.tolist(), edges.ways.tolist(), self._town.tolist())
        for edge, (source, target, number, town) in enumerate(columns):
            if edge % _CHECK_EVERY == 0:
                job.feedback.progress(50 * edge / len(edges.ways))
            way = self._view.ways[number]
            line = edges.xy[edges.starts[edge] : edges.starts[edge + 1]] - offset
            name = f"{way.id}#{self._count[way.id]}"
            self._count[way.id] += 1
            on_foot = not users(way) & {MOTOR, BUS, BIKE}
            if on_foot or way.direction is not Direction.BACKWARD:
                yield self._edge(name, source, target, way, False, town, line)
            if on_foot or way.direction is not Direction.FORWARD:
                yield self._edge(f"-{name}", target, source, way, True, town, line[::-1])

    @staticmethod
    def _edge(name: str, source: int, target: int, way: Way, backward: bool, town: bool, line: Floats) -> str:
        kind = way.highway if way.highway in KINDS else _OTHER
        count = max(lanes(way)[backward], 1)
        both = all(lanes(way))
        shape = " ".join(f"{x:.{_METRES}f},{y:.{_METRES}f}" for x, y in line.tolist())
        called = {"name": readable(way.name or way.ref)} if way.name or way.ref else {}
        return _element(
            "edge", id=name, **{"from": source}, to=target, type=kind, numLanes=count,
            speed=_speed(kmh(way, backward, town)), allow=_allowed(users(way)),
            spreadType="right" if both else "center", shape=shape, **called,
        )  # fmt: skip


def _element(tag: str, **values: object) -> str:
    return f"    <{tag} " + " ".join(f"{key}={quoteattr(str(value))}" for key, value in values.items()) + "/>\n"


def _configuration(name: str, left: bool) -> str:
    """What netconvert is asked for: the side that traffic keeps to, names, and nothing left out."""
    groups = {
        "input": {
            "node-files": f"{name}.nod.xml", "edge-files": f"{name}.edg.xml", "type-files": f"{name}.typ.xml",
        },
        "output": {"output-file": f"{name}.net.xml", "output.street-names": "true"},
        "processing": {"lefthand": str(left).lower(), "no-turnarounds.except-deadend": "true"},
    }  # fmt: skip
    lines = [
        f"    <{group}>\n" + "".join(f"        <{key} value={quoteattr(value)}/>\n" for key, value in values.items())
        + f"    </{group}>\n" for group, values in groups.items()
    ]  # fmt: skip
    return '<?xml version="1.0" encoding="UTF-8"?>\n<configuration>\n' + "".join(lines) + "</configuration>\n"


def prove(path: Path, view: Network, written: Written) -> None:
    """Read it again: each file well-formed, all nodes and edges there, none from or to a node that is not."""
    with zipfile.ZipFile(path) as archive:
        stem = next((name[: -len(_NODES)] for name in archive.namelist() if name.endswith(_NODES)), "")
        prove_members(path, [stem + end for end in (_NODES, ".edg.xml", ".typ.xml", ".netccfg")], "SUMO")
        found = {"nodes": 0, "edges": 0}
        astray, nodes = 0, set()

        def start(tag: str, values: dict[str, str]) -> None:
            nonlocal astray
            if tag == "node":
                nodes.add(values["id"])
            elif tag == "edge":
                found["edges"] += 1
                astray += not {values["from"], values["to"]} <= nodes

        try:
            for end in (_NODES, ".edg.xml", ".typ.xml", ".netccfg"):
                parser = xml.parsers.expat.ParserCreate()
                parser.StartElementHandler = start
                with archive.open(stem + end) as file:
                    parser.ParseFile(file)
        except xml.parsers.expat.ExpatError as error:
            raise WriteError("not_proven", "SUMO's files are not whole.") from error
    found["nodes"] = len(nodes)
    if astray or found != written.layers:
        raise WriteError("not_proven", "SUMO's files have not all nodes and edges.")
