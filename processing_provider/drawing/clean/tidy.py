"""A recorded drawing made fit to be taken apart: cut at the frame, without slivers, lines joined end to end."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import replace

import numpy as np

from ...geo.gdal_settings import attempt, quiet
from ..model import LINE, MOVE, Drawing, Item, Path, Points, Stamp
from ..shapes import as_area, as_lines, path_of, polygon
from .lines import is_open_line, single, streets

Frame = tuple[float, float, float, float]
# What touches the frame and is smaller (mm long, mm2 large) is what the frame left over.
_SHORT, _SMALL = 0.5, 0.2
_EDGE = 0.02


def tidy(drawing: Drawing) -> Drawing:
    """Cut the map's paths at the frame, drop slivers, join open lines of a group that look alike and meet; in place.

    Each way is drawn once, and what has one name and one look is one object (see lines).
    """
    with quiet():
        for layer in drawing.layers:
            for group in layer.groups if layer.clipped else ():
                inside: list[Item] = []
                for item in group.items:
                    inside += _inside(item, drawing.frame)
                group.items = streets(single(_joined(inside)))
            layer.groups = [group for group in layer.groups if group.items]
    drawing.layers = [layer for layer in drawing.layers if layer.groups]
    return drawing


def _inside(item: Item, frame: Frame) -> list[Item]:
    """What of an object lies in the frame; a stamp that reaches over its edge is paths from there on."""
    if isinstance(item, Path):
        return list(cut(item, frame))
    if not isinstance(item, Stamp):
        return [item]
    left, top, right, bottom = item.box
    if left >= frame[0] and top >= frame[1] and right <= frame[2] and bottom <= frame[3]:
        return [item]
    return [piece for path in item.paths for piece in cut(path, frame)]


def cut(path: Path, frame: Frame) -> list[Path]:
    """The part of a path inside the frame: one path, or none."""
    left, top, right, bottom = path.box
    if left >= frame[0] and top >= frame[1] and right <= frame[2] and bottom <= frame[3]:
        return [] if _is_sliver(path, frame) else [path]
    if right <= frame[0] or bottom <= frame[1] or left >= frame[2] or top >= frame[3]:
        return []
    area = path.fill is not None and path.closed
    shape = as_area(path) if area else as_lines(path)
    x0, y0, x1, y1 = frame
    inside = polygon([np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)], float)])
    cut_off = attempt(shape.Intersection, inside)
    found = path_of(cut_off, path if area else replace(path, fill=None)) if cut_off is not None else []
    return [piece for piece in found if not _is_sliver(piece, frame)]


def _is_sliver(path: Path, frame: Frame) -> bool:
    left, top, right, bottom = path.box
    touches = left < frame[0] + _EDGE or top < frame[1] + _EDGE or right > frame[2] - _EDGE or bottom > frame[3] - _EDGE
    if not touches:
        return False
    if path.fill is None:
        return float(np.hypot(*np.diff(path.points, axis=0).T).sum()) < _SHORT
    x, y = path.points.T
    return (right - left) * (bottom - top) < _SMALL or abs(
        float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1]))
    ) < _SMALL


def _joined(items: list[Item]) -> list[Item]:
    """Open lines without fill that look alike, are called alike and meet end to end are one."""
    alike: dict[tuple[object, ...], list[int]] = {}
    paths: dict[int, Path] = {}
    for number, item in enumerate(items):
        if isinstance(item, Path) and item.fill is None and is_open_line(item):
            alike.setdefault((item.stroke, item.name, item.thing), []).append(number)
            paths[number] = item
    gone: set[int] = set()
    for numbers in alike.values():
        if len(numbers) > 1:
            for chain in _meeting([paths[number].points for number in numbers]):
                if len(chain) > 1:
                    first = numbers[min(index for index, _ in chain)]
                    links = [(paths[numbers[index]], turned) for index, turned in chain]
                    items[first] = _one(links, paths[first])
                    gone |= {numbers[index] for index, _ in chain} - {first}
    return [item for number, item in enumerate(items) if number not in gone]


def _meeting(lines: list[Points]) -> list[list[tuple[int, bool]]]:
    """Chains of lines that meet where exactly two ends are: number and whether it is turned."""
    ends: dict[tuple[int, int], list[tuple[int, int]]] = {}
    tips = np.array([(line[0], line[-1]) for line in lines])
    keys = [[(x, y) for x, y in pair] for pair in np.round(tips * 1000).astype(int).tolist()]
    for number, pair in enumerate(keys):
        for side, key in enumerate(pair):
            ends.setdefault(key, []).append((number, side))
    seen: set[int] = set()
    chains = []
    for number in range(len(lines)):
        if number in seen:
            continue
        seen.add(number)
        chain = [(number, False)]
        for at_end in (True, False):
            while True:
                index, turned = chain[-1] if at_end else chain[0]
                side = 1 if at_end != turned else 0
                others = [end for end in ends[keys[index][side]] if end != (index, side)]
                if len(others) != 1 or others[0][0] in seen:
                    break
                other, other_side = others[0]
                seen.add(other)
                link = (other, other_side == 1) if at_end else (other, other_side == 0)
                chain = [*chain, link] if at_end else [link, *chain]
        chains.append(chain)
    return chains


def _one(chain: list[tuple[Path, bool]], base: Path) -> Path:
    pieces = [path.points[::-1] if turned else path.points for path, turned in chain]
    points = np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])
    kinds = np.full(len(points), LINE, np.uint8)
    kinds[0] = MOVE
    return replace(base, points=points, kinds=kinds)
