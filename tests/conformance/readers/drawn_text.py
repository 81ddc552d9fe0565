"""Drawings that are programs of another one: TikZ, read after its manual; test_exchange.py has pdfTeX compile it."""

import re
from pathlib import Path

from readers.found import Found, flow

_TEX = {
    r"\textbackslash{}": "\\", r"\textasciicircum{}": "^", r"\textasciitilde{}": "~", "-{}": "-", "'{}": "'",
    "?{}": "?", "!{}": "!", **{f"\\{letter}": letter for letter in "{}$&#%_"},
}  # fmt: skip


def tikz(path: Path) -> Found:
    """Layers are scopes under a comment, their objects the paths and nodes in them, or scopes of several nodes."""
    text = path.read_text(encoding="utf-8")
    head, body = text.split("\\begin{document}")
    width, height = re.search(r"\[paperwidth=([\d.]+)mm,paperheight=([\d.]+)mm,margin=0pt\]\{geometry\}", head).groups()
    told = "\n".join(line for line in head.splitlines() if line.startswith("% "))
    found = Found(notice=told, size_mm=(float(width), float(height)))
    looks = set(re.findall(r"^\\tikzset\{(look \d+)/", head, re.MULTILINE))
    colors = set(re.findall(r"^\\definecolor\{(color \d+)\}\{HTML\}\{[0-9A-F]{6}\}$", head, re.MULTILINE))
    assert set(re.findall(r"(?:fill|draw|text)=(color \d+)", text)) <= colors
    layer, depth, halo = "", 0, False
    for line in body.splitlines():
        if line.startswith("% layer: "):
            layer = line.removeprefix("% layer: ")
            assert layer not in found.layers
            found.layers[layer] = 0
        elif line.startswith(("% group: ", "% halos: ")):
            halo = line.startswith("% halos")
        elif line.startswith("\\end{scope}"):
            depth -= 1
        elif line.startswith(("\\begin{scope}", "\\path[", "\\node[")):
            found.layers[layer] += depth == 1 and not halo
            depth += line.startswith("\\begin{scope}")
            if line.startswith("\\path["):
                assert re.match(r"\\path\[([^\]]*)\]", line)[1] in looks
        node = re.match(r"\\node\[.*?\] at \(-?[\d.]+,-?[\d.]+\) \{(.*?)\};(?: % .*)?$", line)
        assert bool(node) == line.startswith("\\node[")
        if node:
            keys = sorted(_TEX, key=len, reverse=True)
            string = re.sub("|".join(map(re.escape, keys)), lambda part: _TEX[part[0]], node[1])
            found.texts.add(string)
            found.flow += flow(string)
    assert depth == 0
    return found


READERS = {"tikz": tikz}
