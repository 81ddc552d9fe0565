"""Visio: one page with the map's layers, a shape for each object with what is known of it, a group for each thing.

Facts: MS-VSDX and Microsoft's reference of Visio XML. A layer has no colour of its own, which would paint over those of
its shapes. Visio cuts nothing, so that paper lies over what reaches beyond the map; a name that bends is a text for
each of its words.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
import zipfile
from pathlib import Path as File
from typing import Iterator
from xml.parsers import expat

import numpy as np

from ....drawing.alike import shapes as runs
from ....drawing.clean.margins import covered
from ....drawing.model import Box, Drawing, Group, Image, Layer, Path, Text
from ....drawing.things import called, things
from ....errors import WriteError
from ....text.phrases import one_line
from ....text.sentence import say
from ....text.xml_text import quoteattr
from ...archive import prove_members
from ...contract import Job, Written
from ...document.ooxml import DECLARATION, OFFICE, relations, write_package
from ..diagrams import Part, Piece, known_of, parts_of, pieces_of
from ..upright import box as image_box
from ..upright import upright
from . import shapes

_LABEL = "Visio"
# Beyond so many, Visio takes minutes to open a page: then what looks alike is one shape.
_MOST_SHAPES = 5_000
_MAIN = "http://schemas.microsoft.com/office/visio/2012/main"
_KIND = "http://schemas.microsoft.com/visio/2010/relationships/"
_TYPE = "application/vnd.ms-visio.{}+xml"
_SPACES = f"xmlns='{_MAIN}' xmlns:r='{OFFICE}' xml:space='preserve'"
_PAGE, _PAGES = "visio/pages/page1.xml", "visio/pages/pages.xml"
_MILLIMETRE = 1 / 25.4
# Where a shape ends, where one begins, the layer that it is of.
_SHAPE = re.compile(rb"(</Shape>)|(<Shape )|<Cell N='LayerMember' V=\"(\d+)\"/>")
# 255 is no colour: any other would take the place of those of the shapes.
_LAYER = {"Color": 255, "Status": 0, "Visible": 1, "Print": 1, "Active": 0, "Lock": 0, "Snap": 1, "Glue": 1,
          "ColorTrans": 0}  # fmt: skip


def write(view: Drawing, path: File, job: Job) -> Written:
    """Write the package."""
    written = Written()
    count = sum(1 for _ in view.items)
    if count > _MOST_SHAPES:
        text = say("{0} is slow with {1} shapes: those that look alike are together.", job.format.name, f"{count:,}")
        written.warnings.append(text)
    page = _Page(upright(view), count > _MOST_SHAPES, written)
    body = "".join(page.pieces(job))
    kinds = {item.stroke for item in view.items if isinstance(item, Path) and not shapes.is_exact(item.stroke)}
    if kinds:
        text = say("{0} has dashes of its own: {1} kinds of dashes are a little otherwise.", _LABEL, len(kinds))
        written.warnings.append(text)
    made = {
        "visio/document.xml": (_TYPE.format("drawing.main"), _document()),
        _PAGES: (_TYPE.format("pages"), _pages(view, job, list(written.layers))),
        _PAGE: (_TYPE.format("page"), f"{DECLARATION}<PageContents {_SPACES}><Shapes>{body}</Shapes></PageContents>"),
        "visio/_rels/document.xml.rels": ("", relations([(f"{_KIND}pages", "pages/pages.xml")])),
        "visio/pages/_rels/pages.xml.rels": ("", relations([(f"{_KIND}page", "page1.xml")])),
    }
    if page.pictures:
        made["visio/pages/_rels/page1.xml.rels"] = (
            "", relations([("image", f"../media/{name}") for name in page.pictures.values()])
        )  # fmt: skip
    media = {f"visio/media/{name}": png for png, name in page.pictures.items()}
    write_package(path, job, "visio/document.xml", made, media, f"{_KIND}document")
    return written


def _document() -> str:
    """The document: one style that says nothing."""
    plain = shapes.cells({"LinePattern": 0, "FillPattern": 0, "EnableLineProps": 1, "EnableFillProps": 1,
                          "EnableTextProps": 1})  # fmt: skip
    return (
        f"{DECLARATION}<VisioDocument {_SPACES}><DocumentSettings TopPage='0' DefaultTextStyle='0' "
        "DefaultLineStyle='0' DefaultFillStyle='0' DefaultGuideStyle='0'/>"
        f"<StyleSheets><StyleSheet ID='0' NameU='No Style' Name='No Style'>"
        f"{plain}</StyleSheet></StyleSheets></VisioDocument>"
    )


def _pages(view: Drawing, job: Job, layers: list[str]) -> str:
    """The page's size and its layers."""
    rows = "".join(
        f"<Row IX='{index}'><Cell N='Name' V={quoteattr(name)}/>{shapes.cells({**_LAYER, 'NameUniv': name})}</Row>"
        for index, name in enumerate(layers)
    )
    size = {"PageWidth": shapes.inches(view.width), "PageHeight": shapes.inches(view.height)}
    scale = f"<Cell N='PageScale' V='{_MILLIMETRE}' U='MM'/><Cell N='DrawingScale' V='{_MILLIMETRE}' U='MM'/>"
    kind = shapes.cells({"DrawingSizeType": 3, "DrawingScaleType": 0})
    name = quoteattr(one_line(job.title, 31) or "Map")
    section = f"<Section N='Layer'>{rows}</Section>" if rows else ""
    return (
        f"{DECLARATION}<Pages {_SPACES}><Page ID='0' NameU={name} Name={name}><PageSheet LineStyle='0' FillStyle='0' "
        f"TextStyle='0'>{shapes.cells(size)}{scale}{kind}{section}"
        "</PageSheet><Rel r:id='rId1'/></Page></Pages>"
    )


class _Page:
    """Writes the shapes; they get their numbers as they come."""

    def __init__(self, view: Drawing, merged: bool, written: Written) -> None:
        self._view, self._merged, self._written = view, merged, written
        self._last, self._layer = 0, 0
        self.pictures: dict[bytes, str] = {}

    def pieces(self, job: Job) -> Iterator[str]:
        """The shapes layer by layer."""
        layers = covered(self._view)
        for self._layer, layer in enumerate(layers):
            job.feedback.progress(90 * self._layer / len(layers))
            made = [one for group in layer.groups for one in self._group(layer, group)]
            self._written.layers[layer.title] = len(made)
            yield from made

    def _group(self, layer: Layer, group: Group) -> Iterator[str]:
        title = group.name or layer.name
        if not self._merged:
            for name, items in things(group):
                found = [part for item in items for part in parts_of(item)]
                yield self._one(found, known_of(name, group, items), name or title)
            return
        for run in runs(group.items, True):
            if isinstance(run, list):
                for some in _apart(run):
                    name = called(some[0]) if len(some) == 1 else ""
                    yield self._path(some, self._corner, known_of(name, group, some), name or title)
            else:
                yield self._one(parts_of(run), known_of(called(run), group, [run]), called(run) or title)

    @property
    def _corner(self) -> tuple[float, float]:
        return 0.0, self._view.height

    def _number(self) -> int:
        self._last += 1
        return self._last

    def _one(self, found: list[Part], known: dict[str, str], name: str) -> str:
        """Parts as one shape, a group where there are several."""
        spread = [(part, line) for part in found for line in (pieces_of(part) if isinstance(part, Text) else [None])]
        if len(spread) == 1:
            return self._part(*spread[0], self._corner, known, name)
        boxes = np.array([_box(part, line) for part, line in spread])
        left, top = boxes[:, :2].min(axis=0).tolist()
        right, bottom = boxes[:, 2:].max(axis=0).tolist()
        number = self._number()
        inner = "".join(self._part(part, line, (left, bottom), {}, name) for part, line in spread)
        inside = f"{shapes.data(known)}<Shapes>{inner}</Shapes>"
        box = (left, top, right, bottom)
        return shapes.shape(number, "Group", box, self._corner, self._layer, name, shapes.look(None, None), inside)

    def _part(
        self, part: Part, line: Piece | None, corner: tuple[float, float], known: dict[str, str], name: str
    ) -> str:
        if isinstance(part, Path):
            return self._path([part], corner, known, name)
        look, kind, turn = shapes.look(None, None), "Shape", 0.0
        inside = shapes.data(known)
        if isinstance(part, Text) and line is not None:
            look, turn = look + shapes.TEXT_BLOCK, line[4]
            inside += shapes.words(part, line)
        elif isinstance(part, Image):
            kind = "Foreign"
            file = self.pictures.setdefault(part.png, f"image{len(self.pictures) + 1}.png")
            relation = list(self.pictures.values()).index(file) + 1
            inside += (
                f"<ForeignData ForeignType='Bitmap' CompressionType='PNG'><Rel r:id='rId{relation}'/></ForeignData>"
            )
        box = _box(part, line)
        if kind == "Foreign":
            wide, high = shapes.inches(box[2] - box[0]), shapes.inches(box[3] - box[1])
            look += shapes.cells({"ImgOffsetX": 0, "ImgOffsetY": 0, "ImgWidth": wide, "ImgHeight": high})
        return shapes.shape(self._number(), kind, box, corner, self._layer, name, look, inside, turn)

    def _path(self, paths: list[Path], corner: tuple[float, float], known: dict[str, str], name: str) -> str:
        boxes = np.array([path.box for path in paths])
        box = (*boxes[:, :2].min(axis=0).tolist(), *boxes[:, 2:].max(axis=0).tolist())
        inside = shapes.data(known) + shapes.geometry(paths, box)
        look = shapes.look(paths[0].fill, paths[0].stroke)
        return shapes.shape(self._number(), "Shape", box, corner, self._layer, name, look, inside)


def _box(part: Part, line: Piece | None) -> Box:
    if isinstance(part, Path):
        return part.box
    return image_box(part) if isinstance(part, Image) else shapes.text_box(part, line or pieces_of(part)[0])


def _apart(paths: list[Path]) -> Iterator[list[Path]]:
    """Paths that can be one shape: areas only as far as their boxes do not meet, or one would make holes in another."""
    if paths[0].fill is None:
        yield paths
        return
    some: list[Path] = []
    boxes = np.empty((0, 4))
    for path in paths:
        left, top, right, bottom = path.box
        meets = (boxes[:, 0] <= right) & (boxes[:, 2] >= left) & (boxes[:, 1] <= bottom) & (boxes[:, 3] >= top)
        if meets.any():
            yield some
            some, boxes = [], np.empty((0, 4))
        some.append(path)
        boxes = np.vstack([boxes, path.box])
    yield some


def prove(path: File, view: Drawing, written: Written) -> None:
    """The package is whole: its layers in their order, each with its shapes."""
    prove_members(path, ["[Content_Types].xml", "visio/document.xml", _PAGES, _PAGE, "docProps/core.xml"], _LABEL)
    layers: list[str] = []

    def begin(name: str, members: dict[str, str]) -> None:
        if name == "Cell" and members["N"] == "NameUniv":
            layers.append(members["V"])

    try:
        with zipfile.ZipFile(path) as archive:
            pages, page = archive.read(_PAGES), archive.read(_PAGE)
        parser = expat.ParserCreate()
        parser.StartElementHandler = begin
        parser.Parse(pages, True)
        # Of hundreds of thousands of cells a call for each would take as long as the writing.
        expat.ParserCreate().Parse(page, True)
    except expat.ExpatError as error:
        raise WriteError("not_proven", say("{0} does not open again.", _LABEL)) from error
    counts: dict[int, int] = {}
    depth = 0
    for end, begun, layer in _SHAPE.findall(page):
        depth += bool(begun) - bool(end)
        if layer and depth == 1:
            counts[int(layer)] = counts.get(int(layer), 0) + 1
    found = [(name, counts.get(index, 0)) for index, name in enumerate(layers)]
    if found != list(written.layers.items()):
        held = sum(counts.values())
        raise WriteError(
            "not_proven", say("{0} holds {1} of {2} objects, or other layers.", _LABEL, held, written.features)
        )
