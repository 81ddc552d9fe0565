"""Buildings with roofs as closed bodies: ours as STL and GLB beside trimesh's extrusion of the same footprints.

.venv/bin/python bench/solids.py FILE BBOX   (part `solids` of bench/run.py; it needs mapbox_earcut)
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any, Callable

import numpy as np
from clock import cpu

from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats.catalogue import FORMATS
from osm2cdr.processing_provider.formats.contract import Job
from osm2cdr.processing_provider.formats.registry import writer
from osm2cdr.processing_provider.geo import projection
from osm2cdr.processing_provider.pipeline.stages import Stages
from osm2cdr.processing_provider.request.checks import make_request
from osm2cdr.processing_provider.scene.build import scene_of
from osm2cdr.processing_provider.scene.footprints import Footprints, footprints
from osm2cdr.processing_provider.scene.roofs.shapes import SHAPES
from osm2cdr.processing_provider.scene.subdivision.checking import open_edges

COUNT, ROUNDS = 10_000, 3
Shape = tuple[bytes, dict[str, Any]]


def town(source: str, bbox: str, folder: Path) -> tuple[Any, list[Shape]]:
    """Map data, and 10,000 buildings of it: side by side as often as that takes, each with a roof, by turns."""
    from osgeo import ogr

    request = make_request({"bbox": bbox, "formats": "stl", "source": source, "detail": 6})
    data = Stages(request, folder).data(projection.local_crs(request.area), Feedback())
    dataset = ogr.Open(str(data.path))
    layer = dataset.GetLayerByName("buildings")
    west, east, _, _ = layer.GetExtent()
    found: list[Shape] = []
    turn = 0
    while len(found) < COUNT:
        layer.ResetReading()
        for feature in layer:
            if feature["kind"] == "part" or len(found) == COUNT:
                continue
            shape = feature.GetGeometryRef().Clone()
            shape.FlattenTo2D()
            moved = ogr.CreateGeometryFromWkb(_shifted(bytes(shape.ExportToWkb(ogr.wkbNDR)), turn * (east - west + 10)))
            tags = {**feature.items(), "roof_shape": SHAPES[len(found) % len(SHAPES)]}
            found.append((bytes(moved.ExportToWkb(ogr.wkbNDR)), tags))
        turn += 1
    return data, found


def _shifted(wkb: bytes, metres: float) -> bytes:
    """A polygon or several of them moved to the east."""
    import shapely

    by = np.array([metres, 0.0])
    moved: bytes = shapely.to_wkb(shapely.transform(shapely.from_wkb(wkb), lambda points: points + by), byte_order=1)
    return moved


def ours(data: Any, made: Footprints, name: str, folder: Path) -> float:
    """Seconds from footprints to a file."""
    start = cpu()
    scene = scene_of(data, made, {}, Feedback())
    writer(FORMATS[name]).write(scene, folder / f"town.{name}", Job(FORMATS[name]))
    taken = cpu() - start
    assert not open_edges(scene.meshes[0].triangles).any()
    return taken


def theirs(shapes: list[Any], tops: list[float]) -> float:
    """Seconds of trimesh: each footprint extruded with a flat roof, no file written."""
    import trimesh

    start = cpu()
    for shape, top in zip(shapes, tops):
        trimesh.creation.extrude_polygon(shape, top, engine="earcut")
    return cpu() - start


def timed(actions: dict[str, Callable[[], float]]) -> dict[str, float]:
    """The median of rounds by turns."""
    taken: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(ROUNDS):
        for name, action in actions.items():
            taken[name].append(action())
    return {name: float(np.median(values)) for name, values in taken.items()}


def report(source: str, bbox: str) -> str:
    """The table."""
    import shapely

    with tempfile.TemporaryDirectory() as folder:
        data, found = town(source, bbox, Path(folder))
        parts = [part for wkb, _ in found for part in shapely.get_parts(shapely.from_wkb(wkb))]
        made = footprints(found)
        seconds = timed(
            {
                "stl": lambda: ours(data, replace(made), "stl", Path(folder)),
                "glb": lambda: ours(data, replace(made), "glb", Path(folder)),
                "trimesh": lambda: theirs(parts, [9.0] * len(parts)),
            }
        )
    rows = [f"| {name} | {took:.2f} | {took / seconds['trimesh']:.2f} |" for name, took in seconds.items()]
    return "\n".join(["| | seconds | of trimesh's |", "|---|---:|---:|", *rows])


def main() -> None:
    """Print the table."""
    from qgis.core import QgsApplication

    application = QgsApplication([], False)
    application.initQgis()
    print(report(*sys.argv[1:]))


if __name__ == "__main__":
    main()
