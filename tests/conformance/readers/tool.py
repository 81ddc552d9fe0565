"""Machines: hp2xx, svgelements, GDAL and pyembroidery; a simulator of GRBL, and LightBurn's XML by lxml."""

import re
import subprocess
from pathlib import Path

import numpy as np
import pytest

from readers.found import Found


def hpgl(path: Path) -> Found:
    """hp2xx draws it: pens, lines, size; comments and the box by an own reader of the instructions."""
    text = path.read_text(encoding="ascii")
    comments = re.findall(r'CO"([^"]*)";', text)
    assert ";" not in "".join(comments)
    rest = re.sub(r'CO"[^"]*";', "", text)
    assert set(re.findall(r"[A-Z]{2}", rest)) == {"IN", "SP", "PU", "PD"}
    found = Found(notice=" ".join(comments).replace("(c)", "©"))
    pens = re.split(r"SP\d+;", rest)[1:-1]
    for name, pen in zip(comments[-len(pens) :], pens):
        found.layers[name] = len(re.findall(r"PU\d+,\d+;PD", pen))
    places = np.array(re.findall(r"(\d+),(\d+)", rest), float) / 40
    found.box = (*places.min(axis=0), *places.max(axis=0))
    drawn = path.with_name("by-hp2xx.svg")
    command = ["hp2xx", "-t", "-m", "svg", "-f", str(drawn), str(path)]
    done = subprocess.run(command, check=True, capture_output=True)
    told = (done.stdout + done.stderr).decode("ascii")
    size = [float(side) for side in re.search(r"height: ([\d.]+) x ([\d.]+) mm, true sizes", told).groups()]
    # A plotter's unit of hp2xx is 1/1016 inch, as HP's is where 0.025 mm are meant.
    assert size == pytest.approx([found.box[2] - found.box[0], found.box[3] - found.box[1]], rel=2e-4)
    assert re.search(r"ignored: 0\s+Unexpected event\(s\):\s+0", told), told
    assert [int(pen) for pen in re.search(r"Pens used: ([\d ]+)", told)[1].split()] == [*range(1, len(pens) + 1)], told
    ways = sum(len(places.split(",")) // 2 for places in re.findall(r"PD([\d,]+);", rest))
    assert len(re.findall(r"\sL ", drawn.read_text())) == ways
    drawn.unlink()
    return found


def gcode(path: Path) -> Found:
    """A machine that obeys it word by word: modal moves, units, the beam; it refuses what GRBL 1.1 refuses."""
    found = Found()
    place, mode, is_on, power, layer = np.zeros(2), None, False, 0.0, ""
    burnt, units = [], None
    raw = path.read_bytes()
    assert max(raw) < 0x80, "GRBL takes bytes from 0x80 on for commands"
    for line in raw.decode("ascii").splitlines():
        words, _, comment = line.partition(";")
        found.notice += comment.replace("(c)", "©") + "\n"
        if comment.startswith(" operation "):
            layer = comment.removeprefix(" operation ").rpartition(":")[0]
            found.layers[layer] = 0
        found.layers[layer] = found.layers.get(layer, 0) + (comment == "LINE") if layer else 0
        moved = place.copy()
        values = re.findall(r"([A-Z])(-?\d+(?:\.\d+)?)", words)
        assert "".join(f"{letter}{value}" for letter, value in values) == words.replace(" ", "")
        for letter, value in values:
            number = float(value)
            if letter == "G":
                assert number in (0, 1, 17, 21, 90, 94), line
                mode = number if number in (0, 1) else mode
                units = number if number == 21 else units
            elif letter == "M":
                assert number in (2, 4, 5), line
                is_on = number == 4 if number != 2 else is_on
            elif letter == "S":
                power = number
            elif letter in "XY":
                assert units == 21
                moved["XY".index(letter)] = number
        if (moved != place).any():
            if mode == 1 and is_on and power > 0:
                burnt.append((*place, *moved))
            else:
                assert mode == 0, "a way without the beam is G0"
            place = moved
    assert not is_on, "the beam is off at the end"
    found.layers.pop("", None)
    points = np.array(burnt).reshape(-1, 2)
    found.box = (*points.min(axis=0), *points.max(axis=0))
    return found


def svg_laser(path: Path) -> Found:
    """svgelements, which laser programs read SVG with: in millimetres, hairlines, nothing filled."""
    from lxml import etree
    from svgelements import SVG, Group
    from svgelements import Path as Drawn

    svg = SVG.parse(str(path), ppi=25.4)
    found = Found(size_mm=(float(svg.width), float(svg.height)))
    boxes = []
    for group in svg.select(lambda item: isinstance(item, Group) and item.id):
        paths = [item for item in group if isinstance(item, Drawn)]
        found.layers[group.values["{http://www.inkscape.org/namespaces/inkscape}label"]] = len(paths)
        assert {item.stroke.hexrgb for item in paths} == {group.values["stroke"].lower()}
        assert all(item.fill.value is None and 0 < item.stroke_width <= 0.0255 for item in paths)
        boxes += [item.bbox() for item in paths]
    array = np.array(boxes)
    found.box = (*array[:, :2].min(axis=0), *array[:, 2:].max(axis=0))
    found.notice = etree.parse(str(path)).getroot().findtext("{*}desc")
    return found


def dxf_laser(path: Path) -> Found:
    """GDAL for the lines; header and layers by an own reader of the pairs of codes and values."""
    from osgeo import ogr

    found = Found()
    lines = path.read_text(encoding="cp1252", errors="replace").splitlines()
    pairs = [(code.strip(), value) for code, value in zip(lines[::2], lines[1::2])]
    assert ("70", "     4") in pairs or ("70", "4") in [(code, value.strip()) for code, value in pairs]
    boxes = []
    dataset = ogr.Open(str(path))
    for feature in dataset.GetLayerByName("entities"):
        assert feature["SubClasses"].endswith("AcDbPolyline")
        found.layers[feature["Layer"]] = found.layers.get(feature["Layer"], 0) + 1
        boxes.append(feature.GetGeometryRef().GetEnvelope())
    array = np.array(boxes)
    found.box = (array[:, 0].min(), array[:, 2].min(), array[:, 1].max(), array[:, 3].max())
    text = " ".join(value for code, value in pairs if code == "999")
    found.notice = re.sub(r"\\U\+([0-9A-Fa-f]{4})", lambda code: chr(int(code[1], 16)), text)
    return found


def lbrn2(path: Path) -> Found:
    """The elements that LightBurn's files have; a shape's sides lead from corner to corner of its list."""
    from lxml import etree

    root = etree.parse(str(path)).getroot()
    assert (root.tag, root.get("FormatVersion")) == ("LightBurnProject", "1")
    names = {item.find("index").get("Value"): item.find("name").get("Value") for item in root.iter("CutSetting")}
    assert len(names) == len(list(root.iter("CutSetting")))
    found = Found(layers=dict.fromkeys(names.values(), 0), notice=root.find("Notes").get("Notes"))
    lows, highs = [], []
    for shape in root.iter("Shape"):
        assert shape.findtext("XForm") == "1 0 0 1 0 0"
        corners = re.findall(r"V(-?[\d.]+) (-?[\d.]+)c0x1c1x1", shape.findtext("VertList"))
        sides = re.findall(r"L(\d+) (\d+)", shape.findtext("PrimList"))
        assert {int(end) for side in sides for end in side} == set(range(len(corners)))
        found.layers[names[shape.get("CutIndex")]] += 1
        places = np.array(corners, float)
        lows.append(places.min(axis=0))
        highs.append(places.max(axis=0))
    found.box = (*np.min(lows, axis=0), *np.max(highs, axis=0))
    return found


def embroidery(path: Path) -> Found:
    import pyembroidery

    pattern = pyembroidery.read(str(path))
    kinds = np.array([stitch[2] & pyembroidery.COMMAND_MASK for stitch in pattern.stitches])
    places = np.array([stitch[:2] for stitch in pattern.stitches], float)[kinds == pyembroidery.STITCH] / 10
    assert pattern.count_color_changes() == 5
    assert (kinds == pyembroidery.END).sum() == 1
    return Found(layers={"stitches": len(places)}, box=(*places.min(axis=0), *places.max(axis=0)))


READERS = {
    "hpgl": hpgl, "gcode": gcode, "svg_laser": svg_laser, "dxf_laser": dxf_laser, "lbrn2": lbrn2, "dst": embroidery,
    "pes": embroidery,
}  # fmt: skip
