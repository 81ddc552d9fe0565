"""What a project knows of the map of ours that it shows: where its data are, what they cover, how it looks."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from qgis.core import QgsLayerTreeGroup, QgsProject, QgsVectorLayer

from ...processing_provider.cartography.styles import package_styles

_PROPERTY = "osm2cdr/map"


@dataclass(frozen=True)
class Record:
    """`area` is WKT in degrees, empty for all of the extract; `layers` as LAYERS takes them, `crs` if it was set."""

    path: str
    source: str
    area: str
    style: str
    detail: int = 0
    language: str = ""
    layers: str = ""
    background: str = ""

    def write(self, group: QgsLayerTreeGroup) -> None:
        """Keep it with the map's group, which the project saves."""
        group.setCustomProperty(_PROPERTY, json.dumps(asdict(self)))


def read(group: Any) -> Record | None:
    """The record of a group; None where it has none, or a broken one."""
    try:
        kept = json.loads(str(group.customProperty(_PROPERTY, "") or "null"))
        known = {field.name for field in fields(Record)}
        return Record(**{key: value for key, value in kept.items() if key in known}) if kept else None
    except (TypeError, ValueError, AttributeError):
        return None


def find(project: QgsProject) -> tuple[Any, Record] | None:
    """The first group of the project that is a map of ours, and its record."""
    for group in project.layerTreeRoot().findGroups(True):
        record = read(group)
        if record is not None:
            return group, record
    return None


def tables(group: Any) -> dict[str, QgsVectorLayer]:
    """The layers of a map by the table that each shows."""
    layers = [node.layer() for node in group.findLayers()]
    vectors = [layer for layer in layers if isinstance(layer, QgsVectorLayer)]
    return {table: layer for layer, _, table in package_styles.known(vectors).values()}


def is_shown_from(layer: QgsVectorLayer, path: str) -> bool:
    """Whether a layer shows a table of this file."""
    return package_styles.place(layer)[0] == Path(path)
