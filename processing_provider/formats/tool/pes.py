"""Brother PES: version 1 with the block that machines read (PEC): name, threads, stitches, pictures of the threads.

The layout is that of libpes's and of the embroidery wiki's descriptions: steps of -64 to 63 tenths of a millimetre are
a byte, longer ones and jumps two of twelve bits; y downwards, counted from the upper left corner of the design.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import struct
from pathlib import Path

import numpy as np

from ...drawing.toolpaths.model import Toolpaths
from ...errors import WriteError
from ..contract import Job, Written
from .bed import ascii_line
from .stitches import JUMP, STITCH, Design, Integers, sewn

_MAGIC, _BLOCK = b"#PES0001", 22
_ICON_WIDTH, _ICON_HEIGHT = 48, 38
_SHORTEST, _LONGEST = -64, 63
_FURTHEST = 2047
_LONG, _MOVED = 0x8000, 0x1000
_END, _CHANGE = b"\xff", b"\xfe\xb0"
# Some of Brother's 64 threads: number and colour.
_THREADS = {
    1: "#0E1F7C", 2: "#0A55A3", 3: "#008777", 5: "#ED171F", 6: "#D15C00", 7: "#913697", 10: "#9ED67D", 11: "#E8A900",
    12: "#FEBA35", 13: "#FFFF00", 14: "#70BC1F", 16: "#A8A8A8", 17: "#7D6F00", 19: "#4F5556", 20: "#000000",
    22: "#770176", 23: "#293133", 24: "#2A1301", 25: "#F64A8A", 26: "#B27624", 28: "#FE370F", 29: "#F0F0F0",
    32: "#2584BB", 37: "#66BA49", 39: "#878787", 44: "#003822",
}  # fmt: skip


def write(view: Toolpaths, path: Path, job: Job) -> Written:
    """The design in the hoop asked for, each colour the thread that is nearest to it."""
    design = sewn(view, job)
    threads = [_nearest(thread.color) for thread in design.threads]
    name = ascii_line(job.title)[:16].ljust(16)
    head = f"LA:{name}\r".encode("ascii") + b" " * 12 + b"\xff\x00" + bytes([_ICON_WIDTH // 8, _ICON_HEIGHT])
    head += b" " * 12 + bytes([len(threads) - 1, *threads]) + b" " * (463 - len(threads))
    left, bottom, right, top = design.box
    stitches = _stitches(design)
    # The three numbers of unknown use are those of all files that people share.
    body = b"\x31\xff\xf0" + struct.pack("<HHHH", right - left, top - bottom, 0x1E0, 0x1B0) + stitches
    start = b"\x00\x00" + (len(body) + 5).to_bytes(3, "little")
    icons = _icon(design, design.box) + b"".join(
        _icon(Design((thread,), design.box), design.box) for thread in design.threads
    )
    path.write_bytes(_MAGIC + struct.pack("<I", _BLOCK).ljust(14, b"\x00") + head + start + body + icons)
    return Written({"stitches": design.stitches})


def _nearest(color: str) -> int:
    """The number of the thread whose colour is nearest."""

    def parts(code: str) -> list[int]:
        return [int(code[at : at + 2], 16) for at in (1, 3, 5)]

    wanted = parts(color)
    return min(_THREADS, key=lambda one: sum((a - b) ** 2 for a, b in zip(parts(_THREADS[one]), wanted)))


def _stitches(design: Design) -> bytes:
    """All threads, a stop before each but the first; the bytes of a stop alternate, as machines want it."""
    left, top = design.box[0], design.box[3]
    place, pieces = np.array([left, top], np.int64), []
    for number, thread in enumerate(design.threads):
        if number:
            pieces.append(_CHANGE + bytes([1 + number % 2]))
        steps = np.diff(np.concatenate([place[None], thread.moves]), axis=0) * (1, -1)
        pieces.append(_records(steps, thread.kinds))
        place = thread.moves[-1]
    return b"".join(pieces) + _END


def _records(steps: Integers, kinds: Integers) -> bytes:
    """Two bytes for a short stitch, four for a long one or a jump; one too long for that is several jumps."""
    counts = np.maximum(-(-abs(steps).max(axis=1) // _FURTHEST), 1)
    which = np.repeat(np.arange(len(steps)), counts)
    number = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)
    ends = (number + 1)[:, None] * steps[which] // counts[which][:, None]
    starts = number[:, None] * steps[which] // counts[which][:, None]
    parts, is_jump = ends - starts, np.where(number + 1 == counts[which], kinds[which] == JUMP, True)
    is_short = ((parts >= _SHORTEST) & (parts <= _LONGEST)).all(axis=1) & ~is_jump
    long = (parts & 0xFFF) | _LONG | np.where(is_jump, _MOVED, 0)[:, None]
    data = np.zeros((len(parts), 4), np.uint8)
    data[:, 0], data[:, 1] = long[:, 0] >> 8, long[:, 0] & 0xFF
    data[:, 2], data[:, 3] = long[:, 1] >> 8, long[:, 1] & 0xFF
    data[is_short, :2] = parts[is_short] & 0x7F
    used = np.ones((len(parts), 4), bool)
    used[is_short, 2:] = False
    return bytes(data[used].tobytes())


def _icon(design: Design, box: tuple[int, int, int, int]) -> bytes:
    """A picture of one bit for each pixel, the lowest bit the leftmost: the stitches in a frame.

    Its first row stays empty: readers take 0xFF for the end of the stitches only where a zero follows it.
    """
    pixels = np.zeros((_ICON_HEIGHT, _ICON_WIDTH), bool)
    pixels[[1, -2], 1:-1] = pixels[1:-1, [1, -2]] = True
    left, bottom, right, top = box
    size = min((_ICON_WIDTH - 7) / max(right - left, 1), (_ICON_HEIGHT - 7) / max(top - bottom, 1))
    for thread in design.threads:
        places = thread.moves[thread.kinds == STITCH]
        x = (_ICON_WIDTH / 2 + (places[:, 0] - (left + right) / 2) * size).astype(int)
        y = (_ICON_HEIGHT / 2 - (places[:, 1] - (bottom + top) / 2) * size).astype(int)
        pixels[y, x] = True
    return bytes(np.packbits(pixels, axis=1, bitorder="little").tobytes())


def prove(path: Path, view: Toolpaths, written: Written) -> None:
    """Walk through the stitches again, to the end of the list."""
    data = path.read_bytes()
    place, end, found = _BLOCK + 512 + 16, _BLOCK + 512 + int.from_bytes(data[_BLOCK + 514 : _BLOCK + 517], "little"), 0
    while place < end and data[place] != _END[0]:
        if data[place : place + 2] == _CHANGE:
            place += 3
            continue
        is_long = data[place] & 0x80
        found += not (is_long and data[place] & (_MOVED >> 8))
        place += 4 if is_long else 2
    if place + 1 != end or found != written.layers["stitches"]:
        raise WriteError("not_proven", "PES has not all stitches that were written to it.")
