"""Every name on the map: places, water, parks, squares, streets and house numbers, each in a place of its own."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from qgis.core import QgsGeometry, QgsLineString, QgsPointXY, QgsWkbTypes

from ..features.reading import FULL, Thing, Value
from ..features.strokes import resampled
from ..occupancy.kinds import ROADS, Kind
from ..stages.builder import Builder
from ..stages.pois import Point, draw
from ..symbology import importance
from ..symbology.label_styles import BESIDE
from . import house_numbers, label_obstacles, name_grounds
from .area_names import AreaNames
from .candidates import Group, Label
from .line_names import LineNames
from .place_names import PlaceNames
from .placement import Placing
from .point_names import PointNames
from .text_size import Sizes, TextSize

_KINDS = {QgsWkbTypes.GeometryType.PointGeometry: "point", QgsWkbTypes.GeometryType.LineGeometry: "line"}


def names(builder: Builder, points: list[Point]) -> dict[tuple[str, str], str]:
    """Every name, and the icons of the points of interest that have theirs or need none.

    Which names found no place, as (style, name), and why.
    """
    return Names(builder, points).build()


class Names:
    """The names of one picture: all of them are placed on one paper, so that none stands on another."""

    def __init__(self, builder: Builder, points: list[Point]) -> None:
        self.builder = builder
        self.points = points
        self.wanted = builder.theme.flags["labels"]
        self.paper = builder.paper
        label_obstacles.put(builder)
        self.sizes = Sizes(builder.letterer.format)
        self.places = PlaceNames(builder, self.sizes)

    def build(self) -> dict[tuple[str, str], str]:
        """Place all names and add their layers; why those that found no place have none."""
        builder = self.builder
        groups = self._groups()
        points = PointNames(builder, self.points)
        groups.append(Group("Names of points of interest", "point", points.styles, list(points.wishes.values())))
        placing = Placing(self.paper)
        # A style whose text has no colour writes nothing.
        mute = {style.name for group in groups for style in group.styles if not style.text.color().isValid()}
        wishes = [wish for group in groups for wish in group.wishes if wish.style not in mute]
        unplaced = placing.place(wishes)
        unnamed = {(wish.style, wish.name): placing.reason(wish) for wish in unplaced}
        placing.repeat([wish for wish in wishes if wish.apart])
        draw(builder, points.shown(placing.labels.values()))
        self.places.dots(placing.labels.values())
        for group in groups:
            if group.title == "Street names" and builder.theme.flags["street_ground"]:
                self._ground(group, list(placing.labels.values()))
            self._add(group, list(placing.labels.values()))
            if group.title == "Street names":
                self._housenumbers()
        return unnamed

    def _groups(self) -> list[Group]:
        """What has a name, the lowest layer first."""
        builder, sizes = self.builder, self.sizes
        lines = LineNames(builder, sizes)
        areas = AreaNames(builder, sizes)
        groups = []
        if "water" in self.wanted:
            groups += [areas.water(), lines.rivers(), lines.ferries()]
        if "parks" in self.wanted and builder.detail >= 3:
            groups.append(areas.parks())
        if "streets" in self.wanted and builder.detail >= 3:
            groups += [areas.grounds(), areas.squares()]
            groups.append(lines.streets())
        if "places" in self.wanted:
            groups.append(self.places.places())
        return groups

    def _ground(self, group: Group, labels: list[Label]) -> None:
        """What lies below names and between their words, where halos alone would let the edges of roads through."""
        mine = {id(wish) for wish in group.wishes}
        things = [self._thing(label) for label in labels if id(label.wish) in mine and len(label.line) > 1]
        self.builder.add(f"{group.title} – ground", "line", things, name_grounds.cases(group.styles, things))

    def _add(self, group: Group, labels: list[Label]) -> None:
        """The layers of one group, of points and of lines."""
        mine = {id(wish) for wish in group.wishes}
        things = [self._thing(label) for label in labels if id(label.wish) in mine]
        for kind, suffix in (("point", ""), ("line", "" if group.geometry == "line" else " along their areas")):
            of_kind = [thing for thing in things if _KINDS[thing.geometry.type()] == kind]
            rules = self.builder.labels.placed(group.styles, kind == "line")
            self.builder.add(group.title + suffix, kind, of_kind, names=rules)

    def _thing(self, label: Label) -> Thing:
        points = self.paper.to_map(label.line)
        is_line = len(points) > 1
        xs, ys = points.T.tolist()
        geometry = QgsGeometry(QgsLineString(xs, ys)) if is_line else QgsGeometry.fromPointXY(QgsPointXY(xs[0], ys[0]))
        style = label.wish.style
        if is_line and (style == "river" or style in importance.STREETS):
            ground, least = (Kind.WATER, 0.7) if style == "river" else (ROADS, 0.5)
            if self.paper.has(ground, self.paper.flat(resampled(label.line, 0.5))).mean() < least:
                style += BESIDE
        text, whole = label.places.text, label.wish.name
        values: dict[str, Value] = {"name": text, "kind": style, "size": label.places.points_size}
        if " ".join(text.split()) != " ".join(whole.split()):
            values[FULL] = whole
        return Thing(geometry, values)

    def _housenumbers(self) -> None:
        builder = self.builder
        if builder.detail >= 5 and builder.color.get("hn"):
            rules = builder.labels.housenumbers()
            size = TextSize(rules[0][0].format(), self.builder.letterer.format)
            numbers = house_numbers.placed(self.paper, builder.things("housenumbers"), size)
            builder.add("House numbers", "point", numbers, names=rules)
