"""Every name on the map: water, parks, streets, house numbers and places."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from .builder import Builder
from .features import Thing, named_lines, read
from .symbols import dot


def names(builder: Builder) -> None:
    """Every label but those of points of interest."""
    wanted, detail = builder.theme.flags["labels"], builder.detail
    if "water" in wanted:
        water = _label_points(builder, "water", "lake", 2e-4)
        builder.add(
            "Water names", "point", water, names=builder.labels.areas("text_water", builder.theme.font["water"], 6.0)
        )
    if "parks" in wanted and detail >= 3:
        parks = _label_points(builder, "green", "park", 1e-4 if detail < 5 else 3e-5)
        builder.add("Park names", "point", parks, names=builder.labels.areas("text_park"))
    if "streets" in wanted and detail >= 3:
        ways = [t for t in read(builder.data, "roads") + read(builder.data, "paths") if not t["tunnel"]]
        if detail == 3:
            ways = [t for t in ways if t["kind"] in ("motorway", "trunk", "primary", "secondary", "tertiary")]
        builder.add("Street names", "line", named_lines(ways, builder.page.scale), names=builder.labels.streets())
    if detail >= 5 and builder.color.get("hn") and "streets" in wanted:
        builder.add("House numbers", "point", read(builder.data, "housenumbers"), names=builder.labels.housenumbers())
    if "places" in wanted:
        places = [t for t in read(builder.data, "places") if t["name"]]
        cases = []
        if detail <= 2:
            symbol = dot(builder.color["halo"] or "#FFFFFF", builder.color["text_place"] or "#000000", 1.1)
            cases = [("TRUE", symbol, "Places")]
        builder.add("Place names", "point", places, cases, names=builder.labels.places())


def _label_points(builder: Builder, table: str, kind: str, share: float) -> list[Thing]:
    """A point inside each named area that is larger than a share of the page."""
    least = share * (builder.page.xmax - builder.page.xmin) * (builder.page.ymax - builder.page.ymin)
    named = [t for t in read(builder.data, table) if t["name"] and t["kind"] == kind]
    return [
        Thing(thing.geometry.poleOfInaccessibility(builder.page.scale * 0.0005)[0], thing.values)
        for thing in named
        if thing.geometry.area() >= least
    ]
