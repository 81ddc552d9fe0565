"""Points of interest as layers of a MapLibre style: icon, colour and size by the table that pictures are drawn by."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any, Callable, Dict, Iterator, List

from qgis.core import QgsTextFormat

from ..cartography.symbology.label_styles import Labels
from ..cartography.symbology.poi_choice import shown
from ..cartography.symbology.poi_labels import color, point_styles, style_of
from ..cartography.symbology.poi_table import LOOKS, Look
from .lettering import Lettering
from .screen import MM, Layer, Value, by_word, symbol

# The side of an icon in the sprite, in pixels.
ICON = 24
# The first zoom of what is of a detail level: that of the tiles that have it.
_ZOOMS = {1: 8, 2: 10, 3: 12, 4: 13.5, 5: 15, 6: 16.3}
_HALO = 0.28
_NEVER = 9


def points(lettering: Lettering) -> Iterator[Layer]:
    """Icons with their names; the more important come last, and have their places first."""
    theme = lettering.screen.theme
    wanted = [look for look, _ in shown(theme)]
    text_color = theme.color.get("text_poi")
    for detail in sorted({look.detail for look in wanted}, reverse=True):
        for ranks in (range(4, 10), range(4)):
            looks = [look for look in wanted if look.detail == detail and look.rank in ranks]
            if looks:
                yield _layer(lettering, looks, detail, ranks.start == 0, bool(text_color))


def icons(theme_looks: Iterator[Look] | tuple[Look, ...] = LOOKS) -> List[str]:
    """The icons that the table names."""
    return sorted({look.icon for look in theme_looks if look.table == "pois"})


def _layer(lettering: Lettering, looks: List[Look], detail: int, is_loud: bool, has_text: bool) -> Layer:
    theme = lettering.screen.theme
    tints: Dict[str, Value] = {look.group: color(theme, look.group) or "" for look in looks}
    halo = theme.color["halo"] or "#FFFFFF"
    layout: Dict[str, Value] = {
        "icon-image": _by_look(looks, lambda look: look.icon, ""),
        "icon-size": _by_look(looks, lambda look: round(look.mm * MM / ICON, 3), 0.5),
        "icon-padding": 3,
        "symbol-sort-key": _by_look(looks, lambda look: look.rank, 9),
    }
    paint: Dict[str, Value] = {
        "icon-color": _by_look(looks, lambda look: tints[look.group], "#888888"),
        "icon-halo-color": halo, "icon-halo-width": _HALO * MM,
    }  # fmt: skip
    if has_text:
        rank = 1 if is_loud else 9
        by_group: Dict[str, Value] = {}
        for group in tints:
            found = {style.name: style.text for style in point_styles(lettering.labels(15), (group,))}
            by_group[group] = found[style_of(group, rank)].color().name()

        def text(labels: Labels) -> QgsTextFormat:
            style = style_of(looks[0].group, rank)
            return next(one.text for one in point_styles(labels, (looks[0].group,)) if one.name == style)

        layout.update(lettering.layout(text))
        layout.update({
            "text-field": _names(looks, lettering.name, detail), "text-max-width": 8, "text-optional": is_loud,
            "text-variable-anchor": ["left", "right", "top", "bottom"], "text-radial-offset": 0.85,
            "text-justify": "auto", "text-padding": 2,
        })  # fmt: skip
        paint.update(lettering.paint(text))
        paint["text-color"] = _by_look(looks, lambda look: by_group[look.group], "#888888")
    rule: Value = ["all", _is_one_of(looks), ["any", ["has", "name"], _by_look(looks, lambda look: look.alone, False)]]
    name = f"points of interest, level {detail}, {'main' if is_loud else 'other'}"
    return symbol(name, "pois", layout, paint, rule, _ZOOMS[detail])


def _names(looks: List[Look], name: Value, detail: int) -> Value:
    """The name from that zoom on from which the table has it."""
    silent = [look for look in looks if look.named > detail]
    if not silent:
        return name

    def at(level: int) -> Value:
        return _by_look(looks, lambda look: "" if look.named > level else name, "")

    steps: List[Any] = ["step", ["zoom"], at(detail)]
    for level in sorted({look.named for look in silent if look.named != _NEVER}):
        steps += [_ZOOMS[level], at(level)]
    return steps if len(steps) > 3 else steps[2]


def _is_one_of(looks: List[Look]) -> Value:
    """Whether a point is drawn as one of these."""
    return _by_look(looks, lambda look: True, False)


def _by_look(looks: List[Look], value: Callable[[Look], Value], otherwise: Value) -> Value:
    """A value by how the table draws a point: the first entry that fits its class, or its kind, and its tags.

    An entry that is not among `looks` gets what is `otherwise`, where it comes first.
    """
    entries: Dict[str, List[tuple[Look, Value]]] = {}
    kinds: Dict[str, Value] = {}
    for look in (look for look in LOOKS if look.table == "pois"):
        given = value(look) if look in looks else otherwise
        for word in look.classes:
            entries.setdefault(word, []).append((look, given))
        for word in look.kinds:
            kinds.setdefault(word, given)
    rest: Value = by_word("kind", {word: given for word, given in kinds.items() if given != otherwise}, otherwise)
    classes: Dict[str, Value] = {}
    for word, found in entries.items():
        made: Value = rest
        for look, given in reversed(found):
            if not look.where:
                made = given
                continue
            for key, wanted in look.where.items():
                # A tag of several values holds its own between semicolons.
                held: Value = ["in", f";{wanted};", ["concat", ";", ["coalesce", ["get", key], ""], ";"]]
                made = given if made == given else ["case", held, given, made]
        classes[word] = made
    # Words of one value share a branch.
    branches: List[Any] = []
    plain: Dict[str, List[str]] = {}
    for word, made in classes.items():
        if made == rest:
            continue
        if isinstance(made, list):
            branches += [word, made]
        else:
            plain.setdefault(repr(made), []).append(word)
    for words in plain.values():
        branches += [words, classes[words[0]]]
    return ["match", ["get", "class"], *branches, rest] if branches else rest
