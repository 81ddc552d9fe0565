"""A drawing as SVG 1.1: what all SVG formats share.

One unit is a point (1/72 inch), as Illustrator and Inkscape count, so that sizes of text and lines stand in the file
as people know them. Halos are texts of their own below the names: not every program paints strokes behind letters.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import base64
import pathlib
from collections import Counter
from typing import Iterable, Iterator, Mapping

import numpy as np
from qgis.PyQt.QtCore import QXmlStreamReader

from ...drawing.model import CURVE, MOVE, Drawing, Group, Image, Item, Path, Stamp, Symbol, Text
from ...errors import WriteError
from ...text.sentence import say
from ..contract import Job, Written
from .svg_text import baseline, text_object
from .svg_values import CONTROL, UNIT, attributes, beside, label, looks, number, numbers
from .svg_values import text as words

# Markers come as stamps: SVG has symbols for them (see drawing.model.Stamp).
_HALO, _HALOS, _HALOS_ID = " – halo", " – halos", "_x2013__x20_halos"
# What is cut at the map's frame, in each layer.
_CLIP = "In the frame"
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
    for layer in drawing.layers:
        marks = f' inkscape:groupmode="layer"{label(layer.name, True)} i:layer="yes"' if layered else ""
        yield f'<g id="{names.id(layer.name)}"{marks}>\n'
        yield f'<g{label(_CLIP, layered)} clip-path="url(#frame)">\n' if layer.clipped else "<g>\n"
        for group in layer.groups:
            yield from _group(group, group.name or layer.name, names, layered)
        yield "</g>\n</g>\n"
    yield "</svg>\n"


class _Names:
    """Ids that are unique, and that Illustrator reads as the names they stand for."""

    def __init__(self) -> None:
        self._used: dict[str, int] = {"frame": 1, "view": 1}
        # The ids of what is drawn in many places.
        self.symbols: dict[Symbol, str] = {}

    def id(self, name: str) -> str:
        """A clean id: letters, digits, hyphens; anything else as Illustrator writes it, `_x20_` for a space."""
        plain = "".join(c if c.isascii() and (c.isalnum() or c in "-.") else f"_x{ord(c):02X}_" for c in name) or "_"
        plain = plain if plain[0].isalpha() or plain[0] == "_" else f"_{plain}"
        number = self._used[plain] = self._used.get(plain, 0) + 1
        return plain if number == 1 else f"{plain}_{number}_"


def _group(group: Group, title: str, names: _Names, layered: bool) -> Iterator[str]:
    """A group's objects, its halos in a group of their own below; what most of them look like stands on the group."""
    texts = [item for item in group.items if isinstance(item, Text)]
    marks = {id(item): names.id(item.name or item.string) for item in texts}
    bent = {id(item): names.id("baseline") for item in texts if item.lines[0].path is not None}
    if bent:
        yield "<defs>\n"
        for line in texts:
            path = line.lines[0].path
            if path is not None:
                yield f'<path id="{bent[id(line)]}" d="{baseline(path)}"/>\n'
        yield "</defs>\n"
    halos = [item for item in texts if item.halo is not None]
    if halos:
        yield f'<g id="{names.id(title + _HALOS)}"{label(title + _HALOS, layered)}>\n'
        for behind in halos:
            mark = names.id((behind.name or behind.string) + _HALO)
            yield text_object(behind, mark, bent.get(id(behind), ""), layered, True)
        yield "</g>\n"
    common = _common(group.items)
    yield f'<g id="{names.id(title)}"{label(title, layered)}{attributes(common)}>\n'
    for item in group.items:
        if isinstance(item, Text):
            yield text_object(item, marks[id(item)], bent.get(id(item), ""), layered)
        else:
            yield _object(item, names, common, layered)
    yield "</g>\n"


def _symbol(symbol: Symbol, names: _Names, layered: bool) -> Iterator[str]:
    """What a marker looks like, to be used by the markers."""
    mark = names.symbols[symbol] = names.id("symbol")
    yield f'<defs><symbol id="{mark}" overflow="visible">\n'
    yield from (_object(path, names, {}, layered) for path in symbol.paths)
    yield "</symbol></defs>\n"


def _common(items: Iterable[Item]) -> Mapping[str, str]:
    """What most paths look like; nothing where there are other objects among them, or hardly any."""
    all_looks = [looks(item) if isinstance(item, Path) else {} for item in items]
    if len(all_looks) < 2 or not all(all_looks):
        return {}
    [(most, _)] = Counter(tuple(one.items()) for one in all_looks).most_common(1)
    return dict(most)


def _object(item: Path | Image | Stamp, names: _Names, common: Mapping[str, str], layered: bool) -> str:
    if isinstance(item, Path):
        # An object of OpenStreetMap by its number, what has a name by it.
        mark = f' id="{names.id(item.key or item.name)}"' if item.key or item.name else ""
        end = f"><title>{words(item.name)}</title></path>\n" if item.name else "/>\n"
        own = attributes(beside(looks(item), common))
        return f'<path{mark}{label(item.name, layered)}{own} d="{path_data(item)}"{end}'
    if isinstance(item, Stamp):
        mark = f' id="{names.id(item.key or item.name)}"' if item.key or item.name else ""
        end = f"><title>{words(item.name)}</title></use>\n" if item.name else "/>\n"
        place = f'x="{number(item.x * UNIT)}" y="{number(item.y * UNIT)}"'
        return f'<use{mark}{label(item.name, layered)} xlink:href="#{names.symbols[item.symbol]}" {place}{end}'
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
    for start, end, closed in _spans(path):
        kinds = path.kinds[start:end]
        if not (kinds == CURVE).any():
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


def _spans(path: Path) -> Iterator[tuple[int, int, bool]]:
    starts = np.flatnonzero(path.kinds == MOVE)
    for start, end in zip(starts.tolist(), [*starts[1:].tolist(), len(path.kinds)]):
        yield start, end, end - start > 2 and bool((path.points[start] == path.points[end - 1]).all())


def counts(drawing: Drawing) -> dict[str, int]:
    """Objects by layer."""
    return {layer.name: sum(1 for _ in layer.items) for layer in drawing.layers}


def prove(path: pathlib.Path, drawing: Drawing, written: Written) -> None:
    """Read the file again: every layer with its objects, every text."""
    prove_text(path.read_bytes(), drawing, written)


def prove_text(data: bytes, drawing: Drawing, written: Written) -> None:
    """Parse an SVG: its layers in order, each with its objects, and every text whole."""
    reader = QXmlStreamReader(data)
    reader.readNextStartElement()
    groups = []
    while reader.readNextStartElement():
        if reader.name() == "g":
            groups.append(list(_drawn(reader)))
        else:
            reader.skipCurrentElement()
    while not reader.atEnd():
        reader.readNext()
    if reader.hasError():
        raise WriteError("not_proven", say("SVG does not open again: {0}.", reader.errorString().rstrip(".")))
    found = [len(group) for group in groups]
    if found != list(written.layers.values()):
        raise WriteError("not_proven", say("SVG holds {0} of {1} objects.", sum(found), written.features))
    texts = {text for group in groups for text in group if text is not None}
    wanted = {CONTROL.sub("", "".join(line.text for line in i.lines)) for i in drawing.items if isinstance(i, Text)}
    if texts != wanted:
        raise WriteError("not_proven", say("SVG holds {0} of {1} names.", len(texts & wanted), len(wanted)))


def _drawn(reader: QXmlStreamReader) -> Iterator[str | None]:
    """The objects of the layer that was just begun, without halos and baselines: a text's words, else None."""
    while reader.readNextStartElement():
        tag = reader.name()
        if tag == "g" and _HALOS_ID not in reader.attributes().value("id"):
            yield from _drawn(reader)
        elif tag == "text":
            yield reader.readElementText(QXmlStreamReader.ReadElementTextBehaviour.IncludeChildElements)
        else:
            reader.skipCurrentElement()
            if tag in ("path", "image", "use"):
                yield None
