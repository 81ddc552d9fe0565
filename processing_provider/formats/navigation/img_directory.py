"""What is in a Garmin map (.img): a file system of its own, whose files are the parts of maps.

After John Mechalas, "Garmin IMG File Format": the header has `DSKIMG` at 0x10, the size of a block as two exponents at
0x61, and a directory in blocks of 512 bytes, each an entry of a file (flag, name, type, size, number of the entry, and
from 0x20 on the numbers of its blocks). A large file has several entries, of which the first tells the size.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import struct
from pathlib import Path

from ...errors import WriteError
from ...text.sentence import say

_ENTRY, _BLOCKS = 512, 240
_NO_BLOCK = 0xFFFF
# Units of a circle in the bounds of a map.
_CIRCLE = 1 << 24


def subfiles(path: Path) -> dict[str, bytes]:
    """The files of a map by name, as `00001234.TRE`; WriteError where it is none, or a part of it is missing."""
    data = path.read_bytes()
    if data[0x10:0x16] != b"DSKIMG" or data[0x41:0x47] != b"GARMIN" or data[0] != 0:
        raise WriteError("not_proven", say("{0} does not open again.", "Garmin IMG"))
    block = 1 << (data[0x61] + data[0x62])
    blocks: dict[str, list[int]] = {}
    sizes: dict[str, int] = {}
    at = data[0x40] * _ENTRY or _ENTRY
    while at + _ENTRY <= len(data) and data[at] == 1:
        name, kind, size, part = struct.unpack_from("<8s3sIxH", data, at + 1)
        if name.strip():
            full = f"{name.decode('latin-1')}.{kind.decode('latin-1')}"
            sizes.setdefault(full, 0 if part else size)
            numbers = struct.unpack_from(f"<{_BLOCKS}H", data, at + 32)
            blocks.setdefault(full, []).extend(number for number in numbers if number != _NO_BLOCK)
        at += _ENTRY
    files = {
        name: b"".join(data[number * block : (number + 1) * block] for number in numbers)[: sizes[name]]
        for name, numbers in blocks.items()
    }
    if not files or not all(_is_whole(name, content, sizes[name]) for name, content in files.items()):
        raise WriteError("not_proven", say("{0} does not open again.", "Garmin IMG"))
    return files


def _is_whole(name: str, content: bytes, size: int) -> bool:
    """Whether it is as long as told, and says what it is; a list of maps says nothing."""
    kind = name.rpartition(".")[2]
    return len(content) == size and (kind == "MPS" or content[2:12] == f"GARMIN {kind}".encode())


def bounds(tre: bytes) -> tuple[float, float, float, float]:
    """West, south, east and north of a map in degrees, as its TRE says at 0x15 (north, east, south, west)."""
    north, east, south, west = (
        int.from_bytes(tre[at : at + 3], "little", signed=True) * 360 / _CIRCLE for at in range(0x15, 0x21, 3)
    )
    return west, south, east, north
