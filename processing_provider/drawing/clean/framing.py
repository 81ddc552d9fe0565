"""What of a map lies inside its frame, where a page has several maps and no format could cut each at its own."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from osgeo import ogr

from ...geo.gdal_settings import quiet
from ..model import Box, Item, Layer, Path, Points, Stamp, Stroke, Text
from ..shapes import path_of
from .artwork_choices import covered
from .outlining import as_outlines
from .tidy import cut

# Lines that are no wider (mm) may end with their caps beyond the frame, which hides that much.
_THIN = 0.3
# An end that is so near (mm) to the frame was cut there.
_AT = 0.02
_MM = 25.4 / 72


def framed(layers: list[Layer], frame: Box) -> list[Layer]:
    """The layers with nothing beyond `frame`; those that show nothing inside are gone."""
    result = []
    with quiet():
        for layer in layers:
            groups = [
                replace(group, items=[piece for item in group.items for piece in within(item, frame)])
                for group in layer.groups
            ]
            groups = [group for group in groups if group.items]
            if groups:
                result.append(replace(layer, groups=groups))
    return result


def within(item: Item, frame: Box) -> list[Item]:
    """What of an object lies in the frame. Pictures stay whole; letters that reach over the edge become outlines."""
    if isinstance(item, Path):
        return list(_path(item, frame))
    if isinstance(item, Stamp):
        if _inside(item.box, frame):
            return [item]
        return [piece for path in item.paths for piece in _path(path, frame)]
    if isinstance(item, Text):
        box = text_box(item)
        if _inside(box, frame):
            return [item]
        if not _touches(box, frame):
            return []
        return [piece for path in as_outlines(item) for piece in within(path, frame)]
    return [item]


def text_box(text: Text) -> Box:
    """A box round all of a text, a little too large."""
    size = text.font.size * _MM
    halo = text.halo.width if text.halo else 0.0
    angle = math.radians(-text.rotation)
    ends: list[Points] = []
    for line in text.lines:
        if line.path is not None:
            ends += [line.path - size, line.path + size]
            continue
        along = np.array([math.cos(angle), math.sin(angle)]) * line.width
        up = np.array([math.sin(angle), -math.cos(angle)]) * size
        start = np.array([line.x, line.y])
        ends.append(np.array([start + a * along + u * up for a in (0, 1) for u in (-0.35, 1.1)]))
    points = np.concatenate(ends)
    (left, top), (right, bottom) = (points.min(axis=0) - halo).tolist(), (points.max(axis=0) + halo).tolist()
    return left, top, right, bottom


def _inside(box: Box, frame: Box) -> bool:
    return box[0] >= frame[0] and box[1] >= frame[1] and box[2] <= frame[2] and box[3] <= frame[3]


def _touches(box: Box, frame: Box) -> bool:
    return box[0] < frame[2] and box[1] < frame[3] and box[2] > frame[0] and box[3] > frame[1]


def _path(path: Path, frame: Box) -> list[Path]:
    half = path.stroke.width / 2 if path.stroke else 0.0
    left, top, right, bottom = path.box
    box = left - half, top - half, right + half, bottom + half
    if _inside(box, frame):
        return [path]
    if not _touches(box, frame):
        return []
    made: list[Path] = []
    if path.fill is not None:
        made += cut(replace(path, stroke=None), frame)
    if path.stroke is not None:
        made += _line(replace(path, fill=None), path.stroke, frame)
    return made


def _line(path: Path, stroke: Stroke, frame: Box) -> list[Path]:
    """A line stays one where what its width adds is not seen beyond the frame, else it is the area that it covers."""
    pieces = cut(path, frame) if _touches(path.box, frame) else []
    if stroke.width <= _THIN or stroke.dash:
        return pieces
    if not _inside(path.box, frame) and all(_is_cut(piece, frame) for piece in pieces):
        flat = replace(stroke, cap="butt")
        return [replace(piece, stroke=flat) for piece in pieces]
    area = ogr.CreateGeometryFromWkb(bytes(covered(path, stroke).asWkb()))
    if area is None:
        return pieces
    made = path_of(area, replace(path, fill=stroke.color, stroke=None))
    return [piece for one in made for piece in cut(one, frame)]


def _is_cut(path: Path, frame: Box) -> bool:
    """Whether each of its lines begins and ends at the frame."""
    edges = np.array(frame)
    for points, _, _ in path.subpaths():
        ends = points[[0, -1]]
        gaps = np.abs(np.concatenate([ends - edges[:2], ends - edges[2:]], axis=1))
        if not (gaps.min(axis=1) < _AT).all():
            return False
    return True
