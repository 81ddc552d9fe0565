"""What a DXF has besides its entities, by ezdxf: the tables of layers, line types and blocks, texts, properties."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import Any, Sequence

from ...osm.tables.layers import Cad
from ...osm.tables.map_data import MapData
from ..contract import Job, Written
from . import blocks, strings
from .extents import Extents
from .layers import LAYERS, LINETYPES, STREETS, Heights
from .naming import SCHEMES, named
from .streets import Placed
from .units import insunits
from .versions import DWG, VERSIONS

# Every Windows and Mac has it, with Latin, Greek, Cyrillic, Arabic and Hebrew letters.
_FONT = "arial.ttf"
STYLE = "OSM"
_MIDDLE = 4
_ENTITIES = b"ENTITIES\n"
# The handles of entities that somebody else writes begin here: layers, made meanwhile, take those before.
FIRST = 0x100000


class Frame:
    """A document of ezdxf, whose layers are made as they are asked for; entities are counted on them."""

    def __init__(self, view: MapData, job: Job, size: Heights) -> None:
        import ezdxf

        self.version = VERSIONS.get(job.format.id, DWG)
        self.codepage = self.version.codepage
        self.document = ezdxf.new(
            self.version.name, setup=False, units=insunits(view.crs, self.version.has_survey_feet)
        )
        # Line types at the size that they are written in, and line weights shown.
        self.document.header["$LTSCALE"] = 1.0
        self.document.header["$LWDISPLAY"] = 1
        # ezdxf names one that such a document has not.
        self.document.header["$DIMSTYLE"] = "Standard"
        self.document.styles.add(STYLE, font=_FONT)
        for name, pattern in LINETYPES.items():
            self.document.linetypes.add(name, pattern, description=name.title())
        blocks.define(self.document, size, STYLE)
        self.document.appids.add(strings.APPLICATION)
        self.space = self.document.modelspace()
        self.scheme = str(job.options.get("cad_layers", SCHEMES[0]))
        self.extents = Extents()
        self.written = Written()
        self._looks: dict[tuple[Cad, int | None], tuple[str, str]] = {}

    @property
    def owner(self) -> str:
        """The handle of the modelspace."""
        return str(self.space.block_record_handle)

    def take(self, handle: int) -> None:
        """Go on with the handles behind this one: those from FIRST up to it are others'."""
        self.document.entitydb.handles.reset(f"{handle + 1:X}")

    def look(self, cad: Cad, true_color: int | None = None) -> tuple[str, str]:
        """A layer's name, and the group codes of an entity on it, which is then counted by `count`.

        The layer is made where it is new. An entity says itself what its kind has other than the layer.
        """
        known = self._looks.get((cad, true_color))
        if known is None:
            name, attributes = self._on(cad, true_color)
            codes = {"layer": 8, "linetype": 6, "color": 62, "lineweight": 370, "true_color": 420}
            known = name, "".join(f"{code}\n{attributes[key]}\n" for key, code in codes.items() if key in attributes)
            self._looks[cad, true_color] = known
        return known

    def _on(self, cad: Cad, true_color: int | None = None) -> tuple[str, dict[str, Any]]:
        name = named(cad.layer, self.scheme)
        layer = LAYERS.get(cad.layer, cad)
        if name not in self.document.layers:
            self.document.layers.add(
                name, color=layer.color, linetype=linetype(layer), lineweight=lineweight(layer.weight),
                true_color=true_color,
            )  # fmt: skip
        attributes: dict[str, Any] = {"layer": strings.string(name, self.codepage)}
        if true_color is not None and self.document.layers.get(name).dxf.true_color != true_color:
            attributes["true_color"] = true_color
        if cad.color != layer.color:
            attributes["color"] = cad.color
        if cad.linetype != layer.linetype:
            attributes["linetype"] = linetype(cad)
        if cad.weight != layer.weight:
            attributes["lineweight"] = lineweight(cad.weight)
        return name, attributes

    def count(self, name: str, number: int = 1) -> None:
        """So many more entities lie on a layer."""
        self.written.layers[name] = self.written.layers.get(name, 0) + number

    def text(self, text: str, x: float, y: float, height: float, cad: Cad, angle: float = 0.0) -> Any:
        """One line of text, its middle at x, y; None where nothing is left of it."""
        clean = strings.one_line(text)
        if not clean:
            return None
        self.extents.add_text(clean, x, y, height, angle)
        name, attributes = self._on(cad)
        self.count(name)
        attributes |= {
            "layer": name, "style": STYLE, "rotation": angle, "halign": _MIDDLE, "insert": (x, y), "align_point": (x, y)
        }  # fmt: skip
        return self.space.add_text(strings.shown(clean, self.codepage), height=height, dxfattribs=attributes)

    def street(self, placed: Placed, height: float) -> None:
        """A street's name; where it is set by letters, they are one group."""
        if not placed.parts:
            entity = self.text(placed.text, placed.x, placed.y, height, STREETS, placed.angle)
            if entity is not None:
                entity.set_xdata(strings.APPLICATION, list(strings.pairs("name", placed.text, self.codepage)))
            return
        letters = [self.text(part.text, part.x, part.y, height, STREETS, part.angle) for part in placed.parts]
        group = self.document.groups.new(description=strings.string(strings.one_line(placed.text), self.codepage))
        group.extend([letter for letter in letters if letter is not None])


def save(document: Any, path: Path, parts: Sequence[Path]) -> None:
    """Write a document, with the text of other entities before its own."""
    written = io.StringIO()
    document.write(written, fmt="asc")
    # ezdxf's escapes for what the code page has not.
    data = written.getvalue().encode(document.output_encoding, "dxfreplace")
    at = data.index(_ENTITIES) + len(_ENTITIES)
    with path.open("wb") as file:
        file.write(data[:at])
        for part in parts:
            with part.open("rb") as piece:
                shutil.copyfileobj(piece, file, 1 << 20)
        file.write(data[at:])


def linetype(cad: Cad) -> str:
    """A line type as the table of line types has it."""
    return "Continuous" if cad.linetype == "CONTINUOUS" else cad.linetype


def lineweight(millimetres: float) -> int:
    """The next weight that DXF has (group code 370, in hundredths of a millimetre)."""
    weights = (0, 5, 9, 13, 15, 18, 20, 25, 30, 35, 40, 50, 53, 60, 70, 80, 90, 100, 106, 120, 140, 158, 200, 211)
    return min(weights, key=lambda weight: abs(weight - millimetres * 100))
