"""Xfig drawings (Fig 3.2): a compound for each layer, class and thing, a depth for each class, names as text.

Fig knows no clipping, no holes and no Unicode: paper lies over what reaches beyond the map, bridges of no width lead
to holes, names in other letters than those of Western Europe are outlines.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path as File

from ....drawing.clean.margins import MARGINS, beyond, covered
from ....drawing.model import Drawing
from ....errors import WriteError
from ....text.sentence import say
from ...contract import Job, Written
from ...proof_helpers import prove_size
from ..reduced import Ability, prove_layers, reduced, things_in
from .document import MOST_COLORS, Document, called, spells


def write(view: Drawing, path: File, job: Job) -> Written:
    """Write the file."""
    made = reduced(view, job, Ability(spaced=False, things=True, spells=spells, pictures=False))
    layers = covered(made, beyond(made))
    document = Document(made, layers)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(document.written(job.title, job.credit, job.feedback.check))
    if document.uneven:
        text = say("Xfig has dashes as long as their gaps: {0} kinds of dashes are a little otherwise.",
                   len(document.uneven))  # fmt: skip
        job.feedback.warning("dashes_even", text)
    if document.merged:
        text = say("Xfig has room for {0} colours: {1} others have the one that is most like them.", MOST_COLORS,
                   len(document.merged))  # fmt: skip
        job.feedback.warning("colors_merged", text)
    return Written({called(name): count for name, count in things_in(made).items()})


def prove(path: File, view: Drawing, written: Written) -> None:
    """The file is whole, and its compounds hold the layers in order with their things."""
    lines = prove_size(path, "Xfig").decode("utf-8", "replace").split("\n")
    layers: list[tuple[str, int]] = []
    comment, depth, left, is_paper = "", 0, 0, False
    for line in lines[1:-1]:
        if line.startswith("\t"):
            left -= len(line.split()) // 2
        elif left:
            break
        elif line.startswith("# "):
            comment = line.removeprefix("# ")
        elif line[:2] in ("2 ", "4 ", "6 ", "-6"):
            if depth == 0 and line.startswith("6 "):
                is_paper = comment == MARGINS
                layers += [] if is_paper else [(comment, 0)]
            elif depth == 2 and line != "-6" and not is_paper:
                layers[-1] = layers[-1][0], layers[-1][1] + 1
            depth += line.startswith("6 ") - (line == "-6")
            left = int(line.split()[-1]) if line.startswith("2 ") else 0
            comment = ""
    if left or depth or lines[-1] or not lines[0].startswith("#FIG 3.2"):
        raise WriteError("not_proven", say("{0} is not whole.", "Xfig"))
    prove_layers("Xfig", layers, written)
