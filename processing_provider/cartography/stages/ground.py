"""What lies below everything: sea, land cover, water, piers, squares."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from qgis.core import QgsGeometry, QgsSpatialIndex

from ..features.reading import Thing, on_land, parts
from ..symbology.areas import AREAS, COVER, area_cases, token_of
from ..symbology.small_lines import pier_cases, platform_cases, track_cases
from ..symbology.symbols import FLAT, line, one_of, stroke
from .builder import Builder
from .built_up import built_up
from .landcover import land_cover
from .own_data import tints


def ground(builder: Builder) -> None:
    """Sea, land use, greens, sand, water, piers and squares."""
    page, color = builder.page, builder.color
    _areas(builder, "Sea", "sea", builder.sea)
    colors = {entry.partition(":")[0]: color.get(token_of(entry)) for entry in COVER}
    built_up(builder)
    houses = builder.things("buildings") if color.get("building") else []
    houses = [thing for thing in houses if thing["kind"] != "part"]
    builder.add("Land cover", "polygon", land_cover(builder, colors, houses), area_cases(builder.theme, COVER))
    tints(builder)
    water = builder.things("water")
    if color.get("water_line"):
        # A wide river is water, a thin one needs the stronger colour to be seen.
        wide, thin = builder.widths.line("river"), builder.widths.line("stream")
        river = color.get("water") if wide > 0.5 else color["water_line"]
        cases = [
            (one_of("kind", ("river", "canal", "tidal_channel")), line(stroke(river or "", wide)), "Rivers"),
            (one_of("kind", ("stream", "ditch")), line(stroke(color["water_line"] or "", thin)), "Streams"),
        ]
        builder.add("Waterways", "line", _outside(builder.things("waterways"), water), cases)
    _areas(builder, "Water areas", "water", water)
    _areas(builder, "Piers and breakwaters", "piers", builder.things("piers"))
    if color.get("pier"):
        builder.add("Piers, lines", "line", builder.things("piers_lines"), pier_cases(builder.theme, page.scale))
    _areas(builder, "Plazas and platforms", "plazas", on_land(builder.things("plazas"), builder.sea))
    platforms = platform_cases(builder.theme, page.scale)
    builder.add("Platforms, lines", "line", builder.things("plazas_lines"), platforms, True)
    tracks = track_cases(builder.theme, page.scale)
    builder.add("Running tracks", "line", builder.things("green_lines"), tracks)
    _areas(builder, "Aeroways", "aeroways", builder.things("aeroways"))
    if color.get("aeroway"):
        cases = [
            (
                f"\"kind\"='{kind}'",
                line(stroke(color["aeroway"] or "", max(least, metres * 1000 / page.scale), FLAT)),
                kind,
            )
            for kind, metres, least in (("taxiway", 15, 0.25), ("runway", 45, 0.7))
        ]
        builder.add("Aeroways, lines", "line", builder.things("aeroways_lines"), cases)
    _areas(builder, "Bridge areas", "bridges", builder.things("bridges"))


def _areas(builder: Builder, title: str, table: str, things: list[Thing]) -> None:
    """A layer of filled areas."""
    kinds, outline, width = AREAS[table]
    if table == "sea":
        outline = "water_line" if builder.theme.flags["coastline_line"] else ""
    builder.add(title, "polygon", things, area_cases(builder.theme, kinds, outline, width))


def _outside(lines: list[Thing], areas: list[Thing]) -> list[Thing]:
    """Lines without what of them runs in areas: a river that is drawn as an area needs no line."""
    index = QgsSpatialIndex()
    for number, thing in enumerate(areas):
        index.addFeature(number, thing.geometry.boundingBox())
    result = []
    for thing in lines:
        # All water of the map at once would be cut out of every stream.
        engine = QgsGeometry.createGeometryEngine(thing.geometry.constGet())
        engine.prepareGeometry()
        found = [areas[number].geometry for number in sorted(index.intersects(thing.geometry.boundingBox()))]
        met = [geometry for geometry in found if engine.intersects(geometry.constGet())]
        if met:
            rest = thing.geometry.difference(QgsGeometry.unaryUnion(met))
            result += [Thing(part, thing.values) for part in parts(rest)]
        else:
            result.append(thing)
    return result
