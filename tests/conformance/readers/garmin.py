"""Garmin's own maps, read after their published description (John Mechalas, "Garmin IMG File Format").

A map is a file system: TRE has the levels and their subdivisions, RGN the things of each, LBL all texts, NET the
streets and NOD what routes are found by. What is read here is all that a device needs to draw the finest level.
"""

import struct
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from readers.found import Found

CIRCLE = 1 << 24
KINDS = ("points", "points", "lines", "areas")


def number(data, at, size, signed=False):
    return int.from_bytes(data[at : at + size], "little", signed=signed)


def files(path: Path) -> dict[str, bytes]:
    """The parts by name and type; every one says what it is, and none is cut off."""
    data = path.read_bytes()
    assert data[0] == 0
    assert (data[0x10:0x17], data[0x41:0x48]) == (b"DSKIMG\0", b"GARMIN\0")
    assert data[0x1FE:0x200] == b"\x55\xaa"
    block, at = 1 << data[0x61] + data[0x62], data[0x40] * 512
    chains, sizes = {}, {}
    while data[at] == 1:
        name = data[at + 1 : at + 9].decode().strip(), data[at + 9 : at + 12].decode()
        chains.setdefault(name, []).extend(one for one in struct.unpack_from("<240H", data, at + 32) if one != 0xFFFF)
        sizes.setdefault(name, number(data, at + 12, 4))
        at += 512
    del chains["", "   "]
    assert max(map(max, chains.values())) * block < len(data)
    parts = {
        name: b"".join(data[one * block : (one + 1) * block] for one in chain)[: sizes[name]]
        for name, chain in chains.items()
    }
    for (name, kind), part in parts.items():
        assert len(part) == sizes[name, kind]
        assert kind == "MPS" or part[2:12] == b"GARMIN " + kind.encode(), (name, kind)
    assert len({name for name, kind in parts if kind in ("TRE", "RGN", "LBL", "NET", "NOD")}) == 1
    return {kind: part for (_, kind), part in parts.items()}


@dataclass
class Thing:
    kind: str
    type: int
    label: str
    places: list[tuple[float, float]]
    is_road: bool = False
    # Of a road: whether NET has numbers of houses along it, and its town.
    has_numbers: bool = False
    has_town: bool = False


@dataclass
class Map:
    """`levels` are (number, bits, subdivisions), the coarsest first; `things` those of the finest level."""

    parts: dict[str, bytes]
    levels: list[tuple[int, int, int]] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)
    codec: str = ""

    def text(self, offset: int) -> str:
        """The label at an offset of LBL, its signs of shields left out."""
        lbl = self.parts["LBL"]
        assert lbl[0x1E] in (9, 10), "8 bits a letter, or UTF-8"
        at = number(lbl, 0x15, 4) + (offset << lbl[0x1D])
        return lbl[at : lbl.index(0, at)].lstrip(b"\1\2\3\4\5\6").decode(self.codec) if offset else ""

    def of_point(self, value: int) -> str:
        if value & 0x400000:
            at = number(self.parts["LBL"], 0x57, 4) + ((value & 0x3FFFFF) << self.parts["LBL"][0x5F])
            value = number(self.parts["LBL"], at, 3)
        return self.text(value & 0x3FFFFF)

    def of_road(self, value: int) -> list[str]:
        """The names of a street of NET."""
        at, found = number(self.parts["NET"], 0x15, 4) + ((value & 0x3FFFFF) << self.parts["NET"][0x1D]), []
        while True:
            found.append(self.text(number(self.parts["NET"], at, 3) & 0x3FFFFF))
            if number(self.parts["NET"], at, 3) & 0x800000:
                return found
            at += 3

    def addresses(self, value: int) -> tuple[bool, bool]:
        """Whether a street of NET has house numbers, and a town."""
        net = self.parts["NET"]
        at = number(net, 0x15, 4) + ((value & 0x3FFFFF) << net[0x1D])
        while not net[at + 2] & 0x80:
            at += 3
        flags, at, more = net[at + 3], at + 7, True
        if not flags & 0x10:
            return False, False
        pieces = 0
        while more:
            pieces, more, at = pieces + (net[at] & 0x7F), not net[at] & 0x80, at + 1
        # Behind the places on the map: the number of nodes, and how long each list is, 3 where there is none.
        code = net[at + 3 * pieces + 1]
        return code >> 6 != 3, code >> 4 & 3 != 3

    @property
    def bounds(self):
        """West, south, east, north."""
        north, east, south, west = (number(self.parts["TRE"], at, 3, True) * 360 / CIRCLE for at in range(21, 33, 3))
        return west, south, east, north

    @property
    def copyrights(self) -> list[str]:
        tre = self.parts["TRE"]
        at, size, record = struct.unpack_from("<IIH", tre, 0x31)
        return [self.text(number(tre, one, 3)) for one in range(at, at + size, record)]

    @property
    def cities(self) -> int:
        _, size, record = struct.unpack_from("<IIH", self.parts["LBL"], 0x3B)
        return size // record


def read(path: Path) -> Map:
    parts = files(path)
    page = number(parts["LBL"], 0xAA, 2)
    garmin = Map(parts, codec="utf-8" if page == 65001 else f"cp{page}")
    at, size, where, total = struct.unpack_from("<4I", parts["TRE"], 0x21)
    garmin.levels = [struct.unpack_from("<BBH", parts["TRE"], one) for one in range(at, at + size, 4)]
    data, rows = parts["TRE"][where : where + total], []
    start, at = number(data, 0, 3), 3
    for place, (_, bits, count) in enumerate(garmin.levels):
        for _ in range(count):
            flags, lon, lat = data[at], number(data, at + 1, 3, True), number(data, at + 4, 3, True)
            at += 11 + 2 * (place + 1 < len(garmin.levels))
            end = number(data, at, 3)
            rows.append((bits, flags, lon, lat, start, end))
            start, at = end, at + 3
    # The last one is told in four bytes.
    assert at + 1 == len(data)
    begin, length = struct.unpack_from("<II", parts["RGN"], 0x15)
    assert start == length
    for bits, flags, lon, lat, first, last in rows[-garmin.levels[-1][2] :]:
        _subdivision(garmin, parts["RGN"][begin + first : begin + last], flags, bits, (lon, lat))
    return garmin


def _subdivision(garmin, data, flags, bits, middle):
    """Its sections in order; where each begins is told but for the first."""
    kinds = [(kind, flag) for kind, flag in zip(KINDS, (0x10, 0x20, 0x40, 0x80)) if flags & flag]
    if not kinds:
        assert not data
        return
    ends = [*struct.unpack_from(f"<{len(kinds) - 1}H", data, 0), len(data)]
    at = 2 * (len(kinds) - 1)
    for (kind, _), end in zip(kinds, ends):
        while at < end:
            at = (_point if kind == "points" else _line)(garmin, data, at, kind, bits, middle)
        assert at == end


def _degrees(value):
    return value * 360 / CIRCLE


def _point(garmin, data, at, kind, bits, middle):
    value = number(data, at + 1, 3)
    lon, lat = (of + (delta << 24 - bits) for of, delta in zip(middle, struct.unpack_from("<hh", data, at + 4)))
    of_type = data[at] << 8 | (data[at + 8] if value & 0x800000 else 0)
    garmin.things.append(Thing(kind, of_type, garmin.of_point(value), [(_degrees(lon), _degrees(lat))]))
    return at + 8 + bool(value & 0x800000)


def _line(garmin, data, at, kind, bits, middle):
    of_type, value = data[at], number(data, at + 1, 3)
    start = [of + (delta << 24 - bits) for of, delta in zip(middle, struct.unpack_from("<hh", data, at + 4))]
    wide = 1 + bool(of_type & 0x80)
    length, base = number(data, at + 8, wide), data[at + 8 + wide]
    at += 9 + wide
    places = _places(data[at : at + length], base, start, 24 - bits, bool(value & 0x400000))
    is_road = bool(value & 0x800000)
    labels = garmin.of_road(value) if is_road else [garmin.text(value & 0x3FFFFF)]
    mask = 0x7F if kind == "areas" else 0x3F
    told = garmin.addresses(value) if is_road else ()
    garmin.things.append(Thing(kind, of_type & mask, labels[0], places, is_road, *told))
    return at + length


def _places(stream, base, start, shift, has_nodes):
    """The points of a stream of bits, the least significant first: how signs are told, then one step after another."""
    bits, total, at = int.from_bytes(stream, "little"), 8 * len(stream), 0

    def take(count):
        nonlocal at
        at += count
        return bits >> at - count & (1 << count) - 1

    signs, widths = [], []
    for nibble in (base & 15, base >> 4):
        width = 2 + (nibble if nibble <= 9 else 2 * nibble - 9)
        signs.append((-1 if take(1) else 1) if take(1) else 0)
        widths.append(width + (not signs[-1]))
    at += has_nodes
    lon, lat = start
    places = [(_degrees(lon), _degrees(lat))]
    while at + sum(widths) + has_nodes <= total:
        steps = []
        for sign, width in zip(signs, widths):
            value, more = take(width), 0
            while not sign and value == 1 << width - 1:
                more, value = more + value - 1, take(width)
            if not sign:
                value = value + more if not value >> width - 1 else value - (1 << width) - more
            steps.append(value * (sign or 1))
        at += has_nodes
        lon, lat = lon + (steps[0] << shift), lat + (steps[1] << shift)
        places.append((_degrees(lon), _degrees(lat)))
    return places


def garmin_img(path: Path) -> Found:
    garmin = read(path)
    assert [bits for _, bits, _ in garmin.levels] == [16, 18, 20, 22, 24]
    assert {"MDR", "SRT", "NET", "NOD"} <= set(garmin.parts)
    ground = [place for thing in garmin.things if thing.type == 0x4B for place in thing.places]
    lons, lats = zip(*ground)
    box = (min(lons), min(lats), max(lons), max(lats))
    texts = {thing.label for thing in garmin.things}
    return Found(Counter(one.kind for one in garmin.things), box, 4326, texts, " ".join(garmin.copyrights))


READERS = {"garmin_img": garmin_img}
