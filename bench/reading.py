#!/usr/bin/python3
"""From an extract to themed, repaired, cut tables, against the fastest plain way: ogr2ogr twice, clipped.

Usage: bench/reading.py EXTRACT WEST,SOUTH,EAST,NORTH ... Prints seconds of each, alternating in one run, and the ratio.
Process start counts for the peer alone; it is about 0.1 s. What the peer loses at the edge is not counted here.
"""

import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "build" / "plugins"))

from osm2cdr.processing_provider import frame  # noqa: E402
from osm2cdr.processing_provider.feedback import Feedback  # noqa: E402
from osm2cdr.processing_provider.osm import cut, extract, stage  # noqa: E402
from osm2cdr.processing_provider.request import make_request  # noqa: E402

ROUNDS = 3


def ours(source: Path, box: str, folder: Path) -> tuple[list[float], int]:
    """Seconds for reading, sorting, cutting; and the objects."""
    request = make_request({"bbox": box, "formats": "gpkg", "detail": 6, "source": str(source)})
    area = request.area
    times = [time.perf_counter()]
    raw = extract.read(source, (area.west, area.south, area.east, area.north), folder, Feedback())
    times.append(time.perf_counter())
    staged = stage.stage(raw, (), 6, Feedback(), (area.west, area.south, area.east, area.north))
    times.append(time.perf_counter())
    polygon = frame.projected_area(area, "EPSG:4326")
    data = cut.cut(staged, "EPSG:4326", polygon, folder / "cut.gpkg", Feedback())
    times.append(time.perf_counter())
    return [after - before for before, after in zip(times, times[1:])], data.features


def peer(source: Path, box: str, folder: Path) -> float:
    """Seconds of ogr2ogr for lines and multipolygons, then points."""
    target = str(folder / "peer.gpkg")
    corners = box.split(",")
    cut_at = ["-spat", *corners, "-clipsrc", *corners]
    start = time.perf_counter()
    for more, layers in (([], ["lines", "multipolygons"]), (["-update"], ["points"])):
        subprocess.run(
            ["ogr2ogr", "-q", *more, "-f", "GPKG", target, str(source), *layers, *cut_at,
             "--config", "OGR_SQLITE_SYNCHRONOUS", "OFF"],
            check=True, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    return time.perf_counter() - start


def main() -> None:
    """Alternate both, print medians."""
    source = Path(sys.argv[1])
    print(f"{'km2':>7} {'objects':>8} {'read':>6} {'sort':>6} {'cut':>6} {'ours':>7} {'ogr2ogr':>8} {'ratio':>6}")
    for box in sys.argv[2:]:
        mine, theirs, features = [], [], 0
        for _ in range(ROUNDS):
            folder = Path(tempfile.mkdtemp())
            parts, features = ours(source, box, folder)
            mine.append(parts)
            theirs.append(peer(source, box, folder))
            shutil.rmtree(folder)
        parts = [statistics.median(column) for column in zip(*mine)]
        total, other = statistics.median(sum(row) for row in mine), statistics.median(theirs)
        km2 = make_request({"bbox": box, "formats": "gpkg"}).area.km2
        shown = " ".join(f"{part:6.2f}" for part in parts)
        print(f"{km2:7.1f} {features:8} {shown} {total:7.2f} {other:8.2f} {total / other:6.2f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"Peak memory of this process: {peak:.0f} MB")


if __name__ == "__main__":
    main()
