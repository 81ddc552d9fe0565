"""What the data lack of what was asked for, told once they are staged."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Callable

from ..feedback import Feedback
from ..osm import coastline
from ..osm.tables.staged import Box, Staged
from ..request.export_request import ExportRequest
from ..sources import data_end, opening
from ..sources.normalize import names_of
from ..sources.objects import RELATION
from ..text.sentence import say

# Places that a warning names.
_MOST = 5


def tell(
    request: ExportRequest,
    staged: Staged,
    told: Box | None,
    reach: Callable[[], Box | None],
    source: str,
    shown: Box,
    feedback: Feedback,
) -> None:
    """Warn of what hurts: `told` and `reach` are those of data_end.warning(), `shown` is the box of all pages."""
    text = ""
    if not opening.is_overpass(request.source):
        text = data_end.warning(told, reach, source, bool(staged.coastline), shown)
        if text:
            feedback.warning("data_end", text)
    # Where the data end, so does the coast.
    ends = [] if text else coastline.loose_ends(staged.coastline, shown)
    if ends:
        places = "; ".join(f"{x:.5f}, {y:.5f}" for x, y in ends[:_MOST])
        feedback.warning(
            "coast_gap",
            say(
                "The coast ends inside the page in {0} places, where land and sea are a guess: longitude and latitude "
                "{1}.",
                len(ends), places,
            ),
        )  # fmt: skip
    west, south, east, north = shown
    hurt = {
        area for area, left, right, low, high in staged.hurt
        if left <= east and right >= west and low <= north and high >= south
    }  # fmt: skip
    # Where the data end, so do areas.
    if hurt and not text:
        feedback.warning(
            "areas_incomplete",
            say(
                "Areas whose edge {0} does not hold whole, or which does not close, are missing or incomplete: {1}; "
                "take a larger extract, or newer data.",
                source, names_of([(RELATION, area) for area in sorted(hurt)]),
            ),
        )  # fmt: skip
    if request.language and not staged.is_spoken:
        feedback.warning(
            "no_names",
            say(
                "Nothing in this area has a name in the language {0}; the local names stand.",
                repr(request.language),
            ),
        )
