"""How often something was done in a window of time, in this process: in one table, without a thread or a timer."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from functools import lru_cache

_RATE = re.compile(r"(\d+)/(\d*)(second|minute|hour|day)")
_SECONDS = {"second": 1.0, "minute": 60.0, "hour": 3600.0, "day": 86400.0}
# How often windows that are over are taken away.
_SWEEP_SECONDS = 60.0


@lru_cache(maxsize=256)
def parsed(rate: str) -> tuple[int, float]:
    """How often, and in how many seconds: 60/5minute is sixty times in 300 s; ValueError for what is no rate."""
    found = _RATE.fullmatch(rate)
    if found is None:
        raise ValueError(f"{rate!r} is no rate.")
    return int(found[1]), int(found[2] or 1) * _SECONDS[found[3]]


class Windows:
    """Each begins with the first thing that is counted in it. Times are of a clock that only goes forward."""

    def __init__(self) -> None:
        self._open: dict[tuple[str, str, str], tuple[float, int]] = {}
        self._sweep_at = 0.0

    def __len__(self) -> int:
        return len(self._open)

    def hit(self, rate: str, kind: str, key: str, now: float) -> float:
        """Count one more; in how many seconds the window ends where that is one too many, else 0."""
        if now >= self._sweep_at:
            self._open = {name: window for name, window in self._open.items() if window[0] > now}
            self._sweep_at = now + _SWEEP_SECONDS
        most, seconds = parsed(rate)
        end, count = self._open.get((rate, kind, key), (0.0, 0))
        if end <= now:
            end, count = now + seconds, 0
        self._open[rate, kind, key] = end, count + 1
        return end - now if count >= most else 0.0

    def clear(self, rate: str, kind: str, key: str) -> None:
        """Begin anew."""
        self._open.pop((rate, kind, key), None)
