"""OpenDRIVE 1.6 (ASAM): roads with lanes, and junctions whose connecting roads lead from lane to lane.

A road lies along its street of OpenStreetMap from junction to junction, its reference line in the middle of all lanes
and its lane offset where the two directions part; corners are rounded, so that no line has a kink. A connecting road
has one lane, whose inner edge is its reference line. All is flat, in metres round the middle of the area.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path
from typing import Iterator, TextIO

import numpy as np

from ...errors import WriteError
from ...geo.projection import spatial_reference
from ...network.carriageways import Carriageways, carriageways
from ...network.junctions import Connections, connections, middle
from ...network.model import Network, Way
from ...network.side import keeps_left
from ...text.phrases import readable
from ...text.sentence import say
from ...text.xml_text import quoteattr
from ..contract import Job, Written
from ..proof_helpers import each_element
from .opendrive_parts import bridges, plan_view, signals
from .opendrive_parts import lane as lane_of

_CHECK_EVERY = 1000
_TYPES = {
    "motorway": "motorway", "motorway_link": "motorway", "trunk": "townExpressway", "trunk_link": "townExpressway",
    "living_street": "townPlayStreet", "service": "townPrivate", "primary": "townArterial",
    "secondary": "townArterial", "tertiary": "townCollector",
}  # fmt: skip


def write(view: Network, path: Path, job: Job) -> Written:
    """Roads, then connecting roads, then junctions."""
    roads = carriageways(view)
    left = keeps_left(view, job.options.get("drive_side"))
    met = connections(roads, left)
    maker = _Maker(roads, met, left, job)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<OpenDRIVE>\n')
        file.write(_header(view, roads, job))
        maker.roads(file)
        file.writelines(maker.connecting_roads())
        file.writelines(maker.controllers())
        count = 0
        for text in maker.junctions():
            file.write(text)
            count += 1
        file.write("</OpenDRIVE>\n")
    written = Written({"roads": len(roads.ways), "connections": len(met.nodes), "junctions": count})
    if roads.left_out:
        text = say(
            "{0} pieces of paths that are not for cars are left out of {1}.", roads.left_out, say(job.format.name)
        )
        written.warnings.append(text)
    return written


def _header(view: Network, roads: Carriageways, job: Job) -> str:
    xy = roads.curves.places
    (west, south), (east, north) = xy.min(axis=0), xy.max(axis=0)
    proj = spatial_reference(view.crs).ExportToProj4()
    # A name of at most so many letters: readers keep it in short fields.
    return (
        f'<header revMajor="1" revMinor="6" name={quoteattr(readable(job.title)[:200])} version="1.00" '
        f'date={quoteattr(view.date)} north="{north:.3f}" south="{south:.3f}" east="{east:.3f}" west="{west:.3f}" '
        f'vendor="osm2cdr">\n<geoReference><![CDATA[{proj}]]></geoReference>\n'
        f'<userData code="notice" value={quoteattr(readable(job.credit))}/>\n</header>\n'
    )


class _Maker:
    """The elements of one network."""

    def __init__(self, roads: Carriageways, met: Connections, left: bool, job: Job) -> None:
        self._roads, self._met, self._left, self._job = roads, met, left, job
        self._joined = set(met.nodes.tolist())
        self._rule = "LHT" if left else "RHT"
        lit = roads.network.nodes.lights
        self._lit = set(roads.junctions[lit].tolist())
        self._signals: dict[int, list[int]] = {}

    def roads(self, file: TextIO) -> None:
        """The carriageways."""
        roads, job = self._roads, self._job
        totals, apart = roads.curves.totals.tolist(), middle(roads, self._left).tolist()
        ends = roads.junctions[roads.sources].tolist(), roads.junctions[roads.targets].tolist()
        rows = zip(*ends, roads.lanes.tolist(), roads.widths.tolist())
        for number, (source, target, lanes, width) in enumerate(rows):
            if number % _CHECK_EVERY == 0:
                job.feedback.progress(70 * number / len(totals))
            way = roads.ways[number]
            links = "".join(
                f'<{word} elementType="junction" elementId="{node}"/>'
                for word, node in (("predecessor", source), ("successor", target)) if node in self._joined
            )  # fmt: skip
            file.write(
                self._head(number, totals[number], -1, readable(way.name or way.ref)) + f"<link>{links}</link>\n"
            )
            limits = roads.kmh[number].tolist()
            file.write(_type_of(way, bool(roads.town[number]), limits[0] if lanes[0] else limits[1]))
            file.write(plan_view(roads.curves, number))
            file.write(self._lanes(way, lanes, width, apart[number], limits))
            file.write(bridges(way, number, totals[number]))
            file.write(self._lights(number, source, target, lanes, width, apart[number], totals[number]))
            file.write("</road>\n")

    def _head(self, number: int, length: float, junction: int, name: str = "") -> str:
        called = f" name={quoteattr(name)}" if name else ""
        return f'<road rule="{self._rule}"{called} length="{length:.6f}" id="{number}" junction="{junction}">\n'

    def _lane_id(self, backward: int, lane: int) -> int:
        """Lanes that go along the line are right of it, where traffic keeps right."""
        return (lane + 1) * (1 if bool(backward) != self._left else -1)

    def _lanes(self, way: Way, lanes: list[int], width: float, apart: float, kmh: list[float]) -> str:
        kind = "bus" if way.highway == "busway" else "driving"
        made = sorted(
            (
                (self._lane_id(back, lane), lane_of(self._lane_id(back, lane), kind, (width, 0, 0, 0), kmh[back],
                 mark="broken" if lane + 1 < lanes[back] else "solid"))
                for back in (0, 1) for lane in range(lanes[back])
            ), reverse=True,
        )  # fmt: skip
        center = "broken" if all(lanes) else "solid"
        return _section(made, center, apart)

    def _lights(
        self, number: int, source: int, target: int, lanes: list[int], width: float, apart: float, total: float
    ) -> str:
        made = []
        for back, node in ((0, target), (1, source)):
            if lanes[back] and node in self._lit and node in self._joined:
                signal = 2 * number + back
                self._signals.setdefault(node, []).append(signal)
                aside = apart + (lanes[back] * width + 0.5) * (1 if bool(back) != self._left else -1)
                made.append((signal, min(max(total - 0.5, 0), total) if not back else min(0.5, total), aside, back))
        return signals(made)

    def connecting_roads(self) -> Iterator[str]:
        """The ways through junctions, each a road of one lane."""
        met, roads = self._met, self._roads
        totals, first = met.curves.totals.tolist(), len(roads.ways)
        rows = zip(met.nodes.tolist(), met.roads.tolist(), met.backward.tolist(), met.lanes.tolist())
        for number, (node, (here, there), (back, back_then), (lane, lane_then)) in enumerate(rows):
            length = totals[number]
            start, end = float(roads.widths[here]), float(roads.widths[there])
            more = end - start
            width = start, 0.0, 3 * more / length**2, -2 * more / length**3
            mine = 1 if self._left else -1
            link = (
                f'<link><predecessor id="{self._lane_id(back, lane)}"/>'
                f'<successor id="{self._lane_id(back_then, lane_then)}"/></link>'
            )
            made = lane_of(mine, "driving", width, min(roads.kmh[here, back], roads.kmh[there, back_then]), link)
            yield (
                self._head(first + number, length, node)
                + f'<link><predecessor elementType="road" elementId="{here}" contactPoint="{("end", "start")[back]}"/>'
                f'<successor elementType="road" elementId="{there}" contactPoint="{("start", "end")[back_then]}"/>'
                "</link>\n" + plan_view(met.curves, number) + _section([(mine, made)], "none", 0.0) + "</road>\n"
            )

    def controllers(self) -> Iterator[str]:
        """The lights of a junction as one controller."""
        for node, some in self._signals.items():
            inside = "".join(f'<control signalId="{signal}" type="0"/>' for signal in some)
            yield f'<controller id="{node}" name="lights {node}" sequence="0">{inside}</controller>\n'

    def junctions(self) -> Iterator[str]:
        """What connects what at each."""
        met, first = self._met, len(self._roads.ways)
        mine = 1 if self._left else -1
        order = np.argsort(met.nodes, kind="stable")
        nodes, begins = np.unique(met.nodes[order], return_index=True)
        for node, rows in zip(nodes.tolist(), np.split(order, begins[1:])):
            made = f'<junction id="{node}" name="junction {node}" type="default">\n'
            for at, row in enumerate(rows.tolist()):
                lane = self._lane_id(int(met.backward[row, 0]), int(met.lanes[row, 0]))
                made += (
                    f'<connection id="{at}" incomingRoad="{met.roads[row, 0]}" connectingRoad="{first + row}" '
                    f'contactPoint="start"><laneLink from="{lane}" to="{mine}"/></connection>\n'
                )
            if node in self._signals:
                made += f'<controller id="{node}" type="0"/>\n'
            yield made + "</junction>\n"


def _section(lanes: list[tuple[int, str]], center: str, apart: float) -> str:
    """One section of lanes from left to right."""
    sides = []
    for name, some in (
        ("left", [text for at, text in lanes if at > 0]),
        ("right", [text for at, text in lanes if at < 0]),
    ):
        sides.append(f"<{name}>\n" + "".join(some) + f"</{name}>\n" if some else "")
    mark = f'<roadMark sOffset="0" type="{center}" weight="standard" color="white" width="0.12"/>'
    return (
        f'<lanes>\n<laneOffset s="0" a="{apart:.4f}" b="0" c="0" d="0"/>\n<laneSection s="0">\n{sides[0]}'
        f'<center><lane id="0" type="none" level="false">{mark}</lane></center>\n{sides[1]}</laneSection>\n</lanes>\n'
    )


def _type_of(way: Way, town: bool, kmh: float) -> str:
    kind = _TYPES.get(way.highway, "townLocal") if town or way.highway.startswith("motorway") else "rural"
    return f'<type s="0" type="{kind}"><speed max="{kmh:.0f}" unit="km/h"/></type>\n'


def prove(path: Path, view: Network, written: Written) -> None:
    """Read it again: well-formed, all there, and every road and junction that is named exists."""
    found = {"roads": 0, "connections": 0, "junctions": 0}
    roads: set[str] = set()
    junctions: set[str] = set()
    named: set[tuple[str, str]] = set()

    def start(tag: str, values: dict[str, str]) -> None:
        if tag == "road":
            found["connections" if values["junction"] != "-1" else "roads"] += 1
            roads.add(values["id"])
        elif tag == "junction":
            junctions.add(values["id"])
        elif tag == "connection":
            named.update((("road", values["incomingRoad"]), ("road", values["connectingRoad"])))
        elif "elementType" in values:
            named.add((values["elementType"], values["elementId"]))

    each_element(path, start, WriteError("not_proven", "OpenDRIVE is not whole."))
    found["junctions"] = len(junctions)
    astray = [number for kind, number in named if number not in (roads if kind == "road" else junctions)]
    if astray or found != written.layers or len(roads) != found["roads"] + found["connections"]:
        raise WriteError("not_proven", "OpenDRIVE has not all roads and junctions.")
