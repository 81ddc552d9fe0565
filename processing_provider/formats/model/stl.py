"""Binary STL (3D Systems, 1989): the buildings as closed solids, metres, z up.

The file is an 80-byte header, the number of triangles (uint32), then per triangle normal, three vertices
(float32) and two bytes of attributes.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, Tuple

import numpy as np
from osgeo import gdal, ogr

from ...errors import WriteError
from ...gdal_env import quiet
from ...mapdata import MapData
from ...scene.heights import base_and_top
from ...scene.solids import Face, footprints, prism
from ..contract import Job, Written

_RECORD = np.dtype([("normal", "<f4", 3), ("vertices", "<f4", (3, 3)), ("attribute", "<u2")])
_HEADER = 84
_CHECK_EVERY = 200
Footprint = Tuple[ogr.Geometry, Dict[str, Any]]


def write(view: MapData, path: Path, job: Job) -> Written:
    """Raise every building; a building whose parts are mapped is drawn by its parts."""
    names = _tables(view)
    if not names:
        raise WriteError("no_buildings", "The area has no buildings at this detail level; take level 3 or higher.")
    faces: list[Face] = []
    solids = lost = 0
    with quiet():
        dataset = gdal.OpenEx(str(view.path), gdal.OF_VECTOR)
        outlines: list[Footprint] = []
        parts: list[Footprint] = []
        for name in names:
            layer = dataset.GetLayerByName(name)
            for feature in layer:
                tags = feature.items()
                (parts if tags.get("kind") == "part" else outlines).append((feature.GetGeometryRef().Clone(), tags))
        for number, (geometry, tags) in enumerate(_without_covered(outlines, parts) + parts):
            if number % _CHECK_EVERY == 0:
                job.feedback.check()
            base, top = base_and_top(tags)
            for rings in footprints(geometry):
                solid = prism(rings, base, top)
                faces += solid
                solids += bool(solid)
                lost += not solid
        layer = dataset = None
    if not faces:
        raise WriteError("no_buildings", "The area has no building that can be raised.")
    vertices = np.array(faces, dtype="f8")
    normals = np.cross(vertices[:, 1] - vertices[:, 0], vertices[:, 2] - vertices[:, 0])
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    records = np.zeros(len(faces), _RECORD)
    records["normal"], records["vertices"] = normals, vertices
    # 80 bytes: whose and of when is all that fits.
    short = f"metres; {job.date[:10]} {view.notice}".replace(", openstreetmap.org/copyright", "")
    header = f"osm2cdr {short}".replace("©", "(c)").encode("ascii", "replace")[:80].ljust(80)
    with path.open("wb") as file:
        file.write(header + np.uint32(len(faces)).astype("<u4").tobytes())
        file.write(records.tobytes())
    warnings = [f"{lost} footprints that cross themselves are left out."] if lost else []
    return Written({"buildings": solids}, warnings)


def _tables(view: MapData) -> list[str]:
    """The buildings; where the data are somebody's own layers, all their areas."""
    if view.table("buildings") is not None or view.table("land") is not None:
        return ["buildings"] if view.table("buildings") is not None else []
    return [table.name for table in view.tables if table.geometry == "polygon"]


def _without_covered(outlines: list[Footprint], parts: list[Footprint]) -> list[Footprint]:
    """The outlines whose parts do not cover nine tenths of them."""
    kept = []
    for geometry, tags in outlines:
        area = geometry.Area()
        near = [part for part, _ in parts if part.Intersects(geometry)] if parts else []
        covered = sum(part.Intersection(geometry).Area() for part in near)
        if covered < 0.9 * area:
            kept.append((geometry, tags))
    return kept


def prove(path: Path, view: MapData, written: Written) -> None:
    """Read the triangles again: as many as the file says, finite, every edge met by one that runs back."""
    size = path.stat().st_size
    with path.open("rb") as file:
        count = int(np.frombuffer(file.read(_HEADER)[80:], "<u4")[0])
        records = np.frombuffer(file.read(), _RECORD) if size == _HEADER + count * _RECORD.itemsize else None
    if records is None or not count or not np.isfinite(records["vertices"]).all():
        raise WriteError("not_proven", "STL is not whole.")
    points = np.ascontiguousarray(records["vertices"].reshape(-1, 3)).view("<f4,<f4,<f4").ravel()
    _, index = np.unique(points, return_inverse=True)
    corners = index.reshape(-1, 3).astype("i8")
    edges = np.concatenate([corners[:, (0, 1)], corners[:, (1, 2)], corners[:, (2, 0)]])
    there = np.sort(edges[:, 0] * (index.max() + 1) + edges[:, 1])
    back = np.sort(edges[:, 1] * (index.max() + 1) + edges[:, 0])
    if not np.array_equal(there, back):
        raise WriteError("not_proven", "STL came out with an open edge.")
