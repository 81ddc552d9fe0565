"""SVG, packed by gzip (RFC 1952), as browsers and Inkscape open it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import gzip
from pathlib import Path

from ...drawing.model import Drawing
from ...errors import WriteError
from ...text.sentence import say
from ..contract import Job, Written
from . import svg_proof, svgmap

__all__ = ["prove", "write"]


def write(view: Drawing, path: Path, job: Job) -> Written:
    """Write the file; the same map gives the same bytes."""
    data = "".join(svgmap.svg(view, job, layered=True)).encode()
    path.write_bytes(gzip.compress(data, 9, mtime=0))
    return Written(svgmap.counts(view))


def prove(path: Path, view: Drawing, written: Written) -> None:
    """Unpack it, and read it as SVG."""
    try:
        data = gzip.decompress(path.read_bytes())
    except (OSError, EOFError) as error:
        raise WriteError("not_proven", say("SVGZ does not open again: {0}.", error)) from error
    svg_proof.prove_text(data, view, written)
