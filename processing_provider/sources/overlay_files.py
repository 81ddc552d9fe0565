"""What an OVERLAY means: files, or GeoJSON itself, as a server gets it. Needs neither GDAL nor QGIS."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from ..errors import RequestError
from ..text.sentence import say


def is_inline(word: str) -> bool:
    """Whether an OVERLAY is GeoJSON itself and no file."""
    return word.lstrip().startswith("{")


def files(word: str) -> list[Path]:
    """The files of an OVERLAY: one path, which may have commas, or several with commas between; none where inline."""
    if not word or is_inline(word):
        return []
    if Path(word).is_file():
        return [Path(word)]
    return [Path(part.strip()) for part in word.split(",") if part.strip()]


def check(word: str) -> None:
    """Raise RequestError where a file of an OVERLAY is not there."""
    for path in files(word):
        if not path.is_file():
            raise RequestError(
                "no_overlay",
                say("The overlay {0} is not a file; give one of GPX, GeoJSON, GeoPackage, KML or KMZ.", path),
                "overlay",
            )
