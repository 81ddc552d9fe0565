"""glTF 2.0: the document as JSON, its buffer beside it, in a zip; metres, y up."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import tempfile
import zipfile
from pathlib import Path

from ...errors import WriteError
from ...scene.model import Scene
from ...text.sentence import say
from ..archive import pack
from ..contract import Job, Written
from . import pieces
from .gltf_document import build, prove_meshes

MODEL, BUFFER = "map.gltf", "map.bin"


def write(view: Scene, path: Path, job: Job) -> Written:
    """Write document and buffer, and pack them."""
    document, buffer = build(view, job, BUFFER)
    with tempfile.TemporaryDirectory(dir=path.parent) as name:
        folder = Path(name)
        (folder / MODEL).write_text(json.dumps(document, separators=(",", ":")), encoding="ascii")
        with (folder / BUFFER).open("wb") as file:
            file.writelines(buffer.pieces)
        told = say(
            "glTF 2.0: one node for each layer, one material for each kind of surface; open {0}, {1} beside it.",
            MODEL,
            BUFFER,
        )
        pack(folder, path, view, job, told, pieces.axes(view))
    return Written(view.counts)


def prove(path: Path, view: Scene, written: Written) -> None:
    """Read it again: the buffer as long as the document says, and of every mesh all triangles."""
    try:
        with zipfile.ZipFile(path) as archive:
            document, data = json.loads(archive.read(MODEL)), archive.read(BUFFER)
    except (OSError, KeyError, zipfile.BadZipFile, ValueError) as error:
        raise WriteError("not_proven", say("{0} does not open again.", "glTF")) from error
    if len(document["meshes"]) != len(view.meshes) or document["buffers"][0]["byteLength"] != len(data):
        raise WriteError("not_proven", say("{0} does not hold what was written to it.", "glTF"))
    prove_meshes("glTF", document, data, view)
