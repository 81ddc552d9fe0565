"""Binary STL (3D Systems, 1989): the scene's closed solids, z up; metres, or
millimetres where it is to be printed at a size.

The file is an 80-byte header, the number of triangles (uint32), then per triangle normal, three vertices
(float32) and two bytes of attributes.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

import numpy as np

from ...errors import WriteError
from ...scene.model import Scene
from ..contract import Job, Written
from . import printing
from .edges import is_closed

_RECORD = np.dtype([("normal", "<f4", 3), ("vertices", "<f4", (3, 3)), ("attribute", "<u2")])
_HEADER = 84


def write(view: Scene, path: Path, job: Job) -> Written:
    """All triangles of all meshes: the format knows neither layers nor colours."""
    by = view.per_metre
    vertices = np.concatenate([mesh.vertices[mesh.triangles] for mesh in view.meshes])
    normals = np.cross(vertices[:, 1] - vertices[:, 0], vertices[:, 2] - vertices[:, 0])
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    records = np.zeros(len(vertices), _RECORD)
    records["normal"], records["vertices"] = normals, vertices
    # 80 bytes: whose and of when is all that fits.
    short = f"{'mm ' + printing.scale(by) if by else 'metres'}; {job.date[:10]} {view.notice}".replace(
        ", openstreetmap.org/copyright", ""
    )
    header = f"osm2cdr {short}".replace("©", "(c)").encode("ascii", "replace")[:80].ljust(80)
    with path.open("wb") as file:
        file.write(header + np.uint32(len(records)).astype("<u4").tobytes())
        file.write(records.tobytes())
    return Written(view.counts)


def prove(path: Path, view: Scene, written: Written) -> None:
    """Read the triangles again: as many as the scene's and as the file says, finite, without an open edge."""
    size = path.stat().st_size
    with path.open("rb") as file:
        count = int(np.frombuffer(file.read(_HEADER)[80:], "<u4")[0])
        records = np.frombuffer(file.read(), _RECORD) if size == _HEADER + count * _RECORD.itemsize else None
    wanted = sum(len(mesh.triangles) for mesh in view.meshes)
    if records is None or count != wanted or not np.isfinite(records["vertices"]).all():
        raise WriteError("not_proven", "STL is not whole.")
    if not is_closed(records["vertices"]):
        raise WriteError("not_proven", "STL came out with an open edge.")
