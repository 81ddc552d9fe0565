"""Lists of different lengths as one flat array, and where each of them begins."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Iterator, TypeVar

import numpy as np

if TYPE_CHECKING:
    from typing_extensions import TypeAlias

# Texts: numpy before 1.22 takes no brackets.
Floats: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"
Whole: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"
# Whole numbers of any width.
Numbers: TypeAlias = "np.ndarray[Any, np.dtype[np.signedinteger[Any]]]"
Flags: TypeAlias = "np.ndarray[Any, np.dtype[np.bool_]]"
_Values = TypeVar("_Values", bound="np.ndarray[Any, np.dtype[Any]]")
# What is worked at together where there is more of it: arrays beside those that stay take some tens of MB.
_TOGETHER = 500_000


def starts_of(counts: Whole) -> Whole:
    """Where each list begins that has so many entries."""
    starts: Whole = np.cumsum(counts) - counts
    return starts


def ragged(first: Whole, end: Whole) -> Whole:
    """The indices from each `first` to before its `end`, one list behind the other."""
    counts = end - first
    return np.arange(int(counts.sum())) + np.repeat(first - starts_of(counts), counts)


def slices(counts: Whole, most: int = _TOGETHER) -> Iterator[slice]:
    """Lists one after the other, so many that they have `most` entries together, or a single one that has more."""
    ends = np.cumsum(counts)
    low = 0
    while low < len(counts):
        before = int(ends[low - 1]) if low else 0
        high = max(low + 1, int(np.searchsorted(ends, before + most, "right")))
        yield slice(low, high)
        low = high


def behind(values: _Values, count: Whole) -> _Values:
    """For each point of rings, which have so many, the value of the one behind it; behind the last is the first."""
    result: _Values = np.empty_like(values)
    result[:-1] = values[1:]
    some = count > 0
    end = np.cumsum(count)[some]
    result[end - 1] = values[end - count[some]]
    return result


def before(values: _Values, count: Whole) -> _Values:
    """For each point of rings, which have so many, the value of the one before it."""
    result: _Values = np.empty_like(values)
    result[1:] = values[:-1]
    some = count > 0
    end = np.cumsum(count)[some]
    result[end - count[some]] = values[end - 1]
    return result
