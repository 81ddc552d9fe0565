"""A map to find the way with: the things of an area, and its streets as a graph."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass

from ..osm.tables.map_data import MapData
from .model import Network


@dataclass(frozen=True, eq=False)
class Navigation:
    """`data` are all tables, those of streets too, cut at the area; `network` the same streets, whole up to a node.

    There is no network where there are no streets, or where they are layers that somebody else made. Both have names
    in the language asked for, and one CRS.
    """

    data: MapData
    network: Network | None = None

    @property
    def notice(self) -> str:
        """Whose data it is."""
        return self.data.notice
