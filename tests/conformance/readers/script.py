"""AutoCAD scripts: each command with the answers that it asks for (AutoCAD Command Reference); anything else raises."""

import re
from pathlib import Path

from readers.found import Found, union

_POINT = re.compile(r"_NON -?\d+\.\d{3},-?\d+\.\d{3}")
_NAME = re.compile(r"[A-Z0-9$_-]{1,31}")
# Those that a drawing has, or a session begins with: whatever else is somebody's own, and nobody gives it back.
_SETTINGS = {"_.TEXTEVAL", "_.INSUNITS"}
# What begins AutoLISP, a comment or a transparent command.
_MEANT = "(!;'"


class Script:
    """What a script draws: (kind, layer, points, text), and the settings that it made."""

    def __init__(self, path):
        self.lines = path.read_text(encoding="ascii").split("\n")
        assert self.lines.pop() == ""
        self.lines.reverse()
        self.drawn, self.settings, self.layers, self.comments = [], {}, {}, []
        self.layer = "0"
        while self.lines:
            self.command(self.lines.pop())

    def answer(self, pattern):
        line = self.lines.pop()
        assert re.fullmatch(pattern, line), (pattern, line)
        return line

    def point(self):
        return tuple(map(float, self.answer(_POINT)[5:].split(",")))

    def command(self, name):
        if name.startswith(";"):
            self.comments.append(decoded(name))
        elif name in _SETTINGS:
            self.settings[name] = self.answer(r"\d+")
        elif name in ("_.UCS", "_.ZOOM"):
            self.answer("_W|_E")
        elif name == "_.-STYLE":
            for pattern in (_NAME, r"[a-z]+\.ttf", "0", "1", "0", "_N", "_N"):
                self.answer(pattern)
        elif name == "_.-LAYER":
            self.layers_of()
        elif name == "_.POINT":
            self.draw("point", [self.point()])
        elif name == "_.PLINE":
            points = []
            while _POINT.fullmatch(self.lines[-1]):
                points.append(self.point())
            closed = self.answer("_C|") == "_C"
            assert len(points) >= (3 if closed else 2)
            self.draw("outline" if closed else "line", points)
        elif name == "_.-TEXT":
            for pattern in ("_S", _NAME, "_J", "_M"):
                self.answer(pattern)
            place = self.point()
            assert float(self.answer(r"[0-9.e-]+")) > 0
            self.answer(r"-?\d+\.\d{3}")
            text = self.lines.pop()
            assert self.settings["_.TEXTEVAL"] == "0"
            assert text.strip()
            assert text[0] not in _MEANT
            self.draw("text", [place], decoded(text))
        else:
            raise AssertionError(f"unknown command {name!r}")

    def layers_of(self):
        while option := self.answer("_[MS]|_C|_LW|"):
            if option in ("_M", "_S"):
                self.layer = self.answer(_NAME)
                assert (option == "_M") == (self.layer not in (*self.layers, "0"))
                if option == "_M":
                    self.layers[self.layer] = {}
            else:
                value = self.answer(r"\d+(\.\d\d)?")
                self.layers[self.answer(_NAME)][option] = float(value)

    def draw(self, kind, points, text=""):
        self.drawn.append((kind, self.layer, points, text))


def decoded(text):
    """With what stands as code units of UTF-16, and without what is not seen."""
    units = re.sub(r"\\U\+([0-9A-F]{4})", lambda code: chr(int(code[1], 16)), text)
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le").replace("\u2060", "")


def scr(path: Path) -> Found:
    found, script = Found(), Script(path)
    boxes = []
    for kind, layer, points, text in script.drawn:
        found.layers[layer] = found.layers.get(layer, 0) + 1
        found.texts.add(text)
        if kind != "text":
            xs, ys = zip(*points)
            boxes.append((min(xs), min(ys), max(xs), max(ys)))
    found.box = union(boxes)
    found.notice = " ".join(text for text in found.texts if "OpenStreetMap" in text)
    return found


READERS = {"scr": scr}
