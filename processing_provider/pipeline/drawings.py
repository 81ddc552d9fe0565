"""The map as drawings: recorded once from its picture, then made as a request and a format want it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import TYPE_CHECKING, Callable, Optional

from ..feedback import Feedback
from ..formats.catalogue import Format
from ..request.export_request import ExportRequest
from ..request.format_options import AUTO_TEXT

if TYPE_CHECKING:
    from ..cartography.rendering.picture import Picture
    from ..drawing.model import Drawing

LIVE, MIXED = "live", "mixed"


def text_for(request: ExportRequest, item: Format | None = None) -> str:
    """How the names of a drawing come, one of the choices of `text`: by itself what suits the format."""
    if request.text != AUTO_TEXT:
        return request.text
    return MIXED if item is not None and "mixed_names" in item.abilities else LIVE


class Drawings:
    """The drawings of a job, each made once; `picture` gives the styled map in a CRS.

    `recorded` gives what is no styled map of ours: a page of a layout.
    """

    def __init__(
        self,
        picture: Callable[[str, Feedback], Picture],
        recorded: Optional[Callable[[Feedback], Drawing]] = None,
    ) -> None:
        self._picture = picture
        self._layout = recorded
        self._recorded: dict[str, Drawing] = {}
        self._made: dict[tuple[str, bool, str], Drawing] = {}

    def made(self, request: ExportRequest, crs: str, text: str, stamps: bool, feedback: Feedback) -> Drawing:
        """The drawing in `crs` with the choices of the request and names as `text` says.

        Markers are `stamps` of their symbols, or each of them is paths.
        """
        key = crs, stamps, text
        if key not in self._made:
            from ..drawing.clean.artwork_choices import Choices, apply
            from ..drawing.clean.stamps import without_stamps

            if stamps:
                recorded = self._record(crs, feedback)
                merged = bool(request.options.get("merge_buildings"))
                choices = Choices(text, merged, str(request.options.get("roads", "lines")))
                self._made[key] = apply(recorded, choices)
            else:
                self._made[key] = without_stamps(self.made(request, crs, text, True, feedback))
        return self._made[key]

    def _record(self, crs: str, feedback: Feedback) -> Drawing:
        """What QGIS paints of the map, without what a drawing has no use for."""
        if crs not in self._recorded:
            from ..drawing.clean.sanitize import sound
            from ..drawing.clean.tidy import tidy
            from ..drawing.record.recorder import record

            if self._layout is not None:
                self._recorded[crs] = sound(self._layout(feedback), feedback)
                return self._recorded[crs]
            picture = self._picture(crs, feedback.part(0, 60))
            self._recorded[crs] = sound(tidy(record(picture, feedback.part(60, 100, "draw"))), feedback)
        return self._recorded[crs]
