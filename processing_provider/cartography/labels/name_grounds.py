"""The ground of street names: strokes in the colour of their halos, so that no road's edge shows between their words.

A halo follows the letters: beside a blank or a dot it leaves open what is wider than itself.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Iterable

from qgis.core import QgsSymbol

from ..features.reading import Thing
from ..symbology.label_styles import TextStyle
from ..symbology.symbols import FLAT, line, stroke
from .text_size import MM_PER_POINT

# As high as capitals and what hangs below the line, so that the halos reach farther on all sides.
_HEIGHT = 0.9


def cases(styles: Iterable[TextStyle], things: Iterable[Thing]) -> list[tuple[str, QgsSymbol, str]]:
    """A stroke for each style and size that the names have."""
    colors = {style.name: style.text.buffer().color().name() for style in styles if style.text.buffer().enabled()}
    found = sorted({(thing["kind"], thing["size"] or 0.0) for thing in things if thing["kind"] in colors})
    return [
        (
            f'"kind"=\'{kind}\' AND abs("size"-{size})<0.001',
            line(stroke(colors[kind], _HEIGHT * size * MM_PER_POINT, FLAT)),
            kind,
        )
        for kind, size in found
    ]
