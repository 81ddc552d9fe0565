"""Lines as people draw them: none of nothing, none twice, none back over itself; a street's pieces are one object."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import Sequence

import numpy as np

from ..model import LINE, MOVE, Color, Item, Path, Points

# What is shorter (mm) than the finest pen can show is nothing, and lies on a line that it is no farther from.
NOTHING = 0.01
# The cosine between two steps where a line turns back: half a degree.
_BACK = -0.99996


def is_open_line(path: Path) -> bool:
    """Whether it is one line of straight steps that does not end where it began."""
    return path.parts == 1 and not path.closed and max(path.kinds.tobytes()) <= LINE


def single(items: list[Item]) -> list[Item]:
    """Objects of a group without lines of nothing, second copies, and ways that go back over themselves."""
    numbers = [
        number for number, item in enumerate(items)
        if isinstance(item, Path) and item.fill is None and item.kinds.tobytes().find(2) < 0
    ]  # fmt: skip
    if numbers:
        lines: list[Path] = [items[number] for number in numbers]  # type: ignore[misc]
        lengths, turns = measured(lines)
        items = list(items)
        for place in np.flatnonzero(turns).tolist():
            items[numbers[place]] = _once(lines[place])
        nothing = {numbers[place] for place in np.flatnonzero(lengths < NOTHING).tolist()}
        items = [item for number, item in enumerate(items) if number not in nothing]
    seen: set[object] = set()
    return [item for item in items if not _is_seen(item, seen)]


def measured(lines: Sequence[Path]) -> tuple[Points, np.ndarray]:
    """The length of each line in mm, and whether it turns back on itself; looked at together."""
    counts = np.array([len(path.points) for path in lines])
    points, kinds = np.concatenate([path.points for path in lines]), np.concatenate([path.kinds for path in lines])
    steps = np.diff(points, axis=0)
    far = np.hypot(*steps.T)
    # From the end of a subpath to the next one's beginning nothing is drawn.
    far[kinds[1:] == MOVE] = 0.0
    ends = counts.cumsum()
    lengths = np.add.reduceat(np.append(far, 0.0), ends - counts)
    turns = np.zeros(len(lines), bool)
    cosine = (steps[1:] * steps[:-1]).sum(axis=1)
    back = (cosine < _BACK * far[1:] * far[:-1]) & (far[1:] > NOTHING) & (far[:-1] > NOTHING)
    turns[np.searchsorted(ends, np.flatnonzero(back) + 1, side="right")] = True
    return lengths, turns


def _is_seen(item: Item, seen: set[object]) -> bool:
    """Whether the same was there before; what shines through is darker where it lies twice."""
    if not isinstance(item, Path) or item.thing or any(part.alpha < 1 for part in _colors(item)):
        return False
    key = item.fill, item.stroke, item.name, (item.points * 1000).round().tobytes(), item.kinds.tobytes()
    if key in seen:
        return True
    seen.add(key)
    return False


def _colors(path: Path) -> list[Color]:
    return [color for color in (path.fill, path.stroke.color if path.stroke else None) if color is not None]


def _once(path: Path) -> Path:
    """The line without steps that go over one that it has gone; subpaths where it goes on elsewhere."""
    lines: list[list[Points]] = []
    known: set[tuple[float, ...]] = set()
    for points, _, _ in path.subpaths():
        lines.append([points[0]])
        for step in points[1:]:
            here = lines[-1]
            if len(here) > 1 and _lies_on(step, here[-2], here[-1]):
                # Back along the last step: the line goes on from where it came to.
                lines.append([step])
                continue
            if len(here) > 1 and _lies_on(here[-2], here[-1], step):
                # Back, and beyond where the last step began: that one is part of this.
                turn = here.pop()
                lines.append([turn, step])
                continue
            one, other = np.round(here[-1], 3).tolist(), np.round(step, 3).tolist()
            key = (*min(one, other), *max(one, other))
            if key in known:
                lines.append([step])
            else:
                known.add(key)
                here.append(step)
    kept = [np.array(line) for line in lines if len(line) > 1]
    if not kept:
        return path
    kinds = np.full(sum(map(len, kept)), LINE, np.uint8)
    kinds[np.cumsum([0, *map(len, kept[:-1])])] = MOVE
    return replace(path, points=np.concatenate(kept), kinds=kinds)


def _lies_on(point: Points, start: Points, end: Points) -> bool:
    """Whether a point lies on the step from `start` to `end`, within what a pen can show."""
    way = end - start
    length = float(np.hypot(*way))
    if length < NOTHING:
        return False
    (x, y), (across, down) = way.tolist(), (point - start).tolist()
    along, aside = (x * across + y * down) / length, (x * down - y * across) / length
    return abs(aside) < NOTHING and -NOTHING < along < length - NOTHING


def streets(items: list[Item]) -> list[Item]:
    """Lines of one name and one look are one object, where nothing of another colour can lie between them."""
    made: list[Item] = []
    for color, run in groupby(items, key=line_color):
        if color is None or color.alpha < 1:
            made += run
            continue
        alike: dict[tuple[object, ...], list[Path]] = {}
        for number, item in enumerate(run):
            if isinstance(item, Path):
                key: tuple[object, ...] = (item.stroke, item.name, item.thing) if item.name else (number,)
                alike.setdefault(key, []).append(item)
        made += [pieces[0] if len(pieces) == 1 else _street(pieces) for pieces in alike.values()]
    return made


def line_color(item: Item) -> Color | None:
    """The colour of a line without fill; None of anything else."""
    return item.stroke.color if isinstance(item, Path) and item.fill is None and item.stroke else None


def _street(pieces: list[Path]) -> Path:
    """The pieces as one; its key is theirs where they have the same."""
    keys = {piece.key for piece in pieces}
    return replace(
        pieces[0],
        points=np.concatenate([piece.points for piece in pieces]),
        kinds=np.concatenate([piece.kinds for piece in pieces]),
        key=keys.pop() if len(keys) == 1 else "",
    )
