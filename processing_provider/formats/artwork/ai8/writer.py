"""Adobe Illustrator 8: PostScript with Illustrator's own operators, the format before PDF. See docs/left-out.md.

Layers by name, groups by class and thing, live names that are upright, turned or on a path, colours of the style as
global ones. Transparency came with version 9, Unicode with version 11.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
import re
from pathlib import Path as File
from typing import Iterator

from ....drawing.model import Drawing
from ....errors import WriteError
from ....text.phrases import one_line
from ....text.sentence import say
from ... import inks
from ...contract import Job, Written
from ...proof_helpers import prove_size
from ..faces import tell_stand_ins
from ..marking import UNIT
from ..reduced import Ability, prove_layers, reduced, things_in
from .document import Document, paged, string
from .prolog import PAGE, prolog

_LABEL = "Illustrator 8"
_MOST_TOLD = 230


def write(view: Drawing, path: File, job: Job) -> Written:
    """Write the file."""
    made = reduced(view, job, Ability(bent=True, things=True, spells=_spells, pictures=False))
    document = Document(made, inks.of_job(job))
    names = {title: paged(title) for title in (layer.title for layer in made.layers)}
    body = []
    for number, layer in enumerate(made.layers):
        job.feedback.check()
        body += document.layer(layer, number, string(*names[layer.title]))
    if any(page != PAGE or name != one_line(title, len(name)) for title, (name, page) in names.items()):
        text = say("{0} knows no Unicode: names of layers that are not Western European are in the code page 1251, "
                   "with ? for letters that it lacks.", _LABEL)  # fmt: skip
        job.feedback.warning("layers_code_page", text)
    tell_stand_ins(made, job, _LABEL)
    with path.open("w", encoding="ascii", newline="\n") as file:
        file.writelines(_head(made, job, document))
        file.writelines(prolog(document.fonts, made.width * UNIT, made.height * UNIT))
        file.writelines(_setup(document))
        file.writelines(body)
        file.write("%%PageTrailer\ngsave annotatepage grestore showpage\n%%Trailer\n%%EOF\n")
    return Written({names[title][0]: count for title, count in things_in(made).items()})


def _spells(text: str) -> bool:
    try:
        return text.encode(PAGE).isascii() or not any(letter in "\xa0\xad" for letter in text)
    except UnicodeEncodeError:
        return False


def _head(drawing: Drawing, job: Job, document: Document) -> Iterator[str]:
    width, height = drawing.width * UNIT, drawing.height * UNIT
    yield "%!PS-Adobe-3.0\n%%Creator: Adobe Illustrator(R) 8.0\n%%AI8_CreatorVersion: 8.0\n%%For: (osm2cdr) ()\n"
    yield f"%%Title: {string(one_line(job.title, _MOST_TOLD))}\n"
    credit = job.credit.replace("©", "(c)")
    yield f"%%Copyright: {string(one_line(credit, _MOST_TOLD))}\n"
    yield f"%%BoundingBox: 0 0 {math.ceil(width)} {math.ceil(height)}\n"
    yield f"%%HiResBoundingBox: 0 0 {width:.4f} {height:.4f}\n"
    is_press = job.colors == "cmyk"
    if is_press:
        yield "%%DocumentProcessColors: Cyan Magenta Yellow Black\n"
    if document.fonts.names:
        yield from _listed("DocumentFonts", document.fonts.names)
        yield from _listed("DocumentNeededFonts", document.fonts.names)
    # Process colours, so that no plate of their own is printed for them.
    colors = [f"{' '.join(f'{part:.4g}' for part in parts)} {string(name)}" for name, parts in document.named.items()]
    yield from _listed("CMYKProcessColor" if is_press else "RGBProcessColor", colors)
    yield "%AI5_FileFormat 4.0\n%AI3_ColorUsage: Color\n%AI7_ImageSettings: 0\n"
    yield f"%AI5_ArtSize: {width:.4f} {height:.4f}\n"
    middle = f"{width / 2:.4f} {height / 2:.4f}"
    yield f"%AI3_TemplateBox: {middle} {middle}\n%AI3_TileBox: 0 0 {math.ceil(width)} {math.ceil(height)}\n"
    yield "%AI3_DocumentPreview: None\n%AI5_RulerUnits: 1\n%AI5_ArtFlags: 1 0 0 1 0 0 1 0 0\n"
    yield f"%AI5_TargetResolution: 800\n%AI5_NumLayers: {len(drawing.layers)}\n%%EndComments\n"


def _listed(keyword: str, values: list[str]) -> Iterator[str]:
    """A comment of several lines."""
    for number, value in enumerate(values):
        yield f"%%{keyword}: {value}\n" if number == 0 else f"%%+ {value}\n"


def _setup(document: Document) -> Iterator[str]:
    yield "%%BeginSetup\n"
    yield from document.fonts.encodings()
    if document.named:
        yield "%AI5_BeginPalette\n0 0 Pb\n"
        for name, parts in document.named.items():
            numbers = " ".join(f"{part:.4g}" for part in parts)
            yield f"{numbers} {string(name)} 0 {int(len(parts) == 3)} Xx\nPc\n"
        yield "PB\n%AI5_EndPalette\n"
    yield "%%EndSetup\n"


def prove(path: File, view: Drawing, written: Written) -> None:
    """The file is whole, its page and layers are those of the drawing, and each has its things."""
    text = prove_size(path, _LABEL, 1000).decode("ascii", "replace")
    sides = re.search(r"^%%HiResBoundingBox: 0 0 ([\d.]+) ([\d.]+)$", text, re.MULTILINE)
    wanted = view.width * UNIT, view.height * UNIT
    if not text.startswith("%!PS-Adobe-3.0\n") or not text.endswith("\n%%Trailer\n%%EOF\n") or sides is None:
        raise WriteError("not_proven", say("{0} is not whole.", _LABEL))
    if any(abs(float(found) - side) > 0.01 for found, side in zip(sides.groups(), wanted)):
        raise WriteError("not_proven", say("{0} has a page of the wrong size.", _LABEL))
    titles = {string(*paged(name)): name for name in written.layers}
    held: list[tuple[str, int]] = []
    groups, inside = 0, ""
    for name, operator in re.findall(r"^(?:(\(.*\)) Ln|(u|U|\*u|\*U|[02] To|TO|[fFsSbB]))$", text, re.MULTILINE):
        if name:
            held.append((titles.get(name, name), 0))
        elif operator in ("u", "U"):
            begins = operator == "u"
            if begins and groups == 1 and held:
                held[-1] = held[-1][0], held[-1][1] + 1
            groups += 1 if begins else -1
        elif inside:
            inside = "" if operator in ("*U", "TO") else inside
        else:
            if groups == 1 and held:
                held[-1] = held[-1][0], held[-1][1] + 1
            inside = operator if operator in ("*u", "0 To", "2 To") else ""
    if groups or inside:
        raise WriteError("not_proven", say("{0} is not whole.", _LABEL))
    prove_layers(_LABEL, held, written)
