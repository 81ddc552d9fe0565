"""CityJSON 2.0 (OGC 20-072r5): every building with its parts as solids, LoD 1.2, or 2.0 where a roof is known; UTM.

Heights are metres above the ground, which the format cannot say: it is told in the title of the file's metadata. The
attribute `heightSource` says where they come from; one that is assumed is in the geometry alone. Each face has its
material, under the theme `osm2cdr`.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Iterator

import numpy as np

from ...errors import WriteError
from ...scene.model import Building, Floats, Material, Scene
from ...text.phrases import one_line
from ...text.sentence import say
from ..contract import Job, Written
from . import faces
from .pieces import srgb

_SCALE = 0.001
_CHECK_EVERY = 500
_SURFACES = ("GroundSurface", "WallSurface", "RoofSurface")
# What the colours of tags and of the style are called among others that somebody adds.
_THEME = "osm2cdr"


def write(view: Scene, path: Path, job: Job) -> Written:
    """Write the objects, then the vertices that they share."""
    bodies = list(faces.bodies(view))
    points = faces.placed(np.concatenate([body.points for body in bodies]), view, f"EPSG:{faces.utm(view)}")
    low, high = points.min(axis=0), points.max(axis=0)
    # Whole millimetres from a corner that is a whole metre; equal ones are one vertex.
    corner = np.floor(low)
    steps = np.rint((points - corner) / _SCALE).astype("i8")
    vertices, index = np.unique(steps, axis=0, return_inverse=True)
    index = index.ravel()
    head = {
        "type": "CityJSON",
        "version": "2.0",
        "transform": {"scale": [_SCALE] * 3, "translate": corner.tolist()},
        "metadata": {
            "title": one_line(f"{job.title}. {job.credit}. Heights are above the ground."),
            "geographicalExtent": [*low.round(3).tolist(), *high.round(3).tolist()],
            "referenceSystem": f"https://www.opengis.net/def/crs/EPSG/0/{faces.utm(view)}",
            **({"referenceDate": view.date[:10]} if view.date else {}),
        },
        "appearance": {"materials": [_material(one) for one in view.alone.materials], "default-theme-material": _THEME},
    }
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "CityObjects": {\n')
        file.writelines(_objects(view, bodies, index, job))
        file.write('}, "vertices": [\n')
        rows = vertices.tolist()
        file.write(",\n".join(json.dumps(row, separators=(",", ":")) for row in rows))
        file.write("\n]}\n")
    return Written({"buildings": len(view.parts)})


def _objects(view: Scene, bodies: list[faces.Body], index: Any, job: Job) -> Iterator[str]:
    starts = np.concatenate([[0], np.cumsum([len(body.points) for body in bodies])])
    mark = ""
    for number, building in enumerate(view.buildings):
        if number % _CHECK_EVERY == 0:
            job.feedback.progress(100 * number / len(view.buildings))
        name = f"b{number}"
        shapes = {
            part: _solid(bodies[part], index[starts[part] : starts[part + 1]].tolist()) for part in building.parts
        }
        whole: dict[str, Any] = {"type": "Building", "attributes": _attributes(building, view)}
        if len(shapes) == 1:
            whole["geometry"] = list(shapes.values())
        else:
            whole["children"] = [f"{name}-{part}" for part in building.parts]
        yield f"{mark}{_member(name, whole)}"
        mark = ",\n"
        if len(shapes) > 1:
            for part, shape in shapes.items():
                told = view.parts[part]
                known: dict[str, Any] = {"osm_id": told.id, **_height(faces.part_height(told), told.source)}
                if told.levels:
                    known["storeysAboveGround"] = int(told.levels)
                piece = {"type": "BuildingPart", "parents": [name], "attributes": known, "geometry": [shape]}
                yield f"{mark}{_member(f'{name}-{part}', piece)}"


def _material(material: Material) -> dict[str, Any]:
    return {"name": str(material.name), "diffuseColor": [round(share, 4) for share in srgb(material)]}


def _member(name: str, value: Any) -> str:
    return f'"{name}": {json.dumps(value, ensure_ascii=False, separators=(",", ":"))}'


def _attributes(building: Building, view: Scene) -> dict[str, Any]:
    """What the schema knows under its names, then the tags as the map data have them."""
    known: dict[str, Any] = _height(faces.measured(building, view), faces.source(building, view))
    if building.name:
        known["name"] = building.name
    if building.kind:
        known["function"] = building.kind
    if faces.storeys(building, view):
        known["storeysAboveGround"] = faces.storeys(building, view)
    roofs = {view.parts[part].roof for part in building.parts} - {faces.FLAT}
    if len(roofs) == 1:
        known["roofType"] = roofs.pop()
    return {**faces.tags(building), **known}


def _height(height: float | None, source: str) -> dict[str, Any]:
    """Where the height comes from, and the height itself where anybody said it."""
    return {"heightSource": source, **({} if height is None else {"measuredHeight": height})}


def _solid(body: faces.Body, index: list[int]) -> dict[str, Any]:
    boundary = [[[index[point] for point in ring] for ring in face.rings] for face in body.faces]
    values = [face.surface for face in body.faces]
    looks = [faces.material(body.part, face) for face in body.faces]
    return {
        "type": "Solid",
        "lod": "1.2" if body.part.roof == faces.FLAT else "2.0",
        "boundaries": [boundary],
        "semantics": {"surfaces": [{"type": name} for name in _SURFACES], "values": [values]},
        "material": {_THEME: {"values": [looks]}},
    }


def prove(path: Path, view: Scene, written: Written) -> None:
    """Read it again: a solid of every part, all of whose vertices are there."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        shapes = [shape for one in found["CityObjects"].values() for shape in one.get("geometry", ())]
        points: Floats = np.array(found["vertices"])
        used = {point for one in shapes for face in one["boundaries"][0] for ring in face for point in ring}
        looks = {number for one in shapes for number in one["material"][_THEME]["values"][0]}
        is_coloured = looks <= set(range(len(found["appearance"]["materials"])))
    except (ValueError, KeyError, TypeError) as error:
        raise WriteError("not_proven", say("{0} does not open again.", "CityJSON")) from error
    whole = sum(one["type"] == "Building" for one in found["CityObjects"].values())
    is_whole = len(shapes) == len(view.parts) and whole == len(view.buildings) and used == set(range(len(points)))
    if not is_whole or not is_coloured:
        raise WriteError("not_proven", say("{0} does not hold what was written to it.", "CityJSON"))
