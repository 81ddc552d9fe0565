"""The numbers of lines of public transport on plates of their colours along them, and where they begin and end."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from qgis.core import QgsGeometry, QgsSpatialIndex

from ..features.reading import Thing, named_lines
from ..occupancy.boxes import Box, box_round
from ..occupancy.kinds import Kind
from ..symbology.shield_signs import legible
from ..symbology.small_lines import ROUTES, route_color
from ..symbology.symbols import dot, fill, mixed
from .builder import Builder
from .shields import PADDING, keep_clear, number_height, number_text, number_width, plate_shapes, spots
from .termini import Termini

# Letters of a number.
_NUMBER = 6
# From the ring at a line's end to its plate, the ring itself, and its line, in mm.
_AWAY, _RING, _RING_LINE = 1.6, 1.5, 0.3
_KINDS = list(ROUTES)
# Where the plate of an end stands: right, left, above, below and the corners, in half its sizes.
_BESIDE = np.array([(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1)], float)


@dataclass
class Service:
    """All routes of one number: both ways and all that differ in where they begin."""

    kind: str
    number: str
    color: str
    things: list[Thing] = field(default_factory=list)


@dataclass
class _Plate:
    text: str
    color: str
    box: Box


def route_plates(builder: Builder) -> None:
    """Plates along the lines that the style shows of itself; the ends of these on the page, with their names."""
    kinds = builder.theme.flags.get("routes") or ()
    if not kinds or "streets" not in builder.theme.flags["labels"]:
        return
    services = _services(builder, kinds)
    if not services:
        return
    plates: list[_Plate] = []
    rings: list[Thing] = []
    seen: dict[str, list[tuple[float, float]]] = {}
    width, height = number_width(builder.labels), number_height(builder)
    ends = Termini(builder)
    for service in services:
        for at, name in ends.of(service.things):
            rings.append(Thing(QgsGeometry.fromPointXY(builder.paper.point(*at)), {"kind": service.kind, "name": name}))
            for text in dict.fromkeys((f"{service.number} {name}".strip(), service.number)):
                box = _beside(builder, at, (width(text) + 2 * PADDING[0], height))
                if box is not None:
                    builder.paper.put_box(Kind.SHIELD, box)
                    seen.setdefault(service.number, []).append(at)
                    plates.append(_Plate(text, service.color, box))
                    break
    for service in services:
        longest = max(service.things, key=lambda thing: thing.geometry.length())
        size = width(service.number) + 2 * PADDING[0], height
        for line in named_lines([Thing(longest.geometry, {"name": service.number})], builder.page.scale):
            for x, y in spots(builder.paper, line, [service.number], size, seen, [], QgsSpatialIndex()):
                plates.append(_Plate(service.number, service.color, box_round(x, y, *size)))
    _draw(builder, plates, rings)


def _draw(builder: Builder, plates: list[_Plate], rings: list[Thing]) -> None:
    ink, ground = builder.color["text"] or "#000000", builder.color["halo"] or "#FFFFFF"
    ring = dot(ground, ink, _RING)
    ring.symbolLayer(0).setStrokeWidth(_RING_LINE)
    builder.add("Ends of lines", "point", rings, [("TRUE", ring, "Ends of lines")])
    shapes, texts = [], []
    for plate in plates:
        values = {"class": plate.color, "name": plate.text}
        shape, around = plate_shapes(builder.paper, plate.box)
        shapes.append(Thing(shape, values))
        texts.append(Thing(around, values))
    colors = sorted({plate.color for plate in plates})
    cases = [(f"\"class\"='{color}'", fill(color, mixed(color, "#000000", 0.3), 0.12), color) for color in colors]
    builder.add("Shields of lines", "polygon", shapes, cases)
    rules = [
        (number_text(builder.labels, legible(color, ("#FFFFFF", "#000000"))), f"\"class\"='{color}'")
        for color in colors
    ]  # fmt: skip
    builder.add("Line numbers", "polygon", texts, names=rules)
    keep_clear(builder.paper, texts)


def _services(builder: Builder, kinds: list[str] | tuple[()]) -> list[Service]:
    """The lines that have a number, what has tracks of its own first, the longer first."""
    found: dict[tuple[str, str], Service] = {}
    for thing in builder.things("routes"):
        number = " ".join(str(thing["ref"] or "").split())
        if thing["kind"] in kinds and 0 < len(number) <= _NUMBER:
            color = route_color(builder.theme, thing["kind"], str(thing["colour"] or ""))
            service = found.setdefault((thing["kind"], number), Service(thing["kind"], number, color))
            service.things.append(thing)
    longest = {key: max(thing.geometry.length() for thing in service.things) for key, service in found.items()}
    order = sorted(found, key=lambda key: (_KINDS.index(key[0]), -longest[key], key[1]))
    return [found[key] for key in order]


def _beside(builder: Builder, at: tuple[float, float], size: tuple[float, float]) -> Box | None:
    """A free place for a plate of a size beside the end of a line, in mm; None where there is none."""
    paper = builder.paper
    for across, up in _BESIDE:
        x = at[0] + across * (size[0] / 2 + _AWAY)
        y = at[1] + up * (size[1] / 2 + _AWAY)
        box = box_round(x, y, *size)
        inside = box[0] > 0 and box[2] < paper.width and box[1] > 0 and box[3] < paper.height
        if inside and paper.is_free(box):
            return box
    return None
