"""Where things are: the checkout, and the areas that the tests export, Monaco where its extract is there."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TESTS = ROOT / "tests"
SAMPLE = ROOT / "build" / "sample" / "helsinki.osm.pbf"
SHARED = Path(os.environ.get("OSM2CDR_TEST_DATA", ROOT.parent / "shared" / "data"))
AREAS = {
    "sample": (SAMPLE, (24.9368, 60.1652, 24.9516, 60.1775)),
    "monaco": (SHARED / "monaco.osm.pbf", (7.4098, 43.7238, 7.4387, 43.7503)),
}
# What is read of them is compared object by object.
WINDOWS = {
    "monaco": AREAS["monaco"],
    "liechtenstein": (SHARED / "liechtenstein.osm.pbf", (9.48, 47.05, 9.62, 47.27)),
    "berlin-wedding": (SHARED / "berlin-wedding.osm.pbf", (13.31, 52.54, 13.36, 52.56)),
}
