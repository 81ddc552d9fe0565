"""Points of interest: landmarks as dots with their names."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from .builder import Builder
from .features import read
from .symbols import dot

_LANDMARK_CLASSES = (
    "hospital", "theatre", "library", "museum", "university", "townhall", "station", "attraction", "castle",
    "place_of_worship", "police", "hotel",
)  # fmt: skip


def pois(builder: Builder) -> None:
    """What people look for on a map."""
    wanted, detail = builder.theme.flags["labels"], builder.detail
    if "pois" in wanted and detail >= 4 and builder.color.get("poi"):
        pois = [t for t in read(builder.data, "pois") if t["name"]]
        classes = builder.theme.flags["poi_classes"] or (() if detail >= 6 else _LANDMARK_CLASSES)
        if classes:
            pois = [t for t in pois if t["class"] in classes]
        symbol = dot(builder.color["poi"] or "", builder.color["halo"] or "#FFFFFF", 0.9)
        builder.add("Points of interest", "point", pois, [("TRUE", symbol, "Landmarks")], names=builder.labels.pois())
