"""What a model for a printer says of itself."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations


def scale(by: float) -> str:
    """The scale of a model, a metre of which became so many millimetres."""
    return f"1:{1000 / by:.0f}"
