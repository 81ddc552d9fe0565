"""Corel Presentation Exchange (CMX, 32 bits): layers, groups by class, curves, fills and outlines in RGB or CMYK.

No program shows its text, so names are outlines. See docs/corel.md.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import struct
from dataclasses import replace
from pathlib import Path
from typing import Iterator

from ....drawing.clean.margins import covered
from ....drawing.model import Drawing, Text
from ....errors import WriteError
from ....text.phrases import one_line
from ....text.sentence import say
from ... import inks
from ...contract import Job, Written
from ...proof_helpers import prove_size
from ..reduced import Ability, prove_layers, reduced
from . import records as cmx
from .document import Document

_MOST_TOLD, _MOST_NAME = 1000, 200
# The code page of all texts of a file, which has no place to name another one.
_PAGE = "cp1252"


def write(view: Drawing, path: Path, job: Job) -> Written:
    """Write the file."""
    drawing = reduced(view, job, Ability(live=False, pictures=False))
    texts = sum(isinstance(item, Text) for item in drawing.items)
    if texts:
        job.feedback.warning("outlined_all", say("{0} holds names as outlines: {1} of them.", job.format.name, texts))
    made = replace(drawing, layers=covered(drawing))
    names = _names([layer.title for layer in made.layers])
    title, credit = (one_line(text, _MOST_TOLD).encode(_PAGE, "replace") for text in (job.title, job.credit))
    document = Document(made, inks.of_job(job))
    path.write_bytes(document.written(names, title, credit, job.feedback.check))
    counts = [sum(len(group.items) for group in layer.groups) for layer in made.layers]
    return Written({name.decode(_PAGE): count for name, count in zip(names, counts)})


def _names(titles: list[str]) -> list[bytes]:
    """Names of layers in the code page, each of its own."""
    names: list[bytes] = []
    for title in titles:
        name = plain = one_line(title, _MOST_NAME).encode(_PAGE, "replace")
        number = 2
        while name in names:
            name, number = plain + b" %d" % number, number + 1
        names.append(name)
    return names


def prove(path: Path, view: Drawing, written: Written) -> None:
    """Go through all chunks and instructions: the layers in order with their objects."""
    data = prove_size(path, "CMX")
    try:
        layers = _held(data)
    except (struct.error, ValueError, IndexError) as error:
        raise WriteError("not_proven", say("{0} does not open again: {1}.", "CMX", error)) from error
    prove_layers("CMX", layers, written)


def _held(data: bytes) -> list[tuple[str, int]]:
    """Name and objects of each layer; ValueError where chunks or instructions do not add up."""
    if data[:4] != b"RIFF" or data[8:12] != b"CMX1" or struct.unpack_from("<I", data, 4)[0] + 8 != len(data):
        raise ValueError("the header")
    place, page = 12, b""
    while place < len(data):
        kind, size = struct.unpack_from("<4sI", data, place)
        page = data[place + 8 : place + 8 + size] if kind == b"page" else page
        place += 8 + size + size % 2
    layers: list[tuple[str, int]] = []
    depth, code = 0, 0
    for code, body in _instructions(page):
        if code == cmx.BEGIN_LAYER:
            (size,) = struct.unpack_from("<H", body, 15)
            layers.append((body[17 : 17 + size].decode(_PAGE), 0))
        depth += (code == cmx.BEGIN_GROUP) - (code == cmx.END_GROUP)
        # A group, a thing, and an object of several curves.
        if (code == cmx.CURVES and depth < 3) or (code == cmx.BEGIN_GROUP and depth == 3):
            layers[-1] = layers[-1][0], layers[-1][1] + 1
    if place != len(data) or code != cmx.END_PAGE or depth:
        raise ValueError("the end")
    return layers


def _instructions(page: bytes) -> Iterator[tuple[int, bytes]]:
    """Code and body of each instruction of a page."""
    place = 0
    while place < len(page):
        size, head = struct.unpack_from("<h", page, place)[0], 2
        if size < 0:
            size, head = struct.unpack_from("<i", page, place + 2)[0], 6
        if size < head + 2 or place + size > len(page):
            raise ValueError("an instruction")
        yield struct.unpack_from("<H", page, place + head)[0], page[place + head + 2 : place + size]
        place += size
