"""glTF 2.0 (Khronos): the JSON and the buffer that GLB and glTF share; metres, y up.

Triangles of one plane share their corners, and those of others have their own, so that each has its plane's normal.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ...scene.model import Material, Mesh, Scene
from ..contract import Job
from . import pieces

_FLOAT, _UINT32 = 5126, 5125
_VERTICES, _INDICES = 34962, 34963


class Buffer:
    """The buffer and what tells of it: a view for each array, an accessor for each view."""

    def __init__(self) -> None:
        self.views: list[dict[str, Any]] = []
        self.accessors: list[dict[str, Any]] = []
        self.pieces: list[bytes] = []
        self.length = 0

    def add(self, array: npt.NDArray[Any], kind: str, target: int, bounds: bool = False) -> int:
        """The number of the accessor of an array, whose items have four bytes."""
        view = self.add_bytes(np.ascontiguousarray(array).tobytes())
        self.views[view]["target"] = target
        accessor: dict[str, Any] = {
            "bufferView": view, "count": len(array), "type": kind,
            "componentType": _UINT32 if target == _INDICES else _FLOAT,
        }  # fmt: skip
        if bounds:
            accessor |= {"min": array.min(axis=0).tolist(), "max": array.max(axis=0).tolist()}
        self.accessors.append(accessor)
        return len(self.accessors) - 1

    def add_ids(self, ids: npt.NDArray[Any]) -> int:
        """The number of the accessor of numbers of features, one for each vertex."""
        return self.add(ids.astype("<f4"), "SCALAR", _VERTICES)

    def add_bytes(self, data: bytes, aligned: int = 4) -> int:
        """The number of the view of these bytes, which begin at a multiple of `aligned`."""
        self._fill(aligned)
        self.views.append({"buffer": 0, "byteOffset": self.length, "byteLength": len(data)})
        self.pieces.append(data)
        self.length += len(data)
        return len(self.views) - 1

    def _fill(self, aligned: int) -> None:
        fill = -self.length % aligned
        self.pieces.append(bytes(fill))
        self.length += fill

    def finish(self) -> int:
        """Its length, filled up to whole words."""
        self._fill(4)
        return self.length


def build(view: Scene, job: Job, uri: str = "", by_part: bool = False) -> tuple[dict[str, Any], Buffer]:
    """One node and mesh for each mesh of the scene, one primitive for each of its materials; `uri` of the buffer.

    With `by_part` every vertex is of one part alone, which the attribute _FEATURE_ID_0 says.
    """
    buffer = Buffer()
    meshes = []
    for number, mesh in enumerate(view.meshes):
        job.feedback.progress(100 * number / len(view.meshes))
        meshes.append({"name": mesh.name, "primitives": _primitives(mesh, buffer, by_part)})
    longitude, latitude = view.origin
    document: dict[str, Any] = {
        "asset": {
            "version": "2.0",
            "generator": "osm2cdr",
            "copyright": job.notice,
            "extras": {
                "origin": {"longitude": round(longitude, 9), "latitude": round(latitude, 9)},
                "crs": view.crs, "date": view.date, "source": view.source,
            },
        },
        "scene": 0,
        "scenes": [{"name": job.title, "nodes": list(range(len(meshes)))}],
        "nodes": [{"name": mesh.name, "mesh": number} for number, mesh in enumerate(view.meshes)],
        "meshes": meshes,
        "materials": [_material(material) for material in view.materials],
        "accessors": buffer.accessors,
        "bufferViews": buffer.views,
        "buffers": [{"byteLength": buffer.finish(), **({"uri": uri} if uri else {})}],
    }  # fmt: skip
    return document, buffer


def _primitives(mesh: Mesh, buffer: Buffer, by_part: bool) -> list[dict[str, Any]]:
    return [
        {
            "attributes": {
                "POSITION": buffer.add(pieces.y_up(piece.points).astype("<f4"), "VEC3", _VERTICES, bounds=True),
                "NORMAL": buffer.add(pieces.y_up(piece.normals).astype("<f4"), "VEC3", _VERTICES),
                **({"_FEATURE_ID_0": buffer.add_ids(piece.parts)} if by_part else {}),
            },
            "indices": buffer.add(piece.triangles.ravel().astype("<u4"), "SCALAR", _INDICES),
            "material": piece.material,
        }
        for piece in pieces.faceted(mesh, by_part)
    ]


def _material(material: Material) -> dict[str, Any]:
    """Matt, in the linear light that the format counts in."""
    factors = {"baseColorFactor": [*pieces.linear(material), 1], "metallicFactor": 0}
    return {"name": material.name, "pbrMetallicRoughness": factors}


def prove_meshes(label: str, document: Any, data: bytes, view: Scene) -> None:
    """Raise WriteError unless of every mesh all triangles are in the buffer, without an open edge."""

    def array(number: int, kind: str) -> npt.NDArray[Any]:
        chunk = document["bufferViews"][document["accessors"][number]["bufferView"]]
        return np.frombuffer(data, kind, chunk["byteLength"] // 4, chunk["byteOffset"])

    for mesh, made in zip(view.meshes, document["meshes"]):
        corners = [
            array(one["attributes"]["POSITION"], "<f4").reshape(-1, 3)[array(one["indices"], "<u4")]
            for one in made["primitives"]
        ]
        pieces.prove_mesh(label, mesh, np.concatenate([np.empty((0, 3)), *corners]).reshape(-1, 3, 3))
