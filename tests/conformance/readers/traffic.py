"""Networks for simulators, by programs that did not write them: netconvert and duarouter."""

import subprocess
import tempfile
import zipfile
from collections import Counter
from pathlib import Path

import numpy as np

from readers.found import Found


def run(*words, folder):
    """A program's answer, both streams; it must succeed."""
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def sumo_net(path: Path, folder: Path):
    """The net that netconvert makes of the zip, as an element tree; its file lies in the folder."""
    from lxml import etree

    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    (configuration,) = folder.glob("*.netccfg")
    run("netconvert", "-c", configuration.name, folder=folder)
    return etree.parse(str(configuration.with_suffix(".net.xml"))).getroot()


def sumo(path: Path) -> Found:
    """What netconvert keeps: every edge and node; and the places as the file has them."""
    from lxml import etree

    with tempfile.TemporaryDirectory() as folder:
        net = sumo_net(path, Path(folder))
        (nodes,) = (etree.parse(str(file)).getroot() for file in Path(folder).glob("*.nod.xml"))
        notice = (Path(folder) / "README.txt").read_text(encoding="utf-8")
    edges = [edge for edge in net.iter("edge") if not edge.get("function")]
    junctions = {
        junction.get("id"): junction for junction in net.iter("junction") if junction.get("type") != "internal"
    }
    inside = [(float(node.get("x")), float(node.get("y"))) for node in nodes if not node.get("fringe")]
    # Where streets may follow, netconvert knows it too.
    assert {node.get("id") for node in nodes if node.get("fringe")} == {
        number for number, junction in junctions.items() if junction.get("fringe") == "outer"
    }
    assert "+proj=utm" in net.find("location").get("projParameter")
    assert _bicycle_or_car(edges)
    places = np.array(inside)
    return Found(
        {"nodes": len(junctions), "edges": len(edges)}, (*places.min(axis=0), *places.max(axis=0)), 4326,
        {edge.get("name") for edge in edges}, notice,
    )  # fmt: skip


def _bicycle_or_car(edges) -> bool:
    """Whether streets for walkers alone are told from those for cars."""
    count = Counter("passenger" in edge.find("lane").get("allow", "passenger").split() for edge in edges)
    return min(count[True], count[False]) > 0


READERS = {"sumo": sumo}
