"""Shapes as fields of distances, which MapLibre draws at any size, turned, and with a halo.

Facts: a byte says how far a pixel's centre is from the outline: 192 on it, more inside, a step of 1 for each 8/255 of a
pixel of a text of 24 pixels, as the fields of fontnik have it.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from qgis.PyQt.QtGui import QPainterPath, QTransform

if TYPE_CHECKING:
    import numpy.typing as npt

    Array = npt.NDArray[np.float64]

# Pixels round a shape; how far a distance is told, in pixels; and the share of it that lies inside.
BORDER = 3
_RADIUS, _INSIDE = 8.0, 0.25
# Curves are flattened at this many units a pixel.
_FINE = 8
# Pixels at once: the field of one is as many numbers as the outline has segments.
_ROWS = 4096


def segments(path: QPainterPath) -> Array:
    """The outline as straight pieces: x, y of both ends."""
    found = []
    fine = QTransform.fromScale(_FINE, _FINE)
    for polygon in path.toSubpathPolygons(fine):
        points = np.array([(point.x(), point.y()) for point in polygon], float).reshape(-1, 2) / _FINE
        if len(points) > 1:
            closed = points if (points[0] == points[-1]).all() else np.vstack((points, points[:1]))
            found.append(np.hstack((closed[:-1], closed[1:])))
    return np.concatenate(found) if found else np.zeros((0, 4))


def field(pieces: Array, left: int, top: int, width: int, height: int, even_odd: bool = False) -> npt.NDArray[np.uint8]:
    """The field (height, width) of an outline, y down; nothing where there are no pieces.

    Inside is where rings wind round, or with `even_odd` where an odd number of them lies round.
    """
    if not len(pieces):
        return np.zeros((height, width), np.uint8)
    x, y = np.meshgrid(left + 0.5 + np.arange(width), top + 0.5 + np.arange(height))
    pixels = np.column_stack((x.ravel(), y.ravel()))
    parts = [_signed(pieces, pixels[start : start + _ROWS], even_odd) for start in range(0, len(pixels), _ROWS)]
    values = 255 - 255 * (np.concatenate(parts) / _RADIUS + _INSIDE)
    return np.clip(np.rint(values), 0, 255).astype(np.uint8).reshape(height, width)


def _signed(pieces: Array, pixels: Array, even_odd: bool) -> Array:
    """How far pixels are from the outline, below zero inside."""
    start, along = pieces[:, :2], pieces[:, 2:] - pieces[:, :2]
    length = np.maximum((along**2).sum(axis=1), 1e-12)
    offset = pixels[:, None] - start
    share = np.clip((offset * along).sum(axis=2) / length, 0, 1)
    away = np.sqrt(((offset - share[..., None] * along) ** 2).sum(axis=2).min(axis=1))
    row = pixels[:, 1:]
    up = (pieces[:, 1] <= row) & (pieces[:, 3] > row)
    down = (pieces[:, 1] > row) & (pieces[:, 3] <= row)
    side = along[:, 0] * offset[..., 1] - offset[..., 0] * along[:, 1]
    winding = (up & (side < 0)).sum(axis=1) - (down & (side > 0)).sum(axis=1)
    signed: Array = np.where(winding % 2 if even_odd else winding, -away, away)
    return signed
