"""The CMYK colour profile of a press: the first of those that systems and free programs bring along.

None travels with the plugin: those of colord and Ghostscript are free and on every Linux, Windows and macOS have one.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

# Coated paper in Europe first, then Ghostscript's, then what the system has.
_NAMES = (
    "colord/FOGRA39L_coated.icc", "ghostscript/default_cmyk.icc", "iccprofiles/default_cmyk.icc", "RSWOP.icm",
    "Generic CMYK Profile.icc",
)  # fmt: skip
# The colour space of a profile is told at byte 16, its signature at 36 (ICC.1:2010, 7.2).
_HEADER = 40


def _folders() -> list[Path]:
    places = ["/usr/share/color/icc", "/usr/local/share/color/icc", "/opt/homebrew/share/ghostscript"]
    places += ["/System/Library/ColorSync/Profiles", "/Library/ColorSync/Profiles", "/usr/share/ghostscript"]
    windows = os.environ.get("SYSTEMROOT")
    if windows:
        places.append(f"{windows}/System32/spool/drivers/color")
    programs = os.environ.get("PROGRAMFILES")
    found = [Path(place) for place in places]
    return found + (sorted(Path(programs).glob("gs/gs*")) if programs else [])


@lru_cache(maxsize=1)
def found() -> Path | None:
    """The profile's file; None where this machine has none."""
    for name in _NAMES:
        for folder in _folders():
            path = folder / name
            if _is_cmyk(path):
                return path
    return None


def _is_cmyk(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except OSError:
        return False
    return header[16:20] == b"CMYK" and header[36:40] == b"acsp"
