"""DXF of AutoCAD 2010 with the scene: each closed body a polyface mesh, metres, z up.

Of buildings every part is a body of its own, whether houses touch or not, and its extended data tell what it is.
Facts: Autodesk, DXF Reference 2010 (POLYLINE, "Polyface Meshes", VERTEX). A face lies on the layer of its material, so
that walls and roofs have their colours; edges between triangles of one plane are not seen.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path
from typing import Any, BinaryIO, Iterator

import numpy as np
from osgeo import ogr

from ...scene.model import BUILDINGS, Flags, Integers, Mesh, Scene
from ..contract import Job, Written
from ..model.pieces import closed
from . import strings
from .entities import extended
from .extents import Extents
from .frame import FIRST, STYLE, save
from .layers import NOTICE
from .proof import prove_counts

_METRES = 6
# A polyface mesh numbers its vertices in 16 bits, with a sign.
_MOST = 32_000
_SAME_PLANE = 1 - 1e-6
_VERTEX = (
    "0\nVERTEX\n5\n%X\n330\n{0}\n100\nAcDbEntity\n8\n{1}\n100\nAcDbVertex\n100\nAcDbPolyFaceMeshVertex\n"
    "10\n%.3f\n20\n%.3f\n30\n%.3f\n70\n192\n"
)
_FACE = (
    "0\nVERTEX\n5\n%X\n330\n{0}\n100\nAcDbEntity\n8\n%s\n100\nAcDbFaceRecord\n10\n0.0\n20\n0.0\n30\n0.0\n70\n128\n"
    "71\n%d\n72\n%d\n73\n%d\n"
)


class _Faces:
    """The text of polyface meshes on the modelspace whose handle is `owner`."""

    def __init__(self, file: BinaryIO, owner: str) -> None:
        self.handle = FIRST
        self._file, self._owner = file, owner

    def mesh(self, mesh: Mesh, layer: str, materials: list[str], known: list[str], job: Job) -> None:
        """All bodies of a mesh; `materials` are the layers of the scene's materials, `known` what is told of bodies."""
        hidden = smooth_edges(mesh)
        order = np.argsort(mesh.bodies, kind="stable")
        ends = np.flatnonzero(np.diff(mesh.bodies[order])) + 1
        for some in np.split(order, ends):
            job.feedback.check()
            told = known[int(mesh.bodies[some[0]])] if known else ""
            # What has more vertices than a mesh may have is several.
            for low in range(0, len(some), _MOST // 3):
                self._body(mesh, some[low : low + _MOST // 3], hidden, layer, materials, told)

    def _body(
        self, mesh: Mesh, some: Integers, hidden: Flags, layer: str, materials: list[str], known: str
    ) -> None:  # fmt: skip
        used, numbers = np.unique(mesh.triangles[some].ravel(), return_inverse=True)
        # The number of an edge that is not seen, which is that of its first corner, has a minus.
        corners = (numbers.reshape(-1, 3) + 1) * np.where(hidden[some], -1, 1)
        self.handle += 1
        own = f"{self.handle:X}"
        head = (
            f"0\nPOLYLINE\n5\n{own}\n330\n{self._owner}\n100\nAcDbEntity\n8\n{layer}\n100\nAcDbPolyFaceMesh\n66\n1\n"
            f"10\n0.0\n20\n0.0\n30\n0.0\n70\n64\n71\n{len(used)}\n72\n{len(some)}\n{known}"
        )
        vertex, face = _VERTEX.format(own, layer), _FACE.format(own)
        first = self.handle + 1
        vertices = [vertex % (first + n, *xyz) for n, xyz in enumerate(mesh.vertices[used].tolist())]
        first += len(vertices)
        looks = [materials[number] for number in mesh.materials[some].tolist()]
        faces = [face % (first + n, look, *row) for n, (look, row) in enumerate(zip(looks, corners.tolist()))]
        self.handle = first + len(faces)
        end = f"0\nSEQEND\n5\n{self.handle:X}\n330\n{own}\n100\nAcDbEntity\n8\n{layer}\n"
        self._file.write("".join([head, *vertices, *faces, end]).encode("utf-8"))


def smooth_edges(mesh: Mesh) -> Flags:
    """Which edges (m, 3) of a mesh, from each corner of a triangle to the next, lie between two of one plane."""
    corners = mesh.vertices[mesh.triangles]
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    normals /= np.maximum(np.linalg.norm(normals, axis=1), 1e-12)[:, None]
    edges = np.sort(np.stack([mesh.triangles, np.roll(mesh.triangles, -1, axis=1)], axis=2).reshape(-1, 2), axis=1)
    order = np.lexsort((edges[:, 1], edges[:, 0]))
    same = (edges[order][1:] == edges[order][:-1]).all(axis=1)
    one, other = order[:-1][same], order[1:][same]
    level = (normals[one // 3] * normals[other // 3]).sum(axis=1) > _SAME_PLANE
    result = np.zeros(len(edges), bool)
    result[one[level]] = result[other[level]] = True
    return result.reshape(-1, 3)


def write(view: Scene, path: Path, job: Job) -> Written:
    """Write every mesh on its layer, and whose data it is as a text."""
    import ezdxf

    document = ezdxf.new("R2010", setup=False, units=_METRES)
    document.header["$DIMSTYLE"] = "Standard"
    document.styles.add(STYLE, font="arial.ttf")
    document.appids.add(strings.APPLICATION)
    part = path.with_suffix(".faces")
    extents = Extents()
    with part.open("wb") as file:
        faces = _Faces(file, str(document.modelspace().block_record_handle))
        for mesh, _, _ in closed(view):
            if not len(mesh.triangles):
                continue
            known = _known(view) if mesh.name == BUILDINGS else []
            layer, looks = strings.layer_name(mesh.name), list(_layers(document, view, mesh))
            faces.mesh(mesh, layer, looks, known, job)
            extents.add_box(mesh.vertices[:, :2])
    document.entitydb.handles.reset(f"{faces.handle + 1:X}")
    if job.credit:
        _notice(document, extents, job)
    longitude, latitude = view.origin
    told = {"title": job.title, "rights": job.notice, "origin": f"{longitude:.7f} {latitude:.7f}", "crs": view.crs}
    for key, text in told.items():
        document.header.custom_vars.append(key, strings.string(strings.one_line(text)))
    extents.set(document)
    save(document, path, [part])
    part.unlink()
    return Written({strings.layer_name(name): count for name, count in view.counts.items()})


def _known(view: Scene) -> list[str]:
    """What is told of each part of a building: what it is mapped as, and kind and name of its building."""
    known, result = strings.Known(""), []
    for part in view.parts:
        building = view.buildings[part.building]
        kind, _, number = part.id.partition("/")
        result.append(extended(known.of(kind or None, number or None, building.kind or None, building.name or None)))
    return result


def _layers(document: Any, view: Scene, mesh: Mesh) -> Iterator[str]:
    """Make the layer of a mesh, and one for each of its materials; the names of the latter, by number."""
    used = set(np.unique(mesh.materials).tolist())
    main = strings.layer_name(mesh.name)
    document.layers.add(main, true_color=_color(view, min(used)))
    for number, material in enumerate(view.materials):
        name = strings.layer_name(f"{mesh.name} - {material.name}")
        if number in used:
            document.layers.add(name, true_color=_color(view, number))
        yield name


def _color(view: Scene, number: int) -> int:
    return int(view.materials[number].color[1:7], 16)


def _notice(document: Any, extents: Extents, job: Job) -> None:
    height = max(extents.xmax - extents.xmin, 1.0) / 200
    place = extents.xmin, extents.ymin - 2 * height
    document.layers.add(NOTICE.layer, color=NOTICE.color)
    document.modelspace().add_text(
        strings.shown(strings.one_line(job.credit)), height=height,
        dxfattribs={"layer": NOTICE.layer, "style": STYLE, "insert": place},
    )  # fmt: skip
    extents.add((place,))


def prove(path: Path, view: Scene, written: Written) -> None:
    """Read the file again with GDAL's DXF driver and count the faces of each layer."""
    wanted = {strings.layer_name(mesh.name): len(mesh.triangles) for mesh, _, _ in closed(view)}
    prove_counts(path, wanted, _faces)


def _faces(entity: ogr.Feature) -> int:
    """The faces of a polyface mesh; a text has none."""
    return 0 if entity["Text"] else int(entity.GetGeometryRef().GetGeometryCount())
