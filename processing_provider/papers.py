"""Paper sizes by name (ISO 216, ANSI/ASME Y14.1), in mm, upright."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

PAPERS: dict[str, tuple[float, float]] = {
    "A0": (841.0, 1189.0),
    "A1": (594.0, 841.0),
    "A2": (420.0, 594.0),
    "A3": (297.0, 420.0),
    "A4": (210.0, 297.0),
    "A5": (148.0, 210.0),
    "Letter": (215.9, 279.4),
    "Legal": (215.9, 355.6),
    "Tabloid": (279.4, 431.8),
}
