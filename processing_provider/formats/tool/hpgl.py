"""HPGL: a pen for each operation, absolute moves in plotter units of 0.025 mm.

Hewlett-Packard, HP-GL/2 Reference Guide (1990): IN, SP, PU, PD, PA, and CO for a comment, which older plotters skip.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import textwrap
from pathlib import Path

import numpy as np

from ...drawing.toolpaths.model import Toolpaths
from ..contract import Job, Written
from .bed import ascii_line, check_bed, check_lines, upright

_UNITS = 40
# Places in one instruction: a plotter's memory is small.
_MOST = 64
# Letters in one comment.
_LETTERS = 60


def write(view: Toolpaths, path: Path, job: Job) -> Written:
    """The operations one after another, each with the next pen; the comment says whose data it is."""
    check_bed(view, job)
    with path.open("w", encoding="ascii", newline="\n") as file:
        file.write("IN;\n")
        for text in (*_pieces(job.title), *_pieces(job.credit)):
            file.write(f'CO"{text}";\n')
        for number, operation in enumerate(view.operations, 1):
            job.feedback.check()
            file.write(f'CO"{_pieces(operation.name)[0]}";\nSP{number};\n')
            for line in operation.lines:
                places = np.rint(upright(line, view) * _UNITS).astype(int)
                moved = (np.diff(places, axis=0) != 0).any(axis=1)
                moves = [f"{x},{y}" for x, y in places[np.concatenate([[True], moved])].tolist()]
                moves += moves if len(moves) == 1 else []
                file.write(f"PU{moves[0]};")
                for start in range(1, len(moves), _MOST):
                    file.write(f"PD{','.join(moves[start : start + _MOST])};")
                file.write("\n")
        file.write("PU;SP0;\n")
    return Written(view.counts)


def _pieces(text: str) -> list[str]:
    """A text that ends no comment and no instruction, in pieces: plotters keep few letters of one."""
    return textwrap.wrap(ascii_line(text).replace('"', "'").replace(";", ","), _LETTERS) or [""]


def prove(path: Path, view: Toolpaths, written: Written) -> None:
    """Count the lines of each pen again."""
    counts: list[int] = []
    for line in path.read_text(encoding="ascii").splitlines():
        if line.startswith("SP"):
            counts.append(0)
        elif line.startswith("PU") and "PD" in line:
            counts[-1] += 1
    check_lines("HPGL", dict(zip((operation.name for operation in view.operations), counts)), view)
