"""Names as outlines: all of them, or those alone that few programs show as they are."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from dataclasses import replace
from itertools import count

from qgis.PyQt.QtGui import QPainterPath, QTransform

from ..model import Drawing, Item, Layer, Path, Stroke, Text
from ..record.path_stream import elements
from ..shaping import EM, along, outlined
from ..things import called

# Turned by less (degrees) is upright.
_UPRIGHT = 0.05
_MM = 25.4 / 72


def as_outlines(item: Item) -> list[Item]:
    """The letters of a text as one path, what shines round them as another below; they are one thing as before."""
    if not isinstance(item, Text):
        return [item]
    points, kinds = elements(_letters(item))
    if not len(points):
        return []
    letters = Path(points, kinds, item.color, None, called(item), item.key, item.thing)
    if item.halo is None:
        return [letters]
    stroke = Stroke(item.halo.color, item.halo.width * 2, "round", "round")
    return [replace(letters, fill=item.halo.color, stroke=stroke, name="", key=""), letters]


def mixed(item: Item) -> list[Item]:
    """A name that any program shows as it is stays text, its halo outlines below; others are outlines."""
    if not isinstance(item, Text):
        return [item]
    made = [] if is_plain(item) and item.halo is None else as_outlines(item)
    return [*made[:-1], replace(item, halo=None)] if is_plain(item) else made


def numbered(drawing: Drawing) -> Drawing:
    """The drawing, all its texts things by a number, so that a name and what shines round it stay together."""
    most = max((item.thing for item in drawing.items), default=0)
    numbers = count(most + 1)

    def number(item: Item) -> Item:
        return replace(item, thing=next(numbers)) if isinstance(item, Text) and not item.thing else item

    def layer(one: Layer) -> Layer:
        return replace(
            one, groups=[replace(group, items=[number(item) for item in group.items]) for group in one.groups]
        )

    return replace(drawing, layers=[layer(one) for one in drawing.layers])


def is_plain(text: Text) -> bool:
    """Whether a text is neither turned nor bent, neither bold nor italic, and its letters are not set apart."""
    font = text.font
    is_straight = abs(text.rotation) < _UPRIGHT and all(line.path is None for line in text.lines)
    return is_straight and not (font.bold or font.italic or font.spacing)


def _letters(text: Text) -> QPainterPath:
    """The outlines of all letters of a text, in mm on the page."""
    whole = QPainterPath()
    for line in text.lines:
        if line.path is not None:
            size = text.font.size * _MM / EM
            for placed in along(line, text.font):
                angle = math.radians(placed.turn)
                cos, sin = math.cos(angle) * size, math.sin(angle) * size
                way = QTransform(cos, sin, -sin, cos, placed.x, placed.y)
                whole.addPath(way.map(placed.run.font.pathForGlyph(placed.glyph)))
        else:
            angle = math.radians(-text.rotation)
            way = QTransform(math.cos(angle), math.sin(angle), -math.sin(angle), math.cos(angle), line.x, line.y)
            whole.addPath(way.map(outlined(line.text, text.font)))
    return whole
