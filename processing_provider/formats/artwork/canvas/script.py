"""A drawing as JavaScript that paints it on a canvas: a function for each layer, a line of code for each object."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import base64
import json
import re
from typing import Iterator

from ....drawing.clean.outlining import as_outlines
from ....drawing.model import Color, Drawing, Image, Item, Layer, Path, Stamp, Symbol, Text
from ....drawing.things import called
from ....text.phrases import one_line
from ..reduced import straightened
from ..svg_figma import is_bent
from ..svg_values import UNIT, number
from ..svgmap import path_data

_SIDES = {0.0: "left", 0.5: "center", 1.0: "right"}
_NAME = 200


def quoted(value: object) -> str:
    """A value as a literal of JavaScript: whatever stands in it, no element of a page is ended by it."""
    text = json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def rgba(color: Color) -> str:
    """A colour of CSS."""
    return color.hex if color.alpha >= 1 else f"{color.hex}{round(color.alpha * 255):02X}"


class Script:
    """Writes the functions of layers; looks, symbols and pictures get their numbers as they come to be used."""

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing
        self._looks: dict[str, int] = {}
        self._symbols: dict[Symbol, int] = {}
        self._images: dict[bytes, int] = {}
        # By their functions, in the order of painting.
        self._layers: dict[str, Layer] = {}
        self.counts: dict[str, int] = {}
        self.bent = 0

    def pieces(self) -> Iterator[str]:
        """The sheet, what objects look like, symbols, a function for each layer, and the list of these."""
        body = [part for layer in self._drawing.layers for part in self._layer(layer)]
        stamped = list(self._stamped())
        yield f"const sheet = {quoted(self._sheet())};\n\nconst looks = [\n"
        yield from (f"  {look},\n" for look in self._looks)
        yield "];\n"
        if self._images:
            yield "\nconst images = [\n"
            yield from (f'  load("data:image/png;base64,{base64.b64encode(png).decode()}"),\n' for png in self._images)
            yield "];\n"
        yield from stamped
        yield from body
        yield "\nconst layers = [\n"
        for function, layer in self._layers.items():
            clipped = "true" if layer.clipped else "false"
            yield f"  {{ name: {quoted(layer.title)}, draw: {function}, clipped: {clipped} }},\n"
        yield "];\n"

    def _sheet(self) -> dict[str, object]:
        left, top, right, bottom = (round(value * UNIT, 2) for value in self._drawing.frame)
        return {
            "width": round(self._drawing.width * UNIT, 2), "height": round(self._drawing.height * UNIT, 2),
            "background": self._drawing.background.hex,
            "frame": [left, top, round(right - left, 2), round(bottom - top, 2)],
        }  # fmt: skip

    def _stamped(self) -> Iterator[str]:
        for symbol, index in self._symbols.items():
            yield f"\nfunction symbol{index}(c, name) {{\n"
            for path in symbol.paths:
                yield f'  draw(c, looks[{self._path_look(path)}], "{path_data(path)}", name);\n'
            yield "}\n"

    def _layer(self, layer: Layer) -> Iterator[str]:
        """The function of a layer."""
        function = self._function(layer.title)
        self._layers[function] = layer
        yield f"\n// {_comment(layer.title)}\nfunction {function}(c) {{\n"
        for group in layer.groups:
            yield f"  // {_comment(group.name)}\n" if group.name and group.name != layer.name else ""
            for item in group.items:
                yield from self._object(item)
        yield "}\n"
        self.counts[layer.title] = sum(len(group.items) for group in layer.groups)

    def _function(self, title: str) -> str:
        """A name of JavaScript that no other function has."""
        words = [word for word in re.findall(r"\w+", title[:_NAME]) if f"a{word}".isidentifier()]
        plain = "draw" + ("".join(word[:1].upper() + word[1:] for word in words) or "Layer")
        name, count = plain, 1
        while name in self._layers:
            count += 1
            name = f"{plain}_{count}"
        return name

    def _object(self, item: Item) -> Iterator[str]:
        """An object: one call in a line of its own."""
        title = one_line(called(item), _NAME)
        name = f", {quoted(title)}" if title else ""
        if isinstance(item, Path):
            yield f'  draw(c, looks[{self._path_look(item)}], "{path_data(item)}"{name});\n'
        elif isinstance(item, Stamp):
            symbol = self._symbols.setdefault(item.symbol, len(self._symbols))
            yield f"  stamp(c, symbol{symbol}, {number(item.x * UNIT)}, {number(item.y * UNIT)}{name});\n"
        elif isinstance(item, Image):
            image = self._images.setdefault(item.png, len(self._images))
            yield f"  picture(c, images[{image}], {quoted([round(value * UNIT, 4) for value in item.matrix])});\n"
        else:
            yield from self._text(straightened(item), name)

    def _text(self, text: Text, name: str) -> Iterator[str]:
        outlines = [part for part in as_outlines(text) if isinstance(part, Path)] if is_bent(text) else []
        if outlines:
            self.bent += 1
            around = f", looks[{self._path_look(outlines[0])}]" if len(outlines) > 1 else ""
            name = name or ', ""'
            yield f'  draw(c, looks[{self._path_look(outlines[-1])}], "{path_data(outlines[-1])}"{name}{around});\n'
            return
        lines = [
            [line.text, *(round(value * UNIT, 2) for value in (line.x, line.y, line.width))] for line in text.lines
        ]
        yield f"  write(c, looks[{self._text_look(text)}], {quoted(lines)}, {number(-text.rotation, 2)}{name});\n"

    def _look(self, members: dict[str, object]) -> int:
        return self._looks.setdefault(quoted(members), len(self._looks))

    def _path_look(self, path: Path) -> int:
        members: dict[str, object] = {"fill": rgba(path.fill)} if path.fill is not None else {}
        stroke = path.stroke
        if stroke is not None:
            members.update(
                stroke=rgba(stroke.color), width=round(stroke.width * UNIT, 3), cap=stroke.cap, join=stroke.join
            )
            if stroke.join == "miter":
                members["miter"] = stroke.miter
            if stroke.dash:
                members["dash"] = [round(part * UNIT, 3) for part in stroke.dash]
        return self._look(members)

    def _text_look(self, text: Text) -> int:
        font = text.font
        family = "".join(letter for letter in one_line(font.family, _NAME) if letter not in '"\\<')
        style = "italic " * font.italic + "bold " * font.bold + f"{number(font.size)}px"
        members: dict[str, object] = {
            "font": f'{style} "{family}", "Noto Sans", sans-serif', "fill": rgba(text.color),
            "align": _SIDES.get(text.anchor, "left"),
        }  # fmt: skip
        if font.spacing:
            members["spacing"] = f"{number(font.spacing * UNIT, 3)}px"
        if text.halo is not None:
            members.update(halo=rgba(text.halo.color), around=round(text.halo.width * 2 * UNIT, 3))
        return self._look(members)


def _comment(text: str) -> str:
    """A text behind `//`: one line, in which no element ends."""
    return quoted(one_line(text, _NAME))[1:-1]
