"""A link that carries what was chosen, and back."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
from typing import Any, Mapping
from urllib.parse import urlencode


def link_of(spec: Mapping[str, Any]) -> str:
    """The export page with the choice of a job; a polygon comes as its box."""
    try:
        request = json.loads(spec["parameters"]["REQUEST"])
        area = request["area"]
        box = [area[side] for side in ("west", "south", "east", "north")]
    except (KeyError, TypeError, ValueError):
        return "/export"
    words = {
        "bbox": ",".join(f"{side:.6g}" if abs(side) < 1 else f"{side:.5f}".rstrip("0").rstrip(".") for side in box),
        "formats": ",".join(spec.get("formats", ())), "style": request.get("style"), "detail": request.get("detail"),
        "page": request.get("page"), "title": request.get("title"), "language": request.get("language"),
    }  # fmt: skip
    return f"/export?{urlencode({name: word for name, word in words.items() if word}, safe=',')}"
