"""A whole country in each format: what it takes, and that the format's independent reader opens what came of it.

Liechtenstein (162 km2), from a store, each format in a process of its own: tables, solids and networks at detail level
6, tiles at level 4, pages too, on A2 with 150 DPI. `.ci/bench bench/whole.py` writes docs/whole.json, of which
docs/formats.md is made; with ids of formats it measures these and keeps the rest.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from clock import cpu

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("OSM2CDR_TEST_DATA", ROOT.parent / "shared" / "data"))
SOURCE = DATA / "liechtenstein.osm.pbf"
PAGE = ROOT / "docs" / "whole.json"
# What is asked for beside the area, by view; else all that there is.
_ASKED: dict[str, dict[str, Any]] = {
    **{view: {"detail": 4, "page": "A2", "dpi": 150} for view in ("picture", "drawing", "toolpaths")},
    "tiles": {"detail": 4},
}
# What a job may take, and its reader: memory in bytes, seconds of the clock.
_MOST_BYTES, _MOST_SECONDS = 2 << 30, 1800


def write(name: str, folder: Path) -> dict[str, Any]:
    """Export in this process: the path of the file, its objects and bytes, seconds of the processor, memory."""
    from osm2cdr.processing_provider.feedback import Feedback
    from osm2cdr.processing_provider.formats.catalogue import FORMATS
    from osm2cdr.processing_provider.pipeline.run import run
    from osm2cdr.processing_provider.request.checks import make_request
    from osm2cdr.processing_provider.sources.opening import whole_box
    from osm2cdr.server.workers.fork import warm

    warm.load()
    before = cpu()
    asked = {"bbox": whole_box(str(SOURCE)), "formats": name, "detail": 6, "source": str(SOURCE)}
    done = run(make_request({**asked, **_ASKED.get(FORMATS[name].view, {})}), folder, Feedback())
    if done[0].error:
        raise done[0].error
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {"objects": done[0].features, "bytes": done[0].bytes, "seconds": round(cpu() - before, 1)}
    return {**told, "memory_mb": round(memory), "path": str(done[0].path)}


def read(name: str, path: Path) -> dict[str, Any]:
    """What the format's reader finds in a file."""
    from readers import READERS

    found = READERS[name](path)
    return {"layers": len(found.layers), "found": sum(found.layers.values())}


def child(*arguments: str) -> dict[str, Any]:
    """One of the two in a process of its own; RuntimeError with its last line where it fails."""
    command = [sys.executable, __file__, *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_MOST_SECONDS)
    except subprocess.TimeoutExpired:
        raise RuntimeError(f"more than {_MOST_SECONDS} seconds") from None
    if done.returncode:
        raise RuntimeError((done.stderr.strip() or f"exit {done.returncode}").splitlines()[-1])
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def tried(name: str) -> dict[str, Any]:
    """A row of the page: what writing took, and what its reader found."""
    with tempfile.TemporaryDirectory(prefix="osm2cdr-whole-") as folder:
        row = child("write", name, folder)
        row.update(child("read", name, row.pop("path")))
    if row["memory_mb"] * 2**20 > _MOST_BYTES:
        raise RuntimeError(f"{row['memory_mb']} MB of memory")
    return row


def keep(rows: dict[str, Any], written: list[str]) -> None:
    """Write the page's rows, in the order of the catalogue."""
    kept = {name: rows[name] for name in written if name in rows}
    text = ",\n".join(f"  {json.dumps(name)}: {json.dumps(row)}" for name, row in kept.items())
    PAGE.write_text(f"{{\n{text}\n}}\n", encoding="utf-8")


def main() -> None:
    """Try all formats, or those that are named; each is kept at once."""
    from osm2cdr.processing_provider.formats.registry import written_formats

    written = [item.id for item in written_formats()]
    rows = json.loads(PAGE.read_text(encoding="utf-8")) if PAGE.exists() else {}
    failed = []
    with tempfile.TemporaryDirectory(prefix="osm2cdr-stores-") as stores:
        os.environ["OSM2CDR_STORE"] = stores
        subprocess.run([str(ROOT / "bin" / "osm2cdr"), "store", "build", str(SOURCE)], check=True, capture_output=True)
        for name in sys.argv[1:] or written:
            start = time.monotonic()
            try:
                rows[name] = tried(name)
                print(name, rows[name], f"{time.monotonic() - start:.0f} s", flush=True)
            except RuntimeError as error:
                rows.pop(name, None)
                failed.append(name)
                print(name, "FAILED:", error, flush=True)
            keep(rows, written)
    sys.exit(f"Failed: {', '.join(failed)}" if failed else None)


if __name__ == "__main__":
    if sys.argv[1:2] == ["write"]:
        print(json.dumps(write(sys.argv[2], Path(sys.argv[3]))))
    elif sys.argv[1:2] == ["read"]:
        print(json.dumps(read(sys.argv[2], Path(sys.argv[3]))))
    else:
        main()
