"""Binary glTF 2.0 (Khronos, ISO/IEC 12113): each mesh of the scene a node with its name, metres, y up.

Triangles of one plane share their corners, and those of others have their own, so that each has its plane's normal.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ...errors import WriteError
from ...scene.model import Material, Mesh, Scene
from ...text.sentence import say
from ..contract import Job, Written
from .edges import is_closed

_MAGIC, _VERSION = b"glTF", 2
_JSON, _BIN = b"JSON", b"BIN\0"
_FLOAT, _UINT32 = 5126, 5125
_VERTICES, _INDICES = 34962, 34963
# Normals that differ by less are of one plane.
_ANGLES = 1000


class _Buffer:
    """The binary chunk and what tells of it: a view for each array, an accessor for each view."""

    def __init__(self) -> None:
        self.views: list[dict[str, Any]] = []
        self.accessors: list[dict[str, Any]] = []
        self.pieces: list[bytes] = []
        self.length = 0

    def add(self, array: npt.NDArray[Any], kind: str, target: int, bounds: bool = False) -> int:
        """The number of the accessor of an array; all have items of four bytes, which keeps them aligned."""
        piece = np.ascontiguousarray(array).tobytes()
        self.views.append({"buffer": 0, "byteOffset": self.length, "byteLength": len(piece), "target": target})
        accessor: dict[str, Any] = {
            "bufferView": len(self.views) - 1, "count": len(array), "type": kind,
            "componentType": _UINT32 if target == _INDICES else _FLOAT,
        }  # fmt: skip
        if bounds:
            accessor |= {"min": array.min(axis=0).tolist(), "max": array.max(axis=0).tolist()}
        self.accessors.append(accessor)
        self.pieces.append(piece)
        self.length += len(piece)
        return len(self.accessors) - 1


def write(view: Scene, path: Path, job: Job) -> Written:
    """One node and mesh for each mesh of the scene, one primitive for each of its materials."""
    buffer = _Buffer()
    meshes = [{"name": mesh.name, "primitives": _primitives(mesh, buffer)} for mesh in view.meshes]
    longitude, latitude = view.origin
    document = {
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
        "buffers": [{"byteLength": buffer.length}],
    }  # fmt: skip
    text = json.dumps(document, separators=(",", ":")).encode("ascii")
    text += b" " * (-len(text) % 4)
    with path.open("wb") as file:
        file.write(struct.pack("<4sII", _MAGIC, _VERSION, 12 + 8 + len(text) + 8 + buffer.length))
        file.write(struct.pack("<I4s", len(text), _JSON) + text)
        file.write(struct.pack("<I4s", buffer.length, _BIN))
        file.writelines(buffer.pieces)
    return Written(view.counts)


def _primitives(mesh: Mesh, buffer: _Buffer) -> list[dict[str, Any]]:
    made = []
    for material in np.unique(mesh.materials):
        triangles = mesh.triangles[mesh.materials == material]
        corners = mesh.vertices[triangles]
        normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        normals /= np.linalg.norm(normals, axis=1, keepdims=True)
        steps = np.rint(normals * _ANGLES).astype("i8") + _ANGLES
        base = 2 * _ANGLES + 1
        planes = (steps[:, 0] * base + steps[:, 1]) * base + steps[:, 2]
        # A corner is one vertex for all triangles of its plane.
        keys = triangles * base**3 + planes[:, None]
        _, first, index = np.unique(keys.ravel(), return_index=True, return_inverse=True)
        positions = _y_up(corners.reshape(-1, 3)[first])
        made.append(
            {
                "attributes": {
                    "POSITION": buffer.add(positions, "VEC3", _VERTICES, bounds=True),
                    "NORMAL": buffer.add(_y_up(normals[first // 3]), "VEC3", _VERTICES),
                },
                "indices": buffer.add(index.ravel().astype("<u4"), "SCALAR", _INDICES),
                "material": int(material),
            }
        )
    return made


def _y_up(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
    """East, north and up as x, -z and y."""
    turned: npt.NDArray[np.float32] = np.column_stack([points[:, 0], points[:, 2], -points[:, 1]]).astype("<f4")
    return turned


def _material(material: Material) -> dict[str, Any]:
    """Matt, in the linear light that the format counts in (IEC 61966-2-1)."""
    srgb = [int(material.color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in srgb]
    factors = {"baseColorFactor": [*(round(value, 6) for value in linear), 1], "metallicFactor": 0}
    return {"name": material.name, "pbrMetallicRoughness": factors}


def prove(path: Path, view: Scene, written: Written) -> None:
    """Read it again: its chunks whole, and of every mesh all triangles, without an open edge."""
    data = path.read_bytes()
    try:
        magic, version, length = struct.unpack_from("<4sII", data)
        size, kind = struct.unpack_from("<I4s", data, 12)
        document = json.loads(data[20 : 20 + size])
        rest, second = struct.unpack_from("<I4s", data, 20 + size)
    except (struct.error, ValueError) as error:
        raise WriteError("not_proven", "GLB is not whole.") from error
    start = 28 + size
    if (magic, version, length, kind, second) != (_MAGIC, _VERSION, len(data), _JSON, _BIN) or start + rest != length:
        raise WriteError("not_proven", "GLB is not whole.")

    def array(number: int, kind: str) -> npt.NDArray[Any]:
        chunk = document["bufferViews"][document["accessors"][number]["bufferView"]]
        return np.frombuffer(data, kind, chunk["byteLength"] // 4, start + chunk["byteOffset"])

    for mesh, made in zip(view.meshes, document["meshes"]):
        pieces = [
            array(one["attributes"]["POSITION"], "<f4").reshape(-1, 3)[array(one["indices"], "<u4")]
            for one in made["primitives"]
        ]
        points = np.concatenate(pieces)
        if len(points) != 3 * len(mesh.triangles) or not np.isfinite(points).all() or not is_closed(points):
            raise WriteError("not_proven", say("GLB has not all triangles of {0}.", mesh.name))
