"""PowerPoint: a slide of the sheet's size whose shapes can be edited, a group for each layer, texts as text.

Facts: ECMA-376 part 1, PresentationML: a slide needs a layout, a master and a theme; what is said of it stands in
notes. A slide is 1 to 56 inches wide and high.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path as File
from typing import Iterator

from ...drawing.alike import shapes
from ...drawing.clean.margins import covered
from ...drawing.model import Drawing, Image, Layer, Stamp, Text
from ...errors import WriteError
from ...text.phrases import one_line
from ...text.sentence import say
from ...text.xml_text import quoteattr
from ..contract import Job, Written
from . import pptx_parts
from .ooxml import emu, prove_package, relations, write_package
from .shapes import freeform, picture, text_boxes

_LABEL = "PowerPoint"
_LEAST_MM, _MOST_MM = 25.4, 1422.4
# Beyond so many, programs take minutes to open a slide: then what looks alike is one shape.
_MOST_SHAPES = 5_000
_SLIDE = "ppt/slides/slide1.xml"
_SHAPE = "{http://schemas.openxmlformats.org/presentationml/2006/main}sp"


def write(view: Drawing, path: File, job: Job) -> Written:
    """Write the slide with its notes."""
    if not all(_LEAST_MM <= side <= _MOST_MM for side in (view.width, view.height)):
        raise WriteError(
            "bad_slide",
            say("A slide is {0} to {1} mm wide and high, not {2} x {3}; choose another page or scale.",
                f"{_LEAST_MM:.0f}", f"{_MOST_MM:.0f}", f"{view.width:.0f}", f"{view.height:.0f}"),
        )  # fmt: skip
    written = Written()
    count = sum(1 for _ in view.items)
    merged = count > _MOST_SHAPES
    if merged:
        written.warnings.append(
            say("A slide of {0} shapes would take minutes to open: those that look alike are together.", f"{count:,}")
        )
    pictures: dict[str, bytes] = {}
    groups, number = [], 2
    for index, layer in enumerate(covered(view)):
        job.feedback.progress(90 * index / len(view.layers))
        made = list(_shapes(layer, number + 1, merged, pictures))
        groups.append(_group(layer.name, number, view, "".join(made)))
        number += len(made) + 1
        written.layers[layer.name] = len(made)
    parts = pptx_parts.parts((emu(view.width), emu(view.height)), "".join(groups), f"{job.title}\n{job.credit}")
    targets = [("slideLayout", "../slideLayouts/slideLayout1.xml"), ("notesSlide", "../notesSlides/notesSlide1.xml")]
    targets += [("image", f"../media/{name}") for name in pictures]
    parts["ppt/slides/_rels/slide1.xml.rels"] = ("", relations(targets))
    media = {f"ppt/media/{name}": data for name, data in pictures.items()}
    write_package(path, job, "ppt/presentation.xml", parts, media)
    return written


def _group(name: str, number: int, view: Drawing, shapes: str) -> str:
    """A layer: a group whose own coordinates are those of the slide."""
    size = f'x="0" y="0"/><a:ext cx="{emu(view.width)}" cy="{emu(view.height)}"/>'
    own = f'<a:chOff x="0" y="0"/><a:chExt cx="{emu(view.width)}" cy="{emu(view.height)}"/>'
    return (
        f'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="{number}" name={quoteattr(one_line(name, 200))}/><p:cNvGrpSpPr/><p:nvPr/>'
        f"</p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off {size}{own}</a:xfrm></p:grpSpPr>{shapes}</p:grpSp>"
    )


def _shapes(layer: Layer, first: int, merged: bool, pictures: dict[str, bytes]) -> Iterator[str]:
    """The shapes of a layer, numbered from `first` on."""
    number = first
    for group in layer.groups:
        for shape in shapes(group.items, merged):
            if isinstance(shape, Text):
                for box in text_boxes(shape, number):
                    yield box
                    number += 1
                continue
            if isinstance(shape, Image):
                name = f"image{len(pictures) + 1}.png"
                pictures[name] = shape.png
                # Layout and notes are the first two that the slide leads to.
                yield picture(shape, number, shape.name or group.name, f"rId{len(pictures) + 2}")
            else:
                paths = shape.paths if isinstance(shape, Stamp) else shape
                yield freeform(paths, number, paths[0].name or group.name)
            number += 1


def prove(path: File, view: Drawing, written: Written) -> None:
    """The package and all its XML are whole, with a shape for each that was written but for pictures."""
    images = sum(isinstance(item, Image) for item in view.items)
    prove_package(path, _SLIDE, _SHAPE, max(written.features - images, 1), _LABEL)
