"""Illustrator 8: its operators read after Adobe's specification of the format; Ghostscript runs the file."""

import re
import subprocess
from collections import Counter
from pathlib import Path

from readers.found import Found, flow

# How many numbers, strings, names and arrays stand before each operator.
TAKES = {
    "m": 2, "L": 2, "C": 6, "h": 0, "W": 0, "n": 0, "N": 0, "f": 0, "F": 0, "s": 0, "S": 0, "b": 0, "B": 0, "u": 0,
    "U": 0, "*u": 0, "*U": 0, "q": 0, "Q": 0, "w": 1, "J": 1, "j": 1, "M": 1, "d": 2, "A": 1, "O": 1, "R": 1, "XR": 1,
    "k": 4, "K": 4, "Xa": 3, "XA": 3, "Lb": 13, "Ln": 1, "LB": 0, "To": 1, "TO": 0, "Tp": 7, "TP": 0, "Tm": 6, "Tr": 1,
    "Tf": 4, "Ta": 1, "Tz": 2, "Tt": 1, "Tx": 1, "TX": 1, "Pb": 2, "Pc": 0, "PB": 0, "TE": 1, "TZ": 1,
}  # fmt: skip
TOKEN = re.compile(r"\((?:[^\\()]|\\.)*\)|\[[^\]]*\]|\[|[^\s()\[\]]+", re.DOTALL)
PAINTS = set("fFsSbB")


def unescaped(string: str, page: str = "cp1252") -> str:
    """A string in a code page."""
    codes = re.sub(r"\\([0-7]{3}|.)", lambda code: chr(int(code[1], 8)) if code[1].isdigit() else code[1], string[1:-1])
    return codes.encode("latin-1").decode(page)


class Reading:
    """What the operators say, in their order."""

    def __init__(self) -> None:
        self.layers: dict[str, int] = {}
        # Kind, strings of its letters, strings of what is not shown; the font.
        self.texts: list[tuple[int, str, str]] = []
        # Fills by the colour's name, or by its components.
        self.fills: Counter = Counter()
        self.cuts: set[str] = set()
        self.notes: list[str] = []
        self._nested: list[str] = []
        self._text = [0, "", ""]
        self._layer, self._fill = "", None

    def take(self, operator: str, values: list[str]) -> None:
        """One operator."""
        if operator in ("Xx", "XX"):
            kind = int(values.pop())
            assert values.pop() == "0"
            name = values.pop()
            assert len(values) == (3 if kind else 4)
            self._fill = unescaped(name) if operator == "Xx" else self._fill
            return
        assert operator in TAKES, operator
        assert len(values) == TAKES[operator], (operator, values)
        if operator in ("k", "Xa"):
            self._fill = tuple(map(float, values))
        elif operator == "Ln":
            self._layer = unescaped(values[0])
            assert self._layer not in self.layers
            self.layers[self._layer] = 0
        elif operator == "LB":
            assert self._nested == []
        elif operator in ("u", "*u", "To"):
            self._begins(operator)
            self._text = [int(values[0]), "", ""] if operator == "To" else self._text
        elif operator in ("U", "*U", "TO"):
            assert self._nested.pop() == {"U": "u", "*U": "*u", "TO": "To"}[operator]
            if operator == "TO":
                self.texts.append(tuple(self._text))
        elif operator in ("Tx", "TX"):
            self._text[1 + (operator == "TX")] += unescaped(values[0])
        elif operator in PAINTS:
            self.fills[self._layer, self._fill] += operator in "fFbB"
            if self._nested != ["u", "*u"] and "*u" not in self._nested:
                self._begins(operator)
                self._nested.pop()
        elif operator == "W":
            self.cuts.add(self._layer)

    def _begins(self, what: str) -> None:
        """A thing is what begins in a class, which lies in a layer."""
        self.layers[self._layer] += self._nested == ["u"]
        self._nested.append(what)


def read(path: Path) -> tuple[str, Reading]:
    """The head, and what the script says; the prolog is for interpreters of PostScript."""
    text = path.read_text(encoding="ascii")
    head, rest = text.split("%%EndComments\n")
    script = rest.split("%%EndProlog\n")[1].split("%%PageTrailer\n")[0]
    reading = Reading()
    values: list[str] = []
    for line in script.splitlines():
        if line.startswith("%"):
            reading.notes += [line.removeprefix("%AI3_Note:")] if line.startswith("%AI3_Note:") else []
            assert len(line) < 256
            continue
        for token in TOKEN.findall(line):
            if values[:1] == ["["]:
                # An encoding, or a font.
                values = ["["] if token not in ("TE", "TZ") else []
            elif token[0] in "([/" or re.fullmatch(r"-?[\d.]+(?:e-?\d+)?", token):
                values.append(token)
            else:
                reading.take(token, values)
                values = []
    assert values == []
    return head, reading


def ai8(path: Path) -> Found:
    """Layers, things, texts; Ghostscript runs the program without a word."""
    head, reading = read(path)
    lines = head.splitlines()
    assert lines[:3] == ["%!PS-Adobe-3.0", "%%Creator: Adobe Illustrator(R) 8.0", "%%AI8_CreatorVersion: 8.0"]
    assert "%AI5_FileFormat 4.0" in lines
    assert f"%AI5_NumLayers: {len(reading.layers)}" in lines
    (notice,) = re.findall(r"^%%Copyright: (\(.*\))$", head, re.MULTILINE)
    (size,) = re.findall(r"^%AI5_ArtSize: ([\d.]+) ([\d.]+)$", head, re.MULTILINE)
    found = Found(layers=reading.layers, notice=unescaped(notice).replace("(c)", "©"))
    found.size_mm = tuple(float(side) / 72 * 25.4 for side in size)
    for kind, shown, hidden in reading.texts:
        # What lies on a path is kept whole, and shown letter by letter.
        assert hidden == (shown if kind == 2 else "")
        found.texts.add(shown)
        found.flow += flow(shown)
    command = ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=nullpage", str(path)]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    assert told.stdout + told.stderr == ""
    return found


READERS = {"ai8": ai8}
