"""Objects that look alike as one, for programs that are slow with many shapes."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Iterable, Iterator, List, Union

from .model import Image, Item, Path, Stamp, Text

# So many at most: a shape of all houses of a town cannot be taken hold of.
_TOGETHER = 200
Shape = Union[List[Path], Text, Image, Stamp]


def shapes(items: Iterable[Item], merged: bool) -> Iterator[Shape]:
    """Objects in their order, paths as lists of those that are one shape: each by itself unless `merged`."""
    alike: list[Path] = []
    for item in items:
        if isinstance(item, Path) and alike and merged and len(alike) < _TOGETHER and _is_alike(item, alike[0]):
            alike.append(item)
            continue
        if alike:
            yield alike
            alike = []
        if isinstance(item, Path):
            alike = [item]
        else:
            yield item
    if alike:
        yield alike


def _is_alike(one: Path, other: Path) -> bool:
    return one.fill == other.fill and one.stroke == other.stroke
