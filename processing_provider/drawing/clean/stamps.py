"""Markers as paths in their places, for formats that know no symbols."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import replace
from typing import Iterable, Iterator

from ...errors import WriteError
from ...text.sentence import say
from ..model import Drawing, Item, Stamp

# Points that the markers of a layer may have where each is paths: about 3 GB of memory.
MAX_POINTS = 10_000_000


def without_stamps(drawing: Drawing) -> Drawing:
    """The drawing with the paths of its stamps in their place.

    Raises WriteError where they would not fit into memory.
    """
    for layer in drawing.layers:
        stamps = [item for group in layer.groups for item in group.items if isinstance(item, Stamp)]
        points = sum(len(path.points) for stamp in stamps for path in stamp.symbol.paths)
        if points > MAX_POINTS:
            text = say(
                "The markers of the layer {0} have {1} points, and at most {2} fit; choose a simpler marker, a smaller "
                "extent, or SVG, which holds a marker once.", layer.name, f"{points:,}", f"{MAX_POINTS:,}",
            )  # fmt: skip
            raise WriteError("too_many_points", text)
    layers = [
        replace(layer, groups=[replace(group, items=list(_plain(group.items))) for group in layer.groups])
        for layer in drawing.layers
    ]
    return replace(drawing, layers=layers)


def _plain(items: Iterable[Item]) -> Iterator[Item]:
    for item in items:
        if isinstance(item, Stamp):
            yield from item.paths
        else:
            yield item
