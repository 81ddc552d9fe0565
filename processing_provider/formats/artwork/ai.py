"""Adobe Illustrator by way of PDF: a PDF of live text and paths under the name that Illustrator opens.

Illustrator's own data are not documented; it reads the PDF, and keeps paths, groups of clipping and text.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from .pdfmap import prove, write

__all__ = ["prove", "write"]
