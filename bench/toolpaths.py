"""The way with the tool up: our order of the lines of each operation beside vpype's of the same lines.

.venv/bin/python bench/toolpaths.py EXTRACT WEST,SOUTH,EAST,NORTH   (part `toolpaths` of bench/run.py)

vpype, a program of its own, is made a virtual environment in build/bench where it is not there.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from clock import cpu

ROOT = Path(__file__).resolve().parent.parent
PEER = ROOT / "build" / "bench" / "vpype"
# CSS pixels of a millimetre, in which vpype counts.
PIXELS = 96 / 25.4


def peer() -> Path:
    """vpype."""
    program = PEER / "bin" / "vpype"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", str(PEER)], check=True)
        subprocess.run([str(PEER / "bin" / "pip"), "install", "-q", "vpype>=1.14,<2"], check=True)
    return program


def toolpaths(source: str, box: str, folder: Path) -> Any:
    """The toolpaths of an area at the finest level of a town."""
    from osm2cdr.processing_provider.feedback import Feedback
    from osm2cdr.processing_provider.formats.catalogue import FORMATS
    from osm2cdr.processing_provider.pipeline.stages import Stages
    from osm2cdr.processing_provider.pipeline.tooling import toolpaths as make
    from osm2cdr.processing_provider.request.checks import make_request

    fields = {"bbox": [float(side) for side in box.split(",")], "formats": "hpgl", "detail": 5, "source": source}
    stages = Stages(make_request(fields), folder)
    stages.read(Feedback())
    return make(stages, FORMATS["hpgl"], Feedback())


def by_vpype(lines: list[Any], width: float, height: float, folder: Path) -> tuple[float, float]:
    """The way with the pen up in mm, and the seconds that vpype takes for reading and sorting."""
    drawing = folder / "lines.svg"
    shapes = "".join(
        '<polyline points="' + " ".join(f"{x:.3f},{y:.3f}" for x, y in line.tolist()) + '"/>' for line in lines
    )
    drawing.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" viewBox="0 0 {width} {height}" '
        f'fill="none" stroke="black">{shapes}</svg>'
    )
    command = [str(peer()), "read", "-q", "0.001mm", str(drawing), "linesort", "stat"]
    start = cpu()
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return float(re.search(r"Pen-up length: ([\d.]+)", told)[1]) / PIXELS, cpu() - start


def report(source: str, box: str) -> str:
    """The table of all operations."""
    from osm2cdr.processing_provider.drawing.toolpaths.model import Operation
    from osm2cdr.processing_provider.drawing.toolpaths.ordering import sorted_lines
    from osm2cdr.processing_provider.feedback import Feedback

    rows = ["| operation | lines | drawn m | lifted m | vpype m | ours by vpype's | seconds | vpype s |"]
    rows.append("|---|" + "---:|" * 7)
    with tempfile.TemporaryDirectory() as folder:
        made = toolpaths(source, box, Path(folder))
        page = (0.0, 0.0, made.width, made.height)
        for operation in made.operations[:-1]:
            # Thrown together, always alike.
            order = np.argsort(np.arange(len(operation.lines)) * 0.6180339887 % 1)
            lines = [operation.lines[number] for number in order]
            start = cpu()
            done = Operation(operation.name, "", tuple(sorted_lines(lines, np.zeros(2), page, Feedback())))
            seconds = cpu() - start
            theirs, taken = by_vpype(lines, made.width, made.height, Path(folder))
            rows.append(
                f"| {operation.name} | {len(lines):,} | {operation.length / 1000:.1f} | {done.travel / 1000:.2f} | "
                f"{theirs / 1000:.2f} | **{done.travel / theirs:.2f}** | {seconds:.2f} | {taken:.2f} |"
            )
    return "\n".join(rows)


if __name__ == "__main__":
    from qgis.core import QgsApplication

    application = QgsApplication([], False)
    application.initQgis()
    print(report(sys.argv[1], sys.argv[2]))
