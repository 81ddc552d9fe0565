"""What lies below everything: sea, land use, greens, sand, water, piers, squares."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from .areas import AREAS, area_cases
from .builder import Builder
from .features import Thing, on_land, read
from .symbols import FLAT, line, one_of, stroke


def ground(builder: Builder) -> None:
    """Sea, land use, greens, sand, water, piers and squares."""
    _areas(builder, "Sea", "sea", builder.sea)
    _areas(builder, "Land use", "landuse", on_land(read(builder.data, "landuse"), builder.sea))
    green = sorted(on_land(read(builder.data, "green"), builder.sea), key=lambda thing: -thing.geometry.area())
    _areas(builder, "Green", "green", green)
    _areas(builder, "Beaches and sand", "sand", read(builder.data, "sand"))
    _areas(builder, "Water areas", "water", read(builder.data, "water"))
    if builder.color.get("water_line"):
        color = builder.color["water_line"] or ""
        cases = [
            (one_of("kind", ("river", "canal")), line(stroke(color, builder.widths.line("river"))), "Rivers"),
            (one_of("kind", ("stream", "ditch")), line(stroke(color, builder.widths.line("stream"))), "Streams"),
        ]
        builder.add("Waterways", "line", read(builder.data, "waterways"), cases)
    _areas(builder, "Piers and breakwaters", "piers", read(builder.data, "piers"))
    if builder.color.get("pier"):
        symbol = line(stroke(builder.color["pier"] or "", max(0.2, 3000 / builder.page.scale), FLAT))
        cases = [("TRUE", symbol, "Piers")]
        builder.add("Piers, lines", "line", read(builder.data, "piers_lines"), cases)
    _areas(builder, "Plazas and platforms", "plazas", on_land(read(builder.data, "plazas"), builder.sea))
    _areas(builder, "Aeroways", "aeroways", read(builder.data, "aeroways"))
    _areas(builder, "Bridge areas", "bridges", read(builder.data, "bridges"))


def _areas(builder: Builder, title: str, table: str, things: list[Thing]) -> None:
    """A layer of filled areas."""
    kinds, outline, width = AREAS[table]
    if table == "sea":
        outline = "water_line" if builder.theme.flags["coastline_line"] else ""
    builder.add(title, "polygon", things, area_cases(builder.theme, kinds, outline, width))
