"""AutoCAD script (.scr): the commands that draw the map, one answer a line, in plain ASCII.

Facts: Autodesk, AutoCAD Command Reference (-LAYER, -STYLE, PLINE, POINT, -TEXT; "About Creating Scripts": a line is an
answer, a blank one Enter, one that begins with a semicolon a comment; "Object Snaps": `_NON` before a point), TEXTEVAL.
A text is data and stays it: it is one line, it stands where a text is asked for with TEXTEVAL off, and does not begin
with a sign that means anything to a script, to AutoLISP or as a transparent command.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path
from typing import Iterator

from ...errors import WriteError
from ...osm.tables.layers import Cad
from ...osm.tables.map_data import MapData
from ...text.sentence import say
from ..contract import Job, Written
from ..proof_helpers import prove_size
from . import strings
from .layers import LAYERS
from .naming import SCHEMES, named, release_12
from .plain import Item, items
from .units import insunits

_CODEPAGE = "ascii"
_FONT, _STYLE = "arial.ttf", "OSM"
# Not seen, and no sign that means anything.
_JOINER = "\u2060"
_ENTER = ""
# What it was before a script cannot know, so it leaves alone what it can: no command here opens a dialog (FILEDIA), and
# each place says itself that it snaps to nothing (OSMODE). TEXTEVAL 0 is what every session begins with.
_SAYS = (
    "Run it with the command SCRIPT. It sets the unit of the drawing (INSUNITS), TEXTEVAL to its default 0, the world",
    "coordinate system, and OSM as the text style; it ends on layer 0. Snaps and dialogs stay as they are.",
)
_NO_SNAP = "_NON "
_AFTER = ("_.-LAYER", "_S", "0", _ENTER, "_.ZOOM", "_E")


def write(view: MapData, path: Path, job: Job) -> Written:
    """Write the settings, then each thing on its layer, and a view of all of it."""
    written = Written()
    scheme = str(job.options.get("cad_layers", SCHEMES[0]))
    layers: dict[Cad, str] = {}
    made: set[str] = set()
    current = ""
    with path.open("w", encoding="ascii", newline="\r\n") as file:
        file.write(f"; {strings.string(strings.one_line(job.credit), _CODEPAGE)}\n")
        file.writelines(f"; {line}\n" for line in _SAYS)
        for command in _before(view.crs):
            file.write("\n".join(command) + "\n")
        for item in items(view, job):
            layer = layers.get(item.cad)
            if layer is None:
                layer = layers[item.cad] = release_12(named(item.cad.layer, scheme))
            if layer != current:
                known = LAYERS.get(item.cad.layer, item.cad)
                file.write("\n".join(_set(layer, known) if layer in made else _make(layer, known)) + "\n")
                made.add(layer)
                current = layer
            file.write("\n".join(_drawn(item)) + "\n")
            written.layers[layer] = written.layers.get(layer, 0) + 1
        file.write("\n".join(_AFTER) + "\n")
    return written


def _before(crs: str) -> Iterator[tuple[str, ...]]:
    """The settings that the drawing needs."""
    yield from (("_.TEXTEVAL", "0"), ("_.INSUNITS", str(insunits(crs))), ("_.UCS", "_W"))
    yield "_.-STYLE", _STYLE, _FONT, "0", "1", "0", "_N", "_N"


def _make(layer: str, cad: Cad) -> Iterator[str]:
    """Make a layer, with its colour and line weight, and draw on it from here on."""
    yield from ("_.-LAYER", "_M", layer, "_C", str(cad.color), layer, "_LW", f"{cad.weight:.2f}", layer, _ENTER)


def _set(layer: str, _cad: Cad) -> Iterator[str]:
    yield from ("_.-LAYER", "_S", layer, _ENTER)


def _drawn(item: Item) -> Iterator[str]:
    places = [f"{_NO_SNAP}{x:.3f},{y:.3f}" for x, y in zip(item.points[::2], item.points[1::2])]
    if item.text:
        yield from ("_.-TEXT", "_S", _STYLE, "_J", "_M", places[0], f"{item.height:g}", f"{item.angle:.3f}")
        yield literal(item.text)
    elif len(places) == 1:
        yield from ("_.POINT", places[0])
    else:
        yield "_.PLINE"
        yield from places
        yield "_C" if item.closed else _ENTER


def literal(text: str) -> str:
    """A line of text that stays a text whatever it begins with; a blank line would end the command."""
    safe = text if text[:1].isalnum() else _JOINER + text
    return strings.typed(safe, _CODEPAGE)


def prove(path: Path, view: MapData, written: Written) -> None:
    """Count the commands that draw."""
    prove_size(path, "AutoCAD script")
    drawing = ("_.PLINE", "_.POINT", "_.-TEXT")
    with path.open(encoding="ascii", newline="") as file:
        found = sum(line.rstrip("\r\n") in drawing for line in file)
    if found != written.features:
        raise WriteError("not_proven", say("The script draws {0} of {1} objects.", found, written.features))
