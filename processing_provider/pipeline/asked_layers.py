"""Tables that cover the map or are too much for it, routes and administrative areas: pictures have them where asked."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import replace

from ..osm.tables.layers import BY_NAME, is_shown
from ..osm.tables.overlay import NAMES as OVERLAYS
from ..osm.tables.overlay import OVERLAY
from ..osm.tables.staged import Staged

# Tables that have something in any area: no sign that the source holds data there.
EVERYWHERE = ("land", "sea", "boundaries", "admin_areas", *OVERLAYS)


def painted(staged: Staged, layers: tuple[str, ...] | None) -> Staged:
    """The rows that pictures of the groups `layers` (all where empty) have; all rows where that is None."""
    if layers is None:
        return staged
    rows = {
        name: rows for name, rows in staged.rows.items()
        if rows.table.group == OVERLAY or is_shown(BY_NAME[name], layers)
    }  # fmt: skip
    return replace(staged, rows=rows)
