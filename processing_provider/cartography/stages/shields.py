"""Road numbers as small shields along the roads.

Each stands where nothing else is yet and no other road crosses; names come after and give way.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Callable, Iterator

from qgis.core import (
    QgsGeometry,
    QgsPalLayerSettings,
    QgsSpatialIndex,
)
from qgis.PyQt.QtGui import QFont, QFontMetricsF

from ..features.reading import Thing, named_lines
from ..occupancy.boxes import Box, box_round
from ..occupancy.kinds import Kind
from ..occupancy.paper import Paper
from ..symbology.label_styles import Labels
from ..symbology.shield_signs import SHOWN, colors, country, numbers, sign
from ..symbology.symbols import fill
from .builder import Builder

POINTS = 5.2
# Millimetres on paper: between two shields of one road, from a road's end, the steps in which a place is looked for
# and how far, the room round the text and round a shield.
SPACING, _END, _STEP, _REACH, PADDING, _APART = 80.0, 5.0, 1.5, 22.0, (0.6, 0.15), 0.5
# How far names keep away: those that QGIS places, and all others so much more.
_CLEAR, _CLEARER = 1.5, 0.3


@dataclass
class Shield:
    """A number at its place, in mm on paper."""

    number: str
    kind: str
    plate: str
    box: Box


def shields(builder: Builder) -> None:
    """The numbers of the roads, where nothing is on the page yet; they are put there."""
    if not builder.theme.flags["shields"] or "streets" not in builder.theme.flags["labels"]:
        return
    placed = _placed(builder)
    if not placed:
        return
    where = country(builder.page, builder.crs)
    for shield in placed:
        shield.plate = sign(shield.number, shield.kind, where)
    looks = sorted({(shield.kind, shield.plate) for shield in placed})
    chosen = [(look, colors(builder.theme, *look), _is(*look)) for look in looks]
    cases = [(text, fill(ground, edge, 0.15), look[1] or look[0]) for look, (ground, edge, _), text in chosen]
    paper = builder.paper
    plates, texts = [], []
    for shield in placed:
        values = {"kind": shield.kind, "class": shield.plate, "name": shield.number}
        plate, around = plate_shapes(paper, shield.box)
        plates.append(Thing(plate, values))
        texts.append(Thing(around, values))
    builder.add("Shields", "polygon", plates, cases)
    rules = [(number_text(builder.labels, tints[2]), text) for _, tints, text in chosen]
    builder.add("Road numbers", "polygon", texts, names=rules)
    keep_clear(paper, texts)


def plate_shapes(paper: Paper, box: Box) -> tuple[QgsGeometry, QgsGeometry]:
    """A plate with round corners, and around it what keeps street names away."""
    # Of the map.
    mm = 1 / paper.per_metre
    rectangle = paper.rectangle(box)
    round_by = min(0.55 * mm, rectangle.height() / 2.01)
    inner = QgsGeometry.fromRect(rectangle.buffered(-round_by))
    return inner.buffer(round_by, 6), QgsGeometry.fromRect(rectangle.buffered(_CLEAR * mm))


def keep_clear(paper: Paper, texts: list[Thing]) -> None:
    """Put what is around plates on the page, which all names keep away from."""
    mm = 1 / paper.per_metre
    paper.put(Kind.SHIELD, (thing.geometry.buffer(_CLEARER * mm, 2) for thing in texts))


def number_height(builder: Builder) -> float:
    """The height of a plate in mm."""
    return builder.widths.points(POINTS) * 25.4 / 72 * 1.36 + 2 * PADDING[1]


def _placed(builder: Builder) -> list[Shield]:
    """Shields along the roads, the more important first: where nothing is yet, best clear of other roads."""
    shown = SHOWN[builder.detail]
    roads = [road for road in builder.things("roads") if road["kind"] in shown and not road["link"]]
    things = []
    for road in roads:
        found = _numbered(road)
        if found and not road["tunnel"]:
            things.append(Thing(road.geometry, {"kind": road["kind"], "name": ";".join(found)}))
    if not things:
        return []
    index = QgsSpatialIndex()
    for place, road in enumerate(roads):
        index.addFeature(place, road.geometry.boundingBox())
    width = number_width(builder.labels)
    height = number_height(builder)
    result: list[Shield] = []
    seen: dict[str, list[tuple[float, float]]] = {}
    lines = named_lines(things, builder.page.scale)
    for line in sorted(lines, key=lambda item: (shown.index(item["kind"]), -item.geometry.length(), item["name"])):
        found = str(line["name"]).split(";")
        widths = [width(number) + 2 * PADDING[0] for number in found]
        whole = sum(widths) + _APART * (len(widths) - 1)
        for x, y in spots(builder.paper, line, found, (whole, height), seen, roads, index):
            left, low = x - whole / 2, y - height / 2
            for number, wide in zip(found, widths):
                result.append(Shield(number, line["kind"], "", (left, low, left + wide, low + height)))
                left += wide + _APART
    return result


def _numbered(road: Thing) -> list[str]:
    return numbers(road["ref"], road["kind"])


def spots(
    paper: Paper,
    line: Thing,
    found: list[str],
    size: tuple[float, float],
    seen: dict[str, list[tuple[float, float]]],
    roads: list[Thing],
    index: QgsSpatialIndex,
) -> Iterator[tuple[float, float]]:
    """Where on a line a shield of a size in mm stands, in mm on paper; it is put there."""
    length = line.geometry.length() * paper.per_metre
    if length < 2 * _END:
        return
    width, height = size
    slots = max(1, round(length / SPACING))
    for slot in range(slots):
        middle = (slot + 0.5) * length / slots
        best: tuple[int, tuple[float, float], Box] | None = None
        for step in range(int(2 * _REACH / _STEP)):
            # From the middle outwards, to both sides in turn.
            at = middle + (step + 1) // 2 * _STEP * (1 if step % 2 else -1)
            if not _END <= at <= length - _END:
                continue
            x, y = paper.spot(line.geometry.interpolate(at / paper.per_metre).asPoint())
            box = box_round(x, y, width + 1.0, height + 1.0)
            inside = box[0] > 0 and box[2] < paper.width and box[1] > 0 and box[3] < paper.height
            near = (other for number in found for other in seen.get(number, ()))
            if not inside or not paper.is_free(box):
                continue
            if any(math.dist((x, y), other) < 0.6 * SPACING for other in near):
                continue
            around = paper.rectangle(box)
            area = QgsGeometry.fromRect(around)
            crossed = [roads[number] for number in index.intersects(around)]
            cost = sum(road.geometry.intersects(area) for road in crossed if not set(found) & set(_numbered(road)))
            if best is None or cost < best[0]:
                best = cost, (x, y), box
            if cost == 0:
                break
        if best is not None:
            paper.put_box(Kind.SHIELD, best[2])
            for number in found:
                seen.setdefault(number, []).append(best[1])
            yield best[1]


def _is(kind: str, plate: str) -> str:
    return f"\"kind\"='{kind}' AND COALESCE(\"class\",'')='{plate}'"


def number_text(labels: Labels, color: str) -> QgsPalLayerSettings:
    """The number on its plate, which has kept the place for it."""
    text = labels.text(POINTS, color, None, bold=True)
    settings = labels.settings(text, '"name"', QgsPalLayerSettings.Placement.OverPoint, 10)
    settings.displayAll = True
    obstacle = settings.obstacleSettings()
    obstacle.setIsObstacle(True)
    obstacle.setFactor(2.0)
    settings.setObstacleSettings(obstacle)
    return settings


def number_width(labels: Labels) -> Callable[[str], float]:
    """A function that measures a number in mm."""
    font = QFont(labels.text(POINTS, "#000000", None, bold=True).font())
    # Large, so that no rounding to pixels counts.
    font.setPixelSize(1000)
    metrics = QFontMetricsF(font)
    size = labels.widths.points(POINTS) * 25.4 / 72
    return lambda number: float(metrics.horizontalAdvance(number)) / 1000 * size
