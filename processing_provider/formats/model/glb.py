"""Binary glTF 2.0: the document and its buffer in one file; metres, y up."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

from ...errors import WriteError
from ...scene.model import Scene
from ..contract import Job, Written
from .gltf_document import Buffer, build, prove_meshes

_MAGIC, _VERSION = b"glTF", 2
_JSON, _BIN = b"JSON", b"BIN\0"


def write(view: Scene, path: Path, job: Job) -> Written:
    """Write the document and its buffer."""
    path.write_bytes(packed(*build(view, job)))
    return Written(view.counts)


def packed(document: dict[str, Any], buffer: Buffer) -> bytes:
    """The head and the two chunks."""
    text = json.dumps(document, separators=(",", ":")).encode("ascii")
    text += b" " * (-len(text) % 4)
    return b"".join(
        [
            struct.pack("<4sII", _MAGIC, _VERSION, 12 + 8 + len(text) + 8 + buffer.length),
            struct.pack("<I4s", len(text), _JSON), text, struct.pack("<I4s", buffer.length, _BIN), *buffer.pieces,
        ]
    )  # fmt: skip


def chunks(data: bytes) -> tuple[Any, bytes]:
    """The document and its buffer; WriteError where they are not whole."""
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
    return document, data[start:]


def prove(path: Path, view: Scene, written: Written) -> None:
    """Read it again: its chunks whole, and of every mesh all triangles, without an open edge."""
    prove_meshes("GLB", *chunks(path.read_bytes()), view)
