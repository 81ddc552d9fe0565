"""How many names are on the map, by what QGIS drew, into docs/cartography.md: `.ci/bench bench/labels.py`."""

# SPDX-License-Identifier: GPL-2.0-or-later
import tempfile
from pathlib import Path

import as_package  # noqa: F401
from drawn import areas, make, places, streets
from qgis.core import QgsApplication

from areas import AREAS, SHARED

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "cartography.md"
BEGIN, END = "<!-- names: begin -->", "<!-- names: end -->"
MAPS = {
    "Monaco, level 4": (*AREAS["monaco"], 4),
    "Berlin-Wedding, level 4": (SHARED / "berlin-wedding.osm.pbf", (13.308, 52.538, 13.358, 52.565), 4),
    "Helsinki, level 4": (*AREAS["sample"], 4),
    "Helsinki, level 5": (*AREAS["sample"], 5),
}


def main() -> None:
    """Measure every map in style `default` and write the table."""
    application = QgsApplication([], False)
    application.initQgis()
    rows, missing = [], []
    for title, (source, bbox, detail) in MAPS.items():
        with tempfile.TemporaryDirectory() as folder:
            made = make(bbox, source, detail, "default", Path(folder))
        kinds = {
            "streets": [street for street in streets(made) if street.size >= 1.5 * street.need],
            "places": places(made),
            "parks": [park for park in areas(made, "park", "cemetery", "forest") if park.size >= 1],
        }
        counts = [f"{sum(thing.drawn for thing in found)} of {len(found)}" for found in kinds.values()]
        rows.append(f"| {title} | " + " | ".join(counts) + " |")
        missing += [
            f"- {title}: {thing.name}, {thing.reason or 'given up for another name'}"
            for found in kinds.values() for thing in found if not thing.drawn
        ]  # fmt: skip
    table = [
        "| map | streets 1.5 times as long as their name | places | parks over 1 cm2 |",
        "|---|---:|---:|---:|",
        *rows,
    ]
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    text = "\n".join([BEGIN, "", *table, "", "Without a name:", "", *(missing or ["none"]), "", END])
    PAGE.write_text(before + text + rest.partition(END)[2], encoding="utf-8")
    print("\n".join([*table, *missing]))


if __name__ == "__main__":
    main()
