"""How time and memory grow with the area, step by step, and what ogr2ogr takes for the same boxes.

A job is a process of its own that exports one format; its seconds are those of the processor, of its own children too.
Memory is the peak within a step: the kernel's high-water mark is put back where a step begins.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from clock import cpu

ROOT = Path(__file__).resolve().parent.parent
# Steps by their names in the reports of a run, as the page puts them together; the rest is the writer's.
STEPS = {"read": "read", "store": "read", "sort": "sort", "cut": "cut", "style": "style", "draw": "draw"}


def peak_mb() -> float:
    """The highest memory since the last call (proc(5), VmHWM of status, clear_refs)."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    high = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return high / 1024


class Watch:
    """Seconds and memory of each step, by the progress that a run reports."""

    def __init__(self) -> None:
        self.steps: dict[str, list[float]] = {}
        self._step, self._since = "start", cpu()

    def __call__(self, percent: float, step: str, text: str) -> None:
        """A step goes on, or another begins."""
        name = STEPS.get(step, "write") if step else self._step
        if name != self._step:
            self.close()
            self._step = name

    def close(self) -> None:
        """Count what was since the last step began."""
        now, high = cpu(), peak_mb()
        seconds, most = self.steps.get(self._step, (0.0, 0.0))
        self.steps[self._step] = [seconds + now - self._since, max(most, high)]
        self._since = now


def job(source: str, box: str, name: str, level: int, style: str) -> dict[str, Any]:
    """Run in a process of its own: its steps, the objects of the file, the area."""
    watch = Watch()
    from osm2cdr.processing_provider.feedback import Feedback
    from osm2cdr.processing_provider.pipeline.run import run
    from osm2cdr.processing_provider.request.checks import make_request
    from osm2cdr.server.workers.fork import warm

    warm.load()
    request = make_request({"bbox": box, "formats": name, "detail": level, "source": source, "style": style})
    with tempfile.TemporaryDirectory() as folder:
        done = run(request, Path(folder), Feedback(watch))
        watch.close()
        if done[0].error:
            raise done[0].error
        return {"steps": watch.steps, "objects": done[0].features, "bytes": done[0].bytes, "km2": request.area.km2}


def measure(source: str, box: str, name: str, level: int, store: str = "off", style: str = "minimal") -> dict[str, Any]:
    """A job's steps, its seconds in all and its highest memory; `store` as OSM2CDR_STORE has it."""
    command = [sys.executable, __file__, source, box, name, str(level), style]
    environment = {**os.environ, "OSM2CDR_STORE": store}
    told = subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout
    row: dict[str, Any] = json.loads(told.splitlines()[-1])
    row["seconds"] = sum(seconds for seconds, _ in row["steps"].values())
    row["peak"] = max(most for _, most in row["steps"].values())
    return row


def children(*command: str) -> float:
    """Seconds of the processor that a program takes."""
    before = cpu()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return cpu() - before


def ogr2ogr(source: str, box: str) -> float:
    """Seconds of the processor: GDAL's own way to the same box, unthemed; points apart, as it must be."""
    corners = box.split(",")
    with tempfile.TemporaryDirectory() as folder:
        target = f"{folder}/peer.gpkg"
        common = ["-spat", *corners, "-clipsrc", *corners, "--config", "OGR_SQLITE_SYNCHRONOUS", "OFF"]
        first = children("ogr2ogr", "-q", "-f", "GPKG", target, source, "lines", "multipolygons", *common)
        return first + children("ogr2ogr", "-q", "-update", "-f", "GPKG", target, source, "points", *common)


def line(row: dict[str, Any], first: str) -> str:
    """A row of the tables by step."""
    names = ("start", "read", "sort", "cut", "style", "draw", "write")
    steps = [row["steps"].get(name) for name in names]
    cells = [f"{step[0]:.1f} s, {step[1]:,.0f} MB" if step else "" for step in steps]
    return f"| {first} | {row['objects']:,} | {row['seconds']:.1f} | {row['peak']:,.0f} MB | {' | '.join(cells)} |"


def report(source: str, boxes: dict[int, str], direct_to: int) -> str:
    """The growth of data and of artwork, with a store and (up to so many km2) without, beside ogr2ogr."""
    with tempfile.TemporaryDirectory(prefix="osm2cdr-bench-") as stores:
        os.environ["OSM2CDR_STORE"] = stores
        built = children(str(ROOT / "bin" / "osm2cdr"), "store", "build", source)
        size = sum(path.stat().st_size for path in Path(stores).rglob("*") if path.is_file())
        rows, steps = [], []
        for km2, box in boxes.items():
            peer = ogr2ogr(source, box)
            cells = [f"{km2:,}", f"{peer:.1f}"]
            for name in ("gpkg", "svg"):
                warm = measure(source, box, name, 3, stores)
                steps.append(line(warm, f"{name}, {km2:,}"))
                cold = measure(source, box, name, 3) if km2 <= direct_to else None
                cells += [
                    f"{cold['seconds']:.1f}" if cold else "", f"{warm['seconds']:.1f}",
                    f"{warm['seconds'] / peer:.2f}", f"{warm['peak']:,.0f} MB",
                ]  # fmt: skip
            rows.append(f"| {' | '.join(cells)} |")
    head = ["| km2 | ogr2ogr, s |", "|---:|---:|"]
    for name in ("GeoPackage", "SVG"):
        head[0] += f" {name} without a store, s | with one, s | of ogr2ogr's | memory |"
        head[1] += "---:|" * 4
    by_step = ["| | objects | s | memory | start | read | sort | cut | style | draw | write |", "|---|" + "---:|" * 10]
    about = f"Building the store took {built:.0f} s; it has {size / 1e6:,.0f} MB."
    return "\n".join([*head, *rows, "", about, "", *by_step, *steps])


if __name__ == "__main__":
    print(json.dumps(job(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), sys.argv[5])))
