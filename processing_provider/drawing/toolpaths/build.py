"""Toolpaths of a drawing: outlines once, by the operation of their colour, in the order of the work."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import replace
from typing import Dict, List

import numpy as np

from ...feedback import Feedback
from ..clean.artwork_choices import Choices, apply
from ..model import Box, Color, Drawing, Group, Item, Layer, Path, Points, Stamp, Text
from ..shapes import polyline
from .hatching import hatches
from .letters import CAPITALS, is_drawn, written
from .model import Lettering, Operation, Toolpaths
from .noding import away_from, joined, within, without
from .operations import CUT, FRAME, HATCHES, TEXT, in_order, name_of
from .ordering import faces, nested, sorted_lines

# Lines shorter than this, in mm, are left out: no tool draws them.
_SHORTEST = 0.1
_MM = 25.4 / 72
# The line that the sheet draws round the map has two sides; a cutter takes one.
_SHEET, _FRAME, _PLATES, _TITLE = "Sheet", "Frame", "Plates", "Title"
# Round the letters of a name nothing is drawn, so many mm wide, but what is cut.
_ROOM, _KEPT = 0.6, (CUT, TEXT, FRAME)


def build_toolpaths(drawing: Drawing, feedback: Feedback, spacing: float = 0.0) -> Toolpaths:
    """The toolpaths of a drawing; its areas of HATCHES are hatched, `spacing` mm apart, or with 0 left out.

    Other areas are outlined, white ones and pictures left out, and so is what lies outside the frame of a layer that
    ends there, and beneath the plates of the sheet's texts.
    """
    found = _Found()
    for layer in drawing.layers:
        if layer.name == _SHEET:
            for box in _plates(layer):
                found.free(box)
        for group in layer.groups:
            if (layer.name, group.name) != (_SHEET, _FRAME):
                found.take(drawing, layer, group)
        feedback.check()
    for color, paths in found.areas.items():
        if spacing:
            found.segments.setdefault(color, []).append(hatches(paths, spacing, drawing.frame))
    segments = {color: np.concatenate(pieces) for color, pieces in found.segments.items()}
    names = np.concatenate([np.empty((0, 4)), *found.names])
    # What is cut through stays closed.
    segments.update({color: away_from(lines, names, _ROOM) for color, lines in segments.items() if color not in _KEPT})
    made = _worked(drawing, segments, found.outlined, feedback)
    lettering = tuple(Lettering(height, tuple(joined(lines))) for height, lines in found.lettering if len(lines))
    return replace(made, lettering=lettering)


class _Found:
    """What was found of a drawing so far: segments (n, 4) and areas by colour, and texts that have no strokes."""

    def __init__(self) -> None:
        self.segments: Dict[str, List[Points]] = {}
        self.areas: Dict[str, List[Path]] = {}
        self.outlined = 0
        self.names: list[Points] = []
        self.lettering: list[tuple[float, Points]] = []

    def take(self, drawing: Drawing, layer: Layer, group: Group) -> None:
        """Take a group's objects."""
        kept: Dict[str, List[Points]] = {}
        for item in group.items:
            if isinstance(item, Text):
                kept.setdefault(TEXT, []).append(self._text(drawing, layer, group, item))
                continue
            for path in item.paths if isinstance(item, Stamp) else [item] if isinstance(item, Path) else []:
                color = _color(path, drawing.background)
                color = TEXT if color and layer.name == _SHEET else color
                if color:
                    kept.setdefault(color, []).append(_segments(path))
                if path.fill is not None and path.fill.hex in HATCHES:
                    self.areas.setdefault(path.fill.hex, []).append(path)
        for color, pieces in kept.items():
            lines = np.concatenate([np.empty((0, 4)), *pieces])
            self.segments.setdefault(color, []).append(within(lines, drawing.frame) if layer.clipped else lines)

    def _text(self, drawing: Drawing, layer: Layer, group: Group, text: Text) -> Points:
        strokes = _letters(text)
        if strokes is None:
            self.outlined += 1
        found = [_pairs(line) for line in strokes or ()] or [_segments(path) for path in _outlines(drawing, text)]
        lines: Points = np.concatenate([np.empty((0, 4)), *found])
        if layer.name != _SHEET:
            self.names.append(lines)
        if layer.name != _SHEET or group.name == _TITLE:
            self.lettering.append((text.font.size * _MM * CAPITALS, lines))
        return lines

    def free(self, box: Box) -> None:
        """Cut away what lies in a box."""
        self.segments = {color: [without(np.concatenate(pieces), box)] for color, pieces in self.segments.items()}


def _plates(layer: Layer) -> list[Box]:
    return [item.box for group in layer.groups if group.name == _PLATES for item in group.items
            if isinstance(item, Path)]  # fmt: skip


def _worked(drawing: Drawing, segments: Dict[str, Points], outlined: int, feedback: Feedback) -> Toolpaths:
    """All operations in the order of the work, the frame last."""
    left, top, right, bottom = drawing.frame
    page = (0.0, 0.0, drawing.width, drawing.height)
    order = in_order(list(segments))
    place = np.array([0.0, drawing.height])
    operations: list[Operation] = []
    pieces = 0
    for number, color in enumerate(order):
        feedback.progress(100 * number / len(order))
        lines = joined(segments[color])
        if color != TEXT:
            lines = [line for line in lines if np.hypot(*np.diff(line, axis=0).T).sum() >= _SHORTEST]
        levels = [lines]
        if color == CUT:
            areas = faces(lines)
            pieces = len(areas)
            levels = nested(lines, areas)
        done: list[Points] = []
        for level in levels:
            done += sorted_lines(level, place, page, feedback)
            place = done[-1][-1] if done else place
        if done:
            operations.append(Operation(name_of(color), color, tuple(done)))
    corners = np.array([(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)])
    operations.append(Operation(name_of(FRAME), FRAME, (corners,)))
    return Toolpaths(drawing.width, drawing.height, drawing.frame, tuple(operations), drawing.notice, drawing.crs,
                     drawing.extent, pieces, outlined)  # fmt: skip


def _is_seen(fill: Color | None, background: Color) -> bool:
    """Whether an area is more than the paper."""
    return fill is not None and fill.alpha > 0 and fill.hex not in ("#FFFFFF", background.hex)


def _color(path: Path, background: Color) -> str:
    """The colour of a path's line, or of the area that it encloses; empty where neither is seen."""
    if path.stroke is not None and path.stroke.color.alpha > 0 and path.stroke.color.hex != "#FFFFFF":
        return path.stroke.color.hex
    seen = path.fill if _is_seen(path.fill, background) else None
    return seen.hex if seen is not None and seen.hex not in HATCHES else ""


def _segments(path: Path) -> Points:
    """The straight pieces of a path, (n, 4), its curves as lines, without the gaps of its dashes."""
    pieces = []
    for points, kinds, is_closed in path.subpaths():
        line = polyline(points, kinds)
        if path.stroke is None and not is_closed:
            line = np.concatenate([line, line[:1]])
        pieces.append(_dashed(line, path.stroke.dash) if path.stroke and path.stroke.dash else _pairs(line))
    return np.concatenate(pieces) if pieces else np.empty((0, 4))


def _pairs(line: Points) -> Points:
    pairs: Points = np.hstack([line[:-1], line[1:]])
    return pairs


def _dashed(line: Points, dash: tuple[float, ...]) -> Points:
    """The pieces of a line where its dashes are."""
    lengths = np.hypot(*np.diff(line, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(lengths)])
    period = sum(dash)
    if period <= 0 or along[-1] <= 0:
        return _pairs(line)
    ends = np.cumsum(dash)
    turns = (np.arange(int(along[-1] // period) + 1)[:, None] * period + ends).ravel()
    at = np.unique(np.concatenate([along, turns[turns < along[-1]]]))
    points = np.column_stack([np.interp(at, along, line[:, axis]) for axis in (0, 1)])
    middle = (at[:-1] + at[1:]) / 2 % period
    is_on = np.searchsorted(ends, middle, "right") % 2 == 0
    return _pairs(points)[is_on]


def _letters(text: Text) -> list[Points] | None:
    """The strokes of a text; None where a letter has none."""
    if not is_drawn(text.string):
        return None
    strokes: list[Points] = []
    turn = np.radians(text.rotation)
    for line in text.lines:
        along = line.path
        if along is None:
            end = np.array([line.x + np.cos(turn) * max(line.width, 1.0), line.y - np.sin(turn) * max(line.width, 1.0)])
            along = np.array([[line.x, line.y], end])
        strokes += written(line.text, text.font.size * _MM, along, line.width, text.anchor)
    return strokes


def _outlines(drawing: Drawing, text: Text) -> list[Path]:
    """The outlines of a text's letters."""
    alone = replace(drawing, layers=[Layer("", [Group("", [text])], False)], preview=None)
    items: list[Item] = list(apply(alone, Choices("outlines")).items)
    # The halo behind a text is no line of it.
    return [replace(item, stroke=None) for item in items if isinstance(item, Path) and item.fill is not None]
