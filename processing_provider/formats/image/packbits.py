"""Bytes as runs, as PSD (PackBits) and XCF pack their rows and tiles: many parts at once, without a loop over bytes."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Integers = npt.NDArray[np.int64]
# Shorter ones are cheaper among other bytes.
_SHORTEST = 3


@dataclass(frozen=True)
class Code:
    """How a format says it: the longest run, and what a run and other bytes of a length begin with, base + sign * n."""

    most: int
    run: tuple[int, int]
    other: tuple[int, int]


# TIFF 6.0, section 9: 257 - n before a byte that comes n times, n - 1 before n bytes.
PACKBITS = Code(128, (257, -1), (-1, 1))
# GIMP's devel-docs/xcf.txt: n - 1 before a byte that comes n times, 256 - n before n bytes; long ones are never used.
XCF = Code(127, (-1, 1), (256, -1))


def packed(data: Bytes, starts: Integers, code: Code) -> tuple[Bytes, Integers]:
    """All bytes as runs, of which none reaches from one part into the next; and how many bytes each part came to.

    `starts` are where the parts begin in `data`, the first at 0.
    """
    is_start = np.zeros(len(data), bool)
    is_start[1:] = data[1:] != data[:-1]
    is_start[starts] = True
    first = np.flatnonzero(is_start)
    length = np.diff(first, append=len(data))
    is_run = length >= _SHORTEST
    is_part = np.zeros(len(data), bool)
    is_part[starts] = True
    # What is no run is one piece with its neighbours.
    opens = is_run | is_part[first]
    opens[1:] |= is_run[:-1]
    opens[0] = True
    begin, runs = first[opens], is_run[opens]
    size = np.diff(begin, append=len(data))
    # Pieces longer than a byte can say are several.
    count = -(-size // code.most)
    number = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    source = np.repeat(begin, count) + number * code.most
    piece = np.minimum(np.repeat(size, count) - number * code.most, code.most)
    runs = np.repeat(runs, count)
    cost = np.where(runs, 2, 1 + piece)
    place = np.cumsum(cost) - cost
    result = np.empty(int(cost.sum()), np.uint8)
    head = np.where(runs, code.run[0] + code.run[1] * piece, code.other[0] + code.other[1] * piece)
    result[place] = head.astype(np.uint8)
    result[place[runs] + 1] = data[source[runs]]
    others = ~runs
    within = np.arange(int(piece[others].sum())) - np.repeat(np.cumsum(piece[others]) - piece[others], piece[others])
    result[np.repeat(place[others] + 1, piece[others]) + within] = data[
        np.repeat(source[others], piece[others]) + within
    ]
    edges = np.append(place, len(result))[np.searchsorted(source, np.append(starts, len(data)))]
    return result, np.diff(edges)
