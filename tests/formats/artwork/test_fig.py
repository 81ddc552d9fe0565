"""Drawings of Xfig: fig2dev draws them as the map, areas without holes, more colours than there is room for."""

import re
import subprocess

import drawn_by
import numpy as np
import pytest
from cdrmade import corel_fonts, few_streets  # noqa: F401
from exchanged import DPI, far, outlined
from odd_maps import page, written

from readers import READERS

pytestmark = pytest.mark.one_system("the writer is plain Python; conformance has its file on each")


def drawn_by_fig2dev(path, size_mm):
    """A Fig file as pixels: fig2dev makes EPS of it, whose page begins where it says, and Ghostscript paints that."""
    made = path.with_suffix(".eps")
    subprocess.run(["fig2dev", "-F", "-L", "eps", path, made], check=True)
    program = made.read_bytes()
    x, y = map(float, re.search(rb"^([\d.]+) ([\d.]+) tr$", program, re.MULTILINE).groups())
    width, height = (side / 25.4 * 72 for side in size_mm)
    # As a page of its own, without what lies round it.
    head = f"%%HiResBoundingBox: 0 0 {width:.4f} {height:.4f}\n".encode()
    place = f"{-x} {height - y:.4f} translate\n%%EndProlog".encode()
    made.write_bytes(program.replace(b"\n", b"\n" + head, 1).replace(b"%%EndProlog", place, 1))
    return drawn_by.ghostscript(made, DPI)


def test_fig2dev_draws_a_drawing_of_xfig_as_the_map(drawing, tmp_path):
    """With names as outlines, beside the SVG of the map; with live names each is a whole text of the PDF."""
    path, _ = written(outlined(drawing), "fig", tmp_path)
    svg, _ = written(outlined(drawing), "svg", tmp_path)
    mine, theirs = drawn_by_fig2dev(path, (drawing.width, drawing.height)), drawn_by.rsvg(svg, DPI)
    assert far(mine, theirs) < 0.01
    assert far(np.roll(mine, 3, axis=1), theirs) > 0.02, "0.75 mm aside would be seen"
    live, _ = written(drawing, "fig", tmp_path / "live")
    subprocess.run(["fig2dev", "-F", "-L", "pdf", live, live.with_suffix(".pdf")], check=True)
    told = subprocess.run(["pdftotext", live.with_suffix(".pdf"), "-"], check=True, capture_output=True, text=True)
    words = {word for text in READERS["fig"](live).texts for word in text.split() if len(word) > 2}
    assert len(words & set(told.stdout.split())) > 0.7 * len(words)


def test_areas_without_holes_cover_what_those_with_holes_do(qgis):
    """One ring, by either rule: rings in rings, apart, and such as share a corner."""
    from qgis.PyQt.QtCore import QPointF, Qt
    from qgis.PyQt.QtGui import QColor, QImage, QPainter, QPainterPath, QPolygonF

    from osm2cdr.processing_provider.drawing import model as m
    from osm2cdr.processing_provider.formats.artwork.rings import one_ring

    boxes = [(0, 0, 90, 90), (10, 10, 40, 40), (20, 20, 30, 30), (50, 10, 80, 40), (10, 50, 80, 80), (40, 55, 60, 75),
             (95, 5, 99, 20), (96, 8, 98, 12), (45, 60, 50, 65)]  # fmt: skip
    rings = [m.rectangle(*box, m.Color(0, 0, 0)).points[:: (-1) ** number] for number, box in enumerate(boxes)]
    path = m.Path(np.vstack(rings), np.array([0, 1, 1, 1, 1] * len(rings), np.uint8), m.Color(0, 0, 0))

    def painted(shape, rule):
        image = QImage(100, 100, QImage.Format.Format_Grayscale8)
        image.fill(255)
        painter = QPainter(image)
        shape.setFillRule(rule)
        painter.fillPath(shape, QColor(0, 0, 0))
        painter.end()
        return bytes(image.constBits().asstring(image.sizeInBytes()))

    def shape(parts):
        whole = QPainterPath()
        for part in parts:
            whole.addPolygon(QPolygonF([QPointF(*point) for point in part.tolist()]))
        return whole

    wanted = painted(shape(rings), Qt.FillRule.OddEvenFill)
    assert 0 < wanted.count(0) < 10_000
    ring = one_ring(path)
    assert (ring[0] == ring[-1]).all()
    for rule in (Qt.FillRule.OddEvenFill, Qt.FillRule.WindingFill):
        assert painted(shape([ring]), rule) == wanted


def test_more_colours_than_xfig_knows(qgis, tmp_path):
    """The rarest have the one that is most like them, and that is told; of too many classes several share a depth."""
    from osm2cdr.processing_provider.drawing import model as m

    hues = [m.Color(number % 256, number // 256, 7) for number in range(600)]
    items = [m.rectangle(number % 30, number // 30, number % 30 + 1, number // 30 + 1, hue)
             for number, hue in enumerate([*hues, *hues[50:]])]  # fmt: skip
    told = []
    path, _ = written(page(("Colours", [m.Group(str(number), [item]) for number, item in enumerate(items)])),
                      "fig", tmp_path, told)  # fmt: skip
    assert told == ["colors_merged"]
    assert READERS["fig"](path).layers == {"Colours": len(items)}
