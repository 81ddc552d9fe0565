"""What a designer would stumble over in a drawing: objects of nothing, objects twice, things in pieces."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Iterator

import numpy as np

from ..model import CURVE, Drawing, Group, Layer, Path, Text
from ..things import called, is_lettered, things
from .lines import NOTHING, line_color, measured

# A filled shape of less mm2 is none.
_SPECK = 1e-6


@dataclass(frozen=True)
class Fault:
    """What is wrong (one of a few words), in which layer and group, with what object."""

    kind: str
    layer: str
    group: str
    name: str


def audit(drawing: Drawing) -> list[Fault]:
    """The faults of a drawing, by kind:

    `nothing` (a line without length, a fill without area), `back` (a line that goes back over itself), `twice` (the
    same object again), `pieces` (a street or thing in several objects or places), `apart` (a name outside the layer of
    all names), `unnamed` (a layer or group without a name).
    """
    found: list[Fault] = []
    seen: set[object] = set()
    for layer in drawing.layers:
        numbers: set[int] = set()
        for group in layer.groups:
            found += _lines(layer, group)
            found += _copies(layer, group, seen)
            found += _pieces(layer, group, numbers)
            texts = [item for item in group.items if isinstance(item, Text)]
            if layer.clipped and not is_lettered(layer):
                found += [Fault("apart", layer.name, group.name, called(text)) for text in texts]
            if not (group.name or layer.name):
                found.append(Fault("unnamed", layer.name, group.name, ""))
    return found


def _lines(layer: Layer, group: Group) -> Iterator[Fault]:
    paths = [item for item in group.items if isinstance(item, Path)]
    lines = [path for path in paths if path.fill is None and not (path.kinds == CURVE).any()]
    if lines:
        for line, length, turns in zip(lines, *measured(lines)):
            if length < NOTHING:
                yield Fault("nothing", layer.name, group.name, line.name)
            if turns:
                yield Fault("back", layer.name, group.name, line.name)
    for path in paths:
        left, top, right, bottom = path.box
        if path.fill is not None and path.stroke is None and (right - left) * (bottom - top) < _SPECK:
            yield Fault("nothing", layer.name, group.name, path.name)


def _copies(layer: Layer, group: Group, seen: set[object]) -> Iterator[Fault]:
    for item in group.items:
        key: object
        if isinstance(item, Path):
            key = layer.name, item.fill, item.stroke, np.round(item.points, 3).tobytes(), item.kinds.tobytes()
        elif isinstance(item, Text):
            key = layer.name, item.string, tuple((round(line.x, 3), round(line.y, 3)) for line in item.lines)
        else:
            continue
        if key in seen:
            yield Fault("twice", layer.name, group.name, called(item))
        seen.add(key)


def _pieces(layer: Layer, group: Group, numbers: set[int]) -> Iterator[Fault]:
    """`numbers` are those of the layer's things so far."""
    for name, items in things(group):
        number = items[0].thing
        if number and number in numbers:
            yield Fault("pieces", layer.name, group.name, name)
        numbers.add(number)
    for color, run in groupby(group.items, key=line_color):
        if color is None or color.alpha < 1:
            continue
        streets: set[object] = set()
        for item in run:
            if isinstance(item, Path) and item.name and not item.thing:
                if (item.name, item.stroke) in streets:
                    yield Fault("pieces", layer.name, group.name, item.name)
                streets.add((item.name, item.stroke))
