"""USDZ (Pixar and Apple): the scene as one layer of USD text in a zip without packing; a mesh for each layer, y up.

The layer is `.usda`, which the package's specification allows; the data of a file in it begin at a multiple of 64.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Iterator

import numpy as np

from ...errors import WriteError
from ...scene.model import Mesh, Scene
from ...text.phrases import one_line
from ...text.sentence import say
from ..contract import Job, Written
from . import pieces

LAYER = "map.usda"
_ALIGNED = 64
# A member's local header, and the head of the field that fills it up.
_HEADER, _FIELD = 30, 4
_FILLER = 0x1986
_MESH = re.compile(r"\n    def Mesh .*?\n    \}\n", re.DOTALL)
_INDICES = re.compile(r"faceVertexIndices = \[([^\]]*)\]")
_POINTS = re.compile(r"points = \[([^\]]*)\]")


def write(view: Scene, path: Path, job: Job) -> Written:
    """Write the layer into the package."""
    member = zipfile.ZipInfo(LAYER)
    fill = -(_HEADER + len(LAYER) + _FIELD) % _ALIGNED
    member.extra = _FILLER.to_bytes(2, "little") + fill.to_bytes(2, "little") + bytes(fill)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(member, "".join(_layer(view, job)).encode("utf-8"))
    return Written(view.counts)


def _layer(view: Scene, job: Job) -> Iterator[str]:
    told = pieces.told(view, job)
    looks = pieces.identifiers(material.name for material in view.materials)
    names = pieces.identifiers(["Looks", *(mesh.name for mesh in view.meshes)])[1:]
    known = "".join(f"        string {key} = {_string(value)}\n" for key, value in told.items())
    yield (
        f'#usda 1.0\n(\n    defaultPrim = "map"\n    doc = {_string(told["rights"])}\n    metersPerUnit = 1\n'
        f'    upAxis = "Y"\n    customLayerData = {{\n{known}    }}\n)\n\n'
        'def Xform "map" (\n    kind = "component"\n)\n{\n    def Scope "Looks"\n    {\n'
    )
    for material, look in zip(view.materials, looks):
        color = ", ".join(f"{share:.6f}" for share in pieces.linear(material))
        shader = f"</map/Looks/{look}/Surface.outputs:surface>"
        yield (
            f'        def Material "{look}" (\n            displayName = {_string(material.name)}\n'
            "        )\n        {\n"
            f"            token outputs:surface.connect = {shader}\n"
            '            def Shader "Surface"\n            {\n'
            '                uniform token info:id = "UsdPreviewSurface"\n'
            f"                color3f inputs:diffuseColor = ({color})\n                float inputs:roughness = 1\n"
            "                token outputs:surface\n            }\n        }\n"
        )
    yield "    }\n"
    for number, (mesh, name) in enumerate(zip(view.meshes, names)):
        job.feedback.progress(100 * number / len(names))
        yield from _mesh(mesh, name, looks, job)
    yield "}\n"


def _mesh(mesh: Mesh, name: str, looks: list[str], job: Job) -> Iterator[str]:
    points = pieces.y_up(mesh.vertices)
    yield f'\n    def Mesh "{name}" (\n        displayName = {_string(mesh.name)}\n'
    yield '        prepend apiSchemas = ["MaterialBindingAPI"]\n    )\n    {\n'
    if len(points):
        corners = ", ".join(
            f"({', '.join(f'{value:.3f}' for value in corner)})" for corner in (points.min(axis=0), points.max(axis=0))
        )
        yield f"        float3[] extent = [{corners}]\n"
    yield f"        int[] faceVertexCounts = [{', '.join(['3'] * len(mesh.triangles))}]\n"
    yield f"        int[] faceVertexIndices = [{_joined(pieces.rows('%d, %d, %d, ', mesh.triangles, job.feedback))}]\n"
    yield f"        point3f[] points = [{_joined(pieces.rows('(%.3f, %.3f, %.3f), ', points, job.feedback))}]\n"
    yield '        uniform token subdivisionScheme = "none"\n'
    yield '        uniform token subsetFamily:materialBind:familyType = "partition"\n'
    for material in np.unique(mesh.materials):
        mine = np.flatnonzero(mesh.materials == material)
        yield (
            f'        def GeomSubset "{looks[material]}" (\n            prepend apiSchemas = ["MaterialBindingAPI"]\n'
            '        )\n        {\n            uniform token elementType = "face"\n'
            '            uniform token familyName = "materialBind"\n'
            f"            int[] indices = [{_joined(pieces.rows('%d, ', mine, job.feedback))}]\n"
            f"            rel material:binding = </map/Looks/{looks[material]}>\n        }}\n"
        )
    yield "    }\n"


def _joined(blocks: Iterator[str]) -> str:
    return "".join(blocks)[:-2]


def _string(text: str) -> str:
    escaped = one_line(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def prove(path: Path, view: Scene, written: Written) -> None:
    """Read it again: the layer lies where it has to, and has all triangles of every mesh."""
    try:
        with zipfile.ZipFile(path) as archive:
            (member,) = archive.infolist()
            text = archive.read(member).decode("utf-8")
        with path.open("rb") as file:
            head = file.read(_HEADER)
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise WriteError("not_proven", say("{0} does not open again.", "USDZ")) from error
    start = _HEADER + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    found = _MESH.findall(text)
    if start % _ALIGNED or member.compress_type != zipfile.ZIP_STORED or len(found) != len(view.meshes):
        raise WriteError("not_proven", say("{0} does not hold what was written to it.", "USDZ"))
    for mesh, one in zip(view.meshes, found):
        points, corners = (
            pieces.numbers(re.sub(r"[(),]+", " ", "".join(pattern.findall(one)))) for pattern in (_POINTS, _INDICES)
        )
        pieces.prove_indexed("USDZ", mesh, points, corners)
