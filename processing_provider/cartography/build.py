"""From map data and a theme to the layers of a picture, the bottom one first while they are made."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Iterable

from qgis.core import (
    QgsGeometry,
    QgsMapLayer,
    QgsNullSymbolRenderer,
    QgsPointXY,
    QgsRuleBasedRenderer,
    QgsSymbol,
)

from ..feedback import Feedback
from ..frame import Page
from ..inputs import Input
from ..mapdata import NOTICE, MapData
from . import fonts, labels, roads
from .areas import AREAS, area_cases, building_cases
from .features import Thing, ends, layer, merged, named_lines, on_land, read
from .labels import Labels
from .ownlayers import own_layers
from .picture import Picture, reference_system
from .symbols import FLAT, dot, line, one_of, rules, stroke
from .themes import Theme
from .widths import Widths

_ROAD_KEYS = ("kind", "class", "name", "ref", "layer", "service", "link")
_LANDMARK_CLASSES = (
    "hospital", "theatre", "library", "museum", "university", "townhall", "station", "attraction", "castle",
    "place_of_worship", "police", "hotel",
)  # fmt: skip


class Builder:
    """The layers of one picture as they grow, the bottom one first."""

    def __init__(self, data: MapData, page: Page, theme: Theme, detail: int, feedback: Feedback) -> None:
        self.data = data
        self.page = page
        self.theme = theme
        self.detail = detail
        self.feedback = feedback
        self.color = theme.color
        self.widths = Widths(theme, page.scale)
        self.labels = Labels(theme, self.widths, detail)
        self.crs = reference_system(page.crs)
        self.layers: list[QgsMapLayer] = []
        self.objects: dict[str, int] = {}
        self.sea = read(data, "sea")

    def add(
        self,
        title: str,
        geometry: str,
        things: list[Thing],
        cases: Iterable[tuple[str, QgsSymbol, str]] = (),
        levels: bool = False,
        names: list[labels.Rule] | None = None,
    ) -> None:
        """One layer on top of those before; nothing where it has no feature or nothing to draw."""
        self.feedback.check()
        renderer: QgsRuleBasedRenderer | QgsNullSymbolRenderer | None = rules(cases, levels)
        if renderer is None and names:
            renderer = QgsNullSymbolRenderer()
        if renderer is None or not things:
            return
        made = layer(title, geometry, self.crs, things)
        made.setRenderer(renderer)
        if names:
            labels.apply(made, names)
        self.layers.append(made)
        self.objects[title] = len(things)

    def areas(self, title: str, table: str, things: list[Thing]) -> None:
        """A layer of filled areas."""
        kinds, outline, width = AREAS[table]
        if table == "sea":
            outline = "water_line" if self.theme.flags["coastline_line"] else ""
        self.add(title, "polygon", things, area_cases(self.theme, kinds, outline, width))

    def ground(self) -> None:
        """Sea, land use, greens, sand, water, piers and squares."""
        self.areas("Sea", "sea", self.sea)
        self.areas("Land use", "landuse", on_land(read(self.data, "landuse"), self.sea))
        green = sorted(on_land(read(self.data, "green"), self.sea), key=lambda thing: -thing.geometry.area())
        self.areas("Green", "green", green)
        self.areas("Beaches and sand", "sand", read(self.data, "sand"))
        self.areas("Water areas", "water", read(self.data, "water"))
        if self.color.get("water_line"):
            color = self.color["water_line"] or ""
            cases = [
                (one_of("kind", ("river", "canal")), line(stroke(color, self.widths.line("river"))), "Rivers"),
                (one_of("kind", ("stream", "ditch")), line(stroke(color, self.widths.line("stream"))), "Streams"),
            ]
            self.add("Waterways", "line", read(self.data, "waterways"), cases)
        self.areas("Piers and breakwaters", "piers", read(self.data, "piers"))
        if self.color.get("pier"):
            cases = [("TRUE", line(stroke(self.color["pier"] or "", max(0.2, 3000 / self.page.scale), FLAT)), "Piers")]
            self.add("Piers, lines", "line", read(self.data, "piers_lines"), cases)
        self.areas("Plazas and platforms", "plazas", on_land(read(self.data, "plazas"), self.sea))
        self.areas("Aeroways", "aeroways", read(self.data, "aeroways"))
        self.areas("Bridge areas", "bridges", read(self.data, "bridges"))

    def built(self) -> None:
        """Tunnels, buildings, walls."""
        ways, rails = read(self.data, "roads"), read(self.data, "railways")
        if self.theme.flags["tunnels"]:
            under = merged([thing for thing in ways if thing["tunnel"]], _ROAD_KEYS)
            self.add("Road tunnels", "line", under, roads.tunnels(self.theme, self.widths), True)
            if self.color.get("rail"):
                thin = stroke(self.color["rail"] or "", 0.22 * self.widths.factor, FLAT, (1.4, 0.9))
                self.add("Rail tunnels", "line", [t for t in rails if t["tunnel"]], [("TRUE", line(thin), "Tunnels")])
        houses = [thing for thing in read(self.data, "buildings") if thing["kind"] != "part"]
        self.add("Buildings", "polygon", houses, building_cases(self.theme))
        if self.color.get("barrier"):
            symbol = line(stroke(self.color["barrier"] or "", 0.1))
            self.add("Walls and fences", "line", read(self.data, "barriers"), [("TRUE", symbol, "Barriers")])

    def network(self) -> None:
        """Paths, roads, railways, bridges."""
        ways = read(self.data, "roads")
        paths = read(self.data, "paths") if self.theme.flags["paths"] else []
        on_ground = [thing for thing in paths if not thing["tunnel"] and not thing["bridge"]]
        self.add("Paths", "line", merged(on_ground, ("kind", "name")), roads.paths(self.theme, self.widths))
        surface = merged([t for t in ways if not t["tunnel"] and not t["bridge"]], _ROAD_KEYS)
        mouths = {end for thing in ways if thing["tunnel"] for end in ends(thing.geometry)}
        for thing in surface:
            is_portal = thing.geometry.length() > 25 and any(end in mouths for end in ends(thing.geometry))
            thing.values["portal"] = int(is_portal)
        self.add("Roads – outlines", "line", surface, roads.outlines(self.theme, self.widths))
        for kind, *_ in roads.CLASSES:
            of_kind = [thing for thing in surface if thing["kind"] == kind]
            self.add(f"Roads – {roads.TITLES[kind]}", "line", of_kind, roads.fills(self.theme, self.widths, kind))
        rails = [thing for thing in read(self.data, "railways") if not thing["tunnel"]]
        self.add("Railways", "line", rails, roads.rails(self.theme, self.widths), True)
        over = [thing for thing in paths if thing["bridge"] and not thing["tunnel"]]
        self.add("Path bridges", "line", over, self._path_bridges(), True)
        bridges = merged([t for t in ways if t["bridge"] and not t["tunnel"]], _ROAD_KEYS)
        self.add("Road bridges", "line", bridges, roads.bridges(self.theme, self.widths), True)
        if self.color.get("ferry"):
            symbol = line(stroke(self.color["ferry"] or "", 0.2, FLAT, (1.6, 1.2)))
            self.add("Ferries", "line", read(self.data, "ferries"), [("TRUE", symbol, "Ferries")])

    def _path_bridges(self) -> list[tuple[str, QgsSymbol, str]]:
        case, land, color = self.color.get("bridge_case"), self.color.get("land"), self.color.get("path")
        if not (case and land and color):
            return roads.paths(self.theme, self.widths)
        width = max(0.13, self.widths.line("path"))
        under = (stroke(case, width + 0.5, FLAT, level=0), stroke(land, width + 0.3, FLAT, level=1))
        return [("TRUE", line(*under, stroke(color, width, FLAT, (width * 3.2, width * 2.2), 2)), "Bridges")]

    def points(self) -> None:
        """Trees and boundaries."""
        tree = self.color.get("tree")
        if self.theme.flags["trees"] and tree:
            symbol = dot(tree, self.color.get("tree_line") or tree, 4.0, metres=True)
            self.add("Trees", "point", read(self.data, "trees"), [("TRUE", symbol, "Trees")])
        boundary = self.color.get("boundary")
        if boundary:
            cases = [
                ("\"kind\"='country'", line(stroke(boundary, 0.35, FLAT, (2.4, 0.8, 0.5, 0.8))), "Countries"),
                ("\"kind\"<>'country'", line(stroke(boundary, 0.2, FLAT, (1.6, 0.8))), "Regions and municipalities"),
            ]
            self.add("Boundaries", "line", merged(read(self.data, "boundaries"), ("kind",)), cases)

    def names(self) -> None:
        """Every label, and the notice."""
        wanted, detail = self.theme.flags["labels"], self.detail
        if "water" in wanted:
            water = self._label_points("water", "lake", 2e-4)
            self.add(
                "Water names", "point", water, names=self.labels.areas("text_water", self.theme.font["water"], 6.0)
            )
        if "parks" in wanted and detail >= 3:
            parks = self._label_points("green", "park", 1e-4 if detail < 5 else 3e-5)
            self.add("Park names", "point", parks, names=self.labels.areas("text_park"))
        if "streets" in wanted and detail >= 3:
            ways = [t for t in read(self.data, "roads") + read(self.data, "paths") if not t["tunnel"]]
            if detail == 3:
                ways = [t for t in ways if t["kind"] in ("motorway", "trunk", "primary", "secondary", "tertiary")]
            self.add("Street names", "line", named_lines(ways, self.page.scale), names=self.labels.streets())
        if "pois" in wanted and detail >= 4 and self.color.get("poi"):
            pois = [t for t in read(self.data, "pois") if t["name"]]
            if detail < 6:
                pois = [t for t in pois if t["class"] in _LANDMARK_CLASSES]
            symbol = dot(self.color["poi"] or "", self.color["halo"] or "#FFFFFF", 0.9)
            self.add("Points of interest", "point", pois, [("TRUE", symbol, "Landmarks")], names=self.labels.pois())
        if detail >= 5 and self.color.get("hn") and "streets" in wanted:
            self.add("House numbers", "point", read(self.data, "housenumbers"), names=self.labels.housenumbers())
        if "places" in wanted:
            places = [t for t in read(self.data, "places") if t["name"]]
            cases = []
            if detail <= 2:
                symbol = dot(self.color["halo"] or "#FFFFFF", self.color["text_place"] or "#000000", 1.1)
                cases = [("TRUE", symbol, "Places")]
            self.add("Place names", "point", places, cases, names=self.labels.places())
        self.notice()

    def picture(self, background: str) -> Picture:
        """What was built, the top layer first."""
        layers = list(reversed(self.layers))
        return Picture(layers, self.page, self.crs, background, self.objects, self.data.notice)

    def _label_points(self, table: str, kind: str, share: float) -> list[Thing]:
        """A point inside each named area that is larger than a share of the page."""
        least = share * (self.page.xmax - self.page.xmin) * (self.page.ymax - self.page.ymin)
        named = [t for t in read(self.data, table) if t["name"] and t["kind"] == kind]
        return [
            Thing(thing.geometry.poleOfInaccessibility(self.page.scale * 0.0005)[0], thing.values)
            for thing in named
            if thing.geometry.area() >= least
        ]

    def notice(self) -> None:
        """Whose data it is, in the lower right corner."""
        text = "© OpenStreetMap contributors" if self.data.notice == NOTICE else self.data.notice
        if text and self.data.date:
            text += f", {self.data.date[:10]}"
        if not text:
            return
        inset = 0.0015 * self.page.scale
        corner = QgsGeometry.fromPointXY(QgsPointXY(self.page.xmax - inset, self.page.ymin + inset))
        self.add("Notice", "point", [Thing(corner, {"name": text})], names=self.labels.notice())


def build_picture(
    data: MapData, page: Page, theme: Theme, detail: int, feedback: Feedback, inputs: tuple[Input, ...] = ()
) -> Picture:
    """The picture of `data` (cut at the page, in its CRS) in a style; raises Cancelled where asked to stop.

    `inputs` are what `data` was made of where that is not OpenStreetMap: they bring styles of their own.
    """
    fonts.register()
    builder = Builder(data, page, theme, detail, feedback)
    if inputs:
        own_layers(builder, inputs)
        own = any(item.renderer for item in inputs)
        return builder.picture("#FFFFFF" if own else theme.color["land"] or "#FFFFFF")
    for percent, stage in enumerate((builder.ground, builder.built, builder.network, builder.points, builder.names)):
        feedback.progress(percent * 20, "drawing layers")
        stage()
    return builder.picture(theme.color["land"] or "#FFFFFF")
