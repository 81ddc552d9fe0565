"""X3D 3.3 in XML (ISO/IEC 19775-1): a group for each layer, a shape for each of its materials; metres, y up."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from pathlib import Path
from typing import Iterator

from ...errors import WriteError
from ...scene.model import Mesh, Scene
from ...text.sentence import say
from ...text.xml_text import quoteattr
from ..contract import Job, Written
from . import pieces
from .viewpoint import viewpoint

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE X3D PUBLIC "ISO//Web3D//DTD X3D 3.3//EN" "https://www.web3d.org/specifications/x3d-3.3.dtd">
<X3D profile="Interchange" version="3.3">
<head>
"""
_GROUP = re.compile(r"<Group DEF=.*?</Group>", re.DOTALL)
_SHAPE = re.compile(r'coordIndex="([^"]*)"[^>]*><Coordinate point="([^"]*)"/>')


def write(view: Scene, path: Path, job: Job) -> Written:
    """Write the scene, layer by layer."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_document(view, job))
    return Written(view.counts)


def _document(view: Scene, job: Job) -> Iterator[str]:
    told = pieces.told(view, job)
    yield _HEAD + '<unit category="length" name="metre" conversionFactor="1.0"/>\n'
    yield from (f"<meta name={quoteattr(key)} content={quoteattr(value)}/>\n" for key, value in told.items())
    where, along, angle = viewpoint(view)
    yield "</head>\n<Scene>\n"
    yield f"<WorldInfo title={quoteattr(told.get('title', ''))} info={quoteattr(_strings(told['rights']))}/>\n"
    yield f'<Viewpoint description="From the south" position="{where}" centerOfRotation="{along}" '
    yield f'orientation="1 0 0 {angle:.3f}"/>\n'
    yield '<NavigationInfo type="&quot;EXAMINE&quot; &quot;ANY&quot;"/>\n'
    names = pieces.identifiers(mesh.name for mesh in view.meshes)
    for number, (mesh, name) in enumerate(zip(view.meshes, names)):
        job.feedback.progress(100 * number / len(names))
        yield f'<Group DEF="{name}">\n'
        yield from _shapes(view, mesh, job)
        yield "</Group>\n"
    yield "</Scene>\n</X3D>\n"


def _strings(text: str) -> str:
    """A text as a list of one string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _shapes(view: Scene, mesh: Mesh, job: Job) -> Iterator[str]:
    for piece in pieces.pieces(mesh):
        color = pieces.color(view.materials[piece.material])
        yield f'<Shape><Appearance><Material diffuseColor="{color}"/></Appearance>'
        yield '<IndexedFaceSet solid="true" creaseAngle="0" coordIndex="'
        yield from pieces.rows("%d %d %d -1 ", piece.triangles, job.feedback)
        yield '"><Coordinate point="'
        yield from pieces.rows("%.3f %.3f %.3f ", pieces.y_up(piece.points), job.feedback)
        yield '"/></IndexedFaceSet></Shape>\n'


def prove(path: Path, view: Scene, written: Written) -> None:
    """Read it again: all triangles of every group, without an open edge."""
    text = path.read_text(encoding="utf-8")
    groups = _GROUP.findall(text)
    if not text.endswith("</X3D>\n"):
        raise WriteError("not_proven", say("{0} does not hold what was written to it.", "X3D"))
    pieces.prove_shapes("X3D", view, [_SHAPE.findall(group) for group in groups])
