"""What stands where on a page: the one account that icons, shields, arrows, names and house numbers keep to."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Iterable

import numpy as np
from qgis.core import QgsGeometry

from ...request.pages import Page
from ..features.strokes import Array
from .boxes import Box, Boxes
from .grid import Grid
from .kinds import HELD, SOLID, WEIGHTS, Kind
from .summed_area_table import Sums

# Who holds a cell: a name by its number from 1 on, nobody, or what no name moves.
FREE, FIXED = 0, -1
# Weights are counted in parts of it.
_WHOLE = 100
# The bits of the kinds that have a weight: the lowest ones.
_WEIGHED = sum(int(kind) for kind in WEIGHTS)
_HELD = int(HELD)


class Paper(Grid):
    """One page, and what was put on it, by its kind; see Grid for its units.

    A shape or a box is there with its kind from when it is put. Cells are held besides, each by one: by a name, or by
    what no name moves. Cells are given by their numbers (see `flat`) in arrays of any shape; answers have that shape.
    """

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._kinds: Array = np.zeros(self.shape, np.uint16)
        self._holders: Array = np.zeros(self.shape, np.int32)
        self._flat_kinds, self._flat_holders = self._kinds.reshape(-1), self._holders.reshape(-1)
        # By the kind's bit: enumerations are slow, and icons ask for many boxes.
        self._boxes: dict[int, Boxes] = {}
        # Made when they are asked for, until more of these kinds is put.
        self._sums: dict[int, Sums] = {}
        self._weighed: Sums | None = None

    def put(self, kind: Kind, shapes: Iterable[QgsGeometry], width: float = 0.0) -> None:
        """Put geometries of the map on the page; lines are `width` mm wide."""
        shapes = list(shapes)
        if shapes:
            self._mark(kind, (slice(None), slice(None)), self.mask(shapes, width))

    def put_box(self, kind: Kind, box: Box) -> None:
        """Put an upright box on the page."""
        self._boxes.setdefault(int(kind), Boxes()).add(box)
        self._mark(kind, self.inked(box), True)

    def _mark(self, kind: Kind, window: tuple[slice, slice], mask: Array | bool) -> None:
        bits = int(kind)
        self._kinds[window] |= mask * np.uint16(bits)
        if bits & _HELD:
            np.copyto(self._holders[window], FIXED, where=mask)
        for kinds in [kinds for kinds in self._sums if kinds & bits]:
            del self._sums[kinds]
        if bits & _WEIGHED:
            self._weighed = None

    def is_free(self, box: Box, of: Kind = SOLID) -> bool:
        """Whether a box overlaps none of the boxes of these kinds."""
        kinds = int(of)
        return not any(kind & kinds and boxes.meet(box) for kind, boxes in self._boxes.items())

    def kinds(self, cells: Array) -> Array:
        """What is there, as bits of Kind."""
        return self._flat_kinds.take(cells)

    def has(self, kinds: Kind, cells: Array) -> Array:
        """Where something of these kinds is."""
        return (self._flat_kinds.take(cells) & np.uint16(kinds)) > 0

    def share(self, kinds: Kind, centres: Array, size: Array | tuple[float, float]) -> Array:
        """How much of boxes round `centres` (n, 2) is taken by these kinds, from 0 to 1 (n,).

        All have one `size` (width, height in mm), or each its own (n, 2).
        """
        bits = int(kinds)
        if bits not in self._sums:
            self._sums[bits] = Sums((self._kinds & np.uint16(bits)) > 0)
        return self._sums[bits].means(self, centres, size)

    def hidden(self, centres: Array, size: Array | tuple[float, float]) -> Array:
        """How bad it is to hide what lies beneath boxes by a name, from 0 to 1 (n,); they are given as to `share`."""
        if self._weighed is None:
            self._weighed = Sums(_weights().take(self._kinds & np.uint16(_WEIGHED)), _WHOLE)
        return self._weighed.means(self, centres, size)

    def holders(self, cells: Array) -> Array:
        """Who holds the cells."""
        return self._flat_holders.take(cells)

    def hold(self, cells: Array, holder: int = FIXED) -> None:
        """Let somebody hold cells, whoever has had them; FREE gives them back."""
        self._flat_holders[cells] = holder

    def claim(self, rows: slice, columns: slice) -> bool:
        """Hold a window of cells for good where nobody holds any of it; whether it is so."""
        window = self._holders[rows, columns]
        if window.any():
            return False
        window[...] = FIXED
        return True

    def box_cells(self, box: Box) -> Array:
        """The cells that a box takes where it is put, each once."""
        return self.block(*self.inked(box))


def _weights() -> Array:
    """The weight of each set of kinds that have one, in parts of _WHOLE."""
    sets = np.arange(_WEIGHED + 1)
    result = np.zeros(len(sets), np.uint8)
    for kind, weight in WEIGHTS.items():
        np.maximum(result, (sets & int(kind) > 0) * np.uint8(round(weight * _WHOLE)), out=result)
    return result
