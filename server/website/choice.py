"""A link that carries what was chosen, and back."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
from typing import Any, Iterable, Iterator, Mapping, Sequence
from urllib.parse import urlencode

# As polygons.js has it: corners in steps of 1e-5 degrees, five bits a letter, the upper half says that one follows.
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_SCALE, _LONGEST = 1e5, 6000
Ring = Sequence[Sequence[float]]


def link_of(spec: Mapping[str, Any]) -> str:
    """The export page with the choice of a job; a polygon that is too long for a link comes as its box."""
    try:
        request = json.loads(spec["parameters"]["REQUEST"])
        area = request["area"]
        box = [area[side] for side in ("west", "south", "east", "north")]
        polygons = word_of(area.get("rings") or ())
    except (KeyError, TypeError, ValueError):
        return "/export"
    sides = (f"{side:.6g}" if abs(side) < 1 else f"{side:.5f}".rstrip("0").rstrip(".") for side in box)
    where = {"area": polygons} if polygons else {"bbox": ",".join(sides)}
    words = {
        **where,
        "formats": ",".join(spec.get("formats", ())), "style": request.get("style"), "detail": request.get("detail"),
        "page": request.get("page"), "title": request.get("title"), "language": request.get("language"),
        "layers": ",".join(request.get("layers") or ()),
    }  # fmt: skip
    return f"/export?{urlencode({name: word for name, word in words.items() if word}, safe=',~')}"


def word_of(polygons: Iterable[Iterable[Ring]]) -> str:
    """Polygons as a word of a link; empty where it is too long."""
    word = "~".join(".".join("".join(_letters(ring)) for ring in rings) for rings in polygons)
    return word if len(word) <= _LONGEST else ""


def _letters(ring: Ring) -> Iterator[str]:
    before = [0, 0]
    for point in ring[:-1]:
        for axis in (0, 1):
            at = round(point[axis] * _SCALE)
            step, before[axis] = at - before[axis], at
            rest = -2 * step - 1 if step < 0 else 2 * step
            while rest >= 32:
                yield _LETTERS[32 + rest % 32]
                rest //= 32
            yield _LETTERS[rest]
