"""Names of areas as points, each once: an area is cut at every edge of a tile, and each piece would have its name."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Mapping, Sequence

from qgis.core import QgsGeometry

from ..geo.geometry import wkb_of
from ..osm.tables.map_data import Tabular
from .table import Rows, made

LAYER = "area_names"
# Of which tables, and what is kept beside the names: all that a style asks for.
TABLES = ("green", "water", "plazas")
_KEPT = ("class", "kind", "area")
OF = "of"
# How exact the innermost point is found, as a part of the area's longer side.
_EXACT = 0.02


class Names:
    """The innermost points of areas with a name, of the tables that are taken."""

    def __init__(self) -> None:
        self._found: list[tuple[Mapping[str, object], bytes]] = []
        # Name and SQL type of the points' columns; none where no area may have a name.
        self.columns: dict[str, str] = {}

    def take(self, table: Tabular, blobs: Sequence[bytes], columns: Sequence[Sequence[object]]) -> None:
        """Look at the rows of a table: blobs of a GeoPackage, and columns of values."""
        names = [name for name, _ in table.columns]
        if table.name not in TABLES or "name" not in names:
            return
        kept = [(name, kind, column) for (name, kind), column in zip(table.columns, columns) if _is_kept(name)]
        self.columns.update({OF: "TEXT", **{name: kind for name, kind, _ in kept}})
        for number, name in enumerate(columns[names.index("name")]):
            place = None if name is None else _innermost(blobs[number])
            if place is not None:
                said = {name: column[number] for name, _, column in kept}
                self._found.append(({OF: table.name, **said}, place))

    def rows(self) -> Rows | None:
        """The points as rows of a table; None without any."""
        if not self._found:
            return None
        said = [[values.get(name) for values, _ in self._found] for name in self.columns]
        return made(LAYER, "point", [place for _, place in self._found], list(self.columns), said)


def _is_kept(column: str) -> bool:
    return column in _KEPT or column == "name" or column.startswith("name_")


def _innermost(area: bytes) -> bytes | None:
    """The point in an area (blobs of a GeoPackage both) that lies farthest from its edge."""
    shape = QgsGeometry()
    shape.fromWkb(wkb_of(area))
    box = shape.boundingBox()
    found = shape.poleOfInaccessibility(max(box.width(), box.height()) * _EXACT)[0]
    return None if found.isNull() else area[:3] + b"\x01" + area[4:8] + bytes(found.asWkb())
