"""A drawing as a Corel Presentation Exchange: layers by name, groups by class, things as groups, all as curves."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import replace
from typing import Callable, Iterator

import numpy as np

from ....drawing.clean.outlining import as_outlines
from ....drawing.clean.split import split
from ....drawing.model import LINE, MOVE, Drawing, Group, Item, Path
from ....drawing.things import things
from ...inks import Formula, Press
from ..cdr.riff import chunk, f64, i32, listed, u16, u32
from . import records as cmx

# A tag has room for so many points and what goes with each.
_MOST_POINTS = 7000
_NOTHING = 0xFFFFFFFF
_HEAD = 180
# Millimetres, and how many of a metre a unit is.
_METRIC, _FACTOR = 0x23, 1e-7
# Numbers of tables in the index.
_PAGES, _LAYERS = 2, 3
_TABLES = {"rotl": 15, "rott": 16, "rota": 17, "rscr": 18, "rpen": 19, "rdot": 20, "rclr": 21}
# One screen, of 60 lines an inch at 45 degrees; no arrows.
_SCREEN = cmx.tags(u16(0, 60) + bytes(5) + b"\xc2\x01" + bytes(5))
_ARROWS = cmx.tags(u16(0, 0))


class Document:
    """Writes the page; what paths look like is numbered in tables."""

    def __init__(self, drawing: Drawing, press: Press | Formula | None) -> None:
        self._drawing = drawing
        self._looks = cmx.Looks(press)
        self._half = np.array([drawing.width, drawing.height]) / 2
        right, top = (round(side / 2 * cmx.UNITS) for side in (drawing.width, drawing.height))
        self._box = -right, top, right, -top

    def written(self, names: list[bytes], title: bytes, credit: bytes, check: Callable[[], None]) -> bytes:
        """The whole file, the layers by their `names`; `check` is called now and then."""
        layers: list[bytes] = []
        tally = 0
        for number, (layer, name) in enumerate(zip(self._drawing.layers, names), 1):
            check()
            inside = [part for group in layer.groups for part in self._group(group)]
            layers.append(b"".join((cmx.begin_layer(number, name, len(inside) + 1), *inside,
                                    cmx.instruction(cmx.END_LAYER))))  # fmt: skip
            tally += len(inside) + 2
        begin = cmx.begin_page(self._box, tally + 1)
        starts = np.cumsum([len(begin), *map(len, layers)]).tolist()
        page = b"".join((begin, *layers, cmx.instruction(cmx.END_PAGE)))
        return self._file(page, list(zip(starts, names)), title, credit, tally + 2)

    def _file(self, page: bytes, layers: list[tuple[int, bytes]], title: bytes, credit: bytes, tally: int) -> bytes:
        """All chunks, and the index that says where each is."""
        own = self._looks.chunks()
        references = u16(len(layers)) + b"".join(u16(2, 9, number) for number in range(1, len(layers) + 1))
        chunks = [(kind.encode(), data) for kind, data in (("page", page), ("rlst", references), ("rlst", u16(0)))]
        tables = {**own, "rota": u16(1) + _ARROWS, "rscr": u16(1) + _SCREEN}
        chunks += [(kind.encode(), tables[kind]) for kind in _TABLES]
        body: list[bytes] = []
        places: dict[str, int] = {}
        place = 12 + 8 + _HEAD
        for kind, data in chunks:
            places.setdefault(kind.decode(), place)
            body.append(chunk(kind, data))
            place += len(body[-1])
        # The index stands in a list: its own chunks begin 12 bytes later.
        named = u16(len(layers), 1)
        named += b"".join(u32(places["page"] + 8 + at) + u16(len(name)) + name + u32(_NOTHING) for at, name in layers)
        index = [chunk(b"ixlr", named)]
        at_layers = place + 12
        at_tables = at_layers + len(index[0])
        index.append(chunk(b"ixtl", u16(1, 4, 3) + u32(at_layers)))
        at_pages = at_tables + len(index[1])
        index.append(chunk(b"ixpg", u16(1, 16) + u32(places["page"], at_layers, _NOTHING, places["rlst"])))
        at_index = at_pages + len(index[2])
        rows = [(1, at_index), (_PAGES, at_pages), (_LAYERS, at_tables)]
        rows += [(number, places[kind]) for kind, number in _TABLES.items()]
        index.append(chunk(b"ixmr", u16(1, 6, len(rows)) + b"".join(u16(number) + u32(at) for number, at in rows)))
        body.append(listed(b"indx", b"".join(index)))
        at_info = place + len(body[-1])
        body.append(listed(b"INFO", chunk(b"IKEY", title + b"\0") + chunk(b"ICMT", credit + b"\0")))
        head = b"{Corel Binary Meta File}".ljust(32, b"\0") + b"Windows 3.1".ljust(16, b"\0")
        # Little endian, coordinates of 4 bytes, version 2.0.
        head += b"2\0\0\0" + b"4\0" + b"2\0\0\0" + b"0\0\0\0" + u16(_METRIC) + f64(_FACTOR) + bytes(12)
        head += u32(at_index, at_info, _NOTHING) + i32(*self._box) + u32(tally)
        return chunk(b"RIFF", b"CMX1" + chunk(b"cont", head.ljust(_HEAD, b"\0")) + b"".join(body))

    def _group(self, group: Group) -> Iterator[bytes]:
        """A group and all that is in it; things of several objects are groups in it."""
        inside: list[bytes] = []
        for _, items in things(group):
            parts = [self._item(item) for item in items]
            if len(parts) == 1 and len(parts[0]) == 1:
                inside += parts[0]
            else:
                # An object of several curves, or of none, is a group in a group.
                inside += self._bundle(
                    [one for part in parts for one in (part if len(part) == 1 else self._bundle(part))]
                )
        yield from self._bundle(inside)

    def _bundle(self, parts: list[bytes]) -> list[bytes]:
        return [cmx.begin_group(self._box, len(parts) + 1), *parts, cmx.instruction(cmx.END_GROUP)]

    def _item(self, item: Item) -> list[bytes]:
        """The curves of an object: one for most, two for a name that something shines round."""
        made = []
        for outline in as_outlines(item):
            if not isinstance(outline, Path):
                raise TypeError("pictures were left out, and stamps come as paths")
            for path in _fillable(outline):
                look = self._looks.of(path.fill, path.stroke)
                for part in split(path, _MOST_POINTS):
                    units = np.rint((part.points - self._half) * (cmx.UNITS, -cmx.UNITS))
                    made.append(cmx.curve(units, cmx.nodes(part), look))
        return made


def _fillable(path: Path) -> Iterator[Path]:
    """A path as it is; one with a fill that does not end where it began as an area, and the line on top of it."""
    if path.fill is None or path.closed:
        yield path
        return
    starts = np.flatnonzero(path.kinds == MOVE)
    ends = np.append(starts[1:], len(path.kinds))
    points = np.insert(path.points, ends, path.points[starts], axis=0)
    yield replace(path, points=points, kinds=np.insert(path.kinds, ends, LINE), stroke=None)
    if path.stroke is not None:
        yield replace(path, fill=None)
