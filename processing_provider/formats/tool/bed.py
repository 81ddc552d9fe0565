"""What the formats of machines share: the bed that a map must fit, texts in ASCII, places from the lower left."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import unicodedata

import numpy as np

from ...drawing.model import Points
from ...drawing.toolpaths.model import Toolpaths
from ...errors import ExportError, WriteError
from ...request.options import BY_FORMAT_OPTION
from ...text.sentence import say
from ..contract import Job

_ANY = "any"


def check_bed(view: Toolpaths, job: Job) -> None:
    """Raise ExportError where the page is larger than the bed that was asked for, whichever way it is laid."""
    bed = str(job.options.get("bed") or BY_FORMAT_OPTION["bed"].default)
    if bed == _ANY:
        return
    sides = sorted(float(side) for side in bed.split("x"))
    short, long = sorted((view.width, view.height))
    if short > sides[0] or long > sides[1]:
        raise ExportError(
            "larger_than_bed",
            say(
                "The map is {0} x {1} mm and the machine's bed {2} mm: choose a smaller page, a smaller scale or a "
                "larger bed.", f"{view.width:.0f}", f"{view.height:.0f}", bed,
            ),
            "options",
        )  # fmt: skip


def upright(line: Points, view: Toolpaths) -> Points:
    """A line in mm from the page's lower left corner, y upwards."""
    turned: Points = np.column_stack([line[:, 0], view.height - line[:, 1]])
    return turned


def ascii_line(text: str) -> str:
    """A text as one line of printable ASCII, for machines that take other bytes for commands.

    (GRBL 1.1, "Realtime Commands": bytes from 0x80 on are obeyed wherever they stand, also in comments.)
    """
    plain = unicodedata.normalize("NFKD", text.replace("©", "(c)").replace("–", "-"))
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return "".join(letter if " " <= letter <= "~" else "?" for letter in kept)


def check_lines(name: str, found: dict[str, int], view: Toolpaths) -> None:
    """Raise WriteError where a file that was read again has not the lines of each operation."""
    if found != view.counts:
        raise WriteError("not_proven", say("{0} has not all lines that were written to it.", name))
