"""What CAD layers are called: by the US National CAD Standard, in plain words, or by ISO 13567.

The layer table names them by the first; `layer_names.json` has the others for each. Facts: ISO 13567-2 (agent
responsible, 2 characters, G for who surveys the land; element, 6; presentation, 2: E element graphics, T text, H
hatching; status, 1: E existing).
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import re
from pathlib import Path

# The choices of the option; the first is what the layer table has.
SCHEMES = ("ncs", "human", "iso13567")
_HUMAN, _ISO = range(2)
_FILL = "-PATT"


def _load() -> dict[str, tuple[str, str]]:
    data = json.loads(Path(__file__).with_name("layer_names.json").read_text(encoding="utf-8"))
    return {name: (human, iso) for name, (human, iso) in data.items()}


NAMES = _load()


def fill_of(layer: str) -> str:
    """The layer for the fills of another one, -PATT before its status."""
    base, status = layer.rsplit("-", 1) if "-" in layer else (layer, "E")
    return f"{base}{_FILL}-{status}"


def named(layer: str, scheme: str) -> str:
    """The name of a layer that the layer table calls `layer`; a table of somebody else keeps its own."""
    if scheme == "ncs":
        return layer
    filled = _FILL in layer
    known = NAMES.get(layer.replace(_FILL, "") if filled else layer)
    if known is None:
        return layer
    if scheme == "human":
        return known[_HUMAN] + " - fill" if filled else known[_HUMAN]
    return f"G-{known[_ISO]}{'H-' if filled else _presentation(layer)}E"


def _presentation(layer: str) -> str:
    return "T-" if "-ANNO-" in layer else "E-"


def release_12(name: str) -> str:
    """A name as Release 12 takes it: at most 31 capitals, digits, $, - and _."""
    return re.sub(r"[^A-Z0-9$_-]", "_", name.upper().replace(" - ", "_"))[:31]
