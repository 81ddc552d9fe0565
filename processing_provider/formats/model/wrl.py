"""VRML97 (ISO/IEC 14772-1): a group for each layer, a shape for each of its materials; metres, y up."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from pathlib import Path
from typing import Iterator

from ...errors import WriteError
from ...scene.model import Mesh, Scene
from ...text.sentence import say
from ..contract import Job, Written
from . import pieces
from .viewpoint import viewpoint

_GROUP = re.compile(r"\nDEF \w+ Group \{.*?\n\}", re.DOTALL)
_SHAPE = re.compile(r"coordIndex \[([^\]]*)\] coord Coordinate \{ point \[([^\]]*)\]")
_END = "# end\n"


def write(view: Scene, path: Path, job: Job) -> Written:
    """Write the world, layer by layer."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_world(view, job))
    return Written(view.counts)


def _world(view: Scene, job: Job) -> Iterator[str]:
    told = pieces.told(view, job)
    where, _, angle = viewpoint(view)
    info = ", ".join(_string(f"{key}: {value}") for key, value in told.items() if key != "title")
    yield f"#VRML V2.0 utf8\nWorldInfo {{ title {_string(told.get('title', ''))} info [ {info} ] }}\n"
    yield f'Viewpoint {{ description "From the south" position {where} orientation 1 0 0 {angle:.3f} }}\n'
    yield 'NavigationInfo { type [ "EXAMINE", "ANY" ] }\n'
    names = pieces.identifiers(mesh.name for mesh in view.meshes)
    for number, (mesh, name) in enumerate(zip(view.meshes, names)):
        job.feedback.progress(100 * number / len(names))
        yield f"DEF {name} Group {{ children [\n"
        yield from _shapes(view, mesh, job)
        yield "]\n}\n"
    yield _END


def _string(text: str) -> str:
    """A text of the format: in UTF-8, its quotes and backslashes marked."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _shapes(view: Scene, mesh: Mesh, job: Job) -> Iterator[str]:
    for piece in pieces.pieces(mesh):
        color = pieces.color(view.materials[piece.material])
        yield f"Shape {{ appearance Appearance {{ material Material {{ diffuseColor {color} }} }}\n"
        yield "geometry IndexedFaceSet { solid TRUE creaseAngle 0 coordIndex ["
        yield from pieces.rows("%d %d %d -1\n", piece.triangles, job.feedback)
        yield "] coord Coordinate { point ["
        yield from pieces.rows("%.3f %.3f %.3f\n", pieces.y_up(piece.points), job.feedback)
        yield "] } } }\n"


def prove(path: Path, view: Scene, written: Written) -> None:
    """Read it again: all triangles of every group, without an open edge."""
    text = path.read_text(encoding="utf-8")
    if not text.endswith(_END):
        raise WriteError("not_proven", say("{0} does not hold what was written to it.", "VRML"))
    pieces.prove_shapes("VRML", view, [_SHAPE.findall(group) for group in _GROUP.findall(text)])
