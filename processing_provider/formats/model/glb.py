"""Binary glTF 2.0: the document and its buffer in one file; metres, y up."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import struct
from pathlib import Path

from ...errors import WriteError
from ...scene.model import Scene
from ..contract import Job, Written
from .gltf_document import build, prove_meshes

_MAGIC, _VERSION = b"glTF", 2
_JSON, _BIN = b"JSON", b"BIN\0"


def write(view: Scene, path: Path, job: Job) -> Written:
    """Write the head and the two chunks."""
    document, buffer = build(view, job)
    text = document.encode("ascii")
    text += b" " * (-len(text) % 4)
    with path.open("wb") as file:
        file.write(struct.pack("<4sII", _MAGIC, _VERSION, 12 + 8 + len(text) + 8 + buffer.length))
        file.write(struct.pack("<I4s", len(text), _JSON) + text)
        file.write(struct.pack("<I4s", buffer.length, _BIN))
        file.writelines(buffer.pieces)
    return Written(view.counts)


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
    prove_meshes("GLB", document, data[start:], view)
