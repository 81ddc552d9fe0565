"""What lies below the traffic, as layers of a MapLibre style: land cover, water, squares, houses, walls."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Iterator

from ..cartography.symbology.areas import AREAS, token_of
from ..cartography.symbology.small_lines import ROUTE, ROUTES
from ..cartography.symbology.symbols import faint
from ..cartography.themes.widths import Widths
from .screen import MM, Layer, Screen, Value, by_word, fill, line, one_of

# Land cover lies the small above the large whatever table it is of: so many m2 at least, one pass after the other.
_SIZES = (1_000_000, 100_000, 20_000, 4_000, 0)
_COVER = ("landuse", "green", "power_areas")
_DETAILS = 13


def ground(screen: Screen) -> Iterator[Layer]:
    """All of it, the lowest first."""
    color = screen.color
    yield {"id": "background", "type": "background", "paint": {"background-color": color["land"] or "#FFFFFF"}}
    yield from _cover(screen)
    yield from areas(screen, "sea", "water_line" if screen.theme.flags["coastline_line"] else "")
    yield from areas(screen, "sand")
    if color.get("water_line"):
        wide = screen.steps(lambda widths: (
            color.get("water") if widths.line("river") > 0.5 else None) or color["water_line"] or "")  # fmt: skip
        rivers, streams = one_of("kind", ("river", "canal", "tidal_channel")), one_of("kind", ("stream", "ditch"))
        width = screen.mm(lambda widths: widths.line("river"))
        yield line("rivers", "waterways", wide, width, rivers, round_cap=True)
        width = screen.mm(lambda widths: widths.line("stream"))
        yield line("streams", "waterways", color["water_line"] or "", width, streams, round_cap=True)
    yield from areas(screen, "water")
    yield from areas(screen, "piers")
    yield from _pier_lines(screen)
    yield from areas(screen, "plazas")
    yield from _platforms(screen)
    if color.get("pitch"):
        yield line("running tracks", "green_lines", color["pitch"] or "", _metres(screen, 5, 0.2))
    yield from areas(screen, "aeroways")
    if color.get("aeroway"):
        for kind, metres, least in (("taxiway", 15, 0.25), ("runway", 45, 0.7)):
            width = _metres(screen, metres, least)
            yield line(f"{kind}s", "aeroways_lines", color["aeroway"] or "", width, one_of("kind", (kind,)))
    yield from areas(screen, "bridges")
    if color.get("boundary"):
        band, rule = faint(color["boundary"] or "", 0.22), one_of("kind", ("country",))
        yield line("borders, bands", "boundaries", rgba(band), 1.1 * MM, rule)


def built(screen: Screen) -> Iterator[Layer]:
    """Houses and walls, which lie above tunnels."""
    color, width = screen.color, screen.theme.width["building"] * MM
    tokens = {"building": "building", "landmark": "building_major"}
    fills = {kind: color[token] or "" for kind, token in tokens.items() if color.get(token)}
    lines = {kind: color[f"{token}_line"] or "" for kind, token in tokens.items() if color.get(f"{token}_line")}
    if fills:
        order = by_word("kind", {"landmark": 1}, 0)
        shown = by_word("kind", {**fills}, "transparent")
        yield fill("buildings", "buildings", shown, one_of("kind", tuple(fills)), order)
    if lines:
        rule = one_of("kind", tuple(lines))
        yield line("buildings, edges", "buildings", by_word("kind", {**lines}, "transparent"), width, rule,
                   minzoom=_DETAILS)  # fmt: skip
    yield from areas(screen, "barriers_areas")
    if color.get("barrier"):
        wall: Value = ["==", ["get", "kind"], "city_wall"]
        yield line("city walls", "barriers", color["barrier"] or "", _metres(screen, 2, 0.35), wall, round_cap=True)
        yield line("barriers", "barriers", color["barrier"] or "", 0.1 * MM, ["!", wall], minzoom=_DETAILS)


def areas(screen: Screen, table: str, outline: str | None = None) -> Iterator[Layer]:
    """The filled areas of a table, and their outlines."""
    kinds, edge, width = AREAS[table]
    edge = edge if outline is None else outline
    words = [entry.partition(":")[0] for entry in kinds]
    shown = {word: screen.color[token_of(entry)] or "" for word, entry in zip(words, kinds)
             if screen.color.get(token_of(entry))}  # fmt: skip
    if shown:
        order: Value = ["-", ["coalesce", ["get", "area"], 0]]
        yield fill(table, table, by_word("kind", {**shown}, "transparent"), one_of("kind", tuple(shown)), order)
    color = screen.color.get(edge)
    if color:
        wide = width * screen.theme.width["outline"] * MM
        yield line(
            f"{table}, edges", table, color, wide, one_of("kind", words), minzoom=_DETAILS if table != "sea" else 0
        )


def _cover(screen: Screen) -> Iterator[Layer]:
    """Land use and greens, in passes from the large to the small."""
    found = [layer for table in _COVER for layer in areas(screen, table)]
    above = None
    for size in _SIZES:
        area: Value = ["coalesce", ["get", "area"], 0]
        sizes: list[Value] = [[">=", area, size], *([["<", area, above]] if above else [])]
        for layer in found:
            yield {**layer, "id": f"{layer['id']} from {size} m2", "filter": ["all", layer["filter"], *sizes]}
        above = size


def _pier_lines(screen: Screen) -> Iterator[Layer]:
    pier, dam = screen.color.get("pier"), screen.color.get("dam")
    if pier:
        rule = one_of("kind", ("pier", "breakwater"))
        yield line("piers, lines", "piers_lines", pier, _metres(screen, 3, 0.2), rule)
    if dam:
        yield line("dams", "piers_lines", dam, _metres(screen, 5, 0.4, 1.0), one_of("kind", ("dam",)))
        dash = screen.dashes(lambda widths: max(0.25, min(3000 / widths.scale, 0.6)), 0.7, 0.35)
        yield line("weirs", "piers_lines", dam, _metres(screen, 3, 0.25, 0.6), one_of("kind", ("weir",)), dash)


def _platforms(screen: Screen) -> Iterator[Layer]:
    inner, edge = screen.color.get("plaza"), screen.color.get("plaza_line")

    def width(widths: Widths) -> float:
        return max(0.2, 2500 / widths.scale)

    if edge:
        yield line("platforms, edges", "plazas_lines", edge, screen.mm(lambda widths: width(widths) + 0.16))
    if inner:
        yield line("platforms", "plazas_lines", inner, screen.mm(width))


def _metres(screen: Screen, metres: float, least: float, most: float = 1e9) -> Value:
    """Pixels of what is so many metres wide, at least and at most so many mm."""
    return screen.mm(lambda widths: max(least, min(metres * 1000 / widths.scale, most)))


def rgba(argb: str) -> str:
    """A colour of Qt with its transparency (#AARRGGBB) as CSS has it."""
    alpha, red, green, blue = (int(argb[place : place + 2], 16) for place in (1, 3, 5, 7))
    return f"rgba({red},{green},{blue},{alpha / 255:.2f})"


def overlays(screen: Screen) -> Iterator[Layer]:
    """What lies over streets and houses: trees, lines in the air, borders."""
    color = screen.color
    tree = color.get("tree")
    if screen.theme.flags["trees"] and tree:
        # Crowns of 4 m, rows of 3 m.
        yield line("rows of trees", "trees_lines", tree, _metres(screen, 3, 0.0), round_cap=True)
        yield {
            **line("trees", "trees", "", 0), "type": "circle", "minzoom": _DETAILS + 1, "layout": {},
            "paint": {
                "circle-color": tree, "circle-radius": _metres(screen, 2, 0.0), "circle-stroke-width": 0.1 * MM,
                "circle-stroke-color": color.get("tree_line") or tree,
            },
        }  # fmt: skip
    hidden: Value = ["!", one_of("kind", ("cable", "telecom"))]
    for table, token, width, dash in (
        ("power", "power", 0.1, ()), ("aerialways", "rail", 0.16, (2.4, 0.5, 0.3, 0.5)),
        ("ferries", "ferry", 0.2, (1.6, 1.2)),
    ):  # fmt: skip
        if color.get(token):
            yield line(table, table, color[token] or "", width * MM, hidden, _dashes(width, dash))
    if color.get("power"):
        over = one_of("location", ("overground", "overhead", "surface", "bridge"))
        rule: Value = ["any", one_of("kind", ("conveyor",)), ["all", ["has", "location"], over]]
        yield line("pipelines", "pipelines", color["power"] or "", 0.16 * MM, rule, _dashes(0.16, (2.2, 0.4)))
    if color.get("protected"):
        yield line("protected areas", "protected_areas", color["protected"] or "", 0.16 * MM,
                   dash=_dashes(0.16, (1.6, 0.5)))  # fmt: skip
    if color.get("boundary"):
        yield from _borders(color["boundary"] or "")


def routes(screen: Screen, is_asked: bool) -> Iterator[Layer]:
    """Routes in their own colours, or those of their kinds; they cover streets, and are shown where asked for."""
    tints = {kind: screen.color.get(token) or screen.color["text"] or "#000000" for kind, token in ROUTES.items()}
    color: Value = ["to-color", ["get", "colour"], by_word("kind", {**tints}, screen.color["text"] or "#000000")]
    made = line("routes", "routes", color, ROUTE * MM)
    yield made if is_asked else {**made, "layout": {**made["layout"], "visibility": "none"}}


def _borders(color: str) -> Iterator[Layer]:
    for kind, share, width, dash in (
        ("district", 0.6, 0.13, (0.8, 0.8)), ("municipality", 0.75, 0.16, (1.4, 0.8)),
        ("region", 1.0, 0.2, (2.0, 0.7, 0.4, 0.7)), ("country", 1.0, 0.3, (2.4, 0.8, 0.5, 0.8)),
    ):  # fmt: skip
        tint = rgba(faint(color, share))
        yield line(f"borders, {kind}", "boundaries", tint, width * MM, one_of("kind", (kind,)), _dashes(width, dash))


def _dashes(width: float, dash: tuple[float, ...]) -> Value | None:
    return [round(length / width, 2) for length in dash] if dash else None
