"""Enhanced Metafile (EMF): vectors and Unicode text for Office, named groups for layers. See docs/artwork.md."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import struct
from pathlib import Path
from typing import Iterator

from ....drawing.model import Drawing, Text
from ....errors import WriteError
from ....text.phrases import one_line
from ....text.sentence import say
from ...contract import Job, Written
from ...proof_helpers import prove_size
from ..reduced import HALOS, Ability, counted, reduced
from . import records as emf
from .document import Document

# What draws: one record of it is an object, or part of a named one.
_DRAWS = (
    emf.POLYGON, emf.POLYLINE, emf.POLYPOLYLINE, emf.POLYPOLYGON, emf.FILLPATH, emf.STROKEANDFILLPATH, emf.STROKEPATH,
    emf.TEXTOUT, emf.STRETCHDIBITS,
)  # fmt: skip
_MOST_TOLD = 2000


def write(view: Drawing, path: Path, job: Job) -> Written:
    """Write the file."""
    made = reduced(view, job, Ability())
    title, credit = (one_line(text, _MOST_TOLD) for text in (job.title, job.credit))
    path.write_bytes(Document(made).written(f"osm2cdr\0{title} – {credit}", job.feedback.check))
    return Written(counted(made))


def prove(path: Path, view: Drawing, written: Written) -> None:
    """Go through all records: header and end, layers in order with their objects, lines of texts that are not lost."""
    data = prove_size(path, "EMF")
    try:
        layers, texts = _held(data)
    except (struct.error, ValueError) as error:
        raise WriteError("not_proven", say("EMF does not open again: {0}.", error)) from error
    if list(layers) != list(written.layers.items()):
        held, due = sum(count for _, count in layers), written.features
        raise WriteError("not_proven", say("EMF holds {0} of {1} objects, or other layers.", held, due))
    wanted = {line.text for item in view.items if isinstance(item, Text) for line in item.lines}
    if not texts <= wanted:
        raise WriteError("not_proven", say("EMF holds {0} of {1} names.", len(texts & wanted), len(wanted)))


def _held(data: bytes) -> tuple[list[tuple[str, int]], set[str]]:
    """Name and objects of each layer, and all texts; ValueError where records do not add up."""
    size, count = struct.unpack_from("<II", data, 48)
    if data[40:44] != b" EMF" or size != len(data):
        raise ValueError("the header")
    layers: list[tuple[str, int]] = []
    texts: set[str] = set()
    groups: list[str] = []
    found = last = 0
    for kind, body in _records(data):
        found, last = found + 1, kind
        # Layers, the classes in them, and objects of several records.
        if kind in _DRAWS and len(groups) < 2:
            raise ValueError("an object in no group")
        begins = kind == emf.COMMENT and body[8:12] == b"\2\0\0\0"
        if (kind in _DRAWS or begins) and len(groups) == 2 and not groups[1].endswith(HALOS):
            layers[-1] = layers[-1][0], layers[-1][1] + 1
        if kind == emf.TEXTOUT:
            length, start = struct.unpack_from("<II", body, 36)
            texts.add(body[start - 8 : start - 8 + 2 * length].decode("utf-16-le"))
        elif begins:
            (length,) = struct.unpack_from("<I", body, 28)
            groups.append(body[32 : 32 + 2 * length].decode("utf-16-le"))
            layers += [(groups[0], 0)] if len(groups) == 1 else []
        elif kind == emf.COMMENT:
            groups.pop()
    if found != count or last != emf.EOF or groups:
        raise ValueError("the end")
    return layers, texts


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and content of each record."""
    place = 0
    while place < len(data):
        kind, size = struct.unpack_from("<II", data, place)
        if size < 8 or size % 4 or place + size > len(data):
            raise ValueError("a record")
        yield kind, data[place + 8 : place + size]
        place += size
