"""A drawing as SVG 1.1: what all SVG formats share.

One unit is a point (1/72 inch), as Illustrator and Inkscape count, so that sizes of text and lines stand in the file
as people know them. Halos are texts of their own below the names: not every program paints strokes behind letters.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import base64
import math
import pathlib
import re
from typing import Iterable, Iterator
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from ...drawing.model import CURVE, MOVE, Color, Drawing, Group, Item, Layer, Line, Path, Points, Text
from ...errors import WriteError
from ..writing import Job, Written

UNIT = 72 / 25.4
_SVG = "{http://www.w3.org/2000/svg}"
_HALOS, _HALOS_ID = " – halos", "_x2013__x20_halos"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
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
    box = f"0 0 {_number(width * UNIT)} {_number(height * UNIT)}"
    spaces = _SPACES if layered else " ".join(_SPACES.split(" ")[:2])
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg {spaces} version="1.1" width="{_number(width)}mm" height="{_number(height)}mm" viewBox="{box}">\n'
        f"<title>{_text(job.title)}</title>\n<desc>{_text(job.credit)}</desc>\n<metadata>"
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<rdf:Description rdf:about=""><dc:title>{_text(job.title)}</dc:title><dc:rights>{_text(job.credit)}'
        "</dc:rights><dc:format>image/svg+xml</dc:format></rdf:Description></rdf:RDF></metadata>\n"
    )
    left, top, right, bottom = (value * UNIT for value in drawing.frame)
    yield (
        f'<defs><clipPath id="frame"><rect x="{_number(left)}" y="{_number(top)}" width="{_number(right - left)}" '
        f'height="{_number(bottom - top)}"/></clipPath></defs>\n'
    )
    for layer in drawing.layers:
        yield _open(layer.name, names, layered)
        yield '<g clip-path="url(#frame)">\n' if layer.clipped else "<g>\n"
        for group in layer.groups:
            yield from _group(group, layer, names)
        yield "</g>\n</g>\n"
    yield "</svg>\n"


def _open(name: str, names: _Names, layered: bool) -> str:
    marks = f' inkscape:groupmode="layer" inkscape:label={quoteattr(name)} i:layer="yes"' if layered else ""
    return f'<g id="{names.id(name)}"{marks}>\n'


class _Names:
    """Ids that are unique, and that Illustrator reads as the names they stand for."""

    def __init__(self) -> None:
        self._used: dict[str, int] = {"frame": 1}

    def id(self, name: str) -> str:
        """A clean id: letters, digits, hyphens; anything else as Illustrator writes it, `_x20_` for a space."""
        plain = "".join(c if c.isascii() and (c.isalnum() or c in "-.") else f"_x{ord(c):02X}_" for c in name) or "_"
        plain = plain if plain[0].isalpha() or plain[0] == "_" else f"_{plain}"
        number = self._used[plain] = self._used.get(plain, 0) + 1
        return plain if number == 1 else f"{plain}_{number}_"


def _group(group: Group, layer: Layer, names: _Names) -> Iterator[str]:
    """A group's objects, its halos in a group of their own below; what neighbours have in common stands on a group."""
    title = group.name or layer.name
    texts = [item for item in group.items if isinstance(item, Text)]
    bent = [text for text in texts if text.lines[0].path is not None]
    baselines = {id(text): names.id("baseline") for text in bent}
    if bent:
        lines = "".join(f'<path id="{baselines[id(text)]}" d="{_baseline(text)}"/>\n' for text in bent)
        yield f"<defs>\n{lines}</defs>\n"
    halos = [text for text in texts if text.halo is not None]
    if halos:
        yield f'<g id="{names.id(f"{title}{_HALOS}")}">\n'
        for text in halos:
            yield _text_object(text, names, baselines, True)
        yield "</g>\n"
    yield f'<g id="{names.id(title)}">\n'
    for style, items in _runs(group.items):
        together = bool(style) and len(items) > 1
        yield f"<g{style}>\n" if together else ""
        for item in items:
            yield _object(item, names, baselines, "" if together else style)
        yield "</g>\n" if together else ""
    yield "</g>\n"


def _runs(items: Iterable[Item]) -> Iterator[tuple[str, list[Item]]]:
    """Objects one after the other that look alike."""
    run: list[Item] = []
    last = ""
    for item in items:
        style = _style(item) if isinstance(item, Path) else ""
        if run and style != last:
            yield last, run
            run = []
        run.append(item)
        last = style
    if run:
        yield last, run


def _style(path: Path) -> str:
    result = _paint("fill", path.fill) if path.fill else ' fill="none"'
    if path.fill and path.fill.alpha > 0:
        result += ' fill-rule="evenodd"'
    stroke = path.stroke
    if stroke is not None:
        result += f'{_paint("stroke", stroke.color)} stroke-width="{_number(stroke.width * UNIT, 3)}"'
        result += f' stroke-linecap="{stroke.cap}" stroke-linejoin="{stroke.join}"'
        if stroke.dash:
            result += ' stroke-dasharray="' + " ".join(_number(part * UNIT, 3) for part in stroke.dash) + '"'
    return result


def _paint(kind: str, color: Color) -> str:
    opacity = f' {kind}-opacity="{_number(color.alpha, 3)}"' if color.alpha < 1 else ""
    return f' {kind}="{color.hex}"{opacity}'


def _object(item: Item, names: _Names, baselines: dict[int, str], style: str) -> str:
    if isinstance(item, Text):
        return _text_object(item, names, baselines, False)
    if isinstance(item, Path):
        # An object of OpenStreetMap by its number, what has a name by it.
        mark = f' id="{names.id(item.key or item.name)}"' if item.key or item.name else ""
        end = f"><title>{_text(item.name)}</title></path>\n" if item.name else "/>\n"
        return f'<path{mark}{style} d="{path_data(item)}"{end}'
    matrix = " ".join(_number(value * UNIT, 4) for value in item.matrix)
    data = base64.b64encode(item.png).decode()
    return (
        f'<image width="1" height="1" preserveAspectRatio="none" transform="matrix({matrix})" '
        f'xlink:href="data:image/png;base64,{data}"/>\n'
    )


def _text_object(text: Text, names: _Names, baselines: dict[int, str], halo: bool) -> str:
    font = text.font
    style = f' font-family={quoteattr(font.family)} font-size="{_number(font.size, 2)}"'
    style += ' font-weight="bold"' if font.bold else ""
    style += ' font-style="italic"' if font.italic else ""
    style += f' letter-spacing="{_number(font.spacing * UNIT, 3)}"' if font.spacing else ""
    if halo and text.halo is not None:
        style += f"{_paint('fill', text.halo.color)}{_paint('stroke', text.halo.color)}"
        style += f' stroke-width="{_number(text.halo.width * 2 * UNIT, 3)}" stroke-linejoin="round"'
    else:
        style += _paint("fill", text.color)
    start = f'<text id="{names.id(text.name or text.string)}"{style} xml:space="preserve"'
    first = text.lines[0]
    if first.path is not None:
        return f'{start}><textPath xlink:href="#{baselines[id(text)]}">{_text(first.text)}</textPath></text>\n'
    style = {0.5: ' text-anchor="middle"', 1.0: ' text-anchor="end"'}.get(text.anchor, "")
    shift, angle = text.anchor * first.width, math.radians(text.rotation)
    x, y = first.x + shift * math.cos(angle), first.y - shift * math.sin(angle)
    place = f"translate({_number(x * UNIT)} {_number(y * UNIT)})"
    turn = f"rotate({_number(-text.rotation, 3)})" if text.rotation else ""
    body = _text(first.text)
    if len(text.lines) > 1:
        spans = [(line, *_turned(line, first, text.rotation)) for line in text.lines]
        spans = [(line, x + text.anchor * line.width - shift, y) for line, x, y in spans]
        body = "".join(
            f'<tspan x="{_number(x * UNIT)}" y="{_number(y * UNIT)}">{_text(line.text)}</tspan>' for line, x, y in spans
        )
    return f'{start}{style} transform="{place}{turn}">{body}</text>\n'


def _turned(line: Line, first: Line, rotation: float) -> tuple[float, float]:
    """Where a line begins, seen along the first one."""
    angle = math.radians(rotation)
    x, y = line.x - first.x, line.y - first.y
    return x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle)


def path_data(path: Path) -> str:
    """The path's `d`, in hundredths of a point."""
    points = np.round(path.points * UNIT, 2)
    out = []
    for start, end, closed in _spans(path):
        kinds = path.kinds[start:end]
        if not (kinds == CURVE).any():
            stop = end - 1 if closed else end
            out.append(f"M{_list(points[start:stop])}{'Z' if closed else ''}")
            continue
        out.append(f"M{_list(points[start : start + 1])}")
        index = start + 1
        while index < end:
            is_curve = path.kinds[index] == CURVE
            stop = index
            while stop < end and (path.kinds[stop] >= CURVE) == is_curve:
                stop += 1
            out.append(f"{'C' if is_curve else 'L'}{_list(points[index:stop])}")
            index = stop
        out.append("Z" if closed else "")
    return "".join(out)


def _spans(path: Path) -> Iterator[tuple[int, int, bool]]:
    starts = np.flatnonzero(path.kinds == MOVE)
    for start, end in zip(starts.tolist(), [*starts[1:].tolist(), len(path.kinds)]):
        yield start, end, end - start > 2 and bool((path.points[start] == path.points[end - 1]).all())


def _baseline(text: Text) -> str:
    points = text.lines[0].path
    return "" if points is None else f"M{_list(np.round(points * UNIT, 2))}"


def _list(points: Points) -> str:
    """Coordinates as text, in one call of C."""
    return str(points.ravel().tolist())[1:-1].replace(".0,", ",").replace(", ", " ").removesuffix(".0")


def _number(value: float, digits: int = 2) -> str:
    return f"{value:.{digits}f}".rstrip("0").rstrip(".") if digits else f"{value:.0f}"


def _text(value: str) -> str:
    return escape(_CONTROL.sub("", value))


def counts(drawing: Drawing) -> dict[str, int]:
    """Objects by layer."""
    return {layer.name: sum(1 for _ in layer.items) for layer in drawing.layers}


def prove(path: pathlib.Path, drawing: Drawing, written: Written) -> None:
    """Read the file again: every layer with its objects, every text."""
    prove_text(path.read_bytes(), drawing, written)


def prove_text(data: bytes, drawing: Drawing, written: Written) -> None:
    """Parse an SVG: its layers in order, each with its objects, and every text whole."""
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        raise WriteError("not_proven", f"SVG does not open again: {error}.") from error
    groups = list(root.iterfind(f"{_SVG}g"))
    found = [sum(1 for _ in _drawn(group)) for group in groups]
    if found != list(written.layers.values()):
        raise WriteError("not_proven", f"SVG holds {sum(found)} of {written.features} objects.")
    texts = {"".join(item.itertext()) for group in groups for item in _drawn(group) if item.tag == f"{_SVG}text"}
    wanted = {_CONTROL.sub("", "".join(line.text for line in i.lines)) for i in drawing.items if isinstance(i, Text)}
    if texts != wanted:
        raise WriteError("not_proven", f"SVG holds {len(texts & wanted)} of {len(wanted)} names.")


def _drawn(group: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """The objects of a layer, without halos and baselines."""
    for child in group:
        if child.tag == f"{_SVG}g" and _HALOS_ID not in child.get("id", ""):
            yield from _drawn(child)
        elif child.tag in (f"{_SVG}path", f"{_SVG}text", f"{_SVG}image"):
            yield child
