"""Names of objects: in the arguments of each, as layers have them, and in a table, where older programs keep them.

Facts: files of CorelDRAW 17 to 24 whose objects have names, see docs/corel.md.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import struct
from typing import Sequence

import numpy as np

from .riff import Stream, u16, u32, utf16

# The number of the field that holds a name; its definition as real files have it.
_FIELD = 0xC00C
_DEFINED = u32(_FIELD) + u16(0x13, 0, 1, 0, 0, 0, 4, 7, 7, 0, 0, 6, 0)
_WORDS = b"".join(utf16(word) for word in ("Name", "webcgm", "General", "General"))
# An entry up to its name and from there on; how many bytes it has beside the name.
_HEAD, _TAIL = struct.Struct("<4sI4s4sIIH"), struct.Struct("<H4sII")
_BESIDE = _HEAD.size - 8 + _TAIL.size


def table(stream: Stream, named: Sequence[tuple[int, bytes]]) -> None:
    """The field that is called Name, and what stands in it: numbers of objects, each with its name as UTF-16 and 0."""
    with stream.list(b"udaf"):
        stream.chunk(b"udfe", _DEFINED + _WORDS + bytes(6))
    with stream.list(b"udat"):
        first, parts = stream.next, []
        for row, (number, name) in enumerate(named):
            place = first + 3 * row
            # The zero behind a name's own, and one more since its length is odd then.
            parts.append(
                _HEAD.pack(b"LIST", place, b"udte", b"udta", place + 1, _FIELD, 2)
                + name + _TAIL.pack(0, b"udid", place + 2, number)
            )  # fmt: skip
        lengths = np.array([len(name) for _, name in named])
        sizes = np.column_stack((lengths + _BESIDE, lengths + 7, np.full(len(lengths), 4)))
        stream.block(b"".join(parts), sizes.astype("<u4"))
    with stream.list(b"udat"):
        pass
