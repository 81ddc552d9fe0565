"""What jobs take: measured on real extracts, fitted, and written into the table of request/guessing.py.

`.ci/bench bench/estimating.py measure FOLDER` runs each group of formats at each detail level over some areas, one
forked child each as the server's engine does, and lays FOLDER/runs.jsonl down; words behind that are the views to
measure, all where there are none. `fit FOLDER` makes the table of it, in which views that were not measured stay as
they are, and prints how far it is off. FOLDER holds the extracts that AREAS names; missing ones are left out.

Seconds are those of the processor: what else the machine does makes no difference. Memory is what the server counts
(processes.py).
"""

import json
import math
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import nnls

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "processing_provider" / "request" / "guessing.json"
# Extract, box, the highest detail level.
AREAS = (
    ("helsinki.osm.pbf", "24.9368,60.1652,24.9516,60.1775", 6),
    ("monaco.osm.pbf", "7.4098,43.7238,7.4387,43.7503", 6),
    ("berlin-wedding.osm.pbf", "13.3333,52.541,13.3500,52.5557", 6),
    ("berlin-wedding.osm.pbf", "13.308,52.538,13.358,52.565", 6),
    ("liechtenstein.osm.pbf", "9.49,47.10,9.56,47.18", 6),
    ("liechtenstein.osm.pbf", "9.47,47.04,9.64,47.27", 4),
    ("large.osm.pbf", "13.32,52.55,13.48,52.64", 4),
)
# The most asked for first.
LEVELS = (3, 5, 1, 4, 6, 2)
VIEWS = ("network", "navigation", "data", "source", "scene", "drawing", "picture", "tiles", "heights", "toolpaths")


def measure(folder: Path, views: list[str]) -> None:
    """Every run, appended to runs.jsonl; those that stand there already are not done again."""
    from osm2cdr.processing_provider.formats.catalogue import FORMATS
    from osm2cdr.server.workers import density
    from osm2cdr.server.workers.fork import warm

    warm.load()
    out = folder / "runs.jsonl"
    done = {tuple(json.loads(line)["key"]) for line in out.read_text().splitlines()} if out.exists() else set()
    surveys = {name: density.count(folder / name) for name, _, _ in AREAS if (folder / name).exists()}
    for detail in LEVELS:
        for name, box, highest in AREAS:
            if name not in surveys or detail > highest:
                continue
            counted = surveys[name]
            nodes = counted.nodes(*map(float, box.split(",")))
            for view in views or VIEWS:
                key = (name, box, detail, view)
                if key in done:
                    continue
                formats = [item.id for item in FORMATS.values() if item.writer and item.view == view]
                fields = {"bbox": box, "formats": formats, "detail": detail, "source": str(folder / name)}
                row = _forked(fields)
                row.update(key=key, nodes=nodes, detail=detail, file_mb=counted.size / 2**20)
                with out.open("a") as file:
                    file.write(json.dumps(row) + "\n")
                print(key, f"{row['seconds']:.1f} s", f"{row['memory_mb']} MB", row.get("error", ""), flush=True)


def _forked(fields: dict[str, Any]) -> dict[str, Any]:
    from osm2cdr.server.workers.process_table import memory_mb

    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        pid = os.fork()
        if pid == 0:
            try:
                os.setsid()
                os.environ["XDG_RUNTIME_DIR"] = os.environ["TMPDIR"] = tempfile.tempdir = folder
                log = os.open(Path(folder) / "log", os.O_WRONLY | os.O_CREAT)
                os.dup2(log, 1)
                os.dup2(log, 2)
                answer.write_text(json.dumps(_run(fields, Path(folder))))
            finally:
                os._exit(0)
        peak = 0
        while os.waitpid(pid, os.WNOHANG)[0] == 0:
            peak = max(peak, memory_mb(pid))
            time.sleep(0.05)
        row: dict[str, Any] = json.loads(answer.read_text())
        return {**row, "memory_mb": peak}


def _cpu() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _run(fields: dict[str, Any], folder: Path) -> dict[str, Any]:
    from osm2cdr.processing_provider.pipeline import events, view_builders
    from osm2cdr.processing_provider.pipeline import run as pipeline
    from osm2cdr.processing_provider.pipeline.stages import Stages
    from osm2cdr.processing_provider.request.checks import make_request
    from osm2cdr.processing_provider.request.request_argument import export_parameters
    from osm2cdr.server.workers.fork import warm

    writing: dict[str, float] = {}
    viewing: dict[str, float] = {}
    one, view, staged = pipeline.one, view_builders.build, Stages.staged
    spent = {"view": 0.0, "stage": 0.0}

    def timed_staged(self: Any, *more: Any) -> Any:
        start = _cpu()
        try:
            return staged(self, *more)
        finally:
            spent["stage"] += _cpu() - start

    def timed_view(stages: Any, item: Any, feedback: Any) -> Any:
        start, before = _cpu(), spent["stage"]
        try:
            return view(stages, item, feedback)
        finally:
            took = _cpu() - start - (spent["stage"] - before)
            spent["view"] += took
            viewing[item.view] = viewing.get(item.view, 0.0) + took

    def timed_one(self: Any, item: Any, *more: Any) -> Any:
        start, before = _cpu(), spent["view"] + spent["stage"]
        try:
            return one(self, item, *more)
        finally:
            writing[item.id] = _cpu() - start - (spent["view"] + spent["stage"] - before)

    pipeline.one, view_builders.build, Stages.staged = timed_one, timed_view, timed_staged
    report = folder / "report.jsonl"
    os.environ[events.VARIABLE] = str(report)
    start = _cpu()
    parameters = {**export_parameters(make_request(fields)), "OUTPUT_FOLDER": str(folder / "files")}
    warm.run(folder, parameters)
    told = events.read_events(report)
    files = {e.format: (e.bytes, e.features) for e in told if isinstance(e, events.Made)}
    lost = [e.text for e in told if isinstance(e, (events.Lost, events.Failed))]
    row = {"seconds": _cpu() - start, "stage": spent["stage"], "views": viewing, "writing": writing, "files": files}
    return {**row, "error": " ".join(lost)} if lost else row


def fit(folder: Path, views: list[str]) -> None:
    """The table: a constant and a factor of the nodes for each detail level; of pictures a size for each level."""
    rows = [json.loads(line) for line in (folder / "runs.jsonl").read_text().splitlines()]
    table: dict[str, Any] = json.loads(TABLE.read_text(encoding="utf-8"))
    measured = [view for view in VIEWS if any(r["key"][3] == view for r in rows)]
    if len(measured) == len(VIEWS):
        base = _line([(r["nodes"], r["detail"], r["stage"]) for r in rows], [r["file_mb"] for r in rows])
        objects = _line([(r["nodes"], r["detail"], r["files"]["gpkg"][1]) for r in rows if "gpkg" in r["files"]])
        table = {"stage_seconds": base, "views": {}, "formats": {}, "objects": objects}
    for view in measured:
        mine = [r for r in rows if r["key"][3] == view and view in r["views"]]
        table["views"][view] = {
            "seconds": _line([(r["nodes"], r["detail"], r["views"][view]) for r in mine]),
            "memory_mb": _line([(r["nodes"], r["detail"], r["memory_mb"]) for r in mine]),
        }
    if "source" in measured:
        # Memory of osmium's own: by the largest number of a node, whatever the area.
        most = max(r["memory_mb"] for r in rows if r["key"][3] == "source")
        table["views"]["source"]["memory_mb"] = [float(most), *[0.0] * 6]
    for name in sorted({name for r in rows for name in r["files"]}):
        mine = [r for r in rows if name in r["files"]]
        sizes = [(r["nodes"], r["detail"], r["files"][name][0]) for r in mine]
        # A picture is filled at any density: its size goes by what a level shows.
        table["formats"][name] = {
            "bytes": _levels(sizes) if mine[0]["key"][3] == "picture" else _line(sizes),
            "seconds": _line([(r["nodes"], r["detail"], r["writing"][name]) for r in mine]),
        }
    TABLE.write_text(_written(table), encoding="utf-8")
    _judge(rows)


def _line(points: list[tuple[float, int, float]], extra: list[float] | None = None) -> list[float]:
    """Constant, factor of the nodes at levels 1 to 6 (and of `extra`), none below zero, by least relative squares."""
    width = 7 + (1 if extra else 0)
    matrix, wanted = np.zeros((len(points), width)), np.ones(len(points))
    for number, (nodes, detail, value) in enumerate(points):
        weight = 1 / max(value, 0.05)
        matrix[number, 0], matrix[number, detail], wanted[number] = weight, nodes * weight, value * weight
        if extra:
            matrix[number, 7] = extra[number] * weight
    factors = nnls(matrix, wanted)[0]
    for level in range(2, 7):
        # A level that no area tells of takes at least what the one below does.
        factors[level] = max(factors[level], factors[level - 1])
    return [float(f"{value:.3g}") for value in factors]


def _levels(points: list[tuple[float, int, float]]) -> list[float]:
    """Nothing of the nodes, but a size for each level: the geometric mean, in between that of the neighbours."""
    known = {level for _, level, _ in points}
    means = [np.mean([math.log(v) for _, at, v in points if at == level]) for level in sorted(known)]
    return [float(f"{math.exp(np.interp(level, sorted(known), means)):.3g}") for level in range(1, 7)]


def _written(table: dict[str, Any]) -> str:
    """JSON with a line for each row."""
    lines = [f'"stage_seconds": {json.dumps(table["stage_seconds"])}', f'"objects": {json.dumps(table["objects"])}']
    for part in ("views", "formats"):
        inner = ",\n".join(f"    {json.dumps(name)}: {json.dumps(row)}" for name, row in table[part].items())
        lines.append(f'"{part}": {{\n{inner}\n  }}')
    return "{\n  " + ",\n  ".join(lines) + "\n}\n"


def _judge(rows: list[dict[str, Any]]) -> None:
    """How far the table is off on what it was made of."""
    from osm2cdr.processing_provider.request import guessing

    ratios: dict[str, list[float]] = {"bytes": [], "objects": [], "seconds": [], "memory": []}
    for row in rows:
        formats = list(row["files"])
        guess = guessing.guess(row["nodes"], row["detail"], formats, row["file_mb"])
        for name in formats:
            ratios["bytes"].append(guess.bytes[name] / row["files"][name][0])
        if "gpkg" in row["files"]:
            ratios["objects"].append(guess.objects / max(1, row["files"]["gpkg"][1]))
        ratios["seconds"].append(guess.seconds / row["seconds"])
        ratios["memory"].append(guess.memory_mb / row["memory_mb"])
    for name, values in ratios.items():
        if not values:
            continue
        low, middle, high = np.percentile(values, [5, 50, 95])
        print(f"{name}: {len(values)} values, median {middle:.2f}, 90 % within {low:.2f} to {high:.2f} of the truth")


if __name__ == "__main__":
    {"measure": measure, "fit": fit}[sys.argv[1]](Path(sys.argv[2]), sys.argv[3:])
