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


def ours(data: Any, made: Footprints, name: str, folder: Path, triangles: list[int]) -> float:
    """Seconds from footprints to a file; `triangles` gets how many it has."""
    start = cpu()
    scene = scene_of(data, made, {}, Feedback())
    writer(FORMATS[name]).write(scene, folder / f"town.{name}", Job(FORMATS[name]))
    taken = cpu() - start
    assert not open_edges(scene.meshes[0].triangles).any()
    triangles.append(len(scene.meshes[0].triangles))
    return taken


def theirs(shapes: list[Any], top: float, triangles: list[int]) -> float:
    """Seconds of trimesh: each footprint extruded with a flat roof, no file written."""
    import trimesh

    start = cpu()
    made = [trimesh.creation.extrude_polygon(shape, top, engine="earcut") for shape in shapes]
    taken = cpu() - start
    triangles.append(sum(len(mesh.faces) for mesh in made))
    return taken


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
        flat = footprints([(wkb, {**tags, "roof_shape": "flat"}) for wkb, tags in found])
        count: dict[str, list[int]] = {name: [] for name in ("stl", "glb", "stl, all flat", "trimesh, all flat")}
        seconds = timed(
            {
                "stl": lambda: ours(data, replace(made), "stl", Path(folder), count["stl"]),
                "glb": lambda: ours(data, replace(made), "glb", Path(folder), count["glb"]),
                "stl, all flat": lambda: ours(data, replace(flat), "stl", Path(folder), count["stl, all flat"]),
                "trimesh, all flat": lambda: theirs(parts, 9.0, count["trimesh, all flat"]),
            }
        )
    least = seconds["trimesh, all flat"]
    rows = [f"| {name} | {took:.2f} | {took / least:.2f} | {count[name][0]:,} |" for name, took in seconds.items()]
    return "\n".join(["| | seconds | of trimesh's | triangles |", "|---|---:|---:|---:|", *rows])


def main() -> None:
    """Print the table."""
    from qgis.core import QgsApplication

    application = QgsApplication([], False)
    application.initQgis()
    print(report(*sys.argv[1:]))


if __name__ == "__main__":
    main()
