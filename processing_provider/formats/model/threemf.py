"""3MF (Core Specification 1.3): an object for each layer, whose triangles have the colours; z up.

Metres, or millimetres where it is to be printed at a size.
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
from ...text.xml_text import escape, quoteattr
from ..contract import Job, Written
from . import pieces, printing

MODEL = "3D/3dmodel.model"
_PARTS = {
    "[Content_Types].xml": (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="model" ContentType="application/vnd.ms-package.3dmanufacturing-3dmodel+xml"/></Types>\n'
    ),
    "_rels/.rels": (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Target="/{MODEL}" Id="model" '
        'Type="http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel"/></Relationships>\n'
    ),
}
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<model unit="{0}" xml:lang="en-US" xmlns="http://schemas.microsoft.com/3dmanufacturing/core/2015/02">
"""
_LOOKS = 1
_OBJECT = re.compile(r"<object .*?</object>", re.DOTALL)
_VERTEX = re.compile(r'<vertex x="([^"]*)" y="([^"]*)" z="([^"]*)"/>')
_TRIANGLE = re.compile(r'<triangle v1="(\d+)" v2="(\d+)" v3="(\d+)"')


def write(view: Scene, path: Path, job: Job) -> Written:
    """Write the package, its model layer by layer."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _PARTS.items():
            archive.writestr(zipfile.ZipInfo(name), text)
        part = zipfile.ZipInfo(MODEL)
        part.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(part, "w", force_zip64=True) as file:
            for text in _model(view, job):
                file.write(text.encode("utf-8"))
    return Written(view.counts)


def _model(view: Scene, job: Job) -> Iterator[str]:
    told, by = pieces.told(view, job), view.per_metre
    said = {
        "Title": told.get("title", ""), "Copyright": told["rights"], "Application": "osm2cdr",
        "Description": f"{told['crs']}; {told['origin']}" + (f"; {printing.scale(by)}" if by else ""),
        "CreationDate": view.date[:10],
    }  # fmt: skip
    yield _HEAD.format("millimeter" if by else "meter")
    yield from (f'<metadata name="{key}">{escape(value)}</metadata>\n' for key, value in said.items() if value)
    yield f'<resources>\n<basematerials id="{_LOOKS}">\n'
    for material in view.materials:
        yield f'<base name={quoteattr(one_line(material.name))} displaycolor="{material.color.upper()}"/>\n'
    yield "</basematerials>\n"
    meshes = [mesh for mesh in view.meshes if len(mesh.triangles)]
    # A millionth of a millimetre keeps apart what is a centimetre from another in life.
    digits = 6 if by else 3
    for number, mesh in enumerate(meshes):
        job.feedback.progress(100 * number / len(meshes))
        yield from _object(mesh, _LOOKS + 1 + number, digits, job)
    yield "</resources>\n<build>\n"
    # What is built lies where no coordinate is negative.
    low = np.min([mesh.vertices.min(axis=0) for mesh in meshes], axis=0) if meshes else np.zeros(3)
    moved = "1 0 0 0 1 0 0 0 1 " + " ".join(f"{value:.3f}" for value in np.maximum(0.0 - low, 0.0))
    yield from (f'<item objectid="{_LOOKS + 1 + number}" transform="{moved}"/>\n' for number in range(len(meshes)))
    yield "</build>\n</model>\n"


def _object(mesh: Mesh, number: int, digits: int, job: Job) -> Iterator[str]:
    first = int(mesh.materials[0])
    yield f'<object id="{number}" type="model" name={quoteattr(one_line(mesh.name))} pid="{_LOOKS}" pindex="{first}">\n'
    yield "<mesh>\n<vertices>\n"
    row = " ".join(f'{axis}="%.{digits}f"' for axis in "xyz")
    yield from pieces.rows(f"<vertex {row}/>\n", mesh.vertices, job.feedback)
    yield "</vertices>\n<triangles>\n"
    triangles = np.column_stack([mesh.triangles, mesh.materials])
    yield from pieces.rows(f'<triangle v1="%d" v2="%d" v3="%d" pid="{_LOOKS}" p1="%d"/>\n', triangles, job.feedback)
    yield "</triangles>\n</mesh>\n</object>\n"


def prove(path: Path, view: Scene, written: Written) -> None:
    """Read the package again: all triangles of every object, without an open edge."""
    try:
        with zipfile.ZipFile(path) as archive:
            text = archive.read(MODEL).decode("utf-8")
    except (OSError, KeyError, zipfile.BadZipFile, UnicodeDecodeError) as error:
        raise WriteError("not_proven", say("{0} does not open again.", "3MF")) from error
    meshes = [mesh for mesh in view.meshes if len(mesh.triangles)]
    found = _OBJECT.findall(text)
    if len(found) != len(meshes) or not text.endswith("</model>\n"):
        raise WriteError("not_proven", say("{0} does not hold what was written to it.", "3MF"))
    for mesh, one in zip(meshes, found):
        points, corners = (
            pieces.numbers(" ".join(" ".join(row) for row in pattern.findall(one))) for pattern in (_VERTEX, _TRIANGLE)
        )
        pieces.prove_indexed("3MF", mesh, points, corners)
