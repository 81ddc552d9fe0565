"""Things of a map and their objects: a point of interest has an icon and a name, a name has what shines round it.

Objects of a group that follow one another and have the same number (`thing`, not 0) are one thing. A format that knows
groups in groups gives it one of its own, under its name; to others they are objects as all others are.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import Callable, Iterable, Iterator

from .model import Group, Item, Layer, Text

_number: Callable[[Item], int] = attrgetter("thing")
# The layer that all names lie in.
LABELS = "Labels"
# That of a user's own data, and what their names are called there.
OWN, OWN_NAMES = "Overlay", "Names"


def is_lettered(layer: Layer) -> bool:
    """Whether a layer of the map is one of names."""
    return layer.parent == LABELS or (layer.parent == OWN and layer.name == OWN_NAMES)


def called(item: Item) -> str:
    """What an object is called: a text by the whole name of what it names."""
    if isinstance(item, Text):
        return item.full or item.name or item.string
    return item.name


def things(group: Group) -> Iterator[tuple[str, list[Item]]]:
    """Name and objects of each thing, the bottom one first; an object without a number is one by itself."""
    if not any(map(_number, group.items)):
        for item in group.items:
            yield called(item), [item]
        return
    for number, items in groupby(group.items, key=_number):
        if number:
            members = list(items)
            yield next(filter(None, map(called, members)), ""), members
        else:
            for item in items:
                yield called(item), [item]


def families(layers: Iterable[Layer]) -> Iterator[tuple[str, list[Layer]]]:
    """Layers by the layer that they lie in, "" where in none: each by itself then."""
    for parent, members in groupby(layers, key=_parent):
        if parent:
            yield parent, list(members)
        else:
            yield from (("", [member]) for member in members)


def _parent(layer: Layer) -> str:
    return layer.parent
