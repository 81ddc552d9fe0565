"""The end of the launcher."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import os
import sys
import threading
from typing import NoReturn


def leave(code: int) -> NoReturn:
    """End the process; at once where calls of libraries go on that did not hear of a cancel (see background.py).

    They would run on while Python takes down what they use, and abort the process in place of its exit code.
    """
    if threading.active_count() > 1:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)
