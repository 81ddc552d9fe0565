"""Computer Graphics Metafile (WebCGM 2.0, binary): layers and objects with names, vectors, text in ISO 8859-1.

Names of objects are in Unicode; curves are chords, for programs that know no others. See docs/left-out.md.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import struct
from pathlib import Path
from typing import Iterator

from ....drawing.model import Drawing
from ....errors import WriteError
from ....text.phrases import one_line
from ....text.sentence import say
from ...contract import Job, Written
from ...proof_helpers import prove_size
from ..reduced import HALOS, Ability, counted, prove_layers, reduced
from . import records as cgm
from .document import Document

_MOST_TOLD = 1000
# Letters that a text may have: some programs take the number before it for a signed one.
_LONGEST = 127


def write(view: Drawing, path: Path, job: Job) -> Written:
    """Write the file."""
    # LibreOffice does not open a file that has a text which is turned.
    made = reduced(view, job, Ability(turned=False, spaced=False, spells=_spells))
    title, credit = (one_line(text, _MOST_TOLD) for text in (job.title, job.credit))
    told = ["ProfileId:WebCGM", "ProfileEd:2.0", "ColourClass:colour", "Source:osm2cdr"]
    told += [f"Date:{job.date[:10].replace('-', '')}"] if job.date else []
    path.write_bytes(Document(made).written(title, [*told, f"Title:{title}", f"Rights:{credit}"], job.feedback.check))
    return Written(counted(made))


def _spells(text: str) -> bool:
    return cgm.is_latin(text) and len(text) <= _LONGEST


def prove(path: Path, view: Drawing, written: Written) -> None:
    """Go through all elements: begin and end, and the layers in order with their objects."""
    data = prove_size(path, "CGM")
    try:
        layers = _held(data)
    except (struct.error, ValueError, IndexError) as error:
        raise WriteError("not_proven", say("{0} does not open again: {1}.", "CGM", error)) from error
    prove_layers("CGM", layers, written)


def _held(data: bytes) -> list[tuple[str, int]]:
    """Name and objects of each layer; ValueError where elements do not add up."""
    layers: list[tuple[str, int]] = []
    structures: list[str] = []
    halos = False
    kind = cgm.BEGIN_METAFILE
    for kind, body in _elements(data):
        if kind == cgm.BEGIN_APS:
            _, rest = cgm.unstring(body)
            structures.append(cgm.unstring(rest)[0])
            layers += [("", 0)] if len(structures) == 1 else []
            halos = halos and len(structures) > 2
        elif kind == cgm.APS_ATTRIBUTE and len(structures) <= 2:
            _, record = cgm.unstring(body)
            name, _ = cgm.unstring(record[1 if record[0] < 255 else 3 :][4:])
            if len(structures) == 1:
                layers[-1] = name, 0
            halos = len(structures) == 2 and name.endswith(HALOS)
        elif kind == cgm.END_APS:
            structures.pop()
        node = kind == cgm.BEGIN_APS and structures[-1] == cgm.NODE
        if (node or (kind in cgm.DRAWS and structures[-1] != cgm.NODE)) and not halos:
            layers[-1] = layers[-1][0], layers[-1][1] + 1
    if kind != cgm.END_METAFILE or structures:
        raise ValueError("the end")
    return layers


def _elements(data: bytes) -> Iterator[tuple[cgm.Kind, bytes]]:
    """Kind and content of each element, of a long one all its parts."""
    place = 0
    while place < len(data):
        (head,) = struct.unpack_from(">H", data, place)
        size, more, place, body = head & 31, False, place + 2, b""
        if size == 31:
            more = True
            while more:
                (size,) = struct.unpack_from(">H", data, place)
                more, size = size > 0x7FFF, size & 0x7FFF
                body += data[place + 2 : place + 2 + size]
                place += 2 + size + size % 2
        else:
            body, place = data[place : place + size], place + size + size % 2
        if place > len(data):
            raise ValueError("an element")
        yield cgm.Kind(head >> 12, head >> 5 & 127), body
