"""Points of interest: icons with names, as many as a page has room for."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass, replace

from qgis.core import QgsGeometry, QgsPointXY
from qgis.PyQt.QtGui import QTransform

from ..features.reading import Thing
from ..symbology import icons, importance
from ..symbology.poi_choice import is_shown
from ..symbology.poi_labels import color, halo_mm, letter, obstacles
from ..symbology.poi_table import GROUPS, Look, look
from ..symbology.symbols import icon as symbol
from .builder import Builder
from .declutter import Mark, room
from .stations import smallness

# Two of one name and group within this many metres are one thing: the platforms of a stop, a node and its area.
_SAME = {"transport": 180.0}
_SAME_ELSE = 90.0
# Two of one name in whatever groups: a hotel and its restaurant.
_SAME_PLACE = 40.0
# What people come to see: what the table ranks so high (castles, museums, cathedrals), and what has an entry in
# Wikidata in these groups.
_SEEN = ("culture", "religion", "nature", "leisure", "government")
_SIGHT = 2
# The halo of an icon in mm.
_ICON_HALO = 0.28
# A point belongs to a house of its name within so many metres.
_BESIDE_HOUSE = 10.0
# Room round an icon and its name in mm, per level and step of rank; and how far apart icons without names are.
_GAP = {4: 0.12, 5: 0.17, 6: 0.05}
_LONELY = {4: 8.0, 5: 14.0, 6: 8.0}


@dataclass
class Point:
    """A point of interest: what it is, its look, the name that is wanted, its place (aside where that is taken).

    `rank` is that of its look, of a sight at least 2; what it `stands` for, see importance.
    """

    thing: Thing
    look: Look
    name: str
    place: QgsPointXY
    rank: int
    stands: float

    @property
    def is_sight(self) -> bool:
        """Whether it is of the kinds that people come to see."""
        return self.rank <= _SIGHT and self.look.group in _SEEN

    @property
    def is_foremost(self) -> bool:
        """Whether it is one that all other names make room for."""
        return bool(self.name) and importance.is_foremost(self.stands, self.is_sight)

    @property
    def needs_name(self) -> bool:
        """Whether its icon says nothing without the name."""
        return bool(self.name) and not self.look.alone and self.rank > _SIGHT

    def shape(self, per_metre: float) -> QgsGeometry:
        """The icon on its place on the map, a unit of which is so many mm on paper."""
        side = self.look.mm / per_metre
        shape = QgsGeometry(icons.shape(self.look.icon))
        shape.transform(QTransform(side, 0, 0, side, self.place.x(), self.place.y()))
        return shape


def pois(builder: Builder) -> list[Point]:
    """What people look for on a map and there is room for on the page, where it is put.

    It is drawn when it is known which names have a place (see labels.names).
    """
    if "pois" not in builder.theme.flags["labels"]:
        return []
    return _roomy(builder, _once(_wanted(builder)))


def draw(builder: Builder, points: list[Point]) -> None:
    """The icons."""
    things = [
        Thing(
            point.shape(builder.paper.per_metre),
            {"kind": point.look.group, "class": point.thing["class"], "name": point.thing["name"]},
        )
        for point in points
    ]
    cases = [
        (
            f"\"kind\"='{group}'",
            symbol(tint, builder.color["halo"] or "#FFFFFF", halo_mm(builder.theme, tint, _ICON_HALO)),
            group.title(),
        )
        for group, tint in ((group, color(builder.theme, group)) for group in GROUPS)
        if tint and any(thing["kind"] == group for thing in things)
    ]
    builder.add("Points of interest", "polygon", things, cases, names=obstacles(builder.labels))


def _wanted(builder: Builder) -> list[tuple[Thing, Look]]:
    found = []
    for thing in builder.things("pois"):
        entry = look(thing)
        if entry is not None and (thing["name"] or entry.alone):
            found.append((thing, entry))
    spots = [thing.geometry.asPoint() for thing, _ in found]
    sights: set[int] = set()
    for area in builder.things("buildings"):
        entry = look(area, "buildings") if area["name"] else None
        if entry is None:
            continue
        box = area.geometry.boundingBox()
        same = [
            thing
            for (thing, other), spot in zip(found, spots)
            if other.group == entry.group and box.contains(spot) and area.geometry.contains(thing.geometry)
        ]
        if not same:
            found.append((Thing(area.geometry.pointOnSurface(), area.values), entry))
            spots.append(found[-1][0].geometry.asPoint())
        elif entry.rank <= _SIGHT:
            # The service in a cathedral is a place of worship like any other; the house makes it a sight.
            sights.update(id(thing) for thing in same if thing["name"] == area["name"])
    return [
        (thing, _seen(entry) if id(thing) in sights or _is_sight(thing, entry) else entry)
        for thing, entry in found
        if entry.detail <= builder.detail and is_shown(builder.theme, entry, thing["class"], thing["kind"])
    ]


def _seen(entry: Look) -> Look:
    return replace(entry, rank=min(entry.rank, _SIGHT), size=entry.mm, is_raised=entry.rank > _SIGHT)


def _is_sight(thing: Thing, entry: Look) -> bool:
    return bool(thing["wikidata"]) and entry.group in _SEEN


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


def _roomy(builder: Builder, found: list[tuple[Thing, Look]]) -> list[Point]:
    """Those that there is room for, the names of some left out."""
    paper = builder.paper
    # Parks and the like have their names inside.
    grounds = {str(area["name"]).casefold() for area in builder.things("green") if area["name"]}
    if "parks" not in builder.theme.flags["labels"]:
        grounds = set()
    detail = max(builder.detail, 4)
    houses, small = _houses(builder, found), smallness(builder, found)
    marks, standings = [], []
    for number, (thing, entry) in enumerate(found):
        mm2 = houses.get(id(thing), 0.0) * paper.per_metre**2
        is_noted, less = bool(thing["wikidata"]), small.get(id(thing), 0.0)
        stands = importance.standing(entry.rank, is_noted, entry.is_raised, mm2, less)
        name = _name(builder, thing, entry)
        name = "" if name.casefold() in grounds else name
        gap = 0.4 + _GAP[detail] * stands
        standings.append(stands)
        marks.append(Mark(*paper.spot(thing.geometry.asPoint()), entry.mm, name, stands, entry.alone, gap, number))
    named, bare = room(marks, letter(builder.labels), _LONELY[detail], paper)
    return [
        Point(
            *found[mark.number],
            # Whether a sight's name has room is for all names to settle, among which it comes first.
            mark.name if has_name or found[mark.number][1].rank <= _SIGHT else "",
            paper.point(mark.x, mark.y),
            found[mark.number][1].rank,
            standings[mark.number],
        )
        for group, has_name in ((named, True), (bare, False))
        for mark in group
    ]


def _houses(builder: Builder, found: list[tuple[Thing, Look]]) -> dict[int, float]:
    """How many square metres the house has that a point stands for, by the point's identity: of one name, round it."""
    named: dict[str, list[Thing]] = {}
    for house in builder.things("buildings"):
        if house["name"]:
            named.setdefault(house["name"], []).append(house)
    result = {}
    for thing, _ in found:
        spot = thing.geometry.asPoint()
        sizes = [
            house.area
            for house in named.get(thing["name"] or "", ())
            if house.geometry.boundingBox().buffered(_BESIDE_HOUSE).contains(spot)
        ]
        if sizes:
            result[id(thing)] = max(sizes)
    return result


def _name(builder: Builder, thing: Thing, entry: Look) -> str:
    """What is written beside the icon: the name, of mountains their height as well."""
    # A style that asks for a few kinds alone has room for their names a level earlier.
    if entry.named > builder.detail + bool(builder.theme.flags.get("poi_classes")):
        return ""
    name = str(thing["name"] or "")
    height = thing["ele"]
    if entry.icon in ("triangle", "volcano", "saddle") and height:
        return f"{name}\n{round(height)} m".strip()
    return name
