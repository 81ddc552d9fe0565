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
from .features import Thing, ends, layer, merged, named_lines, on_land, read
from .labels import Labels
from .ownlayers import own_layers
from .picture import Picture, reference_system
from .symbols import FLAT, dot, fill, line, one_of, rules, stroke
from .themes import Theme
from .widths import Widths

# Kind and colour token of each area, in the order of the layers.
_LANDUSE = ("residential:landuse", "industrial", "institution", "farm", "rock", "glacier", "wetland", "parking")
_GREEN = ("park", "sport:park", "grass", "forest", "scrub", "cemetery", "pitch")
_PATHS = (("path", 3.2, 2.2), ("cycleway", 4.0, 2.2), ("track", 6.0, 2.2), ("steps", 0.5, 0.45))
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

    def areas(
        self, title: str, things: list[Thing], kinds: Iterable[str], outline: str = "", width: float = 0.08
    ) -> None:
        """A layer of filled areas; a kind is `kind` or `kind:token`."""
        cases = []
        for entry in kinds:
            kind, _, token = entry.partition(":")
            color = self.color.get(token or kind)
            if color:
                cases.append((f"\"kind\"='{kind}'", fill(color, self.color.get(outline), width), kind.title()))
        self.add(title, "polygon", things, cases)

    def ground(self) -> None:
        """Sea, land use, greens, sand, water, piers and squares."""
        self.areas("Sea", self.sea, ("sea",), "water_line" if self.theme.flags["coastline_line"] else "", 0.15)
        self.areas("Land use", on_land(read(self.data, "landuse"), self.sea), _LANDUSE)
        green = sorted(on_land(read(self.data, "green"), self.sea), key=lambda thing: -thing.geometry.area())
        self.areas("Green", green, _GREEN)
        self.areas("Beaches and sand", read(self.data, "sand"), ("beach:sand",))
        self.areas("Water areas", read(self.data, "water"), ("lake:water", "pool:water"), "water_line", 0.1)
        if self.color.get("water_line"):
            color = self.color["water_line"] or ""
            cases = [
                (one_of("kind", ("river", "canal")), line(stroke(color, self.widths.line("river"))), "Rivers"),
                (one_of("kind", ("stream", "ditch")), line(stroke(color, self.widths.line("stream"))), "Streams"),
            ]
            self.add("Waterways", "line", read(self.data, "waterways"), cases)
        self.areas("Piers and breakwaters", read(self.data, "piers"), ("pier", "breakwater:pier"), "plaza_line")
        if self.color.get("pier"):
            cases = [("TRUE", line(stroke(self.color["pier"] or "", max(0.2, 3000 / self.page.scale), FLAT)), "Piers")]
            self.add("Piers, lines", "line", read(self.data, "piers_lines"), cases)
        plazas = on_land(read(self.data, "plazas"), self.sea)
        self.areas("Plazas and platforms", plazas, ("plaza", "platform:plaza"), "plaza_line")
        kinds = tuple(f"{kind}:aeroway" for kind in ("apron", "taxiway", "runway", "helipad"))
        self.areas("Aeroways", read(self.data, "aeroways"), kinds)
        self.areas("Bridge areas", read(self.data, "bridges"), ("bridge:bridge_area",))

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
        cases = []
        for kind, token in (("building", "building"), ("landmark", "building_major")):
            if self.color.get(token):
                symbol = fill(self.color[token] or "", self.color.get(f"{token}_line"), self.theme.width["building"])
                cases.append((f"\"kind\"='{kind}'", symbol, kind.title()))
        self.add("Buildings", "polygon", houses, cases)
        if self.color.get("barrier"):
            symbol = line(stroke(self.color["barrier"] or "", 0.1))
            self.add("Walls and fences", "line", read(self.data, "barriers"), [("TRUE", symbol, "Barriers")])

    def network(self) -> None:
        """Paths, roads, railways, bridges."""
        ways = read(self.data, "roads")
        paths = read(self.data, "paths") if self.theme.flags["paths"] else []
        on_ground = [thing for thing in paths if not thing["tunnel"] and not thing["bridge"]]
        self.add("Paths", "line", merged(on_ground, ("kind", "name")), self._paths())
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
        self.add("Railways", "line", rails, self._rails(), True)
        over = [thing for thing in paths if thing["bridge"] and not thing["tunnel"]]
        self.add("Path bridges", "line", over, self._path_bridges(), True)
        bridges = merged([t for t in ways if t["bridge"] and not t["tunnel"]], _ROAD_KEYS)
        self.add("Road bridges", "line", bridges, roads.bridges(self.theme, self.widths), True)
        if self.color.get("ferry"):
            symbol = line(stroke(self.color["ferry"] or "", 0.2, FLAT, (1.6, 1.2)))
            self.add("Ferries", "line", read(self.data, "ferries"), [("TRUE", symbol, "Ferries")])

    def _paths(self) -> list[tuple[str, QgsSymbol, str]]:
        cases = []
        for kind, dash, gap in _PATHS:
            color = self.color.get(kind)
            if color:
                width = max(0.13, self.widths.line(kind))
                kinds = ("path", "sidewalk") if kind == "path" else (kind,)
                symbol = line(stroke(color, width, FLAT, (width * dash, width * gap)))
                cases.append((one_of("kind", kinds), symbol, kind.title()))
        return cases

    def _path_bridges(self) -> list[tuple[str, QgsSymbol, str]]:
        case, land, color = self.color.get("bridge_case"), self.color.get("land"), self.color.get("path")
        if not (case and land and color):
            return self._paths()
        width = max(0.13, self.widths.line("path"))
        under = (stroke(case, width + 0.5, FLAT, level=0), stroke(land, width + 0.3, FLAT, level=1))
        return [("TRUE", line(*under, stroke(color, width, FLAT, (width * 3.2, width * 2.2), 2)), "Bridges")]

    def _rails(self) -> list[tuple[str, QgsSymbol, str]]:
        rail, tram, factor = self.color.get("rail"), self.color.get("tram"), self.widths.factor
        if not rail:
            return []
        wide = 0.62 * factor
        # At larger scales every track is mapped: dashes would turn a station into a black bar.
        if self.theme.flags["rail_style"] == "line" or self.page.scale <= 6000:
            main = line(stroke(rail, min(wide, 0.42) * 0.5, FLAT))
        else:
            gap = stroke(self.color.get("rail_gap") or "#FFFFFF", wide * 0.55, FLAT, (1.6 * factor, 1.6 * factor), 1)
            main = line(stroke(rail, wide, FLAT, level=0), gap)
        cases = [
            ("\"kind\"='rail'", main, "Railways"),
            ("\"kind\"='siding'", line(stroke(rail, 0.22 * factor, FLAT)), "Sidings"),
        ]
        if tram:
            kinds = ("tram", "light_rail", "funicular")
            cases.append((one_of("kind", kinds), line(stroke(tram, 0.24 * factor, FLAT)), "Tramways"))
            subway = self.color.get("subway") or rail
            cases.append(("\"kind\"='subway'", line(stroke(subway, 0.4 * factor, FLAT)), "Subways"))
        return cases

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
