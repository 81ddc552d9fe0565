"""The documented batch example, byte for byte but for address and key, over three dense cities on this machine.

Each city is Berlin-Wedding's tile, 18 times 18 of it round the example's box; their stores are built before. The
example itself gives each city 180 seconds, all three at once.
"""

import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GRID = (18, 18)
TILE = (13.3083345, 52.5384309, 13.3577584, 52.5646472)


def dense(tile: Path, folder: Path) -> dict[str, Path]:
    """An extract for each city, made once."""
    from documented import CITIES
    from moved import move

    folder.mkdir(parents=True, exist_ok=True)
    paths = {}
    for name, box in CITIES.items():
        paths[name] = folder / f"{name}.osm.pbf"
        if not paths[name].exists():
            middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            half = GRID[0] * (TILE[2] - TILE[0]) / 2, GRID[1] * (TILE[3] - TILE[1]) / 2
            covers = (middle[0] - half[0], middle[1] - half[1], middle[0] + half[0], middle[1] + half[1])
            draft = folder / "draft.osm.pbf"
            move(tile, draft, TILE, box, GRID, covers)
            draft.rename(paths[name])
    return paths


class Peaks(threading.Thread):
    """The highest memory of each process below one, looked at five times a second."""

    def __init__(self, above: int) -> None:
        super().__init__(daemon=True)
        self.above, self.over = above, threading.Event()
        self.most: dict[int, float] = {}

    def run(self) -> None:
        """Until `over` is set."""
        while not self.over.wait(0.2):
            parents = {}
            for stat in Path("/proc").glob("[0-9]*/stat"):
                try:
                    parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
                except (OSError, IndexError):
                    continue
            below = {self.above}
            while more := {pid for pid, parent in parents.items() if parent in below} - below:
                below |= more
            for pid in below:
                try:
                    found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
                except OSError:
                    continue
                self.most[pid] = max(self.most.get(pid, 0.0), int(found[1]) / 1024 if found else 0.0)


def report(tile: Path, folder: Path) -> str:
    """What the example printed, and what it took."""
    import server
    from documented import example

    paths = dense(tile, folder)
    stores = folder / "stores"
    os.environ["OSM2CDR_STORE"] = str(stores)
    building = []
    for name, path in paths.items():
        start = time.perf_counter()
        subprocess.run([str(ROOT / "bin" / "osm2cdr"), "store", "build", str(path)], check=True, capture_output=True)
        building.append(f"{name} {time.perf_counter() - start:.0f} s")
    with server.running(",".join(map(str, paths.values()))) as running, tempfile.TemporaryDirectory() as place:
        peaks = Peaks(running.process.pid)
        peaks.start()
        script = Path(place) / "batch.py"
        script.write_text(example("batch.py", f"{running.url}/api", running.key), encoding="utf-8")
        began = time.time()
        done = subprocess.run([sys.executable, script], cwd=place, capture_output=True, text=True, check=False)
        peaks.over.set()
        files = {path.stem: path.stat() for path in Path(place).glob("*.svg")}
    lines = ["| city | printed | MB | after, s |", "|---|---|---:|---:|"]
    for name in paths:
        said = next((line for line in done.stdout.splitlines() if line.startswith(f"{name}:")), done.stderr[-200:])
        file = files.get(name)
        cells = f"{file.st_size / 1e6:.1f} | {file.st_mtime - began:.0f}" if file else " | "
        lines.append(f"| {name} | `{said}` | {cells} |")
    lines += [
        "",
        f"The largest process had {max(peaks.most.values()):,.0f} MB. The stores were built before: "
        f"{', '.join(building)}.",
    ]
    return "\n".join(lines)
