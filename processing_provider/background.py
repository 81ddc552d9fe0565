"""Library calls that are silent for long, in threads of their own: progress goes on, and cancel is heard at once.

GDAL gives Python's lock free while it works. A call that does not listen is left behind when the user cancels: it ends
by itself at its next chance, and what it was writing is removed then.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import Any, Callable, Sequence

from .errors import Cancelled
from .feedback import Feedback

# Seconds between two looks at the feedback, and that all calls together are waited for when they are cancelled.
_LOOK, _PATIENCE = 0.2, 0.5
# The share of the way left that progress takes at each look, where nothing is known.
_CREEP = 0.02


@dataclass
class Watch:
    """What a call in the background can tell and ask: the fraction done (0 to 1), and whether to stop."""

    fraction: float = 0.0
    stopped: bool = False

    def tell(self, fraction: float, _text: str = "", _data: object = None) -> int:
        """A callback as GDAL's programs take it: 0 to stop."""
        self.fraction = min(max(fraction, self.fraction), 1.0)
        return 0 if self.stopped else 1


def together(
    calls: Sequence[Callable[[Watch], Any]], feedback: Feedback, text: str, clean: Callable[[], None] | None = None
) -> list[Any]:
    """The results of all `calls`, which run at the same time; the first is the longest, its fraction is shown.

    Raises what a call raises. On Cancelled, calls that do not end are left behind, and `clean` is run when the last one
    has ended.
    """
    watches = [Watch() for _ in calls]
    results: list[Any] = [None] * len(calls)
    faults: list[BaseException] = []
    left = threading.Event()
    running = len(calls)
    lock = threading.Lock()

    def run(number: int) -> None:
        nonlocal running
        try:
            results[number] = calls[number](watches[number])
        except BaseException as error:
            faults.append(error)
            for watch in watches:
                watch.stopped = True
        with lock:
            running -= 1
            last = running == 0
        if last and left.is_set() and clean is not None:
            clean()

    threads = [threading.Thread(target=run, args=(number,), daemon=True) for number in range(len(calls))]
    for thread in threads:
        thread.start()
    shown = 0.0
    try:
        while any(thread.is_alive() for thread in threads):
            next(thread for thread in threads if thread.is_alive()).join(_LOOK)
            shown = max(watches[0].fraction, shown + (1 - shown) * _CREEP)
            feedback.progress(100 * shown, text)
    except Cancelled:
        for watch in watches:
            watch.stopped = True
        until = time.monotonic() + _PATIENCE
        for thread in threads:
            thread.join(max(until - time.monotonic(), 0.0))
        with lock:
            left.set()
            over = running == 0
        if over and clean is not None:
            clean()
        raise
    if faults:
        raise faults[0]
    return results
