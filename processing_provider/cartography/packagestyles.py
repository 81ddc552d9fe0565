"""The tables of a GeoPackage of ours as styled layers, and their styles inside the file, for whoever opens it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path
from typing import Iterable

from osgeo import ogr
from qgis.core import QgsProviderRegistry, QgsVectorLayer

from ..errors import WriteError
from ..gdal_env import quiet
from ..osm.layers import BY_NAME, TABLES
from ..translation import tr


def place(layer: QgsVectorLayer) -> tuple[Path, str]:
    """The file that a layer shows, and the name of its table there; `.` and nothing where it is of no file."""
    parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    path = Path(str(parts.get("path") or ""))
    return path, str(parts.get("layerName") or (_tables(path) or [""])[0])


def is_package(path: Path) -> bool:
    """Whether a file is a GeoPackage."""
    try:
        with path.open("rb") as file:
            head = file.read(72)
    except OSError:
        return False
    # SQLite, and the application id that GeoPackages have; versions before 1.2 called themselves GP10, GP11.
    return head.startswith(b"SQLite format 3\0") and head[68:70] == b"GP"


def opened(path: Path) -> list[QgsVectorLayer]:
    """A layer for every table of ours that holds something, in the order of drawing, the topmost first."""
    have = set(_tables(path))
    layers = []
    for table in reversed(TABLES):
        if table.name in have:
            layer = QgsVectorLayer(f"{path}|layername={table.name}", tr(table.title), "ogr")
            if layer.isValid() and layer.featureCount() != 0:
                layers.append(layer)
    return layers


def known(layers: Iterable[QgsVectorLayer]) -> dict[str, tuple[QgsVectorLayer, Path, str]]:
    """Those of `layers` whose table a style knows, by id: the layer, its file, the table."""
    found = {}
    for layer in layers:
        path, table = place(layer)
        if table in BY_NAME:
            found[layer.id()] = (layer, path, table)
    return found


def save(layer: QgsVectorLayer, name: str) -> None:
    """Write the layer's style into its GeoPackage under `name`, as the one that opens with it; raises WriteError."""
    path, table = place(layer)
    related, ids, names, *_ = layer.listStylesInDatabase()
    for number, other in list(zip(ids, names))[: max(related, 0)]:
        # QGIS would ask in a window of its own whether to replace it.
        if other == name:
            layer.deleteStyleFromDatabase(number)
    fault = layer.saveStyleToDatabase(name, f"osm2cdr {name}", True, "")
    if fault:
        raise WriteError("style_not_saved", f"The style of {table} could not be saved in {path}: {fault}.")


def _tables(path: Path) -> list[str]:
    with quiet():
        try:
            dataset = ogr.Open(str(path)) if path.is_file() else None
        except RuntimeError:
            dataset = None
        return [dataset.GetLayer(number).GetName() for number in range(dataset.GetLayerCount())] if dataset else []
