"""The CMYK colour profile of a press: the first of those that systems and free programs bring along.

None travels with the plugin: those of colord and Ghostscript are free and on every Linux, Windows and macOS have one.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import os
import struct
from functools import lru_cache
from pathlib import Path

from ..errors import RequestError
from ..text.sentence import say

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


def chosen(own: str = "") -> Path | None:
    """The user's own profile, else what this machine has; RequestError where the own one is none of CMYK."""
    if not own:
        return found()
    path = Path(own).expanduser()
    if not _is_cmyk(path):
        raise RequestError("bad_profile", say("The profile {0} is no ICC profile of CMYK inks.", path), "profile")
    return path


def name_of(profile: bytes) -> str:
    """What a profile calls itself (ICC.1:2010, 9.2.41): its description in ASCII or, since version 4, in UTF-16."""
    for number in range(struct.unpack(">I", profile[128:132])[0]):
        tag, place, size = struct.unpack(">4sII", profile[132 + 12 * number : 144 + 12 * number])
        data = profile[place : place + size]
        if tag == b"desc" and data[:4] == b"desc":
            length = struct.unpack(">I", data[8:12])[0]
            return data[12 : 12 + length].rstrip(b"\0").decode("ascii", "replace")
        if tag == b"desc" and data[:4] == b"mluc":
            length, start = struct.unpack(">II", data[20:28])
            return data[start : start + length].decode("utf-16-be", "replace")
    return "CMYK"


def _is_cmyk(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except OSError:
        return False
    return header[16:20] == b"CMYK" and header[36:40] == b"acsp"
