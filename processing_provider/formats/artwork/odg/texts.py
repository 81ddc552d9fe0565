"""Names as objects of OpenDocument: frames of text, and what LibreOffice calls Fontwork where they bend."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import Iterator

import numpy as np

from ....drawing.clean.outlining import as_outlines
from ....drawing.model import Line, Path, Points, Text
from ....drawing.shaping import is_simple, outlined
from ....drawing.straight import pieces, rise_and_fall
from ....text.xml_text import escape, quoteattr
from .shapes import STEPS, group, mm, named, place, shape
from .styles import Styles

HALO = " – halo"
_POINT_MM = 25.4 / 72
# How far (mm) lines may differ from an even column of them.
_EVEN = 0.01
_LEAST = 1.0


def name_objects(text: Text, label: str, layer: str, styles: Styles) -> str:
    """A name as one object: its text alone, or a group of what shines round it, and its texts."""
    name = text.name or text.string
    objects = list(_texts(text, label, layer, styles)) or [_blank(text, label, layer, styles)]
    if text.halo is not None:
        outline = as_outlines(text)[:1]
        objects[:0] = [shape(halo, name + HALO, layer, styles.of_path(label + HALO, halo)) for halo in outline
                       if isinstance(halo, Path)]  # fmt: skip
    return objects[0] if len(objects) == 1 else group(name, objects)


def _texts(text: Text, label: str, layer: str, styles: Styles) -> Iterator[str]:
    lines, size = text.lines, text.font.size * _POINT_MM
    step = _step(text)
    if step:
        yield _frame(text, lines, lines[0].x, lines[0].y, text.rotation, layer, styles.of_text(label, text, step), step)
        return
    for line in lines:
        bent = _along(line, text) if line.path is not None and is_simple(line.text) and not text.font.spacing else None
        if bent is not None:
            yield _on_path(text, line, bent, layer, styles.of_bent_text(label, text))
            continue
        for piece, x, y, width, turn in pieces(line, text.rotation, size):
            part = replace(line, text=piece, width=width)
            yield _frame(text, [part], x, y, turn, layer, styles.of_text(label, text))


def _blank(text: Text, label: str, layer: str, styles: Styles) -> str:
    """A name of blanks alone."""
    line = text.lines[0]
    return _frame(text, [line], line.x, line.y, text.rotation, layer, styles.of_text(label, text))


def _step(text: Text) -> float:
    """How far (mm) the lines of a text are apart, where they stand evenly below one another; else 0."""
    if len(text.lines) < 2 or any(line.path is not None for line in text.lines):
        return 0.0
    angle = math.radians(text.rotation)
    first, found = text.lines[0], []
    for line in text.lines:
        x, y = line.x - first.x, line.y - first.y
        across = x * math.cos(angle) - y * math.sin(angle) + text.anchor * (line.width - first.width)
        found.append((across, x * math.sin(angle) + y * math.cos(angle)))
    steps = [below[1] - above[1] for above, below in zip(found, found[1:])]
    even = all(abs(x) < _EVEN for x, _ in found) and max(steps) - min(steps) < _EVEN and min(steps) > 0
    return steps[0] if even else 0.0


def _frame(
    text: Text, lines: list[Line], x: float, y: float, turn: float, layer: str, style: str, step: float = 0.0
) -> str:
    """Lines in a box that grows with them, away from what is anchored; the first one's baseline begins at (x, y)."""
    rise, fall = (part * text.font.size * _POINT_MM for part in rise_and_fall(text.font))
    # Of a line of fixed height, LibreOffice takes what is left off or put on above the letters.
    above = step - fall if step else rise
    width, height = max(line.width for line in lines), step * len(lines) or rise + fall
    left, top = text.anchor * (lines[0].width - width), -above
    angle = math.radians(turn)
    cos, sin = math.cos(angle), math.sin(angle)
    left, top = x + left * cos + top * sin, y - left * sin + top * cos
    if turn:
        where = f'draw:transform="rotate ({angle:.6f}) translate ({mm(left)} {mm(top)})"'
    else:
        where = f'svg:x="{mm(left)}" svg:y="{mm(top)}"'
    name = text.name or text.string
    paragraphs = "".join(f"<text:p>{_words(line.text)}</text:p>" for line in lines)
    return (
        f'<draw:frame draw:style-name="{style}" draw:layer={quoteattr(layer)}{named(name)} {where} '
        f'svg:width="{mm(max(width, 0.01))}" svg:height="{mm(max(height, 0.01))}">'
        f"<draw:text-box>{paragraphs}</draw:text-box></draw:frame>"
    )


def _words(text: str) -> str:
    """A text whose blanks are kept, all of them (part 1, 6.1.2)."""
    spaced = re.sub("^ | $| {2,}", lambda found: "\0" * len(found[0]), text)
    return re.sub("\0+", lambda found: f'<text:s text:c="{len(found[0])}"/>', escape(spaced))


def _along(line: Line, text: Text) -> Points | None:
    """The path that the middles of the letters lie on, from their first ink to their last; None where there is no ink.

    LibreOffice makes a text as long as its path, and lays the middle of its height on it.
    """
    ink = outlined(line.text, text.font).boundingRect()
    path = line.path
    if path is None or ink.width() <= 0 or ink.height() <= 0:
        return None
    path = path[np.r_[True, np.diff(path, axis=0).any(axis=1)]]
    ways = np.diff(path, axis=0)
    ways /= np.hypot(*ways.T)[:, None]
    # The direction at a point is the mean of those before and behind it.
    means = np.vstack([ways[:1], (ways[:-1] + ways[1:]) / 2, ways[-1:]])
    means /= np.maximum(np.hypot(*means.T), 1e-9)[:, None]
    middles = path + np.column_stack([means[:, 1], -means[:, 0]]) * -ink.center().y()
    reached = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(middles, axis=0).T))])
    total = float(reached[-1])
    share = total / line.width if line.width else 1.0
    middle, half = ink.center().x() * share, ink.width() / 2 * min(max(share, 0.9), 1.1)
    inner = (reached > middle - half) & (reached < middle + half)
    ends = [_at(middles, reached, middle - half, ways), _at(middles, reached, middle + half, ways)]
    return np.vstack([ends[:1], middles[inner], ends[1:]])


def _at(path: Points, reached: Points, length: float, ways: Points) -> Points:
    """The point so far along a path, which goes on straight before and behind."""
    if length < 0:
        return np.array(path[0] + ways[0] * length)
    if length > reached[-1]:
        return np.array(path[-1] + ways[-1] * (length - reached[-1]))
    return np.array([np.interp(length, reached, path[:, axis]) for axis in (0, 1)])


def _on_path(text: Text, line: Line, path: Points, layer: str, style: str) -> str:
    """A name on a path (part 1, 10.6.2)."""
    (left, top), (right, bottom) = path.min(axis=0), path.max(axis=0)
    box = [math.floor(left * STEPS), math.floor(top * STEPS)]
    size = [math.ceil(max(far - near, _LEAST) * STEPS) for near, far in ((left, right), (top, bottom))]
    steps = np.rint(path * STEPS - box).astype(int)
    words = str(steps.ravel().tolist())[1:-1].replace(",", "").split(" ")
    return (
        f'<draw:custom-shape draw:style-name="{style}" draw:layer={quoteattr(layer)}{named(text.name or text.string)} '
        f"{place(*box, *size)}><text:p>{_words(line.text)}</text:p><draw:enhanced-geometry "
        f'svg:viewBox="0 0 {size[0]} {size[1]}" draw:type="mso-spt100" draw:text-path="true" '
        f'draw:text-path-mode="path" draw:text-path-scale="path" draw:text-path-same-letter-heights="false" '
        f'draw:enhanced-path="M {" ".join(words[:2])} L {" ".join(words[2:])} N"/></draw:custom-shape>'
    )
