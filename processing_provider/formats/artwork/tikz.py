"""TikZ: a LaTeX document of the page's size whose picture has a scope for each layer, its looks named styles.

Names are text of the document's sans serif where TeX has their letters, each about the middle of its place.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
import re
from pathlib import Path as File
from typing import Iterator

import numpy as np

from ...drawing.clean.tidy import cut
from ...drawing.model import CURVE, Color, Drawing, Item, Kinds, Layer, Path, Points, Stroke, Text
from ...errors import WriteError
from ...text.phrases import one_line
from ...text.sentence import say
from ..contract import Job, Written
from ..proof_helpers import prove_size
from .reduced import HALOS, Ability, counted, is_halo, reduced

# Letters that LaTeX has in its own fonts, whatever their encoding.
_LETTERS = frozenset(
    " 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&'()*+,-./:;=?@[]_{}~^\\©·–—"
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿĂăĆćČčĎďĚěĞğİıŁłŃńŇňŐőŒœŔŕŘřŚśŞşŠšŢţŤťŮůŰűŸŹźŻżŽž"
)
_ESCAPES = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "-": "-{}", "'": "'{}", "?": "?{}", "!": "!{}",
}  # fmt: skip
_CAPS = {"butt": "butt", "round": "round", "square": "rect"}
# TeX counts to 5.7 m (mm); its fonts end somewhere, too (points).
_FARTHEST, _LARGEST = 2000.0, 2000.0
# So many points stand in a line of the file.
_ROW = 8
_HEAD = r"""\documentclass{article}
\usepackage[paperwidth=%(width)smm,paperheight=%(height)smm,margin=0pt]{geometry}
\usepackage[utf8]{inputenc}
\IfFileExists{lmodern.sty}{\usepackage[T1]{fontenc}\usepackage{lmodern}}{}
\usepackage{tikz}
%(looks)s\tikzset{map name/.style={anchor=base, inner sep=0pt, outer sep=0pt, node font=\sffamily}}
\pagestyle{empty}
\setlength{\parindent}{0pt}
\setlength{\topskip}{0pt}
\begin{document}%%
\begin{tikzpicture}[x=1mm, y=-1mm, even odd rule]
\useasboundingbox (0,0) rectangle (%(width)s,%(height)s);
"""
_TAIL = "\\end{tikzpicture}%\n\\end{document}\n"


def write(view: Drawing, path: File, job: Job) -> Written:
    """Write the file."""
    made = reduced(view, job, Ability(spaced=False, spells=_spells, clear=True, pictures=False))
    picture = _Picture(made)
    body: list[str] = []
    for layer in made.layers:
        job.feedback.check()
        body += picture.layer(layer)
    size = {"width": f"{made.width:.2f}", "height": f"{made.height:.2f}", "looks": "".join(picture.looks())}
    told = "".join(f"% {one_line(text, 2000)}\n" for text in ("Made by osm2cdr", job.title, job.credit))
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(told + _HEAD % size)
        file.writelines(body)
        file.write(_TAIL)
    return Written(counted(made))


def _spells(text: str) -> bool:
    return _LETTERS.issuperset(text)


class _Picture:
    """Writes layers; colours and looks get their numbers as they come to be used."""

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing
        self._colors: dict[str, int] = {}
        self._looks: dict[str, int] = {}

    def looks(self) -> Iterator[str]:
        """Colours and styles by their names."""
        for color, number in self._colors.items():
            yield f"\\definecolor{{color {number}}}{{HTML}}{{{color[1:]}}}\n"
        for look, number in self._looks.items():
            yield f"\\tikzset{{look {number}/.style={{{look}}}}}\n"

    def layer(self, layer: Layer) -> Iterator[str]:
        """A scope, cut at the map's frame where the layer belongs to the map."""
        yield f"% layer: {layer.title}\n\\begin{{scope}}\n"
        if layer.clipped:
            left, top, right, bottom = self._drawing.frame
            yield f"\\clip ({left:.2f},{top:.2f}) rectangle ({right:.2f},{bottom:.2f});\n"
        for group in layer.groups:
            halos = is_halo(group)
            yield f"% {'halos' if halos else 'group'}: {group.name.removesuffix(HALOS) if halos else group.name}\n"
            for item in group.items:
                yield from self._item(item)
        yield "\\end{scope}\n"

    def _item(self, item: Item) -> Iterator[str]:
        end = f"; % {item.name}\n" if item.name else ";\n"
        if isinstance(item, Path):
            yield f"\\path[look {self._look(item)}] "
            yield from _shape(_near(item))
            yield end
        elif isinstance(item, Text):
            several = len(item.lines) > 1
            yield f"\\begin{{scope}} % {item.name or item.string}\n" if several else ""
            yield from self._names(item, ";\n" if several else end)
            yield "\\end{scope}\n" if several else ""

    def _names(self, item: Text, end: str) -> Iterator[str]:
        """A node for each line, its baseline about the middle of the line's place."""
        size = min(item.font.size, _LARGEST)
        weight = "\\bfseries" * item.font.bold + "\\itshape" * item.font.italic
        turn = f", rotate={item.rotation:.2f}" if item.rotation else ""
        opacity = f", opacity={item.color.alpha:.3f}" if item.color.alpha < 1 else ""
        style = f"map name, text=color {self._color(item.color)}{opacity}{turn}"
        style += f", font=\\fontsize{{{size:.2f}}}{{{size:.2f}}}\\selectfont{weight}"
        cos, sin = math.cos(math.radians(item.rotation)), math.sin(math.radians(item.rotation))
        for line in item.lines:
            x, y = line.x + cos * line.width / 2, line.y - sin * line.width / 2
            x, y = (min(max(value, -_FARTHEST), _FARTHEST) for value in (x, y))
            string = "".join(_ESCAPES.get(letter, letter) for letter in line.text)
            yield f"\\node[{style}] at ({x:.2f},{y:.2f}) {{{string}}}{end}"

    def _color(self, color: Color) -> int:
        return self._colors.setdefault(color.hex, len(self._colors) + 1)

    def _look(self, path: Path) -> int:
        """The number of what a path looks like."""
        parts = []
        if path.fill is not None:
            parts.append(f"fill=color {self._color(path.fill)}")
            parts += [f"fill opacity={path.fill.alpha:.3f}"] if path.fill.alpha < 1 else []
        if path.stroke is not None:
            parts += self._line(path.stroke)
        return self._looks.setdefault(", ".join(parts), len(self._looks) + 1)

    def _line(self, stroke: Stroke) -> Iterator[str]:
        yield f"draw=color {self._color(stroke.color)}"
        yield f"line width={min(stroke.width, _FARTHEST):.3f}mm"
        yield f"line cap={_CAPS[stroke.cap]}"
        yield f"line join={stroke.join}"
        if stroke.join == "miter":
            yield f"miter limit={max(stroke.miter, 1):.2f}"
        if stroke.color.alpha < 1:
            yield f"draw opacity={stroke.color.alpha:.3f}"
        if stroke.dash:
            dash = stroke.dash * (1 + len(stroke.dash) % 2)
            parts = zip(("on", "off") * (len(dash) // 2), dash)
            yield "dash pattern=" + " ".join(f"{word} {max(part, 0.001):.3f}mm" for word, part in parts)


def _near(path: Path) -> Path:
    """What of a path TeX can count to."""
    if max(map(abs, path.box)) <= _FARTHEST:
        return path
    # Areas are cut at the map's frame long before; the letters of an endless name are too many to be cut.
    pieces = cut(path, (-_FARTHEST, -_FARTHEST, _FARTHEST, _FARTHEST)) if path.fill is None else []
    near = pieces[0] if pieces else path
    return Path(near.points.clip(-_FARTHEST, _FARTHEST), near.kinds, path.fill, path.stroke)


def _shape(path: Path) -> Iterator[str]:
    for points, kinds, closed in path.subpaths():
        pattern = _curved(kinds) if (kinds >= CURVE).any() else _straight(points, closed)
        flat = points[:-1] if closed and not (kinds >= CURVE).any() else points
        yield pattern % tuple(np.round(flat, 3).ravel().tolist())
        yield "--cycle\n" if closed else "\n"


def _straight(points: Points, closed: bool) -> str:
    count = len(points) - closed
    row = "(%.2f,%.2f)" + "--(%.2f,%.2f)" * (_ROW - 1)
    rows = [row] * (count // _ROW)
    rest = count % _ROW
    return "--\n".join([*rows, *(["--".join(["(%.2f,%.2f)"] * rest)] if rest else [])])


def _curved(kinds: Kinds) -> str:
    steps = ["(%.2f,%.2f)"]
    index = 1
    while index < len(kinds):
        curve = kinds[index] == CURVE
        steps.append(" .. controls (%.2f,%.2f) and (%.2f,%.2f) ..\n(%.2f,%.2f)" if curve else "--(%.2f,%.2f)")
        index += 3 if curve else 1
    return "".join(steps)


def prove(path: File, view: Drawing, written: Written) -> None:
    """The document is whole, and its scopes hold the layers in order with their objects."""
    text = prove_size(path, "TikZ").decode("utf-8", "replace")
    layers: list[tuple[str, int]] = []
    depth, halos = 0, False
    for line in re.findall(r"^(?:% (?:layer|group|halos): .*|\\(?:begin|end)\{scope\}|\\path\[|\\node\[)", text, re.M):
        if line.startswith("% "):
            halos = line.startswith("% halos")
            layers += [(line.removeprefix("% layer: "), 0)] if line.startswith("% layer: ") else []
            continue
        is_object = not line.startswith("\\end") and depth == 1
        if is_object and not halos:
            layers[-1] = layers[-1][0], layers[-1][1] + 1
        depth += (line == "\\begin{scope}") - (line == "\\end{scope}")
    if depth or not text.endswith(_TAIL):
        raise WriteError("not_proven", say("{0} is not whole.", "TikZ"))
    if layers != list(written.layers.items()):
        held = sum(count for _, count in layers)
        raise WriteError("not_proven", say("TikZ holds {0} of {1} objects, or other layers.", held, written.features))
