"""A drawing as a PDF: its layers as optional content, its fonts inside; georeferenced where asked.

ISO 32000-1 (PDF 1.7), 8.11 for layers; Adobe's supplement to it, ExtensionLevel 3, 8.8.1 for the place in the world.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import hashlib
import re
import zlib
from pathlib import Path
from typing import Any, Sequence

from ...drawing.model import Color, Drawing, Image, Text
from ...drawing.things import families
from ...errors import WriteError
from ...text.sentence import say
from .. import inks, xmp
from ..contract import Job, Written
from ..inks import Formula, Press
from ..proof_helpers import prove_size
from . import pdf_fonts
from . import pdf_objects as pdf
from .faces import Faces, tell_stand_ins
from .marking import UNIT, pixels
from .pdf_content import OVERPRINTS, Content
from .pdf_press import GROUP, REGISTRATION, Sheet
from .pdf_standards import Standard
from .svgmap import counts


def write(
    drawing: Drawing,
    path: Path,
    job: Job,
    place: Sequence[str] = (),
    standard: Standard | None = None,
    sheet: Sheet | None = None,
) -> Written:
    """Write the file.

    `place` are entries of the page that say where it lies, `standard` what the file keeps to; `sheet` is what the page
    is cut out of, where that is larger.
    """
    file = pdf.PdfFile(standard.version if standard else "1.7")
    faces = Faces()
    images: dict[str, int] = {}

    def image(picture: Image) -> str:
        label = f"I{len(images) + 1}"
        images[label] = _image(file, picture, press)
        return label

    width, height = (side * UNIT for side in (sheet.sides if sheet else (drawing.width, drawing.height)))
    press = inks.of_job(job)
    swatches = drawing.swatches if job.options.get("swatches") else {}
    spaces = {color.hex: f"S{number}" for number, color in enumerate(swatches.values())}
    content = Content(drawing, faces, press, image, spaces, standard is not None)
    layers: dict[str, int] = {}
    for label, name in content.beyond(sheet) if sheet else ():
        layers[label] = file.put(f"<< /Type /OCG /Name {pdf.text(name)} >>")
    # As a program lists them, the top one first.
    tree = [pdf.reference(number) for number in reversed(layers.values())]
    for parent, members in families(drawing.layers):
        listed: list[str] = []
        if parent:
            whole = f"P{len(layers) + 1}"
            layers[whole] = file.put(f"<< /Type /OCG /Name {pdf.text(parent)} >>")
            content.begin_family(whole)
        for layer in members:
            job.feedback.check()
            label = f"L{len(layers) + 1}"
            layers[label] = file.put(f"<< /Type /OCG /Name {pdf.text(layer.name)} >>")
            listed.insert(0, pdf.reference(layers[label]))
            content.layer(layer, label)
        if parent:
            content.end_family()
            listed = [pdf.reference(layers[whole]), "[", *listed, "]"]
        tree = [*listed, *tree]
    fonts = pdf_fonts.write(file, faces)
    tell_stand_ins(drawing, job, "PDF")
    if content.blanks:
        text = say("The PDF leaves {0} letters out that no font of this machine has.", content.blanks)
        job.feedback.warning("letters_missing", text)
    body_data = "".join([*content.pieces, "Q\n" if sheet else ""]).encode("latin-1")
    body = file.stream(body_data)
    pages, only = file.take(), file.take()
    names: dict[str, Any] = {
        "Properties": layers, "XObject": images,
        "ColorSpace": {
            spaces[color.hex]: _separation(file, name, color, press) for name, color in swatches.items()
        } | ({"All": file.put(REGISTRATION)} if sheet else {}),
        "Font": fonts,
    }  # fmt: skip
    resources = " ".join(
        f"/{kind} << {' '.join(f'/{label} {pdf.reference(number)}' for label, number in entries.items())} >>"
        for kind, entries in names.items()
    )
    states = " ".join(f"/{label} << /ca {alpha:g} /CA {alpha:g} >>" for alpha, label in content.opacities.items())
    if standard is not None and press is not None:
        states += "".join(f" /{label} {state}" for label, state in OVERPRINTS.items())
    box = f"[0 0 {width:.3f} {height:.3f}]"
    file.put(
        f"<< /Type /Page /Parent {pdf.reference(pages)} /MediaBox {box} /Contents {pdf.reference(body)} "
        f"/Resources << {resources} /ExtGState << {states} >> >> {' '.join(place)} "
        f"{sheet.boxes + GROUP if sheet else ''} >>",
        only,
    )
    file.put(f"<< /Type /Pages /Kids [{pdf.reference(only)}] /Count 1 >>", pages)
    order = " ".join(pdf.reference(number) for number in layers.values())
    top = " ".join(tree)
    metadata = file.stream(
        xmp.packet(job.title, job.credit, standard.properties if standard else ""), "/Type /Metadata /Subtype /XML",
        packed=False,
    )  # fmt: skip
    root = file.put(
        f"<< /Type /Catalog /Pages {pdf.reference(pages)} /Metadata {pdf.reference(metadata)} /OCProperties << "
        f"/OCGs [{order}] /D << /Name {pdf.text('Layers')} /ON [{order}] /Order [{top}] /ListMode /AllPages >> >> "
        f"/PageMode /UseOC {standard.intent(file) if standard else ''} >>"
    )
    info = file.put(
        f"<< /Title {pdf.text(job.title)} /Subject {pdf.text(job.credit)} /Creator (osm2cdr) /Producer (osm2cdr) "
        f"{standard.information if standard else ''} >>"
    )
    file.save(path, root, info, hashlib.md5(body_data, usedforsecurity=False).digest())
    return Written(counts(drawing))


def _separation(file: pdf.PdfFile, name: str, color: Color, press: Press | Formula | None) -> int:
    """A colour as a swatch of its own (8.6.6.4), which a program lists by its name and changes everywhere at once."""
    if press is not None:
        space, none, full = "/DeviceCMYK", "0 0 0 0", " ".join(f"{part / 100:g}" for part in press.area(color))
    else:
        parts = (color.red, color.green, color.blue)
        space, none, full = "/DeviceRGB", "1 1 1", " ".join(f"{part / 255:.4g}" for part in parts)
    tint = f"<< /FunctionType 2 /Domain [0 1] /C0 [{none}] /C1 [{full}] /N 1 >>"
    return file.put(f"[/Separation {pdf.name(name)} {space} {tint}]")


def _image(file: pdf.PdfFile, picture: Image, press: Press | Formula | None) -> int:
    """A picture with its transparency beside it."""
    array = pixels(picture)
    height, width = array.shape[:2]
    size = f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /BitsPerComponent 8"
    mask = file.stream(array[..., 3].tobytes(), f"{size} /ColorSpace /DeviceGray")
    colors = array[..., :3] if press is None else press.pixels(array[..., :3])
    space = "/DeviceRGB" if press is None else "/DeviceCMYK"
    return file.stream(colors.tobytes(), f"{size} /ColorSpace {space} /SMask {pdf.reference(mask)}")


def prove(path: Path, drawing: Drawing, written: Written) -> None:
    """The file is whole, its page has the right size, its layers are those of the drawing, and the text is in it."""
    data = prove_size(path, "PDF", 500)
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", data)
    if not data.startswith(b"%PDF-") or not data.endswith(b"%%EOF\n") or box is None:
        raise WriteError("not_proven", "PDF is not whole.")
    trim = re.search(rb"/TrimBox \[([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+)\]", data)
    x0, y0, x1, y1 = map(float, trim.groups()) if trim else (0.0, 0.0, float(box[1]), float(box[2]))
    if abs((x1 - x0) / UNIT - drawing.width) > 0.1 or abs((y1 - y0) / UNIT - drawing.height) > 0.1:
        raise WriteError("not_proven", "PDF has a page of the wrong size.")
    place = re.search(rb"/Contents (\d+) 0 R", data)
    found = re.search(rb"\n%s 0 obj\n<<.*?>>\nstream\n(.*?)\nendstream" % place[1], data, re.DOTALL) if place else None
    content = zlib.decompress(found[1]) if found else b""
    # Bleed and crop marks are layers of their own.
    others = sum(bool(parent) for parent, _ in families(drawing.layers)) + content.count(b"/OC /X")
    layers = len(re.findall(rb"/Type /OCG /Name ", data)) - others, content.count(b"/OC /L")
    if layers != (len(written.layers),) * 2:
        raise WriteError("not_proven", say("PDF holds {0} of {1} layers.", min(layers), len(written.layers)))
    lines = sum(len(item.lines) for item in drawing.items if isinstance(item, Text))
    if content.count(b"\nBT\n") < lines:
        raise WriteError("not_proven", say("PDF holds {0} of {1} lines of text.", content.count(b"BT"), lines))
