"""What the data lack of what was asked for, told once they are staged."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Callable

from ..feedback import Feedback
from ..osm.tables.staged import Box, Staged
from ..request.export_request import ExportRequest
from ..sources import data_end, opening
from ..text.sentence import say


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
    if not opening.is_overpass(request.source):
        text = data_end.warning(told, reach, source, bool(staged.coastline), shown)
        if text:
            feedback.warning("data_end", text)
    if request.language and not staged.is_spoken:
        feedback.warning(
            "no_names",
            say(
                "Nothing in this area has a name in the language {0}; the local names stand.",
                repr(request.language),
            ),
        )
