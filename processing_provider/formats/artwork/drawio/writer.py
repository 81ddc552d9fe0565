"""draw.io (diagrams.net): one page with the map's layers, a group for each thing, lines whose points can be moved.

Facts: the style reference of draw.io, and the code of its viewer, by which the tests draw the file. It cannot cut
objects, so that paper lies over what reaches beyond the map, and knows no text on a path: a name that bends is a text
for each of its words. Its layers do not lie in layers.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path as File
from typing import Iterator
from xml.parsers import expat

from ....drawing.alike import shapes
from ....drawing.clean.margins import beyond, covered
from ....drawing.model import Drawing, Group, Image, Layer, Path, Text
from ....drawing.things import called, things
from ....errors import WriteError
from ....text.phrases import one_line
from ....text.sentence import say
from ....text.xml_text import quoteattr
from ...contract import Job, Written
from ...proof_helpers import prove_size
from ..diagrams import Part, Piece, known_of, parts_of, pieces_of
from ..upright import box as image_box
from ..upright import upright
from . import cells

_LABEL = "draw.io"
# Beyond so many, its editor takes seconds for each step: then what looks alike is one shape.
_MOST_SHAPES = 3_000
_NAME = 200


def write(view: Drawing, path: File, job: Job) -> Written:
    """Write the file."""
    written = Written()
    count = sum(1 for _ in view.items)
    merged = count > _MOST_SHAPES
    if merged:
        text = say("{0} is slow with {1} shapes: those that look alike are together.", job.format.name, f"{count:,}")
        written.warnings.append(text)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_Diagram(upright(view), merged, written).pieces(job))
    return written


class _Diagram:
    """Writes a page; cells get their numbers as they come."""

    def __init__(self, view: Drawing, merged: bool, written: Written) -> None:
        self._view, self._merged, self._written = view, merged, written
        self._last = 0

    def pieces(self, job: Job) -> Iterator[str]:
        """The file's text, layer by layer. The title and the notice are properties of the page."""
        width, height = (round(side * cells.UNIT) for side in (self._view.width, self._view.height))
        told = f"title={quoteattr(one_line(job.title))} rights={quoteattr(one_line(job.credit))}"
        yield (
            '<?xml version="1.0" encoding="UTF-8"?>\n<mxfile host="osm2cdr" compressed="false" pages="1">\n'
            f'<diagram id="map" name={quoteattr(one_line(job.title, _NAME) or "Map")}>\n<mxGraphModel grid="0" '
            f'guides="1" tooltips="1" connect="0" arrows="0" fold="1" page="1" pageScale="1" pageWidth="{width}" '
            f'pageHeight="{height}" background="{self._view.background.hex}" math="0" shadow="0">\n<root>\n'
            f'<object id="0" label="" {told}><mxCell/></object>\n'
        )
        layers = covered(self._view, beyond(self._view))
        for index, layer in enumerate(layers):
            job.feedback.progress(90 * index / len(layers))
            yield from self._layer(layer)
        yield "</root>\n</mxGraphModel>\n</diagram>\n</mxfile>\n"

    def _number(self) -> str:
        self._last += 1
        return str(self._last)

    def _layer(self, layer: Layer) -> Iterator[str]:
        number = self._number()
        yield f'<mxCell id="{number}" value={quoteattr(layer.title)} parent="0"/>\n'
        count = 0
        for group in layer.groups:
            for made in self._merged_things(group, number) if self._merged else self._things(group, number):
                count += 1
                yield made
        self._written.layers[layer.title] = count

    def _things(self, group: Group, parent: str) -> Iterator[str]:
        """Each thing as one cell of the layer, a group where it is made of several."""
        for name, items in things(group):
            parts = [part for item in items for part in parts_of(item)]
            yield self._one(parts, known_of(name, group, items), parent)

    def _merged_things(self, group: Group, parent: str) -> Iterator[str]:
        for shape in shapes(group.items, True):
            if isinstance(shape, list):
                told = known_of(called(shape[0]) if len(shape) == 1 else "", group, shape)
                yield self._shape(shape, parent, (0.0, 0.0), told)
            else:
                yield self._one(parts_of(shape), known_of(called(shape), group, [shape]), parent)

    def _one(self, parts: list[Part], told: dict[str, str], parent: str) -> str:
        """Parts as one cell; a group's own cells stand from its corner on."""
        spread = [(part, line) for part in parts for line in (pieces_of(part) if isinstance(part, Text) else [None])]
        if len(spread) == 1:
            return self._part(*spread[0], parent, (0.0, 0.0), told)
        boxes = [_box(part, line) for part, line in spread]
        box = (min(one[0] for one in boxes), min(one[1] for one in boxes), max(one[2] for one in boxes),
               max(one[3] for one in boxes))  # fmt: skip
        number = self._number()
        place = cells.geometry(box, (0.0, 0.0))
        whole = cells.cell(number, parent, 'connectable="0" vertex', "group;html=0;", "", told, place)
        corner = box[0], box[1]
        return whole + "".join(self._part(part, line, number, corner, {}) for part, line in spread)

    def _part(
        self, part: Part, line: Piece | None, parent: str,
        corner: tuple[float, float], told: dict[str, str],
    ) -> str:  # fmt: skip
        if isinstance(part, Text) and line is not None:
            return cells.label(part, line, self._number(), parent, corner, told)
        if isinstance(part, Path):
            return self._shape([part], parent, corner, told)
        if isinstance(part, Image):
            return cells.picture(part, self._number(), parent, corner, told)
        raise TypeError(f"No part of a diagram: {part!r}")

    def _shape(self, paths: list[Path], parent: str, corner: tuple[float, float], told: dict[str, str]) -> str:
        if len(paths) == 1 and cells.is_connector(paths[0]):
            return cells.connector(paths[0], self._number(), parent, corner, told)
        return cells.stencil(paths, self._number(), parent, corner, told)


def _box(part: Part, line: Piece | None) -> tuple[float, float, float, float]:
    if isinstance(part, Path):
        return part.box
    if isinstance(part, Image):
        return image_box(part)
    return cells.text_box(part, line or pieces_of(part)[0])


def prove(path: File, view: Drawing, written: Written) -> None:
    """The file is whole: its layers in their order, each with its cells."""
    found: dict[str, int] = {}
    layers: dict[str, str] = {}
    waiting: list[str] = []

    def begin(name: str, members: dict[str, str]) -> None:
        if name == "object":
            waiting.append(members["id"])
        elif name == "mxCell":
            number = waiting.pop() if waiting else members["id"]
            parent = members.get("parent", "")
            if parent == "0":
                layers[number] = members["value"]
                found[members["value"]] = 0
            elif parent in layers:
                found[layers[parent]] += 1

    parser = expat.ParserCreate()
    parser.StartElementHandler = begin
    try:
        parser.Parse(prove_size(path, _LABEL), True)
    except expat.ExpatError as error:
        raise WriteError("not_proven", say("{0} does not open again.", _LABEL)) from error
    if list(found.items()) != list(written.layers.items()):
        held = sum(found.values())
        raise WriteError(
            "not_proven", say("{0} holds {1} of {2} objects, or other layers.", _LABEL, held, written.features)
        )
