"""The icons of points of interest as shapes: Maki and Temaki, both CC0 (their texts lie beside the icons).

A file is drawn by Qt's own SVG reader onto Qt's SVG writer: whatever it holds comes out as absolute lines and Bezier
curves, which are all that is read here. As shapes the icons stay vectors on every paint device.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from pathlib import Path

from qgis.core import QgsGeometry, QgsPointXY
from qgis.PyQt.QtCore import QBuffer, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QPainter, QPainterPath, QTransform
from qgis.PyQt.QtSvg import QSvgGenerator, QSvgRenderer

FOLDER = Path(__file__).with_name("icons")
# Curves are flattened at this many units to the icon's side, and then lose what is below this share of it: on paper
# less than 0.01 mm.
_UNITS, _TOLERANCE = 1000, 0.004
_PATH = re.compile(r'<path [^>]*? d="([^"]*)"')
_STEP = re.compile(r"([MLC])([^MLC]*)")


def names() -> tuple[str, ...]:
    """The icons that there are."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.svg")))


def svg(name: str) -> str:
    """The icon as QGIS's SVG markers take it, without a file, its colour left to the symbol."""
    text = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    return "base64:" + b64encode(text.replace("<path ", '<path fill="param(fill)" ').encode()).decode()


@cache
def shape(name: str) -> QgsGeometry:
    """The icon's shape in a box of side 1 round the origin, y up; to be copied before it is moved.

    Raises KeyError where there is no such icon.
    """
    file = FOLDER / f"{name}.svg"
    if not file.is_file():
        raise KeyError(name)
    # Read here and not by Qt, whose readers of files know less of names than Python.
    renderer = QSvgRenderer(file.read_bytes())
    box = renderer.viewBoxF()
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for steps in _PATH.findall(_normal(renderer)):
        for letter, numbers in _STEP.findall(steps):
            values = [float(number) for number in re.split(r"[ ,]+", numbers.strip())]
            if letter == "M":
                path.closeSubpath()
                path.moveTo(*values)
            elif letter == "L":
                path.lineTo(*values)
            else:
                # Qt leaves out the letter of a curve that follows another one.
                for start in range(0, len(values), 6):
                    path.cubicTo(*values[start : start + 6])
    path.closeSubpath()
    side = max(box.width(), box.height())
    scale = _UNITS / side
    place = QTransform(scale, 0, 0, -scale, -scale * box.center().x(), scale * box.center().y())
    rings = [
        QgsGeometry.fromPolygonXY([[QgsPointXY(point.x() / _UNITS, point.y() / _UNITS) for point in polygon]])
        for polygon in place.map(path).simplified().toSubpathPolygons()
        if len(polygon) > 3
    ]
    return _even_odd(rings).simplify(_TOLERANCE)


def _normal(renderer: QSvgRenderer) -> str:
    """The SVG as Qt writes it."""
    buffer = QBuffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(_UNITS, _UNITS))
    generator.setViewBox(QRectF(0, 0, _UNITS, _UNITS))
    painter = QPainter(generator)
    renderer.render(painter, QRectF(0, 0, _UNITS, _UNITS))
    painter.end()
    return bytes(buffer.data()).decode("utf-8")


def _even_odd(rings: list[QgsGeometry]) -> QgsGeometry:
    """What lies in an odd number of rings."""
    result = QgsGeometry()
    for ring in rings:
        valid = ring.makeValid()
        result = valid if result.isNull() else result.symDifference(valid)
    return result
