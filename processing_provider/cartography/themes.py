"""Map styles as tokens: a theme file names what differs from the one that it extends."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("themes")


@dataclass(frozen=True)
class Theme:
    """A style. `color` maps tokens to #RRGGBB, or None for what is not drawn; widths are in mm."""

    name: str
    color: dict[str, str | None]
    width: dict[str, float]
    font: dict[str, Any]
    flags: dict[str, Any]


def style_names() -> tuple[str, ...]:
    """The styles that there are, `default` first."""
    return tuple(sorted((path.stem for path in FOLDER.glob("*.json")), key=lambda name: (name != "default", name)))


def aliases() -> dict[str, str]:
    """Other names that styles go by, each with the style that it means."""
    return {alias: name for name in style_names() for alias in _read(name).get("aliases", ())}


def load_theme(name: str) -> Theme:
    """The style called `name`, with everything that it inherits."""
    name = aliases().get(name, name)
    data = _read(name)
    base = load_theme(data["extends"]) if data.get("extends") else None
    parts = {
        part: {**(getattr(base, part) if base else {}), **data.get(part, {})}
        for part in ("color", "width", "font", "flags")
    }
    return Theme(name, **parts)


def _read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return data
