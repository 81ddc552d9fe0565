"""Maps for Garmin's devices: mkgmap compiles the Polish text, whose sections are read by cGPSmapper's manual."""

import os
import re
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np

from readers.found import Found

SECTIONS = {"POI": "points", "POLYLINE": "lines", "POLYGON": "areas"}


def mkgmap(path: Path, folder: Path, *more: str, java: str = "") -> str:
    """What mkgmap says while it compiles a map into a folder; it complains of nothing. `java` are options of Java."""
    # A map of a few kilometres is done before Java's better compiler has looked at it.
    frugal = {**os.environ, "JAVA_TOOL_OPTIONS": "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 " + java}
    words = ["mkgmap", "--max-jobs=1", f"--output-dir={folder}", *more, str(path)]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False, timeout=300, env=frugal)
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert "Number of MapFailedExceptions: 0" in said, said
    assert not [word for word in ("SEVERE", "ERROR", "Exception:", "Ignoring unrecognised") if word in said], said
    return said


def sections(path: Path):
    """(name, [(key, value), ...]) of each section, and the file's comment; every line of it is understood."""
    data = path.read_bytes()
    codec = "utf-8"
    for line in data.split(b"\r\n"):
        if line.startswith(b"CodePage="):
            codec = f"cp{line[9:].decode()}"
    name, told, found, comment = "", [], [], ""
    for line in data.decode(codec).split("\r\n"):
        if line.startswith("[END"):
            assert name
            found.append((name, told))
            name, told = "", []
        elif line.startswith("["):
            assert not name
            name, told = line[1:-1], []
        elif line.startswith(";"):
            comment += line[2:]
        elif line:
            assert name, line
            key, _, value = line.partition("=")
            told.append((key, value))
    return found, comment


def places(value: str) -> np.ndarray:
    """The points (n, 2) of a Data line, in lon/lat."""
    flat = np.array([float(word) for word in value.strip("()").replace("),(", ",").split(",")])
    return flat.reshape(-1, 2)[:, ::-1]


def polish_mp(path: Path) -> Found:
    found, comment = sections(path)
    assert found[0][0] == "IMG ID"
    turns = [dict(told) for name, told in found if name == "Restrict"]
    found = [one for one in found[1:] if one[0] != "Restrict"]
    layers = Counter(SECTIONS[name] for name, _ in found)
    boxes, texts, nodes, roads = [], set(), {}, {}
    for name, told in found:
        keys = dict(told)
        assert len(keys) == len(told), told
        points = places(keys["Data0"])
        assert len(points) >= {"POI": 1, "POLYLINE": 2, "POLYGON": 3}[name]
        assert int(keys.get("EndLevel", 0)) < 5
        assert 0 < int(keys["Type"], 16) < 0x10000
        texts |= {keys.get("Label", ""), keys.get("Label2", "")}
        if name != "POLYLINE":
            boxes.append((*points.min(axis=0), *points.max(axis=0)))
        for key, value in told:
            if key.startswith("Nod"):
                at, node, _ = map(int, value.split(","))
                # A node is at one place, whichever road comes there.
                assert nodes.setdefault(node, tuple(points[at])) == tuple(points[at])
                roads.setdefault(keys["RoadID"], set()).add(node)
            elif key.startswith("Numbers"):
                assert int(value.split(",")[0]) < len(points)
                assert re.fullmatch(r"\d+(,(N,-1,-1|[OEB],\d+,\d+)){2}", value), value
        assert ("Nod1" in keys) == ("RoadID" in keys) == ("RouteParam" in keys)
    for turn in turns:
        run = list(map(int, turn["TraffPoints"].split(",")))
        assert turn["Nod"] == str(run[1])
        for road, ends in zip(turn["TraffRoads"].split(","), zip(run, run[1:]), strict=True):
            assert set(ends) <= roads[road]
    box = np.array(boxes)
    with tempfile.TemporaryDirectory() as folder:
        mkgmap(path, Path(folder), "--route")
    return Found(dict(layers), (*box[:, :2].min(axis=0), *box[:, 2:].max(axis=0)), 4326, texts - {""}, comment)


READERS = {"polish_mp": polish_mp}
