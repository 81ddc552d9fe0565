"""A drawing as SVG 1.1: what all SVG formats share.

One unit is a point (1/72 inch), as Illustrator and Inkscape count, so that sizes of text and lines stand in the file
as people know them. Halos are texts of their own below the names, in one group with them: not every program paints
strokes behind letters. Classes (`class`) tell what is alike: all parks, all pieces and names of one street.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import base64
import pathlib
from collections import Counter
from typing import Iterator, Mapping, Sequence

import numpy as np

from ...drawing.model import CURVE, Drawing, Group, Image, Item, Layer, Path, Stamp, Symbol, Text
from ...drawing.spans import spans
from ...drawing.things import families, things
from ..contract import Job, Written
from .svg_fonts import style_sheet
from .svg_text import baseline, text_object
from .svg_values import UNIT, attributes, beside, label, looks, number, numbers
from .svg_values import text as words

# Markers come as stamps: SVG has symbols for them (see drawing.model.Stamp).
# What is cut at the map's frame, in each layer.
_CLIP = "In the frame"
# The end of the name of a layer or class of what shows round others.
_OUTLINES = " – outlines"
_SPACES = (
    'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" '
    'xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" '
    'xmlns:i="http://ns.adobe.com/AdobeIllustrator/10.0/"'
)


def write(drawing: Drawing, path: pathlib.Path, job: Job, layered: bool = True) -> Written:
    """Write the file; `layered`: groups are layers to Inkscape and Illustrator."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(svg(drawing, job, layered))
    return Written(counts(drawing))


def svg(drawing: Drawing, job: Job, layered: bool) -> Iterator[str]:
    """The file's text in pieces; `layered`: groups are layers to Inkscape and Illustrator."""
    names = _Names()
    width, height = drawing.width, drawing.height
    box = f"0 0 {number(width * UNIT)} {number(height * UNIT)}"
    spaces = _SPACES if layered else " ".join(_SPACES.split(" ")[:2])
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg {spaces} version="1.1" width="{number(width)}mm" height="{number(height)}mm" viewBox="{box}">\n'
        f"<title>{words(job.title)}</title>\n<desc>{words(job.credit)}</desc>\n<metadata>"
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<rdf:Description rdf:about=""><dc:title>{words(job.title)}</dc:title><dc:rights>{words(job.credit)}'
        "</dc:rights><dc:format>image/svg+xml</dc:format></rdf:Description></rdf:RDF></metadata>\n"
    )
    if job.options.get("embed_fonts"):
        yield from style_sheet(drawing, job)
    left, top, right, bottom = (value * UNIT for value in drawing.frame)
    yield (
        f'<defs><clipPath id="frame"><rect x="{number(left)}" y="{number(top)}" width="{number(right - left)}" '
        f'height="{number(bottom - top)}"/></clipPath></defs>\n'
    )
    symbols = [item.symbol for item in drawing.items if isinstance(item, Stamp)]
    for symbol in dict.fromkeys(symbols):
        yield from _symbol(symbol, names, layered)
    if layered:
        yield '<sodipodi:namedview id="view" units="mm" inkscape:document-units="mm"/>\n'
    for parent, layers in families(drawing.layers):
        yield _layer_tag(parent, names, layered) if parent else ""
        for layer in layers:
            yield _layer_tag(layer.name, names, layered)
            yield f'<g{label(_CLIP, layered)} clip-path="url(#frame)">\n' if layer.clipped else "<g>\n"
            for group in layer.groups:
                yield from _group(layer, group, names, layered)
            yield "</g>\n</g>\n"
        yield "</g>\n" if parent else ""
    yield "</svg>\n"


def _layer_tag(name: str, names: _Names, layered: bool) -> str:
    marks = f' inkscape:groupmode="layer"{label(name, True)} i:layer="yes"' if layered else ""
    return f'<g id="{names.id(name)}"{marks}>\n'


class _Names:
    """Ids that are unique, and that Illustrator reads as the names they stand for."""

    def __init__(self) -> None:
        self._used: dict[str, int] = {"frame": 1, "view": 1}
        self._plain: dict[str, str] = {}
        self._looks: dict[tuple[int, int, int], tuple[str, Path, Mapping[str, str]]] = {}
        # The ids of what is drawn in many places.
        self.symbols: dict[Symbol, str] = {}

    def plain(self, name: str) -> str:
        """Letters, digits, hyphens; anything else as Illustrator writes it, `_x20_` for a space."""
        known = self._plain.get(name)
        if known is None:
            text = "".join(c if c.isascii() and (c.isalnum() or c in "-.") else f"_x{ord(c):02X}_" for c in name) or "_"
            known = self._plain[name] = text if text[0].isalpha() or text[0] == "_" else f"_{text}"
        return known

    def looks(self, path: Path, common: Mapping[str, str]) -> str:
        """The attributes of a path in a group that says what is common."""
        key = id(path.fill), id(path.stroke), id(common)
        known = self._looks.get(key)
        if known is None:
            # What was looked at stays, so that nothing else gets its place in memory.
            known = self._looks[key] = attributes(beside(looks(path), common)), path, common
        return known[0]

    def of_class(self, name: str) -> str:
        """The class of all that is called so; no other class begins like it."""
        return f' class="called-{self.plain(name)}"' if name else ""

    def id(self, name: str) -> str:
        """A clean id that no other object has."""
        plain = self.plain(name)
        number = self._used[plain] = self._used.get(plain, 0) + 1
        return plain if number == 1 else f"{plain}_{number}_"


def _group(layer: Layer, group: Group, names: _Names, layered: bool) -> Iterator[str]:
    """A group's objects, thing by thing; what most of them look like stands on the group."""
    title = group.name or layer.name
    texts = [item for item in group.items if isinstance(item, Text)]
    bent = {id(item): names.id("baseline") for item in texts if item.lines[0].path is not None}
    if bent:
        yield "<defs>\n"
        for line in texts:
            path = line.lines[0].path
            if path is not None:
                yield f'<path id="{bent[id(line)]}" d="{baseline(path)}"/>\n'
        yield "</defs>\n"
    common = _common(group.items)
    faces = {item.font.family for item in texts}
    font = {"font-family": faces.pop()} if len(faces) == 1 else {}
    # What shows round the objects of a class is no part of it.
    of_class = title + _OUTLINES if layer.name.endswith(_OUTLINES) and not title.endswith(_OUTLINES) else title
    mark = f'id="{names.id(title)}"{label(title, layered)} class="{names.plain(of_class)}"'
    yield f"<g {mark}{attributes({**common, **font})}>\n"
    for name, items in things(group):
        is_one = len(items) == 1 and not (isinstance(items[0], Text) and items[0].halo)
        if not is_one:
            yield f'<g id="{names.id(name or title)}"{label(name or title, layered)}{names.of_class(name)}>\n'
        for item in items:
            if isinstance(item, Text):
                if item.halo:
                    yield text_object(item, "halo", bent.get(id(item), ""), layered, font)
                kind = f' id="{names.id(name)}"' if is_one else ""
                yield text_object(item, "name", bent.get(id(item), ""), layered, font, kind)
            else:
                yield _object(item, names, common, layered, is_one)
        yield "" if is_one else "</g>\n"
    yield "</g>\n"


def _symbol(symbol: Symbol, names: _Names, layered: bool) -> Iterator[str]:
    """What a marker looks like, to be used by the markers."""
    mark = names.symbols[symbol] = names.id("symbol")
    yield f'<defs><symbol id="{mark}" overflow="visible">\n'
    yield from (_object(path, names, {}, layered, True) for path in symbol.paths)
    yield "</symbol></defs>\n"


def _common(items: Sequence[Item]) -> Mapping[str, str]:
    """What most paths look like; nothing where there are other objects among them, or hardly any."""
    paths = [item for item in items if isinstance(item, Path)]
    if len(paths) < 2 or len(paths) < len(items):
        return {}
    # Many share a fill and a stroke, which are the same objects where they were recorded.
    shared = Counter((id(path.fill), id(path.stroke)) for path in paths)
    one_of = {(id(path.fill), id(path.stroke)): path for path in paths}
    found: Counter[tuple[tuple[str, str], ...]] = Counter()
    for key, count in shared.items():
        found[tuple(looks(one_of[key]).items())] += count
    [(most, _)] = found.most_common(1)
    return dict(most)


def _object(item: Path | Image | Stamp, names: _Names, common: Mapping[str, str], layered: bool, is_named: bool) -> str:
    """A path, marker or picture; `is_named`: what it is called stands on it, not on a thing that it is part of."""
    called_by = item.name if is_named else ""
    if not isinstance(item, Image):
        # An object of OpenStreetMap by its number, what has a name by it.
        marks = f' id="{names.id(item.key or called_by)}"' if item.key or called_by else ""
        marks += label(called_by, layered)
        end = f"><title>{words(called_by)}</title></%s>\n" if called_by else "/>\n"
        if isinstance(item, Stamp):
            place = f'x="{number(item.x * UNIT)}" y="{number(item.y * UNIT)}"'
            return f'<use{marks} xlink:href="#{names.symbols[item.symbol]}" {place}{end.replace("%s", "use")}'
        # Lines of a name are parts of a street, as what is called by it.
        marks += names.of_class(called_by) if item.fill is None else ""
        own = names.looks(item, common)
        return f'<path{marks}{own} d="{path_data(item)}"{end.replace("%s", "path")}'
    matrix = " ".join(number(value * UNIT, 4) for value in item.matrix)
    data = base64.b64encode(item.png).decode()
    return (
        f'<image width="1" height="1" preserveAspectRatio="none" transform="matrix({matrix})" '
        f'xlink:href="data:image/png;base64,{data}"/>\n'
    )


def path_data(path: Path) -> str:
    """The path's `d`, in hundredths of a point."""
    points = np.round(path.points * UNIT, 2)
    out = []
    for start, end, closed in spans(path):
        if CURVE not in path.kinds[start:end].tobytes():
            stop = end - 1 if closed else end
            out.append(f"M{numbers(points[start:stop])}{'Z' if closed else ''}")
            continue
        out.append(f"M{numbers(points[start : start + 1])}")
        index = start + 1
        while index < end:
            is_curve = path.kinds[index] == CURVE
            stop = index
            while stop < end and (path.kinds[stop] >= CURVE) == is_curve:
                stop += 1
            out.append(f"{'C' if is_curve else 'L'}{numbers(points[index:stop])}")
            index = stop
        out.append("Z" if closed else "")
    return "".join(out)


def counts(drawing: Drawing) -> dict[str, int]:
    """Objects by layer."""
    return {layer.name: sum(1 for _ in layer.items) for layer in drawing.layers}
