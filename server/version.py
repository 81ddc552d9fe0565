"""The version in metadata.txt."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from .settings import CHECKOUT


def _read() -> str:
    for line in (CHECKOUT / "metadata.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("version="):
            return line.split("=", 1)[1].strip()
    return "0"


VERSION = _read()
