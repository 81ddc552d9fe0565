"""LightBurn projects: a layer with its own settings for each operation, millimetres, y upwards.

The format is LightBurn's own XML (version 1, `.lbrn2`), which is not published; its elements are known from files that
people share: `CutSetting` with index, power and speed; `Shape` of type Path with `VertList` (V x y, c0x1c1x1 for a
corner without handles) and `PrimList` (L from to).
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from html import escape
from pathlib import Path

from ...drawing.model import Points
from ...drawing.toolpaths.model import Toolpaths
from ...drawing.toolpaths.operations import CUT, ENGRAVE, FRAME, HATCHES, SCORE, TEXT
from ...errors import WriteError
from ..contract import Job, Written
from .bed import check_bed, upright

# The numbers of LightBurn's palette; other colours take those that are left of its thirty.
_WATER, _GREEN = HATCHES
_PALETTE = {color: number for number, color in enumerate((ENGRAVE, SCORE, CUT, TEXT, _GREEN, FRAME, _WATER))}
_LAYERS = 30
# Power in percent and speed in mm/s to begin with, which everybody sets for the material.
_SETTINGS = {CUT: (60, 20), FRAME: (60, 20), SCORE: (30, 60)}
_ENGRAVED = (20, 100)
_CORNER = "c0x1c1x1"


def write(view: Toolpaths, path: Path, job: Job) -> Written:
    """The settings of each layer, then its shapes in the order of the work."""
    check_bed(view, job)
    numbers = _numbers(view)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<LightBurnProject AppVersion="1.4.00" FormatVersion="1" ')
        file.write('MaterialHeight="0" MirrorX="False" MirrorY="False">\n')
        for order, operation in enumerate(view.operations):
            power, speed = _SETTINGS.get(operation.color, _ENGRAVED)
            values = {
                "index": numbers[order], "name": operation.name, "minPower": power, "maxPower": power, "maxPower2": 20,
                "speed": speed, "priority": order,
            }  # fmt: skip
            file.write('<CutSetting type="Cut">')
            file.writelines(f'<{key} Value="{escape(str(value))}"/>' for key, value in values.items())
            file.write("</CutSetting>\n")
        for order, operation in enumerate(view.operations):
            job.feedback.check()
            file.writelines(_shape(view, line, numbers[order]) for line in operation.lines)
        file.write(f'<Notes ShowOnLoad="0" Notes="{escape(f"{job.title}. {job.credit}")}"/>\n</LightBurnProject>\n')
    return Written(view.counts)


def _numbers(view: Toolpaths) -> list[int]:
    """The layer of each operation; where there are more than LightBurn has, the rest share its last."""
    free = iter(range(len(_PALETTE), _LAYERS))
    return [
        _PALETTE[operation.color] if operation.color in _PALETTE else next(free, _LAYERS - 1)
        for operation in view.operations
    ]


def _shape(view: Toolpaths, line: Points, number: int) -> str:
    """A shape of straight lines from corner to corner."""
    is_closed = bool((line[0] == line[-1]).all())
    corners = upright(line[: -1 if is_closed else None], view).tolist()
    places = "".join(f"V{x:.3f} {y:.3f}{_CORNER}" for x, y in corners)
    sides = [f"L{place} {place + 1}" for place in range(len(corners) - 1)]
    sides += [f"L{len(corners) - 1} 0"] if is_closed else []
    return (
        f'<Shape Type="Path" CutIndex="{number}"><XForm>1 0 0 1 0 0</XForm><VertList>{places}</VertList>'
        f"<PrimList>{''.join(sides)}</PrimList></Shape>\n"
    )


def prove(path: Path, view: Toolpaths, written: Written) -> None:
    """Count the shapes again."""
    found = len(re.findall(r'<Shape Type="Path" CutIndex="\d+">', path.read_text(encoding="utf-8")))
    if found != sum(view.counts.values()):
        raise WriteError("not_proven", "The LightBurn project has not all lines that were written to it.")
