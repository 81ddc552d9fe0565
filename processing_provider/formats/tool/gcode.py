"""G-code for GRBL and its kin: millimetres, absolute, from the page's lower left corner.

NIST RS274NGC (version 3) for G0, G1, G17, G21, G90, G94; GRBL 1.1, "Laser Mode", for M4: power follows the speed, and
S0 on every way between two lines keeps the beam off on controllers without that mode, too.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from ...drawing.toolpaths.model import Toolpaths
from ...drawing.toolpaths.operations import CUT, FRAME, SCORE
from ...request.options import BY_FORMAT_OPTION
from ..contract import Job, Written
from .bed import ascii_line, check_bed, check_lines, upright

# GRBL's power for all of it ($30), and the share of an operation of what cutting takes.
_FULL = 1000
_SHARES = {CUT: 1.0, FRAME: 1.0, SCORE: 0.5}
_ENGRAVED = 0.25
# Where a pen is lifted to, in mm.
_UP = 5
_LINE, _PEN = ";LINE", "pen"


def write(view: Toolpaths, path: Path, job: Job) -> Written:
    """The operations one after another; a line of the map begins behind a comment."""
    check_bed(view, job)
    tool, feed, power = (job.options.get(key) or BY_FORMAT_OPTION[key].default for key in ("tool", "feed", "power"))
    with path.open("w", encoding="ascii", newline="\n") as file:
        for text in (job.title, job.credit, f"{view.width:.1f} x {view.height:.1f} mm, {tool}, {feed} mm/min"):
            file.write(f"; {ascii_line(text)}\n")
        file.write("G21\nG90\nG94\nG17\n")
        file.write(f"M5\nG0 Z{_UP}\n" if tool == _PEN else "M4 S0\n")
        for operation in view.operations:
            job.feedback.check()
            strength = round(_FULL * int(power) / 100 * _SHARES.get(operation.color, _ENGRAVED))
            file.write(f"; operation {ascii_line(operation.name)}: {len(operation.lines)} lines\n")
            for line in operation.lines:
                (x, y), *rest = [(f"{x:.3f}", f"{y:.3f}") for x, y in upright(line, view).tolist()]
                if tool == _PEN:
                    file.write(f"{_LINE}\nG0 X{x} Y{y}\nG1 Z0 F{feed}\n")
                else:
                    file.write(f"{_LINE}\nG0 X{x} Y{y} S0\n")
                    x, y = rest.pop(0)
                    file.write(f"G1 X{x} Y{y} S{strength} F{feed}\n")
                file.writelines(f"G1 X{x} Y{y}\n" for x, y in rest)
                if tool == _PEN:
                    file.write(f"G0 Z{_UP}\n")
        file.write(f"{'' if tool == _PEN else 'S0' + chr(10)}M5\nG0 X0 Y0\nM2\n")
    return Written(view.counts)


def prove(path: Path, view: Toolpaths, written: Written) -> None:
    """Count the lines of each operation again."""
    counts: list[int] = []
    for line in path.read_text(encoding="ascii").splitlines():
        if line.startswith("; operation "):
            counts.append(0)
        elif line == _LINE:
            counts[-1] += 1
    check_lines("G-code", dict(zip((operation.name for operation in view.operations), counts)), view)
