"""SVG for laser cutters: hairlines without fill in real millimetres, a layer and a colour for each operation.

Glowforge, xTool Creative Space and LightBurn tell operations by the colour of the line; Epilog, Trotec and Universal
cut what is 0.001 inch wide or less.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from html import escape
from pathlib import Path

from ...drawing.toolpaths.model import Toolpaths
from ..contract import Job, Written
from .bed import check_bed, check_lines

_HAIRLINE = 0.0254
_SPACES = (
    'xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" '
    'xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"'
)


def write(view: Toolpaths, path: Path, job: Job) -> Written:
    """A path for each line, in the order of the work."""
    check_bed(view, job)
    width, height = f"{view.width:.3f}", f"{view.height:.3f}"
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        file.write(f'<svg {_SPACES} version="1.1" width="{width}mm" height="{height}mm" ')
        file.write(f'viewBox="0 0 {width} {height}">\n')
        file.write(f"<title>{escape(job.title)}</title>\n<desc>{escape(job.credit)}</desc>\n")
        file.write('<sodipodi:namedview id="view" units="mm" inkscape:document-units="mm"/>\n')
        for number, operation in enumerate(view.operations, 1):
            job.feedback.check()
            label = f'inkscape:label="{escape(operation.name)}" fill="none" stroke="{operation.color}"'
            file.write(f'<g id="operation{number}" inkscape:groupmode="layer" {label} stroke-width="{_HAIRLINE}" ')
            file.write('stroke-linecap="round" stroke-linejoin="round">\n')
            for line in operation.lines:
                is_closed = (line[0] == line[-1]).all()
                places = " ".join(f"{x:.3f},{y:.3f}" for x, y in line[: -1 if is_closed else None].tolist())
                file.write(f'<path d="M{places}{"Z" if is_closed else ""}"/>\n')
            file.write("</g>\n")
        file.write("</svg>\n")
    return Written(view.counts)


def prove(path: Path, view: Toolpaths, written: Written) -> None:
    """Count the paths of each layer again."""
    text = path.read_text(encoding="utf-8")
    groups = re.findall(r'inkscape:label="([^"]*)"[^>]*>(.*?)</g>', text, re.DOTALL)
    check_lines("SVG", {name: body.count("<path ") for name, body in groups}, view)
