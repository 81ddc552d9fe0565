"""What libcdr reads in a CorelDRAW file (`cdr2xhtml`), and whether our dumper reads the same."""

import re
import subprocess
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import cdrmodel
import numpy as np

_SVG = "{http://www.w3.org/2000/svg}"
_MM = 25.4 / 72


@dataclass
class Drawn:
    """A path: points in mm from the page's upper left corner, with control points; colours as #rrggbb; widths in mm."""

    points: np.ndarray
    letters: str
    fill: str
    stroke: str
    width: float
    dash: tuple[float, ...]


@dataclass
class Page:
    """Size in mm, paths and texts in the order of painting."""

    size: tuple[float, float]
    paths: list[Drawn]
    texts: list[str]


def read(path: Path) -> Page:
    """All pages as libcdr tells them, with the size of the first."""
    told = subprocess.run(["cdr2xhtml", str(path)], check=True, capture_output=True, text=True, encoding="utf-8").stdout
    pages = [ElementTree.fromstring(page) for page in re.findall(r"<svg:svg.*?</svg:svg>", told, re.DOTALL)]
    width, height = (float(pages[0].get(side)[:-2]) * 25.4 for side in ("width", "height"))
    texts = ["".join(text.itertext()).replace("\n", "") for page in pages for text in page.iter(f"{_SVG}text")]
    return Page((width, height), [_drawn(made) for page in pages for made in page.iter(f"{_SVG}path")], texts)


def _drawn(made: ElementTree.Element) -> Drawn:
    style = dict(part.strip().split(": ", 1) for part in made.get("style").split(";") if part.strip())
    d = made.get("d")
    # Of an arc the last two numbers are where it ends.
    found = re.findall(r"-?[\d.]+,-?[\d.]+", re.sub(r"A\S+ \S+ \S+ (\S+)", r"A\1", d))
    points = np.array([[float(value) for value in pair.split(",")] for pair in found]).reshape(-1, 2) * _MM
    dash = () if style.get("stroke-dasharray", "none") == "none" else style["stroke-dasharray"].split(",")
    return Drawn(
        points, "".join(re.findall("[MLCA]", d)), style.get("fill", "none"), style.get("stroke", "none"),
        float(style.get("stroke-width", 0)) * _MM, tuple(float(part) * _MM for part in dash),
    )  # fmt: skip


def differences(document: cdrmodel.Document, path: Path, near: float = 0.001) -> tuple[list[str], Counter]:
    """What the dumper and libcdr read differently in a file, and how much was compared."""
    page, told, seen = read(path), [], Counter()
    pages = [[s for layer in page.layers for s in layer.shapes()] for page in document.pages if not page.master]
    all_of = [shape for page in pages for shape in reversed(page)]
    paths = (cdrmodel.CURVE, cdrmodel.RECTANGLE, cdrmodel.ELLIPSE, cdrmodel.POLYGON, cdrmodel.BITMAP)
    shapes = [shape for shape in all_of if shape.kind in paths]
    texts = [shape for shape in all_of if shape.kind == cdrmodel.TEXT]
    if not np.allclose(page.size, (document.width, document.height), atol=0.01):
        told.append(f"page {page.size}, not {document.width} x {document.height}")
    if len(shapes) != len(page.paths):
        return [*told, f"{len(page.paths)} paths, not {len(shapes)}"], seen
    colours: dict[cdrmodel.Colour, Counter] = {}
    for number, (shape, drawn) in enumerate(zip(shapes, page.paths)):
        mine = shape.points / cdrmodel.UNITS * (1, -1) + (document.width / 2, document.height / 2)
        if shape.kind == cdrmodel.CURVE:
            if mine.shape != drawn.points.shape or not np.allclose(mine, drawn.points, rtol=0, atol=near):
                told.append(f"path {number}: {len(mine)} points, {len(drawn.points)} of libcdr's")
            seen["points"] += len(mine)
        elif (
            shape.kind != cdrmodel.BITMAP
            and not ((drawn.points > mine.min(axis=0) - 0.01) & (drawn.points < mine.max(axis=0) + 0.01)).all()
        ):
            told.append(f"path {number}, kind {shape.kind}: {drawn.points.tolist()} out of {mine.tolist()}")
        seen[f"kind {shape.kind}"] += 1
        line = shape.outline if shape.width else None
        for mine, other in ((shape.fill, drawn.fill), (line and line.colour, drawn.stroke)):
            if isinstance(mine, cdrmodel.Colour):
                colours.setdefault(mine, Counter())[other] += 1
                seen["colours"] += 1
            elif mine is None and other != "none":
                told.append(f"path {number}: {other} where there is none")
        if abs(shape.width / cdrmodel.UNITS - drawn.width) > near:
            told.append(f"path {number}: a line of {drawn.width} mm, not {shape.width} units")
    for colour, others in colours.items():
        wanted = "#{:02x}{:02x}{:02x}".format(*colour.values[:3]) if colour.model == "rgb" else None
        # Libcdr turns CMYK into RGB by a profile: the same must come out each time.
        if len(others) != 1 or (wanted and wanted not in others):
            told.append(f"{colour} is {dict(others)}")
    mine = [re.sub(r"[\r\n ]", "", shape.text) for shape in texts]
    others = [text.replace(" ", "") for text in page.texts]
    if mine != others:
        told.append(f"texts {mine}, not {others}")
    seen["texts"] += len(mine)
    return told, seen
