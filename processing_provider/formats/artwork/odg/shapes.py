"""Paths, pictures and groups of a drawing as OpenDocument's (part 1, chapter 10), in hundredths of a millimetre."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from typing import TYPE_CHECKING, Iterable

import numpy as np

from ....drawing.model import CURVE, MOVE, Image, Path
from ....text.xml_text import quoteattr

if TYPE_CHECKING:
    import numpy.typing as npt

# As LibreOffice counts; points of a path are kept ten times as fine.
STEPS = 100
_FINE = 10


def mm(value: float) -> str:
    """A length."""
    return f"{value:.4f}".rstrip("0").rstrip(".") + "mm"


def place(left: int, top: int, width: int, height: int) -> str:
    """The attributes of a box, in hundredths of a millimetre."""
    return (
        f'svg:x="{left / STEPS:g}mm" svg:y="{top / STEPS:g}mm" svg:width="{width / STEPS:g}mm" '
        f'svg:height="{height / STEPS:g}mm"'
    )


def named(name: str) -> str:
    """The attribute of a name, where there is one."""
    return f" draw:name={quoteattr(name)}" if name else ""


def group(name: str, objects: Iterable[str]) -> str:
    """Objects as one."""
    return f"<draw:g{named(name)}>{''.join(objects)}</draw:g>"


def shape(path: Path, name: str, layer: str, style: str) -> str:
    """A path in its box, which ends on whole hundredths of a millimetre."""
    left, top = (math.floor(value * STEPS) for value in path.box[:2])
    right, bottom = (math.ceil(value * STEPS) for value in path.box[2:])
    width, height = max(right - left, 1), max(bottom - top, 1)
    steps = np.rint((path.points * STEPS - (left, top)) * _FINE).astype(int)
    words = "".join(_subpaths(path, steps))
    return (
        f'<draw:path draw:style-name="{style}" draw:layer={quoteattr(layer)}{named(name)} '
        f"{place(left, top, width, height)} "
        f'svg:viewBox="0 0 {width * _FINE} {height * _FINE}" svg:d="{words}"/>'
    )


def _subpaths(path: Path, steps: npt.NDArray[np.int_]) -> Iterable[str]:
    starts = np.flatnonzero(path.kinds == MOVE)
    for start, end in zip(starts.tolist(), [*starts[1:].tolist(), len(path.kinds)]):
        closed = end - start > 2 and bool((path.points[start] == path.points[end - 1]).all())
        kinds = path.kinds[start:end]
        index = start + 1
        yield f"M{_numbers(steps[start : start + 1])}"
        while index < end:
            is_curve = kinds[index - start] >= CURVE
            stop = index
            while stop < end and (kinds[stop - start] >= CURVE) == is_curve:
                stop += 1
            yield f"{'C' if is_curve else 'L'}{_numbers(steps[index:stop])}"
            index = stop
        yield "Z" if closed or path.fill is not None else ""


def _numbers(points: npt.NDArray[np.int_]) -> str:
    return str(points.ravel().tolist())[1:-1].replace(",", "")


def picture(image: Image, layer: str, file: str, style: str) -> str:
    """An image, turned and slanted as it is."""
    a, b, c, d, e, f = image.matrix
    width, height = math.hypot(a, b) or 0.01, math.hypot(c, d) or 0.01
    if b == c == 0 and a > 0 and d > 0:
        where = f'svg:x="{mm(e)}" svg:y="{mm(f)}"'
    else:
        parts = " ".join(f"{value:.6f}" for value in (a / width, b / width, c / height, d / height))
        where = f'draw:transform="matrix({parts} {mm(e)} {mm(f)})"'
    return (
        f'<draw:frame draw:style-name="{style}" draw:layer={quoteattr(layer)}{named(image.name)} {where} '
        f'svg:width="{mm(width)}" svg:height="{mm(height)}">'
        f'<draw:image xlink:href="{file}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame>'
    )
