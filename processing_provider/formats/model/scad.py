"""OpenSCAD (language of 2021.01): a module for each layer, in it a polyhedron for each solid; metres, z up.

A polyhedron has one colour, that of the largest of its surfaces but the floor as seen from above.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from pathlib import Path
from typing import Iterator

import numpy as np

from ...errors import WriteError
from ...scene.model import Floats, Integers, Mesh, Scene
from ...text.sentence import say
from ..contract import Job, Written
from . import pieces, printing

_CHECK_EVERY = 500
_END = "// end\n"
_METRES = "\n// One metre is `size` units: 1 makes metres, 0.5 a model in millimetres at the scale 1 : 2000.\n"
_PRINTED = "\n// Millimetres at the scale {0} where `size` is 1.\n"
_USE = "size = 1;\n// Which layers there are: false leaves one out.\n"
_MODULE = re.compile(r"\nmodule (\w+)\(\) \{\n(.*?)\n\}\n", re.DOTALL)
_SOLID = re.compile(r"polyhedron\(\[(.*?)\], \[(.*?)\], 9\);")


def write(view: Scene, path: Path, job: Job) -> Written:
    """Write the program, layer by layer."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_program(view, job))
    return Written(view.counts)


def _program(view: Scene, job: Job) -> Iterator[str]:
    yield from (f"// {key}: {value}\n" for key, value in pieces.told(view, job).items())
    names = pieces.identifiers(mesh.name for mesh in view.meshes)
    bodies = list(pieces.closed(view))
    yield _size(view) + "".join(f"show_{name} = true;\n" for name in names)
    yield "\nscale(size) {\n" + "".join(f"  if (show_{name}) {name}();\n" for name in names) + "}\n"
    for name, (mesh, numbers, count) in zip(names, bodies):
        yield f"\nmodule {name}() {{\n"
        yield from _solids(view, mesh, numbers, count, job)
        yield "\n}\n"
    yield _END


def _size(view: Scene) -> str:
    by = view.per_metre
    return (_PRINTED.format(printing.scale(by)) if by else _METRES) + _USE


def _solids(view: Scene, mesh: Mesh, numbers: Integers, count: int, job: Job) -> Iterator[str]:
    """A polyhedron a line. Faces run clockwise seen from outside here."""
    corners: Floats = mesh.vertices[mesh.triangles]
    one, other = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    seen = np.maximum(one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0], 0)
    row = ",".join(["%.6f" if view.per_metre else "%.3f"] * 3)
    for number, rows in enumerate(pieces.by_number(numbers, count)):
        if number % _CHECK_EVERY == 0:
            job.feedback.progress(100 * number / count)
        used, index = np.unique(mesh.triangles[rows], return_inverse=True)
        points = (f"[{row}]," * len(used)) % tuple(mesh.vertices[used].ravel().tolist())
        faces = ("[%d,%d,%d]," * len(rows)) % tuple(index.reshape(-1, 3)[:, ::-1].ravel().tolist())
        color = view.materials[int(np.argmax(np.bincount(mesh.materials[rows], seen[rows])))].color
        yield f'{"" if number == 0 else chr(10)}color("{color}") polyhedron([{points[:-1]}], [{faces[:-1]}], 9);'


def prove(path: Path, view: Scene, written: Written) -> None:
    """Read the program again: all solids of every module, without an open edge."""
    text = path.read_text(encoding="utf-8")
    modules = _MODULE.findall(text)
    if len(modules) != len(view.meshes) or not text.endswith(_END):
        raise WriteError("not_proven", say("{0} does not hold what was written to it.", "OpenSCAD"))
    for (mesh, _, count), (_, body) in zip(pieces.closed(view), modules):
        found = _SOLID.findall(body)
        if len(found) != count:
            raise WriteError("not_proven", say("{0} does not hold what was written to it.", "OpenSCAD"))
        points, corners, before, sizes = [np.empty(0)], [np.empty(0)], 0, []
        for place, index in found:
            points.append(pieces.numbers(re.sub(r"[\[\],]+", " ", place)))
            corners.append(pieces.numbers(re.sub(r"[\[\],]+", " ", index)) + before)
            before += len(points[-1]) // 3
            sizes.append(len(corners[-1]) // 3)
        solids = np.repeat(np.arange(len(found)), sizes)
        pieces.prove_indexed("OpenSCAD", mesh, np.concatenate(points), np.concatenate(corners), solids)
