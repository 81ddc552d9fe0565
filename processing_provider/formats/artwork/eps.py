"""Encapsulated PostScript of a drawing, to be placed in other documents."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from .postscript import prove, write

__all__ = ["prove", "write"]
