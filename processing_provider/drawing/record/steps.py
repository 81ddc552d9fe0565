"""Progress inside a layer that QGIS draws: its features are read first, then painted."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib

from ...errors import Cancelled
from ...feedback import Feedback

# Percent of a layer that reading takes.
_READ = 30.0
# What is told, in percent of the layer.
_STEP = 1.0


class Steps:
    """Counts features. That the user asked to stop is not raised: QGIS is in between, and is told in its own way."""

    def __init__(self, feedback: Feedback, features: int) -> None:
        self._feedback = feedback
        self._features = features
        self._read = 0
        self._at = 0.0

    def read(self) -> None:
        """One more was read."""
        self._read += 1
        self._tell(_READ * min(self._read / max(self._features, 1), 1.0))

    def painted(self, number: int, total: int) -> None:
        """So many of all are painted."""
        self._tell(_READ + (100 - _READ) * number / total)

    def _tell(self, percent: float) -> None:
        if percent >= self._at + _STEP:
            self._at = percent
            with contextlib.suppress(Cancelled):
                self._feedback.progress(percent, "drawing")
