"""The end of the launcher: by itself, or by Ctrl-C, from its first moment on."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import os
import signal
import sys
import threading
from typing import NoReturn

CANCELLED = 130


def _end(_number: int, _frame: object) -> NoReturn:
    """Raise nothing: modules that are just being imported would turn it into a traceback of their own."""
    os.write(2, b"osm2cdr: cancelled.\n")
    os._exit(CANCELLED)


def end_at_once() -> None:
    """Let Ctrl-C end the process with one sentence while nothing is begun; where it is ignored, it stays so."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _end)


def end_in_order() -> None:
    """Let Ctrl-C raise KeyboardInterrupt, so that what a command has begun is taken back."""
    if signal.getsignal(signal.SIGINT) is _end:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def leave(code: int) -> NoReturn:
    """End the process; at once where calls of libraries go on that did not hear of a cancel (see background.py).

    They would run on while Python takes down what they use, and abort the process in place of its exit code.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # It comes too late to cancel anything.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    if threading.active_count() > 1:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)
