"""The areas that the tests export: the sample, and Monaco where the extract is there."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "build" / "sample" / "helsinki.osm.pbf"
SHARED = Path(os.environ.get("OSM2CDR_TEST_DATA", ROOT.parent / "shared" / "data"))
AREAS = {
    "sample": (SAMPLE, (24.9368, 60.1652, 24.9516, 60.1775)),
    "monaco": (SHARED / "monaco.osm.pbf", (7.4098, 43.7238, 7.4387, 43.7503)),
}
