"""A user's own data beside the staged map: read once, put into each set of rows, told about where it lies elsewhere."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..feedback import Feedback
from ..formats.catalogue import FORMATS
from ..osm.tables.map_data import MapData
from ..osm.tables.overlay import OVERLAY
from ..osm.tables.staged import Staged
from ..request.options import BY_FIELD
from ..request.plan import Plan
from ..text.sentence import say

if TYPE_CHECKING:
    from ..sources.overlay import Overlay


def without_own(data: MapData) -> MapData:
    """Map data of OpenStreetMap's objects alone."""
    return replace(data, tables=tuple(table for table in data.tables if table.group != OVERLAY))


class OwnData:
    """The overlay of a request, read when it is first asked for; nothing where it has none."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._word = plan.request.overlay
        self._overlay: Overlay | None = None

    def read(self, feedback: Feedback) -> None:
        """Read it before anything takes long; RequestError where it cannot be, a warning of what is not on the map."""
        if not self._word or self._overlay is not None:
            return
        from ..sources.overlay import read_overlay

        self._overlay = read_overlay(self._word, feedback.check)
        outside, whole = self._overlay.outside(self._plan.shown), self._overlay.objects
        if outside:
            feedback.warning(
                "overlay_outside",
                say("The overlay has {0} objects; outside the area, and so not shown: {1}.", whole, outside),
            )
        option = BY_FIELD["overlay"]
        without = [FORMATS[name] for name in self._plan.request.formats if not option.is_heeded_by(FORMATS[name])]
        # Where no format has it, that is told of all such options.
        if 0 < len(without) < len(self._plan.request.formats):
            names = ", ".join(say(item.name) for item in without)
            feedback.warning("overlay_left_out", say("Without the overlay, which they cannot hold: {0}.", names))

    def added(self, staged: Staged, feedback: Feedback) -> Staged:
        """The rows with those of the overlay above them."""
        self.read(feedback)
        if self._overlay is None:
            return staged
        return replace(staged, rows={**staged.rows, **self._overlay.rows})
