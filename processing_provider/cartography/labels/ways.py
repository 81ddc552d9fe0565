"""Where a label could go, so that it need not be asked again for each name that would take its place."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..features.strokes import Array
from .candidates import Places


@dataclass
class Ways:
    """Those of a text's places that may be free: their numbers (c,), and a few cells of each (c, q), which are."""

    places: Places
    rows: Array
    few: Array

    def off(self, mask: Array) -> Array:
        """The numbers of those without one of their few cells in a mask over all cells (n,)."""
        return self.rows[~mask.take(self.few).any(1)]

    def drop(self, rows: Array) -> None:
        """Forget places that have turned out to be taken."""
        if len(rows):
            kept = ~np.isin(self.rows, rows)
            self.rows, self.few = self.rows[kept], self.few[kept]
