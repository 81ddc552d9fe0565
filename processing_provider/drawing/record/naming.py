"""Names as layers of a drawing: all of them in one, those of points of interest beside their icons."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Iterable, Iterator, Sequence

import numpy as np
from qgis.core import QgsFeatureRequest, QgsMapLayer, QgsVectorLayer, QgsWkbTypes

from ...cartography.features.reading import FULL
from ..model import Group, Item, Layer, Points
from ..things import LABELS, OWN, called, things
from .grouping import box_of

# Icons, and their names.
_POINTS, _POINT_NAMES = "Points of interest", "Names of points of interest"
# What begins the names of layers of a user's own data.
_OWN_PARTS = f"{OWN} – "
# How far (mm) the name of a point may begin from its icon's middle.
_NEAR = 30.0


def has_things(layer: QgsVectorLayer) -> bool:
    """Whether each feature of a layer is a thing for itself, whatever it is drawn of: markers are."""
    return bool(layer.geometryType() == QgsWkbTypes.GeometryType.PointGeometry) or layer.name() == _POINTS


def whole_names(layers: Iterable[QgsMapLayer]) -> dict[tuple[str, int], str]:
    """The whole names of what has a shorter one, by layer and feature."""
    found = {}
    for layer in layers:
        index = layer.fields().indexFromName(FULL)
        if index < 0:
            continue
        request = QgsFeatureRequest().setFlags(QgsFeatureRequest.Flag.NoGeometry).setSubsetOfAttributes([index])
        for feature in layer.getFeatures(request):
            value = feature.attribute(index)
            if isinstance(value, str) and value:
                found[layer.id(), feature.id()] = " ".join(value.split())
    return found


def with_names(
    layers: list[Layer], labels: Sequence[tuple[str, list[list[Item]]]], numbers: Iterator[int]
) -> list[Layer]:
    """The layers, and those of names above them, whose parent is `Labels`; each label is a thing of its own.

    Points of interest are one thing with their names, so that they lie among these.
    """
    points = next((layer for layer in layers if layer.name == _POINTS and layer.clipped), None)
    named: list[Layer] = []
    for title, found in labels:
        for items in found:
            number = next(numbers)
            for item in items:
                item.thing = number
        rest = found
        if points is not None and title == _POINT_NAMES:
            points.parent, rest = LABELS, _beside_icons(points, found)
        if rest:
            named.append(Layer(title, [Group(title, [item for items in rest for item in items])], parent=LABELS))
    if points is None or not points.parent:
        return [*layers, *named]
    return [*(layer for layer in layers if layer is not points), points, *named]


def own_together(layers: list[Layer]) -> list[Layer]:
    """The layers with a user's own data and their names in one layer, below all other names."""
    own = [layer for layer in layers if layer.clipped and layer.name.startswith(_OWN_PARTS)]
    if not own:
        return layers
    words = [layer for layer in own if layer.parent == LABELS]
    places = [number for number, layer in enumerate(layers) if any(layer is one for one in own)]
    shapes = places[: len(own) - len(words)]
    at = shapes[-1] + 1 if shapes else places[0]
    rest = [layer for layer in layers[at:] if not any(layer is word for word in words)]
    for layer in own:
        title = layer.name[len(_OWN_PARTS) :].capitalize()
        for group in layer.groups:
            group.name = title if group.name == layer.name else group.name
        layer.name, layer.parent = title, OWN
    return [*layers[:at], *words, *rest]


def _beside_icons(points: Layer, labels: list[list[Item]]) -> list[list[Item]]:
    """Put each label behind the icon of its name that is nearest; those that have none."""
    icons: dict[str, list[int]] = {}
    middles: dict[int, Points] = {}
    for group in points.groups:
        for name, items in things(group):
            boxes = np.array([box_of(item) for item in items])
            icons.setdefault(" ".join(name.split()), []).append(items[0].thing)
            middles[items[0].thing] = (boxes[:, :2].min(axis=0) + boxes[:, 2:].max(axis=0)) / 2
    taken: dict[int, list[Item]] = {}
    rest = []
    for items in labels:
        name, text = called(items[-1]), items[-1]
        lines = getattr(text, "lines", [])
        # Of mountains their height stands below the name.
        near = icons.get(name) or icons.get(name.rsplit(" ", 2)[0], [])
        at = np.array([lines[0].x + lines[0].width / 2, lines[0].y]) if lines else np.zeros(2)
        far = {number: float(np.hypot(*(middles[number] - at))) for number in near if number not in taken}
        best = min(far, key=lambda number: far[number], default=0)
        if not best or far[best] > _NEAR:
            rest.append(items)
            continue
        for item in items:
            item.thing = best
        taken[best] = items
    for group in points.groups:
        group.items = [
            item for _, items in things(group) for item in (*items, *taken.get(items[0].thing, []))
        ]  # fmt: skip
    return rest
