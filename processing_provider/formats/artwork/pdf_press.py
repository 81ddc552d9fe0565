"""The boxes of a page that is printed and trimmed, its bleed and its crop marks (ISO 32000-1, 14.11.2, 14.11.3)."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass

from ...drawing.model import Drawing
from ...request.options import BY_FORMAT_OPTION
from ..contract import Job
from .marking import UNIT

# Crop marks in mm: how far from the trimmed page at least, how long; in points how wide.
_AWAY, _LONG, _WIDE = 3.0, 5.0, 0.25
# Transparency is worked out in inks (11.6.6).
GROUP = " /Group << /S /Transparency /CS /DeviceCMYK >>"
# The colour space of what is on all plates (8.6.6.4).
REGISTRATION = "[/Separation /All /DeviceCMYK << /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [1 1 1 1] /N 1 >>]"


@dataclass(frozen=True)
class Sheet:
    """A page of `width` x `height` mm on a sheet that is larger by its bleed and the room of its crop marks, in mm."""

    width: float
    height: float
    bleed: float = 0.0
    has_marks: bool = False

    @property
    def room(self) -> float:
        """From the sheet's edge to the trimmed page's."""
        return max(self.bleed, _AWAY) + _LONG if self.has_marks else self.bleed

    @property
    def sides(self) -> tuple[float, float]:
        """Width and height of the sheet in mm."""
        return self.width + 2 * self.room, self.height + 2 * self.room

    def _box(self, around: float) -> str:
        """The page and `around` it so many mm, as a PDF's rectangle."""
        first, last = (self.room - around) * UNIT, (self.room + around) * UNIT
        return f"[{first:.3f} {first:.3f} {self.width * UNIT + last:.3f} {self.height * UNIT + last:.3f}]"

    @property
    def boxes(self) -> str:
        """The entries of the page."""
        return f"/TrimBox {self._box(0)} /BleedBox {self._box(self.bleed)}"

    @property
    def ring(self) -> str:
        """The clip of what lies beyond the page, in points from the page's own corner."""
        around = self.bleed * UNIT
        width, height = self.width * UNIT, self.height * UNIT
        return (
            f"{-around:.3f} {-around:.3f} {width + 2 * around:.3f} {height + 2 * around:.3f} re "
            f"0 0 {width:.3f} {height:.3f} re W* n\n"
        )

    @property
    def marks(self) -> str:
        """Two lines at each corner, in points from the page's own corner, on all plates."""
        near = max(self.bleed, _AWAY) * UNIT
        far, width, height = near + _LONG * UNIT, self.width * UNIT, self.height * UNIT
        lines = []
        for x, to in ((0.0, -1), (width, 1)):
            for y, up in ((0.0, -1), (height, 1)):
                lines.append(f"{x + to * near:.3f} {y:.3f} m {x + to * far:.3f} {y:.3f} l\n")
                lines.append(f"{x:.3f} {y + up * near:.3f} m {x:.3f} {y + up * far:.3f} l\n")
        return f"/All CS 1 SCN {_WIDE} w 0 J [] 0 d\n{''.join(lines)}S\n"


def sheet(drawing: Drawing, job: Job) -> Sheet:
    """The sheet that a job asks for."""
    bleed = float(job.options.get("bleed") or BY_FORMAT_OPTION["bleed"].default)
    return Sheet(drawing.width, drawing.height, bleed, bool(job.options.get("crop_marks")))
