"""SVG for Figma, Sketch and Canva: what an object is called is its id, which these programs show as its layer's name.

They read a part of SVG alone, so that only that part is here: groups, paths, straight texts and pictures with
attributes of their own. There is no sheet of styles, no symbol, no text on a path and no clipping; paper lies over
what reaches beyond the map's frame. One unit is a point: a frame of A4 has 595 x 842 of them, as their own has.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import base64
import pathlib
import re
from collections import Counter
from typing import Iterable, Iterator, Mapping

from ...drawing.clean.margins import covered
from ...drawing.clean.outlining import as_outlines
from ...drawing.model import Drawing, Group, Image, Item, Layer, Path, Stamp, Text
from ...drawing.things import families, things
from ...text.phrases import readable
from ...text.sentence import say
from ...text.xml_text import quoteattr
from ..contract import Job, Written
from .reduced import straightened
from .svg_proof import prove_layers
from .svg_text import turned
from .svg_values import UNIT, attributes, beside, looks, number, paint
from .svg_values import text as words
from .svgmap import path_data
from .upright import box, upright

# What may not stand in a name of XML (Namespaces in XML 1.0, NCName).
_NO_LETTER = re.compile(
    "[^-.0-9A-Z_a-z\u00b7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u037d\u037f-\u1fff\u200c\u200d\u203f\u2040\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff]+"
)
_NO_START = re.compile("[-.0-9\u00b7\u0300-\u036f\u203f\u2040]")
_LONGEST = 200
# Where lines follow a beginning without a letter of their own, which is more than some importers read.
_IMPLIED = re.compile(r"(M\S+ [-.\d]+) ")


def write(view: Drawing, path: pathlib.Path, job: Job) -> Written:
    """Write the file; told is how many names bend, which stand as outlines."""
    made = _Figma(upright(view))
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(made.pieces(job))
    if made.bent:
        text = say("{0} knows no bent names: outlines stand for {1} of them.", job.format.name, made.bent)
        job.feedback.warning("outlined_bent", text)
    return Written(made.counts)


class _Figma:
    """Writes a drawing; ids get their numbers as they come to be used."""

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing
        self._used: Counter[str] = Counter()
        self.counts: dict[str, int] = {}
        self.bent = 0

    def pieces(self, job: Job) -> Iterator[str]:
        """The file's text, layer by layer."""
        width, height = (number(side * UNIT) for side in (self._drawing.width, self._drawing.height))
        yield (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" '
            f'width="{width}" height="{height}" viewBox="0 0 {width} {height}" fill="none">\n'
            f"<title>{words(job.title)}</title>\n<desc>{words(job.credit)}</desc>\n"
        )
        for parent, layers in families(covered(self._drawing)):
            yield self._open(parent) if parent else ""
            for layer in layers:
                job.feedback.check()
                self.counts[layer.name] = 0
                yield from self._layer(layer)
            yield "</g>\n" if parent else ""
        yield "</svg>\n"

    def _layer(self, layer: Layer) -> Iterator[str]:
        """A layer with its classes; one class that is called as the layer is needs no group of its own."""
        if len(layer.groups) == 1 and layer.groups[0].name in ("", layer.name):
            yield from self._group(layer, layer.groups[0])
            return
        yield self._open(layer.name)
        for group in layer.groups:
            yield from self._group(layer, group)
        yield "</g>\n"

    def _open(self, name: str, common: Mapping[str, str] | None = None) -> str:
        return f"<g{self._mark(name)}{attributes(common or {})}>\n"

    def _mark(self, name: str) -> str:
        """An id that reads as the name, and that no other object has; the name itself where it is another."""
        plain = _NO_LETTER.sub("_", name[:_LONGEST]) or "_"
        plain = f"_{plain}" if _NO_START.match(plain) else plain
        unique = plain
        while unique in self._used:
            self._used[plain] += 1
            unique = f"{plain}_{self._used[plain]}"
        self._used[unique] += 1
        told = f" data-name={quoteattr(readable(name))}" if unique != name else ""
        return f' id="{unique}"{told}'

    def _group(self, layer: Layer, group: Group) -> Iterator[str]:
        """A class; what most of its paths look like stands on it."""
        common = _common(group.items)
        yield self._open(group.name or layer.name, common)
        for name, items in things(group):
            parts = [part for item in items for part in self._parts(item, layer.name)]
            if len(parts) == 1:
                yield self._object(*parts[0], name, common)
            elif parts:
                yield self._open(name or group.name or layer.name)
                for part, kind in parts:
                    yield self._object(part, kind, kind if kind == "halo" else "", common)
                yield "</g>\n"
        yield "</g>\n"

    def _parts(self, item: Item, layer: str) -> list[tuple[Path | Text | Image, str]]:
        """What an object is made of, each with what it is: `halo`, or nothing."""
        if isinstance(item, Stamp):
            self.counts[layer] += len(item.paths)
            return [(path, "") for path in item.paths]
        if not isinstance(item, Text):
            self.counts[layer] += 1
            return [(item, "")]
        text = straightened(item)
        outlines = [part for part in as_outlines(text) if isinstance(part, Path)] if item.halo or is_bent(text) else []
        below = [(part, "halo") for part in outlines[:-1]]
        if is_bent(text) and outlines:
            self.bent += 1
            self.counts[layer] += 1
            return [*below, (outlines[-1], "")]
        self.counts[layer] += 1
        return [*below, (text, "")]

    def _object(self, part: Path | Text | Image, kind: str, name: str, common: Mapping[str, str]) -> str:
        mark = (self._mark(name) if name else "") + (' class="halo"' if kind else "")
        if isinstance(part, Text):
            return _text(part, mark, common)
        if isinstance(part, Path):
            data = _IMPLIED.sub(r"\1L", path_data(part))
            return f'<path{mark}{attributes(beside(looks(part), common))} d="{data}"/>\n'
        left, top, right, bottom = (value * UNIT for value in box(part))
        data = base64.b64encode(part.png).decode()
        return (
            f'<image{mark} x="{number(left)}" y="{number(top)}" width="{number(right - left)}" '
            f'height="{number(bottom - top)}" preserveAspectRatio="none" xlink:href="data:image/png;base64,{data}"/>\n'
        )


def is_bent(text: Text) -> bool:
    """Whether a text stands on a line that bends."""
    return any(line.path is not None for line in text.lines)


def _common(items: Iterable[Item]) -> dict[str, str]:
    """What most paths look like, where a group has nothing but paths."""
    found = Counter(tuple(looks(item).items()) if isinstance(item, Path) else () for item in items)
    return dict(found.most_common(1)[0][0]) if () not in found and sum(found.values()) > 1 else {}


def _text(text: Text, mark: str, common: Mapping[str, str]) -> str:
    """A text at the start of its first line, the others beside it; turned about that place."""
    font, first = text.font, text.lines[0]
    look = {**paint("fill", text.color), "font-family": font.family, "font-size": number(font.size, 2)}
    look.update({"font-weight": "bold"} if font.bold else {})
    look.update({"font-style": "italic"} if font.italic else {})
    look.update({"letter-spacing": number(font.spacing * UNIT, 3)} if font.spacing else {})
    look["xml:space"] = "preserve"
    look["transform"] = f"translate({number(first.x * UNIT)} {number(first.y * UNIT)})"
    look["transform"] += f" rotate({number(-text.rotation, 3)})" if text.rotation else ""
    lines = "".join(
        f'<tspan x="{number(x * UNIT)}" y="{number(y * UNIT)}">{words(line.text)}</tspan>'
        for line, (x, y) in ((line, turned(line, first, text.rotation)) for line in text.lines)
    )
    return f"<text{mark}{attributes(beside(look, common))}>{lines}</text>\n"


def prove(path: pathlib.Path, view: Drawing, written: Written) -> None:
    """Read the file again: every layer with its objects, every name that is text."""
    texts = [straightened(item) for item in view.items if isinstance(item, Text)]
    due = {"".join(line.text for line in text.lines) for text in texts if not is_bent(text)}
    # Of bent names those are text that have no outlines, being blank.
    known = {"".join(line.text for line in text.lines) for text in texts}
    prove_layers(path.read_bytes(), covered(view), written, due, known)
