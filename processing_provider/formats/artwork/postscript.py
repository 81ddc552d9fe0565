"""PostScript (DSC 3.0) and its encapsulated kind (EPSF 3.0): vectors, text in fonts of its own, RGB or CMYK."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Iterator

from ...drawing.clean.flattening import flattened
from ...drawing.model import Color, Drawing, Image, Text
from ...errors import WriteError
from ...text.sentence import say
from .. import inks
from ..contract import Job, Written
from ..proof_helpers import prove_size
from . import dsc
from .faces import tell_stand_ins
from .marking import UNIT
from .ps_content import PROLOG, Program
from .svgmap import counts


def write(view: Drawing, path: Path, job: Job) -> Written:
    """Write the file: `ps` sets the size of its page, `eps` is placed on those of others."""
    swatches = view.swatches if job.options.get("swatches") else {}
    spaces = {color.hex: f"C{number}" for number, color in enumerate(swatches.values())}
    program = Program(view, inks.of_job(job), spaces)
    for layer in flattened(view).layers:
        job.feedback.check()
        program.layer(layer)
    tell_stand_ins(view, job, path.suffix.removeprefix(".").upper())
    with path.open("wb") as file:
        for piece in _pieces(view, job, program, swatches, path.suffix == ".eps"):
            file.write(piece.encode("ascii"))
    return Written(counts(view))


def _pieces(view: Drawing, job: Job, program: Program, swatches: dict[str, Color], is_placed: bool) -> Iterator[str]:
    """The document from head to end."""
    press = program.press
    width, height = view.width * UNIT, view.height * UNIT
    fonts = list(program.fonts)
    supplied = ["procset (osm2cdr) 1 0", *(f"font {name}" for _, name, _ in fonts)]
    yield f"%!PS-Adobe-3.0{' EPSF-3.0' if is_placed else ''}\n"
    yield f"%%BoundingBox: 0 0 {math.ceil(width)} {math.ceil(height)}\n"
    yield f"%%HiResBoundingBox: 0 0 {width:.4f} {height:.4f}\n"
    yield f"%%Creator: osm2cdr\n%%Title: {dsc.text(job.title)}\n"
    yield f"%%Copyright: {dsc.text(job.credit.replace('©', '(c)'))}\n"
    yield f"%%LanguageLevel: {3 if any(isinstance(item, Image) for item in view.items) else 2}\n"
    yield "%%DocumentData: Clean7Bit\n%%Pages: 1\n"
    yield "%%DocumentProcessColors: Cyan Magenta Yellow Black\n" if press else ""
    yield from _listed("DocumentCustomColors", [dsc.text(name) for name in swatches])
    if press:
        found = (" ".join(f"{part / 100:g}" for part in press.area(color)) for color in swatches.values())
        yield from _listed("CMYKCustomColor", [f"{ink} {dsc.text(name)}" for ink, name in zip(found, swatches)])
    yield from _listed("DocumentSuppliedResources", supplied)
    yield "%%EndComments\n%%BeginProlog\n%%BeginResource: procset (osm2cdr) 1 0\n"
    yield f"/osm2cdr 60 dict def osm2cdr begin\n{PROLOG}end\n%%EndResource\n%%EndProlog\n"
    yield "%%BeginSetup\nosm2cdr begin\n"
    yield "" if is_placed else f"<</PageSize [{width:.4f} {height:.4f}]>> setpagedevice\n"
    yield _document_info(job)
    for number, (name, color) in enumerate(swatches.items()):
        yield f"/C{number} {_separation(name, color, press)} def\n"
    for label, name, body in fonts:
        yield f"%%BeginResource: font {name}\n{body}/{label} exch def\n%%EndResource\n"
    yield "end\n%%EndSetup\n%%Page: 1 1\n"
    yield f"%%PageBoundingBox: 0 0 {math.ceil(width)} {math.ceil(height)}\nosm2cdr begin q\n"
    yield from program.pieces
    yield "Q end\nshowpage\n%%Trailer\n%%EOF\n"


def _listed(keyword: str, values: list[str]) -> Iterator[str]:
    """A comment of several lines."""
    for number, value in enumerate(values):
        yield f"%%{keyword}: {value}\n" if number == 0 else f"%%+ {value}\n"


def _separation(name: str, color: Color, press: inks.Press | inks.Formula | None) -> str:
    """A colour as a swatch of its own (4.8.4), which a program lists by its name."""
    if press:
        parts = press.area(color)
        return f"[/Separation {dsc.text(name)} /DeviceCMYK {{{_each([f'{part / 100:g} mul' for part in parts])}}}]"
    values = (color.red, color.green, color.blue)
    return (
        f"[/Separation {dsc.text(name)} /DeviceRGB {{{_each([f'{part / 255 - 1:.4f} mul 1 add' for part in values])}}}]"
    )


def _each(operators: list[str]) -> str:
    """Several functions of the one number on the stack."""
    return " ".join([*(f"dup {one} exch" for one in operators[:-1]), operators[-1]])


def _document_info(job: Job) -> str:
    """Title and notice in Unicode for whoever makes a PDF of the file; other interpreters pass over it."""
    title, credit = (("\ufeff" + text).encode("utf-16-be", "replace").hex().upper() for text in (job.title, job.credit))
    return (
        "/pdfmark where{pop}{/pdfmark /cleartomark load def}ifelse\n"
        f"[/Title <{title[:4000]}>\n/Subject <{credit[:4000]}>\n/Creator (osm2cdr) /DOCINFO pdfmark\n"
    )


def prove(path: Path, view: Drawing, written: Written) -> None:
    """The file is whole, its box is the page, and its layers and texts are those of the drawing."""
    kind = path.suffix.removeprefix(".").upper()
    data = prove_size(path, kind, 1000)
    box = re.search(rb"^%%HiResBoundingBox: 0 0 ([\d.]+) ([\d.]+)$", data, re.MULTILINE)
    if not data.startswith(b"%!PS-Adobe-3.0") or not data.endswith(b"\n%%EOF\n") or box is None:
        raise WriteError("not_proven", say("{0} is not whole.", kind))
    sides = zip(map(float, box.groups()), (view.width * UNIT, view.height * UNIT))
    if any(abs(found - wanted) > 0.01 for found, wanted in sides):
        raise WriteError("not_proven", say("{0} has a page of the wrong size.", kind))
    layers = len(re.findall(rb"^%%BeginObject: ", data, re.MULTILINE)), data.count(b"\n%%EndObject\n")
    if layers != (len(written.layers),) * 2:
        raise WriteError("not_proven", say("{0} holds {1} of {2} layers.", kind, min(layers), len(written.layers)))
    lines = sum(len(item.lines) for item in view.items if isinstance(item, Text))
    if data.count(b"\n[/EMC pdfmark\n") < lines:
        raise WriteError(
            "not_proven", say("{0} holds {1} of {2} lines of text.", kind, data.count(b"/EMC pdfmark"), lines)
        )
