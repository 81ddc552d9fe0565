"""Polish format (.mp), the text that Garmin maps are compiled from, in the words of cGPSmapper's manual.

`[IMG ID]` says what the map is; then come areas, lines, roads, forbidden turns and points, a section each. `Data0` are
places as (latitude,longitude), `EndLevel` the last of the levels that shows them. A road has a RoadID, RouteParam and
numbered nodes. In Unicode no code page is named, which mkgmap reads as UTF-8.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
import zlib
from collections import Counter
from pathlib import Path
from typing import Iterator

import numpy as np
from osgeo import ogr

from ...errors import WriteError
from ...network.loops import without_loops
from ...network.model import Network
from ...network.navigation import Navigation
from ...network.side import keeps_left
from ...osm import wkb
from ...osm.ragged import Floats
from ...osm.tables.map_data import Table
from ...text.phrases import listed
from ...text.sentence import say
from ..cad.rows import Rows, batches
from ..contract import Job, Written
from ..proof_helpers import prove_size
from .alphabet import Alphabet, alphabet
from .areas import without_holes
from .garmin_types import BACKGROUND, LEVELS, Garmin, garmin, is_held
from .house_numbers import TABLE as _HOUSES
from .house_numbers import Numbers, house_numbers
from .restricted import restricted
from .roads import roads

# A centimetre, as OpenStreetMap has it.
_DIGITS = 7
_COLUMNS = ("class", "kind", "name", "ref", "phone", "housenumber", "street")
_SECTIONS = {"point": "POI", "line": "POLYLINE", "polygon": "POLYGON"}
_STREETS = ("roads", "paths")
# What Written calls them.
_COUNTED = {"POI": "points", "POLYLINE": "lines", "POLYGON": "areas"}
_TURN = "Restrict"
# What is said of the points of a road stands behind them.
_BEHIND = ("Nod", "Numbers")
# Signs of a road's number, as shields: in a box with a thick edge for the large ones, in a plain box for others.
_SHIELDS = {"motorway": 4, "trunk": 4, "primary": 4, "secondary": 5, "tertiary": 5}
_MOST_NAME = 50
_CHECK_EVERY = 2000


def write(view: Navigation, path: Path, job: Job) -> Written:
    """What it is, then all things from the ground up, streets last but points."""
    written, letters = Written(), alphabet(view, job)
    _tell_of_left_out(view, job)
    counts: Counter[str] = Counter()
    with path.open("w", encoding=letters.codec, errors="replace", newline="\r\n") as file:
        file.write(_head(view, job, letters))
        for number, (section, text) in enumerate(_things(view, job, letters)):
            if number % _CHECK_EVERY == 0:
                job.feedback.check()
            counts[section] += 1
            file.write(text)
    letters.tell(job.feedback)
    written.layers = {name: counts[section] for section, name in _COUNTED.items() if counts[section]}
    return written


def map_number(view: Navigation, job: Job) -> int:
    """A number of eight digits that a device knows the map by: the same for the same area, another for others."""
    return 10_000_000 + zlib.crc32(f"{view.data.area_wkt} {job.title}".encode()) % 89_999_999


def _tell_of_left_out(view: Navigation, job: Job) -> None:
    titles = [
        say(table.title)
        for table in view.data.tables
        if table.features and not is_held(table.name) and not (view.network and table.name == _HOUSES)
    ]
    titles = [title for title in titles if title != "Land"]
    if titles:
        job.feedback.warning("not_held", say("A Garmin map has nothing for these layers: {0}.", listed(titles)))


def _head(view: Navigation, job: Job, letters: Alphabet) -> str:
    values = {
        "ID": map_number(view, job), "Name": letters.label(job.title)[:_MOST_NAME], "LBLcoding": 9,
        "Copyright": letters.label(job.credit),
        "CodePage": letters.number if letters.codec != "utf-8" else None, "Elevation": "m",
        "POIIndex": "Y", "Routing": "Y" if view.network else "N", "TreSize": 3000, "RgnLimit": 1024,
        "Transparent": "Y" if job.options.get("transparent") else "N",
        "LeftSideTraffic": "Y" if view.network and keeps_left(view.network, job.options.get("drive_side")) else "N",
        "Levels": len(LEVELS),
    }  # fmt: skip
    lines = [f"{name}={value}" for name, value in values.items() if value is not None]
    lines += [f"Level{level}={bits}" for level, bits in enumerate(LEVELS)]
    return f"; {letters.label(job.credit)}\n[IMG ID]\n" + "\n".join(lines) + "\n[END-IMG ID]\n"


def _things(view: Navigation, job: Job, letters: Alphabet) -> Iterator[tuple[str, str]]:
    """All sections, each with its name."""
    tables = [table for table in view.data.tables if is_held(table.name)]
    if not job.options.get("transparent"):
        ground = Garmin(BACKGROUND, len(LEVELS) - 1)
        for outline in without_holes(ogr.CreateGeometryFromWkt(view.data.area_wkt)):
            yield "POLYGON", _section("POLYGON", ground, {}, outline)
    for geometry in ("polygon", "line"):
        for table in tables:
            if table.geometry == geometry and not (view.network and table.name in _STREETS):
                yield from _of_table(view, table, job, letters)
    if view.network:
        network = without_loops(view.network)
        yield from _roads(network, house_numbers(view, network, job.feedback), job, letters)
    for table in tables:
        if table.geometry == "point":
            yield from _of_table(view, table, job, letters)


def _of_table(view: Navigation, table: Table, job: Job, letters: Alphabet) -> Iterator[tuple[str, str]]:
    section = _SECTIONS[table.geometry]
    for rows in batches(view.data, table, _COLUMNS, job.feedback, _DIGITS):
        columns = [rows.column(name) for name in _COLUMNS]
        for number, (value, kind, name, ref, phone, house, street) in enumerate(zip(*columns)):
            what = garmin(table.name, table.geometry, kind, value)
            told = {
                "Label": letters.label(name or ref), "HouseNumber": letters.label(house),
                "StreetDesc": letters.label(street), "Phone": letters.label(phone) if section == "POI" else "",
            }  # fmt: skip
            for places in _shapes(rows, number, table.geometry):
                yield section, _section(section, what, told, places)


def _shapes(rows: Rows, number: int, geometry: str) -> Iterator[Floats]:
    """The points of a row: the place, its lines, or outlines without holes."""
    if geometry == "point":
        yield np.array([rows.places[number]])
        return
    chains = rows.chains
    if geometry == "polygon" and any(len(part) > 1 for part in rows.parts(number)):
        yield from without_holes(wkb.geometry(rows.shapes[number]))
        return
    for chain in range(chains.first[number], chains.first[number + 1]):
        yield chains.points[chains.starts[chain] : chains.starts[chain + 1]]


def _roads(network: Network, houses: Numbers, job: Job, letters: Alphabet) -> Iterator[tuple[str, str]]:
    """Roads with the numbers of houses along them, and the turns between them that are forbidden."""
    numbers: dict[int, int] = {}
    for number, road in enumerate(roads(network), 1):
        way = road.way
        numbers.update(dict.fromkeys(road.edges, number))
        table = "paths" if ("paths", way.kind) in _PATHS else "roads"
        name, ref = letters.label(way.spoken or way.name), letters.label(way.ref.split(";")[0])
        sign = _SHIELDS.get(way.kind)
        if ref and sign:
            ref = f"~[0x{sign:02x}]{ref}"
        told = {
            "Label": ref or name, "Label2": name if ref else "", "RoadID": str(number), "RouteParam": road.param,
            "DirIndicator": "1" if road.param.split(",")[2] == "1" else "",
        }  # fmt: skip
        # None is at the edge of a neighbour: the next map to be made has the same streets beyond the edge.
        told.update((f"Nod{place}", f"{index},{node},0") for place, (index, node) in enumerate(road.nodes, 1))
        told.update(houses.of(road))
        yield "POLYLINE", _section("POLYLINE", garmin(table, "line", way.kind, way.highway), told, road.points)
    for told in restricted(network, numbers, job.feedback):
        lines = (f"{key}={value}\n" for key, value in told.items())
        yield _TURN, f"[{_TURN}]\n{''.join(lines)}[END-{_TURN}]\n"


_PATHS = {("paths", kind) for kind in ("sidewalk", "path", "steps", "cycleway", "track")}


def _section(name: str, what: Garmin, told: dict[str, str], places: Floats) -> str:
    """One section: its type, what is told of it, the last level, and its points as (latitude,longitude)."""
    lines = [f"[{name}]", f"Type=0x{what.type:x}"]
    lines += [f"{key}={value}" for key, value in told.items() if value and not key.startswith(_BEHIND)]
    if what.end:
        lines.append(f"EndLevel={what.end}")
    template = ",".join([f"(%.{_DIGITS}f,%.{_DIGITS}f)"] * len(places))
    lines.append("Data0=" + template % tuple(places[:, ::-1].ravel().tolist()))
    lines += [f"{key}={value}" for key, value in told.items() if key.startswith(_BEHIND)]
    return "\n".join([*lines, "[END]"]) + "\n"


def prove(path: Path, view: Navigation, written: Written) -> None:
    """Count the sections again, each closed before the next one begins."""
    data = prove_size(path, "The Polish map")
    found = Counter(name.decode() for name in re.findall(rb"\n\[(POI|POLYLINE|POLYGON)\]\r\nType=0x", data))
    counts = {name: found[section] for section, name in _COUNTED.items() if found[section]}
    is_whole = data.count(b"\n[END]\r\n") == written.features
    is_whole &= data.count(b"\n[Restrict]\r\n") == data.count(b"\n[END-Restrict]\r\n")
    if counts != written.layers or not is_whole:
        raise WriteError("not_proven", "The Polish map does not hold what was written to it.")
