"""Tables that cover the map or are too much for it, routes and administrative areas: pictures have them where asked."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import replace
from typing import Sequence

from ..errors import ExportError
from ..osm.tables.layers import BY_NAME, is_shown
from ..osm.tables.map_data import MapData
from ..osm.tables.overlay import NAMES as OVERLAYS
from ..osm.tables.overlay import OVERLAY
from ..osm.tables.staged import Rows, Staged
from ..request.export_request import ExportRequest
from ..sources import opening

_ROUTES = "routes"
# Tables that have something in any area: no sign that the source holds data there.
EVERYWHERE = ("land", "sea", "boundaries", "admin_areas", *OVERLAYS)


def painted(staged: Staged, layers: tuple[str, ...] | None, routes: Sequence[str] = ()) -> Staged:
    """The rows that pictures of the groups `layers` (all where empty) have; all rows where that is None.

    Where nobody chose groups, those of the kinds `routes`, which the style shows unasked, as well.
    """
    if layers is None:
        return staged
    rows = {
        name: rows for name, rows in staged.rows.items()
        if rows.table.group == OVERLAY or is_shown(BY_NAME[name], layers)
    }  # fmt: skip
    if routes and not layers and _ROUTES in staged.rows:
        rows[_ROUTES] = _of_kinds(staged.rows[_ROUTES], routes)
    return replace(staged, rows={name: rows[name] for name in staged.rows if name in rows})


def _of_kinds(rows: Rows, kinds: Sequence[str]) -> Rows:
    at = [name for name, _ in rows.table.columns].index("kind")
    kept = [number for number, values in enumerate(rows.values) if values[at] in kinds]
    names = [rows.names[number] for number in kept] if rows.names else []
    return Rows(rows.table, [rows.blobs[number] for number in kept], [rows.values[number] for number in kept], names)


def check_found(data: MapData, request: ExportRequest) -> None:
    """Raise ExportError where the source of a request holds nothing in its area."""
    if any(table.features and table.name not in EVERYWHERE for table in data.tables):
        return
    if opening.is_exchanged(request.source, request.area.box):
        raise ExportError(
            "no_data",
            "The source holds nothing in this area, but it would with longitudes and latitudes exchanged: "
            "give west, south, east, north.",
            "bbox",
        )
    raise ExportError(
        "no_data", "The source holds nothing in this area; choose another area, source or detail level.", "bbox"
    )
