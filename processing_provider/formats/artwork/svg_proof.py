"""A written SVG, read again: its layers with their objects, every text."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import pathlib
from typing import Iterator

from qgis.PyQt.QtCore import QXmlStreamReader

from ...drawing.model import Drawing, Layer, Text
from ...drawing.things import families
from ...errors import WriteError
from ...text.sentence import say
from ..contract import Written
from .svg_values import CONTROL


def prove(path: pathlib.Path, drawing: Drawing, written: Written) -> None:
    """Read the file again: every layer with its objects, every text."""
    prove_text(path.read_bytes(), drawing, written)


def prove_text(data: bytes, drawing: Drawing, written: Written) -> None:
    """Parse an SVG: its layers in order, each with its objects, and every text whole."""
    due = {"".join(line.text for line in item.lines) for item in drawing.items if isinstance(item, Text)}
    prove_layers(data, drawing.layers, written, due)


def prove_layers(
    data: bytes, layers: list[Layer], written: Written, due: set[str], known: set[str] | None = None
) -> None:
    """The same, of layers and texts that are due; others that are `known` may be there too."""
    reader = QXmlStreamReader(data)
    reader.readNextStartElement()
    groups = []
    wanted = [len(inner) if parent else 0 for parent, inner in families(layers)]
    while reader.readNextStartElement():
        if reader.name() != "g":
            reader.skipCurrentElement()
        elif wanted and wanted.pop(0):
            while reader.readNextStartElement():
                groups.append(list(_drawn(reader)))
        else:
            groups.append(list(_drawn(reader)))
    while not reader.atEnd():
        reader.readNext()
    if reader.hasError():
        raise WriteError("not_proven", say("SVG does not open again: {0}.", reader.errorString().rstrip(".")))
    found = [len(group) for group in groups]
    if found != list(written.layers.values()):
        raise WriteError("not_proven", say("SVG holds {0} of {1} objects.", sum(found), written.features))
    texts = {text for group in groups for text in group if text is not None}
    due, known = ({CONTROL.sub("", text) for text in some} for some in (due, due if known is None else known))
    if not due <= texts <= known:
        raise WriteError("not_proven", say("SVG holds {0} of {1} names.", len(texts & due), len(due)))


def _drawn(reader: QXmlStreamReader) -> Iterator[str | None]:
    """The objects of the layer that was just begun, without halos and baselines: a text's words, else None."""
    while reader.readNextStartElement():
        tag = reader.name()
        if tag == "g":
            yield from _drawn(reader)
        elif tag == "text":
            is_halo = reader.attributes().value("class") == "halo"
            words = reader.readElementText(QXmlStreamReader.ReadElementTextBehaviour.IncludeChildElements)
            if not is_halo:
                yield words
        else:
            is_halo = reader.attributes().value("class") == "halo"
            reader.skipCurrentElement()
            if tag in ("path", "image", "use") and not is_halo:
                yield None
