"""Points of interest: icons with names, as many as a page has room for."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from qgis.core import QgsGeometry, QgsPointXY
from qgis.PyQt.QtGui import QTransform

from . import icons
from .builder import Builder
from .crowd import Mark, room, text_box
from .features import Thing, read
from .poilabels import color, letter, names, obstacles
from .poitable import GROUPS, Look, look
from .symbols import icon as symbol

# Two of one name and group within this many metres are one thing: the platforms of a stop, a node and its area.
_SAME = {"transport": 180.0}
_SAME_ELSE = 90.0
# Two of one name in whatever groups: a hotel and its restaurant.
_SAME_PLACE = 40.0
# How large the names of places are (see labels.Labels.places), in points.
PLACE_POINTS = (
    (("city", "town"), 15.0), (("village", "suburb"), 9.5), (("quarter", "neighbourhood", "hamlet", "locality"), 7.6),
)  # fmt: skip
# Millimetres for the notice of whose data it is, in the lower right corner.
_NOTICE = (58.0, 5.0)
# Room round an icon and its name in mm, per level and step of rank; and how far apart icons without names are.
_GAP = {4: 0.35, 5: 0.12, 6: 0.05}
_LONELY = {4: 8.0, 5: 14.0, 6: 8.0}


def large_names(builder: Builder) -> None:
    """Keep free what the names of places and the notice are going to cover."""
    mm = 1000 / builder.page.scale
    right, low = builder.page.xmax * mm, builder.page.ymin * mm
    builder.taken.add((right - _NOTICE[0], low, right, low + _NOTICE[1]))
    if builder.detail <= 2 or "places" not in builder.theme.flags["labels"]:
        return
    for thing in read(builder.data, "places"):
        points = next((points for kinds, points in PLACE_POINTS if thing["kind"] in kinds), 0)
        if points and thing["name"]:
            point = thing.geometry.asPoint()
            height = 1.35 * points * builder.widths.text * 25.4 / 72
            builder.taken.add(text_box(point.x() * mm, point.y() * mm, thing["name"], height, 12))


def pois(builder: Builder) -> None:
    """What people look for on a map."""
    if "pois" not in builder.theme.flags["labels"]:
        return
    chosen = [(thing, look) for thing, look in _wanted(builder) if color(builder.theme, look.group)]
    chosen = _once(chosen)
    named, bare = _roomy(builder, chosen)
    things = [_drawn(builder, *item) for item in named + bare]
    cases = [
        (
            f"\"kind\"='{group}'",
            symbol(color(builder.theme, group) or "", builder.color["halo"] or "#FFFFFF"),
            group.title(),
        )
        for group in GROUPS
        if any(thing["kind"] == group for thing in things)
    ]
    builder.add("Points of interest", "polygon", things, cases, names=obstacles(builder.labels))
    labelled = [
        Thing(
            QgsGeometry(thing.geometry),
            {"kind": look.group, "name": _name(builder, thing, look), "rank": look.rank, "size": look.mm},
        )
        for thing, look in named
    ]
    builder.add("Names of points of interest", "point", labelled, names=names(builder.labels, GROUPS))


def _wanted(builder: Builder) -> list[tuple[Thing, Look]]:
    classes = builder.theme.flags.get("poi_classes") or ()
    found = []
    for thing in read(builder.data, "pois"):
        entry = look(thing)
        if entry is None or entry.detail > builder.detail:
            continue
        if classes and thing["class"] not in classes and entry.group not in classes:
            continue
        if thing["name"] or entry.alone:
            found.append((thing, entry))
    return found


def _once(found: list[tuple[Thing, Look]]) -> list[tuple[Thing, Look]]:
    """Everything once: of those with one name that lie near each other, the highest in rank."""
    kept: dict[str, list[tuple[Look, QgsPointXY]]] = {}
    result = []
    for thing, entry in sorted(
        found, key=lambda item: (item[1].rank, item[0]["osm_type"] == "node", item[0]["osm_id"])
    ):
        name, place = str(thing["name"] or "").casefold(), thing.geometry.asPoint()
        others = kept.setdefault(name or entry.icon, [])
        if any(place.distance(where) < _reach(entry, other, name) for other, where in others):
            continue
        others.append((entry, place))
        result.append((thing, entry))
    return result


def _reach(one: Look, other: Look, name: str) -> float:
    if not name:
        return 15.0
    if one.group != other.group:
        return _SAME_PLACE
    return _SAME.get(one.group, _SAME_ELSE)


def _roomy(
    builder: Builder, found: list[tuple[Thing, Look]]
) -> tuple[list[tuple[Thing, Look]], list[tuple[Thing, Look]]]:
    """Those that there is room for, with and without their names."""
    mm = 1000 / builder.page.scale
    detail = max(builder.detail, 4)
    marks = []
    for number, (thing, entry) in enumerate(found):
        point = thing.geometry.asPoint()
        rank = entry.rank - bool(thing["wikidata"])
        marks.append(
            Mark(
                point.x() * mm,
                point.y() * mm,
                entry.mm,
                _name(builder, thing, entry),
                rank,
                entry.alone,
                0.5 + _GAP[detail] * rank,
                number,
            )
        )
    named, bare = room(marks, letter(builder.labels), _LONELY[detail], builder.taken)
    return [found[mark.number] for mark in named], [found[mark.number] for mark in bare]


def _name(builder: Builder, thing: Thing, entry: Look) -> str:
    """What is written beside the icon: the name, of mountains their height as well."""
    if entry.named > builder.detail:
        return ""
    name = str(thing["name"] or "")
    if entry.icon in ("triangle", "volcano", "saddle") and thing["ele"]:
        return f"{name}\n{round(thing['ele'])} m".strip()
    return name


def _drawn(builder: Builder, thing: Thing, entry: Look) -> Thing:
    """The icon on its place, in metres of the page."""
    side = entry.mm * builder.page.scale / 1000
    point = thing.geometry.asPoint()
    shape = QgsGeometry(icons.shape(entry.icon))
    shape.transform(QTransform(side, 0, 0, side, point.x(), point.y()))
    return Thing(shape, {"kind": entry.group, "class": thing["class"], "name": thing["name"]})
