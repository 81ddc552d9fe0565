"""Which formats can be written on this machine, and by which module."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import importlib
from types import ModuleType
from typing import Any

from .catalogue import FORMATS, Format


def availability(item: Format) -> str:
    """Empty where the format can be written here, else the reason as a sentence with what to do."""
    if not item.writer:
        return f"{item.name} is in the catalogue and not available yet."
    for need in item.needs.split():
        kind, name = need.split(":", 1)
        if kind == "python" and not _imports(name):
            return f"{item.name} needs the Python library {name}: python3 -m pip install {name}."
        if kind == "gdal":
            from osgeo import gdal

            if gdal.GetDriverByName(name) is None:
                return f"{item.name} needs GDAL's driver {name}, which this GDAL has not."
    return ""


def _imports(name: str) -> bool:
    """Whether a library can be had; one that is there and does not import is as good as missing."""
    try:
        importlib.import_module(name)
    except Exception:
        return False
    return True


def writer(item: Format) -> ModuleType:
    """The format's writer module (see `writing.Writer`)."""
    return importlib.import_module(f"{__package__}.{item.writer}")


def written_formats() -> tuple[Format, ...]:
    """The formats that have a writer, in the catalogue's order."""
    return tuple(item for item in FORMATS.values() if item.writer)


def listing() -> list[dict[str, Any]]:
    """One entry per format of the catalogue: id, name, family, extension, tier, available, reason."""
    rows = []
    for item in FORMATS.values():
        reason = availability(item)
        rows.append(
            {
                "id": item.id,
                "name": item.name,
                "family": item.family,
                "extension": item.extension,
                "tier": item.tier,
                "available": not reason,
                "reason": reason,
            }
        )
    return rows
