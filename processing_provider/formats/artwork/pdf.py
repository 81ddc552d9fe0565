"""PDF of a drawing: vectors, text as text, layers as optional content, fonts embedded."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from .pdfmap import prove, write

__all__ = ["prove", "write"]
