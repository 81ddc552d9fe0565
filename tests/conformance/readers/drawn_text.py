"""Drawings as text: TikZ, read after its manual (test_exchange.py has pdfTeX compile it), and Fig, with fig2dev."""

import re
import subprocess
from collections import Counter
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


def unescaped(string: str) -> str:
    """A string of Fig or PostScript in Latin-1."""
    return re.sub(r"\\([0-7]{3}|.)", lambda code: chr(int(code[1], 8)) if code[1].isdigit() else code[1], string)


def fig(path: Path) -> Found:
    """Layers are the outermost compounds, classes the next, things what lies in those; fig2dev shows the same texts."""
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [lines[0][:8], *lines[1:8]] == ["#FIG 3.2", "Portrait", "Center", "Inches", "A4", "10.00", "Single", "-2"]
    end = lines.index("1200 2")
    found = Found(notice="\n".join(line.removeprefix("# ") for line in lines[8:end]))
    colors, texts, names, comment, rows = set(), Counter(), [], "", iter(lines[end + 1 :])
    for line in rows:
        word, *rest = line.split()
        if word == "#":
            comment = line[2:]
            continue
        if word == "0":
            number = int(rest[0])
            assert re.fullmatch("#[0-9a-f]{6}", rest[1])
            assert number in set(range(32, 544)) - colors
            colors.add(number)
        elif word == "-6":
            names.pop()
        else:
            if len(names) == 2 and names[0] != "Margins":
                found.layers[names[0]] += 1
            if word == "6":
                assert len(rest) == 4
                names.append(comment)
                if len(names) == 1 and comment != "Margins":
                    assert comment not in found.layers
                    found.layers[comment] = 0
            elif word == "4":
                assert int(rest[1]) in colors
                assert 0 < int(rest[2]) < 999
                string = re.fullmatch(r"4( \S+){12} (.*)\\001", line)[2]
                found.texts.add(unescaped(string))
                found.flow += flow(unescaped(string))
                texts[unescaped(string)] += 1
            else:
                assert (word, len(rest)) == ("2", 15)
                points = []
                while len(points) < int(rest[14]):
                    row = next(rows)
                    assert row.startswith("\t ")
                    numbers = list(map(int, row.split()))
                    points += zip(numbers[::2], numbers[1::2])
                assert len(points) == int(rest[14])
                assert int(rest[3]) in colors
                if comment == "Page" and not names:
                    found.size_mm = tuple(side / 12000 * 25.4 for side in points[2])
        comment = ""
    assert names == []
    made = path.with_suffix(".fig2dev.eps")
    told = subprocess.run(["fig2dev", "-F", "-L", "eps", path, made], check=True, capture_output=True, text=True)
    assert told.stdout + told.stderr == "", told.stdout + told.stderr
    # Long strings go on in the next line.
    program = made.read_bytes().replace(b"\\\n", b"")
    shown = re.findall(rb"\(((?:[^\\()]|\\.)*)\) .*sh gr$", program, re.MULTILINE)
    assert Counter(unescaped(string.decode("latin-1")) for string in shown) == texts
    return found


READERS = {"tikz": tikz, "fig": fig}
