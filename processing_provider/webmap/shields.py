"""Road numbers on plates along the roads, as layers of a MapLibre style.

Plates are signs of the country in which the middle of the map lies, or of the road's own colours, as those of pictures.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any, Dict, Iterable, Iterator, List

from qgis.core import QgsTextFormat
from qgis.PyQt.QtCore import QRectF
from qgis.PyQt.QtGui import QPainterPath

from ..cartography.stages.shields import POINTS
from ..cartography.symbology.label_styles import Labels
from ..cartography.symbology.shield_signs import LONGEST, SHORT, SHOWN, colors, country_at, sign
from .distance import BORDER
from .lettering import Lettering
from .screen import MM, Layer, Value, by_word, is_set, one_of, symbol

# Its icon in the sprite, the side and the corners' radius in pixels; what lies between may be drawn out.
PLATE, SIDE, _ROUND = "plate", 24, 6
# The first zoom of what a detail level shows, pixels between two plates of a road, and those round a number.
_ZOOMS, _SPACING, _PADDING = {1: 7, 2: 10, 3: 12, 4: 14, 5: 15, 6: 16}, 320, (1, 3, 1, 3)
_EDGE = 0.15
# The sign of a number, where there is one, for a kind of road.
Signs = Dict["tuple[str, str]", str]


def signs_of(numbers: Iterable[tuple[str, str]], middle: tuple[float, float]) -> Signs:
    """The signs that numbers have where the middle of the map (longitude, latitude) lies, by kind and number."""
    kinds = {kind for shown in SHOWN.values() for kind in shown}
    # As the style's expression has them, see _number().
    wanted = sorted({(kind, ref.partition(";")[0]) for kind, ref in numbers if kind in kinds})
    where = country_at(*middle) if wanted else ""
    found = {(kind, number): sign(number, kind, where) for kind, number in wanted if len(number) <= LONGEST}
    return {key: plate for key, plate in found.items() if plate}


def shields(lettering: Lettering, signs: Signs) -> Iterator[Layer]:
    """The numbers of roads, the important ones last, so that they have their places first."""
    theme = lettering.screen.theme
    first = {kind: level for level, kinds in sorted(SHOWN.items(), reverse=True) for kind in kinds}

    def text(labels: Labels) -> QgsTextFormat:
        return labels.text(POINTS, theme.color["text"] or "#000000", None, bold=True)

    layout: Dict[str, Value] = {
        **lettering.layout(text), "text-field": _number(), "symbol-placement": "line", "symbol-spacing": _SPACING,
        "text-rotation-alignment": "viewport", "icon-rotation-alignment": "viewport", "icon-image": PLATE,
        "icon-text-fit": "both", "icon-text-fit-padding": list(_PADDING), "text-padding": 6, "icon-padding": 6,
        "text-letter-spacing": 0,
    }  # fmt: skip
    for level in sorted(set(first.values()), reverse=True):
        kinds = [kind for kind in reversed(list(first)) if first[kind] == level]
        paint: Dict[str, Value] = {
            place: _by_sign(
                {kind: colors(theme, kind, "")[part] for kind in kinds},
                {key: colors(theme, key[0], plate)[part] for key, plate in signs.items() if key[0] in kinds},
            )
            for part, place in enumerate(("icon-color", "icon-halo-color", "text-color"))
        }
        paint["icon-halo-width"] = _EDGE * MM
        longest = by_word("kind", {"tertiary": SHORT}, LONGEST)
        rule: Value = ["all", one_of("kind", kinds), ["has", "ref"], ["!", is_set("link")], ["!", is_set("tunnel")],
                       ["<=", ["length", _number()], longest]]  # fmt: skip
        yield symbol(f"road numbers, level {level}", "roads", layout, paint, rule, _ZOOMS[level])


def _by_sign(own: Dict[str, str], signs: Dict[tuple[str, str], str]) -> Value:
    """A colour by the sign of a number, else by the kind of its road."""
    rest = by_word("kind", {**own}, "#FFFFFF")
    labels: Dict[str, List[str]] = {}
    for (kind, number), color in signs.items():
        labels.setdefault(color, []).append(f"{kind} {number}")
    if not labels:
        return rest
    branches: List[Any] = [part for color, words in labels.items() for part in (words, color)]
    return ["match", ["concat", ["get", "kind"], " ", _number()], *branches, rest]


def plate() -> tuple[QPainterPath, Dict[str, Any]]:
    """The plate, and what the index of a sprite says of it: which part is drawn out, and where its number stands."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(0, 0, SIDE, SIDE), _ROUND, _ROUND)
    low, high = BORDER + _ROUND + 2, BORDER + SIDE - _ROUND - 2
    within = [BORDER, BORDER, BORDER + SIDE, BORDER + SIDE]
    return path, {"stretchX": [[low, high]], "stretchY": [[low, high]], "content": within}


def _number() -> Value:
    """The first number of a road that has several."""
    ref: Value = ["coalesce", ["get", "ref"], ""]
    return ["let", "at", ["index-of", ";", ref],
            ["case", ["<", ["var", "at"], 0], ref, ["slice", ref, 0, ["var", "at"]]]]  # fmt: skip
