"""ESRI ASCII raster: six lines of header, then a line of numbers for each row, the northern one first.

The format has no place for a CRS or a comment: programs that count its numbers stumble over more.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

import numpy as np

from ...errors import WriteError
from ...scene.heights import Heights
from ...text.sentence import say
from ..contract import Job, Written

_HEADER = 6
_CHECK_EVERY = 200


def write(view: Heights, path: Path, job: Job) -> Written:
    """Heights to the centimetre."""
    grid = view.grid
    header = {
        "ncols": str(grid.columns), "nrows": str(grid.rows), "xllcorner": _plain(grid.west),
        "yllcorner": _plain(grid.south), "cellsize": _plain(grid.cell), "NODATA_value": _plain(view.nodata),
    }  # fmt: skip
    with path.open("w", encoding="ascii", newline="\n") as file:
        file.writelines(f"{word:<14}{value}\n" for word, value in header.items())
        for number, row in enumerate(view.values):
            if number % _CHECK_EVERY == 0:
                job.feedback.progress(100 * number / grid.rows)
            # A row has few values, and each of them often.
            values, which = np.unique(row, return_inverse=True)
            texts = np.array([_plain(round(float(value), 2)) for value in values], dtype=object)
            file.write(" ".join(texts[which].tolist()) + "\n")
    written = Written({"buildings": view.buildings})
    written.warnings.append(
        say(
            "An ESRI ASCII grid holds no CRS: this one is in {0}, heights in {1} above the ground.", view.crs, view.unit
        )
    )
    if job.notice:
        written.warnings.append(say("An ESRI ASCII grid holds no notice: where it is used, say {0}.", job.notice))
    return written


def _plain(value: float) -> str:
    """The shortest number that means the value, without an exponent."""
    return np.format_float_positional(value, trim="-")


def prove(path: Path, view: Heights, written: Written) -> None:
    """Read all numbers again: those of the header, and every height to the centimetre."""
    with path.open(encoding="ascii") as file:
        header = [float(file.readline().split()[-1]) for _ in range(_HEADER)]
        grid = view.grid
        good = header == [grid.columns, grid.rows, grid.west, grid.south, grid.cell, view.nodata]
        for row in view.values:
            values = np.array(file.readline().split(), "f4")
            good = good and values.shape == row.shape and bool(np.allclose(values, row, rtol=0, atol=0.006))
        if not good or file.readline():
            raise WriteError("not_proven", "The grid of heights is not whole.")
