"""DXF of AutoCAD 2010 with the scene: each closed body a polyface mesh, metres, z up.

Of buildings every part is a body of its own, whether houses touch or not, and its extended data tell what it is.
Facts: Autodesk, DXF Reference 2010 (POLYLINE, "Polyface Meshes", VERTEX). A face lies on the layer of its material, so
that walls and roofs have their colours; edges within one plane are not seen, and what two triangles make of four
corners is one face, as not every program knows unseen edges.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path
from typing import Any, BinaryIO, Iterator

import numpy as np
from osgeo import ogr

from ...scene.model import BUILDINGS, Integers, Mesh, Scene
from ..contract import Job, Written
from ..model.pieces import closed
from . import strings
from .entities import extended
from .extents import Extents
from .flat_faces import FlatFaces, flat_faces
from .frame import FIRST, STYLE, save
from .layers import NOTICE
from .proof import prove_counts

_METRES = 6
# A polyface mesh numbers its vertices in 16 bits, with a sign.
_MOST = 32_000
_VERTEX = (
    "0\nVERTEX\n5\n%X\n330\n{0}\n100\nAcDbEntity\n8\n{1}\n100\nAcDbVertex\n100\nAcDbPolyFaceMeshVertex\n"
    "10\n%.3f\n20\n%.3f\n30\n%.3f\n70\n192\n"
)
_FACE = (
    "0\nVERTEX\n5\n%X\n330\n{0}\n100\nAcDbEntity\n8\n%s\n100\nAcDbFaceRecord\n10\n0.0\n20\n0.0\n30\n0.0\n70\n128\n"
    "71\n%d\n72\n%d\n73\n%d\n%s"
)


class _Faces:
    """The text of polyface meshes on the modelspace whose handle is `owner`."""

    def __init__(self, file: BinaryIO, owner: str) -> None:
        self.handle = FIRST
        self._file, self._owner = file, owner

    def mesh(self, mesh: Mesh, layer: str, materials: list[str], known: list[str], job: Job) -> None:
        """All bodies of a mesh; `materials` are the layers of the scene's materials, `known` what is told of bodies."""
        faces = flat_faces(mesh)
        bodies = mesh.bodies[faces.triangles]
        order = np.argsort(bodies, kind="stable")
        ends = np.flatnonzero(np.diff(bodies[order])) + 1
        for some in np.split(order, ends):
            job.feedback.check()
            told = known[int(bodies[some[0]])] if known else ""
            # What has more vertices than a mesh may have is several.
            for low in range(0, len(some), _MOST // 4):
                self._body(mesh, faces, some[low : low + _MOST // 4], layer, materials, told)

    def _body(
        self, mesh: Mesh, faces: FlatFaces, some: Integers, layer: str, materials: list[str], known: str
    ) -> None:  # fmt: skip
        own = faces.corners[some]
        used = np.unique(own[own >= 0])
        # The number of an edge that is not seen, which is that of its first corner, has a minus.
        corners = (np.searchsorted(used, own) + 1) * np.where(faces.hidden[some], -1, 1)
        fourth = [f"74\n{number}\n" if there else "" for number, there in zip(corners[:, 3].tolist(), own[:, 3] >= 0)]
        self.handle += 1
        name = f"{self.handle:X}"
        head = (
            f"0\nPOLYLINE\n5\n{name}\n330\n{self._owner}\n100\nAcDbEntity\n8\n{layer}\n100\nAcDbPolyFaceMesh\n66\n1\n"
            f"10\n0.0\n20\n0.0\n30\n0.0\n70\n64\n71\n{len(used)}\n72\n{len(some)}\n{known}"
        )
        vertex, face = _VERTEX.format(name, layer), _FACE.format(name)
        first = self.handle + 1
        vertices = [vertex % (first + n, *xyz) for n, xyz in enumerate(mesh.vertices[used].tolist())]
        first += len(vertices)
        looks = [materials[number] for number in mesh.materials[faces.triangles[some]].tolist()]
        rows = zip(looks, corners[:, :3].tolist(), fourth)
        records = [face % (first + n, look, *row, last) for n, (look, row, last) in enumerate(rows)]
        self.handle = first + len(records)
        end = f"0\nSEQEND\n5\n{self.handle:X}\n330\n{name}\n100\nAcDbEntity\n8\n{layer}\n"
        self._file.write("".join([head, *vertices, *records, end]).encode("utf-8"))


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
            low, high = extents.heights
            extents.heights = min(low, float(mesh.vertices[:, 2].min())), max(high, float(mesh.vertices[:, 2].max()))
    document.entitydb.handles.reset(f"{faces.handle + 1:X}")
    if job.credit:
        _notice(document, extents, job)
    longitude, latitude = view.origin
    # Where the sun is looked up.
    document.header["$LATITUDE"], document.header["$LONGITUDE"] = latitude, longitude
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
    """Read the file again with GDAL's DXF driver and count the triangles of each layer."""
    wanted = {strings.layer_name(mesh.name): len(mesh.triangles) for mesh, _, _ in closed(view)}
    prove_counts(path, wanted, _faces)


def _faces(entity: ogr.Feature) -> int:
    """The triangles of a polyface mesh, of which a face of four corners has two; a text has none."""
    if entity["Text"]:
        return 0
    shape = entity.GetGeometryRef()
    return sum(shape.GetGeometryRef(at).GetGeometryRef(0).GetPointCount() - 3 for at in range(shape.GetGeometryCount()))
