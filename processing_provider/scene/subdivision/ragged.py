"""Lists of unequal length, one behind another in flat arrays."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import numpy as np

from ..model import Flags, Integers


def spread(starts: Integers, counts: Integers) -> Integers:
    """The numbers start, start + 1 ... of each list, `counts` of them."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    numbers: Integers = np.arange(total) + np.repeat(starts - (ends - counts), counts)
    return numbers


def starts_of(sorted_keys: Integers, count: int) -> Integers:
    """Where each of the keys 0 ... count - 1 begins in a sorted array, and the end: count + 1 numbers."""
    found: Integers = np.searchsorted(sorted_keys, np.arange(count + 1))
    return found


def changes(sorted_keys: Integers) -> Integers:
    """Where a new key begins in a sorted array."""
    if not len(sorted_keys):
        return np.zeros(0, "i8")
    is_new: Flags = np.concatenate([[True], sorted_keys[1:] != sorted_keys[:-1]])
    return np.flatnonzero(is_new)


def components(count: int, one: Integers, other: Integers) -> Integers:
    """The number of the connected component of each of `count` nodes, links being one[i] - other[i]; counted from 0."""
    label = np.arange(count)
    while True:
        first, second = label[one], label[other]
        apart = first != second
        if not apart.any():
            break
        one, other, first, second = one[apart], other[apart], first[apart], second[apart]
        # Roots are hung below a lower one that they are linked with, whichever, then every way is made short.
        label[np.maximum(first, second)] = np.minimum(first, second)
        while True:
            shorter = label[label]
            if np.array_equal(shorter, label):
                break
            label = shorter
    _, numbers = np.unique(label, return_inverse=True)
    return np.asarray(numbers, "i8").ravel()
