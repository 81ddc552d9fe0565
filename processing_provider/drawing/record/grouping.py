"""Objects in painting order become groups by class, without changing what lies above what."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Iterable

import numpy as np

from ..model import Group, Image, Item, Path, Stamp

# Class, number of the symbol layer, how many its symbol has, the object.
Entry = tuple[str, int, int, Item]
# Below the top one, a symbol's layers are what shows round it.
_OUTLINE = "{} – outlines"


def grouped(entries: Iterable[Entry]) -> list[Group]:
    """One group per class where that is possible.

    An object joins its class's last group where nothing that was painted since lies under it; else a new group of
    the class is begun above. What belongs to one thing stays together.
    """
    groups: list[Group] = []
    boxes: list[_Boxes] = []
    last: dict[str, int] = {}
    for title, part, parts, item in entries:
        is_below = parts > 1 and part < parts - 1 and not item.thing
        name = _OUTLINE.format(title) if is_below and title else title
        box = box_of(item)
        place = last.get(name)
        if place is None or any(later.touch(box) for later in boxes[place + 1 :]):
            place = last[name] = len(groups)
            groups.append(Group(name))
            boxes.append(_Boxes())
        groups[place].items.append(item)
        boxes[place].add(box)
    return groups


class _Boxes:
    """Boxes that grow in number, asked together."""

    def __init__(self) -> None:
        self._array = np.empty((64, 4))
        self._count = 0

    def add(self, box: tuple[float, float, float, float]) -> None:
        if self._count == len(self._array):
            self._array = np.concatenate([self._array, np.empty_like(self._array)])
        self._array[self._count] = box
        self._count += 1

    def touch(self, box: tuple[float, float, float, float]) -> bool:
        """Whether any of them has a point in common with `box`."""
        known = self._array[: self._count]
        left, top, right, bottom = box
        return bool(
            ((known[:, 0] <= right) & (known[:, 2] >= left) & (known[:, 1] <= bottom) & (known[:, 3] >= top)).any()
        )


def box_of(item: Item) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of an object that is no text, lines with their width."""
    if isinstance(item, Path):
        left, top, right, bottom = item.box
        half = item.stroke.width / 2 if item.stroke else 0.0
        return left - half, top - half, right + half, bottom + half
    if isinstance(item, Stamp):
        return item.box
    if isinstance(item, Image):
        a, b, c, d, e, f = item.matrix
        xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
        return min(xs), min(ys), max(xs), max(ys)
    raise TypeError("texts are not grouped by class")
