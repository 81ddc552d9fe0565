"""Tajima DST: moves of at most 12.1 mm in tenths of a millimetre, each three bytes in balanced powers of three.

A header of 512 bytes, then the moves; 0xC3 stops for the next thread, 0xF3 ends. DST holds no colours: the threads are
told in the order of the stops.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

import numpy as np

from ...drawing.toolpaths.model import Toolpaths
from ...errors import WriteError
from ...text.sentence import joined, say
from ..contract import Job, Written
from .bed import ascii_line
from .stitches import JUMP, Design, Integers, sewn

_HEADER, _LONGEST = 512, 121
# The bits of each power of three: (byte, bit of plus, bit of minus) across and upwards.
_ACROSS = {1: (0, 0, 1), 9: (0, 2, 3), 3: (1, 0, 1), 27: (1, 2, 3), 81: (2, 2, 3)}
_UPWARDS = {1: (0, 7, 6), 9: (0, 5, 4), 3: (1, 7, 6), 27: (1, 5, 4), 81: (2, 5, 4)}
_ALWAYS, _JUMPED = 0x03, 0x80
_STOP, _END = b"\x00\x00\xc3", b"\x00\x00\xf3"


def write(view: Toolpaths, path: Path, job: Job) -> Written:
    """The design in the hoop asked for; what is sewn with which thread is told, for the file cannot say it."""
    design = sewn(view, job)
    pieces, count, place = [], 0, np.zeros(2, np.int64)
    for number, thread in enumerate(design.threads):
        if number:
            pieces.append(_STOP)
        steps, kinds = _short(np.diff(np.concatenate([place[None], thread.moves]), axis=0), thread.kinds)
        pieces.append(_records(steps, kinds))
        count += len(steps) + (number > 0)
        place = thread.moves[-1]
    body = b"".join(pieces) + _END
    path.write_bytes(_head(design, job, count, place) + body)
    order = joined([say("{0} {1}", thread.name, thread.color) for thread in design.threads], ", ")
    job.feedback.warning("thread_order", say("DST holds no colours; the threads are, in this order: {0}.", order))
    return Written({"stitches": design.stitches})


def _short(steps: Integers, kinds: Integers) -> tuple[Integers, Integers]:
    """Steps that the format can hold: a longer one is several, whose first ones are jumps."""
    counts = np.maximum(-(-abs(steps).max(axis=1) // _LONGEST), 1)
    which = np.repeat(np.arange(len(steps)), counts)
    number = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)
    share = np.column_stack([number, number + 1])[:, :, None] * steps[which][:, None] // counts[which][:, None, None]
    short: Integers = share[:, 1] - share[:, 0]
    is_last = number + 1 == counts[which]
    return short, np.where(is_last, kinds[which], JUMP)


def _records(steps: Integers, kinds: Integers) -> bytes:
    """Three bytes for each step."""
    data = np.zeros((len(steps), 3), np.uint8)
    for axis, table in ((0, _ACROSS), (1, _UPWARDS)):
        left = steps[:, axis].copy()
        for power in (81, 27, 9, 3, 1):
            byte, plus, minus = table[power]
            # What the smaller powers together can still make up for.
            half = (power - 1) // 2
            for sign, bit in ((1, plus), (-1, minus)):
                takes = left * sign > half
                data[takes, byte] |= 1 << bit
                left[takes] -= sign * power
    data[:, 2] |= np.where(kinds == JUMP, _ALWAYS | _JUMPED, _ALWAYS).astype(np.uint8)
    return data.tobytes()


def _head(design: Design, job: Job, count: int, place: Integers) -> bytes:
    left, bottom, right, top = design.box
    x, y = place.tolist()
    lines = [
        f"LA:{ascii_line(job.title)[:16]:<16}", f"ST:{count:7d}", f"CO:{len(design.threads) - 1:3d}",
        f"+X:{max(right, 0):5d}", f"-X:{max(-left, 0):5d}", f"+Y:{max(top, 0):5d}", f"-Y:{max(-bottom, 0):5d}",
        f"AX:{'-' if x < 0 else '+'}{abs(x):5d}", f"AY:{'-' if y < 0 else '+'}{abs(y):5d}", "MX:+    0", "MY:+    0",
        "PD:******",
    ]  # fmt: skip
    return ("".join(f"{line}\r" for line in lines).encode("ascii") + b"\x1a").ljust(_HEADER, b" ")


def prove(path: Path, view: Toolpaths, written: Written) -> None:
    """Count the stitches again, and that the file ends."""
    data = path.read_bytes()
    last = np.frombuffer(data[_HEADER:], np.uint8).reshape(-1, 3)[:, 2]
    found = int(((last & 0xC0) == 0).sum()) if data.endswith(_END) else 0
    if found != written.layers["stitches"]:
        raise WriteError("not_proven", "DST has not all stitches that were written to it.")
