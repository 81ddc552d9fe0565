"""What stands once in an IFC model: project, units, contexts, site, the looks of materials; and its identifiers."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import uuid
from functools import lru_cache

from ...geo.projection import spatial_reference
from ...scene.model import Material, Scene
from .pieces import srgb
from .step_text import Entities, real, refs, string

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_$"
_ROOM = uuid.UUID("7b0e1a54-52b5-4a26-9d0b-6b2cc9c2f6a1")


def guid(room: uuid.UUID, name: str) -> str:
    """The identifier of a thing, the same whenever it is written: 128 bits as 22 letters of the format's alphabet."""
    number = uuid.uuid5(room, name).int
    letters = [_ALPHABET[number >> shift & 63] for shift in range(126, -1, -6)]
    return f"'{''.join(letters)}'"


class Frame:
    """The entities that others name: `site`, `context` and its `body`, `projected` CRS, `up`, `styles` of materials."""

    def __init__(self, made: Entities, view: Scene, title: str, zone: int) -> None:
        """`zone` is the EPSG code of the zone of UTM (WGS 84) that the model lies in."""
        # Models of other places, days and titles have other things in them.
        self._room = uuid.uuid5(_ROOM, f"{view.origin} {view.area_wkt} {view.date} {title}")
        self._made = made
        self._zero = made.add("IFCCARTESIANPOINT", "(0.,0.,0.)")
        self.up = made.add("IFCDIRECTION", "(0.,0.,1.)")
        self._axes = made.add("IFCAXIS2PLACEMENT3D", self._zero, "$", "$")
        self._world = made.add("IFCLOCALPLACEMENT", "$", self._axes)
        self._heights: dict[float, str] = {0.0: self._axes}
        units = [
            made.add("IFCSIUNIT", "*", kind, "$", name)
            for kind, name in (
                (".LENGTHUNIT.", ".METRE."), (".AREAUNIT.", ".SQUARE_METRE."), (".VOLUMEUNIT.", ".CUBIC_METRE."),
                (".PLANEANGLEUNIT.", ".RADIAN."),
            )
        ]  # fmt: skip
        north = made.add("IFCDIRECTION", "(0.,1.)")
        self.context = made.add("IFCGEOMETRICREPRESENTATIONCONTEXT", "$", "'Model'", "3", "0.001", self._axes, north)
        self.body = made.add(
            "IFCGEOMETRICREPRESENTATIONSUBCONTEXT", "'Body'", "'Model'", "*", "*", "*", "*", self.context, "$",
            ".MODEL_VIEW.", "$",
        )  # fmt: skip
        project = made.add(
            "IFCPROJECT", self.guid("project"), "$", string(title), "$", "$", "$", "$", refs([self.context]),
            made.add("IFCUNITASSIGNMENT", refs(units)),
        )  # fmt: skip
        self.projected = made.add(
            "IFCPROJECTEDCRS", string(f"EPSG:{zone}"), string(spatial_reference(f"EPSG:{zone}").GetName()), "'WGS84'",
            "$", "'UTM'", string(f"{zone % 100}{'N' if zone < 32700 else 'S'}"), units[0],
        )  # fmt: skip
        self.site = made.add(
            "IFCSITE", self.guid("site"), "$", string(title), string(view.notice), "$", self._world, "$", "$",
            ".ELEMENT.", _angle(view.origin[1]), _angle(view.origin[0]), "0.", "$", "$",
        )  # fmt: skip
        made.add("IFCRELAGGREGATES", self.guid("in project"), "$", "$", "$", project, refs([self.site]))
        self.styles = [self._style(material) for material in view.materials]

    def guid(self, name: str) -> str:
        """The identifier of a thing of this model."""
        return guid(self._room, name)

    def at_origin(self) -> str:
        """The placement of everything."""
        return self._world

    def raised(self, base: float) -> str:
        """The axes so many metres above the ground."""
        if base not in self._heights:
            point = self._made.add("IFCCARTESIANPOINT", f"(0.,0.,{real(base)})")
            self._heights[base] = self._made.add("IFCAXIS2PLACEMENT3D", point, "$", "$")
        return self._heights[base]

    def _style(self, material: Material) -> str:
        color = self._made.add("IFCCOLOURRGB", "$", *(real(share) for share in srgb(material)))
        shade = self._made.add("IFCSURFACESTYLESHADING", color, "0.")
        return self._made.add("IFCSURFACESTYLE", string(material.name), ".BOTH.", refs([shade]))


@lru_cache(maxsize=8)
def _angle(degrees: float) -> str:
    """Degrees, minutes, seconds and millionths of them, all of the sign of the whole."""
    sign = -1 if degrees < 0 else 1
    whole = round(abs(degrees) * 3_600_000_000)
    seconds, millionths = divmod(whole, 1_000_000)
    parts = (seconds // 3600, seconds // 60 % 60, seconds % 60, millionths)
    return f"({','.join(str(sign * part) for part in parts)})"
