"""Wavefront OBJ and its MTL (Alias|Wavefront, 1995), in a zip: an object for each layer, metres, y up."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path
from typing import Iterator

import numpy as np

from ...errors import WriteError
from ...scene.model import Scene
from ...text.sentence import say
from ..archive import pack
from ..contract import Job, Written
from . import pieces

MODEL, MATERIALS = "map.obj", "map.mtl"


def write(view: Scene, path: Path, job: Job) -> Written:
    """Write model and materials, and pack them."""
    with tempfile.TemporaryDirectory(dir=path.parent) as name:
        folder = Path(name)
        with (folder / MODEL).open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(_model(view, job))
        (folder / MATERIALS).write_text("".join(_materials(view)), encoding="utf-8", newline="\n")
        told = say("OBJ: one object for each layer, one material for each kind of surface; open {0}.", MODEL)
        pack(folder, path, view, job, told, pieces.axes(view))
    return Written(view.counts)


def _model(view: Scene, job: Job) -> Iterator[str]:
    names = pieces.identifiers(material.name for material in view.materials)
    yield from (f"# {key}: {value}\n" for key, value in pieces.told(view, job).items())
    yield f"mtllib {MATERIALS}\n"
    before = 1
    for mesh, name in zip(view.meshes, pieces.identifiers(mesh.name for mesh in view.meshes)):
        yield f"o {name}\n"
        yield from pieces.rows("v %.3f %.3f %.3f\n", pieces.y_up(mesh.vertices), job.feedback)
        for material in np.unique(mesh.materials):
            yield f"g {name}_{names[material]}\nusemtl {names[material]}\ns off\n"
            yield from pieces.rows("f %d %d %d\n", mesh.triangles[mesh.materials == material] + before, job.feedback)
        before += len(mesh.vertices)


def _materials(view: Scene) -> Iterator[str]:
    for material, name in zip(view.materials, pieces.identifiers(material.name for material in view.materials)):
        color = pieces.color(material)
        yield f"newmtl {name}\nKa 0 0 0\nKd {color}\nKs 0 0 0\nd 1\nillum 1\n\n"


def prove(path: Path, view: Scene, written: Written) -> None:
    """Read the model again: all triangles of every object, closed, and each material that is used is there."""
    try:
        with zipfile.ZipFile(path) as archive:
            text, looks = (archive.read(name).decode("utf-8") for name in (MODEL, MATERIALS))
    except (OSError, KeyError, zipfile.BadZipFile, UnicodeDecodeError) as error:
        raise WriteError("not_proven", say("{0} does not open again.", "OBJ")) from error
    bodies = text.split("\no ")[1:]
    points = pieces.numbers(" ".join(line[2:] for line in text.splitlines() if line.startswith("v ")))
    known, used = (
        {line.split()[1] for line in where.splitlines() if line.startswith(word)}
        for where, word in ((looks, "newmtl "), (text, "usemtl "))
    )
    if len(bodies) != len(view.meshes) or not used <= known:
        raise WriteError("not_proven", say("{0} does not hold what was written to it.", "OBJ"))
    for mesh, body in zip(view.meshes, bodies):
        faces = pieces.numbers(" ".join(line[2:] for line in body.splitlines() if line.startswith("f ")))
        pieces.prove_indexed("OBJ", mesh, points, faces - 1)
