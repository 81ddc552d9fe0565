"""Windows Metafile (WMF, placeable): vectors and text in code pages, for programs that know nothing newer.

It has no layers: comments tell where those of the map begin and end. See docs/left-out.md.
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
from . import records as wmf
from .document import Document, charset

_MOST_TOLD = 1000
# The placeable header and the metafile's own.
_PLACED, _HEAD = 22, 18


def write(view: Drawing, path: Path, job: Job) -> Written:
    """Write the file."""
    made = reduced(view, job, Ability(spells=lambda text: charset(text) is not None))
    title, credit = (one_line(text, _MOST_TOLD) for text in (job.title, job.credit))
    path.write_bytes(Document(made).written(f"osm2cdr – {title} – {credit}", job.feedback.check))
    return Written(counted(made))


def prove(path: Path, view: Drawing, written: Written) -> None:
    """Go through all records: headers and end, and by the comments the layers in order with their objects."""
    data = prove_size(path, "WMF")
    try:
        layers = _held(data)
    except (struct.error, ValueError, IndexError) as error:
        raise WriteError("not_proven", say("{0} does not open again: {1}.", "WMF", error)) from error
    prove_layers("WMF", layers, written)


def _held(data: bytes) -> list[tuple[str, int]]:
    """Name and objects of each layer; ValueError where records do not add up."""
    words, _, longest = struct.unpack_from("<IHI", data, _PLACED + 6)
    if 2 * words != len(data) - _PLACED:
        raise ValueError("the header")
    layers: list[tuple[str, int]] = []
    groups: list[str] = []
    last = 1
    for kind, body in _records(data, _PLACED + _HEAD, longest):
        last = kind
        if kind != wmf.ESCAPE or not body[4:].startswith(wmf.MARK):
            continue
        mark, name = body[12:13], body[13 : 4 + struct.unpack_from("<H", body, 2)[0]].decode("utf-8", "replace")
        if mark == wmf.LAYER:
            layers.append((name, 0))
        elif mark == wmf.OBJECT and not groups[1].endswith(HALOS):
            layers[-1] = layers[-1][0], layers[-1][1] + 1
        if mark == wmf.END:
            groups.pop()
        elif mark != wmf.ABOUT:
            groups.append(name)
    if last != wmf.EOF or groups:
        raise ValueError("the end")
    return layers


def _records(data: bytes, place: int, longest: int) -> Iterator[tuple[int, bytes]]:
    """Kind and content of each record."""
    while place < len(data):
        words, kind = struct.unpack_from("<IH", data, place)
        if words < 3 or words > longest or place + 2 * words > len(data):
            raise ValueError("a record")
        yield kind, data[place + 6 : place + 2 * words]
        place += 2 * words
