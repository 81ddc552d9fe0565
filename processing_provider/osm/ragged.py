"""Lists of different lengths as one flat array, and where each of them begins."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from typing_extensions import TypeAlias

# Texts: numpy before 1.22 takes no brackets.
Floats: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"
Whole: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"
Flags: TypeAlias = "np.ndarray[Any, np.dtype[np.bool_]]"


def starts_of(counts: Whole) -> Whole:
    """Where each list begins that has so many entries."""
    starts: Whole = np.cumsum(counts) - counts
    return starts


def ragged(first: Whole, end: Whole) -> Whole:
    """The indices from each `first` to before its `end`, one list behind the other."""
    counts = end - first
    return np.arange(int(counts.sum())) + np.repeat(first - starts_of(counts), counts)
