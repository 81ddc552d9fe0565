"""PostScript of a drawing, for printers and plotters."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from .postscript import prove, write

__all__ = ["prove", "write"]
