"""What machines are fed with: options as makers use them, a bed that is too small, names that would be commands."""

import re

import numpy as np
import pyembroidery
import pytest

from areas import AREAS
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request
from readers.tool import gcode

pytestmark = pytest.mark.one_system("the writer is plain Python; conformance has its file on each")

# A corner with the sea, a park, trams and houses.
BOX = (24.9440, 60.1715, 24.9516, 60.1775)
HOSTILE = 'G0 X999 ";PU0,0;SP9; </svg><script> é 北京 M5'
MACHINES = "hpgl,gcode,svg_laser,dxf_laser,lbrn2,dst,pes"


@pytest.fixture
def export(qgis, tmp_path):
    """export(formats, ...): the results by format, and what was told."""

    def run(formats, **fields):
        told = []
        request = make_request(
            {"bbox": BOX, "formats": formats, "detail": 4, "source": str(AREAS["sample"][0]), **fields}
        )
        results = pipeline.run(request, tmp_path / "a folder", Feedback(None, lambda code, text: told.append(code)))
        return {result.format: result for result in results}, told

    return run


def operations(path):
    """The operations of G-code with the powers of their lines."""
    found = {}
    for line in path.read_text().splitlines():
        if line.startswith("; operation "):
            powers = found.setdefault(line.split()[2].rstrip(":"), set())
        elif line.startswith("G1") and "S" in line:
            powers.add(int(re.search(r"S(\d+)", line)[1]))
    return found


def test_a_title_that_would_be_commands_is_a_comment(export):
    """Each file is what it is without it; a reader finds no more than the map."""
    results, _ = export(MACHINES, title=HOSTILE)
    assert [result.error for result in results.values()] == [None] * 7
    (plain, _) = export("hpgl,gcode", title="Map", name="plain")
    hpgl = results["hpgl"].path.read_text("ascii")
    assert "SP9" not in re.sub(r'CO"[^"]*";', "", hpgl)
    assert all(line.isascii() for line in hpgl.splitlines())
    # Other letters of the title are higher.
    assert gcode(results["gcode"].path).box[:3] == gcode(plain["gcode"].path).box[:3]
    svg = results["svg_laser"].path.read_text("utf-8")
    assert svg.count("</svg>") == 1
    assert "<script" not in svg
    assert "北京" in svg
    from lxml import etree

    assert HOSTILE in etree.parse(str(results["lbrn2"].path)).getroot().find("Notes").get("Notes")
    assert pyembroidery.read(str(results["dst"].path)).count_stitches() > 1000


def test_a_map_larger_than_the_bed_is_refused(export):
    results, _ = export("gcode,svg_laser", page="A3", options={"bed": "200x200"})
    for result in results.values():
        assert result.error.code == "larger_than_bed"
        assert "bed 200x200 mm: choose a smaller page" in str(result.error)
    results, _ = export("gcode", page="A3", options={"bed": "600x400"}, name="fits")
    assert results["gcode"].error is None


def test_a_laser_cuts_with_all_of_its_power_and_engraves_with_a_quarter(export):
    results, _ = export("gcode", options={"power": 60, "feed": 3000})
    found = operations(results["gcode"].path)
    assert found["Cut"] == found["Frame"] == {600}
    assert (found["Score"], found["Engrave"]) == ({300}, {150})
    assert " F3000" in results["gcode"].path.read_text()


def test_a_pen_is_lifted_between_lines(export):
    results, _ = export("gcode", options={"tool": "pen"})
    is_down, words = False, results["gcode"].path.read_text().splitlines()
    for line in words:
        if line.startswith("G0 X"):
            assert not is_down, "the pen is up on its way"
        elif line.startswith("G1 X"):
            assert is_down
        elif line.startswith(("G1 Z0", "G0 Z5")):
            is_down = line.startswith("G1")
    assert not any(line.startswith("M4") for line in words)


def test_names_are_drawn_where_they_are_asked_for(export):
    """By themselves there are those of the sheet alone."""
    plain, _ = export("svg_laser", name="plain")
    named, _ = export("svg_laser", options={"stroke_names": True}, name="named")
    assert named["svg_laser"].layers["Text"] > 2 * plain["svg_laser"].layers["Text"]


def test_water_and_green_are_hatched_where_that_is_asked_for(export):
    plain, _ = export("lbrn2", name="plain")
    made, _ = export("lbrn2", options={"hatch": "1"}, name="hatched")
    assert set(made["lbrn2"].layers) - set(plain["lbrn2"].layers) == {"Hatch water", "Hatch green"}


def test_a_title_too_small_to_be_sewn_is_left_out_and_a_large_one_fits_the_hoop_as_well(export):
    """And the scale of the paper, which is wrong on cloth, never."""
    small, told = export("dst", title="Helsinki", options={"stroke_names": True, "hoop": "100x100"}, name="small")
    assert "small_names" in told
    results, told = export("pes,dst", title="Helsinki", page="A3", name="large",
                           options={"stroke_names": True, "hoop": "200x300"})  # fmt: skip
    for result in results.values():
        left, top, right, bottom = (value / 10 for value in pyembroidery.read(str(result.path)).bounds())
        assert right - left <= 190.1
        assert bottom - top <= 290.1
    # The title has a thread of its own.
    changes = [pyembroidery.read(str(made["dst"].path)).count_color_changes() for made in (small, results)]
    assert changes[1] == changes[0] + 1


def test_another_style_gives_way_to_lines_and_that_is_told(export):
    _, told = export("svg_laser", style="dark")
    assert "style_of_lines" in told
    _, told = export("svg_laser", style="lineart", name="again")
    assert "style_of_lines" not in told


@pytest.mark.parametrize("hoop", ["100x100", "360x200"])
def test_the_design_fits_its_hoop(export, hoop):
    """With room to the ring, no stitch longer than the format can hold, fastened threads; the scale is told."""
    results, told = export("dst,pes", options={"hoop": hoop})
    assert {"scale_in_hoop", "thread_order"} <= set(told)
    sides = [float(side) for side in hoop.split("x")]
    for result in results.values():
        pattern = pyembroidery.read(str(result.path))
        left, top, right, bottom = (value / 10 for value in pattern.bounds())
        wide, high = right - left, bottom - top
        # Whichever way it is turned, one side fills the hoop to its margin.
        assert wide <= sides[0] - 9.5
        assert high <= sides[1] - 9.5
        assert wide > sides[0] - 11 or high > sides[1] - 11
        places = np.array([stitch[:2] for stitch in pattern.stitches], float)
        kinds = np.array([stitch[2] & pyembroidery.COMMAND_MASK for stitch in pattern.stitches])
        steps = np.hypot(*np.diff(places, axis=0).T) / 10
        sewn = (kinds[1:] == pyembroidery.STITCH) & (kinds[:-1] == pyembroidery.STITCH)
        assert steps[sewn].max() < 3.0
        assert np.median(steps[sewn]) > 0.8
