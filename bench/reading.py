"""From an extract to themed, repaired, cut tables in a GeoPackage, beside the plain ways to get there.

Peers in the same run, by turns: `ogr2ogr -spat -clipsrc` twice (lines with multipolygons, then points), and `osmium
extract -s smart` before it. None of them sorts, mends or styles anything. What they lose at the edge is counted against
the raw reading: objects that touch the box and are not in the peer's file.
"""

import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from clock import cpu

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 3
LAYERS = ("points", "lines", "multipolygons")


def ours(source: str, box: str, folder: Path) -> dict:
    """Run in a process of its own: seconds of each step, objects, peak memory."""
    started = cpu()
    from osm2cdr.processing_provider.feedback import Feedback
    from osm2cdr.processing_provider.geo import projection
    from osm2cdr.processing_provider.osm import cut, staging
    from osm2cdr.processing_provider.pipeline import run  # noqa: F401 - the whole way is loaded
    from osm2cdr.processing_provider.request.checks import make_request
    from osm2cdr.processing_provider.sources import extract

    request = make_request({"bbox": box, "formats": "gpkg", "detail": 6, "source": source})
    area = request.area
    corners = (area.west, area.south, area.east, area.north)
    times = [started, cpu()]
    raw = extract.read(Path(source), corners, folder, Feedback())
    times.append(cpu())
    staged = staging.stage(raw, (), 6, Feedback(), corners)
    times.append(cpu())
    data = cut.cut(
        staged, projection.WGS84, projection.projected_area(area, projection.WGS84), folder / "cut.gpkg", Feedback()
    )
    times.append(cpu())
    steps = dict(zip(("start", "read", "sort", "cut"), (after - before for before, after in zip(times, times[1:]))))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {**steps, "objects": data.features, "peak": peak, "km2": area.km2}


def run(*command: str) -> float:
    """Seconds of a program."""
    start = cpu()
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return cpu() - start


def ogr2ogr(source: str, box: str, target: Path) -> float:
    """Both runs of ogr2ogr, clipped."""
    corners = box.split(",")
    common = ["-spat", *corners, "-clipsrc", *corners, "--config", "OGR_SQLITE_SYNCHRONOUS", "OFF"]
    first = run("ogr2ogr", "-q", "-f", "GPKG", str(target), source, "lines", "multipolygons", *common)
    return first + run("ogr2ogr", "-q", "-update", "-f", "GPKG", str(target), source, "points", *common)


def osmium(source: str, box: str, folder: Path, target: Path) -> float:
    """osmium's extract with whole relations, then ogr2ogr on it."""
    small = str(folder / "smart.osm.pbf")
    return run("osmium", "extract", "-s", "smart", "-b", box, source, "-o", small) + ogr2ogr(small, box, target)


def numbers(paths: list[Path], box: str | None = None) -> set[tuple[str, str]]:
    """The objects in GeoPackages of raw layers; of those that touch `box` where one is given, the tagged ones."""
    from osgeo import gdal

    corners = [float(corner) for corner in box.split(",")] if box else []
    found = set()
    for path in paths:
        dataset = gdal.OpenEx(str(path))
        for name in LAYERS:
            layer = dataset.GetLayerByName(name)
            if layer is None:
                continue
            columns = [field.GetName() for field in layer.schema]
            # The driver makes areas of some closed ways by its own rules; ours are lines until they are sorted.
            ids = [column for column in ("osm_id", "osm_way_id") if column in columns]
            tags = ", ".join(f'"{column}"' for column in columns if column not in ids)
            tagged = f"WHERE COALESCE({tags}) IS NOT NULL" if box else ""
            rows = dataset.ExecuteSQL(f"SELECT {', '.join(ids)}, geom FROM {name} {tagged}")
            if corners:
                rows.SetSpatialFilterRect(*corners)
            for feature in rows:
                number = feature["osm_id"]
                found.add(("lines", feature["osm_way_id"]) if number is None else (name, number))
            dataset.ReleaseResultSet(rows)
    return found


def measure(source: str, box: str) -> dict:
    """Medians of some rounds by turns, and the losses."""
    rows: dict[str, list[float]] = {}
    lost = {}
    for round_number in range(ROUNDS):
        folder = Path(tempfile.mkdtemp(prefix="osm2cdr-bench-"))
        try:
            told = subprocess.run(
                [sys.executable, __file__, "ours", source, box, str(folder)], check=True, capture_output=True, text=True
            )
            mine = json.loads(told.stdout.splitlines()[-1])
            files = {"ogr2ogr": folder / "ogr.gpkg", "osmium": folder / "osmium.gpkg"}
            mine["ogr2ogr"] = ogr2ogr(source, box, files["ogr2ogr"])
            mine["osmium"] = osmium(source, box, folder, files["osmium"])
            for key, value in mine.items():
                rows.setdefault(key, []).append(value)
            if round_number == 0:
                whole = numbers([folder / "raw" / f"{layer}.gpkg" for layer in LAYERS], box)
                lost = {f"{name} lost": len(whole - numbers([path])) for name, path in files.items()}
        finally:
            shutil.rmtree(folder)
    result = {key: statistics.median(values) for key, values in rows.items()}
    result["ours"] = result["read"] + result["sort"] + result["cut"]
    return {**result, **lost}


def report(source: str, boxes: list[str]) -> str:
    """Both tables as Markdown."""
    results = [measure(source, box) for box in boxes]
    head = "| km2 | objects | ours, s | ogr2ogr, s | ratio | lost | osmium + ogr2ogr, s | ratio | lost | peak memory |"
    lines = [head, "|" + "---:|" * 10]
    for row in results:
        lines.append(
            f"| {row['km2']:.0f} | {row['objects']:,.0f} | {row['ours']:.1f} | {row['ogr2ogr']:.1f} | "
            f"{row['ours'] / row['ogr2ogr']:.2f} | {row['ogr2ogr lost']} | {row['osmium']:.1f} | "
            f"{row['ours'] / row['osmium']:.2f} | {row['osmium lost']} | {row['peak']:.0f} MB |"
        )
    lines += [
        "",
        "| km2 | process start, s | reading (GDAL) | sorting, mending | cutting, writing |",
        "|" + "---:|" * 5,
    ]
    for row in results:
        share = (f"{row[step]:.1f} s, {row[step] / row['ours']:.0%}" for step in ("read", "sort", "cut"))
        lines.append(f"| {row['km2']:.0f} | {row['start']:.1f} | " + " | ".join(share) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    if sys.argv[1] == "ours":
        print(json.dumps(ours(sys.argv[2], sys.argv[3], Path(sys.argv[4]))))
    else:
        print(report(sys.argv[1], sys.argv[2:]))
