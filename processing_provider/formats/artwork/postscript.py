"""PostScript (DSC 3.0) and its encapsulated kind (EPSF 3.0): our PDF, turned by Poppler into one that keeps text.

Of the converters, pdftocairo alone keeps what each glyph means: pdftops and Ghostscript number them.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
import re
from pathlib import Path

from ... import tools
from ...drawing.choices import opaque
from ...drawing.model import Drawing
from ...errors import WriteError
from ..proving import prove_size
from ..writing import Job, Written
from . import pdfmap
from .svgmap import counts

# A comment of the DSC has 255 letters at most, its keyword included.
_LONGEST = 230
# Written anew with what we know; the moment of writing would make two files of one map differ.
_REPLACED = re.compile(rb"^%%(Creator|CreationDate|Title|BoundingBox|HiResBoundingBox):.*\n", re.MULTILINE)
_SETUP = b"%%BeginSetup\n"


def write(view: Drawing, path: Path, job: Job) -> Written:
    """Draw a PDF on whole points, have it converted, and give it its true size, title and notice.

    A lying page becomes a rotated one, as printers take it; what is placed in other documents must stand as it is.
    """
    kind = path.suffix.removeprefix(".")
    sheet, draft = path.with_name("page.pdf"), path.with_name(f"page.{kind}")
    pdfmap.write(opaque(view), sheet, job, page=_page(view, kind))
    size = ["-origpagesizes"] if kind == "ps" else []
    tools.run("pdftocairo", [f"-{kind}", *size, str(sheet), str(draft)], job.feedback)
    sheet.unlink()
    data = draft.read_bytes()
    draft.unlink()
    first, separator, rest = data.partition(b"\n")
    if not first.startswith(b"%!PS-Adobe-3.0") or _SETUP not in rest:
        raise WriteError("write_failed", f"{kind.upper()} came out of pdftocairo in an unknown form.")
    comments, end, body = rest.partition(b"%%EndComments\n")
    body = body.replace(_SETUP, _SETUP + _document_info(job), 1)
    path.write_bytes(first + separator + _comments(view, job, kind) + _REPLACED.sub(b"", comments) + end + body)
    return Written(counts(view))


def _points(view: Drawing) -> tuple[float, float]:
    return view.width / 25.4 * 72, view.height / 25.4 * 72


def _page(view: Drawing, kind: str) -> tuple[int, int]:
    """The page in whole points; that of an EPS is never wider than high, so that nothing turns it."""
    width, height = map(math.ceil, _points(view))
    return width, max(width, height) if kind == "eps" else height


def _comments(view: Drawing, job: Job, kind: str) -> bytes:
    """The head's comments; the drawing hangs from the upper edge of its page, and of a rotated one from its left."""
    width, height = _points(view)
    top = _page(view, kind)[1]
    low, high, across = top - height, top, width
    if kind == "ps" and width > height:
        low, high, across = 0.0, math.ceil(width), height
    lines = [
        "%%Creator: osm2cdr",
        f"%%Title: {_text(job.title)}",
        f"%%Copyright: {_text(job.credit.replace('©', '(c)'))}",
        f"%%BoundingBox: 0 {math.floor(low)} {math.ceil(across)} {math.ceil(high)}",
        f"%%HiResBoundingBox: 0 {low:.4f} {across:.4f} {high:.4f}",
    ]
    return "\n".join(lines).encode("ascii") + b"\n"


def _text(words: str) -> str:
    """A text of the DSC: a PostScript string whose bytes beyond ASCII are escaped UTF-8."""
    result = ""
    for byte in " ".join(words.split()).encode():
        letter = chr(byte) if 32 <= byte < 127 else f"\\{byte:03o}"
        if letter in "()\\":
            letter = "\\" + letter
        if len(result) + len(letter) > _LONGEST:
            break
        result += letter
    return f"({result})"


def _document_info(job: Job) -> bytes:
    """Title and notice in Unicode for whoever makes a PDF of the file; other interpreters pass over it."""
    title, credit = (("\ufeff" + text).encode("utf-16-be").hex().upper() for text in (job.title, job.credit))
    return (
        "/pdfmark where { pop } { userdict /pdfmark /cleartomark load put } ifelse\n"
        f"[ /Title <{title}>\n/Subject <{credit}>\n/Creator (osm2cdr) /DOCINFO pdfmark\n"
    ).encode("ascii")


def prove(path: Path, view: Drawing, written: Written) -> None:
    """The file is whole, and its box is the page."""
    kind = path.suffix.removeprefix(".").upper()
    data = prove_size(path, kind, 1000)
    box = re.search(rb"^%%HiResBoundingBox: 0 ([\d.]+) ([\d.]+) ([\d.]+)$", data, re.MULTILINE)
    if not data.startswith(b"%!PS-Adobe-3.0") or not data.rstrip().endswith(b"%%EOF") or box is None:
        raise WriteError("not_proven", f"{kind} is not whole.")
    bottom, right, top = map(float, box.groups())
    # One side of a rotated page is of whole points.
    found, wanted = sorted((right, top - bottom)), sorted(_points(view))
    if any(abs(a - b) > (1 if kind == "PS" else 0.01) for a, b in zip(found, wanted)):
        raise WriteError("not_proven", f"{kind} has a page of the wrong size.")
