"""CorelDRAW 12 (native): layers, groups by class, things by name, curves, text, pictures. See docs/corel.md."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from ....drawing import model
from ....drawing.clean.flattening import flattened
from ....drawing.clean.split import split
from ....drawing.model import Drawing, Item, Text
from ....errors import WriteError
from ....text.phrases import readable
from ....text.sentence import say
from ... import inks
from ...contract import Job, Written
from ..margins import with_margins
from ..svgmap import counts
from .blocks import MOST_POINTS
from .document import document
from .proof import count


def write(view: Drawing, path: Path, job: Job) -> Written:
    """Write the file."""
    drawing = with_margins(view)
    if any(isinstance(item, model.Image) for item in drawing.items):
        # Of what half shines through nothing is known in this version.
        drawing = flattened(drawing, clear=False)
    path.write_bytes(document(drawing, inks.of_job(job), job.title, job.credit, job.feedback.check))
    return Written(counts(view))


def prove(path: Path, view: Drawing, written: Written) -> None:
    """Unpack the file again: its layers in order, each with all its curves, pictures and texts."""
    wanted = []
    for layer in reversed(with_margins(view).layers):
        pieces = [_pieces(item) for item in layer.items]
        wanted.append((readable(layer.title), sum(curves for curves, _ in pieces), sum(texts for _, texts in pieces)))
    try:
        found = count(path.read_bytes())
    except ValueError as error:
        raise WriteError("not_proven", say("CorelDRAW does not open again: {0}.", error)) from error
    if found != wanted:
        held, due = (sum(curves + texts for _, curves, texts in layers) for layers in (found, wanted))
        raise WriteError("not_proven", say("CorelDRAW holds {0} of {1} objects, or other layers.", held, due))


def _pieces(item: Item) -> tuple[int, int]:
    """How many objects without and with letters an object becomes."""
    if isinstance(item, model.Path):
        return sum(1 for _ in split(item, MOST_POINTS)), 0
    if isinstance(item, model.Image):
        return 1, 0
    return 0, len(item.lines) * (1 + (item.halo is not None)) if isinstance(item, Text) else 0
