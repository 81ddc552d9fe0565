"""3D Tiles 1.1 (OGC 22-025r4) in a zip: for each 500 m a GLB of its buildings, in its place on the ellipsoid.

What is known of buildings is a property table (EXT_structural_metadata), its rows the features of the triangles.
Heights are above the ground, which is taken to lie on the ellipsoid.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import math
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any, Iterator

import numpy as np

from ...errors import WriteError
from ...geo.projection import WGS84
from ...scene.model import BUILDINGS, Building, Floats, Integers, Mesh, Scene
from ...text.sentence import say
from ..archive import pack
from ..contract import Job, Written
from . import faces
from .glb import chunks, packed
from .gltf_document import build
from .gltf_features import add_features

TILESET = "tileset.json"
_SIDE = 500.0
# WGS 84.
_RADIUS, _FLATNESS = 6378137.0, 1 / 298.257223563


def write(view: Scene, path: Path, job: Job) -> Written:
    """Write every tile, then what tells of them, and pack it all."""
    children = []
    with tempfile.TemporaryDirectory(dir=path.parent) as name:
        folder = Path(name)
        (folder / "tiles").mkdir()
        cells = list(_cells(view))
        for number, (mesh, owners) in enumerate(cells):
            job.feedback.progress(100 * number / len(cells))
            children.append(_tile(view, mesh, owners, folder / "tiles" / f"{number}.glb", job))
        (folder / TILESET).write_text(json.dumps(_tileset(view, children, job), indent=1), encoding="utf-8")
        told = say(
            "3D Tiles 1.1: open {0} in CesiumJS or another viewer; it has to lie on a web server. Heights are metres "
            "above the ground, which is taken to lie on the ellipsoid of WGS 84.",
            TILESET,
        )
        pack(folder, path, view, job, told)
    return Written(view.counts)


def _cells(view: Scene) -> Iterator[tuple[Mesh, tuple[Building, ...]]]:
    """The buildings of each cell of a grid as a mesh whose parts are their numbers, and each other layer whole."""
    for mesh in view.meshes:
        if mesh.name != BUILDINGS:
            yield mesh, ()
            continue
        owner = np.array([part.building for part in view.parts])[mesh.parts]
        centres = np.array([view.parts[building.parts[0]].rings[0].mean(axis=0) for building in view.buildings])
        _, cell = np.unique(np.floor(centres / _SIDE), axis=0, return_inverse=True)
        cell = cell.ravel()
        for number in range(cell.max() + 1):
            mine = np.flatnonzero(cell == number)
            rows = np.flatnonzero(cell[owner] == number)
            if len(rows):
                places = np.searchsorted(mine, owner[rows])
                yield _taken(mesh, rows, places), tuple(view.buildings[one] for one in mine)


def _taken(mesh: Mesh, rows: Integers, parts: Integers) -> Mesh:
    used, index = np.unique(mesh.triangles[rows], return_inverse=True)
    return replace(
        mesh, vertices=mesh.vertices[used], triangles=index.reshape(-1, 3), parts=parts, surfaces=mesh.surfaces[rows],
        materials=mesh.materials[rows], bodies=mesh.bodies[rows],
    )  # fmt: skip


def _tile(view: Scene, mesh: Mesh, buildings: tuple[Building, ...], path: Path, job: Job) -> dict[str, Any]:
    """Write a GLB round its own middle, whose plane touches the ellipsoid there."""
    low, high = mesh.vertices.min(axis=0), mesh.vertices.max(axis=0)
    middle = np.array([*(low[:2] + high[:2]) / 2, 0.0])
    near = replace(mesh, vertices=mesh.vertices - middle)
    document, buffer = build(replace(view, meshes=(near,)), job, by_part=bool(buildings))
    if buildings:
        add_features(document, buffer, _table(buildings, view))
    path.write_bytes(packed(document, buffer))
    half, centre = (high - low) / 2, (low + high) / 2 - middle
    box = [*centre, half[0], 0, 0, 0, half[1], 0, 0, 0, half[2]]
    return {
        "transform": [round(value, 9) for value in _transform(view, middle)],
        "boundingVolume": {"box": [round(float(value), 3) for value in box]},
        "geometricError": 0,
        "content": {"uri": f"tiles/{path.name}"},
    }


def _table(buildings: tuple[Building, ...], view: Scene) -> dict[str, list[Any]]:
    return {
        "osm_id": [one.id for one in buildings], "name": [one.name for one in buildings],
        "kind": [one.kind for one in buildings], "height": [faces.height(one, view) for one in buildings],
        "levels": [float(faces.storeys(one, view)) for one in buildings],
        "height_source": [faces.source(one, view) for one in buildings],
    }  # fmt: skip


def _transform(view: Scene, middle: Floats) -> list[float]:
    """Of metres east, north and up round a point to those round the middle of the Earth, column by column."""
    ends = faces.placed(np.array([middle, middle + np.array([100.0, 0.0, 0.0])]), view, WGS84)
    origin, other = (_geocentric(*end[:2]) for end in ends)
    longitude, latitude = np.radians(ends[0][:2])
    up = np.array(
        [math.cos(latitude) * math.cos(longitude), math.cos(latitude) * math.sin(longitude), math.sin(latitude)]
    )
    along = other - origin
    along -= up * (along @ up)
    along /= np.linalg.norm(along)
    columns = ((along, 0.0), (np.cross(up, along), 0.0), (up, 0.0), (origin, 1.0))
    return [float(value) for column, last in columns for value in (*column, last)]


def _geocentric(longitude: float, latitude: float) -> Floats:
    east, north = math.radians(longitude), math.radians(latitude)
    square = _FLATNESS * (2 - _FLATNESS)
    across = _RADIUS / math.sqrt(1 - square * math.sin(north) ** 2)
    return np.array(
        [
            across * math.cos(north) * math.cos(east), across * math.cos(north) * math.sin(east),
            across * (1 - square) * math.sin(north),
        ]
    )  # fmt: skip


def _tileset(view: Scene, children: list[dict[str, Any]], job: Job) -> dict[str, Any]:
    points = np.concatenate([mesh.vertices for mesh in view.meshes])
    corners = faces.placed(points, view, WGS84)
    (west, south, _), (east, north, _) = np.radians(corners.min(axis=0)), np.radians(corners.max(axis=0))
    region = [west, south, east, north, float(points[:, 2].min()) - 1, float(points[:, 2].max()) + 1]
    size = float(np.linalg.norm(np.ptp(points, axis=0)))
    return {
        "asset": {"version": "1.1", "extras": {"title": job.title, "copyright": job.credit, "crs": view.crs}},
        "geometricError": round(size, 1),
        "root": {
            "boundingVolume": {"region": [round(float(value), 10) for value in region]},
            "geometricError": round(size / 2, 1), "refine": "ADD", "children": children,
        },
    }  # fmt: skip


def prove(path: Path, view: Scene, written: Written) -> None:
    """Read it again: every tile that is named, and all triangles of the scene in them."""
    found = 0
    try:
        with zipfile.ZipFile(path) as archive:
            for child in json.loads(archive.read(TILESET))["root"]["children"]:
                document, _ = chunks(archive.read(child["content"]["uri"]))
                numbers = [one["indices"] for one in document["meshes"][0]["primitives"]]
                found += sum(document["accessors"][number]["count"] for number in numbers) // 3
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise WriteError("not_proven", say("{0} does not open again.", "3D Tiles")) from error
    if found != sum(len(mesh.triangles) for mesh in view.meshes):
        raise WriteError("not_proven", say("{0} does not hold what was written to it.", "3D Tiles"))
