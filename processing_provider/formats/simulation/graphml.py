"""GraphML 1.0 (graphml.graphdrawing.org) in the words of OSMnx: a directed graph, an edge for each way it may be gone.

Names, types and units are in `_NODE`, `_EDGE` and `_GRAPH`; what is not known has no `data`. Of a street that is open
both ways, the edge against the order of its nodes is `reversed`, with a geometry of its own.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path
from typing import Iterator, Mapping

import numpy as np

from ...errors import WriteError
from ...network.model import Direction, Floats, Network, Way
from ...text.phrases import readable
from ...text.xml_text import escape, quoteattr
from ..contract import Job, Written
from ..proof_helpers import each_element

_XMLNS = "http://graphml.graphdrawing.org/xmlns"
_GRAPH = {
    "crs": "string", "name": "string", "simplified": "boolean", "notice": "string", "date": "string",
    "source": "string", "parts": "int",
}  # fmt: skip
_NODE = {
    "x": "double", "y": "double", "lon": "double", "lat": "double", "street_count": "int", "part": "int",
    "outside": "boolean",
}  # fmt: skip
_EDGE = {
    "osmid": "long", "highway": "string", "name": "string", "name_spoken": "string", "ref": "string",
    "oneway": "boolean", "reversed": "boolean", "changing": "boolean", "length": "double", "maxspeed": "double",
    "lanes": "int", "bridge": "boolean", "tunnel": "boolean", "layer": "int", "junction": "string",
    "service": "string", "surface": "string", "access": "string", "motor_vehicle": "string", "geometry": "string",
}  # fmt: skip
_TABLES = {"graph": _GRAPH, "node": _NODE, "edge": _EDGE}
# Digits behind the point of degrees (a centimetre) and of metres.
_DEGREES, _METRES = 7, 3
_CHECK_EVERY = 2000


def write(view: Network, path: Path, job: Job) -> Written:
    """All nodes, then all edges, in one graph."""
    digits = _DEGREES if view.crs == "EPSG:4326" else _METRES
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(
            f'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="{_XMLNS}" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
            f'xsi:schemaLocation="{_XMLNS} {_XMLNS}/1.0/graphml.xsd">\n'
        )
        file.writelines(_keys(view))
        file.write('<graph id="streets" edgedefault="directed">\n')
        about = {
            "crs": view.crs.lower() if view.crs.startswith("EPSG:") else view.crs, "name": job.title,
            "simplified": True, "notice": job.notice, "date": view.date, "source": view.source,
            "parts": len(view.part_lengths),
        }  # fmt: skip
        file.write(_data("graph", about) + "\n")
        file.writelines(_nodes(view, digits))
        for line in _edges(view, digits):
            if count % _CHECK_EVERY == 0:
                job.feedback.progress(50 * count / len(view.edges.ways))
            file.write(line)
            count += 1
        file.write("</graph>\n</graphml>\n")
    return Written({"nodes": len(view.nodes.ids), "edges": count})


def _called(name: str, view: Network) -> str:
    """The name of a key: that of the spoken names tells the language."""
    return f"name:{view.language}" if name == "name_spoken" else name


def _keys(view: Network) -> Iterator[str]:
    for kind, table in _TABLES.items():
        for name, value in table.items():
            if name != "name_spoken" or view.language:
                called = quoteattr(_called(name, view))
                yield f'<key id="{kind}_{name}" for="{kind}" attr.name={called} attr.type="{value}"/>\n'


def _data(kind: str, values: Mapping[str, object]) -> str:
    """The `data` elements of all values that there are."""
    return "".join(
        f'<data key="{kind}_{name}">{_text(value)}</data>'
        for name, value in values.items() if value is not None and value != ""
    )  # fmt: skip


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return escape(readable(value)) if isinstance(value, str) else str(value)


def _nodes(view: Network, digits: int) -> Iterator[str]:
    nodes = view.nodes
    columns = (
        nodes.ids.tolist(), np.round(nodes.xy, digits).tolist(), np.round(nodes.lonlat, _DEGREES).tolist(),
        nodes.degrees.tolist(), nodes.parts.tolist(), nodes.outside.tolist(),
    )  # fmt: skip
    for number, (x, y), (lon, lat), degree, part, outside in zip(*columns):
        values = dict(zip(_NODE, (x, y, lon, lat, degree, part, outside)))
        yield f'<node id="{number}">{_data("node", values)}</node>\n'


def _edges(view: Network, digits: int) -> Iterator[str]:
    """An element for each way that each edge may be gone, all numbered."""
    edges, number = view.edges, 0
    starts = edges.starts.tolist()
    columns = zip(
        view.nodes.ids[edges.sources].tolist(), view.nodes.ids[edges.targets].tolist(), edges.ways.tolist(),
        np.round(edges.lengths, _METRES).tolist(),
    )  # fmt: skip
    for edge, (source, target, way, length) in enumerate(columns):
        line = edges.xy[starts[edge] : starts[edge + 1]]
        what = view.ways[way]
        for backward in (False, True):
            if what.direction is (Direction.FORWARD if backward else Direction.BACKWARD):
                continue
            ends = (target, source) if backward else (source, target)
            values = _of_way(what, backward)
            values["length"] = length
            values["geometry"] = _wkt(line[::-1] if backward else line, digits)
            yield f'<edge id="{number}" source="{ends[0]}" target="{ends[1]}">{_data("edge", values)}</edge>\n'
            number += 1


def _of_way(way: Way, backward: bool) -> dict[str, object]:
    """What an edge has of its way; of what is true of few, only that."""
    return {
        "osmid": way.id, "highway": way.highway, "name": way.name, "name_spoken": way.spoken, "ref": way.ref,
        "oneway": way.direction in (Direction.FORWARD, Direction.BACKWARD), "reversed": backward,
        "changing": True if way.direction is Direction.CHANGING else None, "maxspeed": way.speeds[backward],
        "lanes": way.lanes, "bridge": way.bridge or None, "tunnel": way.tunnel or None, "layer": way.layer or None,
        "junction": way.junction, "service": way.service, "surface": way.surface, "access": way.access,
        "motor_vehicle": way.motor_vehicle,
    }  # fmt: skip


def _wkt(line: Floats, digits: int) -> str:
    return "LINESTRING (" + ", ".join(f"{x:.{digits}f} {y:.{digits}f}" for x, y in line.tolist()) + ")"


def prove(path: Path, view: Network, written: Written) -> None:
    """Read it again: well-formed, every node and every edge there, none from or to a node that is not."""
    nodes: set[str] = set()
    found = {"edges": 0, "astray": 0}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "node":
            nodes.add(attributes["id"])
        elif name == "edge":
            found["edges"] += 1
            found["astray"] += not {attributes["source"], attributes["target"]} <= nodes

    each_element(path, start, WriteError("not_proven", "GraphML is not whole."))
    if found["astray"] or {"nodes": len(nodes), "edges": found["edges"]} != written.layers:
        raise WriteError("not_proven", "GraphML has not all nodes and edges.")
