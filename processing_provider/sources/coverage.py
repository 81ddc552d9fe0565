"""The box that an OpenStreetMap extract covers, by its header or else by its nodes; and whether it is a whole one.

A large extract whose header tells nothing is read for minutes: `check` is called meanwhile, and may raise.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Callable, Iterable, Iterator
from xml.parsers import expat

import numpy as np

from ..text.sentence import say
from . import packed, pbf
from .inspection import KNOWN
from .objects import place_of
from .overpass import jsonfile, saved
from .pbf_objects import objects
from .xml_objects import is_gone

if TYPE_CHECKING:
    from typing_extensions import TypeAlias

Box = tuple[float, float, float, float]
# A text: numpy before 1.22 takes no brackets.
Array: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"
SUFFIXES = (".osm.pbf", ".pbf", ".osm", ".osm.gz", ".osm.bz2", *jsonfile.SUFFIXES)
_CHUNK = 1 << 20
_DAMAGED = (
    *(EOFError, ValueError, LookupError, TypeError, AttributeError, RecursionError),
    *(zlib.error, expat.ExpatError),
)


class BrokenExtractError(Exception):
    """What is wrong with an extract, as the end of a sentence that begins with its name."""


def _go_on() -> None:
    """Nobody asks to stop."""


def box_of(path: Path, check: Callable[[], None] = _go_on) -> Box:
    """West, south, east, north in degrees; BrokenExtractError where the file is no whole extract that holds a place."""
    fault = saved.misnamed(path, SUFFIXES)
    if fault:
        raise BrokenExtractError(fault)
    try:
        if jsonfile.is_json(path):
            return _around(_json_boxes(path))
        with packed.opened(path) as file:
            head = file.read(3).lstrip(b"\xef\xbb\xbf \t\r\n")
        if not head:
            raise BrokenExtractError(say("is empty"))
        return _xml_box(path, check) if head.startswith(b"<") else _pbf_box(path, check)
    except OSError as error:
        raise BrokenExtractError(say("cannot be read ({0})", error.strerror or error)) from error
    except _DAMAGED as error:
        raise BrokenExtractError(say("is no OSM extract, or is damaged; fetch it again")) from error


def _pbf_box(path: Path, check: Callable[[], None]) -> Box:
    """All blobs are there, the header can be met, the first and the last block unpack."""
    size = path.stat().st_size
    with path.open("rb") as file:
        found = list(pbf.blobs(file))
        if not found or found[0].kind != b"OSMHeader":
            raise BrokenExtractError(say("is no OSM extract"))
        end = found[-1].offset + found[-1].size
        if end != size:
            raise BrokenExtractError(
                say("is cut off or damaged at {0} of {1} bytes; fetch it again", f"{min(end, size):,}", f"{size:,}")
            )
        header = _block(found[0], file)
        asked = {value for number, value in pbf.fields(header) if number == 4 and isinstance(value, bytes)}
        if asked - KNOWN:
            strange = ", ".join(sorted(word.decode("ascii", "replace") for word in asked - KNOWN))
            raise BrokenExtractError(say("demands {0}, which is not read here; give a plain extract", strange))
        data = [blob for blob in found if blob.kind == b"OSMData"]
        for blob in data[:1] + data[-1:]:
            list(pbf.fields(_block(blob, file)))
        box = header_box(header) if data else None
        if box:
            return box
        inline = any(value == b"LocationsOnWays" for _, value in pbf.fields(header))
        return _around(_block_boxes(data, file, check, _inline_box if inline else _place_box))


def _block_boxes(
    data: Iterable[pbf.Blob], file: BinaryIO, check: Callable[[], None], find: Callable[[bytes], Box | None]
) -> Iterator[Box]:
    for blob in data:
        check()
        box = find(_block(blob, file))
        if box:
            yield box


def _block(blob: pbf.Blob, file: BinaryIO) -> bytes:
    """Unpacked; ValueError where it is not as long as it says."""
    block = blob.read(file)
    file.seek(blob.offset)
    said = dict(pbf.fields(file.read(blob.size))).get(2, len(block))
    if said != len(block):
        raise ValueError("the block is not whole")
    return block


def _around(boxes: Iterable[Box]) -> Box:
    found = list(boxes)
    if not found:
        raise BrokenExtractError(say("holds no place"))
    west, south, east, north = zip(*found)
    return min(west), min(south), max(east), max(north)


def header_box(block: bytes) -> Box | None:
    """HeaderBlock.bbox (1): left, right, top, bottom as sint64 nanodegrees; None where it is none of this earth."""
    inner = dict(pbf.fields(block)).get(1)
    if not isinstance(inner, bytes):
        return None
    sides = dict(pbf.fields(inner))
    left, right, top, bottom = (_signed(sides.get(number, 0)) / 1e9 for number in (1, 2, 3, 4))
    return on_earth(left, bottom, right, top)


def on_earth(west: float, south: float, east: float, north: float) -> Box | None:
    """The box, None where it is none of this earth."""
    good = -180 <= west < east <= 180 and -90 <= south < north <= 90
    return (west, south, east, north) if good else None


def node_places(block: bytes) -> tuple[Array, Array]:
    """Longitudes and latitudes of the nodes of a PrimitiveBlock, in degrees."""
    plain = dict(pbf.fields(block))
    granularity = plain.get(17, 100)
    lons, lats = [np.empty(0)], [np.empty(0)]
    for number, group in pbf.fields(block):
        single: list[tuple[int, int]] = []
        for inner, value in pbf.fields(group) if number == 2 and isinstance(group, bytes) else ():
            if not isinstance(value, bytes) or inner not in (1, 2):
                continue
            parts = dict(pbf.fields(value))
            if inner == 1:
                single.append((_signed(parts.get(9, 0)), _signed(parts.get(8, 0))))
            else:
                lats.append(_degrees(pbf.deltas(_packed(parts.get(8))), granularity, plain.get(19, 0)))
                lons.append(_degrees(pbf.deltas(_packed(parts.get(9))), granularity, plain.get(20, 0)))
        if single:
            x, y = np.array(single, np.int64).T
            lats.append(_degrees(y, granularity, plain.get(19, 0)))
            lons.append(_degrees(x, granularity, plain.get(20, 0)))
    return np.concatenate(lons), np.concatenate(lats)


def _packed(value: Any) -> bytes:
    return value if isinstance(value, bytes) else b""


def _place_box(block: bytes) -> Box | None:
    x, y = node_places(block)
    good = (np.abs(x) <= 180) & (np.abs(y) <= 90)
    x, y = x[good], y[good]
    return (float(x.min()), float(y.min()), float(x.max()), float(y.max())) if len(x) else None


def _inline_box(block: bytes) -> Box | None:
    """Of a block whose ways tell the places of their nodes."""
    places = [thing.place for thing in objects(block) if thing.place is not None]
    return _around((x, y, x, y) for x, y in places) if places else None


def _degrees(steps: Any, granularity: Any, offset: Any) -> Array:
    """Numbers in units of `granularity` nanodegrees, from `offset` (int64) on."""
    signed = offset - (1 << 64) if offset >> 63 else offset
    degrees: Array = (signed + granularity * steps) * 1e-9
    return degrees


def _signed(value: Any) -> int:
    """Of a sint64: the sign is its last bit."""
    return int((value >> 1) ^ -(value & 1))


def _xml_box(path: Path, check: Callable[[], None]) -> Box:
    """Read to its end, which tells of a file that is cut off: what <bounds> say, or else the nodes."""
    sides = [181.0, 91.0, -181.0, -91.0]
    bounds: list[Box] = []
    remark: list[str] = []
    depth = 0

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth == 1 and name != "osm":
            raise BrokenExtractError(say("is no OSM extract"))
        # Overpass tells places inside ways and members too, and those of deleted objects count for nothing.
        place = place_of(attributes["lon"], attributes["lat"]) if "lon" in attributes and "lat" in attributes else None
        if place is not None and not is_gone(attributes):
            lon, lat = place
            sides[:] = min(sides[0], lon), min(sides[1], lat), max(sides[2], lon), max(sides[3], lat)
        elif name == "remark":
            parser.CharacterDataHandler = remark.append
        elif name == "bounds" and depth == 2:
            box = on_earth(*(float(attributes[side]) for side in ("minlon", "minlat", "maxlon", "maxlat")))
            bounds.extend([box] if box else [])

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        parser.CharacterDataHandler = None
        if name == "remark" and saved.stopped("".join(remark)):
            raise BrokenExtractError(saved.stopped("".join(remark)))

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    with packed.opened(path) as file:
        while data := file.read(_CHUNK):
            check()
            parser.Parse(data)
    parser.Parse(b"", True)
    west, south, east, north = sides
    return _around(bounds or ([(west, south, east, north)] if west <= east else []))


def _json_boxes(path: Path) -> Iterator[Box]:
    """Of each element that tells a place; KeyError, TypeError or AttributeError where it is no such answer."""
    with packed.opened(path) as file:
        data = json.load(file)
    if fault := saved.stopped(str(data.get("remark", ""))):
        raise BrokenExtractError(fault)
    for element in data["elements"]:
        box = element.get("bounds") or {}
        corners = [(box.get(f"{side}lon"), box.get(f"{side}lat")) for side in ("min", "max")]
        spots = (element, element.get("center"), *(element.get("geometry") or ()))
        for lon, lat in (*corners, *((spot.get("lon"), spot.get("lat")) for spot in spots if spot)):
            place = place_of(lon, lat)
            if place is not None:
                yield (*place, *place)
