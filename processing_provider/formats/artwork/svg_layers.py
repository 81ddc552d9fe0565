"""SVG with layers that Inkscape and Illustrator know as such, one per layer of the map, names along their streets."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from .svg_proof import prove
from .svgmap import write

__all__ = ["prove", "write"]
